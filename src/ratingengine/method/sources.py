"""Reads bibliographies: `sources.yaml` in CSL terms to `Source`, and citations `SOURCE locator`."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

from attrs import frozen

from ratingengine.errors import Problem
from ratingengine.files.collect import Collector, Fields, Located
from ratingengine.files.declared import read_file, read_root
from ratingengine.files.mappings import Key, ListOf, OneOrPair, Record
from ratingengine.files.nodes import Document
from ratingengine.files.scalars import Day, Number, Schema, Text
from ratingengine.model.evidence import Citation, Source

SOURCE_ID = Text("a source id", r"[A-Za-z][A-Za-z0-9-]*", 60, "hrw-2019-activists")
LINE = Text("text", longest=400)
NAME = Record("a name", tuple(Key(part, LINE, required=False) for part in ("literal", "family", "given")))
CUSTOM = Record(
    "the custom block",
    (
        Key("document", Text("a SHA-256 in hexadecimal", r"[0-9a-f]{64}", 64, "64 digits 0-9 a-f")),
        Key("paragraphs", ListOf(Number("a paragraph number", Decimal(1), whole=True), "paragraph numbers", 2, 2)),
    ),
)
COVERS = Record("the period that a source covers", (Key("from", Day("a date")), Key("to", Day("a date"))))
REFERENCE = Record(
    "a source",
    (
        Key("id", SOURCE_ID),
        Key("type", Text("a CSL type", r"[a-z]+([-_][a-z]+)*", 40, "report")),
        Key("title", LINE),
        Key("author", ListOf(NAME, "names"), required=False),
        Key("issued", OneOrPair(Day("a date"), "dates")),
        Key("covers", COVERS, required=False),
        Key("container-title", LINE, required=False),
        Key("publisher", LINE, required=False),
        Key("number", LINE, required=False),
        Key("URL", Text("an address", r"https?://\S+", 400, "https://example.org"), required=False),
        Key("note", Text("a note"), required=False),
        Key("custom", CUSTOM, required=False),
    ),
)
FILE = Record(
    "a sources file",
    (Key("schema", Schema("ratingengine/sources/1")), Key("references", ListOf(REFERENCE, "sources"))),
)
LOCATED = Record(
    "a source with locator",
    (Key("source", SOURCE_ID), Key("locator", Text("a locator", longest=80), required=False)),
)
UNDATED = (date.min, date.min)
"""Stands for a date that could not be read, so that citations of the source are not called unknown as well."""
PARAGRAPHS = re.compile(r"para (\d+)(?:-(\d+))?")


@frozen
class Bibliography:
    """Sources by id, and the document they were read from; `whole` where every entry's id could be read."""

    sources: Mapping[str, Source]
    document: Document | None
    whole: bool = True


def read_sources(path: Path) -> tuple[Bibliography, tuple[Problem, ...]]:
    """One sources file; an absent file is an empty bibliography."""
    if not os.path.lexists(path):
        return Bibliography({}, None), ()
    found, document, problems = read_file(path, FILE, _file)
    return _bibliography(found, document), problems


def bibliography_of(document: Document, problems: tuple[Problem, ...]) -> tuple[Bibliography, tuple[Problem, ...]]:
    """A bibliography that stands somewhere else than in a file of its own."""
    found, document, problems = read_root(document, problems, FILE, _file)
    return _bibliography(found, document), problems


def _bibliography(found: tuple[Mapping[str, Source], bool] | None, document: Document) -> Bibliography:
    sources, whole = found or ({}, False)
    return Bibliography(sources, document, whole)


def _file(fields: Fields, collector: Collector) -> tuple[Mapping[str, Source], bool]:
    """The sources by id, and whether each entry has one."""
    sources: dict[str, Source] = {}
    for entry in fields.get("references", ()):
        source = _source(entry.value, collector)
        if source is None:
            continue
        first = sources.setdefault(source.id, source)
        if first is not source:
            hint = f"first at line {first.place.line}; give one of them another id"
            collector.add("I316", f"source '{source.id}' is defined twice", source.place, hint, len(source.id))
    return sources, "references" in fields and all("id" in entry.value for entry in fields.get("references"))


def _source(fields: Fields, collector: Collector) -> Source | None:
    if "id" not in fields:
        return None
    first, last = fields.get("issued", UNDATED)
    if first > last:
        collector.add("I304", "issued: the later date stands first", fields.place_of("issued"), "write [earliest, latest]")
    custom: Fields | None = fields.get("custom")
    paragraphs = _extent(custom, collector) if custom else None
    return Source(
        id=fields.get("id"),
        type=fields.get("type", ""),
        title=fields.get("title", ""),
        author="; ".join(_name(name.value) for name in fields.get("author", ())),
        publisher=fields.get("publisher", ""),
        issued=(first, last),
        url=fields.get("URL", ""),
        number=fields.get("number", ""),
        note=fields.get("note", ""),
        document=custom.get("document", "") if custom else "",
        paragraphs=paragraphs,
        place=fields.place_of("id"),
        covers=_covers(fields.get("covers"), collector),
    )


def _covers(period: Fields | None, collector: Collector) -> tuple[date, date] | None:
    if period is None or "from" not in period or "to" not in period:
        return None
    first, last = period.get("from"), period.get("to")
    if first > last:
        collector.add("I304", f"covers to {last}, before {first}", period.place_of("to"), "exchange the dates")
        return None
    return first, last


def _name(fields: Fields) -> str:
    return str(fields.get("literal") or " ".join(filter(None, (fields.get("given"), fields.get("family")))))


def _extent(custom: Fields, collector: Collector) -> tuple[int, int] | None:
    ends = [int(end.value) for end in custom.get("paragraphs", ())]
    if len(ends) != 2:
        return None
    if ends[0] > ends[1]:
        collector.add("I304", "paragraphs: the later one stands first", custom.place_of("paragraphs"), "write [first, last]")
        return None
    return ends[0], ends[1]


def citation_text(located: Located[str]) -> Citation:
    """`ICCPR art. 21` to source `ICCPR` and locator `art. 21`."""
    source, _, locator = located.value.partition(" ")
    return Citation(source, locator.strip(), located.place)


def citation_pair(fields: Fields, collector: Collector) -> Citation | None:
    """`{source, locator}` to a citation; a missing locator is a problem of its own."""
    if "source" not in fields:
        return None
    if "locator" not in fields.keys:
        message = f"no locator for source '{fields.get('source')}'"
        collector.add("I306", message, fields.place, "say where: locator: para 12, or p. 4")
    return Citation(fields.get("source"), fields.get("locator", ""), fields.place_of("source"))


def paragraphs_of(locator: str) -> tuple[int, int] | None:
    """`para 12-13` to (12, 13); None for another kind of locator."""
    match = PARAGRAPHS.fullmatch(locator)
    if match is None:
        return None
    first = int(match.group(1))
    return first, int(match.group(2) or first)


def issued_text(issued: tuple[date, date]) -> str:
    """A date, or an interval in words."""
    return str(issued[0]) if issued[0] == issued[1] else f"between {issued[0]} and {issued[1]}"
