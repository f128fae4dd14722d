"""What a rule makes of given facts: a verdict of three (fires, excluded, open), for a measure a number.

Reads conditions without compiler and engines.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import frozen

from ratingengine.engine.measures import measure_value
from ratingengine.method.rulefile.checks import node_of
from ratingengine.model.condition import All, AnyOf, Atom, Condition, atoms
from ratingengine.model.indicator import Codebook, Indicator
from ratingengine.model.normal import Normal, Subject, normalise, number_of, subject_of
from ratingengine.model.rule import Measure, Rule, RuleSet
from ratingengine.model.terms import NO_VALUE, scaled
from ratingengine.model.value import IndicatorValue, MeasureValue

FIRES, EXCLUDED, OPEN = "fires", "does_not_fire", "possible"
OUTCOMES = (FIRES, EXCLUDED, OPEN)
MISSING, TO = "missing", " to "
"""What a measure comes to when there is not enough evidence, and what joins the ends of one that is only bounded."""
FORMS = ("value", "at_least", "at_most")

Facts = Mapping[str, tuple[str, str]]
"""What is said of each name: the form (value, at_least, at_most) and the text; what is not there is missing."""
Node = tuple[str, str]
"""A profile, and a finding, level or measure as `node_of` names it."""


def verdict(rule: Rule, given: Facts, rule_set: RuleSet, codebook: Codebook) -> str:
    """Whether the rule fires, is excluded, or is left open by what is given; absent names are missing.

    Raises NotInTerms for a fact outside its terms.
    """
    return Bench.of(rule_set, codebook).verdict(rule, given)


def key_of(atom: Atom) -> str:
    """The name under which a case gives what the atom reads."""
    return atom.name if atom.subject in ("indicator", "measure", "finding") else f"{atom.subject}.{atom.name}"


@frozen
class Bench:
    """The rules and the codebook that cases are tried on.

    `makers` are the rules that give a finding, level or measure, `beneath` the names that one rests on, to the bottom.
    """

    rule_set: RuleSet
    codebook: Codebook
    measures: Mapping[str, dict[str, Measure]]
    makers: Mapping[Node, tuple[Rule, ...]]
    beneath: Mapping[Node, frozenset[str]]

    @classmethod
    def of(cls, rule_set: RuleSet, codebook: Codebook) -> Bench:
        """A bench for a checked rule set: rules that rest on each other in a circle (R204) cannot be tried."""
        makers: dict[Node, list[Rule]] = {}
        measures: dict[str, dict[str, Measure]] = {profile: {} for profile in rule_set.scale.profiles}
        for rule in rule_set.rules.values():
            if rule.measure is not None:
                measures.setdefault(rule.profile, {})[rule.then.name] = rule.measure
            if rule.kind in ("finding", "level", "measure") and rule.until is None:
                makers.setdefault((rule.profile, node_of(rule)), []).append(rule)
        found = {node: tuple(rules) for node, rules in makers.items()}
        return cls(rule_set, codebook, measures, found, _beneath(found))

    def verdict(self, rule: Rule, given: Facts) -> str:
        """Whether the rule fires, is excluded, or is left open; a measure has no condition and is left open."""
        return OPEN if rule.when is None else self.standing(rule.when, given, rule.profile)

    def outcome(self, rule: Rule, given: Facts) -> str:
        """The verdict on a rule with a condition; of a measure its number, `1 to 2`, or missing."""
        if rule.measure is None:
            return self.verdict(rule, given)
        found = self._measured(rule.measure, given)
        ends = dict.fromkeys(number_of(rule.measure, end) for end in (found.best, found.worst))
        return TO.join(ends) if found.known else MISSING

    def expected(self, rule: Rule, expect: str) -> str:
        """What a case expects, as `outcome` would write it; raises NotInTerms for a number that the measure cannot be."""
        if rule.measure is None or expect in (*OUTCOMES, MISSING):
            return expect
        subject = Subject(None, None, 0, 0, False, rule.measure.decimals)
        return TO.join(dict.fromkeys(subject.words_of(subject.severity(end)) for end in expect.split(TO)))

    def standing(self, condition: Condition, given: Facts, profile: str) -> str:
        """The same of any condition of a profile."""
        if self.holds(condition, given, profile, worst=False):
            return FIRES
        return OPEN if self.holds(condition, given, profile, worst=True) else EXCLUDED

    def holds(self, condition: Condition, given: Facts, profile: str, *, worst: bool) -> bool:
        """Whether the condition holds at the best end of what is given, or at its worst end."""
        if isinstance(condition, Atom):
            return self._atom(condition, given, profile, worst)
        held = [self.holds(part, given, profile, worst=worst) for part in condition.parts]
        if isinstance(condition, All):
            return all(held)
        return any(held) if isinstance(condition, AnyOf) else sum(held) >= condition.count

    def meaning(self, atom: Atom, profile: str) -> tuple[Normal, Subject]:
        """The normal form of an atom that is no finding."""
        subject = subject_of(atom, self.codebook, self.rule_set.scale, self.measures.get(profile, {}))
        return normalise(atom, subject), subject

    def severities(self, atom: Atom, given: Facts, profile: str) -> tuple[int, int] | None:
        """The best and worst severity that the given fact allows an atom that is no finding; None where nothing is given."""
        fact = given.get(key_of(atom))
        if fact is None and atom.subject == "measure":
            return self._worked_out(atom, given, profile)
        if fact is None or fact[1] == MISSING:
            return None
        _, subject = self.meaning(atom, profile)
        return _ends(fact, subject.severity(fact[1]), subject.indicator, subject.lowest, subject.highest)

    def reads(self, rule: Rule) -> tuple[frozenset[str], frozenset[str]]:
        """The names that a case of the rule may give: those the rule reads, and those that findings and levels rest on."""
        if rule.measure is not None:
            return rule.indicators, frozenset()
        found = () if rule.when is None else tuple(atoms(rule.when))
        nodes = [(rule.profile, f"{atom.subject} {atom.name}") for atom in found]
        return frozenset(map(key_of, found)), frozenset().union(*(self.beneath.get(node, frozenset()) for node in nodes))

    def _atom(self, atom: Atom, given: Facts, profile: str, worst: bool) -> bool:
        fact = given.get(key_of(atom))
        if fact is None and atom.subject != "measure":
            node = (profile, f"{atom.subject} {atom.name}")
            rests_on = self.beneath.get(node)
            # A finding or level that is not given itself follows from what is given beneath it.
            return worst if rests_on is None or rests_on.isdisjoint(given) else self._follows(atom, node, given, worst)
        if atom.subject == "finding" and fact is not None and fact[1] != MISSING:
            return fact[1] == "yes"
        ends = None if atom.subject == "finding" else self.severities(atom, given, profile)
        if ends is None:
            return worst
        normal, (low, high) = self.meaning(atom, profile)[0], ends
        if normal.better:
            return (low if worst else high) <= normal.threshold
        return (high if worst else low) >= normal.threshold

    def _worked_out(self, atom: Atom, given: Facts, profile: str) -> tuple[int, int] | None:
        """Both ends of a measure from what is given of its inputs; None where nothing is."""
        measure = self.measures[profile][atom.name]
        if not any(entry.indicator in given for entry in measure.inputs):
            return None
        found = self._measured(measure, given)
        return found.best, found.worst

    def _measured(self, measure: Measure, given: Facts) -> MeasureValue:
        names = {entry.indicator for entry in measure.inputs}
        values = {name: _value(self.codebook[name], given.get(name)) for name in names}
        return measure_value(measure, values, self.codebook)

    def _follows(self, atom: Atom, node: Node, given: Facts, worst: bool) -> bool:
        held = [
            rule for rule in self.makers[node] if rule.when is not None and self.holds(rule.when, given, node[0], worst=worst)
        ]
        if atom.subject == "finding":
            return bool(held)
        severity = self.rule_set.scale.severity
        ceiling = max((severity(rule.then.word) for rule in held), default=0)
        return ceiling >= self.meaning(atom, node[0])[0].threshold


def _beneath(makers: Mapping[Node, tuple[Rule, ...]]) -> Mapping[Node, frozenset[str]]:
    known: dict[Node, frozenset[str]] = {}

    def names(node: Node) -> frozenset[str]:
        if node not in known:
            inputs = frozenset().union(*(rule.indicators for rule in makers[node]))
            found = [atom for rule in makers[node] if rule.when is not None for atom in atoms(rule.when)]
            known[node] = inputs.union(*(of_atom(node[0], atom) for atom in found))
        return known[node]

    def of_atom(profile: str, atom: Atom) -> Iterator[str]:
        yield key_of(atom)
        below = (profile, f"{atom.subject} {atom.name}")
        if below in makers:
            yield from names(below)

    return {node: names(node) for node in makers}


def says_none(indicator: Indicator, fact: tuple[str, str]) -> bool:
    """Whether a fact says that there is no value."""
    return indicator.may_be_none and fact == ("value", NO_VALUE)


def _value(indicator: Indicator, fact: tuple[str, str] | None) -> IndicatorValue:
    """What a fact says of an indicator, as evidence would."""
    lowest, highest = indicator.lowest, indicator.highest
    if fact is not None and says_none(indicator, fact):
        return IndicatorValue(indicator, lowest, highest, (), (), absent=True)
    if fact is not None and fact[1] != MISSING:
        value = scaled(indicator, fact[1])
        lowest, highest = (lowest if fact[0] == "at_most" else value), (highest if fact[0] == "at_least" else value)
    return IndicatorValue(indicator, lowest, highest, (), ())


def _ends(fact: tuple[str, str], severity: int, indicator: Indicator | None, lowest: int, highest: int) -> tuple[int, int]:
    """The ends of what a fact allows; at_least bounds from below in the indicator's own numbers."""
    form = fact[0]
    if form == "value":
        return severity, severity
    upward = (form == "at_least") == (indicator is None or indicator.worse == "higher")
    return (severity, highest) if upward else (lowest, severity)
