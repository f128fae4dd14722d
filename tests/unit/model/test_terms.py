from __future__ import annotations

from decimal import Decimal

import pytest
from assets.toy import indicator
from hypothesis import given
from hypothesis import strategies as st

from ratingengine.model.indicator import UNBOUNDED, Indicator
from ratingengine.model.terms import MOST, NotInTerms, scaled

COUNT = indicator("assembly.banners_taken", "count")
YES_NO = indicator("assembly.march_stopped", "yes_no")
GRADE = indicator("assembly.force", "category")
INDEX = indicator("expression.index", "index", lowest=100, highest=1000, decimals=1, unit="points")


@pytest.mark.parametrize(
    ("entry", "text", "number"),
    [
        (COUNT, "0", 0),
        (COUNT, "7", 7),
        (COUNT, str(MOST), MOST),
        (YES_NO, "no", 0),
        (YES_NO, "yes", 1),
        (GRADE, "none", 0),
        (GRADE, "many", 2),
        (INDEX, "10", 100),
        (INDEX, "10.5", 105),
        (INDEX, "100.0", 1000),
    ],
)
def test_a_text_in_terms_becomes_its_number(entry: Indicator, text: str, number: int) -> None:
    assert scaled(entry, text) == number


@pytest.mark.parametrize(
    ("entry", "text", "reason"),
    [
        (COUNT, "-1", "outside the range"),
        (COUNT, str(MOST + 1), "outside the range"),
        (COUNT, "7.5", "more digits"),
        (COUNT, "yes", "not a number"),
        (COUNT, "1e3", "not a number"),
        (COUNT, "", "not a number"),
        (COUNT, "٧", "not a number"),
        (YES_NO, "NO", "not a value"),
        (YES_NO, "true", "not a value"),
        (YES_NO, "1", "not a value"),
        (GRADE, "Many", "not a value"),
        (INDEX, "9.9", "outside the range"),
        (INDEX, "100.1", "outside the range"),
        (INDEX, "50.25", "more digits"),
    ],
)
def test_a_text_outside_its_terms_is_refused_with_reason_and_remedy(entry: Indicator, text: str, reason: str) -> None:
    with pytest.raises(NotInTerms) as caught:
        scaled(entry, text)
    assert reason in caught.value.reason
    assert caught.value.remedy.startswith("write ")


def test_the_remedy_names_the_words_or_the_range() -> None:
    with pytest.raises(NotInTerms) as words:
        scaled(YES_NO, "maybe")
    assert words.value.remedy == "write one of: no, yes"
    with pytest.raises(NotInTerms) as numbers:
        scaled(INDEX, "0")
    assert numbers.value.remedy == "write 10.0 to 100.0"


def test_the_largest_count_lies_below_what_stands_for_no_limit() -> None:
    assert MOST < UNBOUNDED < 2**53


@given(st.integers(100, 1000))
def test_a_number_written_by_its_indicator_is_read_back(number: int) -> None:
    assert scaled(INDEX, INDEX.number(number)) == number


@given(st.decimals(allow_nan=True, allow_infinity=True))
def test_any_decimal_is_exact_or_refused(number: Decimal) -> None:
    try:
        read = scaled(INDEX, str(number))
    except NotInTerms:
        return
    assert Decimal(read).scaleb(-1) == number
