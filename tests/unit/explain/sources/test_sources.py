"""The sources behind an answer, and the rating without each of them: as if its records had never been written."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from assets.toy import HERE, OPTIONS, RULES, island, loaded, observation
from assets.toy import evidence as body
from attrs import evolve
from support.entries import listed, written
from support.leaves import unsaid

from ratingengine.cli import run
from ratingengine.engine.rating import Loaded, load, load_evidence, rate
from ratingengine.explain.left_out import cited_by, without_coder, without_sources
from ratingengine.explain.sources.sources import Without, leave_one_out, sources_behind
from ratingengine.explain.sources.sources_page import conclusion
from ratingengine.model.assessment import INSUFFICIENT
from ratingengine.model.evidence import Citation, Entry, Evidence

LOADED = loaded()
EVIDENCE = load_evidence(LOADED, "BVT")
DAY = date(2003, 12, 31)
CITED = {citation.source for entry in EVIDENCE.observations for citation in entry.sources}


def row(kind: str, name: str, evidence: Evidence = EVIDENCE, day: date = DAY, method: Loaded = LOADED) -> Without:
    country = island(evidence.country)
    rows = leave_one_out(method, country, rate(method, country, day, evidence=evidence), evidence)
    return next(row for row in rows if (row.kind, row.name) == (kind, name))


def test_each_source_of_a_record_that_counts_stands_behind_the_answer() -> None:
    found = rate(LOADED, island(), DAY)
    behind = sources_behind(found, EVIDENCE)
    values = found.chosen.values.values()
    counting: dict[str, Entry] = {entry.id: entry for value in values for entry in value.entries}
    assert {name for one in behind for name in (*one.observations, *one.searches)} == set(counting)
    for one in behind:
        assert one.source == EVIDENCE.sources[one.id]
        assert {found.chosen.values[name].indicator.facet for name in one.indicators} == set(one.facets)
        assert not any(name.endswith("_per_million") for name in one.indicators)
        for name in one.observations:
            assert one.id in cited_by(counting[name])


@pytest.mark.parametrize(
    ("year", "rule", "read"),
    [
        (2003, "INV-031", {"assembly.banners_taken", "expression.papers_closed"}),
        (2005, "INV-030", {"assembly.permit"}),
    ],
)
def test_a_deciding_rule_names_every_source_that_it_rests_on_and_no_other(year: int, rule: str, read: set[str]) -> None:
    found = rate(LOADED, island(), date(year, 12, 31))
    assert found.chosen.deciding == (rule,)
    behind = sources_behind(found, EVIDENCE)
    assert {one.id: one.deciding == (rule,) for one in behind} == {one.id: bool(read & set(one.indicators)) for one in behind}


def test_a_source_that_the_bibliography_lacks_is_still_named() -> None:
    entry = evolve(EVIDENCE.observations[0], sources=(Citation("nowhere", "p. 1", HERE),), id="X")
    evidence = evolve(EVIDENCE, observations=(*EVIDENCE.observations, entry))
    one = next(one for one in sources_behind(rate(LOADED, island(), DAY, evidence=evidence), evidence) if one.id == "nowhere")
    assert one.source is None
    assert row("source", "nowhere", evidence).observations == 1


def test_what_is_cited_to_others_too_keeps_those_citations() -> None:
    both = observation("X", sources=(Citation("a", "p. 1", HERE), Citation("b", "p. 2", HERE), Citation("a", "p. 3", HERE)))
    alone = observation("Y", sources=(Citation("a", "p. 1", HERE),))
    rest = without_sources(body([both, alone]), frozenset({"a"}))
    assert rest.observations == (evolve(both, sources=(Citation("b", "p. 2", HERE),)),)
    assert without_sources(body([both, alone]), frozenset({"c"})) == body([both, alone])
    assert without_sources(body([both, alone]), frozenset({"a", "b"})).entries == ()


def test_a_publisher_takes_all_its_sources_along() -> None:
    sources = {name: evolve(source, publisher="The Crown") for name, source in EVIDENCE.sources.items()}
    found = row("publisher", "The Crown", evolve(EVIDENCE, sources=sources))
    assert (found.observations, found.searches) == (len(EVIDENCE.observations), len(EVIDENCE.searches))
    assert (found.rating, found.assessed, found.status, found.changed) == (None, None, INSUFFICIENT, True)


def test_each_coder_is_left_out_alone() -> None:
    entries = [evolve(entry, coder="B") if entry.begun.year == 2003 else entry for entry in EVIDENCE.observations]
    mixed = evolve(EVIDENCE, observations=tuple(entries))
    for coder in "AB":
        kept = tuple(entry for entry in entries if entry.coder != coder)
        searches = tuple(search for search in EVIDENCE.searches if search.coder != coder)
        rest = evolve(EVIDENCE, observations=kept, searches=searches)
        assert without_coder(mixed, coder) == rest
        expected = rate(LOADED, island(), DAY, evidence=rest)
        found = row("coder", coder, mixed)
        assert (found.rating, found.status, found.observations) == (
            expected.rating,
            expected.chosen.status,
            len(entries) - len(kept),
        )
        assert 0 < len(kept) < len(entries)


def test_ratings_that_change_come_first() -> None:
    found = rate(LOADED, island(), DAY)
    rows = leave_one_out(LOADED, island(), found, EVIDENCE)
    assert [one.changed for one in rows] == sorted((one.changed for one in rows), reverse=True)
    assert {one.changed for one in rows} == {True, False}
    assert all(one.changed == (one.rating != found.rating) for one in rows)
    assert {one.name for one in rows if one.kind == "source"} >= CITED


def test_only_what_was_known_is_left_out() -> None:
    known = date(2003, 1, 31)
    found = rate(LOADED, island(), DAY, known)
    rows = leave_one_out(LOADED, island(), found, EVIDENCE)
    assert next(one for one in rows if one.kind == "coder").observations == len(EVIDENCE.known_at(known).observations)


def text_of(evidence: Evidence, but: str) -> str:
    """The record file of this evidence, with every citation of a source struck out by hand."""
    observations = []
    for entry in evidence.observations:
        sources = [{"source": c.source, "locator": c.locator} for c in entry.sources if c.source != but]
        bounds = {"from": ("by " if entry.begun_by else "") + str(entry.begun), "to": str(entry.ended) if entry.ended else "open"}
        stated: object = entry.claim.text.split(" to ") if entry.claim.form == "between" else entry.claim.text
        claim = {"id": entry.id, "indicator": entry.indicator, entry.claim.form: stated, **bounds}
        claim |= {"event": entry.event} if entry.event else {}
        claim |= {"total": "yes"} if entry.total else {}
        claim |= {"reported": [str(day) for day in entry.reported], "sources": sources}
        if sources:
            observations.append({**claim, "coder": entry.coder, "confidence": entry.confidence})
    searches = [
        {"id": s.id, "source": s.source.source, "locator": s.source.locator, "facet": s.facet, "from": str(s.begun)}
        | {"to": str(s.ended), "indicators": list(s.indicators), "reported": [str(day) for day in s.reported], "coder": s.coder}
        for s in evidence.searches
        if s.source.source != but
    ]
    header = {"schema": "ratingengine/record/1", "country": evidence.country}
    return listed(header, observations=observations, searches=searches)


@pytest.mark.parametrize("year", [2001, 2003, 2005])
@pytest.mark.parametrize("name", sorted(CITED))
def test_without_a_source_is_as_records_from_which_it_was_struck_out_by_hand(name: str, year: int, tmp_path: Path) -> None:
    records = OPTIONS[3]
    codebook = {f"codebook/{path.name}": path.read_text("utf-8") for path in (Path(records) / "codebook").iterdir()}
    written(tmp_path, {"BVT/all.yaml": text_of(EVIDENCE, name), **codebook})
    struck = rate(load(str(RULES), [tmp_path], "reference"), island(), date(year, 12, 31))
    found = row("source", name, day=date(year, 12, 31))
    assert (found.rating, found.assessed, found.status, found.possible) == (
        struck.rating,
        struck.chosen.assessed,
        struck.chosen.status,
        struck.chosen.possible,
    )


def test_kazakhstan_2022_rests_on_the_report_of_june(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["sources", "kazakhstan", "--year", "2022", "--leave-one-out", "--format", "json"]) == 0
    content = json.loads(capsys.readouterr().out)
    assert content["carried_by"][0] == {"kind": "source", "name": "civicus-2022-downgrade"}
    assert content["without"][0]["rating"] == "obstructed"


@pytest.mark.parametrize(
    "asked", [("--year", "2003"), ("--on", "2004-05-01", "--leave-one-out"), ("--year", "1999", "--leave-one-out")]
)
def test_text_and_markdown_say_all_that_json_says(asked: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    # What carries the rating is said in the closing sentence; a change is `yes` or `no` in the table.
    left_out = {"schema", "rules_on", "known_at", "as_of", "without.changed", "rating", "assessed"}
    left_out |= {"sources.publisher", "sources.version"}  # which the sources of this country lack
    assert unsaid(["sources", "BVT", *asked, *OPTIONS], left_out, capsys) == []


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("--year", "2003", "--leave-one-out"), 0, "The rating depends on"),
        (("--year", "2003", "--known-at", "2003-01-31", "--rules", "RULES@2004-01-01"), 0, "as known on 31 January 2003, by the"),
        (("--year", "1990", "--known-at", "1990-01-01", "--leave-one-out"), 0, "There is no evidence to leave out."),
        (("--year", "1990", "--leave-one-out"), 0, "No rating is given, and none without any one source"),
        (("--year", "2003", "--on", "2003-01-01"), 2, "give one year or day"),
        (("2003", "--year", "2003"), 2, "give one year or day"),
        (("--year", "2003", "--format", "yaml"), 2, "--format yaml"),
    ],
)
def test_the_command(words: tuple[str, ...], code: int, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    asked = [word.replace("RULES", OPTIONS[1]) for word in words]
    assert run(["sources", "BVT", *asked, *(OPTIONS[2:] if "--rules" in words else OPTIONS)]) == code
    printed = capsys.readouterr()
    assert told in (printed.err if code else printed.out)


def test_where_nothing_carries_the_rating_the_answer_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    twice = [
        evolve(entry, id=f"{entry.id}-B", coder="B", sources=(Citation("other", "p. 1", HERE),))
        for entry in EVIDENCE.observations
    ]
    evidence = evolve(EVIDENCE, observations=(*EVIDENCE.observations, *twice), searches=())
    found = rate(LOADED, island(), date(2001, 12, 31), evidence=evidence)
    assert found.rating is not None
    rows = leave_one_out(LOADED, island(), found, evidence)
    assert not any(one.changed for one in rows)
    assert conclusion(found, rows) == f"The rating stays {found.rating} without any one source, publisher or coder."


def test_a_change_is_one_of_the_published_rating_not_of_the_assessed_one() -> None:
    """Without the report of June 2022 the evidence assesses 2021 better, and the published rating is held."""
    shipped = load(engine="reference")
    full = load_evidence(shipped, "KAZ")
    found = row("source", "civicus-2022-downgrade", full, date(2021, 12, 31), shipped)
    assert (found.assessed, found.rating, found.changed) == ("narrowed", "obstructed", False)
