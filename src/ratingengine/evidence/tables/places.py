"""CSV tables by country: one reading finds where the rows of each country stand, and then only those are read.

What is found is kept for as long as the process runs and the file stays as it is; it is a few numbers for each run of rows of one
country, so that a table of any size may be asked for every country in turn.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from attrs import frozen

from ratingengine.errors import InvalidInput
from ratingengine.evidence.tables.form import COLUMNS
from ratingengine.files.bounded import opened
from ratingengine.files.csv_table import open_csv, rows_of
from ratingengine.files.declared import shown_path

MOST_TABLES = 16
"""Tables whose places are kept."""


@frozen
class Part:
    """Rows of one country that follow each other: their first byte, the one behind their last, and how many lines are before."""

    begin: int
    end: int
    lines: int


@frozen
class Places:
    """The headings of a table, and the parts of each country."""

    headings: tuple[str, ...]
    parts: Mapping[str, tuple[Part, ...]]


State = tuple[int, int, int]
"""What changes with a file."""


def csv_columns(path: Path) -> tuple[str, ...]:
    """The headings. Raises InvalidInput, as do the others, where the file is no table."""
    with open_csv(path, shown_path(path)) as table:
        return table.headings


def csv_countries(path: Path) -> set[str]:
    """The codes in the table."""
    return set(_places(path).parts) - {""}


def csv_rows(path: Path, iso3: str | None = None) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """The rows of one country, or (None) of all, with the line on which each begins."""
    if iso3 is None:
        with open_csv(path, shown_path(path)) as table:
            for row in table.rows:
                yield row.line, _named(table.headings, row.cells)
            if table.problems:
                raise InvalidInput(table.problems)
        return
    places = _places(path)
    with opened(path, shown_path(path)) as file:
        for part in places.parts.get(iso3, ()):
            file.seek(part.begin)
            for row in rows_of(file.read(part.end - part.begin).decode(), shown_path(path), part.lines):
                yield row.line, _named(places.headings, row.cells)


def _named(headings: tuple[str, ...], cells: list[str]) -> Mapping[str, Any]:
    row = dict(zip(headings, cells, strict=True))
    return {name: row.get(name) or None for name in COLUMNS}


def state_of(path: Path) -> State:
    """What stands for the content of a file while the process runs."""
    now = path.stat()
    return now.st_ino, now.st_size, now.st_mtime_ns


def _places(path: Path) -> Places:
    return _read(path.resolve(), shown_path(path), state_of(path))


@lru_cache(maxsize=MOST_TABLES)
def _read(path: Path, name: str, _state: State) -> Places:
    parts: dict[str, list[Part]] = {}
    with open_csv(path, name) as table:
        at = table.headings.index("iso3") if "iso3" in table.headings else None
        for row in table.rows:
            _add(parts.setdefault("" if at is None else row.cells[at], []), Part(row.begin, row.end, row.line - 1))
        if table.problems:
            raise InvalidInput(table.problems)
    return Places(table.headings, {iso3: tuple(of) for iso3, of in parts.items()})


def _add(parts: list[Part], part: Part) -> None:
    """One more row of a country, joined to the part that it follows."""
    if parts and parts[-1].end == part.begin:
        parts[-1] = Part(parts[-1].begin, part.end, parts[-1].lines)
    else:
        parts.append(part)
