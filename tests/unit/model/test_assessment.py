"""What an assessment tells of itself: its coverage and the rules that set the rating."""

from __future__ import annotations

import pytest
from support.assessments import assessed

from ratingengine.model.program import Step, Target


@pytest.mark.parametrize(("known", "read", "share"), [(0, 0, 0.0), (0, 5, 0.0), (5, 5, 1.0), (2, 3, 0.667), (1, 3, 0.333)])
def test_coverage_is_the_share_of_what_rules_read_in_thousandths(known: int, read: int, share: float) -> None:
    assert assessed(known=known, read=read).coverage == share


def step(rule: str, kind: str, severity: int) -> Step:
    return Step(rule, 1, Target(kind, "", severity), "", ())


def test_the_rating_rules_with_the_lowest_ceiling_decide() -> None:
    steps = (
        step("A-1", "rating", 2),
        step("A-2", "level", 4),
        step("A-3", "rating", 3),
        step("A-4", "rating", 3),
        step("A-5", "watchlist", 0),
        step("A-6", "rating", 1),
    )
    assert assessed(steps=steps).deciding == ("A-3", "A-4")
    assert assessed(steps=steps[1:2]).deciding == ()
    assert assessed(steps=steps[4:5]).deciding == ()
    assert assessed(steps=(step("A-7", "rating", 0),)).deciding == ("A-7",)
