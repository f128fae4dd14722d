"""Evidence against its sources, documents and codebook: citations, locators, wording, contradictions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from assets.toy import HERE, evidence, indicator, observation, search, source

from ratingengine.errors import Place, Problem
from ratingengine.evidence.records.checks import RecordContext, check_evidence, country_problem, documents_in
from ratingengine.evidence.records.documents import Text, text_of
from ratingengine.evidence.records.reader import RecordFile
from ratingengine.files.nodes import Document, parse
from ratingengine.model.evidence import Citation, Claim, Observation, Search, Source
from ratingengine.model.indicator import Codebook, Indicator

FILES = {"invented.yaml": Document("invented.yaml", None, ("first line",), b"")}
BANNERS = indicator()
SPELL = indicator(time="spell")
LAW = indicator("assembly.permit", "category", time="condition", basis="law", aggregation="max")
PRACTICE = indicator("assembly.permit", "category", time="condition", basis="practice", aggregation="max")


def problems(
    entries: Sequence[Observation | Search],
    sources: Sequence[Source] = (source(),),
    texts: dict[str, Text] | None = None,
    entry: Indicator = BANNERS,
) -> tuple[Problem, ...]:
    return check_evidence(RecordContext(evidence(entries, sources), Codebook({entry.id: entry}), FILES, texts or {}))


def codes(found: tuple[Problem, ...]) -> list[str]:
    return [problem.code for problem in found]


def cited(locator: str, name: str = "gazette") -> Observation:
    return observation(sources=(Citation(name, locator, HERE),))


def test_sound_evidence_has_no_problem() -> None:
    assert problems([observation(), search(begun=date(2004, 1, 1), ended=date(2004, 12, 31))]) == ()


def test_a_source_that_is_not_in_the_bibliography_is_named_with_the_near_one() -> None:
    (problem,) = problems([cited("para 4", "gazete")])
    assert (problem.code, problem.place, problem.width) == ("I305", HERE, len("gazete"))
    assert problem.message == "X-001: no such source: 'gazete'"
    assert problem.hint == "did you mean 'gazette'?"


def test_a_search_cites_a_source_of_the_bibliography_too() -> None:
    (problem,) = problems([search(source=Citation("nowhere", "para 1", HERE))])
    assert (problem.code, problem.hint) == ("I305", "add it to sources.yaml")


@pytest.mark.parametrize("locator", ["para 2", "para 10", "para 2-10", "para 5-5"])
def test_a_locator_within_its_source_is_sound(locator: str) -> None:
    assert problems([cited(locator)]) == ()


@pytest.mark.parametrize(
    ("locator", "reason"),
    [
        ("para 1", "the locator lies outside its source"),
        ("para 11", "the locator lies outside its source"),
        ("para 1-3", "the locator lies outside its source"),
        ("para 9-11", "the locator lies outside its source"),
        ("para 6-4", "the locator lies outside its source"),
        ("p. 4", "the locator names no paragraph"),
        ("para 4, 5", "the locator names no paragraph"),
        ("Para 4", "the locator names no paragraph"),
    ],
)
def test_a_locator_outside_its_source_is_a_problem(locator: str, reason: str) -> None:
    (problem,) = problems([cited(locator)])
    assert problem.code == "I307"
    assert problem.message == f"X-001: {reason}: '{locator}'"
    assert problem.hint == "gazette has para 2 to 10"


def test_a_source_without_an_extent_may_be_cited_by_page() -> None:
    assert problems([cited("p. 4")], [source(paragraphs=None, document="")]) == ()


def text(paragraphs: int, words: str = "") -> dict[str, Text]:
    return {"d" * 64: text_of("\n\n".join(f"Paragraph {n}." for n in range(1, paragraphs)) + f"\n{words or 'End.'}\n")}


def test_a_locator_beyond_the_end_of_the_document_is_a_problem() -> None:
    assert codes(problems([cited("para 9")], texts=text(9))) == []
    (problem,) = problems([cited("para 9")], texts=text(8))
    assert problem.message == "X-001: the locator lies beyond the end of the document: 'para 9'"


WORDS = "police officers took every banner away from people who had gathered near the old harbour"


@pytest.mark.parametrize(
    ("note", "repeated"),
    [
        ("they took every banner away from people who stood still", 0),
        ("they took every banner away from people who had left", 8),
        ("Took every banner away from people who had", 0),
        ("took every banner away from people who had", 8),
        ("took every 24 banner away, Harbour, from people who had", 8),
        ("had gathered near the old harbour police officers took", 0),
        (WORDS, 15),
        ("", 0),
    ],
)
def test_a_note_may_share_seven_words_with_its_document_but_not_eight(note: str, repeated: int) -> None:
    found = problems([observation(note=note)], texts=text(10, WORDS))
    assert codes(found) == (["I308"] if repeated else [])
    if repeated:
        assert f"the note repeats {repeated} words of gazette" in found[0].message


def test_a_note_is_not_compared_with_a_document_that_is_not_at_hand() -> None:
    assert problems([observation(note=WORDS)], texts={}) == ()
    assert problems([observation(note=WORDS)], texts={"e" * 64: text_of(WORDS)}) == ()


def test_a_note_is_not_compared_with_a_document_that_it_does_not_cite() -> None:
    other = source("other", document="e" * 64)
    assert problems([observation(note=WORDS)], [source(), other], {"e" * 64: text_of(WORDS)}) == ()


def some(begun: date, ended: date | None = None, low: int | None = 1, high: int | None = None, **changes: Any) -> Observation:
    return observation(claim=Claim("at_least", low, high, ""), begun=begun, ended=ended, **changes)


@pytest.mark.parametrize(
    ("entry", "contradicts"),
    [
        (some(date(2003, 1, 1), date(2003, 1, 1)), True),
        (some(date(2003, 12, 31), date(2004, 1, 5)), True),
        (some(date(2002, 12, 31), date(2003, 6, 1)), False),
        (some(date(2004, 1, 1), date(2004, 1, 1)), False),
        (some(date(2003, 5, 1), date(2003, 5, 1), low=0, high=0), False),
        (some(date(2003, 5, 1), date(2003, 5, 1), low=None, high=9), False),
        (some(date(2003, 5, 1), date(2003, 5, 1), indicator="assembly.tents_kept"), False),
    ],
)
def test_an_event_contradicts_a_search_of_the_day_it_began_on(entry: Observation, contradicts: bool) -> None:
    tents = indicator("assembly.tents_kept")
    context = RecordContext(evidence([entry, search()], [source()]), Codebook({BANNERS.id: BANNERS, tents.id: tents}), FILES, {})
    assert codes(check_evidence(context)) == (["I315"] if contradicts else [])


@pytest.mark.parametrize(
    ("kind", "entry", "contradicts"),
    [
        (SPELL, some(date(2002, 5, 1), date(2003, 1, 1)), True),
        (SPELL, some(date(2002, 5, 1), date(2002, 12, 31)), False),
        (SPELL, some(date(2003, 12, 31), None, reported=(date(2004, 2, 1), date(2004, 2, 1))), True),
        (SPELL, some(date(2002, 1, 1), None, reported=(date(2002, 9, 1), date(2003, 9, 1))), False),
        (LAW, some(date(1990, 1, 1), None, reported=(date(1990, 2, 1), date(1990, 2, 1))), True),
        (LAW, some(date(1990, 1, 1), date(2002, 12, 31)), False),
        (PRACTICE, some(date(1990, 1, 1), None, reported=(date(1990, 2, 1), date(1990, 2, 1))), False),
        (PRACTICE, some(date(1990, 1, 1), None, reported=(date(2003, 2, 1), date(2003, 2, 1))), True),
    ],
)
def test_a_spell_or_state_contradicts_a_search_of_any_day_it_lasted(
    kind: Indicator, entry: Observation, contradicts: bool
) -> None:
    entry = observation(indicator=kind.id, claim=entry.claim, begun=entry.begun, ended=entry.ended, reported=entry.reported)
    found = problems([entry, search(indicators=(kind.id,))], entry=kind)
    assert codes(found) == (["I315"] if contradicts else [])


def test_a_contradiction_names_both_records() -> None:
    (problem,) = problems([observation(), search()])
    assert problem.message == "X-S01 found none of assembly.banners_taken, but X-001 reports it"


def test_every_problem_is_found_at_once() -> None:
    entries: list[Observation | Search] = [
        cited("para 1", "nowhere"),
        observation("X-002", sources=(Citation("gazette", "para 99", HERE),), note=WORDS),
        search(),
    ]
    assert codes(problems(entries, texts=text(10, WORDS))) == ["I305", "I307", "I308", "I315", "I315"]


def test_a_code_that_is_no_country_is_a_problem_of_the_file() -> None:
    document, _ = parse(b"schema: x\ncountry: XYZ\n", "xyz.yaml")
    file = RecordFile("XYZ", (), (), Place("xyz.yaml", 2, 10), document)
    (problem,) = country_problem(file, known=False)
    assert (problem.code, problem.message, problem.place) == ("I313", "no such country: 'XYZ'", Place("xyz.yaml", 2, 10))
    assert (problem.excerpt, problem.width) == ("country: XYZ", 3)
    assert list(country_problem(file, known=True)) == []


def test_documents_are_the_text_files_of_a_folder_and_below_in_order(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("b/2.txt", "1.txt", "3.md"):
        (tmp_path / name).write_text("x", "utf-8")
    (tmp_path / "folder.txt").mkdir()
    assert [path.relative_to(tmp_path).as_posix() for path in documents_in(tmp_path)] == ["1.txt", "b/2.txt"]
