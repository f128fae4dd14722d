from __future__ import annotations

import pytest

from ratingengine.errors import FULL, InvalidInput, Place, Problem, quote

PLACE = Place("records/KAZ/2022.yaml", 7, 12)


def test_a_problem_shows_place_line_carets_and_remedy() -> None:
    problem = Problem("I303", "outside the range: '-7'", PLACE, hint="write 0 or more", excerpt="    value: -7", width=2)
    assert str(problem).splitlines() == [
        "records/KAZ/2022.yaml:7:12: I303 outside the range: '-7'",
        "     7 |     value: -7",
        "       |            ^^",
        "   write 0 or more",
    ]


def test_a_problem_without_a_place_has_no_excerpt() -> None:
    assert str(Problem("C401", "too many", excerpt="never shown")) == "C401 too many"


@pytest.mark.parametrize("column", [1, 50, 61, 100, 400])
def test_carets_stand_under_the_offending_text_wherever_it_is(column: int) -> None:
    line = "." * (column - 1) + "WRONG" + "." * 300
    shown, carets = quote(line, Place("f", 1, column), len("WRONG"))
    start = carets.index("^")
    assert shown[start : start + 5] == "WRONG"
    assert carets.count("^") == 5
    assert len(shown) <= len("     1 | ") + 100


def test_carets_never_run_past_the_line_that_is_shown() -> None:
    shown, carets = quote("x" * 1000, Place("f", 1, 1), 1000)
    assert len(carets) == len(shown)


def test_problems_are_sorted_by_file_line_column_and_code() -> None:
    order = [
        Problem("C401", "of no file"),
        Problem("F111", "b", Place("a.yaml", 2, 1)),
        Problem("F112", "a", Place("a.yaml", 2, 1)),
        Problem("F111", "a", Place("a.yaml", 2, 9)),
        Problem("F111", "a", Place("a.yaml", 10, 1)),
        Problem("F111", "a", Place("b.yaml", 1, 1)),
    ]
    assert InvalidInput(reversed(order)).problems == tuple(order)


def test_invalid_input_shows_every_problem() -> None:
    text = str(InvalidInput([Problem("F111", "one"), Problem("F112", "two")]))
    assert text.splitlines() == ["F111 one", "F112 two"]


def test_of_many_problems_of_one_kind_the_others_are_told_by_their_lines() -> None:
    many = [Problem("F1", f"wrong word '{n}'", Place("a.csv", n, 3), hint="write another") for n in (*range(2, 24), 30, 40, 41)]
    other = [
        Problem("F1", "one", Place("b.csv", 2, 3), hint="write another"),
        Problem("F2", "x"),
        Problem("F1", "y", Place("a.csv", 25, 1)),
    ]
    said = str(InvalidInput([*many, *other])).split("\n")
    assert sum("wrong word" in line for line in said) == FULL == 20
    assert "a.csv: F1 5 more of this kind, in lines 22 to 23, 30, 40 to 41" in said
    assert [line for line in said if "F2" in line or "b.csv" in line or " y" in line] == [
        "F2 x",
        "a.csv:25:1: F1 y",
        "b.csv:2:3: F1 one",
    ]
    assert "more of this kind" not in str(InvalidInput(many[:20]))
    assert "more of this kind" not in str(InvalidInput([Problem("F2", "x")] * 50))
