"""Rule set to program: conditions become alternatives of integer tests, rules are put in strata. Pure; expects checked rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import combinations
from math import comb

from attrs import evolve, frozen

from ratingengine.errors import InvalidInput, Problem
from ratingengine.method.rulefile.checks import node_of, reads
from ratingengine.model.condition import All, AnyOf, Atom, Condition, atoms
from ratingengine.model.indicator import Codebook
from ratingengine.model.normal import Normal, Subject, normalise, subject_of, support_words
from ratingengine.model.program import Program, ProgramRule, Support, Target, Test, Variable
from ratingengine.model.rule import Measure, Rule, RuleSet
from ratingengine.model.scale import Scale

MOST_ALTERNATIVES = 64
"""A rule that expands to more is unreadable, and its trace too; findings say the same in steps."""

MOST_COMBINATIONS = 1024
"""Of an n_of; far more than the alternatives that may be left of them."""

Key = tuple[str, int, str, int]
"""Kind, variable, name, threshold of a test: a plain tuple, since expanding a condition compares thousands of them."""

SubjectKey = tuple[str, int, str]
Alternatives = frozenset[frozenset[Key]]


@frozen
class Terms:
    """What the atoms of one profile mean in numbers."""

    codebook: Codebook
    scale: Scale
    measures: Mapping[str, Measure]
    index: Mapping[Variable, int]

    def meaning(self, atom: Atom) -> tuple[Normal, Subject]:
        """The normal form of a numeric or word atom."""
        subject = subject_of(atom, self.codebook, self.scale, dict(self.measures))
        return normalise(atom, subject), subject

    def variable(self, atom: Atom) -> Variable:
        """The variable an indicator, measure or prior atom reads."""
        return Variable(atom.subject, atom.name, self.meaning(atom)[0].better)

    def test(self, atom: Atom) -> Test:
        """The integer test of an atom."""
        if atom.subject == "finding":
            return Test("finding", name=atom.name)
        normal, _ = self.meaning(atom)
        if atom.subject == "level":
            return Test("level", threshold=normal.threshold, name=atom.name)
        threshold = -normal.threshold if normal.better else normal.threshold
        return Test("variable", self.index[self.variable(atom)], threshold)

    def support(self, atom: Atom) -> Support:
        """The canonical words of an atom: `more than 9` and `at least 10` are the same support."""
        if atom.subject == "finding":
            return Support("finding", atom.name, "holds", "")
        normal, subject = self.meaning(atom)
        return Support(atom.subject, atom.name, *support_words(normal, subject))


def compile_profile(rule_set: RuleSet, codebook: Codebook, profile: str, method_day: date | None = None) -> Program:
    """The program of one profile, from the rules in force on `method_day` (None: the latest method).

    Raises InvalidInput (R219) where a rule expands to too many alternatives.
    """
    rules = [rule for rule in rule_set.of_profile(profile) if rule.in_force(method_day)]
    measures = _measures(rules)
    conditional = [rule for rule in rules if rule.when is not None]
    terms = Terms(codebook, rule_set.scale, measures, {})
    variables = _variables(conditional, terms)
    terms = Terms(codebook, rule_set.scale, measures, {variable: n for n, variable in enumerate(variables)})
    strata = _strata(conditional)
    compiled = [_rule(rule, terms, strata[rule.id]) for rule in conditional]
    compiled.sort(key=lambda rule: (rule.stratum, rule.id))
    return Program(
        profile=profile,
        variables=variables,
        rules=tuple(compiled),
        supports=_supports(conditional, terms),
        facets=rule_set.scale.facet_ids,
        worst=rule_set.scale.worst,
    )


def with_rule(program: Program, rule_set: RuleSet, codebook: Codebook, changed: Rule, method_day: date | None = None) -> Program:
    """The program with one of its rules in another form, which reads the same subjects in the same directions.

    Raises InvalidInput (R219) as `compile_profile` does.
    """
    ids = {rule.id for rule in program.rules}
    measures = _measures(rule for rule in rule_set.of_profile(program.profile) if rule.in_force(method_day))
    terms = Terms(codebook, rule_set.scale, measures, {variable: n for n, variable in enumerate(program.variables)})
    if changed.id not in ids or changed.when is None:
        raise ValueError(changed.id)
    rules = tuple(_rule(changed, terms, rule.stratum) if rule.id == changed.id else rule for rule in program.rules)
    return evolve(program, rules=rules, supports={**program.supports, **_supports([changed], terms)})


def _measures(rules: Iterable[Rule]) -> Mapping[str, Measure]:
    return {rule.then.name: rule.measure for rule in rules if rule.measure is not None}


def _variables(rules: Iterable[Rule], terms: Terms) -> tuple[Variable, ...]:
    found = (atom for rule in rules if rule.when is not None for atom in atoms(rule.when))
    return tuple(sorted({terms.variable(atom) for atom in found if atom.subject not in ("finding", "level")}))


def _supports(rules: Iterable[Rule], terms: Terms) -> Mapping[Test, Support]:
    found = [atom for rule in rules if rule.when is not None for atom in atoms(rule.when)]
    pairs = {terms.test(atom): terms.support(atom) for atom in found}
    return {test: pairs[test] for test in sorted(pairs)}


def _strata(rules: list[Rule]) -> dict[str, int]:
    """Rule id to stratum: one above the highest stratum of what the rule reads. Expects no cycles (R204)."""
    makers: dict[str, list[Rule]] = {}
    for rule in rules:
        makers.setdefault(node_of(rule), []).append(rule)
    known: dict[str, int] = {}

    def stratum(rule: Rule) -> int:
        if rule.id not in known:
            below = [stratum(maker) for node in sorted(reads(rule)) for maker in makers.get(node, ())]
            known[rule.id] = 1 + max(below, default=0)
        return known[rule.id]

    return {rule.id: stratum(rule) for rule in rules}


def _rule(rule: Rule, terms: Terms, stratum: int) -> ProgramRule:
    alternatives = frozenset() if rule.when is None else _absorb(_expand(rule, rule.when, terms))
    return ProgramRule(
        id=rule.id,
        stratum=stratum,
        target=_target(rule, terms.scale),
        conclusion=str(rule.then),
        alternatives=tuple(
            tuple(Test(kind, variable, threshold, name) for kind, variable, name, threshold in alternative)
            for alternative in sorted(sorted(alternative) for alternative in alternatives)
        ),
    )


def _target(rule: Rule, scale: Scale) -> Target:
    then = rule.then
    if rule.kind == "finding":
        return Target("finding", then.name)
    severity = scale.severity(then.word) if rule.kind in ("level", "rating") else 0
    return Target(rule.kind, then.facet, severity)


def _expand(rule: Rule, condition: Condition, terms: Terms) -> Alternatives:
    if isinstance(condition, Atom):
        test = terms.test(condition)
        return frozenset({frozenset({(test.kind, test.variable, test.name, test.threshold)})})
    parts = [_expand(rule, part, terms) for part in condition.parts]
    if isinstance(condition, AnyOf):
        return _limit(rule, frozenset().union(*parts))
    if isinstance(condition, All):
        return _conjunction(rule, parts)
    if comb(len(parts), condition.count) > MOST_COMBINATIONS:
        raise _too_many(rule)
    chosen = (_conjunction(rule, list(some)) for some in combinations(parts, condition.count))
    return _limit(rule, frozenset().union(*chosen))


def _conjunction(rule: Rule, parts: list[Alternatives]) -> Alternatives:
    found: Alternatives = frozenset({frozenset()})
    for part in parts:
        product = frozenset(left | right for left in found for right in part)
        found = product if len(product) == 1 else _limit(rule, product)
    return found


def _limit(rule: Rule, alternatives: Alternatives) -> Alternatives:
    """Without alternatives that another one makes superfluous; refuses too many."""
    minimal = _absorb(alternatives)
    if len(minimal) > MOST_ALTERNATIVES:
        raise _too_many(rule)
    return minimal


def _too_many(rule: Rule) -> InvalidInput:
    message = f"rule {rule.id}: the condition expands to more than {MOST_ALTERNATIVES} alternatives"
    return InvalidInput([Problem("R219", message, rule.place, hint="split it: let findings hold the parts")])


def _absorb(alternatives: Alternatives) -> Alternatives:
    kept: list[tuple[frozenset[SubjectKey], dict[SubjectKey, int]]] = []
    tightened = {frozenset(_tighten(found).items()) for found in alternatives}
    for alternative in sorted(tightened, key=lambda found: (len(found), sorted(found))):
        bounds = dict(alternative)
        subjects = frozenset(bounds)
        if not any(fewer <= subjects and _implied(other, bounds) for fewer, other in kept):
            kept.append((subjects, bounds))
    return frozenset(frozenset((*subject, threshold) for subject, threshold in bounds.items()) for _, bounds in kept)


def _tighten(alternative: frozenset[Key]) -> dict[SubjectKey, int]:
    """The threshold of each subject: of two in a conjunction only the higher one matters."""
    highest: dict[SubjectKey, int] = {}
    for kind, variable, name, threshold in alternative:
        subject = (kind, variable, name)
        highest[subject] = max(highest.get(subject, threshold), threshold)
    return highest


def _implied(weaker: dict[SubjectKey, int], stronger: dict[SubjectKey, int]) -> bool:
    """Whether each test of `weaker` follows from the test of `stronger` on the same subject."""
    return all(stronger[subject] >= threshold for subject, threshold in weaker.items())
