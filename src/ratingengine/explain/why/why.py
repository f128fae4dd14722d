"""Why this rating: every minimal set of facts that suffices for it, and the shortest path through the rules."""

from __future__ import annotations

from attrs import frozen

from ratingengine.explain.dualize import bits, dualize
from ratingengine.explain.facts import Facts
from ratingengine.model.program import Step

MOST_SETS = 20_000


@frozen
class Why:
    """Why a rating was assessed.

    `sufficient`: all minimal sets of facts that give it by themselves, smallest first. `necessary`: all minimal sets without
    which it would be better. `path`: the steps that lead to it from the first sufficient set.
    """

    severity: int
    sufficient: tuple[tuple[str, ...], ...]
    necessary: tuple[tuple[str, ...], ...]
    path: tuple[Step, ...]


def why(facts: Facts) -> Why:
    """Explain the assessed rating. Raises TooMany where there are more sets than MOST_SETS."""
    names = facts.names
    severity = facts.outcome(names).rating

    def holds(members: int) -> bool:
        return facts.outcome(_named(names, members)).rating >= severity

    dual = dualize(len(names), holds, MOST_SETS)
    sufficient = tuple(_named(names, members) for members in dual.supports)
    necessary = tuple(_named(names, members) for members in dual.blocks)
    first = sufficient[0] if sufficient else ()
    return Why(severity, sufficient, necessary, needed(facts.steps(first), severity))


def _named(names: tuple[str, ...], members: int) -> tuple[str, ...]:
    return tuple(names[number] for number in bits(members))


def needed(steps: tuple[Step, ...], severity: int) -> tuple[Step, ...]:
    """The steps on the way to a rating of that severity, without those that lead elsewhere."""
    kept = [step for step in steps if step.target.kind == "rating" and step.target.severity >= severity]
    frontier = list(kept)
    while frontier:
        step = frontier.pop()
        for lower in steps:
            if lower not in kept and _supports(lower, step, steps):
                kept.append(lower)
                frontier.append(lower)
    return tuple(sorted(kept, key=lambda step: (step.stratum, step.rule)))


def _supports(lower: Step, step: Step, steps: tuple[Step, ...]) -> bool:
    """Whether a step's conclusion is among what another rests on; of several ceilings on a facet, only the lowest."""
    target = lower.target
    named = any(support.subject == target.kind and support.name == target.name for support in step.supports)
    same = [other.target.severity for other in steps if (other.target.kind, other.target.name) == (target.kind, target.name)]
    return named and lower.stratum < step.stratum and target.severity == max(same)
