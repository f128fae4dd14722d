"""The one reader of tables of ratings, as `rate batch` writes them: CSV, or Parquet by polars; every problem of a file at once.

`iso3`, `year` and `rating` are needed. Read where they are there: `on` (a day other than 31 December), `assessed`, `previous` (of
the year before), `status`, `watchlist`, `population`, `possible_worst` (the worst rating that is not excluded), `profile`, and
the level of each facet in a column of its name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from attrs import frozen

from ratingengine.errors import InvalidInput, Problem
from ratingengine.evidence.country_years import CountryYears, Row, read_table
from ratingengine.model.assessment import BOUNDED, DETERMINED, INSUFFICIENT
from ratingengine.model.window import last_day

STATUSES = (DETERMINED, BOUNDED, INSUFFICIENT)
PUBLISHED = ("seen", "derived")
"""In a table of published ratings the status says how a rating is known, which is nothing about an answer of ours."""
RATED = ("rating", "assessed", "previous", "possible_worst")
"""Columns of ratings."""
OPTIONAL = ("on", *RATED[1:], "status", "watchlist", "population", "profile")
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
MOST_DIGITS = 12


@frozen
class RatedRow:
    """A row with the `status` of an answer (None: it has none), `words` by columns of ratings and facets, and as it was read."""

    as_of: date
    words: Mapping[str, str | None]
    status: str | None
    watchlist: bool | None
    population: int | None
    profile: str | None
    row: Row


def read_rated(
    path: Path,
    words: Sequence[str],
    facets: Sequence[str] = (),
    further: Sequence[str] = (),
    years: tuple[int, int] | None = None,
    *,
    year_ends: bool = False,
) -> tuple[CountryYears, tuple[RatedRow, ...]]:
    """The table and its rows; `words` are those of the scale, and with `year_ends` a row of another day is refused.

    Raises InvalidInput with every problem, NotFound without polars.
    """
    table = read_table(path, ("rating",), (*OPTIONAL, *facets), further, years)
    problems: list[Problem] = list(table.problems)
    rows = tuple(_rated(table, row, words, facets, problems) for row in table.rows)
    if year_ends:
        hint = "leave out the rows of other days: here a rating is of 31 December"
        problems += (
            table.problem("F116", f"not the end of a year: '{rated.as_of}'", rated.row, "on", hint)
            for rated in rows
            if rated.as_of != last_day(rated.row.year)
        )
    if problems:
        raise InvalidInput(problems)
    return table, rows


def _rated(table: CountryYears, row: Row, words: Sequence[str], facets: Sequence[str], problems: list[Problem]) -> RatedRow:
    columns = (*RATED, *(facet for facet in facets if facet in table.columns))
    return RatedRow(
        as_of=_day(table, row, problems),
        words={column: _word(table, row, column, words, problems) for column in columns},
        status=_status(table, row, problems),
        watchlist=_yes_no(table, row, problems),
        population=whole_number(table, row, "population", problems),
        profile=row.text("profile") or None,
        row=row,
    )


def _word(table: CountryYears, row: Row, column: str, words: Sequence[str], problems: list[Problem]) -> str | None:
    text = row.text(column)
    if text and text not in words:
        hint = "write one of " + ", ".join(words) + ", or nothing"
        problems.append(table.problem("F117", f"{column} of another scale: '{text}'", row, column, hint))
    return text or None


def _status(table: CountryYears, row: Row, problems: list[Problem]) -> str | None:
    text = row.text("status")
    if text in PUBLISHED:
        return None
    if text and text not in STATUSES:
        hint = "write one of " + ", ".join((*STATUSES, *PUBLISHED))
        problems.append(table.problem("F117", f"no status of an answer: '{text}'", row, "status", hint))
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
        return last_day(row.year)
    return day


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
