"""Measures as formulas, of the proofs and of the comparison of rule sets, come to what `measures.measure_value` computes."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from support.oracle import World, measure_ends
from support.strategies import codebooks, rule_sets, values

from ratingengine.engine.measures import measure_value
from ratingengine.model.indicator import Codebook, is_derived
from ratingengine.model.rule import Measure, RuleSet
from ratingengine.model.value import IndicatorValue, MeasureValue

z3 = pytest.importorskip("z3", reason="z3 is not installed")
Drawn = tuple[Measure, RuleSet, Codebook, dict[str, IndicatorValue]]


@st.composite
def measured(draw: st.DrawFn) -> Drawn:
    """A measure, and values of every indicator: known, bounded, missing, or known to have none."""
    codebook = draw(codebooks())
    rule_set = draw(rule_sets(codebook))
    found = [rule.measure for rule in rule_set.rules.values() if rule.measure is not None]
    assume(found)
    measure = draw(st.sampled_from(found))
    assume(not any(is_derived(codebook[entry.indicator]) for entry in measure.inputs))
    return measure, rule_set, codebook, draw(values(codebook))


def computed(drawn: Drawn) -> MeasureValue:
    measure, _, codebook, found = drawn
    return measure_value(measure, found, codebook)


@given(measured())
def test_the_naive_reading_comes_to_the_same(drawn: Drawn) -> None:
    measure, rule_set, codebook, found = drawn
    ends = {name: (value.lowest, value.highest) for name, value in found.items()}
    without = frozenset(name for name, value in found.items() if value.absent)
    value = computed(drawn)
    assert measure_ends(measure, World(codebook, rule_set.scale, ends, without=without)) == (value.best, value.worst)


@settings(max_examples=100)
@given(measured())
def test_the_formulas_of_proofs_come_to_the_same(drawn: Drawn) -> None:
    from ratingengine.proofs.figures import Figure
    from ratingengine.proofs.solver import Solver, same

    measure, _, codebook, found = drawn
    value = computed(drawn)
    thresholds = {end + step for end in (value.best, value.worst) for step in (-1, 0, 1)}
    extents = {entry.indicator: reaching(codebook, measure, entry.indicator) for entry in measure.inputs}
    solver = Solver()
    for name, extent in extents.items():
        solver.add(extent.best == found[name].best, extent.worst == found[name].worst, same(extent.absent, found[name].absent))
    model = solver.find()
    assert model is not None
    figure = Figure(measure, codebook, extents)
    assert model.holds(figure.known) == value.known
    for threshold in thresholds:
        for worst, end in ((False, value.best), (True, value.worst)):
            assert model.holds(figure.at(threshold, worst=worst)) == (end >= threshold), (threshold, worst)


def reaching(codebook: Codebook, measure: Measure, name: str) -> Any:
    """An extent that can be asked about the comparisons of a count, and about steps."""
    from ratingengine.engine.measures import EMPTY_SCALE, stairs
    from ratingengine.model.condition import Atom
    from ratingengine.model.normal import normalise, subject_of
    from ratingengine.proofs.extents import Extent

    atoms = [entry.atom for entry in measure.inputs if entry.indicator == name and isinstance(entry.atom, Atom)]
    bounds = [normalise(atom, subject_of(atom, codebook, EMPTY_SCALE, {})).threshold for atom in atoms]
    tables = [entry for entry in measure.inputs if entry.indicator == name and entry.steps]
    bounds += [threshold for entry in tables for threshold, _ in stairs(entry, codebook[name])]
    return Extent.of(codebook[name], "x", bounds, numeric=True)


@settings(max_examples=100)
@given(measured())
def test_the_formulas_of_the_comparison_come_to_the_same(drawn: Drawn) -> None:
    from ratingengine.proofs.rules_diff.figures import Ends, Figures

    measure, rule_set, codebook, found = drawn

    def ends_of(name: str) -> Ends:
        return Ends(codebook[name], z3.IntVal(found[name].lowest), z3.IntVal(found[name].highest))

    absent = {name: z3.BoolVal(value.absent) for name, value in found.items() if codebook[name].may_be_none}
    figures = Figures(z3, codebook, rule_set.scale, ends_of, lambda name: z3.BoolVal(found[name].known), absent)
    ends = [z3.simplify(figures.value(measure, worst)).as_long() for worst in (False, True)]
    value = computed(drawn)
    assert ends == [value.best, value.worst]
