"""Install the lock as a newcomer does, where everything that it pins has a newer release: python tools/check_lock.py.

For each supported Python on the path, with the pip that came with its first release. The newer releases are wheels made here, of
nothing, and offered beside what pip and uv see anyway.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

PYTHONS = ("3.11", "3.12", "3.13")
NEWER = "99999"
PIN = re.compile(r"^([a-z0-9-]+)(?:\[[^]]*\])?==([^\s;]+)", re.MULTILINE)

BUNDLED = {"setuptools"}
"""What an environment of Python 3.11 has from the start, beside pip."""


class Refused(Exception):
    """What went wrong in an install, in the words of the tool that refused."""


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


def interpreter(version: str) -> str | None:
    """The path of a Python of this version that runs and can make environments; None where there is none."""
    name = f"python{version}"
    for more in ({}, {"PYENV_VERSION": version}):  # a shim of pyenv runs only what is chosen
        command = [name, "-c", "import ensurepip, sys, venv; print(sys.executable)"]
        try:
            done = subprocess.run(  # noqa: S603
                command, capture_output=True, text=True, env={**os.environ, **more}, check=False
            )
        except OSError:
            return None
        if done.returncode == 0:
            return done.stdout.strip()
    return None


def _run(command: Sequence[str | Path], folder: Path, more: Mapping[str, str]) -> str:
    environment = {**os.environ, **more}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise Refused(f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}")
    return done.stdout


def install(python: str, folder: Path, wheels: Path, scratch: Path) -> str:
    """Install what the tests of a project folder need, and rate a country; says what was installed. Raises Refused."""
    venv = scratch / "venv"
    offered = {
        "PIP_FIND_LINKS": f"{os.environ.get('PIP_FIND_LINKS', '')} {wheels}",
        "MAKEFLAGS": "",
    }
    make = ("make", f"VENV={venv}", f"PYTHON={python}")
    _run([*make, f"{venv}/.python"], folder, {})
    uv: list[str | Path] = [sys.executable, Path(__file__).with_name("uv_as_pip.py"), "pip"]
    lock = ("--require-hashes", "--constraints", "requirements/lock.txt")
    _run([*uv, "install", "--quiet", "--python", venv, *lock, "--group", "oldest-pip"], folder, {})
    _run([*make, f"{venv}/.test"], folder, offered)
    listing = json.loads(_run([*uv, "list", "--python", venv, "--format", "json", "--exclude-editable"], folder, {}))
    installed = {(package["name"], package["version"]) for package in listing}
    if strangers := {(name, version) for name, version in installed - pins(folder) if name not in BUNDLED}:
        raise Refused(
            "installed, though not in the lock: " + ", ".join(f"{name} {version}" for name, version in sorted(strangers))
        )
    _run([venv / "bin" / "rate", "kazakhstan", "--year", "2022"], folder, {"RATINGENGINE_CACHE": "off"})
    return f"{len(installed)} packages as locked, by pip {dict(installed)['pip']}"


def check(folder: Path, versions: Sequence[str] = PYTHONS) -> bool:
    """Print a line for each Python; whether all that are there could install."""
    passed = True
    with TemporaryDirectory() as wheels:
        write_newer({name for name, _ in pins(folder)}, Path(wheels))
        for version in versions:
            python = interpreter(version)
            if python is None:
                print(f"Python {version}: skipped, as it is not on this machine")
                continue
            with TemporaryDirectory() as scratch:
                try:
                    print(f"Python {version}: {install(python, folder, Path(wheels), Path(scratch))}")
                except Refused as refusal:
                    passed = False
                    print(f"Python {version}: FAILED: {refusal}")
    return passed


if __name__ == "__main__":
    sys.exit(not check(Path(__file__).resolve().parent.parent))
