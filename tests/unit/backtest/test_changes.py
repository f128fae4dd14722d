"""Changes called, missed and invented, each by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from ratingengine.backtest.changes import DOWN, UP, changes, meetings


@pytest.mark.parametrize(
    ("theirs", "mine", "within", "leads"),
    [
        ((2020,), (2020,), 0, (0,)),
        ((2020,), (2021,), 0, ()),
        ((2020,), (2021,), 1, (-1,)),
        ((2021,), (2020,), 1, (1,)),
        ((2020, 2021), (2021, 2022), 1, (-1, -1)),  # crossing it out at 2021 alone would leave two unmet
        ((2020,), (2019, 2020), 1, (0,)),  # the nearest of as many
        ((2020, 2022), (2021,), 1, (-1,)),
        ((2018, 2024), (2021,), 3, (-3,)),
        ((), (2021,), 3, ()),
    ],
)
def test_years_meet_in_as_many_pairs_as_can_be_and_the_nearest(
    theirs: tuple[int, ...], mine: tuple[int, ...], within: int, leads: tuple[int, ...]
) -> None:
    found = meetings(theirs, mine, within)
    assert sorted(map(abs, found)) == sorted(map(abs, leads))
    assert len(found) == len(leads)
    if len(leads) == 1 and (theirs, mine) not in {((2020, 2022), (2021,)), ((2018, 2024), (2021,))}:
        assert found == leads


PUBLISHED = {
    "KAZ": {2019: 2, 2020: 2, 2021: 2, 2022: 3, 2023: 3},
    "EGY": {2019: 4, 2020: 3, 2021: 3},
    "FIN": {2017: 0, 2019: 1},  # no two years running: no pair
}
OURS = {
    "KAZ": {2019: 2, 2020: 3, 2021: 3, 2022: 4, 2023: 4},
    "EGY": {2019: 4, 2020: 4},
    "FIN": {2017: 0, 2019: 1},
}


def test_changes_by_hand() -> None:
    found = changes(PUBLISHED, OURS)
    assert (found.pairs, found.rated, found.stable) == (4 + 2, 4 + 1, 3)
    down = found.of[DOWN]
    assert (down.exact.published, down.exact.ours, down.exact.met) == (1, 2, 1)
    assert (down.exact.precision, down.exact.recall) == (Fraction(1, 2), Fraction(1))
    assert down.leads == (0,)
    assert down.already == 1, "ours was repressed in 2020 and 2021 already"
    assert (found.false[DOWN], found.excused[DOWN]) == (1, 0)


def test_an_upgrade_that_is_not_called_is_missed() -> None:
    up = changes(PUBLISHED, OURS).of[UP]
    assert (up.exact.published, up.exact.ours, up.exact.met, up.unrated) == (1, 0, 0, 0)
    assert (up.exact.precision, up.exact.recall, up.mean_lead) == (None, Fraction(0), None)


def test_a_published_change_without_two_ratings_of_ours_is_missed_and_told() -> None:
    found = changes({"KAZ": {2021: 2, 2022: 3}}, {"KAZ": {2022: 3}})
    assert (found.pairs, found.rated) == (1, 0)
    assert (found.of[DOWN].unrated, found.of[DOWN].exact.recall) == (1, Fraction(0))


def test_a_false_alarm_within_a_year_of_a_change_is_told_apart() -> None:
    found = changes({"KAZ": {2020: 2, 2021: 2, 2022: 3}}, {"KAZ": {2020: 2, 2021: 3, 2022: 3}})
    assert (found.false[DOWN], found.excused[DOWN], found.stable) == (1, 1, 1)
    assert found.of[DOWN].exact.met == 0
    assert found.of[DOWN].near.met == 1
    assert (found.of[DOWN].leads, found.of[DOWN].mean_lead) == ((1,), Fraction(1))


def test_without_pairs_there_is_nothing() -> None:
    found = changes({}, {})
    assert (found.pairs, found.stable, found.of[UP].exact.published) == (0, 0, 0)
