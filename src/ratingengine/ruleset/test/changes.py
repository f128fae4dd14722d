"""Small changes of a condition: a threshold a step off, a join loosened, a direction turned, a part left out or swapped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import evolve, frozen

from ratingengine.errors import Place
from ratingengine.model.condition import All, AnyOf, Atom, Condition, NOf, atoms, describe
from ratingengine.model.normal import Normal, Subject, support_words
from ratingengine.model.rule import Rule
from ratingengine.ruleset.cases import Bench

TURNED = {"at_least": "at_most", "at_most": "at_least", "more_than": "less_than", "less_than": "more_than"}
LEFT_OUT = "left out"


@frozen
class Change:
    """A condition with one change: what kind, where, and the changed part before and after in the rule's words."""

    condition: Condition
    kind: str
    place: Place
    before: str
    after: str


@frozen
class Names:
    """What may stand in for what: of each finding another one of its facet, of each facet the next."""

    findings: Mapping[str, str]
    facets: Mapping[str, str]

    @classmethod
    def of(cls, profile: str, bench: Bench) -> Names:
        """The stand-ins of a profile: the next by name, the first after the last; none where there is no other."""
        by_facet: dict[str, set[str]] = {}
        for rules in bench.makers.values():
            for rule in rules:
                if rule.kind == "finding" and rule.profile == profile:
                    by_facet.setdefault(rule.then.facet, set()).add(rule.then.name)
        findings = {name: other for names in by_facet.values() for name, other in _round(sorted(names))}
        return cls(findings, dict(_round(list(bench.rule_set.scale.facet_ids))))


def _round(names: list[str]) -> Iterator[tuple[str, str]]:
    if len(names) > 1:
        yield from zip(names, [*names[1:], names[0]], strict=True)


def changes(rule: Rule, bench: Bench) -> Iterator[Change]:
    """Every change of a rule's condition, in the order of the rule file; some may say the same."""
    if rule.when is None:
        return
    for change in _changes(rule.when, rule, bench, Names.of(rule.profile, bench)):
        # Findings of one facet stand beside each other in a rule: swapping one for another there would say it twice.
        if change.kind != "swapped" or change.after not in {str(atom) for atom in atoms(rule.when)}:
            yield change


def _changes(condition: Condition, rule: Rule, bench: Bench, names: Names) -> Iterator[Change]:
    if isinstance(condition, Atom):
        for kind, changed in _atoms(condition, rule, bench, names):
            yield Change(changed, kind, condition.operand_place, str(condition), str(changed))
        return
    yield from _joined(condition)
    for number, part in enumerate(condition.parts):
        before, after = condition.parts[:number], condition.parts[number + 1 :]
        for change in _changes(part, rule, bench, names):
            yield evolve(change, condition=evolve(condition, parts=(*before, change.condition, *after)))
        if len(condition.parts) > 1:
            rest = _join(min(_count(condition), len(condition.parts) - 1), (*before, *after), condition)
            if isinstance(condition, All):
                rest = _join(len(condition.parts) - 1, (*before, *after), condition)
            yield Change(rest, "dropped", _place(part), describe(part, joined=True), LEFT_OUT)


def _count(condition: All | AnyOf | NOf) -> int:
    if isinstance(condition, NOf):
        return condition.count
    return len(condition.parts) if isinstance(condition, All) else 1


def _joined(condition: All | AnyOf | NOf) -> Iterator[Change]:
    """One part fewer or more has to hold; all becomes any, and any all."""
    count, size = _count(condition), len(condition.parts)
    others = {count - 1, count + 1}
    if count in (1, size):
        others.add(size + 1 - count)
    for other in sorted(others):
        if 1 <= other <= size:
            changed = _join(other, condition.parts, condition)
            yield Change(changed, "connective", _place(condition), describe(condition), describe(changed))


def _join(count: int, parts: tuple[Condition, ...], was: All | AnyOf | NOf) -> Condition:
    if len(parts) == 1:
        return parts[0]
    if count == len(parts):
        return All(parts)
    return AnyOf(parts) if count == 1 else NOf(count, parts, _place(was))


def _place(condition: Condition) -> Place:
    """Where a condition stands: its count, or its first atom."""
    if isinstance(condition, NOf):
        return condition.place
    return next(atoms(condition)).place


def _atoms(atom: Atom, rule: Rule, bench: Bench, names: Names) -> Iterator[tuple[str, Atom]]:
    if atom.subject == "finding":
        if atom.name in names.findings:
            yield "swapped", evolve(atom, name=names.findings[atom.name])
        return
    normal, subject = bench.meaning(atom, rule.profile)
    for step in (-1, 1):
        moved = _moved(atom, normal, subject, step)
        if moved is not None:
            yield "threshold", moved
    turned = _turned(atom, normal, subject)
    if turned is not None:
        yield "direction", turned
    if atom.subject == "level" and atom.name in names.facets:
        yield "swapped", evolve(atom, name=names.facets[atom.name])


def _moved(atom: Atom, normal: Normal, subject: Subject, step: int) -> Atom | None:
    """The threshold one step of the subject's own numbers or words off, if there is such a value."""
    if atom.test not in TURNED:
        return _canonical(atom, Normal(normal.threshold + step, normal.better), subject)
    severity = subject.severity(atom.operands[0]) + step
    return evolve(atom, operands=(subject.words_of(severity),)) if _within(severity, subject) else None


def _turned(atom: Atom, normal: Normal, subject: Subject) -> Atom | None:
    """The comparison turned round; words that were named become the others."""
    if atom.test in TURNED:
        return evolve(atom, test=TURNED[atom.test])
    return _canonical(atom, Normal(normal.threshold + (1 if normal.better else -1), not normal.better), subject)


def _canonical(atom: Atom, normal: Normal, subject: Subject) -> Atom | None:
    if not _within(normal.threshold, subject):
        return None
    test, operand = support_words(normal, subject)
    return evolve(atom, test=test, operands=(operand,))


def _within(severity: int, subject: Subject) -> bool:
    return subject.lowest <= severity <= subject.highest
