"""Of which days a file of counted rows tells everything, so that a total of a year is exact and no row means none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from attrs import frozen

from ratingengine.countries import all_countries
from ratingengine.importing.mapping import Covers

WORLD = ("un_member", "un_observer", "disputed")
"""The countries that a source of the whole world is taken to cover: states, and the units that ratings treat as such."""


@frozen
class Coverage:
    """What the mapping says of its data, none of it after their release; `seen`: the years that the file has of each country."""

    covers: Covers | None
    released: date
    seen: Mapping[str, tuple[int, int]]

    @property
    def first(self) -> int:
        """The first year that is covered, if only in part."""
        if self.covers is not None and self.covers.first is not None:
            return self.covers.first.year
        return min(low for low, _ in self.seen.values())

    @property
    def last(self) -> int:
        """The last year that is covered, if only in part."""
        if self.covers is not None and self.covers.last is not None:
            return min(self.covers.last, self.released).year
        return max(high for _, high in self.seen.values())

    def gap(self, year: int) -> str:
        """Why a total of the year may be too low; empty where the year is covered from its first day to its last."""
        first, last = date(year, 1, 1), date(year, 12, 31)
        begin = first if self.covers is None or self.covers.first is None else max(first, self.covers.first)
        end = min(last, self.released)
        if self.covers is not None and self.covers.last is not None:
            end = min(end, self.covers.last)
        if end < begin:
            return "the data do not cover the year"
        return "" if (begin, end) == (first, last) else f"the data cover the year from {begin} to {end}"

    def country_years(self) -> Iterator[tuple[str, int]]:
        """The country-years that are wholly covered, with a row or without."""
        if self.covers is None or not self.seen:
            return
        years = [year for year in range(self.first, self.last + 1) if not self.gap(year)]
        if self.covers.countries == "world":
            units = {country.iso3 for country in all_countries() if country.kind in WORLD} | set(self.seen)
            yield from ((iso3, year) for iso3 in sorted(units) for year in years)
            return
        for iso3, (low, high) in sorted(self.seen.items()):
            yield from ((iso3, year) for year in years if low <= year <= high)
