"""A file under a mapping, row by row, to observations and the tally of what became of each row."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Sequence
from datetime import date
from typing import Protocol

from attrs import field, frozen

from ratingengine.errors import InvalidInput, Place, Problem
from ratingengine.evidence.tables.form import Row
from ratingengine.importing.binding import ANY, Binding, bound
from ratingengine.importing.cells import YEAR, Refused, edition_year_of
from ratingengine.importing.columns import NOWHERE
from ratingengine.importing.counted import Counter
from ratingengine.importing.coverage import Coverage, Statement
from ratingengine.importing.mapping import Mapping
from ratingengine.importing.outcome import Outcome, Tally
from ratingengine.importing.placing import EVER, Placed, Span, placed
from ratingengine.importing.rawfile import RawFile
from ratingengine.importing.suiting import OtherFile, Suiting
from ratingengine.importing.valued import Valuer
from ratingengine.model.indicator import Codebook
from ratingengine.model.window import FIRST_YEAR, LAST_YEAR

Sink = Callable[[Row], None]


@frozen
class Release:
    """What the user says of the file: the name of its release, the day it came out, the years that are wanted, what it covers."""

    edition: str | None = None
    day: date | None = None
    first: int = FIRST_YEAR
    last: int = LAST_YEAR
    said: Statement = field(factory=Statement)

    def wants(self, span: Span) -> bool:
        """Whether any year of a span is wanted."""
        first, last = span
        return first <= self.last and (last is None or last >= self.first)


class Taker(Protocol):
    """What makes observations of the rows of recognised countries, at once or when all have been read."""

    def see(self, countries: Sequence[str], span: Span, cells: Sequence[str]) -> None:
        """The file speaks of these countries in these years, wanted or not."""

    def take(self, line: int, cells: Sequence[str], where: Placed, sink: Sink) -> None:
        """A row of countries, with years that are wanted."""

    def doubt(self, cells: Sequence[str] | None, countries: Collection[str], span: Span) -> None:
        """A row that may be of these countries (ANY: of all) in these years is left out; no cells: they cannot be told apart."""

    def finish(self, sink: Sink) -> Coverage | None:
        """All rows have been read; what the file covers, where that matters."""


@frozen
class Dating:
    """Edition and day of report of a row."""

    binding: Binding
    release: Release

    def edition(self, cells: Sequence[str]) -> str:
        """The edition that the row names, else that of the release, else that of the mapping."""
        text = cells[self.binding.edition].strip() if self.binding.edition != NOWHERE else ""
        year = YEAR.fullmatch(text)
        return (year.group(1) if year else text) or self.release.edition or self.binding.mapping.data.version

    @property
    def released(self) -> date:
        """The last day on which the file can have come out: not before the last one that it is said to cover."""
        issued, said = self.binding.mapping.data.issued[1], self.release.said.days
        return self.release.day or max(issued, issued if said is None else said[1])

    def reported(self, cells: Sequence[str], year: int) -> date:
        """The last day on which it can have become known: not after the release, and not before the year begins."""
        return max(min(self._usual(cells, year), self.released), date(year, 1, 1))

    def _usual(self, cells: Sequence[str], year: int) -> date:
        mapping = self.binding.mapping
        if self.release.day is not None:
            return self.release.day
        text = cells[self.binding.reported].strip() if self.binding.reported != NOWHERE else ""
        with contextlib.suppress(Refused):
            return date(max(edition_year_of(text), year), 12, 31)
        if mapping.reported.years_after is not None:
            return date(year + mapping.reported.years_after, 12, 31)
        return mapping.data.issued[1]


def run(mapping: Mapping, raw: RawFile, codebook: Codebook, release: Release, sink: Sink) -> Outcome:
    """Hand every observation to the sink. Raises InvalidInput where the file is not of this mapping."""
    binding = bound(mapping, raw, codebook)
    tally = Tally()
    taker: Taker = (Counter if mapping.counts else Valuer)(binding, Dating(binding, release), tally, raw.unit)
    suiting = Suiting(binding)
    try:
        _read(raw, binding, taker, suiting, tally, sink, release)
        suiting.finish()
    except OtherFile as other:
        raise InvalidInput([Problem("I325", str(other), Place(raw.name, other.line, 1), hint=other.hint)]) from None
    coverage = taker.finish(sink)
    used = tuple(dict.fromkeys(name for column in binding.columns for name in column.names))
    return Outcome(tally, raw.unit, used, binding.lacking, mapping.unknown, coverage)


def _read(raw: RawFile, binding: Binding, taker: Taker, suiting: Suiting, tally: Tally, sink: Sink, wanted: Release) -> None:
    width = len(raw.headings)
    for line, cells in raw.rows:
        tally.read += 1
        if not any(cell.strip() for cell in cells):
            tally.outside += 1  # the end of many a sheet; a torn row it is not
        elif len(cells) < width or any(cell.strip() for cell in cells[width:]):
            tally.refused += 1
            tally.refuse(line, "", ", ".join(cells[:4]), f"{len(cells)} cells under {width} headings")
            taker.doubt(None, (ANY,), EVER)
        else:
            _take(binding, taker, suiting, tally, line, cells, sink, wanted)


def _take(
    binding: Binding,
    taker: Taker,
    suiting: Suiting,
    tally: Tally,
    line: int,
    cells: Sequence[str],
    sink: Sink,
    wanted: Release,
) -> None:
    meant = all(test.holds(cells) for test in binding.only)
    if not meant and not all(test.may_hold(cells) for test in binding.only):
        tally.outside += 1
        return
    where = placed(binding, cells)
    # The one place where a row casts doubt on totals; whatever else happens to it, it may be of these countries and years.
    if where.left_out:
        taker.doubt(cells, where.left_out, where.reach)
    if not meant:
        taker.doubt(cells, where.countries, where.reach)
        tally.outside += 1
        return
    if where.wrong is not None:
        tally.refused += 1
        tally.refuse(line, where.column, where.wrong.text, str(where.wrong))
        return
    suiting.see(line, cells, where)
    taker.see(where.countries, where.span, cells)
    if not wanted.wants(where.reach):
        tally.cut += 1
        return
    tally.unrecognised.update(where.unrecognised)
    tally.apart.update(where.apart)
    if where.countries:
        taker.take(line, cells, where, sink)
    elif where.unrecognised:
        tally.unrecognised_rows += 1
    else:
        tally.apart_rows += 1
