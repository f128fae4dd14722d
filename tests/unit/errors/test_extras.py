"""What is told to install is what the extras of pyproject.toml bring, by a command that runs."""

from __future__ import annotations

import importlib.util
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from ratingengine.errors import extras
from ratingengine.errors.extras import EXTRAS, to_install, to_install_extra

PROJECT = tomllib.loads((Path(__file__).parents[3] / "pyproject.toml").read_text("utf-8"))["project"]
DECLARED: dict[str, list[str]] = PROJECT["optional-dependencies"]


def libraries(extra: str) -> set[str]:
    """The names of all that an extra brings, with those of the extras that it names."""
    names: set[str] = set()
    for requirement in DECLARED[extra]:
        nested = re.fullmatch(r"ratingengine\[(.*)\]", requirement)
        names |= set().union(*map(libraries, nested[1].split(","))) if nested else {re.split("[>=; ]", requirement)[0]}
    return names


def test_the_extras_are_those_of_the_package() -> None:
    assert {extra: set(names) for extra, names in EXTRAS.items()} == {
        extra: libraries(extra) for extra in DECLARED if extra != "dev"
    }


def test_no_command_names_this_package_which_may_be_on_no_index() -> None:
    for extra in EXTRAS:
        assert "ratingengine[" not in to_install_extra(extra)


def test_without_pip_uv_installs_for_this_python(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/with spaces/python")
    monkeypatch.setattr(extras, "find_spec", lambda _name: None)
    assert to_install("z3-solver") == "uv pip install --python '/with spaces/python' z3-solver"


@pytest.mark.skipif(not (importlib.util.find_spec("pip") or shutil.which("uv")), reason="neither pip nor uv is here")
def test_the_command_runs() -> None:
    subprocess.run(shlex.split(to_install("attrs")), check=True, capture_output=True)
