"""Faults on purpose, for tests that show a property finding them: engines that do one thing wrong, and small rules."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from attrs import evolve

from ratingengine.engine.execution import Engine
from ratingengine.engine.reference import ReferenceEngine
from ratingengine.model.indicator import UNBOUNDED, Codebook
from ratingengine.model.program import Program, Step, Target
from ratingengine.testing import Rules, with_codebook
from ratingengine.testing.files import Entry, codebook_of, rules_of
from ratingengine.testing.subject import OpenEngines

Fault = Callable[[Program, Sequence[int], tuple[Step, ...]], tuple[Step, ...]]


class Faulty:
    """The reference engine with one fault: what it finds, changed."""

    def __init__(self, program: Program, fault: Fault, name: str = "faulty") -> None:
        self.name = name
        self._engine = ReferenceEngine(program)
        self._fault = fault

    def run(self, values: Sequence[int]) -> tuple[Step, ...]:
        return self._fault(self._engine.program, values, self._engine.run(values))


def alone(fault: Fault) -> OpenEngines:
    """The faulty engine in place of every other."""
    return lambda program: (Faulty(program, fault),)


def beside(fault: Fault) -> OpenEngines:
    """The reference engine, and the faulty one as the second."""

    def opened(program: Program) -> tuple[Engine, ...]:
        return ReferenceEngine(program), Faulty(program, fault)

    return opened


def forgets_ratings(program: Program, values: Sequence[int], steps: tuple[Step, ...]) -> tuple[Step, ...]:
    return tuple(step for step in steps if step.target.kind != "rating")


def stumbles(program: Program, values: Sequence[int], steps: tuple[Step, ...]) -> tuple[Step, ...]:
    if any(step.target.kind == "rating" for step in steps):
        raise ZeroDivisionError("on purpose")
    return steps


def takes_missing_for_the_worst(program: Program, values: Sequence[int], steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Concludes the worst level where the first variable has the value that nothing known gives it at the best end."""
    if values and values[0] in (0, -UNBOUNDED) and program.rules:
        target = Target("rating", severity=program.worst)
        return tuple(evolve(s, target=target) if s.target.kind == "rating" else s for s in steps) or (
            Step(program.rules[0].id, 1, target, "rating at most closed", ()),
        )
    return steps


def invents_a_support(program: Program, values: Sequence[int], steps: tuple[Step, ...]) -> tuple[Step, ...]:
    return tuple(evolve(step, supports=tuple(evolve(one, operand="7") for one in step.supports)) for step in steps)


def loses_findings(program: Program, values: Sequence[int], steps: tuple[Step, ...]) -> tuple[Step, ...]:
    return tuple(step for step in steps if step.target.kind != "finding")


def lets_the_watchlist_weigh(program: Program, values: Sequence[int], steps: tuple[Step, ...]) -> tuple[Step, ...]:
    worst = Target("rating", severity=program.worst)
    return tuple(evolve(step, target=worst) if step.target.kind == "watchlist" else step for step in steps)


def tires() -> Fault:
    """Finds nothing on every third run."""
    runs = 0

    def fault(program: Program, values: Sequence[int], steps: tuple[Step, ...]) -> tuple[Step, ...]:
        nonlocal runs
        runs += 1
        return () if runs % 3 == 0 else steps

    return fault


def rule(name: str, kind: str, when: Entry, then: Entry, non_monotone: str = "") -> Entry:
    """A rule as it stands in a file."""
    head = {"id": name, "title": name, "kind": kind, "when": when, "then": then}
    reason = {"non_monotone": non_monotone} if non_monotone else {}
    return {**head, **reason, "rationale": "drawn", "sources": ["A p. 1"], "since": "2026-01-01"}


def small_codebook() -> Codebook:
    """Detentions, a law on permission, and a protest dispersed."""
    return codebook_of(
        [
            {
                "id": "peace.detained",
                "title": "People detained",
                "question": "How many?",
                "type": "count",
                "unit": "people",
                "worse": "higher",
                "time": "event",
                "aggregation": "sum",
            },
            {
                "id": "peace.permission",
                "title": "Permission",
                "question": "Is it asked for?",
                "type": "yes_no",
                "worse": "higher",
                "time": "condition",
                "basis": "law",
                "aggregation": "any",
            },
            {
                "id": "peace.dispersed",
                "title": "A protest dispersed",
                "question": "Was one?",
                "type": "yes_no",
                "worse": "higher",
                "time": "event",
                "aggregation": "any",
            },
        ]
    )


def small_rules(*more: Entry) -> Rules:
    """A few rules of every kind on the small codebook, and more."""
    codebook = small_codebook()
    found = {"finding": "peace.mass", "facet": "peaceful_assembly"}
    rules = [
        rule("RUL-001", "finding", {"indicator": "peace.detained", "at_least": "10"}, found),
        rule("RUL-002", "level", {"finding": "peace.mass"}, {"facet": "peaceful_assembly", "level_at_most": "repressed"}),
        rule("RUL-003", "rating", {"level": "peaceful_assembly", "at_most": "repressed"}, {"rating_at_most": "repressed"}),
        rule("RUL-004", "rating", {"indicator": "peace.permission", "is": "yes"}, {"rating_at_most": "narrowed"}),
        rule("RUL-005", "upgrade_gate", {"indicator": "peace.permission", "is": "no"}, {"gate": "open"}),
        rule("RUL-006", "watchlist", {"indicator": "peace.dispersed", "is": "yes"}, {"watchlist": "on"}),
    ]
    return with_codebook(rules_of([*rules, *more], codebook), codebook)
