"""Every command of the table is there, says what it does, and returns an exit code."""

from __future__ import annotations

import inspect
import subprocess
import sys
from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import get_type_hints

import pytest

from ratingengine.cli.commands import BELOW, COMMANDS, FIRST, PANELS


def places() -> Iterator[tuple[str, str]]:
    """Every command line word, or two, with the place of its function."""
    for name, place in COMMANDS.items():
        if isinstance(place, Mapping):
            yield from ((f"{name} {below}", where) for below, where in place.items())
        else:
            yield name, place


@pytest.mark.parametrize(("name", "place"), list(places()), ids=[name for name, _ in places()])
def test_a_command_is_a_function_that_says_what_it_does_and_returns_an_exit_code(name: str, place: str) -> None:
    module, _, function = place.partition(":")
    body = getattr(import_module(f"ratingengine.{module}"), function)
    assert inspect.getdoc(body), name
    assert get_type_hints(body)["return"] is int


def test_a_name_stands_in_one_panel_and_what_has_commands_below_it_is_described() -> None:
    names = [name for panel in PANELS.values() for name in panel]
    assert len(names) == len(set(names))
    assert FIRST in names
    assert set(BELOW) == {name for name, place in COMMANDS.items() if isinstance(place, Mapping)}


def test_the_list_of_commands_loads_no_library_that_an_extra_brings() -> None:
    code = (
        "import sys; from ratingengine.cli import run; assert run(['--help']) == 0; "
        "heavy = ('polars', 'narwhals', 'z3', 'duckdb', 'pyspark', 'cryptography'); "
        "print([name for name in heavy if name in sys.modules], file=sys.stderr)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stderr.strip() == "[]"
