"""The chain once more from kept integers, under a program with one threshold moved or on a year with other evidence.

A small evaluator of programs, since making an engine takes longer than running one on all the years that a threshold can touch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from attrs import evolve, frozen

from ratingengine.backtest.given import Course
from ratingengine.engine.assess import vector
from ratingengine.engine.chain import BETTER, Published, handed_on, publish
from ratingengine.model.assessment import Prior
from ratingengine.model.program import Program, Test
from ratingengine.model.scale import Scale


@frozen
class Found:
    """What a program establishes: the severities of rating and levels, and whether a gate is open."""

    rating: int
    levels: Mapping[str, int]
    gate: bool


Run = Callable[[Sequence[int]], Found]


def run(program: Program, values: Sequence[int]) -> Found:
    """What the rules conclude from one integer a variable, as every engine does."""
    findings: set[str] = set()
    levels = dict.fromkeys(program.facets, 0)
    rating, gate = 0, False

    def holds(test: Test) -> bool:
        if test.kind == "finding":
            return test.name in findings
        return (levels[test.name] if test.kind == "level" else values[test.variable]) >= test.threshold

    for rule in program.rules:
        if any(all(holds(test) for test in alternative) for alternative in rule.alternatives):
            target = rule.target
            if target.kind == "finding":
                findings.add(target.name)
            elif target.kind == "level":
                levels[target.name] = max(levels[target.name], target.severity)
            elif target.kind == "rating":
                rating = max(rating, target.severity)
            gate = gate or target.kind == "upgrade_gate"
    return Found(rating, levels, gate)


@frozen
class Said:
    """A year of a replayed chain: assessed and published severity (None: no rating), and the prior it started from."""

    assessed: int | None
    published: Published
    prior: Prior | None


class Replay:
    """Chains of one profile. `known` keeps what was found on integers without a prior, which most years share."""

    def __init__(self, program: Program, scale: Scale) -> None:
        self.program = program
        self.scale = scale
        self._places = [number for number, variable in enumerate(program.variables) if variable.subject == "prior"]
        self._priors = evolve(program, variables=tuple(program.variables[number] for number in self._places))
        self._known: dict[tuple[int, ...], Found] = {}

    def found(self, values: tuple[int, ...], prior: Prior | None, *, worst: bool) -> Found:
        """What the program establishes when the year before handed on that prior."""
        filled = list(values)
        for number, value in zip(self._places, vector(self._priors, {}, {}, prior, worst=worst), strict=True):
            filled[number] = value
        key = tuple(filled)
        if key not in self._known:
            self._known[key] = run(self.program, key)
        return self._known[key]

    def chain(self, course: Course, start: Prior | None) -> Iterator[tuple[int, Said]]:
        """Each year of a course."""
        prior = start
        for moment in course:
            best = self.found(moment.best, prior, worst=False)
            assessed = None if moment.lacking else best.rating
            published = publish(assessed, prior, best.gate, self.scale.free)
            yield moment.year, Said(assessed, published, prior)
            worst = best.rating
            if published.pressure == BETTER:  # else what is not excluded is not asked
                worst = max(worst, self.found(moment.worst, prior, worst=True).rating)
            prior = handed_on(published, assessed, worst)
