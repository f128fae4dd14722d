"""Findings of one rule set: idle rules, near twins, what no rule reads, rules without a case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from attrs import evolve, frozen

from ratingengine.engine.measures import measure_range
from ratingengine.errors import InvalidInput, Problem
from ratingengine.method.compiler import compile_profile
from ratingengine.method.rulefile.checks import rule_atoms
from ratingengine.model.condition import Atom, describe
from ratingengine.model.indicator import Codebook
from ratingengine.model.normal import Subject, normalise, subject_of, vacuous
from ratingengine.model.rule import Rule, RuleSet
from ratingengine.ruleset.cases import Bench
from ratingengine.ruleset.cases.folder import Suite
from ratingengine.ruleset.check.finding import Files
from ratingengine.ruleset.check.shadows import Shadow, shadows
from ratingengine.ruleset.test.formula import Formula, Reach, formula

Found = Iterator[Problem]
Skeleton = tuple[object, ...]


@frozen
class UnderLint:
    """A rule set without errors, the codebook that it reads, its cases, and the files of all three."""

    rule_set: RuleSet
    codebook: Codebook
    suite: Suite
    files: Files

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules of today's method, by id."""
        return tuple(rule for rule in self.rule_set.rules.values() if rule.in_force(None))


def rule_findings(under: UnderLint) -> Found:
    """Every finding that rules, codebook and cases show by themselves."""
    idle = [shadow for profile in under.rule_set.scale.profiles for shadow in _shadows(under, profile)]
    yield from (_shadowed(under, shadow) for shadow in idle)
    yield from _twins(under, {shadow.rule for shadow in idle})
    yield from _unread(under)
    yield from _without_case(under)
    yield from (_idle_condition(under, idle) for idle in idle_conditions(under))


def _shadows(under: UnderLint, profile: str) -> Sequence[Shadow]:
    try:
        return tuple(shadows(compile_profile(under.rule_set, under.codebook, profile)))
    except InvalidInput:  # pragma: no cover  # what cannot be compiled is an error, and then nothing is linted
        return ()


def _shadowed(under: UnderLint, shadow: Shadow) -> Problem:
    rule, others = under.rule_set.rules[shadow.rule], [under.rule_set.rules[name] for name in shadow.others]
    if len(others) == 1:
        message = f"rule {rule.id} never changes an outcome: whenever it holds, {others[0].id} holds and gives {others[0].then}"
        hint = f"end it with until:, make {others[0].id} narrower, or let it conclude more"
        return under.files.finding("L501", message, rule.place, hint, len(rule.id))
    names = ", ".join(other.id for other in others)
    message = f"rule {rule.id} never changes an outcome: whenever it holds, one of {names} holds and gives at least {rule.then}"
    hint = "end it with until:, make one of them narrower, or let it conclude more"
    return under.files.finding("L502", message, rule.place, hint, len(rule.id))


def _twins(under: UnderLint, idle: set[str]) -> Found:
    """Pairs of one kind and facet whose conditions are the same but for one threshold; steps of a ladder are none."""
    bench = Bench.of(under.rule_set, under.codebook)
    formed = [
        (rule, *_skeleton(formula(rule.when, rule.profile, bench)))
        for rule in under.rules
        if rule.when is not None and rule.id not in idle
    ]
    for (one, shape, cuts), (other, other_shape, other_cuts) in combinations(formed, 2):
        alike = (one.kind, one.profile, one.then.facet) == (other.kind, other.profile, other.then.facet)
        if not alike or shape != other_shape or _ladder(one, other):
            continue
        moved = sum(cut != other_cut for cut, other_cut in zip(cuts, other_cuts, strict=True))
        # That two rules read one indicator alone, at two thresholds, is how a ladder of findings is written.
        if moved == 0 or (moved == 1 and len(cuts) > 1):
            yield _twin(under, one, other, moved)


def _twin(under: UnderLint, rule: Rule, other: Rule, moved: int) -> Problem:
    same = "the same condition as" if not moved else "the condition of"
    but = "" if not moved else " but for one threshold"
    words = "" if other.when is None else describe(other.when)
    message = f"rule {other.id} has {same} {rule.id}{but}, and gives {other.then} where that gives {rule.then}: '{words}'"
    hint = f"say it once: let one rule read what {rule.id} finds, or say in the rationale why both are needed and change one"
    return under.files.finding("L503", message, other.place, hint, len(other.id))


