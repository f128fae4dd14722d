"""Shapes of rule files and of scale.yaml, after the rule language of docs/rule-language.md."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from attrs import evolve, frozen

from ratingengine.files.collect import Collector, Fields, Located
from ratingengine.files.mappings import Choices, Key, ListOf, Record
from ratingengine.files.nodes import Mapping, Node
from ratingengine.files.scalars import Choice, Day, Number, Schema, Text
from ratingengine.method.codebook import INDICATOR_ID, MOST_DECIMALS
from ratingengine.model.rule import ROUNDINGS
from ratingengine.model.scale import TRANSITIONS

OPERAND = Text("a threshold", longest=40)
WORD = Text("a word", r"[a-z][a-z0-9_]*", 40, "repressed")
FINDING = Text("a finding id", r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*", 80, "assembly.lethal_force")
COMPARISONS = ("at_least", "more_than", "at_most", "less_than", "is", "one_of")
TESTS = (
    *(Key(name, OPERAND, required=False) for name in COMPARISONS[:-1]),
    Key("one_of", ListOf(OPERAND, "words", strict=True), required=False),
)
PRIORS = ("rating", "assessed", "pressure")


@frozen
class Nested:
    """A condition inside a condition."""

    def read(self, node: Node, collector: Collector) -> Located[Any] | None:
        """What a condition reads."""
        return CONDITION.read(node, collector)

    def schema(self) -> dict[str, Any]:
        """A reference to the definition that the published schema carries."""
        return {"$ref": "#/$defs/condition"}


PARTS = ListOf(Nested(), "conditions", 1, 64, strict=True)
DECIMALS = Number("a number of decimals", Decimal(0), Decimal(MOST_DECIMALS), whole=True)


def _atom(subject: str, name: Text | Choice) -> Record:
    return Record("a condition", (Key(subject, name), *TESTS), one_of=(COMPARISONS,))


CONDITION = Choices(
    "a condition",
    (
        ("all", Record("a condition", (Key("all", PARTS),))),
        ("any", Record("a condition", (Key("any", PARTS),))),
        ("n_of", Record("a condition", (Key("n_of", Number("a count", Decimal(1), whole=True)), Key("of", PARTS)))),
        ("indicator", _atom("indicator", INDICATOR_ID)),
        ("measure", _atom("measure", FINDING)),
        ("level", _atom("level", WORD)),
        ("prior", _atom("prior", Choice(PRIORS, "a prior value"))),
        ("finding", Record("a condition", (Key("finding", FINDING),))),
    ),
)
STEP = Record("a step", (Key("from", OPERAND), Key("counts", Number("a number"))))
_PAIR = ListOf(Number("a bound"), "bounds", 2, 2, strict=True)
_OF_INDICATOR = Record(
    "an input",
    (
        Key("indicator", INDICATOR_ID),
        *TESTS,
        Key("weight", Number("a weight", Decimal(0)), required=False),
        Key("from", _PAIR, required=False),
        Key("to", _PAIR, required=False),
        Key("steps", ListOf(STEP, "steps", 2, 64), required=False),
    ),
)
OF_MEASURE = "a measure cannot be made of a measure"
OF_INDICATORS = "write as inputs the indicators that it is made of; where the band of a number counts, give that input steps:"


@frozen
class Input:
    """An input of a measure. Where one names a measure, that is refused, and the rest is read as of an indicator."""

    def read(self, node: Node, collector: Collector) -> Located[Fields] | None:
        """The readable keys; `indicator` is not among them where a measure is named."""
        entries = node.entries if isinstance(node, Mapping) else ()
        named = {key.text: (key, value) for key, value in entries}
        if not isinstance(node, Mapping) or "measure" not in named or "indicator" in named:
            return _OF_INDICATOR.read(node, collector)
        key, value = named["measure"]
        others = tuple(entry for entry in entries if entry[0].text != "measure")
        found = _OF_INDICATOR.read(evolve(node, entries=((evolve(key, text="indicator"), value), *others)), collector)
        if found is None or "indicator" not in found.value:
            return found
        collector.add_at("R223", OF_MEASURE, found.value.at("indicator"), OF_INDICATORS)
        values = {name: value for name, value in found.value.values.items() if name != "indicator"}
        return evolve(found, value=evolve(found.value, values=values))

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of an input."""
        return _OF_INDICATOR.schema()


