"""Rows that are events or persons: counted, or summed, over each year that they fall into."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from attrs import define, field

from ratingengine.countries import all_countries
from ratingengine.importing.binding import ANY, NOWHERE, Binding, BoundColumn
from ratingengine.importing.cells import Refused, fitted, number_of
from ratingengine.importing.outcome import Tally
from ratingengine.importing.placing import Span
from ratingengine.tables.form import Row

if TYPE_CHECKING:
    from ratingengine.importing.run import Dating, Sink

WORLD = ("un_member", "un_observer", "disputed")
"""The countries that a source of the whole world is taken to cover: states, and the units that ratings treat as such."""
MOST_LINES = 6


@define
class Total:
    """What a country-year has of an indicator; `least`: a row whose share is unknown belongs to it, so it may be more."""

    number: int = 0
    lines: list[int] = field(factory=list)
    rows: int = 0
    least: bool = False
    edition: str = ""
    reported: date = date.min

    def add(self, number: int, line: int, edition: str, reported: date) -> None:
        """One more row."""
        self.number += number
        self.rows += 1
        self.edition, self.reported = edition, max(self.reported, reported)
        if len(self.lines) < MOST_LINES:
            self.lines.append(line)


@define
class Counter:
    """Takes rows one by one and hands on the totals at the end."""

    binding: Binding
    dating: Dating
    tally: Tally
    unit: str
    _totals: dict[tuple[str, int, str], Total] = field(factory=dict, init=False)
    _seen: dict[str, tuple[int, int]] = field(factory=dict, init=False)
    _going_on: list[tuple[int, Sequence[str], Sequence[str], int]] = field(factory=list, init=False)
    _doubted: dict[tuple[str, str], set[Span]] = field(factory=dict, init=False)

    def see(self, countries: Sequence[str], span: Span) -> None:
        """The years that the file speaks of each country are what it covers, also where other years are wanted."""
        first, last = span
        for iso3 in countries:
            low, high = self._seen.get(iso3, (first, first))
            self._seen[iso3] = (min(low, first), max(high, last or first))

    def take(self, line: int, cells: Sequence[str], countries: Sequence[str], span: Span, sink: Sink) -> None:  # noqa: ARG002
        """One row: counted in every year of its span. One that goes on waits until the last year of the file is known."""
        first, last = span
        if last is None:
            self._going_on.append((line, tuple(cells), countries, first))
        self._count(line, cells, countries, range(first, (last or first) + 1), first_time=True)

    def doubt(self, cells: Sequence[str] | None, countries: Collection[str], span: Span) -> None:
        """A row that may be of these countries is left out: their totals of what it counts for are lower bounds in its years."""
        for column in self.binding.columns if cells is None else self.binding.meant(cells):
            for iso3 in countries:
                self._doubted.setdefault((iso3, column.indicator.id), set()).add(span)

    def finish(self, sink: Sink) -> None:
        """Hand on the totals, and none for the country-years that the data cover and no row is of."""
        covers = self.binding.mapping.covers
        end = max((last for _, last in self._seen.values()), default=0)
        end = max(end, covers.last or 0) if covers else end
        for line, cells, countries, first in self._going_on:
            self._count(line, cells, countries, range(first + 1, end + 1), first_time=False)
        columns = {column.indicator.id: column for column in self.binding.columns}
        for iso3, year in self._covered():
            for name in columns:
                self._totals.setdefault((iso3, year, name), Total())
        for (iso3, year, name), total in sorted(self._totals.items(), key=lambda item: item[0]):
            self._hand_on(columns[name], iso3, year, total, sink)

    def _count(self, line: int, cells: Sequence[str], countries: Sequence[str], years: range, *, first_time: bool) -> None:
        shares = [(column, *self._share(line, cells, column, first_time)) for column in self.binding.meant(cells)]
        if first_time:
            self.tally.mapped += bool(shares)
            self.tally.outside += not shares
        edition = self.dating.edition(cells)
        for iso3 in countries:
            for year in years:
                for column, number, known in shares:
                    total = self._totals.setdefault((iso3, year, column.indicator.id), Total())
                    total.add(number, line, edition, self.dating.reported(cells, year))
                    total.least |= not known

    def _share(self, line: int, cells: Sequence[str], column: BoundColumn, tell: bool) -> tuple[int, bool]:
        """How much a row adds, and whether that is known."""
        at = column.at if column.column.kind == "sum" else self.binding.weight
        if at == NOWHERE:
            return 1, True
        text = cells[at].strip()
        if text in self.binding.mapping.missing:
            self.tally.missing += tell
            return 0, False
        try:
            number = number_of(text, self.binding.decimal)
            if number < 0 or number != number.to_integral_value():
                raise Refused("not a count", text)
            return int(fitted(number, column.indicator)), True
        except Refused as refused:
            if tell:
                self.tally.refused_values += 1
                self.tally.refuse(line, self.binding.headings[at], refused.text or text, str(refused))
            return 0, False

    def _covered(self) -> Iterator[tuple[str, int]]:
        covers = self.binding.mapping.covers
        if covers is None or not self._seen:
            return
        first = min(low for low, _ in self._seen.values()) if covers.first is None else covers.first
        last = max(high for _, high in self._seen.values()) if covers.last is None else covers.last
        if covers.countries == "world":
            units = {country.iso3 for country in all_countries() if country.kind in WORLD} | set(self._seen)
            yield from ((iso3, year) for iso3 in sorted(units) for year in range(first, last + 1))
            return
        for iso3, (low, high) in sorted(self._seen.items()):
            begin, end = (low if covers.first is None else first), (high if covers.last is None else last)
            yield from ((iso3, year) for year in range(begin, end + 1))

    def _hand_on(self, column: BoundColumn, iso3: str, year: int, total: Total, sink: Sink) -> None:
        name, wanted = column.indicator.id, self.dating.release
        least = total.least or any(self._is_doubted(code, name, year) for code in (iso3, ANY))
        if not wanted.wants((year, year)):
            return
        if least and not total.number:
            self.tally.withheld += 1  # at least none says nothing
            return
        try:
            number = fitted(Decimal(total.number), column.indicator)
        except Refused as refused:
            self.tally.refused_values += 1
            self.tally.refuse(total.lines[0], f"{iso3} {year}", str(total.number), f"{refused}: a total of {total.rows} rows")
            return
        self.tally.observations += 1
        self.tally.none += not total.rows
        self.tally.least += least
        self.tally.saw(iso3, year)
        sink(
            Row(
                iso3=iso3,
                year=year,
                indicator=column.indicator.id,
                value=None if least else number,
                text=None,
                low=number if least else None,
                high=None,
                begun=date(year, 1, 1),
                ended=date(year, 12, 31),
                reported=total.reported if total.rows else self.dating.reported(("",) * len(self.binding.headings), year),
                source=self.binding.mapping.data.id,
                locator=self._locator(total),
                event=None,
                edition=total.edition or self.dating.edition(("",) * len(self.binding.headings)),
                note="at least: a row that may belong here could not be counted" if least else None,
            )
        )

    def _is_doubted(self, iso3: str, indicator: str, year: int) -> bool:
        spans = self._doubted.get((iso3, indicator), ())
        return any(first <= year and (last is None or year <= last) for first, last in spans)

    def _locator(self, total: Total) -> str:
        if not total.rows:
            return "no row"
        shown = ", ".join(map(str, total.lines))
        more = f" and {total.rows - len(total.lines)} more" if total.rows > len(total.lines) else ""
        return f"{self.unit}{'s' if total.rows > 1 else ''} {shown}{more}"
