"""Reads the codebook: `indicators/codebook/*.yaml` to `Codebook`."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

from attrs import evolve

from ratingengine.errors import Problem
from ratingengine.files.collect import Collector, Fields, Located
from ratingengine.files.declared import missing_folder, read_file
from ratingengine.files.mappings import Key, ListOf, Record
from ratingengine.files.nodes import Document
from ratingengine.files.scalars import Choice, Number, Schema, Text
from ratingengine.files.shipped import yaml_below
from ratingengine.model.indicator import (
    PER_MILLION,
    PER_MILLION_DECIMALS,
    UNBOUNDED,
    CategoryValue,
    Codebook,
    Indicator,
)

ID = r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*"
INDICATOR_ID = Text("an indicator id", ID, 80, "assembly.protesters_killed")
TYPES = ("count", "share", "yes_no", "category", "index")
TIMES = ("event", "spell", "condition")
MOST_DECIMALS = 9
"""As many as a number may be written with; more would not fit the integers of the engines."""
LONGEST_WINDOW = 600
AGGREGATIONS = {
    "count": ("sum", "max"),
    "share": ("max", "latest", "mean"),
    "yes_no": ("any",),
    "category": ("max",),
    "index": ("latest", "mean", "max"),
}
VALUE = Record("a category value", (Key("id", Text("a word", r"[a-z][a-z0-9_]*", 40, "routine")), Key("anchor", Text())))
ENTRY = Record(
    "an indicator",
    (
        Key("id", INDICATOR_ID),
        Key("title", Text("a title", longest=70)),
        Key("question", Text("a question")),
        Key("type", Choice(TYPES, "a type of indicator")),
        Key("unit", Text("a unit", longest=40), required=False),
        Key("values", ListOf(VALUE, "category values", 2, 20), required=False),
        Key("range", ListOf(Number("a bound of the range"), "numbers", 2, 2, strict=True), required=False),
        Key("decimals", Number("a number of decimals", Decimal(0), Decimal(MOST_DECIMALS), whole=True), required=False),
        Key("worse", Choice(("higher", "lower"), "a direction")),
        Key("time", Choice(TIMES, "a kind of time")),
        Key("basis", Choice(("law", "practice"), "a basis"), required=False),
        Key("aggregation", Choice(("sum", "max", "any", "latest", "mean"), "an aggregation")),
        Key("window", Number("a window in months", Decimal(1), Decimal(LONGEST_WINDOW), whole=True), required=False),
        Key("per_million", Choice(("yes", "no"), "yes or no"), required=False),
        Key("may_be_none", Choice(("yes", "no"), "yes or no"), required=False),
        Key("tags", ListOf(Text("a tag", r"[a-z][a-z0-9_]*", 40, "excessive_force"), "tags"), required=False),
        Key("standard", ListOf(Text("a citation", longest=120), "citations"), required=False),
    ),
)
FILE = Record(
    "a codebook file",
    (
        Key("schema", Schema("ratingengine/codebook/1")),
        Key("facet", Text("a facet", r"[a-z][a-z_]*", 40, "peaceful_assembly")),
        Key("indicators", ListOf(ENTRY, "indicators")),
    ),
)


def read_codebook(folder: Path) -> tuple[Codebook, tuple[Document, ...], tuple[Problem, ...]]:
    """All codebook files of a folder. Problems are collected; what could be read is in the codebook."""
    if not folder.is_dir():
        return Codebook({}), (), (missing_folder(folder, "the codebook"),)
    entries: dict[str, Indicator] = {}
    documents: list[Document] = []
    problems: list[Problem] = []
    unread: list[str] = []
    for path in yaml_below(folder):
        found, document, wrong = read_file(path, FILE, _file)
        documents.append(document)
        problems += wrong
        read, failed = found or ((), ("",))
        unread += failed
        for indicator in read:
            first = entries.setdefault(indicator.id, indicator)
            if first is not indicator:
                message = f"indicator '{indicator.id}' is defined twice"
                hint = f"first at {first.place}; ids are never reused"
                problems.append(document.problem("I309", message, indicator.place, hint, len(indicator.id)))
    indicators = dict(sorted(_with_companions(entries).items()))
    return Codebook(indicators, tuple(unread), "" not in unread), tuple(documents), tuple(problems)


def _file(fields: Fields, collector: Collector) -> tuple[tuple[Indicator, ...], tuple[str, ...]]:
    """The indicators, and the ids of those that could not be read; one without an id is an empty text."""
    facet = fields.get("facet", "")
    entries = [(entry.value.get("id", ""), _indicator(entry.value, facet, collector)) for entry in fields.get("indicators", ())]
    if "indicators" not in fields or "facet" not in fields:
        return (), tuple(name for name, _ in entries) or ("",)
    read = tuple(indicator for _, indicator in entries if indicator is not None)
    return read, tuple(name for name, indicator in entries if indicator is None)


def _indicator(fields: Fields, facet: str, collector: Collector) -> Indicator | None:
    if any(key not in fields for key in ("id", "type", "worse", "time", "aggregation")):
        return None
    before = len(collector.problems)
    if fields.broken() or any("id" not in value.value for value in fields.get("values", ())):
        return None
    decimals = int(fields.get("decimals", 0))
    lowest, highest = _range(fields, decimals, collector)
    _check_keys(fields, collector)
    if len(collector.problems) > before:
        return None
    return Indicator(
        id=fields.get("id"),
        title=fields.get("title", fields.get("id")),
        question=fields.get("question", ""),
        facet=facet,
        type=fields.get("type"),
        unit=fields.get("unit", ""),
        values=tuple(_value(value.value) for value in fields.get("values", ())),
        lowest=lowest,
        highest=highest,
        decimals=decimals,
        worse=fields.get("worse"),
        time=fields.get("time"),
        basis=fields.get("basis", ""),
        aggregation=fields.get("aggregation"),
        window_months=int(fields.get("window", 12)),
        per_million=fields.get("per_million") == "yes",
        tags=_texts(fields.get("tags", ())),
        standard=_texts(fields.get("standard", ())),
        place=fields.place_of("id"),
        may_be_none=fields.get("may_be_none") == "yes",
    )


def _texts(found: tuple[Located[str], ...]) -> tuple[str, ...]:
    return tuple(text.value for text in found)


def _value(fields: Fields) -> CategoryValue:
    return CategoryValue(fields.get("id", ""), fields.get("anchor", ""))


def _range(fields: Fields, decimals: int, collector: Collector) -> tuple[int, int]:
    kind = fields.get("type")
    if kind == "yes_no":
        return 0, 1
    if kind == "category":
        return 0, max(0, len(fields.get("values", ())) - 1)
    if kind == "count":
        return 0, UNBOUNDED
    scale = 10**decimals
    if kind == "share":
        return 0, scale
    ends = [end.value * scale for end in fields.get("range", ())]
    if len(ends) == 2 and ends[0] < ends[1] and all(end == int(end) for end in ends):
        if max(map(abs, ends)) >= UNBOUNDED:
            hint = "use a larger unit or fewer decimals: a value has at most 15 digits with its decimals"
            collector.add("I311", "the range has more digits than can be kept exactly", fields.place_of("range"), hint)
        return int(ends[0]), int(ends[1])
    if "range" in fields:
        hint = "give lowest, then highest, with no more digits than decimals:"
        collector.add("I310", "the range is reversed, empty or finer than its decimals", fields.place_of("range"), hint)
    return 0, 0


NEEDED = (
    ("unit", ("count", "index"), "a count or an index has a unit"),
    ("values", ("category",), "a category has values, best first"),
    ("range", ("index",), "an index has a range"),
    ("decimals", ("index", "share"), "an index or a share says how many decimals it keeps"),
    ("per_million", (), ""),
)


def _check_keys(fields: Fields, collector: Collector) -> None:
    """Keys that belong to some types only, and combinations that have no meaning."""
    kind = fields.get("type")
    for key, kinds, reason in NEEDED:
        present = key in fields.keys
        if kinds and present != (kind in kinds):
            verb = "has no use" if present else "is missing"
            collector.add("I310", f"key '{key}' {verb} for type {kind}", fields.place_of(key if present else "type"), reason)
    if fields.get("aggregation") not in AGGREGATIONS[kind]:
        hint = f"for {kind}: " + " or ".join(AGGREGATIONS[kind])
        collector.add_at("I310", f"aggregation does not fit type {kind}", fields.at("aggregation"), hint)
    if ("basis" in fields.keys) != (fields.get("time") == "condition"):
        hint = "a condition has basis: law or practice; events and spells have none"
        collector.add_at("I310", "basis and time do not fit together", fields.at("time"), hint)
    if ("window" in fields.keys) != (fields.get("aggregation") == "mean"):
        hint = "aggregation: mean needs window: (months); others have none"
        collector.add_at("I310", "window and aggregation do not fit together", fields.at("aggregation"), hint)
    if fields.get("per_million") == "yes" and kind != "count":
        collector.add_at("I310", "only counts have a per-million companion", fields.at("per_million"), "leave it out")
    if fields.get("may_be_none") == "yes" and fields.get("aggregation") != "latest":
        hint = "only an index or a share with aggregation: latest; of several others a silent one could not be told"
        collector.add_at("I310", "may_be_none does not fit the aggregation", fields.at("may_be_none"), hint)
    if kind == "category":
        _check_category(fields, collector)


def _check_category(fields: Fields, collector: Collector) -> None:
    if fields.get("worse") != "higher":
        collector.add_at("I310", "values of a category stand best first", fields.at("worse"), "write worse: higher")
    words = [value.value.get("id") for value in fields.get("values", ())]
    for index, word in enumerate(words):
        if word in words[:index]:
            collector.add("I310", f"value '{word}' stands twice", fields.place_of("values"), "keep one of them")


def _with_companions(entries: dict[str, Indicator]) -> dict[str, Indicator]:
    """Counts that grow with population get `<id>_per_million` beside them."""
    companions: dict[str, Any] = {}
    for entry in entries.values():
        if entry.per_million:
            title = f"{entry.title}, per million people"
            changed: dict[str, Any] = {"unit": f"{entry.unit} per million", "decimals": PER_MILLION_DECIMALS}
            companions[entry.id + PER_MILLION] = evolve(entry, id=entry.id + PER_MILLION, title=title, **changed)
    return {**entries, **companions}
