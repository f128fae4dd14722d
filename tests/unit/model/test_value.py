"""An indicator's interval: its best and worst end, and whether anything is known of it."""

from __future__ import annotations

import pytest
from assets.toy import indicator, observation, search

from ratingengine.model.value import IndicatorValue


def value(low: int, high: int, worse: str = "higher", absent: bool = False) -> IndicatorValue:
    """An interval of an index from 0 to 100."""
    return IndicatorValue(indicator(kind="index", worse=worse), low, high, (observation(),), (search(),), absent)


def test_the_ends_are_severities() -> None:
    assert (value(20, 30).best, value(20, 30).worst) == (20, 30)
    assert (value(20, 30, "lower").best, value(20, 30, "lower").worst) == (-30, -20)


@pytest.mark.parametrize(("low", "high", "known"), [(0, 100, False), (0, 99, True), (1, 100, True), (5, 5, True)])
def test_a_value_is_known_where_the_evidence_narrows_its_range(low: int, high: int, known: bool) -> None:
    assert value(low, high).known is value(low, high).told is known
    assert value(low, high, absent=True).known is known
    assert value(low, high, absent=True).told


def test_it_rests_on_observations_then_searches() -> None:
    assert value(0, 1).entries == (observation(), search())
