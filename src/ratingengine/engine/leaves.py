"""From a rule's step down to the indicators it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ratingengine.model.assessment import ProfileAssessment
from ratingengine.model.program import Step, Support


def step_of(assessment: ProfileAssessment, rule: str) -> Step:
    """The step of a rule that fired."""
    return next(step for step in assessment.steps if step.rule == rule)


def below(assessment: ProfileAssessment, support: Support) -> tuple[Step, ...]:
    """The steps that establish a finding or a level."""
    if support.subject == "finding":
        return tuple(s for s in assessment.steps if s.target.kind == "finding" and s.target.name == support.name)
    if support.subject == "level":
        deciding = next(facet.deciding for facet in assessment.facets if facet.facet == support.name)
        return tuple(step for step in assessment.steps if step.rule in deciding)
    return ()


def indicators(assessment: ProfileAssessment, rules: Iterable[str]) -> tuple[str, ...]:
    """The indicators that rules rest on, directly or through findings and levels, in the order they are met."""
    found: dict[str, None] = {}
    for support in (support for rule in rules for support in _supports(assessment, step_of(assessment, rule))):
        if support.subject == "indicator":
            found[support.name] = None
        elif support.subject == "measure":
            found.update(dict.fromkeys(assessment.measures[support.name].inputs))
    return tuple(found)


def measures(assessment: ProfileAssessment, rules: Iterable[str]) -> tuple[Support, ...]:
    """The tests of measures that rules rest on, directly or through findings and levels, in the order they are met."""
    found = (support for rule in rules for support in _supports(assessment, step_of(assessment, rule)))
    return tuple(dict.fromkeys(support for support in found if support.subject == "measure"))


def _supports(assessment: ProfileAssessment, step: Step) -> Iterator[Support]:
    yield from step.supports
    for support in step.supports:
        for lower in below(assessment, support):
            yield from _supports(assessment, lower)
