"""Of which days and countries a file of counted rows tells everything, so that a total of a year is exact and no row means none.

A file proves no more than what stands in it: a list that was cut to some months or countries looks like any other. So its own
first and last day and its own countries count, within what its mapping says of the data set, unless the user says what it covers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from attrs import define, field, frozen

from ratingengine.importing.mapping import Covers
from ratingengine.world.countries import all_countries

WORLD = ("un_member", "un_observer", "disputed")
"""The countries that a source of the whole world is taken to cover: states, and the units that ratings treat as such."""
ALL = ""
"""In the place of a country's code: every one."""


@frozen
class Statement:
    """What the user says that a file covers: its days, and the countries (ALL: of the world) of which it has every row."""

    days: tuple[date, date] | None = None
    countries: frozenset[str] | None = None


@define
class Seen:
    """Of what a file has rows: the years of each country, all its years, and its first and last day where it gives days."""

    countries: dict[str, tuple[int, int]] = field(factory=dict)
    years: tuple[int, int] | None = None
    days: tuple[date, date] | None = None

    def add(self, countries: Iterable[str], first: int, last: int | None, day: date | None) -> None:
        """One more row. Its day counts in the year of the row: one that the publisher repeats in a later year began before it."""
        low, high = self.years or (first, first)
        self.years = (min(low, first), max(high, last or first))
        if day is not None and day.year == first:
            begin, end = self.days or (day, day)
            self.days = (min(begin, day), max(end, day))
        for iso3 in countries:
            low, high = self.countries.get(iso3, (first, first))
            self.countries[iso3] = (min(low, first), max(high, last or first))


@frozen
class Coverage:
    """The first and last day that are covered, and whose totals can be exact (None: those of all rows).

    `torn`: years that the file may have only in part, as it gives no days; `silent`: whether no row means none; `listed`: each
    country is covered within its own years alone.
    """

    begin: date
    end: date
    torn: frozenset[int]
    countries: frozenset[str] | None
    silent: bool
    listed: bool
    seen: Seen

    def gap(self, iso3: str, year: int) -> str:
        """Why a total may be too low; empty where the country's year is covered from its first day to its last."""
        if self.countries is not None and not {iso3, ALL} & self.countries:
            return "the file is not said to have every row of this country"
        first, last = date(year, 1, 1), date(year, 12, 31)
        begin, end = max(first, self.begin), min(last, self.end)
        if end < begin:
            return "the file does not cover the year"
        if (begin, end) != (first, last):
            return f"the file covers the year from {begin} to {end}"
        return "the file gives no days and may have a part of the year alone" if year in self.torn else ""

    def country_years(self) -> Iterator[tuple[str, int]]:
        """The country-years that are wholly covered, with a row or without."""
        if not self.silent:
            return
        units = set(self.seen.countries) if self.countries is None or ALL in self.countries else set(self.countries)
        if self.countries is not None and ALL in self.countries:
            units |= {country.iso3 for country in all_countries() if country.kind in WORLD}
        for iso3 in sorted(units):
            low, high = self.seen.countries[iso3] if self.listed else (self.begin.year, self.end.year)
            for year in range(max(low, self.begin.year), min(high, self.end.year) + 1):
                if not self.gap(iso3, year):
                    yield iso3, year


def coverage_of(covers: Covers | None, said: Statement, released: date, seen: Seen) -> Coverage | None:
    """What a file covers; None where it has no row and the user does not say its days.

    `covers`: what its mapping says; `released`: the day after which it tells nothing.
    """
    if seen.years is None and said.days is None:
        return None
    days, torn = (said.days, frozenset[int]()) if said.days else _own_days(covers, released, seen)
    return Coverage(
        begin=days[0],
        end=days[1],
        torn=torn,
        countries=said.countries,
        silent=covers is not None or said.countries is not None,
        listed=covers is not None and covers.countries == "listed" and said.countries is None,
        seen=seen,
    )


def _own_days(covers: Covers | None, released: date, seen: Seen) -> tuple[tuple[date, date], frozenset[int]]:
    """The file's own first and last day, within those of its data set and not after its release; and the years it may tear.

    A file of years alone may begin within its first and end within its last one, where no mapping says on which day.
    """
    low, high = seen.years or (1, 1)
    begin, end = seen.days or (date(low, 1, 1), date(high, 12, 31))
    first, last = (None, None) if covers is None else (covers.first, covers.last)
    ends = [year for year, day in ((low, first), (high, last)) if seen.days is None and (day is None or day.year != year)]
    return (max(begin, first or begin), min(end, last or end, released)), frozenset(ends)
