"""The trace alone proves the answer: its supports hold, they suffice for each rule, and the outcome follows from its steps."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ratingengine.engine.assess import assess_values
from ratingengine.engine.measures import measure_value
from ratingengine.model.assessment import Prior
from ratingengine.testing.drawn_codebooks import codebooks
from ratingengine.testing.drawn_facts import priors, values
from ratingengine.testing.drawn_records import AS_OF
from ratingengine.testing.drawn_rules import rule_sets
from ratingengine.testing.files import method_of
from ratingengine.testing.interpreter import holds
from ratingengine.testing.replay import replayed, resting_on


@given(st.data())
def test_what_a_step_rests_on_suffices_for_its_rule(data: st.DataObject) -> None:
    codebook = data.draw(codebooks())
    rule_set = data.draw(rule_sets(codebook))
    method = method_of(rule_set, codebook)
    found = assess_values(method, "coded", data.draw(values(codebook)), AS_OF, data.draw(priors()))
    for step in (*found.steps, *found.not_excluded):
        when = rule_set.rules[step.rule].when
        assert when is not None
        assert holds(when, resting_on(method, "coded", (step,)), every=True), step


@given(st.data())
def test_what_a_step_rests_on_holds_in_the_values_and_in_the_steps_below(data: st.DataObject) -> None:
    codebook = data.draw(codebooks())
    method = method_of(data.draw(rule_sets(codebook)), codebook)
    given_values, prior = data.draw(values(codebook)), data.draw(priors())
    found = assess_values(method, "coded", given_values, AS_OF, prior)
    for step in found.steps:
        world = resting_on(method, "coded", (step,))
        below = [other for other in found.steps if other.stratum < step.stratum]
        assert world.findings <= {other.target.name for other in below if other.target.kind == "finding"}
        for facet, level in world.levels.items():
            assert level <= max([0, *(other.target.severity for other in below if other.target.name == facet)])
        for name, (low, high) in world.indicators.items():
            assert low <= given_values[name].lowest <= given_values[name].highest <= high
        for name, (low, high) in world.prior.items():
            assert prior is not None
            assert low <= {"rating": prior.rating, "assessed": prior.assessed, "pressure": prior.pressure}[name] <= high
        for name, measure in method.compiled.measures["coded"].items():
            computed = measure_value(measure, given_values, codebook)
            low, high = world.measures[name]
            assert low <= computed.best <= computed.worst <= high


@given(st.data())
def test_the_outcome_follows_from_the_words_of_the_steps(data: st.DataObject) -> None:
    codebook = data.draw(codebooks())
    method = method_of(data.draw(rule_sets(codebook)), codebook)
    prior: Prior | None = data.draw(priors())
    found = assess_values(method, "coded", data.draw(values(codebook)), AS_OF, prior)
    ceilings = {facet.facet: facet.ceiling for facet in found.facets}
    assert replayed(found, method.scale) == (found.ceiling, ceilings, found.gate, found.watchlist)
    assert [(step.stratum, step.rule) for step in found.steps] == sorted((step.stratum, step.rule) for step in found.steps)
    assert all(list(step.supports) == sorted(set(step.supports)) and step.supports for step in found.steps)
