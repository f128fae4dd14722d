"""All minimal sets of changes by z3: the whole program as constraints, each set found by a model and shrunk, then excluded."""

from __future__ import annotations

from typing import Any

import z3

from ratingengine.explain.course import Course
from ratingengine.explain.facts import Facts
from ratingengine.model.program import Program, Test


def minimal_sets(facts: Facts, course: Course, wanted: int) -> set[frozenset[str]]:
    """The names of the facts of every minimal set that reaches the severity; each fact stays or is moved to its end."""
    moved = [z3.Bool(f"m{number}") for number in range(len(course.ladders))]
    rating = _rating(facts.program, _values(facts, course, moved))
    solver = z3.Solver()
    solver.add(rating >= wanted if course.worse else rating <= wanted)
    checker = z3.Solver()
    checker.add(solver.assertions())
    found: set[frozenset[str]] = set()
    while solver.check() == z3.sat:
        model = solver.model()
        kept = [number for number, one in enumerate(moved) if z3.is_true(model.eval(one, model_completion=True))]
        for number in tuple(kept):
            smaller = [other for other in kept if other != number]
            if checker.check(*_fixed(moved, smaller)) == z3.sat:
                kept = smaller
        found.add(frozenset(course.ladders[number].name for number in kept))
        solver.add(z3.Not(z3.And([moved[number] for number in kept])))
    return found


def _fixed(moved: list[Any], kept: list[int]) -> list[Any]:
    return [one if number in kept else z3.Not(one) for number, one in enumerate(moved)]


def _values(facts: Facts, course: Course, moved: list[Any]) -> list[Any]:
    values: list[Any] = [z3.IntVal(value) for value in facts.established]
    for number, ladder in enumerate(course.ladders):
        after = facts
        for move in course.moves({number: len(ladder.rungs)}):
            after = after.after(move)
        for place, (one, other) in enumerate(zip(facts.established, after.established, strict=True)):
            if one != other:
                values[place] = z3.If(moved[number], z3.IntVal(other), z3.IntVal(one))
    return values


def _rating(program: Program, values: list[Any]) -> Any:
    findings: dict[str, Any] = {}
    ceilings: dict[str, Any] = {facet: z3.IntVal(0) for facet in program.facets}
    rating: Any = z3.IntVal(0)

    def holds(test: Test) -> Any:
        if test.kind == "variable":
            return values[test.variable] >= test.threshold
        return ceilings[test.name] >= test.threshold if test.kind == "level" else findings.get(test.name, z3.BoolVal(False))

    for rule in program.rules:
        when = z3.Or([z3.And([holds(test) for test in found]) for found in rule.alternatives])
        target = rule.target
        if target.kind == "finding":
            findings[target.name] = z3.Or(findings.get(target.name, z3.BoolVal(False)), when)
        elif target.kind == "level":
            ceilings[target.name] = z3.If(
                when,
                z3.If(ceilings[target.name] < target.severity, target.severity, ceilings[target.name]),
                ceilings[target.name],
            )
        elif target.kind == "rating":
            rating = z3.If(z3.And(when, rating < target.severity), z3.IntVal(target.severity), rating)
    return rating
