"""Values and citations as a researcher would say them."""

from __future__ import annotations

from datetime import date

import pytest
from assets.toy import HERE, indicator, observation, search

from ratingengine.interface.words import citation_words, citations, day, facet_words, hanging, value_words
from ratingengine.model.evidence import Citation, Claim
from ratingengine.model.indicator import UNBOUNDED, Indicator
from ratingengine.model.value import IndicatorValue

COUNT = indicator()
YES_NO = indicator("assembly.march_stopped", "yes_no")
CATEGORY = indicator("assembly.permit", "category")
INDEX = indicator("expression.press_index", "index", highest=1000, decimals=1, worse="lower")


def value(entry: Indicator, lowest: int, highest: int) -> IndicatorValue:
    return IndicatorValue(entry, lowest, highest, (), ())


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (value(COUNT, 0, UNBOUNDED), "not known"),
        (value(COUNT, 0, 0), "0"),
        (value(COUNT, 7, 7), "7"),
        (value(COUNT, 7, UNBOUNDED), "at least 7"),
        (value(COUNT, 0, 9), "at most 9"),
        (value(COUNT, 7, 9), "7 to 9"),
        (value(YES_NO, 0, 1), "not known"),
        (value(YES_NO, 0, 0), "no"),
        (value(YES_NO, 1, 1), "yes"),
        (value(CATEGORY, 0, 2), "not known"),
        (value(CATEGORY, 1, 2), "at least some"),
        (value(CATEGORY, 0, 1), "at most some"),
        (value(CATEGORY, 2, 2), "many"),
        (value(INDEX, 0, 1000), "not known"),
        (value(INDEX, 355, 355), "35.5"),
        (value(INDEX, 0, 355), "at most 35.5"),
        (value(INDEX, 355, 1000), "at least 35.5"),
        (value(INDEX, 1000, 1000), "100.0"),
    ],
)
def test_an_interval_is_put_into_words(found: IndicatorValue, words: str) -> None:
    assert value_words(found) == words


def test_words_of_a_category_are_written_with_spaces() -> None:
    assert value_words(value(indicator("assembly.permit", "category", lowest=0, highest=2), 0, 0)) == "none"
    assert facet_words("peaceful_assembly") == "peaceful assembly"


def test_a_day_is_written_out() -> None:
    assert day(date(2022, 3, 5)) == "5 March 2022"
    assert day(date(2022, 12, 31)) == "31 December 2022"


def cited(*places: tuple[str, str]) -> tuple[Citation, ...]:
    return tuple(Citation(source, locator, HERE) for source, locator in places)


def names(found: tuple[Citation, ...]) -> list[tuple[str, str]]:
    return [(citation.source, citation.locator) for citation in found]


def test_places_stand_once_and_in_the_order_of_their_numbers() -> None:
    entries = (
        observation("X-1", sources=cited(("b", "para 2"), ("a", "para 10"))),
        observation("X-2", sources=cited(("a", "para 9"), ("b", "para 2"))),
    )
    found = citations(IndicatorValue(COUNT, 2, UNBOUNDED, entries, ()))
    assert names(found) == [("a", "para 9"), ("a", "para 10"), ("b", "para 2")]


def test_the_place_that_gives_a_grade_stands_before_the_others_and_a_search_last() -> None:
    grades = (
        observation("X-1", claim=Claim("value", 1, 1, "some"), sources=cited(("a", "para 1"))),
        observation("X-2", claim=Claim("value", 2, 2, "many"), sources=cited(("z", "para 1"))),
    )
    entry = indicator("assembly.permit", "category", aggregation="max")
    found = citations(IndicatorValue(entry, 2, 2, grades, (search(),)))
    assert names(found) == [("z", "para 1"), ("a", "para 1"), ("gazette", "para 9")]


def test_paragraphs_of_one_source_are_drawn_together() -> None:
    assert citation_words(cited(("a", "para 1"), ("a", "para 4-5"), ("b", "p. 3"))) == "a para 1, 4-5; b p. 3"


def test_citations_beyond_the_limit_are_counted() -> None:
    places = cited(*(("a", f"para {n}") for n in range(1, 6)))
    assert citation_words(places, 2) == "a para 1, 2 +3"
    assert citation_words(places, 5) == "a para 1, 2, 3, 4, 5"
    assert citation_words((), 2) == ""


def test_a_label_hangs_beside_wrapped_text() -> None:
    assert hanging("Label", "one two three four five six seven", 40, 20) == [
        "Label               one two three four",
        "                    five six seven",
    ]
    assert hanging("Label", "", 40, 20) == ["Label"]


def test_a_long_word_is_not_torn_apart() -> None:
    assert hanging("", "civicus-2022-downgrade-of-kazakhstan", 30, 4) == ["    civicus-2022-downgrade-of-kazakhstan"]
