from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.reads import problem, read, value

from ratingengine.files.mappings import Key, Record, Shape
from ratingengine.files.scalars import Choice, Day, Number, Schema, Text

WORD = Text("a word", r"[a-z]+", 6, "rain")


def test_a_text_is_joined_to_one_line_without_space_around() -> None:
    assert value(Text(), ">\n  one\n  two\n\n  three\n") == "one two three"
    assert value(Text(), '"  a \\t b  "') == "a b"


@pytest.mark.parametrize("nothing", ["", "''", "'  '", "~", "null", "NULL"])
@pytest.mark.parametrize("shape", [Text("a word"), Choice(("a",), "a word"), Number("a word"), Day("a word")])
def test_nothing_is_no_value(shape: Shape, nothing: str) -> None:
    found, problems = read(Record("a thing", (Key("key", shape),)), f"key: {nothing}\n")
    assert found is not None
    assert "key" not in found.value
    assert [(wrong.code, wrong.message) for wrong in problems] == [("F118", "expected a word, found nothing")]


def test_a_quoted_null_is_a_text() -> None:
    assert value(Text(), "'null'") == "null"


@pytest.mark.parametrize("text", ["Rain", "rain1", "two words", "'rain\\n'"])
def test_a_text_that_does_not_match_its_pattern_is_refused_with_an_example(text: str) -> None:
    found = problem(WORD, text)
    assert found.code == "F118"
    assert found.hint == "for example rain"


def test_a_text_is_as_long_as_allowed_and_no_longer() -> None:
    assert value(WORD, "stormy") == "stormy"
    assert problem(WORD, "stormier").message == "a word of more than 6 characters: 'stormier'"


@pytest.mark.parametrize("escape", ["\\e", "\\a", "\\x7f", "\\u202e", "\\u0085x\\0"])
def test_a_text_with_a_control_character_is_refused(escape: str) -> None:
    found = problem(Text("a note"), f'"a{escape}b"')
    assert found.code == "F118"
    assert all(character.isprintable() for character in found.message)


@pytest.mark.parametrize("text", ["مى\u200cخواهم", "naïve", "日本", "e\u0301"])
def test_names_in_any_script_are_text(text: str) -> None:
    assert value(Text(), text) == text


def test_a_choice_is_one_of_its_words_as_written() -> None:
    assert value(Choice(("yes", "no")), "no") == "no"
    assert problem(Choice(("high", "low"), "a confidence"), "hihg").hint == "did you mean 'high'?"
    assert problem(Choice(("yes", "no")), "NO").hint == "write one of: yes, no"


@pytest.mark.parametrize("text", ["0", "-0", "12", "-3", "0.50", "999999999999999.999999999"])
def test_a_number_is_read_exactly(text: str) -> None:
    assert value(Number(), text) == Decimal(text)
    assert str(value(Number(), text)) == text


@pytest.mark.parametrize(
    "text", ["NaN", ".nan", ".inf", "1e400", "1e2", "+1", "01", "1.", ".5", "1_000", "0x1F", "１２", "1,5", "'1 '", "1" * 16]
)
def test_what_is_no_plain_number_is_refused(text: str) -> None:
    assert problem(Number(), text).code == "F116"


def test_a_number_lies_within_its_bounds() -> None:
    shape = Number("a number", Decimal(1), Decimal(9), whole=True)
    assert [value(shape, text) for text in ("1", "9")] == [1, 9]
    assert problem(shape, "0").message == "a number below 1: '0'"
    assert problem(shape, "10").message == "a number above 9: '10'"
    assert problem(shape, "2.0").code == "F116"


def test_a_day_is_a_day_of_the_calendar() -> None:
    assert value(Day(), "2024-02-29") == date(2024, 2, 29)
    assert problem(Day(), "2023-02-29").code == "F115"


@pytest.mark.parametrize("text", ["2022-1-5", "05/01/2022", "2022-01", "20220105", "2022-W01-1", "2022-01-05T00:00", "today"])
def test_other_ways_of_writing_a_day_are_refused(text: str) -> None:
    assert problem(Day(), text).hint == "write 2022-01-05"


@pytest.mark.parametrize(
    ("text", "right"), [("1699-12-31", False), ("1700-01-01", True), ("2200-12-31", True), ("2201-01-01", False)]
)
def test_years_lie_in_the_time_that_records_can_be_of(text: str, right: bool) -> None:
    if right:
        assert value(Day(), text) == date.fromisoformat(text)
    else:
        assert "outside 1700 to 2200" in problem(Day(), text).message


def test_open_and_by_are_read_only_where_they_may_stand() -> None:
    assert value(Day(open=True), "open") is None
    assert value(Day(by=True), "by 2022-01-05") == date(2022, 1, 5)
    assert problem(Day(by=True), "open").code == "F115"
    assert problem(Day(open=True), "by 2022-01-05").hint == "write 2022-01-05 or open"


def test_the_schema_line_names_the_format_expected() -> None:
    assert value(Schema("ratingengine/record/1"), "ratingengine/record/1") == "ratingengine/record/1"
    assert problem(Schema("ratingengine/record/1"), "ratingengine/rules/1").code == "F119"


@pytest.mark.parametrize("shape", [Text(), Choice(("a",)), Number(), Day(), Schema("x")])
@pytest.mark.parametrize(("text", "kind"), [("[a]", "a list"), ("{a: b}", "a mapping")])
def test_a_list_or_mapping_is_no_single_value(shape: Text, text: str, kind: str) -> None:
    found = problem(shape, text)
    assert found.code == "F110"
    assert found.message.endswith(f"found {kind}")


@given(st.decimals(min_value=-(10**15) + 1, max_value=10**15 - 1, places=9))
def test_every_number_with_nine_decimals_is_kept_to_the_last_digit(number: Decimal) -> None:
    assert value(Number(), f"{number:f}") == number


@given(st.dates(date(1700, 1, 1), date(2200, 12, 31)))
def test_every_day_of_four_centuries_is_read_back(day: date) -> None:
    assert value(Day(), day.isoformat()) == day
