"""What would give Bouvet Island another assessment in 2003 (repressed), by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import ClassVar, cast

import pytest
from assets.toy import OPTIONS, island, loaded

from ratingengine.cli import run
from ratingengine.engine.rating import rate
from ratingengine.explain import climbing
from ratingengine.explain.climbing import nearest
from ratingengine.explain.course import Course
from ratingengine.explain.facts import Facts, facts_from
from ratingengine.explain.why_not.mixed import mixed
from ratingengine.explain.why_not.why_not import WhyNot, why_not

LOADED = loaded()
BANNERS, PAPERS, PERMIT, INSULT = (
    "assembly.banners_taken",
    "expression.papers_closed",
    "assembly.permit",
    "expression.insult_law",
)


def facts(year: int = 2003) -> Facts:
    chosen = rate(LOADED, island(), date(year, 12, 31)).chosen
    return facts_from(LOADED.method, chosen, island().population)


def sets(found: WhyNot) -> list[dict[str, int]]:
    return [{move.indicator: move.wanted for move in change.moves} for change in found.changes]


def test_a_better_rating_needs_one_of_the_facets_to_be_better() -> None:
    found = why_not(facts(), 2)
    assert sets(found) == [{BANNERS: 2}, {PAPERS: 1}]
    assert [change.reached for change in found.changes] == [1, 1]
    assert found.alone == (BANNERS, PAPERS)
    further = mixed(facts(), found)
    assert (further.changes, further.whole, further.unseen) == ((), True, ())
    assert set(further.never) == {INSULT, PERMIT, "assembly.march_stopped", "prior"}
    assert (found.worse, found.up_to, found.one_way, found.non_monotone) == (False, None, False, False)


def test_the_best_rating_needs_all_of_it_changed() -> None:
    assert sets(why_not(facts(), 0)) == [{BANNERS: 2, PERMIT: 1, PAPERS: 1, INSULT: 0}]


def test_exactly_leaves_out_what_goes_beyond() -> None:
    assert why_not(facts(), 2, exactly=True).changes == ()
    assert sets(why_not(facts(), 1, exactly=True)) == [{BANNERS: 2}, {PAPERS: 1}]


def test_a_worse_rating_needs_the_press_to_be_silent() -> None:
    # The law of insult is there; with five papers closed both signs of silence are.
    found = why_not(facts(), 4)
    assert sets(found) == [{PAPERS: 5}]
    assert found.worse
    assert [move.excluded for move in found.changes[0].moves] == [True]


class Stairs:
    """Two ladders of three rungs; the goal is reached when four rungs are climbed in all."""

    worse = True
    top: ClassVar[Mapping[int, int]] = {0: 3, 1: 3}

    def beyond(self, positions: Mapping[int, int]) -> bool:
        return sum(positions.values()) >= 4

    def within(self, number: int, most: Fraction) -> int:
        return int(self.top[number] * most)


def test_all_nearest_ways_to_move_a_set_are_given() -> None:
    ways = nearest(cast("Course", Stairs()), 0b11)
    assert sorted(tuple(sorted(found.items())) for found in ways.positions) == [
        ((0, 1), (1, 3)),
        ((0, 2), (1, 2)),
        ((0, 3), (1, 1)),
    ]
    assert ways.whole


def test_where_the_ways_to_move_a_set_are_too_many_one_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(climbing, "MOST_SETS", 2)
    ways = nearest(cast("Course", Stairs()), 0b11)
    assert ways.positions == ({0: 2, 1: 2},)
    assert not ways.whole


@pytest.mark.parametrize(
    ("rating", "said"),
    [
        (
            "repressed",
            "error: the evidence gives repressed already, but obstructed is published: a rating moves one band a year\n",
        ),
        ("bad", "error: --rating bad: write one of open, narrowed, obstructed, repressed, closed\n"),
    ],
)
def test_what_has_no_answer_is_refused(rating: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["why-not", "BVT", "--year", "2003", "--rating", rating, *OPTIONS]) == 2
    assert capsys.readouterr() == ("", said)
