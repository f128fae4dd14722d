"""What became of each row and value of a file: nothing is left out without being counted."""

from __future__ import annotations

from collections import Counter

from attrs import define, field, frozen

from ratingengine.importing.coverage import Coverage

MOST_KEPT = 10_000
"""So many refusals and duplicates are kept one by one; all are counted."""


@frozen
class Refusal:
    """A row or cell that could not be used: its place, its text and why."""

    line: int
    column: str
    text: str
    reason: str


@frozen
class Duplicate:
    """A row repeat an earlier country-year: its place, that of the first, and whether it says the same."""

    line: int
    first: int
    country: str
    year: int
    same: bool


@define
class Tally:
    """Counts that grow while a file is read.

    Each row is one of mapped, empty (no value in it), outside (not meant by the mapping), cut (of no year that was asked for),
    apart, unrecognised, refused or a duplicate; each value of a mapped or empty row is an observation, missing or refused.
    Of totals, `none` say none and `least` at least; `withheld` are those of country-years that the data cover, where a row that
    could not be placed may be all there is.
    """

    read: int = 0
    mapped: int = 0
    empty: int = 0
    outside: int = 0
    cut: int = 0
    refused: int = 0
    apart_rows: int = 0
    apart: Counter[str] = field(factory=Counter)
    unrecognised_rows: int = 0
    unrecognised: Counter[str] = field(factory=Counter)
    duplicates: int = 0
    duplicate_rows: list[Duplicate] = field(factory=list)
    observations: int = 0
    none: int = 0
    least: int = 0
    withheld: int = 0
    missing: int = 0
    refused_values: int = 0
    rounded: int = 0
    refusals: list[Refusal] = field(factory=list)
    countries: set[str] = field(factory=set)
    first_year: int | None = None
    last_year: int | None = None

    def refuse(self, line: int, column: str, text: str, reason: str) -> None:
        """Keep a refusal; the caller counts it as a row or a value."""
        if len(self.refusals) < MOST_KEPT:
            self.refusals.append(Refusal(line, column, text, reason))

    def saw(self, iso3: str, year: int) -> None:
        """A country-year that an observation is of."""
        self.countries.add(iso3)
        self.first_year = year if self.first_year is None else min(self.first_year, year)
        self.last_year = year if self.last_year is None else max(self.last_year, year)


@frozen
class Outcome:
    """The tally of a whole file, with what was read of it: columns used, columns that the file lacks, unknown indicators.

    `coverage`: what a file of counted rows covers.
    """

    tally: Tally
    unit: str
    used: tuple[str, ...]
    lacking: tuple[tuple[str, tuple[str, ...]], ...]
    unknown: tuple[str, ...]
    coverage: Coverage | None
