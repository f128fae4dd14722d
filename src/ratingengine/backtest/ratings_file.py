"""Answers from a table of ratings, as bulk rating writes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from ratingengine.backtest.given import Given, Key
from ratingengine.evidence.ratings import RatedRow, read_rated
from ratingengine.model.assessment import BOUNDED, DETERMINED, INSUFFICIENT


def read_ratings(path: Path, words: Sequence[str]) -> Mapping[Key, Given]:
    """Our answer at the end of each row's year; an empty rating is none. Raises InvalidInput, NotFound without polars."""
    _, rated = read_rated(path, words, year_ends=True)
    return {(answer.row.iso3, answer.row.year): _given(answer, words) for answer in rated}


def _given(answer: RatedRow, words: Sequence[str]) -> Given:
    def severity(column: str) -> int | None:
        word = answer.words[column]
        return None if word is None else words.index(word)

    rating = severity("rating")
    # Without a transition, or where the file does not say, what is assessed is what is given.
    assessed = severity("assessed") if "assessed" in answer.row.texts else rating
    best = assessed or 0
    told = severity("possible_worst")
    worst = max(best, best if told is None else told) if assessed is not None else len(words) - 1
    status = answer.status or (INSUFFICIENT if rating is None else DETERMINED if told in (None, best) else BOUNDED)
    return Given(rating, assessed, status, best, worst, profile=answer.profile or "")
