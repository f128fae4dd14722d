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
    return tuple(dict.fromkeys(name for rule in rules for name in _walk(assessment, step_of(assessment, rule))))


def _walk(assessment: ProfileAssessment, step: Step) -> Iterator[str]:
    for support in step.supports:
        if support.subject == "indicator":
            yield support.name
        elif support.subject == "measure":
            yield from assessment.inputs[support.name]
    for support in step.supports:
        for lower in below(assessment, support):
            yield from _walk(assessment, lower)
