"""What a program can conclude in a box of values, and the minimal sets of facts that hold a rating down: exact, for one country.

An independent reading of the program, to which `rate why-not` and the searches of `audit` can be compared.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from ratingengine.model.indicator import PER_MILLION_DECIMALS, base_of
from ratingengine.model.program import Program, Variable
from ratingengine.proofs.semantics import concluded, is_exactly, reached
from ratingengine.proofs.solver import Formula, Solver, boolean, every, implies, negation, some

Box = tuple[int, int]
"""Lowest and highest value of a variable, both included; a mirrored variable's are negated like its value."""

UNIT = 10**6 * 10**PER_MILLION_DECIMALS


def attainable(program: Program, boxes: Sequence[Box], population: int | None = None) -> frozenset[int]:
    """The severities of the rating that some point of the box gives.

    One box a variable, for instance `zip(established, not_excluded)` of `assess.vector`. A variable and its mirror image are
    one value. With a population a per-million companion follows from its count and its own box is not looked at.
    """
    values = _Values(program, boxes, population)
    found = concluded(program, values.reads)
    solver = Solver(*values.order())
    return frozenset(s for s in range(program.worst + 1) if solver.find(is_exactly(found.rating, s)) is not None)


class _Values:
    """One ladder of thresholds for each value that variables read."""

    def __init__(self, program: Program, boxes: Sequence[Box], population: int | None) -> None:
        self._program = program
        self._population = population
        self._counts = {v.name for v in program.variables if v.subject == "indicator"}
        self._steps: dict[tuple[str, str], dict[int, Formula]] = {}
        self._ends: dict[tuple[str, str], Box] = {}
        for variable, (low, high) in zip(program.variables, boxes, strict=True):
            first, last = (-high, -low) if variable.mirrored else (low, high)
            if not self._follows(variable):
                known = self._ends.get((variable.subject, variable.name), (first, last))
                self._ends[(variable.subject, variable.name)] = max(known[0], first), min(known[1], last)

    def _follows(self, variable: Variable) -> bool:
        derived = variable.subject == "indicator" and base_of(variable.name) != variable.name
        return derived and bool(self._population) and base_of(variable.name) in self._counts

    def reads(self, number: int, threshold: int) -> Formula:
        variable = self._program.variables[number]
        key = (variable.subject, variable.name)
        bound = 1 - threshold if variable.mirrored else threshold
        if self._follows(variable):
            key = (variable.subject, base_of(variable.name))
            # A companion is rounded outwards: down at its low end, up at its high end, which mirrored tests read.
            share = (bound - 1) * (self._population or 1) // UNIT + 1 if variable.mirrored else None
            bound = -(-bound * (self._population or 1) // UNIT) if share is None else share
        step = self._step(key, bound)
        return negation(step) if variable.mirrored else step

    def _step(self, key: tuple[str, str], bound: int) -> Formula:
        low, high = self._ends[key]
        if bound <= low or bound > high:
            return bound <= low
        steps = self._steps.setdefault(key, {})
        return steps.setdefault(bound, boolean(f"{key[0]} {key[1]} {bound}"))

    def order(self) -> list[Formula]:
        found = []
        for steps in self._steps.values():
            bounds = sorted(steps)
            found += [implies(steps[higher], steps[lower]) for lower, higher in pairwise(bounds)]
        return found


def minimal_changes(
    program: Program,
    established: Sequence[int],
    silent: Sequence[int],
    facts: Mapping[str, Sequence[int]],
    wanted: int,
) -> frozenset[frozenset[str]]:
    """All minimal sets of facts whose silence gives a rating of severity `wanted` or better.

    `facts` names the variables that each sets (`explain.facts.Facts.places`); a fact left out takes the values of `silent`.
    """
    dropped = {name: boolean(f"without {name}") for name in facts}
    owner = {number: name for name, numbers in facts.items() for number in numbers}

    def reads(number: int, threshold: int) -> Formula:
        known, missing = established[number] >= threshold, silent[number] >= threshold
        if known == missing or number not in owner:
            return known
        gone = dropped[owner[number]]
        return every((negation(gone), known)) if known else gone

    found = concluded(program, reads)
    solver = Solver(negation(reached(found.rating, wanted + 1)))
    sets: set[frozenset[str]] = set()
    while (model := solver.find()) is not None:
        gone = frozenset(name for name, out in dropped.items() if model.holds(out))
        smallest = _shrunk(gone, lambda names: _enough(solver, dropped, names))
        sets.add(smallest)
        solver.add(some(negation(dropped[name]) for name in smallest))
    return frozenset(sets)


def _enough(solver: Solver, dropped: Mapping[str, Formula], names: frozenset[str]) -> bool:
    settled = (out if name in names else negation(out) for name, out in dropped.items())
    return solver.find(*settled) is not None


def _shrunk(names: frozenset[str], enough: Callable[[frozenset[str]], bool]) -> frozenset[str]:
    kept = names
    for name in sorted(names):
        if enough(kept - {name}):
            kept -= {name}
    return kept
