"""How far a computation is: told on a terminal, and nowhere else."""

from __future__ import annotations

import sys
from io import StringIO

import pytest

from ratingengine.interface.progress import progress, through


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_shows_a_bar_that_vanishes(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    assert list(through("rating", ["a", "b"])) == ["a", "b"]
    empty, half, end = stream.getvalue().split("\r")[1:]
    assert empty == f"rating [{'.' * 30}] 0 of 2"
    assert half == f"rating [{'#' * 15}{'.' * 15}] 1 of 2"
    assert end == "\x1b[K"


def test_nothing_is_told_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    assert list(through("rating", ["a"])) == ["a"]
    monkeypatch.setattr(sys, "stderr", None)
    progress("rating")(1, 2)
    assert stream.getvalue() == ""
