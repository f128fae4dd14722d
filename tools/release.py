"""Make a release: `make release` builds and checks both packages, and tags the commit with `python tools/release.py --tag`.

It refuses while the commit is not clean, while the version is not the same everywhere, and while pyproject.toml does not say
where the repository is, since the links of README.md must lead there from an index of packages (docs/releasing.md).
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import tarfile
import tomllib
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from check_packages import LOCK, RATE, UV, install
from pythons import Refused, run

ROOT = Path(__file__).resolve().parent.parent
ADDRESS = 'pyproject.toml: [project.urls] has no Repository; add it, for example Repository = "https://…/ratingengine"'


def versions(root: Path) -> dict[str, str]:
    """The version by each file that says it."""
    named = {
        "pyproject.toml": r'^version = "([^"]+)"',
        "src/ratingengine/model/version.py": r'^__version__: Final = "([^"]+)"',
        "CITATION.cff": r"^version: (\S+)",
        "CHANGELOG.md": r"^## ([0-9]+\.[0-9]+\.[0-9]+)",
    }
    found = {name: re.search(form, (root / name).read_text("utf-8"), re.MULTILINE) for name, form in named.items()}
    return {name: match[1] if match else "none" for name, match in found.items()}


def address(root: Path) -> str | None:
    """Where the repository is, by pyproject.toml; None where it does not say."""
    urls = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"].get("urls", {})
    return str(urls["Repository"]).rstrip("/") if "Repository" in urls else None


def problems(root: Path, changed: str) -> Iterator[str]:
    """What stands in the way of a release; `changed` is what git says of files that are not committed."""
    if changed:
        yield f"not everything is committed:\n{changed.rstrip()}"
    said = versions(root)
    if len(set(said.values())) > 1:
        yield "the version differs: " + ", ".join(f"{name} {version}" for name, version in said.items())
    if address(root) is None:
        yield ADDRESS


def absolute(text: str, at: str, version: str) -> str:
    """Markdown whose links to files of the repository lead to that version of them; pictures to the file itself."""

    def led(match: re.Match[str]) -> str:
        kind = "raw" if match[1] else "blob"
        return f"{match[1]}[{match[2]}]({at}/{kind}/v{version}/{match[3]})"

    return re.sub(r"(!?)\[([^\]]*)\]\((?![a-z]+:|#)([^)\s]+)\)", led, text)


def build(root: Path, into: Path, at: str, version: str) -> list[Path]:
    """Both packages of the commit, with links that work where they are read."""
    copy, archive = into / "source", into / "source.tar"
    run(["git", "archive", "--output", archive, "HEAD"], root, os.environ)
    with tarfile.open(archive) as files:
        files.extractall(copy, filter="data")
    readme = copy / "README.md"
    readme.write_text(absolute(readme.read_text("utf-8"), at, version), "utf-8")
    run([*UV, "build", "--quiet", "--build-constraints", LOCK, "--out-dir", into / "dist"], copy, os.environ)
    return sorted((into / "dist").glob("ratingengine-*"))


def main(words: list[str] | None = None) -> int:
    """Check, build, install and run; with --tag, tag the commit. 1 where something stands in the way."""
    parser = argparse.ArgumentParser(description="Build and check the packages of a release.")
    parser.add_argument("--tag", action="store_true", help="tag the commit when everything holds")
    parser.add_argument("--into", type=Path, default=ROOT / "dist", help="where the packages are left")
    asked = parser.parse_args(words)
    changed = run(["git", "status", "--porcelain"], ROOT, os.environ)
    wrong = list(problems(ROOT, changed))
    if wrong:
        print("\n".join(wrong), file=sys.stderr)
        return 1
    version, at = versions(ROOT)["pyproject.toml"], address(ROOT) or ""
    expected = run([Path(sys.prefix, "bin", "rate"), *RATE], ROOT, {**os.environ, "RATINGENGINE_CACHE": "off"})
    with TemporaryDirectory() as folder:
        packages = build(ROOT, Path(folder), at, version)
        for package in packages:
            if install(package, sys.executable, Path(folder)) != expected:
                raise Refused(f"{package.name} rates otherwise than this checkout")
            asked.into.mkdir(exist_ok=True)
            (asked.into / package.name).write_bytes(package.read_bytes())
            print(f"{asked.into / package.name}: installs, and rates as this checkout does")
    if asked.tag:
        run(["git", "tag", "--annotate", f"v{version}", "--message", f"ratingengine {version}"], ROOT, os.environ)
        print(f"tagged v{version}; push it with: git push origin v{version}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
