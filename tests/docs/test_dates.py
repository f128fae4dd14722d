"""The days of undated documents: each is argued from sources that stand in the bibliography, and records follow it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from ratingengine.engine.rating import countries_on_record, load, load_evidence
from ratingengine.files.shipped import shipped
from ratingengine.model.evidence import Entry, Source

FOLDERS = (shipped("indicators"), shipped("indicators") / "recoded")
SOURCES = load_evidence(load(engine="reference"), "KAZ").sources
CODED = {name: source for name, source in SOURCES.items() if source.document}
NAMED = re.compile(r"\b[a-z]+[a-z0-9]*(?:-[a-z0-9]+)*-(?:19|20)\d\d-[a-z0-9-]*[a-z0-9]\b|\b[a-z]+-\d{4}-[a-z]+\b")


def cited_by(source: Source) -> set[str]:
    """The sources that the note of a source names."""
    return set(NAMED.findall(source.note))


@pytest.mark.parametrize("name", CODED)
def test_the_day_of_an_undated_document_rests_on_a_source_or_on_its_own_address(name: str) -> None:
    source = CODED[name]
    unknown = cited_by(source) - SOURCES.keys()
    assert not unknown, f"{name}: no such source: {unknown}"
    first, last = source.issued
    on_page = f"{first:%Y/%m/%d}" in source.url or "prints" in source.note
    assert cited_by(source) or (first == last and on_page), f"{name}: nothing is cited for its day"


@pytest.mark.parametrize("name", [name for name, source in CODED.items() if source.issued[0] != source.issued[1]])
def test_an_interval_is_argued_at_both_ends(name: str) -> None:
    """An end rests on a paragraph of the text itself, or on another source; two ends on two of them."""
    note = CODED[name].note
    grounds = cited_by(CODED[name]) | set(re.findall(r"para \d+", note))
    assert len(grounds) >= 2, f"{name}: {sorted(grounds)}"
    assert cited_by(CODED[name]), f"{name}: only its own text speaks for the interval"


def test_every_source_that_only_dates_is_used_for_it() -> None:
    only = {name for name, source in SOURCES.items() if not source.document}
    assert only == {name for source in SOURCES.values() for name in cited_by(source)} & only


def reports(entry: Entry) -> set[tuple[date, date]]:
    """The days of what an entry cites."""
    cited = entry.sources if hasattr(entry, "sources") else (entry.source,)
    return {SOURCES[one.source].issued for one in cited}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_record_was_reported_when_one_of_its_sources_was_issued(folder: Path) -> None:
    loaded = load(records=[folder], engine="reference")
    wrong = [
        f"{entry.id}: {entry.reported}"
        for country in countries_on_record(loaded.records)
        for entry in load_evidence(loaded, country).entries
        if entry.reported not in reports(entry)
    ]
    assert not wrong
