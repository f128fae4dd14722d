"""`make lock-check`: a lock that does not name everything fails, whatever there is on an index."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from check_lock import check, pins
from pythons import interpreter

ROOT = Path(__file__).parents[2]
HERE = next((version for version in ("3.11", "3.12", "3.13") if interpreter(version)), None)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name in ("Makefile", "README.md", "pyproject.toml", "LICENSE", "LICENSE-RECORDS"):
        shutil.copy(ROOT / name, tmp_path / name)
    for name in ("requirements", "tools"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


@pytest.mark.slow
@pytest.mark.skipif(HERE is None, reason="no supported Python is on the path by its name, or without venv")
@pytest.mark.skipif(shutil.which("make") is None, reason="make is not here")
def test_a_package_that_the_lock_does_not_name_is_refused(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lock = project / "requirements" / "lock.txt"
    whole = lock.read_text()
    lock.write_text(re.sub(r"(?m)^rich==.*\n(?: .*\n)*", "", whole))
    assert lock.read_text() != whole
    assert HERE is not None
    assert not check(project, [HERE])
    said = capsys.readouterr().out
    assert said.startswith(f"Python {HERE}: FAILED: make ")
    assert "no trusted hash was provided for: `rich`" in said


def test_a_python_that_is_not_there_is_passed_over_with_a_word(capsys: pytest.CaptureFixture[str]) -> None:
    assert check(ROOT, ["3.999"])
    assert capsys.readouterr().out == "Python 3.999: skipped, as it is not on this machine\n"


def test_the_lock_pins_uv_and_every_package_once_for_each_python() -> None:
    names = {name for name, _ in pins(ROOT)}
    assert {"uv", "coverage", "durable-rules", "hatchling", "pip"} <= names
