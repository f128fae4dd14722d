"""Other rule engines, given the same compiled program: each says which alternatives fired, and concludes by its own means."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from attrs import frozen

from ratingengine.model.program import Outcome, Program, Step


class NotInstalled(Exception):
    """The engine's package is not there; the benchmark goes on without it."""


@frozen
class Reached:
    """What a peer reached: its own outcome, and the alternatives that fired as positions in `alternatives(program)`."""

    outcome: Outcome
    fired: Sequence[int]


class Peer(Protocol):
    """A foreign engine that holds one program."""

    def rate(self, values: Sequence[int]) -> Reached:
        """One rating."""


def alternatives(program: Program) -> tuple[tuple[int, int], ...]:
    """Every alternative as (position of the rule, position within the rule), in the order of the program."""
    return tuple((number, n) for number, rule in enumerate(program.rules) for n in range(len(rule.alternatives)))


def findings(program: Program) -> dict[str, int]:
    """A number for each finding that a rule reads; the others need no fact."""
    named = {test.name for rule in program.rules for alt in rule.alternatives for test in alt if test.kind == "finding"}
    return {name: number for number, name in enumerate(sorted(named))}


def levels(program: Program) -> dict[str, int]:
    """A number for each facet."""
    return {facet: number for number, facet in enumerate(program.facets)}


def steps_of(program: Program, fired: Sequence[int]) -> tuple[Step, ...]:
    """The canonical steps that follow from fired alternatives; outside the measured time, to compare whole traces."""
    places = alternatives(program)
    held: dict[int, set[int]] = {}
    for number, alternative in (places[position] for position in fired):
        held.setdefault(number, set()).add(alternative)
    return tuple(_step(program, number, held[number]) for number in sorted(held))


def _step(program: Program, number: int, held: set[int]) -> Step:
    rule = program.rules[number]
    supports = {program.supports[test] for alternative in held for test in rule.alternatives[alternative]}
    return Step(rule.id, rule.stratum, rule.target, rule.conclusion, tuple(sorted(supports)))
