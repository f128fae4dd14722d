"""Ratings read from a table, as `rate batch` writes it: CSV, or Parquet by polars; every problem of a file at once.

`iso3`, `year` and `rating` are needed. Read where they are there: `on` (a day other than 31 December), `assessed`, `previous` (of
the year before), `status`, `watchlist`, `population`, `possible_worst` (the worst rating that is not excluded), `profile`, and
the level of each facet in a column of its name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from attrs import evolve, frozen

from ratingengine.assess import Method
from ratingengine.comparative.grounds import Grounds, grounds_in
from ratingengine.comparative.standing import Standing
from ratingengine.countries import by_iso3
from ratingengine.errors import InvalidInput, NotFound, Problem
from ratingengine.model.scale import Scale
from ratingengine.model.window import last_day
from ratingengine.reading.country_years import CountryYears, Row, read_table

OPTIONAL = ("on", "assessed", "previous", "status", "watchlist", "population", "possible_worst")
RATED = ("rating", "assessed", "previous", "possible_worst")
"""Columns of ratings."""
YES_NO: Mapping[str, bool] = {
    "true": True,
    "yes": True,
    "on": True,
    "1": True,
    "false": False,
    "no": False,
    "off": False,
    "0": False,
}
PROFILE = "profile"
MOST_DIGITS = 12


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
    optional = (*OPTIONAL, *scale.facet_ids)
    rules = frozenset(rule.id for program in method.programs.values() for rule in program.rules)
    table = read_table(path, ("rating",), optional, (PROFILE, *rules), years)
    problems: list[Problem] = list(table.problems)
    rows = [_standing(table, row, scale, problems) for row in table.rows]
    if problems:
        raise InvalidInput(problems)
    if rules <= set(table.columns):
        explained = zip(rows, table.rows, strict=True)
        rows = [evolve(one, grounds=_grounds(method, row, rules)) for one, row in explained]
    found = sorted(rows, key=lambda row: (row.country.iso3, row.as_of))
    return RatingsTable(path.name, frozenset(table.columns), tuple(found))


def _standing(table: CountryYears, row: Row, scale: Scale, problems: list[Problem]) -> Standing:
    country = by_iso3(row.iso3)
    assert country is not None  # noqa: S101  # the reader of the table has looked
    words = {name: _word(table, row, name, scale.words, problems) for name in RATED}
    levels = {facet: _word(table, row, facet, scale.words, problems) for facet in scale.facet_ids if facet in table.columns}
    return Standing(
        country=country,
        as_of=_day(table, row, problems),
        rating=words["rating"],
        assessed=words["assessed"],
        previous=words["previous"],
        status=row.text("status") or None,
        levels=levels,
        watchlist=_yes_no(table, row, problems),
        population=whole_number(table, row, "population", problems) if "population" in table.columns else country.population,
        possible_worst=words["possible_worst"],
        profile=row.text(PROFILE) or None,
    )


def _grounds(method: Method, row: Row, rules: Iterable[str]) -> Grounds:
    holding = (rule for rule in rules if YES_NO.get(row.text(rule).lower(), False))
    return grounds_in(method.programs, row.text(PROFILE), holding)


def _word(table: CountryYears, row: Row, column: str, words: Sequence[str], problems: list[Problem]) -> str | None:
    text = row.text(column)
    if text and text not in words:
        hint = "write one of " + ", ".join(words) + ", or nothing"
        problems.append(table.problem("F117", f"{column} of another scale: '{text}'", row, column, hint))
    return text or None


def _day(table: CountryYears, row: Row, problems: list[Problem]) -> date:
    text = row.text("on")
    try:
        day = date.fromisoformat(text) if text else last_day(row.year)
    except ValueError:
        day = None
    if day is None or day.year != row.year or len(text) not in (0, 10):
        hint = f"write a day of {row.year} as {row.year}-03-15, or nothing for 31 December"
        problems.append(table.problem("F116", f"not a day of the row's year: '{text}'", row, "on", hint))
    return day or last_day(row.year)


def _yes_no(table: CountryYears, row: Row, problems: list[Problem]) -> bool | None:
    text = row.text("watchlist")
    if text and text.lower() not in YES_NO:
        hint = "write true, false or nothing"
        problems.append(table.problem("F117", f"neither on nor off: '{text}'", row, "watchlist", hint))
    return YES_NO.get(text.lower()) if text else None


def whole_number(table: CountryYears, row: Row, column: str, problems: list[Problem]) -> int | None:
    """A number of people; nothing for an empty cell."""
    text = row.text(column)
    if text and not (text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS):
        hint = "write digits alone, without separators: 20260000"
        problems.append(table.problem("F116", f"not a number of people: '{text}'", row, column, hint))
        return None
    return int(text) if text else None
