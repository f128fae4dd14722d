"""Ratings of a table as standings, with the rules behind them where it has a column for each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from attrs import evolve, frozen

from ratingengine.compare.grounds import Grounds, grounds_in
from ratingengine.compare.standing import Standing
from ratingengine.engine.assess import Method
from ratingengine.errors import NotFound
from ratingengine.evidence.ratings import YES_NO, RatedRow, read_rated
from ratingengine.world.countries import by_iso3


@frozen
class RatingsTable:
    """All rows of a table, by country and day, and which of the columns it has."""

    name: str
    columns: frozenset[str]
    rows: tuple[Standing, ...]

    def on(self, as_of: date) -> tuple[Standing, ...]:
        """The rows of one day, by country."""
        return tuple(row for row in self.rows if row.as_of == as_of)

    def years(self) -> tuple[int, int] | None:
        """The first and the last year of the table."""
        found = [row.as_of.year for row in self.rows]
        return (min(found), max(found)) if found else None


def read_ratings(path: Path, method: Method, years: tuple[int, int] | None = None) -> RatingsTable:
    """The table in a file ending in .csv or .parquet; of Parquet only the years from first to last, if given, are read.

    Its words are those of the method's scale, and its columns of rules, if it has one for each, tell the grounds.

    Raises NotFound or InvalidInput.
    """
    if not path.exists():
        raise NotFound(f"no such table of ratings: '{path}'")
    scale = method.scale
    rules = frozenset(rule.id for program in method.programs.values() for rule in program.rules)
    table, rated = read_rated(path, scale.words, scale.facet_ids, sorted(rules), years)
    facets = [facet for facet in scale.facet_ids if facet in table.columns]
    counted = "population" in table.columns
    rows = [_standing(row, facets, counted=counted) for row in rated]
    if rules <= set(table.columns):
        rows = [evolve(standing, grounds=_grounds(method, row, rules)) for standing, row in zip(rows, rated, strict=True)]
    found = sorted(rows, key=lambda row: (row.country.iso3, row.as_of))
    return RatingsTable(path.name, frozenset(table.columns), tuple(found))


def _standing(rated: RatedRow, facets: Iterable[str], *, counted: bool) -> Standing:
    country = by_iso3(rated.row.iso3)
    assert country is not None  # noqa: S101  # the reader of the table has looked
    return Standing(
        country=country,
        as_of=rated.as_of,
        rating=rated.words["rating"],
        assessed=rated.words["assessed"],
        previous=rated.words["previous"],
        status=rated.status,
        levels={facet: rated.words[facet] for facet in facets},
        watchlist=rated.watchlist,
        population=rated.population if counted else country.population,
        possible_worst=rated.words["possible_worst"],
        profile=rated.profile,
    )


def _grounds(method: Method, rated: RatedRow, rules: Iterable[str]) -> Grounds:
    holding = (rule for rule in rules if YES_NO.get(rated.row.text(rule).lower(), False))
    return grounds_in(method.programs, rated.profile or "", holding)
