"""Single thresholds of rules moved to the nearest value that turns one country-year, and what they do to all others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import evolve, frozen

from ratingengine.assess import Method
from ratingengine.backtest.replay import Found
from ratingengine.compiler import with_rule
from ratingengine.errors import InvalidInput
from ratingengine.model.condition import Atom, Condition, atoms
from ratingengine.model.indicator import UNBOUNDED
from ratingengine.model.program import Program, Variable
from ratingengine.model.rule import Rule, RuleSet
from ratingengine.normal import Normal, Subject, normalise, subject_of, support_words


@frozen
class Threshold:
    """An atom of a rule that points in the worse direction: where it stands in the condition, and what it tests."""

    rule: Rule
    number: int
    atom: Atom
    subject: Subject
    threshold: int
    variable: int | None

    def value(self, values: Sequence[int], levels: Mapping[str, int]) -> int:
        """The severity that it is held against."""
        return levels[self.atom.name] if self.variable is None else values[self.variable]


@frozen(order=True)
class Edit:
    """One threshold moved: the rule, which of its atoms, and where to; `steps` of its grid away."""

    rule: str
    number: int
    to: int
    steps: int


def thresholds(rule_set: RuleSet, method: Method, profile: str) -> tuple[Threshold, ...]:
    """Every threshold of a profile's rules, but for those on the year before and in the better direction."""
    program, measures = method.programs[profile], dict(method.compiled.measures[profile])
    index = {variable: number for number, variable in enumerate(program.variables)}
    found = []
    for compiled in program.rules:
        rule = rule_set.rules[compiled.id]
        for number, atom in enumerate(() if rule.when is None else atoms(rule.when)):
            if atom.subject in ("finding", "prior"):
                continue
            subject = subject_of(atom, method.codebook, method.scale, measures)
            normal = normalise(atom, subject)
            if not normal.better:
                place = None if atom.subject == "level" else index[Variable(atom.subject, atom.name)]
                found.append(Threshold(rule, number, atom, subject, normal.threshold, place))
    return tuple(found)


def nearest(threshold: Threshold, values: Sequence[int], found: Found, *, worse: bool) -> Edit | None:
    """The edit that makes this atom hold on these values (`worse`), or fail; None where none does, or it would always hold."""
    value = threshold.value(values, found.levels)
    holds = value >= threshold.threshold
    if holds == worse or abs(value) >= UNBOUNDED:
        return None
    to = value if worse else value + 1
    if not threshold.subject.lowest < to <= threshold.subject.highest:
        return None
    return Edit(threshold.rule.id, threshold.number, to, abs(to - threshold.threshold))


def atom_after(threshold: Threshold, edit: Edit) -> Atom:
    """The atom with its threshold moved, in canonical words."""
    test, operand = support_words(Normal(edit.to, better=False), threshold.subject)
    return evolve(threshold.atom, test=test, operands=(operand,))


def edited(method: Method, profile: str, rule_set: RuleSet, threshold: Threshold, edit: Edit) -> Program | None:
    """The profile's program after the edit; None where it would expand to too many alternatives."""
    rule = threshold.rule
    if rule.when is None:
        return None
    changed = evolve(rule, when=_replaced(rule.when, iter(range(1_000_000)), threshold.number, atom_after(threshold, edit)))
    try:
        return with_rule(method.programs[profile], rule_set, method.codebook, changed, method.compiled.day)
    except InvalidInput:
        return None


def _replaced(condition: Condition, count: Iterator[int], number: int, atom: Atom) -> Condition:
    if isinstance(condition, Atom):
        return atom if next(count) == number else condition
    return evolve(condition, parts=tuple(_replaced(part, count, number, atom) for part in condition.parts))
