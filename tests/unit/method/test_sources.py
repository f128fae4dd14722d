from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ratingengine.errors import Place, Problem
from ratingengine.files.collect import Located
from ratingengine.method.sources import Bibliography, citation_text, issued_text, paragraphs_of, read_sources

HEAD = "schema: ratingengine/sources/1\nreferences:\n"
GAZETTE = "  - id: gazette\n    type: report\n    title: Gazette\n    issued: 2003-05-03\n"


def read(folder: Path, text: str) -> tuple[Bibliography, tuple[Problem, ...]]:
    path = folder / "sources.yaml"
    path.write_text(HEAD + text, encoding="utf-8")
    return read_sources(path)


def test_a_source_is_read_with_names_day_and_extent(tmp_path: Path) -> None:
    digest = "0123456789abcdef" * 4
    text = (
        "  - id: gazette\n    type: report\n    title: Gazette\n"
        "    author: [{literal: The Island}, {family: Bouvet, given: Jean}]\n"
        "    issued: [2003-05-03, 2003-05-05]\n    URL: https://example.org/1\n"
        f"    custom:\n      document: {digest}\n      paragraphs: [2, 9]\n"
    )
    bibliography, problems = read(tmp_path, text)
    assert problems == ()
    found = bibliography.sources["gazette"]
    assert found.author == "The Island; Jean Bouvet"
    assert found.issued == (date(2003, 5, 3), date(2003, 5, 5))
    assert (found.document, found.paragraphs, found.url) == (digest, (2, 9), "https://example.org/1")


def test_an_absent_file_is_an_empty_bibliography(tmp_path: Path) -> None:
    bibliography, problems = read_sources(tmp_path / "sources.yaml")
    assert (bibliography.sources, bibliography.document, problems) == ({}, None, ())


def test_a_broken_link_in_place_of_the_file_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "sources.yaml").symlink_to("gone.yaml")
    _, problems = read_sources(tmp_path / "sources.yaml")
    assert [problem.code for problem in problems] == ["F101"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (GAZETTE + GAZETTE, "I316"),
        (GAZETTE.replace("2003-05-03", "[2003-05-05, 2003-05-03]"), "I304"),
        (GAZETTE.replace("2003-05-03", "spring"), "F115"),
        (GAZETTE.replace("gazette", "the gazette"), "F118"),
        (GAZETTE + "    URL: ftp://example.org\n", "F118"),
        (GAZETTE + f"    custom:\n      document: {'0' * 64}\n      paragraphs: [9, 1]\n", "I304"),
        (GAZETTE + f"    custom:\n      document: {'0' * 64}\n      paragraphs: [1]\n", "F121"),
        (GAZETTE + f"    custom:\n      document: {'A' * 64}\n      paragraphs: [1, 2]\n", "F118"),
    ],
)
def test_one_defect_is_one_problem(tmp_path: Path, text: str, code: str) -> None:
    _, problems = read(tmp_path, text)
    assert [problem.code for problem in problems] == [code]


def test_a_source_with_an_unreadable_day_can_still_be_cited(tmp_path: Path) -> None:
    bibliography, _ = read(tmp_path, GAZETTE.replace("2003-05-03", "spring"))
    assert "gazette" in bibliography.sources


def test_of_two_sources_with_one_id_the_first_stays(tmp_path: Path) -> None:
    bibliography, _ = read(tmp_path, GAZETTE + GAZETTE.replace("Gazette", "Another"))
    assert bibliography.sources["gazette"].title == "Gazette"


@pytest.mark.parametrize(
    ("locator", "paragraphs"),
    [("para 12", (12, 12)), ("para 12-13", (12, 13)), ("p. 4", None), ("para", None), ("para 12, 14", None), ("Para 3", None)],
)
def test_locators_of_paragraphs_are_told_from_others(locator: str, paragraphs: tuple[int, int] | None) -> None:
    assert paragraphs_of(locator) == paragraphs


@pytest.mark.parametrize(
    ("text", "parts"), [("ICCPR art. 21", ("ICCPR", "art. 21")), ("ICCPR", ("ICCPR", "")), ("A p. 3  b", ("A", "p. 3  b"))]
)
def test_a_citation_is_a_source_and_its_locator(text: str, parts: tuple[str, str]) -> None:
    found = citation_text(Located(text, text, Place("f", 1, 1)))
    assert (found.source, found.locator) == parts


def test_a_day_and_an_interval_are_said_differently() -> None:
    first, last = date(2003, 5, 3), date(2003, 5, 5)
    assert issued_text((first, first)) == "2003-05-03"
    assert issued_text((first, last)) == "between 2003-05-03 and 2003-05-05"
