from __future__ import annotations

import pytest
from support.reads import problem, read, value

from ratingengine.files.mappings import Choices, Key, ListOf, OneOrPair, Record
from ratingengine.files.scalars import Choice, Day, Number, Text

WORD = Text("a word", r"[a-z]+", 20, "rain")
THING = Record("a thing", (Key("id", WORD), Key("size", Number("a size")), Key("note", WORD, required=False)))
EITHER = Record("a thing", (Key("a", WORD, required=False), Key("b", WORD, required=False)), one_of=(("a", "b"),))


def codes(shape: Record, text: str) -> list[tuple[str, int, int]]:
    return [(wrong.code, wrong.place.line, wrong.place.column) for wrong in read(shape, text)[1] if wrong.place is not None]


def test_a_record_gives_values_texts_and_places() -> None:
    fields = value(THING, "id: rain\nsize: 7.50\n")
    assert fields.get("id") == "rain"
    assert fields.at("size").text == "7.50"
    assert (fields.place_of("size").line, fields.place_of("size").column) == (2, 7)
    assert (fields.place_of("note").line, fields.place_of("note").column) == (1, 1)
    assert "note" not in fields
    assert fields.get("note", "none") == "none"


def test_an_unreadable_value_is_absent_but_its_key_is_seen() -> None:
    found, problems = read(THING, "id: rain\nsize: big\n")
    assert found is not None
    assert [wrong.code for wrong in problems] == ["F116"]
    assert "size" not in found.value
    assert "size" in found.value.keys


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("id: rain\nsize: 1\ncolour: red\n", [("F111", 3, 1)]),
        ("id: rain\nid: snow\nsize: 1\n", [("F112", 2, 1)]),
        ("size: 1\nid: rain\n", [("F113", 2, 1)]),
        ("note: x\nid: rain\nsize: 1\n", [("F113", 2, 1), ("F113", 3, 1)]),
        ("id: rain\n", [("F114", 1, 1)]),
        ("{}", [("F114", 1, 1), ("F114", 1, 1)]),
    ],
)
def test_keys_are_known_single_in_order_and_complete(text: str, wrong: list[tuple[str, int, int]]) -> None:
    assert codes(THING, text) == wrong


def test_of_a_repeated_key_the_first_value_stays() -> None:
    found, _ = read(THING, "id: rain\nid: snow\nsize: 1\n")
    assert found is not None
    assert found.value.get("id") == "rain"


def test_a_strange_key_is_shown_on_one_short_line() -> None:
    (wrong,) = read(EITHER, '"new\\nline \\e' + "x" * 500 + '": 1\na: b\n')[1]
    assert wrong.code == "F111"
    assert "\n" not in wrong.message
    assert len(wrong.message) < 120
    assert all(character.isprintable() for character in wrong.message)


@pytest.mark.parametrize(("text", "wrong"), [("a: x\n", []), ("a: x\nb: y\n", [("F120", 2, 1)]), ("{}", [("F120", 1, 1)])])
def test_of_a_group_exactly_one_key_stands(text: str, wrong: list[tuple[str, int, int]]) -> None:
    assert codes(EITHER, text) == wrong


def test_a_list_keeps_what_can_be_read() -> None:
    found, problems = read(ListOf(WORD, "words"), "[rain, 7, snow]")
    assert found is not None
    assert [item.value for item in found.value] == ["rain", "snow"]
    assert [wrong.code for wrong in problems] == ["F118"]


def test_a_strict_list_is_read_whole_or_not_at_all() -> None:
    assert [item.value for item in value(ListOf(WORD, "words", strict=True), "[rain, snow]")] == ["rain", "snow"]
    assert problem(ListOf(WORD, "words", strict=True), "[rain, 7, snow]").code == "F118"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[]", "expected 2 to 3 words, found 0"),
        ("[a]", "expected 2 to 3 words, found 1"),
        ("[a, b, c, d]", "expected 2 to 3 words, found 4"),
        ("a", "expected a list of words, found text"),
    ],
)
def test_a_list_has_its_length(text: str, message: str) -> None:
    assert problem(ListOf(WORD, "words", 2, 3), text).message == message


def test_bounds_of_a_list_are_said_in_short() -> None:
    assert problem(ListOf(WORD, "words", 2, 2), "[a]").message == "expected 2 words, found 1"
    assert problem(ListOf(WORD, "words"), "[]").message == "expected 1 or more words, found 0"


def test_one_value_stands_for_both_ends_of_a_pair() -> None:
    shape = OneOrPair(Day(), "dates")
    one = value(shape, "2022-01-05")
    assert one == value(shape, "[2022-01-05, 2022-01-05]")
    assert problem(shape, "[2022-01-05]").code == "F121"
    assert problem(shape, "[2022-01-05, soon]").code == "F115"
    assert problem(shape, "{a: 2022-01-05}").code == "F110"


KINDS = Choices(
    "a shape", (("circle", Record("a circle", (Key("circle", Number()),))), ("line", Record("a line", (Key("line", WORD),))))
)


def test_the_first_key_that_names_a_kind_tells_the_kind() -> None:
    assert value(KINDS, "{line: thin}").get("line") == "thin"
    assert [wrong.code for wrong in read(KINDS, "{circle: 1, line: thin}")[1]] == ["F111"]


def test_a_mapping_of_no_kind_is_told_the_kinds_there_are() -> None:
    for text in ("{square: 1}", "square"):
        found = problem(KINDS, text)
        assert found.code == "F110"
        assert found.hint == "it has one of: circle, line"


def test_all_problems_of_a_record_come_at_once() -> None:
    text = "colour: red\nsize: big\nid: RAIN\nsize: 2\n"
    assert [code for code, _, _ in codes(THING, text)] == ["F111", "F116", "F118", "F112", "F113"]


def test_shapes_of_choices_know_their_words_in_schema() -> None:
    assert Choice(("yes", "no")).schema()["enum"] == ["yes", "no", True, False]
    assert Choice(("high", "low")).schema()["enum"] == ["high", "low"]
