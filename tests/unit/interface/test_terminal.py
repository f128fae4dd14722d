"""How wide an answer is, and when it is coloured."""

from __future__ import annotations

import os
import pty
import subprocess
import sys

import pytest

from ratingengine.interface.terminal import LEAST, MARKS, MOST, TINTS, USUAL, bold, coloured, escaped, tinted, width

PLAIN_ENVIRONMENT = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "NO_COLOR", "TERM")}
ASKED = [sys.executable, "-c", "from ratingengine.cli import main; main()", "kazakhstan", "2022", "--engine", "reference"]


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ("80", 80),
        ("79", LEAST),
        ("1", LEAST),
        ("150", 150),
        ("201", MOST),
        ("9" * 8, MOST),
        ("9" * 5000, USUAL),
        ("wide", USUAL),
        ("", USUAL),
        ("-5", USUAL),
    ],
)
def test_columns_sets_the_width_within_bounds(monkeypatch: pytest.MonkeyPatch, columns: str, expected: int) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert width() == expected


def test_nothing_is_marked_where_stdout_is_no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    assert not coloured()
    assert bold("Rating") == "Rating"
    assert tinted("Rating  REPRESSED", "repressed") == "Rating  REPRESSED"


@pytest.mark.parametrize("word", [*TINTS, "high"])
def test_marks_become_sequences_that_end_where_the_word_ends(word: str) -> None:
    mark = MARKS.get(word, "\ufdd0")
    number = f"1;38;5;{TINTS[word]}" if word in TINTS else "1"
    assert escaped(f"Rating  {mark}{word.upper()}\ufdef (x)") == f"Rating  \x1b[{number}m{word.upper()}\x1b[0m (x)"


def on_a_terminal(**environment: str) -> str:
    """What `rate kazakhstan 2022` writes to a terminal."""
    here, there = pty.openpty()
    with subprocess.Popen(ASKED, stdout=there, env={**PLAIN_ENVIRONMENT, **environment}) as running:
        os.close(there)
        parts = []
        while True:
            try:
                part = os.read(here, 65536)
            except OSError:  # Linux says so at the end
                break
            if not part:
                break
            parts.append(part)
        running.wait()
    os.close(here)
    return b"".join(parts).decode().replace("\r\n", "\n")


def test_a_terminal_shows_bold_and_the_rating_in_its_colour() -> None:
    shown = on_a_terminal(TERM="xterm-256color", COLUMNS="80")
    assert shown.startswith("\x1b[1mKazakhstan (KAZ), 31 December 2022\x1b[0m\n")
    assert "\x1b[1mRating\x1b[0m              \x1b[1;38;5;202mREPRESSED\x1b[0m\n" in shown


@pytest.mark.parametrize("environment", [{"TERM": "dumb"}, {"TERM": "xterm", "NO_COLOR": "1"}])
def test_a_terminal_without_colour_is_given_none(environment: dict[str, str]) -> None:
    shown = on_a_terminal(COLUMNS="80", **environment)
    assert "REPRESSED" in shown
    assert "\x1b" not in shown
    assert max(map(len, shown.splitlines())) <= 80


def test_text_in_a_pipe_has_the_usual_width_and_no_colour() -> None:
    written = subprocess.run(ASKED, capture_output=True, check=True, env={**PLAIN_ENVIRONMENT, "TERM": "xterm-256color"})
    text = written.stdout.decode()
    assert "\x1b" not in text
    assert 80 < max(map(len, text.splitlines())) <= USUAL
