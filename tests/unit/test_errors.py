from __future__ import annotations

import pytest

from ratingengine.errors import InvalidInput, Place, Problem, quote

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
