"""Small programs built by hand, for what no rule file would hold."""

from __future__ import annotations

from ratingengine.model.program import Program, ProgramRule, Support, Target, Test, Variable

REPRESSED = Target("rating", "", 3)


def at(variable: int, threshold: int) -> Test:
    """A test of a variable."""
    return Test("variable", variable, threshold)


def finding(name: str) -> Test:
    """A test of a finding."""
    return Test("finding", name=name)


def level(facet: str, severity: int) -> Test:
    """A test of a level."""
    return Test("level", threshold=severity, name=facet)


def rule(number: int, *alternatives: tuple[Test, ...], stratum: int = 1, target: Target = REPRESSED) -> ProgramRule:
    """A rule; its conclusion is put in the simplest words."""
    return ProgramRule(f"RUL-{number:05}", stratum, target, f"{target.kind} {target.name}".strip(), alternatives)


def program(rules: list[ProgramRule], variables: int = 1) -> Program:
    """A program in canonical order with words for every test."""
    tests = {test for entry in rules for alternative in entry.alternatives for test in alternative}
    supports = {
        test: Support(test.kind, test.name or f"i{test.variable}", "at_least", str(test.threshold)) for test in sorted(tests)
    }
    names = tuple(Variable("indicator", f"assembly.i{n}") for n in range(variables))
    ordered = tuple(sorted(rules, key=lambda entry: (entry.stratum, entry.id)))
    return Program("coded", names, ordered, supports, ("association", "peaceful_assembly"), 4)


def wide(conditions: int) -> Program:
    """One rule of so many conditions, each on a fact of its own."""
    return program([rule(1, tuple(at(n, 1) for n in range(conditions)))], conditions)


def shared(rules: int) -> Program:
    """So many rules on one condition."""
    return program([rule(n, (at(0, 1),)) for n in range(rules)])


def distinct(conditions: int) -> Program:
    """So many conditions, sixty-four to a fact."""
    return program([rule(n, (at(n // 64, n % 64 + 1),)) for n in range(conditions)], 9)


def thresholds(number: int) -> Program:
    """So many thresholds on one fact."""
    return program([rule(n, (at(0, n + 1),)) for n in range(number)])


def paired(rules: int) -> Program:
    """So many rules of two conditions out of few."""
    return program([rule(n, (at(0, n // 64 + 1), at(1, n % 64 + 1))) for n in range(rules)], 2)


def far(threshold: int) -> Program:
    """One rule with a threshold far out."""
    return program([rule(1, (at(0, threshold),))])
