"""`rate COUNTRY …` without loading typer, which costs more time than the rating itself.

Only plain, well-formed lines are read here; anything else (help, errors, other commands) goes to typer, which holds the
definition of every option. A test compares the two on generated command lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ratingengine.cli.commands import COMMANDS, FIRST

SINGLE = {
    "--year": "year",
    "-y": "year",
    "--on": "on",
    "--known-at": "known_at",
    "--rules": "rules",
    "--engine": "engine",
    "--format": "format_",
    "--prior": "prior",
    "--log": "log",
}
REPEATED = {"--records": "records"}
FLAGS = {"--strict": "strict", "--verbose": "verbose"}
MOST_DIGITS = 9
"""Longer numbers are no years, and Python refuses to read very long ones."""


def quick_country(words: Sequence[str]) -> dict[str, Any] | None:
    """The arguments of the country command, or None when typer must read the line."""
    if not words or (words[0] in COMMANDS and words[0] != FIRST):
        return None
    names: list[str] = []
    asked: dict[str, Any] = {}
    rest = list(words[1:] if words[0] == FIRST else words)
    while rest:
        word = rest.pop(0)
        option, equals, value = word.partition("=")
        if not word.startswith("-"):
            names.append(word)
        elif word in FLAGS:
            asked[FLAGS[word]] = True
        elif (option in SINGLE or option in REPEATED) and (word.startswith("--") or not equals):
            if not equals and (not rest or rest[0].startswith("-")):
                return None
            if not _take(option, value if equals else rest.pop(0), asked):
                return None
        else:
            return None
    return {"country": names, **asked} if names else None


def _take(option: str, value: str, asked: dict[str, Any]) -> bool:
    if option in REPEATED:
        asked.setdefault(REPEATED[option], []).append(value)
        return True
    name = SINGLE[option]
    if name == "year":
        if not (value.isascii() and value.isdigit() and len(value) <= MOST_DIGITS):
            return False
        asked[name] = int(value)
        return True
    asked[name] = value
    return True
