"""Spells that a publisher counts in a year of its own choice: in which other years they were in force too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from attrs import define, field, frozen


@frozen
class Spell:
    """A row with its publisher's year, the years that it reaches, and what it adds; `known` is whether that is known."""

    line: int
    year: int
    first: int
    last: int
    number: int
    known: bool
    edition: str
    reported: date


@define
class Spells:
    """Rows by country, indicator and first day: those with the same three are one spell, repeated year by year.

    Publishers that repeat a spell write its last day now so, now otherwise, so the last day does not tell spells apart. Of the
    rows of one first day as many count in a year as the publisher has rows of any one year that reach into it.
    """

    _rows: dict[tuple[str, str, date], list[Spell]] = field(factory=dict, init=False)

    def add(self, iso3: str, indicator: str, began: date, spell: Spell) -> None:
        """One more row."""
        self._rows.setdefault((iso3, indicator, began), []).append(spell)

    def elsewhere(self, first: int, last: int) -> Iterator[tuple[str, int, str, Spell]]:
        """Each country, year from first to last, and indicator with a spell in force that has no row of that year."""
        for (iso3, indicator, _), rows in self._rows.items():
            low, high = min(row.first for row in rows), max(row.last for row in rows)
            for year in range(max(low, first), min(high, last) + 1):
                for spell in _missing(rows, year):
                    yield iso3, year, indicator, spell


def _missing(rows: list[Spell], year: int) -> list[Spell]:
    """The rows to be added in a year, beside those that the publisher has of it; the same in any order of the rows."""
    own = sum(row.year == year for row in rows)
    by_year: dict[int, list[Spell]] = {}
    for row in rows:
        if row.first <= year <= row.last:
            by_year.setdefault(row.year, []).append(row)
    if not by_year:
        return []
    most = max(by_year.values(), key=lambda group: (len(group), sum(row.number for row in group), group[0].year))
    return sorted(most, key=lambda row: (row.number, row.known, row.line), reverse=True)[: max(0, len(most) - own)]
