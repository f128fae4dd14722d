"""The terminal that an answer goes to: how wide it is, and whether it shows colour."""

from __future__ import annotations

import os
import sys
from typing import Final

LEAST, USUAL, MOST = 80, 100, 200
"""Columns: what text needs, what it takes in a pipe or a file, and the longest line that reads well."""

BOLD, PLAIN = "\ufdd0", "\ufdef"
"""Marks in text that is made for a terminal with colour; code points that no text contains (Unicode, chapter 23.7)."""

TINTS: Final = {"open": 34, "narrowed": 106, "obstructed": 214, "repressed": 202, "closed": 160}
"""Ratings from green to red, by the numbers of the 256 colours of terminals."""
MARKS: Final = {word: chr(0xFDD1 + place) for place, word in enumerate(TINTS)}


def width() -> int:
    """Columns of a line: COLUMNS where it is set, else those of the terminal, within LEAST and MOST; USUAL in a pipe."""
    asked = os.environ.get("COLUMNS", "")
    if asked.isascii() and asked.isdigit() and len(asked) < 9:
        return min(MOST, max(LEAST, int(asked)))
    try:
        columns = os.get_terminal_size(sys.stdout.fileno()).columns
    except (AttributeError, OSError, ValueError):
        columns = 0
    return min(MOST, max(LEAST, columns)) if columns else USUAL


def coloured() -> bool:
    """Whether stdout is a terminal that shows colour and whose user has not refused it (NO_COLOR)."""
    return bool(sys.stdout.isatty()) and not os.environ.get("NO_COLOR") and os.environ.get("TERM", "") not in ("", "dumb")


def bold(text: str) -> str:
    """The text in bold where colour is shown."""
    return f"{BOLD}{text}{PLAIN}" if text and coloured() else text


def tinted(line: str, word: str | None) -> str:
    """The line with a rating that stands in capitals in its colour, where colour is shown; in bold where it has none."""
    if not word or not coloured():
        return line
    return line.replace(word.upper(), f"{MARKS.get(word, BOLD)}{word.upper()}{PLAIN}", 1)


def escaped(text: str) -> str:
    """Marks as the sequences that a terminal acts upon; called last, after everything else that acts was made visible."""
    for word, mark in MARKS.items():
        text = text.replace(mark, f"\x1b[1;38;5;{TINTS[word]}m")
    return text.replace(BOLD, "\x1b[1m").replace(PLAIN, "\x1b[0m")
