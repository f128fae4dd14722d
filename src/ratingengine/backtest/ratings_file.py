"""Answers from a file of ratings, as bulk rating writes it: CSV or Parquet with country, year and rating."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from ratingengine.backtest.given import Given, Key
from ratingengine.backtest.published import wrong_word
from ratingengine.errors import InvalidInput, Problem
from ratingengine.model.assessment import BOUNDED, DETERMINED, INSUFFICIENT
from ratingengine.reading.country_years import CountryYears, Row, read_table

STATUSES = (DETERMINED, BOUNDED, INSUFFICIENT)
OPTIONAL = ("assessed", "status", "possible_worst", "profile")
WORDS = ("rating", "assessed", "possible_worst")


def read_ratings(path: Path, words: Sequence[str]) -> Mapping[Key, Given]:
    """Our answer of each row; an empty rating is none. Raises InvalidInput with every problem, NotFound without polars."""
    table = read_table(path, ("rating",), OPTIONAL)
    problems: list[Problem] = list(table.problems)
    found: dict[Key, Given] = {}
    for row in table.rows:
        wrong = [problem for column in WORDS if row.text(column) and (problem := wrong_word(table, row, column, words))]
        wrong += _status(table, row)
        problems += wrong
        if not wrong:
            found[row.iso3, row.year] = _given(row, words)
    if problems:
        raise InvalidInput(problems)
    return found


def _status(table: CountryYears, row: Row) -> list[Problem]:
    text = row.text("status")
    if text in ("", *STATUSES):
        return []
    hint = "write one of " + ", ".join(STATUSES)
    return [table.problem("F117", f"no status of an answer: '{text}'", row, "status", hint)]


def _given(row: Row, words: Sequence[str]) -> Given:
    def severity(column: str) -> int | None:
        return words.index(row.text(column)) if row.text(column) else None

    rating = severity("rating")
    # Without a transition, or where the file does not say, what is assessed is what is given.
    assessed = severity("assessed") if "assessed" in row.texts else rating
    best = assessed or 0
    told = severity("possible_worst")
    worst = max(best, best if told is None else told) if assessed is not None else len(words) - 1
    status = row.text("status") or (INSUFFICIENT if rating is None else DETERMINED if told in (None, best) else BOUNDED)
    return Given(rating, assessed, status, best, worst, profile=row.text("profile"))
