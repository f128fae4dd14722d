"""Text of files made visible where it leaves: nothing that a terminal, a browser or an editor acts upon stays in it."""

from __future__ import annotations

import re

ACTING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
"""Controls but the end of a line, marks that turn the direction of writing, other ends of lines, halves of letters."""


def visible(text: str) -> str:
    r"""The text with each such character as `\u001b`, which JSON reads as the same; a tab is a space."""
    return ACTING.sub(_shown, text)


def _shown(found: re.Match[str]) -> str:
    return " " if found[0] == "\t" else f"\\u{ord(found[0]):04x}"


def one_line(text: str) -> str:
    """The same without ends of lines, for a cell or a heading."""
    return visible(text).replace("\n", " ")
