"""What a trace says by itself: a world of which nothing is known but what its steps rest on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from attrs import evolve

from ratingengine.engine.assess import Method
from ratingengine.model.assessment import Prior, ProfileAssessment
from ratingengine.model.program import Step, Support
from ratingengine.model.scale import Scale
from ratingengine.model.value import IndicatorValue
from ratingengine.testing.interpreter import PRESSURE, Ends, World

UNBOUNDED = (-(10**15), 10**15)


def world_of(method: Method, values: Mapping[str, IndicatorValue], prior: Prior | None) -> World:
    """The facts of an assessment, for the naive interpreter."""
    last: dict[str, Ends] = {}
    if prior is not None:
        pairs = {"rating": prior.rating, "assessed": prior.assessed, "pressure": prior.pressure}
        last = {name: (position, position) for name, position in pairs.items()}
    ends = {name: (value.lowest, value.highest) for name, value in values.items()}
    without = frozenset(name for name, value in values.items() if value.absent)
    return World(method.codebook, method.scale, ends, last, without=without)


def resting_on(method: Method, profile: str, steps: Iterable[Step]) -> World:
    """A world of which nothing is known but what the steps rest on."""
    scale, measures = method.scale, method.compiled.measures[profile]
    indicators: dict[str, Ends] = {}
    computed: dict[str, Ends] = dict.fromkeys(measures, UNBOUNDED)
    prior: dict[str, Ends] = {}
    levels = dict.fromkeys(scale.facet_ids, 0)
    supports = [support for step in steps for support in step.supports]
    for support in supports:
        name = support.name
        if support.subject == "indicator":
            entry = method.codebook[name]
            own = _reach(support, entry.words, (entry.lowest, entry.highest), entry.decimals, best_first=False)
            indicators[name] = _narrowed(indicators.get(name, own), own)
        elif support.subject == "measure":
            own = _reach(support, (), UNBOUNDED, measures[name].decimals, best_first=False)
            computed[name] = _narrowed(computed[name], own)
        elif support.subject == "prior":
            words = PRESSURE if name == "pressure" else scale.words
            own = _reach(support, words, (0, len(words) - 1), 0, best_first=True)
            prior[name] = _narrowed(prior.get(name, own), own)
        elif support.subject == "level":
            levels[name] = max(levels[name], scale.severity(support.operand))
    findings = frozenset(support.name for support in supports if support.subject == "finding")
    decimals = {name: measure.decimals for name, measure in measures.items()}
    return World(method.codebook, scale, indicators, prior, computed, decimals, findings, levels)


def from_the_leaves(world: World) -> World:
    """The same without the findings and levels: what follows from indicators, measures and last year alone."""
    return evolve(world, findings=frozenset(), levels=dict.fromkeys(world.levels, 0))


def _reach(support: Support, words: tuple[str, ...], ends: Ends, decimals: int, *, best_first: bool) -> Ends:
    """The values that a support allows, between the ends of its subject."""
    scaled = words.index(support.operand) if words else int(Fraction(support.operand) * 10**decimals)
    if support.test == "is":
        return scaled, scaled
    upwards = (support.test == "at_least") != best_first
    return (scaled, ends[1]) if upwards else (ends[0], scaled)


def _narrowed(first: Ends, second: Ends) -> Ends:
    return max(first[0], second[0]), min(first[1], second[1])


def replayed(profile_assessment: ProfileAssessment, scale: Scale) -> tuple[str, dict[str, str], bool, bool]:
    """Rating, levels, gate and watchlist from the words of the steps alone."""
    words = [step.conclusion.rpartition(" at most ") for step in profile_assessment.steps]
    rating = max([0, *(scale.severity(word) for subject, _, word in words if subject == "rating")])
    levels = dict.fromkeys(scale.facet_ids, 0)
    for subject, _, word in words:
        if subject in levels:
            levels[subject] = max(levels[subject], scale.severity(word))
    conclusions = {step.conclusion for step in profile_assessment.steps}
    named = {facet: scale.word(level) for facet, level in levels.items()}
    return scale.word(rating), named, "gate open" in conclusions, "watchlist on" in conclusions
