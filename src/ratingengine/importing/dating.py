"""Which release a file is, and which day its statements were reported: what the takers of rows are told."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from datetime import date

from attrs import field, frozen

from ratingengine.evidence.tables.form import Row
from ratingengine.importing.binding import Binding
from ratingengine.importing.cells import YEAR, Refused, edition_year_of
from ratingengine.importing.columns import NOWHERE
from ratingengine.importing.coverage import Statement
from ratingengine.importing.placing import Span
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
