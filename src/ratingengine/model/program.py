"""The compiled form that engines execute.

Every condition is `variable >= threshold` on integers, every rule a set of alternatives.
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen


@frozen(order=True)
class Variable:
    """A number the program reads.

    `mirrored` variables hold the negated opposite end of the interval: they serve conditions that point in the better direction,
    which must be established by the evidence too.
    """

    subject: str
    name: str
    mirrored: bool = False


@frozen(order=True)
class Test:
    """A variable at or beyond a threshold, a finding (`name`), or a facet's level at or beyond a severity."""

    __test__ = False  # the word is the method's, not pytest's

    kind: str
    variable: int = -1
    threshold: int = 0
    name: str = ""


@frozen(order=True)
class Support:
    """A test in the method's words, as a trace shows it."""

    subject: str
    name: str
    test: str
    operand: str

    def __str__(self) -> str:
        if self.subject == "finding":
            return self.name
        lead = {"level": "level of ", "prior": "prior "}.get(self.subject, "")
        return f"{lead}{self.name} {self.test.replace('_', ' ')} {self.operand}"


@frozen
class Target:
    """What a rule gives: kind, the finding or facet, and the severity of a ceiling."""

    kind: str
    name: str = ""
    severity: int = 0


@frozen
class ProgramRule:
    """A rule as alternatives; each alternative is a set of tests that must all hold."""

    id: str
    stratum: int
    target: Target
    conclusion: str
    alternatives: tuple[tuple[Test, ...], ...]

    @property
    def tests(self) -> frozenset[Test]:
        """The tests of all alternatives."""
        return frozenset(test for alternative in self.alternatives for test in alternative)


@frozen
class Program:
    """Rules sorted by stratum, then id; a rule reads only what lower strata conclude."""

    profile: str
    variables: tuple[Variable, ...]
    rules: tuple[ProgramRule, ...]
    supports: Mapping[Test, Support]
    facets: tuple[str, ...]
    worst: int

    @property
    def rated(self) -> frozenset[str]:
        """The facets of which a rule sets a level."""
        return frozenset(rule.target.name for rule in self.rules if rule.target.kind == "level")

    @property
    def tests(self) -> frozenset[Test]:
        """The tests of all rules."""
        return frozenset().union(*(rule.tests for rule in self.rules))


@frozen
class Step:
    """One step of the canonical trace: the rule, what it rests on (sorted), what it concludes."""

    rule: str
    stratum: int
    target: Target
    conclusion: str
    supports: tuple[Support, ...]


class StepTable:
    """Makes the step of a rule for the set of its alternatives that hold (a bit mask), each once."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._made: dict[tuple[int, int], Step] = {}

    def step(self, number: int, mask: int) -> Step:
        """The step of the program's rule of that number."""
        found = self._made.get((number, mask))
        if found is None:
            found = self._made[(number, mask)] = self._make(self._program.rules[number], mask)
        return found

    def _make(self, rule: ProgramRule, mask: int) -> Step:
        held = [alternative for bit, alternative in enumerate(rule.alternatives) if mask >> bit & 1]
        supports = {self._program.supports[test] for alternative in held for test in alternative}
        return Step(rule.id, rule.stratum, rule.target, rule.conclusion, tuple(sorted(supports)))


@frozen
class Outcome:
    """What the steps establish: severities of rating and levels, whether a gate is open and the watchlist on."""

    rating: int
    levels: Mapping[str, int]
    gate: bool
    watchlist: bool


def conclude(program: Program, steps: tuple[Step, ...]) -> Outcome:
    """The lowest ceilings that the steps set; without any, the best."""
    levels = dict.fromkeys(program.facets, 0)
    rating, gate, watchlist = 0, False, False
    for step in steps:
        target = step.target
        if target.kind == "level":
            levels[target.name] = max(levels[target.name], target.severity)
        elif target.kind == "rating":
            rating = max(rating, target.severity)
        gate = gate or target.kind == "upgrade_gate"
        watchlist = watchlist or target.kind == "watchlist"
    return Outcome(rating, levels, gate, watchlist)
