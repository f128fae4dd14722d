"""The reference engine: steps of small programs, spelled out."""

from __future__ import annotations

from itertools import product

import pytest
from unit.engine.programs import at, finding, level, program, rule

from ratingengine.engine.reference import WIDE, ReferenceEngine, generate
from ratingengine.model.program import Outcome, Program, Step, StepTable, Support, Target, conclude

LETHAL = Target("finding", "assembly.lethal")
OBSTRUCTED, REPRESSED = Target("level", "association", 2), Target("level", "association", 3)


def test_a_rule_fires_at_its_threshold_and_not_below() -> None:
    engine = ReferenceEngine(program([rule(1, (at(0, 3),))]))
    assert engine.run([2]) == ()
    support = Support("variable", "i0", "at_least", "3")
    assert engine.run([3]) == (Step("RUL-00001", 1, Target("rating", "", 3), "rating", (support,)),)


def test_a_step_rests_on_every_alternative_that_holds_and_on_no_other() -> None:
    engine = ReferenceEngine(program([rule(1, (at(0, 1), at(1, 1)), (at(2, 1),), (at(1, 1), at(2, 9)))], 3))
    assert engine.run([1, 0, 0]) == ()
    assert [support.name for support in engine.run([1, 1, 0])[0].supports] == ["i0", "i1"]
    assert [support.name for support in engine.run([0, 1, 1])[0].supports] == ["i2"]
    assert [support.operand for support in engine.run([0, 1, 9])[0].supports] == ["1", "1", "9"]


def test_findings_and_levels_reach_the_strata_above() -> None:
    rules = [
        rule(9, (at(0, 1),), target=LETHAL),
        rule(8, (finding("assembly.lethal"),), stratum=2, target=REPRESSED),
        rule(7, (level("association", 3),), stratum=3),
        rule(6, (level("association", 4),), stratum=3),
    ]
    assert [step.rule for step in ReferenceEngine(program(rules)).run([1])] == ["RUL-00009", "RUL-00008", "RUL-00007"]


def test_the_lowest_ceiling_of_a_facet_counts_whichever_rule_comes_last() -> None:
    rules = [rule(1, (at(0, 1),), target=REPRESSED), rule(2, (at(0, 1),), target=OBSTRUCTED)]
    built = program([*rules, rule(3, (level("association", 3),), stratum=2)])
    steps = ReferenceEngine(built).run([1])
    assert [step.rule for step in steps] == ["RUL-00001", "RUL-00002", "RUL-00003"]
    assert conclude(built, steps).levels == {"association": 3, "peaceful_assembly": 0}


def test_a_finding_that_no_rule_of_the_program_gives_never_holds() -> None:
    assert ReferenceEngine(program([rule(1, (finding("assembly.lethal"),))], 0)).run([]) == ()


def test_a_program_without_rules_or_variables_has_no_steps() -> None:
    assert ReferenceEngine(program([], 0)).run(()) == ()


def test_no_name_of_a_rule_file_enters_the_generated_code() -> None:
    spiteful = rule(1, (at(0, 1),), target=Target("finding", "x; import os"))
    source = generate(program([spiteful]))
    assert "import" not in source
    assert ReferenceEngine(program([spiteful])).run([1])[0].target.name == "x; import os"


def test_without_steps_everything_is_open_and_nothing_is_on() -> None:
    nothing = conclude(program([]), ())
    assert nothing == Outcome(0, {"association": 0, "peaceful_assembly": 0}, gate=False, watchlist=False)


def test_gate_and_watchlist_set_no_ceiling() -> None:
    built = program([rule(1, (at(0, 1),), target=Target("upgrade_gate")), rule(2, (at(0, 1),), target=Target("watchlist"))])
    outcome = conclude(built, ReferenceEngine(built).run([1]))
    assert (outcome.rating, outcome.gate, outcome.watchlist) == (0, True, True)


def spread(alternatives: int) -> Program:
    """A finding, a level, and a rule with that many alternatives: those two and single tests of their own variables."""
    rules = [
        rule(1, (at(0, 1),), target=LETHAL),
        rule(2, (at(1, 1),), target=REPRESSED),
        rule(
            3,
            (finding("assembly.lethal"), at(2, 1)),
            (level("association", 3), at(2, 1)),
            *((at(n, 1),) for n in range(3, alternatives + 1)),
            stratum=2,
        ),
    ]
    return program(rules, alternatives + 1)


@pytest.mark.parametrize("alternatives", [WIDE - 1, WIDE, WIDE + 3])
def test_a_rule_of_many_alternatives_rests_on_those_that_hold(alternatives: int) -> None:
    built = spread(alternatives)
    engine = ReferenceEngine(built)

    def names(*holding: int) -> list[str] | None:
        steps = engine.run([int(n in holding) for n in range(alternatives + 1)])
        return next(([support.name for support in step.supports] for step in steps if step.rule == "RUL-00003"), None)

    assert names() is names(2) is names(0, 1) is None
    assert names(0, 2) == ["assembly.lethal", "i2"]
    assert names(1, 2) == ["association", "i2"]
    assert names(0, 1, 2) == ["assembly.lethal", "association", "i2"]
    assert names(3) == ["i3"]
    assert names(4, alternatives) == sorted({"i4", f"i{alternatives}"})
    step = next(step for step in engine.run([1] * (alternatives + 1)) if step.rule == "RUL-00003")
    assert step == StepTable(built).step(2, 2**alternatives - 1)


def test_from_nine_alternatives_on_the_tests_are_looked_up_together() -> None:
    assert ["T2[(1 if" in generate(spread(size)) for size in (WIDE - 1, WIDE)] == [True, False]


def test_an_engine_tells_its_program_and_a_failure_inside_names_it() -> None:
    built = spread(WIDE)
    assert ReferenceEngine(built).program is built


def test_engines_share_the_steps_of_a_table() -> None:
    built = spread(WIDE)
    table = StepTable(built)
    one, other = ReferenceEngine(built, table=table), ReferenceEngine(built, table=table)
    values = [1] * (WIDE + 1)
    assert all(left is right for left, right in zip(one.run(values), other.run(values), strict=True))


def test_an_alternative_without_tests_always_holds_and_a_rule_without_alternatives_never() -> None:
    engine = ReferenceEngine(program([rule(1, ()), rule(2), rule(3, (at(0, 1),), ())]))
    assert [step.rule for step in engine.run([0])] == ["RUL-00001", "RUL-00003"]
    assert [len(step.supports) for step in engine.run([1])] == [0, 1]


@pytest.mark.parametrize("values", list(product((0, 1), repeat=4)))
def test_what_the_steps_establish_is_what_they_conclude(values: tuple[int, ...]) -> None:
    built = program(
        [
            rule(1, (at(0, 1),), target=Target("upgrade_gate")),
            rule(2, (at(1, 1),), target=Target("watchlist")),
            rule(3, (at(2, 1),), target=Target("level", "peaceful_assembly", 1)),
            rule(4, (at(2, 1), at(3, 1)), target=REPRESSED),
            rule(5, (at(3, 1),), target=OBSTRUCTED),
            rule(6, (level("association", 3),), stratum=2),
            rule(7, (at(3, 1),), target=Target("rating", "", 1), stratum=2),
        ],
        4,
    )
    engine = ReferenceEngine(built)
    for _ in range(2):
        steps, outcome = engine.explain(values)
        assert outcome == conclude(built, steps)
