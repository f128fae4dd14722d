"""A mapping bound to the headings of one file: which position holds what."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from attrs import define, field

from ratingengine.importing.cells import (
    Refused,
    Texts,
    day_of,
    edition_year_of,
    texts_of,
    year_of,
)
from ratingengine.importing.columns import NOWHERE, BoundColumn, BoundTest, bound_column, bound_tests, first_of, tested
from ratingengine.importing.mapping import CountryColumn, Mapping, Unit
from ratingengine.importing.rawfile import RawFile
from ratingengine.model.indicator import Codebook
from ratingengine.model.window import FIRST_YEAR, LAST_YEAR
from ratingengine.world.countries import Country, by_iso3
from ratingengine.world.countries.identify import TIMELESS, Apart, identified

ANY = ""
"""In the place of a country's code: it may be any."""


@define
class Binding:
    """A mapping and the positions in one file."""

    mapping: Mapping
    headings: tuple[str, ...]
    decimal: str
    countries: tuple[tuple[int, CountryColumn], ...]
    year: int
    first: int
    last: int
    open: BoundTest | None
    reported: int
    edition: int
    weight: int
    least: str
    only: tuple[BoundTest, ...]
    columns: tuple[BoundColumn, ...]
    lacking: tuple[tuple[str, tuple[str, ...]], ...]
    missing: Texts
    _entries: dict[str, tuple[Unit, ...]] = field(factory=dict, init=False)
    _units: dict[tuple[str, str, int], Country | Apart | None] = field(factory=dict, init=False)
    _ever: dict[tuple[str, str], frozenset[str]] = field(factory=dict, init=False)

    def meant(self, cells: Sequence[str]) -> list[BoundColumn]:
        """The columns that the row is read by: of several of one indicator the first whose tests it passes."""
        found: dict[str, BoundColumn] = {}
        for column in self.columns:
            if column.means(cells):
                found.setdefault(column.column.indicator, column)
        return list(found.values())

    def unclear(self, cells: Sequence[str]) -> list[BoundColumn]:
        """The columns that the row may or may not be read by."""
        return [column for column in self.columns if column.may_mean(cells) and not column.means(cells)]

    def written(self, cells: Sequence[str]) -> tuple[str, CountryColumn]:
        """The text that names the country, of the first column that holds any; empty where none does."""
        for at, column in self.countries:
            text = cells[at].strip()
            if text not in self.missing:
                return text, column
        return "", self.countries[0][1]

    def names(self, text: str, column: CountryColumn) -> list[str]:
        """Each name in the text, once."""
        names = [name.strip() for name in text.split(column.separator)] if column.separator else [text]
        return [name for name in dict.fromkeys(names) if name]

    def unit(self, text: str, column: CountryColumn, year: int) -> Country | Apart | None:
        """Whom a text of a country column means in a year."""
        key = (text, column.scheme, year)
        if key not in self._units:
            self._units[key] = self._unit(text, column.scheme, year)
        return self._units[key]

    def _unit(self, text: str, scheme: str, year: int) -> Country | Apart | None:
        for unit in self._declared(text, year):
            return by_iso3(unit.code) if unit.code else Apart(text, unit.apart, "apart")
        return identified(scheme, text, year)

    def steady(self, text: str, column: CountryColumn) -> bool:
        """Whether a text of a country column means the same in all years."""
        dated = any((unit.first, unit.last) != (None, None) for unit in self._declared_ever(text))
        return not dated and column.scheme in TIMELESS

    def left_out(self, text: str, column: CountryColumn, year: int) -> frozenset[str]:
        """Of which countries a row may be that is of no country under this text: those that a unit apart is `of`, or ANY."""
        unit = self.unit(text, column, year)
        if unit is None:
            return frozenset({ANY})
        return (
            frozenset(code for one in self._declared(text, year) for code in one.of) if isinstance(unit, Apart) else frozenset()
        )

    def ever(self, text: str, column: CountryColumn) -> frozenset[str]:
        """Of which countries a row may be whose year cannot be read: those that the text means in any year, else ANY."""
        key = (text, column.scheme)
        if key not in self._ever:
            years = range(FIRST_YEAR, LAST_YEAR + 1)
            units = {self.unit(text, column, year) for year in years} - {None}
            found = {unit.iso3 for unit in units if isinstance(unit, Country)}
            found.update(*(self.left_out(text, column, year) for year in years))
            self._ever[key] = frozenset(found - {ANY} if units else {ANY})
        return self._ever[key]

    def _declared(self, text: str, year: int) -> list[Unit]:
        return [unit for unit in self._declared_ever(text) if unit.holds(year)]

    def _declared_ever(self, text: str) -> tuple[Unit, ...]:
        if text not in self._entries:
            self._entries[text] = tuple(unit for unit in self.mapping.units if text in texts_of((unit.written,), self.decimal))
        return self._entries[text]

    def years(self, cells: Sequence[str]) -> tuple[int, int | None]:
        """The first and last year that a row speaks of; None as last: it goes on as far as the file does."""
        text = cells[self.year].strip() if self.year != NOWHERE else ""
        if text and text not in self.missing:
            year = (edition_year_of if self.year == self.edition else year_of)(text) + self.mapping.when.shift
            return year, year
        if self.first == NOWHERE:
            raise Refused("no year")
        return self._span(cells)

    def spell(self, cells: Sequence[str]) -> tuple[date, date] | None:
        """The first and last day of a counted row that has a year beside them; None where they cannot be read.

        The publisher's year stands for such a row whatever its days are. One without a last day ends with that year.
        """
        if not self.mapping.counts or NOWHERE in (self.year, self.first, self.last):
            return None
        try:
            year, first, last = self.years(cells)[0], self._day(cells, self.first), self._day(cells, self.last)
        except Refused:
            return None
        if first is None or (last is not None and last < first):
            return None
        return first, last or max(first, date(year, 12, 31))

    def begun(self, cells: Sequence[str]) -> date | None:
        """The first day of a row; None where there is none that can be read."""
        try:
            return None if self.first == NOWHERE else self._day(cells, self.first)
        except Refused:
            return None

    def _span(self, cells: Sequence[str]) -> tuple[int, int | None]:
        first = self._day(cells, self.first)
        last = None if self.last == NOWHERE else self._day(cells, self.last)
        if first is None:
            raise Refused("no first day")
        if last is not None and last < first:
            raise Refused(f"ends before it began, {first}", str(last))
        if last is None and self.open is not None and self.open.holds(cells):
            return first.year, None
        return first.year, (last or first).year

    def _day(self, cells: Sequence[str], at: int) -> date | None:
        text = cells[at].strip()
        return None if text in self.missing else day_of(text, self.mapping.when.forms)


