"""Two formulas compared: by trying every region of values, and by z3."""

from __future__ import annotations

import pytest

from ratingengine.ruleset.test import equality, solver
from ratingengine.ruleset.test.equality import OTHER, SAME, UNKNOWN, compare, regions_of
from ratingengine.ruleset.test.formula import Formula, Join, Reach

A3, A4, A2B = Reach("a", 3, False), Reach("a", 4, False), Reach("a", 2, True)
B1 = Reach("b", 1, False)
RANGES = {"a": (0, 10**15), "b": (0, 1)}


@pytest.mark.parametrize("use_z3", [False, pytest.param(True, marks=pytest.mark.skipif(not solver.at_hand(), reason="no z3"))])
@pytest.mark.parametrize(
    ("first", "second", "point"),
    [
        (A3, A3, None),
        (A3, A4, {"a": 3, "b": 0}),
        (A3, A2B, {"a": 2, "b": 0}),
        (Join(2, (A3, A4)), A4, None),
        (Join(1, (A3, A4)), A3, None),
        (Join(1, (A3, Join(2, (A4, B1)))), A3, None),
        (Join(2, (A3, B1)), A3, {"a": 3, "b": 0}),
        (Join(2, (A3, B1)), Join(1, (A3, B1)), {"a": 3, "b": 0}),
        (Join(2, (A3, A4, B1)), Join(2, (A3, Join(1, (A4, B1)))), None),
    ],
)
def test_formulas_are_the_same_or_differ_at_a_point(
    first: Formula, second: Formula, point: dict[str, int] | None, use_z3: bool
) -> None:
    found = compare(first, second, RANGES, use_z3)
    assert found.answer == (SAME if point is None else OTHER)
    assert found.by == ("z3" if use_z3 else "enumeration")
    assert (found.point is None) == (point is None)
    if point is not None and found.point is not None:
        assert sum(found.point.values()) == sum(point.values())


def test_the_range_counts_a_threshold_that_no_value_reaches_is_no_difference() -> None:
    assert compare(Reach("b", 2, False), Reach("b", 3, False), {"b": (0, 1)}, use_z3=False).answer == SAME
    assert compare(Reach("b", 0, False), Reach("b", 1, False), {"b": (0, 1)}, use_z3=False).answer == OTHER


def test_one_value_stands_for_each_region() -> None:
    assert regions_of(Join(2, (A3, A2B, B1)), A4, RANGES) == {"a": (2, 3, 4), "b": (0, 1)}


def test_without_z3_too_many_regions_leave_it_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(equality, "MOST_POINTS", 3)
    assert compare(Join(2, (A3, B1)), A3, RANGES, use_z3=False).answer == UNKNOWN
    assert compare(A3, A4, {"a": RANGES["a"]}, use_z3=False).answer == OTHER


@pytest.mark.skipif(not solver.at_hand(), reason="no z3")
def test_z3_answers_where_there_are_too_many_regions_and_names_a_point(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(equality, "MOST_POINTS", 1)
    found = compare(A3, A4, RANGES, use_z3=True)
    assert (found.answer, found.by) == (OTHER, "z3")
    assert found.point is not None
    assert found.point["a"] == 3
