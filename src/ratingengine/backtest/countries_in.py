"""Which countries a comparison is about: a part of the split, or those that a file names."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ratingengine.backtest.published import Published
from ratingengine.backtest.splitting import PARTS, part_of
from ratingengine.errors import InvalidInput, Place
from ratingengine.files.bounded import read_bytes
from ratingengine.files.declared import shown_path
from ratingengine.files.nodes import decoded
from ratingengine.world.countries import by_iso3


def chosen(rows: Sequence[Published], text: str | None) -> tuple[Published, ...]:
    """The rows of these countries: `development` or `held-out`, a file with one ISO3 code a line, or None for all."""
    if text is None:
        return tuple(rows)
    if text in PARTS:
        return tuple(row for row in rows if part_of(row.iso3) == text)
    codes = countries_of(Path(text))
    return tuple(row for row in rows if row.iso3 in codes)


def countries_of(path: Path) -> frozenset[str]:
    """The codes in a file, one a line; empty lines and what follows `#` are passed over. Raises InvalidInput."""
    name = shown_path(path)
    raw, problems = read_bytes(path, name)
    if raw is None:
        raise InvalidInput(problems)
    document, text, problems = decoded(raw, name)
    codes: set[str] = set()
    found = list(problems)
    for number, line in enumerate(text.splitlines(), start=1):
        code = line.partition("#")[0].strip()
        if code and by_iso3(code) is None:
            message, hint = f"no country has the ISO3 code '{code}'", f"write a code a line, or one of {', '.join(PARTS)}"
            found.append(document.problem("I313", message, Place(name, number, 1), hint, len(code)))
        elif code:
            codes.add(code)
    if not codes and not found:
        found.append(document.problem("F105", "the file names no country", Place(name, 1, 1), "write a code a line"))
    if found:
        raise InvalidInput(found)
    return frozenset(codes)
