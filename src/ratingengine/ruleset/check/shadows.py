"""Rules that can never change an outcome: whenever one holds, others hold that conclude at least as much.

A rule is followed down to what evidence must say at least for it to hold, and the reference engine is asked whether others hold
there too. Conditions only grow with worse evidence, so they then hold wherever the rule does. Companions and measures are taken
to be free of what they are computed from, which can hide a shadow and never invents one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import field, frozen

from ratingengine.engine.reference import ReferenceEngine
from ratingengine.model.indicator import UNBOUNDED
from ratingengine.model.program import Program, ProgramRule, Step, Test

MOST_RUNS = 2000
"""Runs of the engine for one rule and one set of others; where they do not suffice, nothing is said."""

Point = Mapping[int, int]
"""The least severity of each variable that something needs; a variable that is not there may be anything."""


@frozen
class Shadow:
    """A rule, and the others that hold whenever it does and conclude at least as much; as few as can be."""

    rule: str
    others: tuple[str, ...]


class _TooLong(Exception):
    pass


def shadows(program: Program) -> Iterator[Shadow]:
    """The rules that could be left out, all of them together, each with those that make it idle. Of two equal ones the later."""
    cover = Cover(program)
    idle: set[str] = set()
    for rule in sorted(program.rules, key=lambda rule: rule.id, reverse=True):
        others = [other.id for other in program.rules if other.id not in idle and _at_least_as_much(other, rule)]
        if not others or not cover.covers(rule, others):
            continue
        idle.add(rule.id)
        yield Shadow(rule.id, tuple(_fewest(cover, rule, others)))


def _at_least_as_much(other: ProgramRule, rule: ProgramRule) -> bool:
    one, target = other.target, rule.target
    return other.id != rule.id and (one.kind, one.name) == (target.kind, target.name) and one.severity >= target.severity


def _fewest(cover: Cover, rule: ProgramRule, others: Sequence[str]) -> list[str]:
    single = next((other for other in others if cover.covers(rule, [other])), None)
    if single is not None:
        return [single]
    kept = list(others)
    for other in others:
        rest = [name for name in kept if name != other]
        if cover.covers(rule, rest):
            kept = rest
    return kept


@frozen
class _Search:
    others: frozenset[str]
    runs: list[int] = field(factory=lambda: [0])


class Cover:
    """Asks of one program whether some rules hold whenever another does."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._engine = ReferenceEngine(program)
        self._opposite = _opposites(program)

    def covers(self, rule: ProgramRule, others: Sequence[str]) -> bool:
        """Whether one of the others holds at every point at which the rule does; False where that takes too long to say."""
        search = _Search(frozenset(others))
        try:
            return not any(self._escapes({}, alternative, search) for alternative in rule.alternatives)
        except _TooLong:
            return False

    def _escapes(self, point: Point, wanted: Sequence[Test], search: _Search) -> bool:
        """Whether the tests can hold together, with what the point has already, where none of the others does."""
        raised = _raised(point, wanted)
        if self._impossible(raised):
            return False
        search.runs[0] += 1
        if search.runs[0] > MOST_RUNS:
            raise _TooLong
        steps = self._engine.run([raised.get(number, -UNBOUNDED) for number in range(len(self._program.variables))])
        if any(step.rule in search.others for step in steps):
            return False
        pending = [test for test in wanted if test.kind != "variable" and not _concluded(test, steps)]
        if not pending:
            return True
        test, rest = pending[0], pending[1:]
        ways = (way for maker in self._program.rules if _gives(maker, test) for way in maker.alternatives)
        return any(self._escapes(raised, (*way, *rest), search) for way in ways)

    def _impossible(self, point: Point) -> bool:
        """An indicator that must be at once worse than one threshold and better than a lower one."""
        return any(
            point[number] + point[other] > 0 for number, other in self._opposite.items() if number in point and other in point
        )


def _opposites(program: Program) -> Mapping[int, int]:
    """Each variable to the one that holds the other end of the same interval, negated."""
    numbers = {(found.subject, found.name, found.mirrored): number for number, found in enumerate(program.variables)}
    pairs = ((number, numbers.get((subject, name, not mirrored))) for (subject, name, mirrored), number in numbers.items())
    return {number: other for number, other in pairs if other is not None}


def _raised(point: Point, wanted: Sequence[Test]) -> dict[int, int]:
    raised = dict(point)
    for test in wanted:
        if test.kind == "variable":
            raised[test.variable] = max(raised.get(test.variable, test.threshold), test.threshold)
    return raised


def _concluded(test: Test, steps: Sequence[Step]) -> bool:
    return any(_meets(step.target.kind, step.target.name, step.target.severity, test) for step in steps)


def _gives(rule: ProgramRule, test: Test) -> bool:
    return _meets(rule.target.kind, rule.target.name, rule.target.severity, test)


def _meets(kind: str, name: str, severity: int, test: Test) -> bool:
    return (kind, name) == (test.kind, test.name) and (kind == "finding" or severity >= test.threshold)
