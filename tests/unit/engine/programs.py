"""Small programs built by hand, for what no rule file would hold."""

from __future__ import annotations

from collections import Counter
from random import Random

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


def scattered(conditions: int) -> Program:
    """So many conditions, each on a fact of its own, each of a rule of its own."""
    return program([rule(n, (at(n, 1),)) for n in range(conditions)], conditions)


def crowded(seed: int) -> Program:
    """A random program near several bounds together: 500 conditions, thousands of alternatives, five strata."""
    chance = Random(seed)  # noqa: S311 - a sequence that can be repeated is wanted
    conditions = [at(n % (20 * seed), n // (20 * seed) % 64 + 1) for n in range(500)]
    used: Counter[Test] = Counter()

    def drawn(count: int) -> tuple[Test, ...]:
        found = {test.variable: test for test in chance.sample(conditions, count) if used[test] < 255}
        used.update(found.values())
        return tuple(found.values())

    rules = []
    for number in range(350):
        stratum = number // 70 + 1
        below = [finding(f"assembly.f{stratum - 2}")] if stratum > 1 and number % 3 == 0 else []
        widths = chance.choices((1, 2, 3, 8, 14), k=chance.choice((1, 2, 8, 30)))
        alternatives = [(*tests, *below) for tests in map(drawn, widths) if tests]
        target = Target("finding", f"assembly.f{stratum - 1}") if number % 5 == 0 else Target("rating", "", number % 5)
        used.update(below * len(alternatives))
        if alternatives and all(used[test] <= 255 for test in below):
            rules.append(rule(number, *alternatives, stratum=stratum, target=target))
    return program(rules, 20 * seed)
