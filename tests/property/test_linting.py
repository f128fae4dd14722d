"""A rule that is called idle can be left out: no evidence gives another outcome. A copy of a rule is always called so."""

from __future__ import annotations

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from support.strategies import codebooks, rule_sets, vectors

from ratingengine.engine.reference import ReferenceEngine
from ratingengine.method.compiler import compile_profile
from ratingengine.model.program import Program, conclude
from ratingengine.ruleset.check.shadows import shadows


def concluded(program: Program, values: tuple[int, ...]) -> object:
    steps = ReferenceEngine(program).run(values)
    return conclude(program, steps), {step.target.name for step in steps if step.target.kind == "finding"}


@given(st.data())
def test_idle_rules_can_be_left_out_together(data: st.DataObject) -> None:
    codebook = data.draw(codebooks())
    program = compile_profile(data.draw(rule_sets(codebook)), codebook, "coded")
    idle = {shadow.rule for shadow in shadows(program)}
    rest = evolve(program, rules=tuple(rule for rule in program.rules if rule.id not in idle))
    for _ in range(5):
        values = data.draw(vectors(program))
        pairs = {(v.subject, v.name, v.mirrored): values[n] for n, v in enumerate(program.variables)}
        if any(pairs[s, n, False] + pairs.get((s, n, True), -pairs[s, n, False]) > 0 for s, n, m in pairs if not m):
            continue  # no interval has these ends
        assert concluded(program, values) == concluded(rest, values)


@given(st.data())
def test_a_copy_of_a_rule_is_idle(data: st.DataObject) -> None:
    codebook = data.draw(codebooks())
    program = compile_profile(data.draw(rule_sets(codebook)), codebook, "coded")
    rule = data.draw(st.sampled_from(program.rules))
    copied = evolve(program, rules=(*program.rules, evolve(rule, id="ZZZ-999")))
    assert "ZZZ-999" in {shadow.rule for shadow in shadows(copied)}
