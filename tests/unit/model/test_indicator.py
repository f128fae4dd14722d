"""Indicators: how a value is written, which way it is worse, and the companions that are computed."""

from __future__ import annotations

import pytest
from assets.toy import indicator

from ratingengine.model.indicator import Codebook, Indicator, base_of, is_derived

COUNT = indicator()
COMPANION = indicator("assembly.banners_taken_per_million", decimals=3)
YES = indicator("assembly.ban", "yes_no")
WORDS = indicator("assembly.permit", "category")
TENTHS = indicator("assembly.index", "index", decimals=1)
BOOK = Codebook({entry.id: entry for entry in (COUNT, COMPANION, YES)})


@pytest.mark.parametrize(
    ("entry", "scaled", "text"),
    [
        (COUNT, 12, "12"),
        (COUNT, -3, "-3"),
        (YES, 0, "no"),
        (YES, 1, "yes"),
        (WORDS, 2, "many"),
        (TENTHS, 0, "0.0"),
        (TENTHS, 455, "45.5"),
        (TENTHS, -5, "-0.5"),
        (COMPANION, 7, "0.007"),
        (COMPANION, -12345, "-12.345"),
    ],
)
def test_a_value_is_written_as_a_record_writes_it(entry: Indicator, scaled: int, text: str) -> None:
    assert entry.number(scaled) == text


def test_severity_turns_what_is_worse_when_lower() -> None:
    assert [indicator(worse=worse).severity(3) for worse in ("higher", "lower")] == [3, -3]
    assert [entry.words for entry in (COUNT, YES, WORDS)] == [(), ("no", "yes"), ("none", "some", "many")]


def test_a_companion_is_told_by_its_name() -> None:
    assert [is_derived(entry) for entry in BOOK] == [False, True, False]
    assert base_of(COMPANION.id) == COUNT.id
    assert base_of(COUNT.id) == COUNT.id
    assert BOOK.coded == (COUNT, YES)


def test_a_codebook_is_asked_by_id() -> None:
    assert COUNT.id in BOOK
    assert WORDS.id not in BOOK
    assert BOOK[YES.id] is YES
    assert list(BOOK) == [COUNT, COMPANION, YES]
