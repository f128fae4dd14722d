"""The trace alone proves the answer: its supports hold, they suffice for each rule, and the outcome follows from its steps."""

from __future__ import annotations

from fractions import Fraction

from entries import method_of
from hypothesis import given
from hypothesis import strategies as st
from oracle import PRESSURE, Ends, World, holds
from strategies import AS_OF, codebooks, priors, rule_sets, values

from ratingengine.assess import Method, assess_values
from ratingengine.measures import measure_value
from ratingengine.model.assessment import Prior, ProfileAssessment
from ratingengine.model.program import Step, Support
from ratingengine.model.scale import Scale


def reach(support: Support, words: tuple[str, ...], ends: Ends, decimals: int, *, best_first: bool) -> Ends:
    """The values that a support allows, between the ends of its subject."""
    scaled = words.index(support.operand) if words else int(Fraction(support.operand) * 10**decimals)
    if support.test == "is":
        return scaled, scaled
    upwards = (support.test == "at_least") != best_first
    return (scaled, ends[1]) if upwards else (ends[0], scaled)


def narrowed(first: Ends, second: Ends) -> Ends:
    return max(first[0], second[0]), min(first[1], second[1])


def resting_on(method: Method, step: Step) -> World:
    """A world of which nothing is known but what the step rests on."""
    scale, measures = method.scale, method.compiled.measures["coded"]
    unbounded = (-(10**15), 10**15)
    indicators: dict[str, Ends] = {}
    computed = dict.fromkeys(measures, unbounded)
    prior: dict[str, Ends] = {}
    levels = dict.fromkeys(scale.facet_ids, 0)
    for support in step.supports:
        name = support.name
        if support.subject == "indicator":
            entry = method.codebook[name]
            own = reach(support, entry.words, (entry.lowest, entry.highest), entry.decimals, best_first=False)
            indicators[name] = narrowed(indicators.get(name, own), own)
        elif support.subject == "measure":
            computed[name] = narrowed(computed[name], reach(support, (), unbounded, measures[name].decimals, best_first=False))
        elif support.subject == "prior":
            words = PRESSURE if name == "pressure" else scale.words
            own = reach(support, words, (0, len(words) - 1), 0, best_first=True)
            prior[name] = narrowed(prior.get(name, own), own)
        elif support.subject == "level":
            levels[name] = max(levels[name], scale.severity(support.operand))
    findings = frozenset(support.name for support in step.supports if support.subject == "finding")
    decimals = {name: measure.decimals for name, measure in measures.items()}
    return World(method.codebook, scale, indicators, prior, computed, decimals, findings, levels)


@given(st.data())
def test_what_a_step_rests_on_suffices_for_its_rule(data: st.DataObject) -> None:
    codebook = data.draw(codebooks())
    rule_set = data.draw(rule_sets(codebook))
    method = method_of(rule_set, codebook)
    found = assess_values(method, "coded", data.draw(values(codebook)), AS_OF, data.draw(priors()))
    for step in (*found.steps, *found.not_excluded):
        when = rule_set.rules[step.rule].when
        assert when is not None
        assert holds(when, resting_on(method, step), every=True), step


@given(st.data())
def test_what_a_step_rests_on_holds_in_the_values_and_in_the_steps_below(data: st.DataObject) -> None:
    codebook = data.draw(codebooks())
    method = method_of(data.draw(rule_sets(codebook)), codebook)
    given_values, prior = data.draw(values(codebook)), data.draw(priors())
    found = assess_values(method, "coded", given_values, AS_OF, prior)
    for step in found.steps:
        world = resting_on(method, step)
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


def replayed(found: ProfileAssessment, scale: Scale) -> tuple[str, dict[str, str], bool, bool]:
    """The outcome from the words of the steps alone."""
    words = [step.conclusion.rpartition(" at most ") for step in found.steps]
    rating = max([0, *(scale.severity(word) for subject, _, word in words if subject == "rating")])
    levels = dict.fromkeys(scale.facet_ids, 0)
    for subject, _, word in words:
        if subject in levels:
            levels[subject] = max(levels[subject], scale.severity(word))
    conclusions = {step.conclusion for step in found.steps}
    named = {facet: scale.word(level) for facet, level in levels.items()}
    return scale.word(rating), named, "gate open" in conclusions, "watchlist on" in conclusions


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
