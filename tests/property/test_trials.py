"""Cases read conditions as the engine does, through findings and levels too; z3 and enumeration agree on what is equal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ratingengine.engine.assess import assess_values, measured
from ratingengine.model.condition import atoms
from ratingengine.model.indicator import Codebook
from ratingengine.model.normal import number_of
from ratingengine.model.rule import Rule
from ratingengine.model.value import IndicatorValue
from ratingengine.ruleset.cases import EXCLUDED, FIRES, OPEN, Bench
from ratingengine.ruleset.test import solver
from ratingengine.ruleset.test.equality import SAME, compare
from ratingengine.ruleset.test.formula import evaluate, formula, ranges
from ratingengine.ruleset.test.mutants import mutants
from ratingengine.testing.drawn_codebooks import codebooks
from ratingengine.testing.drawn_facts import values
from ratingengine.testing.drawn_records import AS_OF
from ratingengine.testing.drawn_rules import rule_sets
from ratingengine.testing.files import method_of

Given = dict[str, tuple[str, str]]


@st.composite
def tried(draw: st.DrawFn) -> tuple[Bench, Codebook, dict[str, IndicatorValue]]:
    """A generated rule set, and values that a case can say: exact ones, bounds, and missing ones."""
    codebook = draw(codebooks())
    bench = Bench.of(draw(rule_sets(codebook)), codebook)
    found = {}
    for name, value in draw(values(codebook)).items():
        entry = value.indicator
        between = value.lowest > entry.lowest and value.highest < entry.highest and value.lowest != value.highest
        found[name] = IndicatorValue(entry, value.lowest, value.lowest, (), ()) if between else value
    return bench, codebook, found


def said(found: dict[str, IndicatorValue]) -> Given:
    """What a case would give; what is missing is said to be, so that findings and levels are always worked out."""
    given: Given = {}
    for name, value in found.items():
        entry = value.indicator
        if value.lowest == value.highest:
            given[name] = ("value", entry.number(value.lowest))
        elif value.lowest > entry.lowest:
            given[name] = ("at_least", entry.number(value.lowest))
        elif value.highest < entry.highest:
            given[name] = ("at_most", entry.number(value.highest))
        else:
            given[name] = ("value", "missing")
    return given


def plain(rule: Rule, bench: Bench) -> bool:
    """Whether a rule rests on indicators alone, directly or through findings, levels and measures: priors are given."""
    if rule.when is None:
        return True
    for atom in atoms(rule.when):
        makers = bench.makers.get((rule.profile, f"{atom.subject} {atom.name}"), ())
        if atom.subject == "prior" or not all(plain(maker, bench) for maker in makers):
            return False
        if atom.subject == "level" and not makers:
            return False
    return True


@given(tried())
def test_a_case_comes_out_as_the_engine_says(case: tuple[Bench, Codebook, dict[str, IndicatorValue]]) -> None:
    bench, codebook, found = case
    whole = assess_values(method_of(bench.rule_set, codebook), "coded", found, AS_OF, None)
    fired = {step.rule for step in whole.steps}
    possible = {step.rule for step in whole.not_excluded}
    for rule in bench.rule_set.rules.values():
        if rule.when is not None and plain(rule, bench):
            expected = FIRES if rule.id in fired else OPEN if rule.id in possible else EXCLUDED
            assert bench.verdict(rule, said(found)) == expected, rule.id


@given(tried())
def test_a_measure_comes_to_what_the_engine_reads(case: tuple[Bench, Codebook, dict[str, IndicatorValue]]) -> None:
    bench, codebook, found = case
    computed = measured(method_of(bench.rule_set, codebook), "coded", found)
    for rule in bench.rule_set.rules.values():
        if rule.measure is not None:
            value = computed[rule.then.name]
            ends = dict.fromkeys(number_of(rule.measure, end) for end in (value.best, value.worst))
            assert bench.outcome(rule, said(found)) == (" to ".join(ends) if value.known else "missing")


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Rule, Rule, Bench]:
    """A rule and one of its mutants with another condition."""
    codebook = draw(codebooks())
    bench = Bench.of(draw(rule_sets(codebook)), codebook)
    rules = [rule for rule in bench.rule_set.rules.values() if rule.when is not None]
    rule = draw(st.sampled_from(rules))
    changed = [mutant.rule for mutant in mutants(rule, bench) if not mutant.concludes_otherwise]
    return rule, draw(st.sampled_from(changed or [rule])), bench


@pytest.mark.skipif(not solver.at_hand(), reason="the extra `prove` is not installed")
@given(pairs())
def test_z3_and_enumeration_agree_on_which_mutants_are_equal(pair: tuple[Rule, Rule, Bench]) -> None:
    rule, mutant, bench = pair
    assert rule.when is not None
    assert mutant.when is not None
    known = {**ranges(rule.when, rule.profile, bench), **ranges(mutant.when, rule.profile, bench)}
    first, second = formula(rule.when, rule.profile, bench), formula(mutant.when, rule.profile, bench)
    proved, tried_out = compare(first, second, known, use_z3=True), compare(first, second, known, use_z3=False)
    assert (proved.answer, proved.by, tried_out.by) == (tried_out.answer, "z3", "enumeration")
    assert (tried_out.point is None) == (tried_out.answer == SAME)


@given(pairs())
def test_the_point_that_is_named_tells_the_mutant_from_the_rule(pair: tuple[Rule, Rule, Bench]) -> None:
    rule, mutant, bench = pair
    assert rule.when is not None
    assert mutant.when is not None
    known = {**ranges(rule.when, rule.profile, bench), **ranges(mutant.when, rule.profile, bench)}
    first, second = formula(rule.when, rule.profile, bench), formula(mutant.when, rule.profile, bench)
    point = compare(first, second, known, use_z3=False).point
    if point is not None:
        assert all(known[name][0] <= severity <= known[name][1] for name, severity in point.items())
        held = [evaluate(found, lambda leaf: leaf.holds(point[leaf.name])) for found in (first, second)]
        assert held[0] != held[1]


@given(pairs())
def test_every_mutant_differs_from_the_rule_and_from_the_others_in_what_it_says(pair: tuple[Rule, Rule, Bench]) -> None:
    rule, _, bench = pair
    assert rule.when is not None
    found = [mutant.rule.when for mutant in mutants(rule, bench) if not mutant.concludes_otherwise]
    said_by = [formula(when, rule.profile, bench) for when in (rule.when, *found) if when is not None]
    assert len(said_by) == len(set(said_by)) == len(found) + 1
