"""Install the lock as a newcomer does, where everything that it pins has a newer release, as in `python tools/check_lock.py`.

For each supported Python on the path, with the pip that came with its first release. The newer releases are wheels made here, of
nothing, and offered beside what pip and uv see anyway.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

from pythons import PYTHONS, Refused, on_each, run

NEWER = "99999"
PIN = re.compile(r"^([a-z0-9-]+)(?:\[[^]]*\])?==([^\s;]+)", re.MULTILINE)
BUNDLED = {"setuptools"}
"""What an environment of Python 3.11 has from the start, beside pip."""


def pins(folder: Path) -> set[tuple[str, str]]:
    """Name and version of all that the lock and uv's own file pin."""
    texts = ((folder / "requirements" / name).read_text() for name in ("lock.txt", "uv.txt"))
    return {(name, version) for text in texts for name, version in PIN.findall(text)}


def write_newer(names: set[str], into: Path) -> None:
    """A wheel without modules for each name, newer than any release."""
    for name in names:
        stem = f"{name.replace('-', '_')}-{NEWER}"
        with ZipFile(into / f"{stem}-py3-none-any.whl", "w") as wheel:
            wheel.writestr(f"{stem}.dist-info/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: {NEWER}\n")
            wheel.writestr(
                f"{stem}.dist-info/WHEEL", "Wheel-Version: 1.0\nGenerator: check\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
            )
            wheel.writestr(f"{stem}.dist-info/RECORD", "")


def install(python: str, folder: Path, wheels: Path, scratch: Path) -> str:
    """Install what the tests of a project folder need, and rate a country; says what was installed. Raises Refused."""
    venv = scratch / "venv"
    plain = {**os.environ, "MAKEFLAGS": "", "RATINGENGINE_CACHE": "off"}
    offered = {**plain, "PIP_FIND_LINKS": f"{os.environ.get('PIP_FIND_LINKS', '')} {wheels}"}
    make = ("make", f"VENV={venv}", f"PYTHON={python}")
    run([*make, f"{venv}/.python"], folder, plain)
    uv: list[str | Path] = [sys.executable, Path(__file__).with_name("uv_as_pip.py"), "pip"]
    lock = ("--require-hashes", "--constraints", "requirements/lock.txt")
    run([*uv, "install", "--quiet", "--python", venv, *lock, "--group", "oldest-pip"], folder, plain)
    run([*make, f"{venv}/.test"], folder, offered)
    listing = json.loads(run([*uv, "list", "--python", venv, "--format", "json", "--exclude-editable"], folder, plain))
    installed = {package["name"]: package["version"] for package in listing if package["name"] not in BUNDLED}
    if strangers := sorted(set(installed.items()) - pins(folder)):
        raise Refused("installed, though not in the lock: " + ", ".join(f"{name} {version}" for name, version in strangers))
    run([venv / "bin" / "rate", "kazakhstan", "--year", "2022"], folder, plain)
    return f"{len(installed)} packages as locked, by pip {installed['pip']} and uv {installed['uv']}"


def check(folder: Path, versions: Sequence[str] = PYTHONS) -> bool:
    """Print a line for each Python; whether all that are there could install."""
    with TemporaryDirectory() as wheels:
        write_newer({name for name, _ in pins(folder)}, Path(wheels))
        return on_each(versions, lambda python, scratch: install(python, folder, Path(wheels), scratch))


if __name__ == "__main__":
    sys.exit(not check(Path(__file__).resolve().parent.parent))
