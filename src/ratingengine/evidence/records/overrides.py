"""Reads `overrides.yaml`: judgements that depart from the rules, checked against scale, sources and each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from pathlib import Path

from attrs import field, frozen

from ratingengine.errors import Problem
from ratingengine.evidence.records.citations import Citing, Library, check_citations
from ratingengine.evidence.records.documents import Text as Words
from ratingengine.files.collect import Collector, Fields
from ratingengine.files.declared import read_file
from ratingengine.files.mappings import Key, ListOf, Record
from ratingengine.files.nodes import Document, near
from ratingengine.files.scalars import Day, Schema, Text
from ratingengine.method.sources import LOCATED, citation_pair
from ratingengine.model.evidence import Source
from ratingengine.model.override import Override
from ratingengine.model.window import months_before
from ratingengine.world.countries import by_iso3

MOST_MONTHS = 24
"""How long a judgement carries, like a condition in practice that nobody has observed again."""
PERSON = Text("a name", longest=200)
OVERRIDE = Record(
    "an override",
    (
        Key("id", Text("an override id", r"[A-Za-z0-9][A-Za-z0-9._-]*", 80, "OVR-001")),
        Key("country", Text("a country code", r"[A-Z]{3}", 3, "KAZ")),
        Key("rating", Text("a rating", r"[a-z][a-z0-9_]*", 40, "repressed")),
        Key("who", PERSON),
        Key("role", Text("a role", longest=200)),
        Key("when", Day("a date")),
        Key("reason", Text("a reason")),
        Key("from", Day("a date")),
        Key("until", Day("a date")),
        Key("sources", ListOf(LOCATED, "sources"), required=False),
    ),
)
FILE = Record(
    "an overrides file",
    (Key("schema", Schema("ratingengine/overrides/1")), Key("overrides", ListOf(OVERRIDE, "overrides", 0))),
)


@frozen
class OverrideFile:
    """What one file holds, with the document for later problems."""

    overrides: tuple[Override, ...]
    document: Document = field(eq=False, repr=False)


def read_override_file(path: Path, ratings: Sequence[str]) -> tuple[OverrideFile | None, tuple[Problem, ...]]:
    """One file of overrides, each by itself: its form, its country, its days, and its rating, a word of the scale."""

    def convert(fields: Fields, collector: Collector) -> OverrideFile:
        found = [_override(entry.value, ratings, collector) for entry in fields.get("overrides", ())]
        return OverrideFile(tuple(entry for entry in found if entry is not None), collector.document)

    found, _, problems = read_file(path, FILE, convert)
    return found, problems


def _override(fields: Fields, ratings: Sequence[str], collector: Collector) -> Override | None:
    if "country" in fields and by_iso3(fields.get("country")) is None:
        collector.add_at("I313", "no such country", fields.at("country"), "write its three-letter code")
    # A scale that could not be read has its own problem; no rating is wrong by it.
    if ratings and "rating" in fields and fields.get("rating") not in ratings:
        hint = near(fields.get("rating"), list(ratings)) or "the scale has: " + ", ".join(ratings)
        collector.add_at("I321", "no such rating on the scale", fields.at("rating"), hint)
    _check_days(fields, collector)
    cited = [citation_pair(entry.value, collector) for entry in fields.get("sources", ())]
    if any(key.name not in fields for key in OVERRIDE.keys if key.required):
        return None
    return Override(
        id=fields.get("id"),
        country=fields.get("country"),
        rating=fields.get("rating"),
        who=fields.get("who"),
        role=fields.get("role"),
        when=fields.get("when"),
        reason=fields.get("reason"),
        first=fields.get("from"),
        last=fields.get("until"),
        sources=tuple(citation for citation in cited if citation is not None),
        place=fields.place_of("id"),
    )


def _check_days(fields: Fields, collector: Collector) -> None:
    first: date | None = fields.get("from")
    last: date | None = fields.get("until")
    when: date | None = fields.get("when")
    if first is not None and last is not None and last < first:
        collector.add("I304", f"ends {last}, before it begins {first}", fields.place_of("until"), "exchange the dates")
    elif last is not None and when is not None and months_before(last, MOST_MONTHS) > when:
        message = f"until {last}: more than {MOST_MONTHS} months after the judgement of {when}"
        collector.add("I322", message, fields.place_of("until"), "end it sooner; judge anew when it ends", len(str(last)))


def collect_overrides(
    files: Sequence[OverrideFile], sources: Mapping[str, Source], texts: Mapping[str, Words], sources_whole: bool = True
) -> tuple[tuple[Override, ...], tuple[Problem, ...]]:
    """All overrides by id, and what is wrong with them together and with what they cite."""
    entries = [entry for file in files for entry in file.overrides]
    citing = (Citing(entry.id, entry.place, entry.sources, entry.reason) for entry in entries)
    library = Library(sources, texts, {file.document.path: file.document for file in files}, sources_whole)
    problems = (*_repeated(entries, library), *_overlapping(entries, library), *check_citations(citing, library))
    return tuple(sorted(entries, key=lambda entry: entry.id)), problems


def _repeated(entries: Sequence[Override], library: Library) -> Iterator[Problem]:
    seen: dict[str, Override] = {}
    for entry in entries:
        first = seen.setdefault(entry.id, entry)
        if first is not entry:
            hint = f"first at {first.place}; give one of them another id"
            yield library.problem("I301", f"override id '{entry.id}' stands twice", entry.place, hint, len(entry.id))


def _overlapping(entries: Sequence[Override], library: Library) -> Iterator[Problem]:
    governing = (entry for entry in entries if entry.first <= entry.last)
    ordered = sorted(governing, key=lambda entry: (entry.country, entry.first, entry.last, entry.id))
    for _, of_country in groupby(ordered, key=lambda entry: entry.country):
        longest: Override | None = None
        for entry in of_country:
            if longest is not None and entry.first <= longest.last:
                shared = f"{entry.first} to {min(entry.last, longest.last)}"
                message = f"{entry.id} and {longest.id} both govern {entry.country} from {shared}"
                hint = f"{longest.id} is at {longest.place}; end one before the other begins"
                yield library.problem("I320", message, entry.place, hint, len(entry.id))
            if longest is None or entry.last > longest.last:
                longest = entry