def _ladder(rule: Rule, other: Rule) -> bool:
    """Whether the two give different ceilings of one thing: graver evidence, graver ceiling."""
    return rule.kind in ("level", "rating") and rule.then.word != other.then.word


def _skeleton(found: Formula) -> tuple[Skeleton, tuple[int, ...]]:
    """A formula without its thresholds, and the thresholds in an order that does not hang on how it is written."""
    if isinstance(found, Reach):
        return (found.name, found.better), (found.threshold,)
    parts = sorted((_skeleton(part) for part in found.parts), key=repr)
    return (found.count, *(shape for shape, _ in parts)), tuple(cut for _, cuts in parts for cut in cuts)


def _unread(under: UnderLint) -> Found:
    """Findings and measures that no rule in force reads; of findings without any reader at all R203 tells."""
    reads = {(rule.profile, atom.subject, atom.name) for rule in under.rules for atom in rule_atoms(rule)}
    for rule in under.rules:
        if rule.kind in ("finding", "measure") and (rule.profile, rule.kind, rule.then.name) not in reads:
            message = f"rule {rule.id}: no rule in force reads the {rule.kind} '{rule.then.name}'"
            yield under.files.finding("L506", message, rule.then_place, "let a rule read it, or end this rule with until:")


def _without_case(under: UnderLint) -> Found:
    """Rules in force without a case, where the rule set has cases at all."""
    tried = {case.rule for case in under.suite.cases}
    for rule in under.rules if under.suite.files else ():
        if rule.id not in tried:
            hint = "write cases beside the rules: both sides of its threshold, and nothing known (docs/testing-rules.md)"
            yield under.files.finding("L509", f"rule {rule.id} has no case", rule.place, hint, len(rule.id))


@frozen
class Idle:
    """A condition that every value meets, or none; `subject` has the ends that its measure or level can come to."""

    rule: Rule
    atom: Atom
    subject: Subject
    reason: str


def idle_conditions(under: UnderLint) -> Iterator[Idle]:
    """Conditions on measures and levels that tell nothing apart; of indicators R220 says so."""
    worst = _worst_levels(under)
    for rule in under.rules:
        measures = {
            other.then.name: other.measure for other in under.rules if other.measure is not None and other.profile == rule.profile
        }
        for atom in rule_atoms(rule):
            if atom.subject == "measure":
                low, high = measure_range(measures[atom.name], under.codebook)
            elif atom.subject == "level":
                low, high = 0, worst.get((rule.profile, atom.name), 0)
            else:
                continue
            subject = evolve(subject_of(atom, under.codebook, under.rule_set.scale, measures), lowest=low, highest=high)
            if reason := vacuous(normalise(atom, subject), subject):
                yield Idle(rule, atom, subject, reason)


def _worst_levels(under: UnderLint) -> Mapping[tuple[str, str], int]:
    """The severest level that the rules in force of a profile set on a facet."""
    worst: dict[tuple[str, str], int] = {}
    for rule in under.rules:
        if rule.kind == "level":
            key, severity = (rule.profile, rule.then.facet), under.rule_set.scale.severity(rule.then.word)
            worst[key] = max(worst.get(key, 0), severity)
    return worst


def _idle_condition(under: UnderLint, idle: Idle) -> Problem:
    atom, subject = idle.atom, idle.subject
    first, last = subject.words_of(subject.lowest), subject.words_of(subject.highest)
    if atom.subject == "level":
        lowered = f"the rules in force lower {atom.name} to {last} at worst"
        because = lowered if subject.highest else f"no rule in force lowers {atom.name}"
        hint = "ask for a level that a rule sets, or add the rule that sets this one"
    elif first == last:
        because = f"{atom.name} is {first} at every value of its inputs"
        hint = "let the measure tell something: look at from:, to: and weight: of its inputs, and at decimals:"
    else:
        because = f"{atom.name} goes from {first} to {last} over all values of its inputs"
        step = 1 if atom.test in ("at_least", "less_than") else 0
        ends = dict.fromkeys(subject.words_of(end + step) for end in (subject.lowest, subject.highest - 1))
        hint = f"choose a threshold within that ({atom.test}: {' to '.join(ends)}), or let the measure's inputs reach further"
    message = f"rule {idle.rule.id}: {because}, so {idle.reason} '{atom}'"
    return under.files.finding("L513", message, atom.operand_place, hint, max(1, len(atom.operands[0])))
