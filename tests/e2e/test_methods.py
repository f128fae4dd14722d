"""The further methods through the real command: every question that the default method is asked."""

from __future__ import annotations

from pathlib import Path

import pytest
from e2e.command import rate
from support.published_rows import Row, write_records

from ratingengine.world.countries import by_iso3

pytestmark = pytest.mark.deep

TWO: dict[str, tuple[dict[str, str], dict[str, str], str, str]] = {
    "rsf-situations": ({"rsf.score": "85"}, {"rsf.score": "39.99"}, "good", "very_serious"),
    "civicus-banding": ({"civicus.score": "20.50"}, {"civicus.score": "20.49"}, "repressed", "closed"),
    "freedom-house": (
        {"fiw.political_rights_score": "30", "fiw.civil_liberties_score": "44"},
        {"fiw.political_rights_score": "11", "fiw.civil_liberties_score": "17"},
        "free",
        "not_free",
    ),
    "political-terror": (
        {"pts.amnesty": "none", "pts.human_rights_watch": "none", "pts.state_department": "3"},
        {"pts.amnesty": "5", "pts.human_rights_watch": "none", "pts.state_department": "4"},
        "level_3",
        "level_5",
    ),
}
"""What is published of two years, and the ratings that follow."""


@pytest.fixture(params=TWO)
def method(request: pytest.FixtureRequest) -> str:
    """Each of the methods."""
    return str(request.param)


@pytest.fixture
def records(method: str, tmp_path: Path) -> str:
    """Records of Kazakhstan for two years."""
    kazakhstan = by_iso3("KAZ")
    assert kazakhstan is not None
    one, other = TWO[method][:2]
    write_records(tmp_path / "records", [Row("a", 2020, one), Row("a", 2021, other)], {"a": kazakhstan})
    return str(tmp_path / "records")


def test_a_country_is_rated_by_both_engines_and_moves_as_far_as_its_score(method: str, records: str) -> None:
    before, after = TWO[method][2:]
    first = rate("kazakhstan", "--year", "2020", "--rules", method, "--records", records, "--format", "json").json
    ran = rate("kazakhstan", "--year", "2021", "--rules", method, "--records", records, "--format", "json")
    found = ran.json
    assert (first["rating"], found["rating"], found["previous"]) == (before, after, before)
    assert (found["change"], found["status"], ran.code) == ("downgrade", "determined", 0)
    assert found["evidence"] != []


def test_without_a_score_there_is_no_rating(method: str, records: str) -> None:
    found = rate("kazakhstan", "--year", "2022", "--rules", method, "--records", records, "--format", "json").json
    assert (found["rating"], found["status"]) == (None, "insufficient")


def test_every_question_has_an_answer(method: str, records: str) -> None:
    named = ("--rules", method, "--records", records)
    after = TWO[method][3]
    assert after in rate("why", "kazakhstan", "--year", "2021", *named).out
    assert "row 2021" in rate("why", "kazakhstan", "--year", "2021", *named).out
    diff = rate("diff", "kazakhstan", "2020", "2021", *named)
    assert (diff.code, TWO[method][2] in diff.out, after in diff.out) == (0, True, True)
    for asked in (
        ("why-not", "kazakhstan", "--year", "2021", "--rating", TWO[method][2]),
        ("robust", "kazakhstan", "--year", "2021"),
        ("history", "kazakhstan"),
        ("sources", "kazakhstan", "--year", "2021"),
        ("changes", "--from", "2020", "--to", "2021"),
    ):
        rate(*asked, *named).answered()


def test_the_method_itself_can_be_read_checked_and_tried(method: str, records: str) -> None:
    assert f"({method} 2026.1)" in rate("rules", "list", "--rules", method).out
    assert rate("codebook", "--rules", method).code == 0
    tried = rate("test", method, "--coverage", "--mutate", "--format", "json")
    assert tried.code == 0
    assert tried.json["on_record"] is None
    assert rate("check", f"rules/{method}", records).out.splitlines()[-1].startswith("no problem found")


def test_the_shipped_records_answer_other_questions(method: str) -> None:
    rate("kazakhstan", "--year", "2021", "--rules", method).refused(3, "has a codebook of its own", "--records")


def test_an_answer_is_certified_with_the_codebook_of_its_method(method: str, records: str, tmp_path: Path) -> None:
    file = str(tmp_path / "answer.json")
    named = ("--rules", method, "--records", records)
    assert rate("certify", "kazakhstan", "--year", "2021", *named, "-o", file).code == 0
    assert rate("verify", file).code == 0


def test_situations_of_older_editions_follow_the_bands_of_their_day(tmp_path: Path) -> None:
    kazakhstan = by_iso3("KAZ")
    assert kazakhstan is not None
    write_records(tmp_path, [Row("a", 2020, {"rsf.score": "72"})], {"a": kazakhstan})
    asked = ("kazakhstan", "--year", "2020", "--records", str(tmp_path), "--format", "json", "--rules")
    assert rate(*asked, "rsf-situations").json["rating"] == "satisfactory"
    assert rate(*asked, "rsf-situations@2021-12-31").json["rating"] == "problematic"
