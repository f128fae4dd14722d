"""What the checks of an install share: the supported Pythons of this machine, and commands that say why they failed."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

PYTHONS = ("3.11", "3.12", "3.13")


class Refused(Exception):
    """What went wrong in an install, in the words of the tool that refused."""


def interpreter(version: str) -> str | None:
    """The path of a Python of this version that runs and can make environments; None where there is none."""
    command = [f"python{version}", "-c", "import ensurepip, sys, venv; print(sys.executable)"]
    for more in ({}, {"PYENV_VERSION": version}):  # a shim of pyenv runs only what is chosen
        try:
            done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **more}, check=False)  # noqa: S603
        except OSError:
            return None
        if done.returncode == 0:
            return done.stdout.strip()
    return None


def run(command: Sequence[str | Path], folder: Path, environment: Mapping[str, str]) -> str:
    """What a command prints; raises Refused where it fails."""
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise Refused(f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}")
    return done.stdout


def on_each(versions: Sequence[str], attempt: Callable[[str, Path], str]) -> bool:
    """Print a line for each Python: what came of an attempt with it, in a folder of its own. Whether none was refused."""
    passed = True
    for version in versions:
        python = interpreter(version)
        if python is None:
            print(f"Python {version}: skipped, as it is not on this machine", flush=True)
            continue
        with TemporaryDirectory() as scratch:
            try:
                print(f"Python {version}: {attempt(python, Path(scratch))}", flush=True)
            except Refused as refusal:
                passed = False
                print(f"Python {version}: FAILED: {refusal}", flush=True)
    return passed
