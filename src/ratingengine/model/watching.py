"""What the watchlist rules of a profile read: without any of it known, that none of them holds says nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from attrs import frozen

from ratingengine.model.indicator import base_of
from ratingengine.model.program import Program, ProgramRule, Test

if TYPE_CHECKING:
    # Rules themselves are not needed to answer, and loading their classes is felt at every start.
    from ratingengine.model.rule import Measure


@frozen
class Watched:
    """The coded indicators that watchlist rules read, and whether they read the year before."""

    indicators: tuple[str, ...]
    prior: bool


def watched_by(program: Program, measures: Mapping[str, Measure]) -> Watched | None:
    """What is read through findings, levels and measures; None where the profile has no watchlist rule."""
    rules = [rule for rule in program.rules if rule.target.kind == "watchlist"]
    if not rules:
        return None
    read = {program.variables[test.variable] for test in _beneath(program, rules) if test.kind == "variable"}
    names = {one.name for one in read if one.subject == "indicator"}
    names |= {entry.indicator for one in read if one.subject == "measure" for entry in measures[one.name].inputs}
    return Watched(tuple(sorted({base_of(name) for name in names})), any(one.subject == "prior" for one in read))


def _beneath(program: Program, rules: Iterable[ProgramRule]) -> set[Test]:
    """The tests of the rules, and of those that conclude what they read."""
    found: set[Test] = set()
    waiting = list(rules)
    while waiting:
        new = waiting.pop().tests - found
        found |= new
        wanted = {(test.kind, test.name) for test in new if test.kind != "variable"}
        waiting += [rule for rule in program.rules if (rule.target.kind, rule.target.name) in wanted]
    return found
