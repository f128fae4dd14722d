"""Rows that are events or persons: counted, or summed, over each year that they fall into."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal

from attrs import define, field

from ratingengine.evidence.tables.form import Row
from ratingengine.importing.binding import ANY, Binding
from ratingengine.importing.cells import Refused, fitted, number_of
from ratingengine.importing.columns import NOWHERE, BoundColumn
from ratingengine.importing.coverage import Coverage, Seen, coverage_of
from ratingengine.importing.dating import Dating, Sink
from ratingengine.importing.outcome import Tally
from ratingengine.importing.placing import Placed, Span
from ratingengine.importing.spells import Spell, Spells

MOST_LINES = 6
LOST = "a row that may belong here could not be counted"


@define
class Total:
    """What a country-year has of an indicator.

    `least`: a row whose share is unknown belongs to it, so it may be more; `elsewhere`: so many rows are of another year of the
    publisher.
    """

    number: int = 0
    lines: list[int] = field(factory=list)
    rows: int = 0
    elsewhere: int = 0
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
    _seen: Seen = field(factory=Seen, init=False)
    _spells: Spells = field(factory=Spells, init=False)
    _going_on: list[tuple[int, Sequence[str], Placed]] = field(factory=list, init=False)
    _doubted: dict[tuple[str, str], set[Span]] = field(factory=dict, init=False)

    def see(self, countries: Sequence[str], span: Span, cells: Sequence[str]) -> None:
        """The days and countries of all rows are what the file covers, also where other years are wanted."""
        self._seen.add(countries, *span, self.binding.begun(cells))

    def take(self, line: int, cells: Sequence[str], where: Placed, sink: Sink) -> None:  # noqa: ARG002  # a total is handed on at the end
        """One row: counted in every year of its span. One that goes on waits until the last year of the file is known."""
        first, last = where.span
        if last is None:
            self._going_on.append((line, tuple(cells), where))
        self._doubt(self.binding.unclear(cells), where.countries, where.reach)
        self._count(line, cells, where, range(first, (last or first) + 1), first_time=True)

    def doubt(self, cells: Sequence[str] | None, countries: Collection[str], span: Span) -> None:
        """A row that may be of these countries is left out: totals of theirs that it may count for are lower bounds."""
        if cells is None:
            self._doubt(self.binding.columns, countries, span)
        else:
            self._doubt((*self.binding.meant(cells), *self.binding.unclear(cells)), countries, span)

    def _doubt(self, columns: Collection[BoundColumn], countries: Collection[str], span: Span) -> None:
        for column in columns:
            for iso3 in countries:
                self._doubted.setdefault((iso3, column.indicator.id), set()).add(span)

    def finish(self, sink: Sink) -> Coverage | None:
        """Hand on the totals, and none for the country-years that the file covers and no row is of."""
        coverage = coverage_of(self.binding.mapping.covers, self.dating.release.said, self.dating.released, self._seen)
        if coverage is None:
            return None
        end = max([coverage.end.year, *(last for _, last in self._seen.countries.values())])
        for line, cells, where in self._going_on:
            self._count(line, cells, where, range(where.span[0] + 1, end + 1), first_time=False)
        self._add_elsewhere(coverage)
        self._add_none(coverage)
        columns = {column.indicator.id: column for column in self.binding.columns}
        for (iso3, year, name), total in sorted(self._totals.items(), key=lambda item: item[0]):
            if self.dating.release.wants((year, year)):
                self._hand_on(columns[name], iso3, year, total, coverage.gap(iso3, year), sink)
        return coverage

    def _add_none(self, coverage: Coverage) -> None:
        """Of an indicator without any row a file may have been emptied too: only the user can say that it was not."""
        counted = {name for _, _, name in self._totals}
        if coverage.countries is not None:
            counted = {column.indicator.id for column in self.binding.columns}
        for iso3, year in coverage.country_years():
            for name in counted:
                self._totals.setdefault((iso3, year, name), Total())

    def _add_elsewhere(self, coverage: Coverage) -> None:
        """A spell was in force in years, too, in which its publisher does not count it."""
        for iso3, year, indicator, spell in self._spells.elsewhere(coverage.begin.year, coverage.end.year):
            total = self._totals.setdefault((iso3, year, indicator), Total())
            total.add(spell.number, spell.line, spell.edition, spell.reported)
            total.elsewhere += 1
            total.least |= not spell.known

    def _count(self, line: int, cells: Sequence[str], where: Placed, years: range, *, first_time: bool) -> None:
        shares = [(column, *self._share(line, cells, column, first_time)) for column in self.binding.meant(cells)]
        if first_time:
            self.tally.mapped += bool(shares)
            self.tally.outside += not shares
        edition, (low, high) = self.dating.edition(cells), where.reach
        for iso3 in where.countries:
            for year in years:
                reported = self.dating.reported(cells, year)
                for column, number, known in shares:
                    total = self._totals.setdefault((iso3, year, column.indicator.id), Total())
                    total.add(number, line, edition, reported)
                    total.least |= not known
                    if where.began is not None:
                        spell = Spell(line, year, low, high or low, number, known, edition, reported)
                        self._spells.add(iso3, column.indicator.id, where.began, spell)

    def _share(self, line: int, cells: Sequence[str], column: BoundColumn, tell: bool) -> tuple[int, bool]:
        """How much a row adds, and whether that is known."""
        at = column.at if column.column.kind == "sum" else self.binding.weight
        if at == NOWHERE:
            return 1, True
        text = cells[at].strip()
        if text in self.binding.missing:
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

    def _hand_on(self, column: BoundColumn, iso3: str, year: int, total: Total, gap: str, sink: Sink) -> None:
        reasons = self._reasons(column, iso3, year, total, gap)
        if reasons and not total.number:
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
        self.tally.least += bool(reasons)
        self.tally.saw(iso3, year)
        nothing = ("",) * len(self.binding.headings)
        sink(
            Row(
                iso3=iso3,
                year=year,
                indicator=column.indicator.id,
                value=None if reasons else number,
                text=None,
                low=number if reasons else None,
                high=None,
                begun=date(year, 1, 1),
                ended=date(year, 12, 31),
                reported=total.reported if total.rows else self.dating.reported(nothing, year),
                source=self.binding.mapping.data.id,
                locator=self._locator(total),
                event=None,
                total="yes",
                edition=total.edition or self.dating.edition(nothing),
                note=_note(reasons, total),
            )
        )

    def _reasons(self, column: BoundColumn, iso3: str, year: int, total: Total, gap: str) -> list[str]:
        """Why there may be more than the total; none where it is exact."""
        lost = total.least or any(self._is_doubted(code, column.indicator.id, year) for code in (iso3, ANY))
        least = self.binding.least if column.column.kind == "count" and total.number else ""
        return [reason for reason in (LOST if lost else "", gap, least) if reason]

    def _is_doubted(self, iso3: str, indicator: str, year: int) -> bool:
        spans = self._doubted.get((iso3, indicator), ())
        return any(first <= year and (last is None or year <= last) for first, last in spans)

    def _locator(self, total: Total) -> str:
        if not total.rows:
            return "no row"
        shown = ", ".join(map(str, total.lines))
        more = f" and {total.rows - len(total.lines)} more" if total.rows > len(total.lines) else ""
        return f"{self.unit}{'s' if total.rows > 1 else ''} {shown}{more}"


def _note(reasons: list[str], total: Total) -> str | None:
    parts = [f"at least: {'; '.join(reasons)}"] if reasons else []
    parts += [f"{total.elsewhere} of {total.rows} counted by the publisher in another year"] if total.elsewhere else []
    return "; ".join(parts) or None
