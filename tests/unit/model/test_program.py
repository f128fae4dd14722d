"""The compiled form: words of what a step rests on, steps made once, and what steps establish."""

from __future__ import annotations

import pytest
from unit.engine.programs import at, program, rule

from ratingengine.model.program import Outcome, Step, StepTable, Support, Target, conclude

BUILT = program([rule(1, (at(1, 2), at(0, 3)), (at(2, 1),)), rule(2, (at(0, 1),))], 3)


@pytest.mark.parametrize(
    ("support", "words"),
    [
        (Support("finding", "assembly.lethal", "holds", ""), "assembly.lethal"),
        (Support("level", "association", "at_most", "repressed"), "level of association at most repressed"),
        (Support("prior", "pressure", "is", "better"), "prior pressure is better"),
        (Support("indicator", "assembly.killed", "at_least", "3"), "assembly.killed at least 3"),
        (Support("measure", "assembly.harm", "at_least", "2.5"), "assembly.harm at least 2.5"),
    ],
)
def test_what_a_step_rests_on_reads_as_words(support: Support, words: str) -> None:
    assert str(support) == words


@pytest.mark.parametrize(("mask", "names"), [(0b01, ["i0", "i1"]), (0b10, ["i2"]), (0b11, ["i0", "i1", "i2"])])
def test_a_step_rests_on_the_alternatives_of_its_mask_and_is_made_once(mask: int, names: list[str]) -> None:
    table = StepTable(BUILT)
    step = table.step(0, mask)
    assert (step.rule, step.stratum, step.target, step.conclusion) == ("RUL-00001", 1, Target("rating", "", 3), "rating")
    assert [support.name for support in step.supports] == names
    assert table.step(0, mask) is step
    assert table.step(1, 1).rule == "RUL-00002"
    assert [support.name for support in table.step(1, 1).supports] == ["i0"]


def steps(*targets: Target) -> tuple[Step, ...]:
    return tuple(Step(f"RUL-{n}", 1, target, "", ()) for n, target in enumerate(targets))


def level(severity: int, facet: str = "association") -> Target:
    return Target("level", facet, severity)


GATE, WATCH, FINDING = Target("upgrade_gate"), Target("watchlist"), Target("finding", "association")


@pytest.mark.parametrize(
    ("targets", "rating", "association", "gate", "watchlist"),
    [
        ((), 0, 0, False, False),
        ((FINDING,), 0, 0, False, False),
        ((level(2), level(3), level(1)), 0, 3, False, False),
        ((Target("rating", "", 3), Target("rating", "", 2)), 3, 0, False, False),
        ((Target("rating", "", 1), level(4)), 1, 4, False, False),
        ((GATE,), 0, 0, True, False),
        ((WATCH,), 0, 0, False, True),
        ((GATE, FINDING, WATCH, level(1)), 0, 1, True, True),
    ],
)
def test_steps_establish_the_lowest_ceilings_and_what_is_on(
    targets: tuple[Target, ...], rating: int, association: int, gate: bool, watchlist: bool
) -> None:
    levels = {"association": association, "peaceful_assembly": 0}
    assert conclude(BUILT, steps(*targets)) == Outcome(rating, levels, gate, watchlist)
