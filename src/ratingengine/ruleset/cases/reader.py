"""Reads cases of rules, told in the field's words: what is given of one rule's subjects, and what the rule makes of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from attrs import field, frozen

from ratingengine.errors import Place, Problem
from ratingengine.files.collect import Collector, Fields, Located
from ratingengine.files.declared import read_file
from ratingengine.files.mappings import Key, ListOf, Record
from ratingengine.files.nodes import Document, Node, Scalar, Sequence
from ratingengine.files.nodes import Mapping as MappingNode
from ratingengine.files.scalars import NUMBER, Choice, Number, Schema, Text, scalar_text
from ratingengine.ruleset.cases.judge import FIRES, FORMS, MISSING, OUTCOMES, TO

GIVEN_KEY = Text(
    "an indicator, finding, level.FACET or prior.VALUE", r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*", 80, "level.expression"
)


@frozen
class Facts:
    """What a case says by name: the form (value, at_least, at_most) and the text; where each value and each name stands."""

    said: Mapping[str, tuple[str, str]]
    places: Mapping[str, tuple[Place, Place]]


@frozen
class Given:
    """What a case says of each name: the form (value, at_least, at_most) and the text."""

    def read(self, node: Node, collector: Collector) -> Located[Facts] | None:
        """The facts of a case by name."""
        if not isinstance(node, MappingNode):
            collector.wrong_kind(node, "facts (a mapping)", "write given: {assembly.protesters_killed: 1}")
            return None
        found: dict[str, tuple[str, str]] = {}
        places: dict[str, tuple[Place, Place]] = {}
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
                inner = value.entries[0][1] if isinstance(value, MappingNode) else value
                places[name.value] = (inner.place, key.place)
        return Located(Facts(found, places), "", node.place)

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


OUTCOME = Choice((*OUTCOMES, MISSING), "an expectation")
ENDS = ListOf(Number("a number"), "numbers", 2, 2, strict=True)


@frozen
class Expected:
    """What a rule makes of the facts: a verdict; for a measure its number, both ends of it, or missing."""

    def read(self, node: Node, collector: Collector) -> Located[str] | None:
        """A word or a number as written; two numbers as `1 to 2`."""
        if isinstance(node, Sequence):
            ends = ENDS.read(node, collector)
            return None if ends is None else Located(TO.join(end.text for end in ends.value), "", node.place)
        if isinstance(node, Scalar) and NUMBER.fullmatch(node.text):
            return Located(node.text, node.text, node.place)
        return OUTCOME.read(node, collector)

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of this shape."""
        return {"anyOf": [OUTCOME.schema(), Number().schema(), ENDS.schema()]}


CASE = Record(
    "a case",
    (
        Key("rule", Text("a rule id", r"[A-Z]{2,8}-[0-9]{3}", 12, "ASM-010")),
        Key("name", Text("a name", longest=160)),
        Key("given", Given()),
        Key("expect", Expected()),
        Key("concludes", Text("a conclusion", longest=120), required=False),
    ),
)
FILE = Record("a case file", (Key("schema", Schema("ratingengine/cases/1")), Key("cases", ListOf(CASE, "cases"))))


@frozen
class Case:
    """One case of one rule.

    `expect` is a verdict, or what a measure computes: a number, `1 to 2`, or missing. `concludes` is what the rule gives when it
    fires, where the case says so.
    """

    rule: str
    name: str
    given: Mapping[str, tuple[str, str]]
    expect: str
    concludes: str
    place: Place = field(eq=False)
    expect_place: Place = field(eq=False)
    places: Mapping[str, tuple[Place, Place]] = field(eq=False)
    """Where the value and the name of each fact stand."""


def read_cases(path: Path) -> tuple[tuple[Case, ...], Document, tuple[Problem, ...]]:
    """The cases of one file."""
    found, document, problems = read_file(path, FILE, _file)
    return found or (), document, problems


def _file(fields: Fields, collector: Collector) -> tuple[Case, ...]:
    read = [entry.value for entry in fields.get("cases", ())]
    return tuple(_case(f, collector) for f in read if all(key in f for key in ("rule", "given", "expect")))


def _case(fields: Fields, collector: Collector) -> Case:
    facts, expect = fields.get("given"), fields.get("expect")
    if "concludes" in fields and expect != FIRES:
        hint = f"leave concludes: out, or write expect: {FIRES}"
        collector.add("R244", f"what comes out as '{expect}' concludes nothing", fields.place_of("concludes"), hint)
    return Case(
        fields.get("rule"),
        fields.get("name", ""),
        facts.said,
        expect,
        fields.get("concludes", ""),
        fields.place_of("rule"),
        fields.place_of("expect"),
        facts.places,
    )
