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
MOST_FIRST_CONDITIONS = 510  # 511 with that of the rule that starts a run; of 512 slots one must stay free
MOST_MATCHES_OF_ONE_FACT = 64
MOST_RULES = 4095  # 4,096 with the rule that starts a run
MOST_PROPERTIES = 252
EXACT = 2**53
SECONDS_AN_ACTION = 10
REMEDY = "split the rule with findings, or run with --engine reference"


Condition = tuple[int, int]
"""`i == subject and v >= threshold`: the only form the engine is given, the equality first."""


@frozen
class Layout:
    """A number for everything a fact can be about: variables first, then findings, then (facet, severity); `go` starts a run.

    A level has one subject a severity, so that no condition is ever met by two facts: each would fire the rule once more.
    """

    findings: Mapping[str, int]
    levels: Mapping[tuple[str, int], int]
    go: int

    def condition(self, test: Test) -> Condition:
        """The condition of a test."""
        if test.kind == "variable":
            return test.variable, test.threshold
        if test.kind == "finding":
            return self.findings[test.name], 1
        return self.levels[(test.name, test.threshold)], 1


def layout(program: Program) -> Layout:
    """The numbering of a program's subjects."""
    named = {rule.target.name for rule in program.rules if rule.target.kind == "finding"}
    named |= {test.name for rule in program.rules for alt in rule.alternatives for test in alt if test.kind == "finding"}
    start = len(program.variables)
    findings = {name: start + n for n, name in enumerate(sorted(named))}
    start += len(findings)
    named_levels = [(facet, severity) for facet in program.facets for severity in range(program.worst + 1)]
    levels = {level: start + n for n, level in enumerate(named_levels)}
    return Layout(findings, levels, start + len(levels))


def check_bounds(program: Program) -> tuple[Problem, ...]:
    """Every bound that the program would break, as problems C401 to C407; empty when it is safe to run."""
    numbers = layout(program)
    rules = [
        (rule.id, tuple(numbers.condition(test) for test in alternative))
        for rule in program.rules
        for alternative in rule.alternatives
    ]
    identities = (str(fact_id(subject)) for subject in range(numbers.go + 1))
    return (*_width(rules), *_sharing(rules), *_totals(rules), *_range(rules), *collisions(identities))


Alternative = tuple[str, tuple[Condition, ...]]


def _width(rules: list[Alternative]) -> Iterable[Problem]:
    for rule, conditions in rules:
        if len(conditions) > MOST_CONDITIONS:
            text = f"rule {rule} has {len(conditions)} conditions at once; durable-rules takes {MOST_CONDITIONS}"
            yield Problem("C401", text, hint=REMEDY)


def _sharing(rules: list[Alternative]) -> Iterable[Problem]:
    uses = Counter(condition for _, conditions in rules for condition in conditions)
    for _, count in sorted(uses.items()):
        if count > MOST_RULES_ON_ONE_CONDITION:
            text = f"{count} alternatives share one condition; durable-rules takes {MOST_RULES_ON_ONE_CONDITION}"
            yield Problem("C402", text, hint=REMEDY)
    thresholds = Counter(subject for subject, _ in uses)
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
        if any(abs(threshold) >= EXACT for _, threshold in conditions):
            text = f"rule {rule} has a threshold beyond 2^53, where durable-rules is no longer exact"
            yield Problem("C405", text, hint="use fewer decimals or a smaller unit in the codebook")


def fact_id(subject: int) -> int:
    """The whole-number id of the one fact about a subject; ids start at 1."""
    return subject + 1


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
