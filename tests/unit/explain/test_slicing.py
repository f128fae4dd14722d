"""What is left of the invented rules for a question between two states of Bouvet Island in 2003."""

from __future__ import annotations

from datetime import date

from assets.toy import island, loaded

from ratingengine.engine.rating import rate
from ratingengine.explain.course import Course
from ratingengine.explain.facts import Facts, facts_from
from ratingengine.explain.slicing import sliced

LOADED = loaded()


def facts(year: int = 2003) -> Facts:
    found = rate(LOADED, island(), date(year, 12, 31))
    return facts_from(LOADED.method, found.chosen, island().population)


def rules(found: Facts, above: int) -> set[str]:
    return {rule.id for rule in sliced(found.program, found.established, found.silent, above).program.rules}


def test_only_rules_on_the_way_to_a_worse_rating_are_kept() -> None:
    # Beyond obstructed only both facets repressed (INV-031) or silence (INV-032, no threshold of which is met) count.
    assert rules(facts(), 2) == {"INV-001", "INV-011", "INV-021", "INV-031"}


def test_what_is_the_same_in_both_states_is_left_out() -> None:
    found = facts()
    part = sliced(found.program, found.established, found.established, 2).program
    assert part.variables == ()
    assert [rule.alternatives for rule in part.rules if rule.id == "INV-031"] == [((),)]


def test_nothing_is_kept_for_a_rating_that_neither_state_reaches() -> None:
    assert rules(facts(), 3) == set()


def test_the_ladders_are_the_thresholds_on_each_fact() -> None:
    # Better: banners stay below 3, papers below 2. One person lives there, so the threshold per million is at five banners.
    course = Course(facts(), 2, worse=False)
    assert {ladder.name: (ladder.present, list(ladder.rungs)) for ladder in course.ladders} == {
        "assembly.banners_taken": (3, [2]),
        "expression.papers_closed": (2, [1]),
    }
    assert course.beyond({0: 0, 1: 0})
    assert not course.beyond({0: 1})
    assert not course.beyond_at_top(0b10)
