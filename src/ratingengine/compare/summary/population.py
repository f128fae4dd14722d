"""How many people live in each country: from a file of yearly numbers, or from the country table."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from attrs import evolve

from ratingengine.compare.standing import Standing
from ratingengine.errors import InvalidInput, NotFound, Problem
from ratingengine.evidence.country_years import read_csv
from ratingengine.evidence.ratings import whole_number

COUNTRY_TABLE = "the country table (CLDR 47)"


def read_population(path: Path, year: int) -> dict[str, int]:
    """People by country in one year, from a CSV with iso3, year and population. Raises NotFound or InvalidInput."""
    if not path.exists():
        raise NotFound(f"no such file of populations: '{path}'")
    table = read_csv(path, ("population",))
    problems: list[Problem] = list(table.problems)
    found = {(row.iso3, row.year): whole_number(table, row, "population", problems) for row in table.rows}
    for row in table.rows:
        if not row.text("population"):
            hint = "write a number, or leave the row out"
            problems.append(table.problem("F116", "no number of people", row, "population", hint))
    if problems:
        raise InvalidInput(problems)
    of_year = {iso3: number for (iso3, its_year), number in found.items() if its_year == year and number is not None}
    if not of_year:
        years = sorted({its_year for _, its_year in found})
        raise NotFound(f"'{path}' has no populations of {year}; it has {years[0]} to {years[-1]}")
    return of_year


def peopled(standings: Iterable[Standing], people: dict[str, int]) -> tuple[Standing, ...]:
    """The standings with these populations and no others: what the file lacks is not known."""
    return tuple(evolve(standing, population=people.get(standing.country.iso3)) for standing in standings)
