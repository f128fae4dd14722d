"""A file under a mapping, row by row, to observations and the tally of what became of each row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Protocol

from attrs import frozen

from ratingengine.countries import Country
from ratingengine.countries.identify import Apart
from ratingengine.importing.binding import NOWHERE, Binding, bound
from ratingengine.importing.cells import FIRST_YEAR, LAST_YEAR, Refused, year_of
from ratingengine.importing.counted import Counter
from ratingengine.importing.mapping import Mapping
from ratingengine.importing.outcome import Outcome, Tally
from ratingengine.importing.rawfile import RawFile
from ratingengine.importing.valued import Valuer
from ratingengine.model.indicator import Codebook
from ratingengine.tables.form import Row

Sink = Callable[[Row], None]
THIS_CENTURY = 2000
"""The year under which the country of a row without a readable one is looked up."""


@frozen
class Release:
    """What the user says of the file: the name of its release, the day it came out, and the years that are wanted."""

    edition: str | None = None
    day: date | None = None
    first: int = FIRST_YEAR
    last: int = LAST_YEAR


class Taker(Protocol):
    """What makes observations of the rows of recognised countries, at once or when all have been read."""

    def take(self, line: int, cells: Sequence[str], countries: Sequence[str], span: tuple[int, int | None], sink: Sink) -> None:
        """A row of these countries and years."""

    def doubt(self, countries: Sequence[str], year: int | None = None) -> None:
        """A row that may be of these countries was left out; None: of any year."""

    def finish(self, sink: Sink) -> None:
        """All rows have been read."""


@frozen
class Dating:
    """Edition and day of report of a row."""

    binding: Binding
    release: Release

    def edition(self, cells: Sequence[str]) -> str:
        """The edition that the row names, else that of the release, else that of the mapping."""
        text = cells[self.binding.edition].strip() if self.binding.edition != NOWHERE else ""
        return text or self.release.edition or self.binding.mapping.data.version

    def reported(self, cells: Sequence[str], year: int) -> date:
        """The last day on which it can have become known, never before the year is over."""
        mapping = self.binding.mapping
        if self.release.day is not None:
            return max(self.release.day, date(year, 12, 31))
        text = cells[self.binding.reported].strip() if self.binding.reported != NOWHERE else ""
        if text:
            return date(max(year_of(text), year), 12, 31)
        if mapping.reported.years_after is not None:
            return date(year + mapping.reported.years_after, 12, 31)
        return max(mapping.data.issued[1], date(year, 12, 31))


def run(mapping: Mapping, raw: RawFile, codebook: Codebook, release: Release, sink: Sink) -> Outcome:
    """Hand every observation to the sink. Raises InvalidInput where the file is not of this mapping."""
    binding = bound(mapping, raw, codebook)
    tally = Tally()
    taker: Taker = (Counter if mapping.counts else Valuer)(binding, Dating(binding, release), tally, raw.unit)
    width = len(raw.headings)
    for line, cells in raw.rows:
        tally.read += 1
        if len(cells) < width or any(cell.strip() for cell in cells[width:]):
            tally.refused += 1
            tally.refuse(line, "", ", ".join(cells[:4]), f"{len(cells)} cells under {width} headings")
        else:
            _take(binding, taker, tally, line, cells, sink, release)
    taker.finish(sink)
    used = tuple(dict.fromkeys(name for column in binding.columns for name in column.names))
    return Outcome(tally, raw.unit, used, binding.lacking, mapping.unknown)


def _take(binding: Binding, taker: Taker, tally: Tally, line: int, cells: Sequence[str], sink: Sink, wanted: Release) -> None:
    if not all(test.holds(cells) for test in binding.only):
        tally.outside += 1
        return
    text, column = binding.written(cells)
    if not text:
        tally.refused += 1
        tally.refuse(line, column.columns[0], text, "no country")
        return
    try:
        first, last = binding.years(cells)
    except Refused as refused:
        tally.refused += 1
        tally.refuse(line, text, refused.text, str(refused))
        taker.doubt([unit.iso3 for _, unit in binding.units(text, column, THIS_CENTURY) if isinstance(unit, Country)])
        return
    first, last = max(first, wanted.first), None if last is None else min(last, wanted.last)
    if first > (wanted.last if last is None else last):
        tally.outside += 1
        return
    units = binding.units(text, column, first)
    countries = [unit.iso3 for _, unit in units if isinstance(unit, Country)]
    for name, unit in units:
        if unit is None:
            tally.unrecognised[name] += 1
        elif isinstance(unit, Apart):
            tally.apart[str(unit)] += 1
            taker.doubt(binding.concerned(name, first), first)
    if countries:
        taker.take(line, cells, countries, (first, last), sink)
    elif any(unit is None for _, unit in units):
        tally.unrecognised_rows += 1
    else:
        tally.apart_rows += 1
