"""Engines do what the rule language says, and the trace alone proves the answer."""

from __future__ import annotations

from ratingengine.engine.assess import measured, vector
from ratingengine.engine.chain import Link
from ratingengine.engine.measures import measure_value
from ratingengine.model.program import Step, conclude
from ratingengine.testing.cases import Case, single
from ratingengine.testing.interpreter import answer, holds
from ratingengine.testing.properties.form import Property
from ratingengine.testing.replay import from_the_leaves, replayed, resting_on, world_of
from ratingengine.testing.subject import RulesUnderTest
from ratingengine.testing.told import in_words


def _agreement(subject: RulesUnderTest, case: Case) -> str | None:
    for profile in subject.method.programs:
        for link in subject.links(case.first, profile):
            for worst in (False, True):
                if found := _disagreeing(subject, profile, link, worst=worst):
                    return f"{link.as_of.year}, profile {profile}, {'worst' if worst else 'best'} ends: {found}"
    return None


def _disagreeing(subject: RulesUnderTest, profile: str, link: Link, *, worst: bool) -> str | None:
    """What one engine says and another, or the rule language itself, does not."""
    program, values, prior = subject.method.programs[profile], link.assessment.values, link.assessment.prior
    numbers = vector(program, values, measured(subject.method, profile, values), prior, worst=worst)
    ran = {engine.name: engine.run(numbers) for engine in subject.engines[profile]}
    meant = answer(subject.rules, profile, world_of(subject.method, values, prior), every=not worst)
    first, *_ = ran
    for name, steps in ran.items():
        outcome = conclude(program, steps)
        fired = {step.rule for step in steps}
        if fired != meant.fired:
            return f"the engine {name} fires {_named(fired)}, the rule language {_named(meant.fired)}"
        if (outcome.rating, outcome.gate, outcome.watchlist) != (meant.rating, meant.gate, meant.watchlist):
            return f"the engine {name} concludes otherwise than the rule language"
        if outcome.levels != meant.levels:
            return f"the engine {name} finds other levels than the rule language"
        if steps != ran[first]:
            return f"the engines {first} and {name} give other steps for {_named(fired)}"
    return None


def _named(rules: set[str] | frozenset[str]) -> str:
    return ", ".join(sorted(rules)) or "no rule"


def _soundness(subject: RulesUnderTest, case: Case) -> str | None:
    for profile in subject.method.programs:
        for link in subject.links(case.first, profile):
            for step in link.assessment.steps:
                if found := _unsound(subject, profile, link, step):
                    rests = " and ".join(map(str, step.supports)) or "nothing"
                    return f"{link.as_of.year}: {step.rule} concludes '{step.conclusion}' from {rests}: {found}"
    return None


def _unsound(subject: RulesUnderTest, profile: str, link: Link, step: Step) -> str | None:
    """Why a step does not follow from what it rests on, or why that does not hold."""
    when = subject.rules.rules[step.rule].when
    world, found, prior = resting_on(subject.method, profile, (step,)), link.assessment, link.assessment.prior
    if when is None or not holds(when, world, every=True):
        return "that does not suffice for the rule"
    below = [other for other in found.steps if other.stratum < step.stratum]
    if not world.findings <= {other.target.name for other in below if other.target.kind == "finding"}:
        return "no step below concludes such a finding"
    for facet, level in world.levels.items():
        levels = [other.target.severity for other in below if (other.target.kind, other.target.name) == ("level", facet)]
        if level > max(levels, default=0):
            return f"no step below concludes that level of {facet}"
    for name, (low, high) in world.indicators.items():
        if not low <= found.values[name].lowest <= found.values[name].highest <= high:
            return f"the records do not establish that of {name}"
    for name, (low, high) in world.prior.items():
        if prior is None or not low <= {"rating": prior.rating, "assessed": prior.assessed}.get(name, prior.pressure) <= high:
            return f"that is not what the year before hands on as {name}"
    for name, measure in subject.method.compiled.measures[profile].items():
        computed, (low, high) = measure_value(measure, found.values, subject.rules.codebook), world.measures[name]
        if not low <= computed.best <= computed.worst <= high:
            return f"the records do not establish that of {name}"
    return None


def _completeness(subject: RulesUnderTest, case: Case) -> str | None:
    scale = subject.rules.scale
    for profile in subject.method.programs:
        for link in subject.links(case.first, profile):
            assessment = link.assessment
            given = (
                assessment.ceiling,
                {facet.facet: facet.ceiling for facet in assessment.facets},
                assessment.gate,
                assessment.watchlist,
            )
            if replayed(assessment, scale) != given:
                return f"{in_words(link, subject.method)}: the words of the steps give another outcome"
            world = from_the_leaves(resting_on(subject.method, profile, assessment.steps))
            again = answer(subject.rules, profile, world, every=True)
            levels = {facet: scale.word(level) for facet, level in again.levels.items()}
            if (scale.word(again.rating), levels, again.gate, again.watchlist) != given:
                fired = f"the rules that fire from what the trace rests on are {_named(again.fired)}"
                return f"{in_words(link, subject.method)}; replayed it is {scale.word(again.rating)}: {fired}"
    return None


engine_agreement = Property(
    "engine_agreement", "Every engine does what the rule language says, step by step.", single, _agreement
)
soundness = Property(
    "trace_soundness", "What each step of a trace rests on holds, and suffices for its rule.", single, _soundness
)
completeness = Property("trace_completeness", "Replaying a trace from its supports gives the same rating.", single, _completeness)