MEASURE = Record(
    "a measure",
    (
        Key("of", Choice(("count", "sum", "mean", "median", "min", "max"), "a kind of measure")),
        Key("inputs", ListOf(Input(), "inputs", 1, 64)),
        Key("needs", Number("a number of inputs", Decimal(0), whole=True)),
        Key("decimals", DECIMALS),
        Key("rounding", Choice(ROUNDINGS, "a rounding"), required=False),
    ),
)
THEN = Choices(
    "a conclusion",
    (
        ("finding", Record("a finding", (Key("finding", FINDING), Key("facet", WORD)))),
        ("level_at_most", Record("a level", (Key("facet", WORD), Key("level_at_most", WORD)))),
        ("rating_at_most", Record("a rating", (Key("rating_at_most", WORD),))),
        ("gate", Record("a gate", (Key("gate", Choice(("open",), "open")),))),
        ("watchlist", Record("a watchlist entry", (Key("watchlist", Choice(("on",), "on")),))),
        ("measure", Record("a measure", (Key("measure", FINDING), Key("facet", WORD)))),
    ),
)
KIND_OF = {
    "finding": "finding",
    "level_at_most": "level",
    "rating_at_most": "rating",
    "gate": "upgrade_gate",
    "watchlist": "watchlist",
    "measure": "measure",
}
CITATION = Text("a citation", r"[A-Za-z][A-Za-z0-9-]*( \S.*)?", 120, "ICCPR art. 21")
RULE = Record(
    "a rule",
    (
        Key("id", Text("a rule id", r"[A-Z]{2,8}-[0-9]{3}", 12, "ASM-010")),
        Key("title", Text("a title", longest=90)),
        Key("kind", Choice(("measure", "finding", "level", "rating", "upgrade_gate", "watchlist"), "a kind of rule")),
        Key("when", CONDITION, required=False),
        Key("measure", MEASURE, required=False),
        Key("then", THEN),
        Key("non_monotone", Text("a reason"), required=False),
        Key("rationale", Text("a rationale")),
        Key("legal_basis", ListOf(CITATION, "citations"), required=False),
        Key("sources", ListOf(CITATION, "citations"), required=False),
        Key("since", Day("a date")),
        Key("until", Day("a date"), required=False),
    ),
)
RULES = Record(
    "a rule file",
    (
        Key("schema", Schema("ratingengine/rules/1")),
        Key("profile", WORD),
        Key("rules", ListOf(RULE, "rules")),
    ),
)
GROUP = Record(
    "a required group",
    (Key("profile", WORD), Key("facet", WORD), Key("any_of", ListOf(INDICATOR_ID, "indicators")), Key("rationale", Text())),
)
SCALE = Record(
    "a scale file",
    (
        Key("schema", Schema("ratingengine/scale/1")),
        Key("name", Text("a name", r"[a-z][a-z0-9-]*", 40, "civic-space")),
        Key("version", Text("a version", r"[0-9]{4}\.[0-9]+", 12, "2026.1")),
        Key("title", Text("a title", longest=120)),
        Key("ratings", ListOf(Record("a rating", (Key("id", WORD), Key("meaning", Text()))), "ratings", 2, 12)),
        Key("facets", ListOf(Record("a facet", (Key("id", WORD), Key("title", Text(longest=80)))), "facets", 1, 12)),
        Key("profiles", ListOf(WORD, "profiles")),
        Key("transition", Choice(TRANSITIONS, "a transition"), required=False),
        Key("required", ListOf(GROUP, "required groups"), required=False),
    ),
)
