"""The published ratings that ours are compared with: a CSV of country, year and rating."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from attrs import frozen

from ratingengine.errors import InvalidInput, Problem
from ratingengine.evidence.country_years import CountryYears, Row, read_csv

NOT_STATED = "not stated"


@frozen(order=True)
class Published:
    """A published rating: its severity, and how it is known (`status`: seen, derived, or whatever the file says)."""

    iso3: str
    year: int
    severity: int
    status: str


def read_published(path: Path, words: Sequence[str]) -> tuple[Published, ...]:
    """All rows, by country and year; `words` are those of the scale, best first. Raises InvalidInput with every problem."""
    table = read_csv(path, ("rating",), ("status",))
    problems: list[Problem] = list(table.problems)
    found: list[Published] = []
    for row in table.rows:
        wrong = wrong_word(table, row, "rating", words)
        if wrong is not None:
            problems.append(wrong)
        else:
            status = row.text("status") or NOT_STATED
            found.append(Published(row.iso3, row.year, words.index(row.text("rating")), status))
    if problems:
        raise InvalidInput(problems)
    return tuple(sorted(found))


def wrong_word(table: CountryYears, row: Row, column: str, words: Sequence[str]) -> Problem | None:
    """The problem of a cell that is not one of the words of the scale."""
    text = row.text(column)
    if text in words:
        return None
    shown = f"'{text}'" if text else "nothing"
    return table.problem("F117", f"{column} of another scale: {shown}", row, column, "write one of " + ", ".join(words))


def between(rows: Iterable[Published], first: int | None, last: int | None) -> tuple[Published, ...]:
    """The rows from one year to another, both included; None: no limit."""
    return tuple(row for row in rows if (first is None or row.year >= first) and (last is None or row.year <= last))
