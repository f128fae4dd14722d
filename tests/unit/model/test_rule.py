"""Rules: what they read and conclude, when they are in force, and since when a profile has any."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from assets.toy import HERE
from attrs import evolve

from ratingengine.model.condition import All, Atom
from ratingengine.model.rule import Conclusion, Measure, MeasureInput, Rule, RuleSet
from ratingengine.model.scale import Scale

START, END = date(2020, 1, 1), date(2022, 1, 1)


def atom(subject: str, name: str) -> Atom:
    return Atom(subject, name, "at_least", ("1",), HERE, HERE)


def rule(name: str = "RUL-001", **changes: Any) -> Rule:
    """A rating rule without a condition; what it says plays no part."""
    base = Rule(
        id=name,
        title="",
        kind="rating",
        profile="coded",
        when=None,
        measure=None,
        then=Conclusion("rating", word="closed"),
        rationale="",
        legal_basis=(),
        sources=(),
        non_monotone="",
        since=START,
        until=None,
        place=HERE,
        then_place=HERE,
    )
    return evolve(base, **changes)


@pytest.mark.parametrize(
    ("conclusion", "words"),
    [
        (Conclusion("finding", name="assembly.lethal"), "finding assembly.lethal"),
        (Conclusion("level", facet="association", word="repressed"), "association at most repressed"),
        (Conclusion("rating", word="closed"), "rating at most closed"),
        (Conclusion("upgrade_gate"), "gate open"),
        (Conclusion("watchlist"), "watchlist on"),
        (Conclusion("measure", name="assembly.harm"), "measure assembly.harm"),
    ],
)
def test_a_conclusion_reads_as_words(conclusion: Conclusion, words: str) -> None:
    assert str(conclusion) == words


def test_a_rule_reads_the_indicators_of_its_condition_and_of_its_measure() -> None:
    condition = All((atom("indicator", "a.b"), atom("finding", "a.c"), atom("indicator", "a.d")))
    measure = Measure("sum", (MeasureInput("a.e", "1", None, None, None, HERE),), 1, 0, "down")
    assert rule(when=condition).indicators == {"a.b", "a.d"}
    assert rule(measure=measure).indicators == {"a.e"}
    assert rule().indicators == frozenset()


@pytest.mark.parametrize(
    ("day", "ended", "open_ended"),
    [
        (date(2019, 12, 31), False, False),
        (START, True, True),
        (date(2021, 12, 31), True, True),
        (END, False, True),
        (None, False, True),
    ],
)
def test_a_rule_is_in_force_from_its_first_day_until_the_day_on_which_it_is_not(
    day: date | None, ended: bool, open_ended: bool
) -> None:
    assert rule(until=END).in_force(day) is ended
    assert rule().in_force(day) is open_ended


def method(*rules: Rule) -> RuleSet:
    return RuleSet("m", "1", "", Scale((), (), (), ()), {entry.id: entry for entry in rules}, {}, "")


def test_a_profile_has_its_own_rules() -> None:
    mine, other = rule("RUL-001"), rule("RUL-002", profile="indices")
    assert method(mine, other).of_profile("coded") == (mine,)
    assert method(mine, other).of_profile("indices") == (other,)
    assert method(mine, other).of_profile("none") == ()


@pytest.mark.parametrize(
    ("spans", "periods"),
    [
        ((), ()),
        (((2020, None),), ((2020, None),)),
        (((2020, 2021),), ((2020, 2021),)),
        (((2020, 2021), (2021, 2022)), ((2020, 2022),)),
        (((2020, 2021), (2022, None)), ((2020, 2021), (2022, None))),
        (((2020, 2023), (2021, 2022)), ((2020, 2023),)),
        (((2020, 2022), (2021, None)), ((2020, None),)),
        (((2020, 2021), (2022, 2023), (2024, 2025)), ((2020, 2021), (2022, 2023), (2024, 2025))),
    ],
)
def test_the_periods_of_a_profile_are_those_in_which_any_rule_is_in_force(
    spans: tuple[tuple[int, int | None], ...], periods: tuple[tuple[int, int | None], ...]
) -> None:
    def day(year: int | None) -> date | None:
        return None if year is None else date(year, 1, 1)

    rules = [rule(f"RUL-{n}", since=day(first), until=day(last)) for n, (first, last) in enumerate(spans)]
    assert method(*rules).periods("coded") == tuple((day(first), day(last)) for first, last in periods)
