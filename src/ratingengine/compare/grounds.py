"""The rules behind a rating: from an answer's trace, or from the columns of an explained table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import frozen

from ratingengine.model.assessment import NOT_RATED, Assessment
from ratingengine.model.program import Program, Target

Concluded = tuple[str, Target, str]
"""A rule that holds: its id, what it gives, and that in words."""


@frozen
class Grounds:
    """The rules that hold, by id, with what they conclude; and those that set rating, levels, gate and watchlist.

    `levels` has the facets of which a rule of the profile can set a level.
    """

    rules: Mapping[str, str]
    deciding: tuple[str, ...]
    levels: Mapping[str, tuple[str, ...]]
    gates: tuple[str, ...]
    watchlist: tuple[str, ...]


def grounds(held: Iterable[Concluded], facets: Iterable[str]) -> Grounds:
    """Sort rules that hold by what they give: of ceilings the lowest decide."""
    found = sorted(held, key=lambda one: one[0])

    def of(kind: str, name: str = "") -> list[tuple[str, Target]]:
        return [(rule, target) for rule, target, _ in found if (target.kind, target.name) == (kind, name)]

    return Grounds(
        rules={rule: conclusion for rule, _, conclusion in found},
        deciding=_lowest(of("rating")),
        levels={facet: _lowest(of("level", facet)) for facet in facets},
        gates=tuple(rule for rule, _ in of("upgrade_gate")),
        watchlist=tuple(rule for rule, _ in of("watchlist")),
    )


def _lowest(held: list[tuple[str, Target]]) -> tuple[str, ...]:
    lowest = max((target.severity for _, target in held), default=0)
    return tuple(rule for rule, target in held if target.severity == lowest)


def grounds_of(answer: Assessment) -> Grounds:
    """The grounds of an answer, in the profile that carries the rating; the watchlist is that of all profiles."""
    chosen = answer.chosen
    facets = (facet.facet for facet in chosen.facets if facet.status != NOT_RATED)
    steps = (
        step
        for name, found in answer.profiles.items()
        for step in found.steps
        if name == answer.profile or step.target.kind == "watchlist"
    )
    return grounds(((step.rule, step.target, step.conclusion) for step in steps), facets)


def grounds_in(programs: Mapping[str, Program], profile: str, holding: Iterable[str]) -> Grounds:
    """The grounds of a row that tells which rules hold; `profile` (any, if empty) is the one that carries the rating."""
    held = set(holding)
    of = [program for name, program in programs.items() if name == profile or not profile]
    others = [rule for program in programs.values() if program not in of for rule in program.rules]
    read = [rule for program in of for rule in program.rules] + [rule for rule in others if rule.target.kind == "watchlist"]
    rules = ((rule.id, rule.target, rule.conclusion) for rule in read if rule.id in held)
    return grounds(rules, dict.fromkeys(facet for program in of for facet in program.facets if facet in program.rated))
