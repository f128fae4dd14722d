"""Cases of rules in the field's words, run against each rule's own condition with three values: holds, excluded, open."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from attrs import field, frozen

from ratingengine.errors import Place, Problem
from ratingengine.model.condition import All, AnyOf, Atom, Condition
from ratingengine.model.indicator import Codebook, Indicator
from ratingengine.model.rule import Rule, RuleSet
from ratingengine.nodes import Document, Node, Scalar
from ratingengine.nodes import Mapping as MappingNode
from ratingengine.normal import normalise, subject_of
from ratingengine.reading import Choice, Collector, Fields, Key, ListOf, Located, Record, Schema, Text
from ratingengine.reading.files import read_file
from ratingengine.reading.scalars import scalar_text
from ratingengine.terms import NotInTerms

FIRES, EXCLUDED, OPEN = "fires", "does_not_fire", "possible"
FORMS = ("value", "at_least", "at_most")
GIVEN_KEY = Text(
    "an indicator, finding, level.FACET or prior.VALUE", r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*", 80, "level.expression"
)


@frozen
class Given:
    """What a case says of each name: the form (value, at_least, at_most) and the text."""

    def read(self, node: Node, collector: Collector) -> Located[Mapping[str, tuple[str, str]]] | None:
        """The facts of a case by name."""
        if not isinstance(node, MappingNode):
            collector.wrong_kind(node, "facts (a mapping)", "write given: {assembly.protesters_killed: 1}")
            return None
        found: dict[str, tuple[str, str]] = {}
        for key, value in node.entries:
            name = GIVEN_KEY.read(key, collector)
            if name is None:
                continue
            if name.value in found:
                collector.add("F112", f"'{name.value}' stands twice in a case", key.place, "keep one of them", len(key.text))
                continue
            fact = _fact(value, collector)
            if fact is not None:
                found[name.value] = fact
        return Located(found, "", node.place)

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of this shape."""
        simple = {"type": ["string", "number", "boolean"], "pattern": r"\S"}
        bound = {"type": "object", "properties": {"at_least": simple, "at_most": simple}, "maxProperties": 1, "minProperties": 1}
        return {"type": "object", "additionalProperties": {"anyOf": [simple, {**bound, "additionalProperties": False}]}}


def _fact(value: Node, collector: Collector) -> tuple[str, str] | None:
    if isinstance(value, Scalar):
        return None if scalar_text(value, collector, "a value") is None else ("value", value.text)
    if isinstance(value, MappingNode) and len(value.entries) == 1:
        key, bound = value.entries[0]
        if key.text in FORMS[1:] and isinstance(bound, Scalar) and not bound.empty:
            return key.text, bound.text
    collector.wrong_kind(value, "a value, or {at_least: …}, or {at_most: …}")
    return None


CASE = Record(
    "a case",
    (
        Key("rule", Text("a rule id", r"[A-Z]{2,8}-[0-9]{3}", 12, "ASM-010")),
        Key("name", Text("a name", longest=160)),
        Key("given", Given()),
        Key("expect", Choice((FIRES, EXCLUDED, OPEN), "an expectation")),
    ),
)
FILE = Record("a case file", (Key("schema", Schema("ratingengine/cases/1")), Key("cases", ListOf(CASE, "cases"))))


@frozen
class Case:
    """One case of one rule."""

    rule: str
    name: str
    given: Mapping[str, tuple[str, str]]
    expect: str
    place: Place = field(eq=False)


def read_cases(path: Path) -> tuple[tuple[Case, ...], Document, tuple[Problem, ...]]:
    """The cases of one file."""
    found, document, problems = read_file(path, FILE, _file)
    return found or (), document, problems


def _file(fields: Fields, _collector: Collector) -> tuple[Case, ...]:
    read = [entry.value for entry in fields.get("cases", ())]
    return tuple(
        Case(f.get("rule"), f.get("name", ""), f.get("given"), f.get("expect"), f.place_of("rule"))
        for f in read
        if all(key in f for key in ("rule", "given", "expect"))
    )


def verdict(rule: Rule, given: Mapping[str, tuple[str, str]], rule_set: RuleSet, codebook: Codebook) -> str:
    """Whether the rule's condition holds, is excluded, or is left open by what is given; absent names are missing.

    Raises NotInTerms for a fact outside its terms.
    """
    if rule.when is None:
        return OPEN
    best, worst = (_holds(rule.when, given, rule_set, codebook, worst=end) for end in (False, True))
    return FIRES if best else OPEN if worst else EXCLUDED


def _holds(
    condition: Condition, given: Mapping[str, tuple[str, str]], rule_set: RuleSet, codebook: Codebook, *, worst: bool
) -> bool:
    if isinstance(condition, Atom):
        return _atom(condition, given, rule_set, codebook, worst)
    held = [_holds(part, given, rule_set, codebook, worst=worst) for part in condition.parts]
    if isinstance(condition, All):
        return all(held)
    return any(held) if isinstance(condition, AnyOf) else sum(held) >= condition.count


def _atom(atom: Atom, given: Mapping[str, tuple[str, str]], rule_set: RuleSet, codebook: Codebook, worst: bool) -> bool:
    fact = given.get(atom.name if atom.subject in ("indicator", "measure", "finding") else f"{atom.subject}.{atom.name}")
    if fact is None or fact[1] == "missing":
        return worst
    if atom.subject == "finding":
        return fact[1] == "yes"
    measures = {r.then.name: r.measure for r in rule_set.rules.values() if r.measure is not None}
    subject = subject_of(atom, codebook, rule_set.scale, measures)
    normal = normalise(atom, subject)
    low, high = _severities(fact, subject.severity(fact[1]), subject.indicator, subject.lowest, subject.highest)
    if normal.better:
        return (low if worst else high) <= normal.threshold
    return (high if worst else low) >= normal.threshold


def _severities(fact: tuple[str, str], severity: int, indicator: Indicator | None, lowest: int, highest: int) -> tuple[int, int]:
    """The ends of what a fact allows; at_least bounds from below in the indicator's own numbers."""
    form = fact[0]
    if form == "value":
        return severity, severity
    upward = (form == "at_least") == (indicator is None or indicator.worse == "higher")
    return (severity, highest) if upward else (lowest, severity)


__all__ = ["EXCLUDED", "FILE", "FIRES", "OPEN", "Case", "NotInTerms", "read_cases", "verdict"]