def bound(mapping: Mapping, raw: RawFile, codebook: Codebook) -> Binding:
    """Raises InvalidInput where the file has no column for country, time, or any indicator."""
    positions = {name: at for at, name in reversed(tuple(enumerate(raw.headings)))}
    at = partial(first_of, positions)
    _check_single(raw, mapping)
    when = mapping.when
    columns = [bound_column(column, mapping, positions, codebook, raw.decimal) for column in mapping.columns]
    found = _reached([column for column in columns if column is not None])
    had = {column.column.indicator for column in found}
    lacking = tuple(
        (column.indicator, column.columns or tested(column)) for column in mapping.columns if column.indicator not in had
    )
    tests = bound_tests(mapping.only, positions, raw.decimal)
    if tests is None:
        names = ", ".join(mapping.only[0].columns)
        raise raw.problem(f"no column to tell which rows are meant: {names}", "see only: in the mapping")
    if not found:
        wanted = ", ".join(dict.fromkeys(name for _, names in lacking for name in names))[:200]
        raise raw.problem(f"the file has none of the columns that are mapped: {wanted}", "is it the file of this mapping?")
    if at(when.year) == at(when.first) == NOWHERE:
        raise raw.problem(f"no column of years or days: {', '.join((*when.year, *when.first))}", "see time: in the mapping")
    going_on = None if when.open is None else bound_tests((when.open,), positions, raw.decimal)
    return Binding(
        mapping=mapping,
        headings=raw.headings,
        decimal=raw.decimal,
        countries=tuple((at(one.columns), one) for one in mapping.country if at(one.columns) != NOWHERE),
        year=at(when.year),
        first=at(when.first),
        last=at(when.last),
        open=going_on[0] if going_on else None,
        reported=at(mapping.reported.edition),
        edition=at(mapping.edition),
        weight=at(mapping.weight),
        least=_least(mapping, positions),
        only=tests,
        columns=found,
        lacking=lacking,
        missing=texts_of(mapping.missing, raw.decimal),
    )


def _check_single(raw: RawFile, mapping: Mapping) -> None:
    """Raises InvalidInput where a column that is read stands twice: which of them is meant is not for us to choose."""
    read = (
        [one.columns for one in mapping.country]
        + [column.columns for column in mapping.columns]
        + [one.columns for one in mapping.only]
    )
    named = {name for columns in read for name in columns} | {
        *mapping.when.year,
        *mapping.when.first,
        *mapping.when.last,
        *mapping.edition,
        *mapping.weight,
    }
    twice = sorted(name for name in named if raw.headings.count(name) > 1)
    if twice:
        raise raw.problem(f"columns stand twice: {', '.join(twice)}", "leave one of each")


def _reached(columns: Sequence[BoundColumn]) -> tuple[BoundColumn, ...]:
    """Those that a row can be read by: an earlier one of the same indicator takes every row that passes its tests."""

    def taken(at: int, column: BoundColumn) -> bool:
        before = (one for one in columns[:at] if one.column.indicator == column.column.indicator)
        return any(set(one.where) <= set(column.where) for one in before)

    return tuple(column for at, column in enumerate(columns) if not taken(at, column))


def _least(mapping: Mapping, positions: dict[str, int]) -> str:
    """Why rows of this file stand for one or more; empty where each stands for as many as it says."""
    if mapping.at_least is None or first_of(positions, mapping.at_least.columns) == NOWHERE:
        return ""
    weight = next((name for name in mapping.weight if name in positions), None)
    return mapping.at_least.why if weight is None or weight in mapping.at_least.columns else ""
