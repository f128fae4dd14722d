"""Bounds of durable-rules 2.0.28, enforced before any fact arrives: beyond them it crashes, hangs or answers wrongly.

Measured on that release; each bound has a test in tests/unit/engines/test_bounds.py and an entry in docs/errors.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from attrs import frozen

from ratingengine.errors import Problem
from ratingengine.model.program import Program, Test

MOST_CONDITIONS = 16
MOST_RULES_ON_ONE_CONDITION = 255
MOST_FIRST_CONDITIONS = 511
MOST_MATCHES_OF_ONE_FACT = 64
MOST_RULES = 4096
MOST_PROPERTIES = 252
EXACT = 2**53
SECONDS_AN_ACTION = 10
REMEDY = "split the rule with findings, or run with --engine reference"


@frozen(order=True)
class Condition:
    """`i == subject and v >= threshold`: the only form the engine is given, the equality first."""

    subject: int
    threshold: int


@frozen
class Layout:
    """Numbers for everything a fact can be about: variables first, then findings, then facets' levels; `go` starts a run."""

    findings: Mapping[str, int]
    levels: Mapping[str, int]
    go: int

    def condition(self, test: Test) -> Condition:
        """The condition of a test."""
        if test.kind == "variable":
            return Condition(test.variable, test.threshold)
        if test.kind == "finding":
            return Condition(self.findings[test.name], 1)
        return Condition(self.levels[test.name], test.threshold)


def layout(program: Program) -> Layout:
    """The numbering of a program's subjects."""
    named = {rule.target.name for rule in program.rules if rule.target.kind == "finding"}
    named |= {test.name for rule in program.rules for alt in rule.alternatives for test in alt if test.kind == "finding"}
    start = len(program.variables)
    findings = {name: start + n for n, name in enumerate(sorted(named))}
    start += len(findings)
    levels = {facet: start + n for n, facet in enumerate(program.facets)}
    return Layout(findings, levels, start + len(levels))


def check_bounds(program: Program) -> tuple[Problem, ...]:
    """Every bound that the program would break, as problems C401 to C407; empty when it is safe to run."""
    numbers = layout(program)
    rules = [
        (rule.id, tuple(numbers.condition(test) for test in alternative))
        for rule in program.rules
        for alternative in rule.alternatives
    ]
    identities = fact_ids(numbers, program.worst)
    return (*_width(rules), *_sharing(rules), *_totals(rules), *_range(rules), *collisions(map(str, identities.values())))


Alternative = tuple[str, tuple[Condition, ...]]


def _width(rules: list[Alternative]) -> Iterable[Problem]:
    for rule, conditions in rules:
        if len(conditions) > MOST_CONDITIONS:
            text = f"rule {rule} has {len(conditions)} conditions at once; durable-rules takes {MOST_CONDITIONS}"
            yield Problem("C401", text, hint=REMEDY)


def _sharing(rules: list[Alternative]) -> Iterable[Problem]:
    uses = Counter(condition for _, conditions in rules for condition in conditions)
    for condition, count in sorted(uses.items()):
        if count > MOST_RULES_ON_ONE_CONDITION:
            text = f"{count} alternatives share one condition; durable-rules takes {MOST_RULES_ON_ONE_CONDITION}"
            yield Problem("C402", text, hint=REMEDY)
    thresholds = Counter(condition.subject for condition in uses)
    for _, count in sorted(thresholds.items()):
        if count > MOST_MATCHES_OF_ONE_FACT:
            text = f"one fact can match {count} conditions at once; durable-rules takes {MOST_MATCHES_OF_ONE_FACT}"
            yield Problem("C404", text, hint="use fewer thresholds on one indicator, or run with --engine reference")


def _totals(rules: list[Alternative]) -> Iterable[Problem]:
    distinct = len({condition for _, conditions in rules for condition in conditions})
    if distinct > MOST_FIRST_CONDITIONS:
        text = f"{distinct} distinct conditions; durable-rules takes {MOST_FIRST_CONDITIONS}"
        yield Problem("C403", text, hint="run with --engine reference")
    if len(rules) > MOST_RULES:
        yield Problem("C407", f"{len(rules)} alternatives; durable-rules takes {MOST_RULES} rules", hint=REMEDY)


def _range(rules: list[Alternative]) -> Iterable[Problem]:
    for rule, conditions in rules:
        if any(abs(condition.threshold) >= EXACT for condition in conditions):
            text = f"rule {rule} has a threshold beyond 2^53, where durable-rules is no longer exact"
            yield Problem("C405", text, hint="use fewer decimals or a smaller unit in the codebook")


def fact_ids(numbers: Layout, worst: int) -> dict[tuple[int, int], int]:
    """A whole-number id for each fact that can ever be asserted: (subject, severity of a level or 0) to id."""
    subjects = [(subject, 0) for subject in range(min([*numbers.levels.values(), numbers.go]))]
    subjects += [(subject, severity) for subject in numbers.levels.values() for severity in range(worst + 1)]
    return {key: number for number, key in enumerate([*subjects, (numbers.go, 0)], start=1)}


def collisions(texts: Iterable[str]) -> Iterable[Problem]:
    """Texts that durable-rules would take for one another: it keeps 32-bit FNV-1a hashes and never compares the text."""
    seen: dict[int, str] = {}
    for text in texts:
        first = seen.setdefault(fnv1a(text), text)
        if first != text:
            message = f"durable-rules cannot tell '{first}' from '{text}' (same 32-bit hash)"
            yield Problem("C406", message, hint="run with --engine reference")


def fnv1a(text: str) -> int:
    """The 32-bit FNV-1a hash of the UTF-8 text."""
    value = 0x811C9DC5
    for byte in text.encode():
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    return value
