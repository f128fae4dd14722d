"""The part of a program that can still decide a question between two states of the evidence.

What is certain at both is left out, so that the many runs of a search test only what may change.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import define, evolve, field, frozen

from ratingengine.model.program import Program, ProgramRule, Test

TRUE: tuple[tuple[Test, ...], ...] = ((),)


@frozen
class Slice:
    """A smaller program, and which variable of the whole one each of its variables is."""

    program: Program
    numbers: tuple[int, ...]

    @property
    def mirrored(self) -> bool:
        """Whether a condition in the better direction is left: worse evidence may then give a better rating."""
        return any(variable.mirrored and variable.subject != "prior" for variable in self.program.variables)


@define
class _Known:
    """What is certain (true) and what is excluded of findings and levels, while rules are read in their order."""

    certain: set[tuple[str, str, int]] = field(factory=set)
    reachable: set[tuple[str, str, int]] = field(factory=set)

    def add(self, rule: ProgramRule) -> None:
        key = _key(rule)
        self.reachable.add(key)
        if () in rule.alternatives:
            self.certain.add(key)


def _key(rule: ProgramRule) -> tuple[str, str, int]:
    return (rule.target.kind, rule.target.name, rule.target.severity)


def sliced(program: Program, one: Sequence[int], other: Sequence[int], above: int) -> Slice:
    """The rules that decide whether the rating is worse than the severity `above`, for values between two vectors."""
    known = _Known()
    rules: list[ProgramRule] = []
    for rule in program.rules:
        alternatives = _simplified(rule, one, other, known)
        if alternatives:
            found = evolve(rule, alternatives=alternatives)
            known.add(found)
            rules.append(found)
    return _renumbered(program, _needed(rules, above))


def _simplified(rule: ProgramRule, one: Sequence[int], other: Sequence[int], known: _Known) -> tuple[tuple[Test, ...], ...]:
    kept: list[tuple[Test, ...]] = []
    for alternative in rule.alternatives:
        verdicts = [_verdict(test, one, other, known) for test in alternative]
        if False in verdicts:
            continue
        left = tuple(test for test, verdict in zip(alternative, verdicts, strict=True) if verdict is None)
        if not left:
            return TRUE
        kept.append(left)
    return tuple(dict.fromkeys(kept))


def _verdict(test: Test, one: Sequence[int], other: Sequence[int], known: _Known) -> bool | None:
    """Whether the test holds at both states (True), at neither (False), or depends."""
    if test.kind == "variable":
        ends = (one[test.variable], other[test.variable])
        return True if min(ends) >= test.threshold else False if max(ends) < test.threshold else None
    if any(_meets(test, key) for key in known.certain):
        return True
    return None if any(_meets(test, key) for key in known.reachable) else False


def _meets(test: Test, key: tuple[str, str, int]) -> bool:
    kind, name, severity = key
    return test.kind == kind and test.name == name and (kind != "level" or severity >= test.threshold)


def _needed(rules: Sequence[ProgramRule], above: int) -> tuple[ProgramRule, ...]:
    """Rating rules beyond `above`, and what they rest on, in the order of the program."""
    kept: dict[int, ProgramRule] = {}
    wanted: set[Test] = set()
    for number in reversed(range(len(rules))):
        rule = rules[number]
        rating = rule.target.kind == "rating" and rule.target.severity > above
        if rating or any(_meets(test, _key(rule)) for test in wanted):
            kept[number] = rule
            wanted |= {test for test in rule.tests if test.kind != "variable"}
    return tuple(kept[number] for number in sorted(kept))


def _renumbered(program: Program, rules: tuple[ProgramRule, ...]) -> Slice:
    tests = {test for rule in rules for test in rule.tests}
    numbers = tuple(sorted({test.variable for test in tests if test.kind == "variable"}))
    places = {old: new for new, old in enumerate(numbers)}
    fresh = {test: _moved(test, places) for test in tests}
    changed = tuple(
        evolve(rule, alternatives=tuple(tuple(fresh[test] for test in alternative) for alternative in rule.alternatives))
        for rule in rules
    )
    supports = {fresh[test]: program.supports[test] for test in tests}
    variables = tuple(program.variables[number] for number in numbers)
    return Slice(evolve(program, variables=variables, rules=changed, supports=supports), numbers)


def _moved(test: Test, places: Mapping[int, int]) -> Test:
    return evolve(test, variable=places[test.variable]) if test.kind == "variable" else test
