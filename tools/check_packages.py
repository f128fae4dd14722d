"""Build wheel and source package and install both as a user does, as in `python tools/check_packages.py`.

For each supported Python on the path: without a compiler, in a path with spaces, under LANG=C. Each copy must print the rating
that this checkout prints, so that it has brought the same rules and records.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from pythons import PYTHONS, Refused, on_each, run

ROOT = Path(__file__).resolve().parent.parent
UV: list[str | Path] = [sys.executable, str(ROOT / "tools" / "uv_as_pip.py")]
LOCK = str(ROOT / "requirements" / "lock.txt")
RATE = ("kazakhstan", "--year", "2022", "--engine", "reference")


def build(into: Path) -> list[Path]:
    """The source package, and the wheel that is built from it."""
    run([*UV, "build", "--quiet", "--build-constraints", LOCK, "--out-dir", into], ROOT, os.environ)
    return [next(into.glob("*.tar.gz")), next(into.glob("*.whl"))]


def install(package: Path, python: str, scratch: Path) -> str:
    """What the installed copy prints. Its dependencies are those of the lock, the package itself is installed by pip."""
    venv, home = scratch / "with spaces" / package.suffix[1:], scratch / "home"
    home.mkdir(exist_ok=True)
    run([python, "-m", "venv", venv], scratch, os.environ)
    locked = ("--require-hashes", "--constraints", LOCK, "--requirements", str(ROOT / "pyproject.toml"))
    run([*UV, "pip", "install", "--quiet", "--python", venv, *locked, "--group", "build"], ROOT, os.environ)
    bare = {"HOME": str(home), "PATH": str(venv / "bin"), "LANG": "C", "LC_ALL": "C"}
    pip: list[str | Path] = [
        venv / "bin" / "python",
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-index",
        "--no-deps",
        "--no-build-isolation",
    ]
    run([*pip, "--disable-pip-version-check", package], scratch, bare)
    return run([venv / "bin" / "rate", *RATE], scratch, bare)


def attempt(packages: list[Path], expected: str, python: str, scratch: Path) -> str:
    """Install each package with this Python; says so. Raises Refused."""
    for package in packages:
        if install(package, python, scratch) != expected:
            raise Refused(f"{package.name}: rate {' '.join(RATE)} prints something else than in this checkout")
    return "wheel and source package install without a compiler, and rate as this checkout does"


def main() -> bool:
    """Print a line for each Python; whether all that are there could install."""
    expected = run([Path(sys.prefix, "bin", "rate"), *RATE], ROOT, {**os.environ, "RATINGENGINE_CACHE": "off"})
    with TemporaryDirectory() as scratch:
        packages = build(Path(scratch))
        return on_each(PYTHONS, lambda python, folder: attempt(packages, expected, python, folder))


if __name__ == "__main__":
    sys.exit(not main())
