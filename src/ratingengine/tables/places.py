"""CSV tables by country: one reading finds where the rows of each country stand, and then only those are read.

What is found is kept for as long as the process runs and the file stays as it is; it is a few numbers for each run of rows of one
country, so that a table of any size may be asked for every country in turn.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from attrs import define, frozen

from ratingengine.files import bounded_columns, bounded_lines
from ratingengine.reading.files import shown_path
from ratingengine.tables.form import COLUMNS

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


@define
class _Counted:
    """Lines of a file, and how many bytes were read of it."""

    lines: Iterable[str]
    bytes: int = 0

    def __iter__(self) -> Iterator[str]:
        for line in self.lines:
            self.bytes += len(line) if line.isascii() else len(line.encode())
            yield line


def csv_columns(path: Path) -> list[str]:
    """The headings. Raises OSError, UnicodeDecodeError, csv.Error, or InvalidInput beyond all bounds, as do the others."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        headings = next(csv.reader(bounded_lines(file, shown_path(path))), [])
    bounded_columns(len(headings), shown_path(path))
    return headings


def csv_countries(path: Path) -> set[str]:
    """The codes in the table."""
    return set(_places(path).parts)


def csv_rows(path: Path, iso3: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """The rows of one country, with the line on which each ends."""
    places = _places(path)
    with path.open("rb") as file:
        for part in places.parts.get(iso3, ()):
            file.seek(part.begin)
            text = file.read(part.end - part.begin).decode()
            reader = csv.reader(io.StringIO(text, newline=""))
            for cells in reader:
                named = dict(zip(places.headings, cells, strict=False))
                yield part.lines + reader.line_num, {name: named.get(name) or None for name in COLUMNS}


def _places(path: Path) -> Places:
    found = path.stat()
    return _found(path.resolve(), (found.st_ino, found.st_size, found.st_mtime_ns))


@lru_cache(maxsize=MOST_TABLES)
def _found(path: Path, _state: tuple[int, int, int]) -> Places:
    """`_state` changes with the file."""
    parts: dict[str, list[Part]] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        counted = _Counted(bounded_lines(file, shown_path(path)), len(_mark(path)))
        reader = csv.reader(counted)
        headings = tuple(next(reader, []))
        at = max((place for place, name in enumerate(headings) if name == "iso3"), default=len(headings))
        begin, lines = counted.bytes, reader.line_num
        for cells in reader:
            if at < len(cells) and cells[at]:
                _add(parts.setdefault(cells[at], []), Part(begin, counted.bytes, lines))
            begin, lines = counted.bytes, reader.line_num
    return Places(headings, {iso3: tuple(own) for iso3, own in parts.items()})


def _mark(path: Path) -> bytes:
    """The byte order mark, which is no part of the first line."""
    with path.open("rb") as file:
        mark = file.read(3)
    return mark if mark == b"\xef\xbb\xbf" else b""


def _add(own: list[Part], part: Part) -> None:
    """One more row of a country, joined to the part that it follows."""
    if own and own[-1].end == part.begin:
        own[-1] = Part(own[-1].begin, part.end, own[-1].lines)
    else:
        own.append(part)
