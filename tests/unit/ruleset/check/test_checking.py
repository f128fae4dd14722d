"""`rate check`: what is checked of which folder, and that every problem is found together."""

from __future__ import annotations

import shutil
from hashlib import sha256
from pathlib import Path

import pytest
from assets.toy import INVENTED, JUDGED, RECORDS, RULES

from ratingengine.errors import NotFound
from ratingengine.ruleset.check.checking import Report, check


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(INVENTED, tmp_path / "copy"))


def spoil(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def codes(report: Report) -> list[str]:
    return [problem.code for problem in report.problems]


def checked(copy: Path) -> Report:
    return check((copy / "rules", copy / "records"), None)


def test_rules_and_records_are_told_with_their_numbers() -> None:
    report = check((RULES, RECORDS), None)
    assert report.problems == ()
    assert report.checked == (
        "rule set invented: 12 rules",
        "codebook: 8 indicators",
        "sources: 2",
        "records records: 10 observations of 2 countries",
    )


def test_without_folders_the_shipped_ones_are_checked() -> None:
    report = check((), None)
    assert report.problems == ()
    assert report.checked[0].startswith("rule set civic-space: ")
    assert any(text.startswith("records recoded: ") for text in report.checked)


def test_a_folder_of_rule_sets_is_checked_set_by_set(copy: Path) -> None:
    shutil.copytree(copy / "rules", copy / "sets" / "second")
    shutil.copytree(copy / "rules", copy / "sets" / "first")
    spoil(copy / "sets" / "second" / "scale.yaml", "name: invented", "name: another")
    report = check((copy / "sets", copy / "records"), None)
    assert [text.split(":")[0] for text in report.checked[:2]] == ["rule set invented", "rule set another"]


def test_rules_are_checked_against_the_codebook_of_a_folder_under_check(copy: Path) -> None:
    spoil(copy / "records" / "codebook" / "expression.yaml", "id: expression.papers_closed", "id: expression.papers_shut")
    assert set(codes(checked(copy))) == {"R208", "I302"}


def test_rules_that_no_engine_can_take_are_found_only_when_they_are_sound_otherwise(copy: Path) -> None:
    spoil(copy / "rules" / "coded.yaml", "at_least: 3}", "at_least: 9007199254740993}")
    assert [code[0] for code in codes(checked(copy))] == ["R"]


@pytest.mark.parametrize(
    ("name", "old", "new", "code"),
    [
        ("records/BVT/2003.yaml", "source: island-gazette", "source: island-gazete", "I305"),
        ("records/BVT/2003.yaml", "country: BVT", "country: HMD", "I314"),
        ("records/BVT/2003.yaml", "id: BVT-2003-001", "id: BVT-2001-001", "I301"),
        ("records/BVT/2003.yaml", "to: 2003-05-02", "to: 2003-04-02", "I304"),
        ("records/BVT/2005.yaml", "from: 2004-01-01", "from: 2003-01-01", "I315"),
        ("records/sources.yaml", "id: penguin-post", "id: island-gazette", "I316"),
        ("records/codebook/expression.yaml", "aggregation: latest", "aggregation: sum", "I310"),
        ("rules/coded.yaml", "id: INV-010", "id: INV-011", "R201"),
        ("rules/coded.yaml", "legal_basis: [INVENTED-LAW art. 1]", "legal_basis: [OTHER-LAW art. 1]", "R206"),
    ],
)
def test_a_spoiled_file_is_found_at_its_place(name: str, old: str, new: str, code: str, copy: Path) -> None:
    spoil(copy / name, old, new)
    report = checked(copy)
    assert code in codes(report)
    assert all(problem.place is not None and problem.place.line > 0 for problem in report.problems)


def test_the_folder_of_a_code_that_is_no_country_is_a_problem(copy: Path) -> None:
    (copy / "records" / "HMD").rename(copy / "records" / "XYZ")
    spoil(copy / "records" / "XYZ" / "2004.yaml", "country: HMD", "country: XYZ")
    assert codes(checked(copy)) == ["I313"]


def test_a_country_folder_in_small_letters_is_a_problem_even_where_it_is_the_only_one(copy: Path) -> None:
    (copy / "records" / "BVT").rename(copy / "records" / "bvt")
    assert set(codes(checked(copy))) == {"I314"}
    (copy / "alone").mkdir()
    shutil.copytree(copy / "records" / "bvt", copy / "alone" / "bvt")
    assert "I314" in codes(check((copy / "alone",), None))


def test_a_second_coding_is_checked_apart_and_may_repeat_ids(copy: Path) -> None:
    shutil.copytree(copy / "records" / "BVT", copy / "records" / "recoded" / "BVT")
    report = checked(copy)
    assert report.problems == ()
    assert report.checked[-1] == "records recoded: 8 observations of 1 countries"
    spoil(copy / "records" / "recoded" / "BVT" / "2003.yaml", "at_least: 7", "at_least: many")
    assert codes(checked(copy)) == ["I303"]


def test_records_may_cite_the_shipped_sources_as_they_may_when_rated(copy: Path) -> None:
    spoil(copy / "records" / "BVT" / "2003.yaml", "source: island-gazette", "source: civicus-2022-downgrade")
    spoil(copy / "records" / "BVT" / "2003.yaml", "locator: p. 3", "locator: para 40")
    assert codes(checked(copy)) == []


def test_problems_are_sorted_by_place_and_each_is_told_once(copy: Path) -> None:
    spoil(copy / "records" / "BVT" / "2003.yaml", "at_least: 7", "at_least: many")
    spoil(copy / "records" / "BVT" / "2001.yaml", "assembly.permit", "assembly.permits")
    report = check((copy / "records", copy / "records", copy / "rules"), None)
    assert codes(report) == ["I302", "I303"]


def test_with_the_documents_at_hand_locators_and_wording_are_checked(copy: Path) -> None:
    raw = b"one\ntwo\nwe saw that each of the banners was taken by force\n"
    documents = copy / "documents"
    documents.mkdir()
    (documents / "gazette.txt").write_bytes(raw)
    custom = f"    custom:\n      document: {sha256(raw).hexdigest()}\n      paragraphs: [1, 9]\n"
    spoil(copy / "records" / "sources.yaml", "    issued: 2004-12-31\n    note: Invented.\n", f"    issued: 2004-12-31\n{custom}")
    for path in (copy / "records").glob("*/*.yaml"):
        path.write_text(path.read_text("utf-8").replace("locator: p. ", "locator: para "), "utf-8")
    found = check((copy / "records",), None)
    assert codes(found) == []
    spoil(copy / "records" / "BVT" / "2003.yaml", "note: Invented.", "note: saw that each of the banners was taken away")
    report = check((copy / "records",), documents)
    assert report.checked[-1].endswith(", 1 sources with the document at hand")
    beyond = [problem.message for problem in report.problems if problem.code == "I307"]
    assert "BVT-2003-002: the locator lies beyond the end of the document: 'para 4'" in beyond
    assert [problem.code for problem in report.problems if problem.code != "I307"] == ["I308"]


@pytest.mark.parametrize("name", ["nowhere", "file", "empty", "records/BVT"])
def test_a_folder_of_neither_rules_nor_records_is_not_found(name: str, copy: Path) -> None:
    (copy / "file").write_text("", "utf-8")
    (copy / "empty").mkdir()
    with pytest.raises(NotFound, match=f"{name}'"):
        check((copy / name,), None)


def test_a_folder_of_documents_that_is_not_there_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no such folder of documents"):
        check((RULES,), tmp_path / "nowhere")


def test_overrides_are_counted_and_a_departure_of_two_bands_is_told_without_being_a_problem(copy: Path) -> None:
    shutil.copy(JUDGED / "overrides.yaml", copy / "records")
    report = checked(copy)
    assert report.problems == ()
    assert "overrides: 4" in report.checked
    assert report.remarks == ("OVR-001: closed on 2003-12-31 is 2 bands from the obstructed that the rules publish",)
    spoil(copy / "records" / "overrides.yaml", "rating: closed", "rating: repressed")
    assert checked(copy).remarks == ()


def test_overrides_are_checked_with_the_words_of_the_rule_sets_under_check(copy: Path) -> None:
    shutil.copy(JUDGED / "overrides.yaml", copy / "records")
    spoil(copy / "records" / "overrides.yaml", "rating: closed", "rating: shut")
    spoil(copy / "records" / "overrides.yaml", "source: island-gazette", "source: island-gazete")
    assert codes(checked(copy)) == ["I321", "I305"]
    assert checked(copy).remarks == ()


def test_records_that_the_default_rules_cannot_rate_have_no_departures(copy: Path) -> None:
    shutil.copy(JUDGED / "overrides.yaml", copy / "records")
    assert check((copy / "records",), None) == Report(
        ("codebook: 8 indicators", "sources: 2", "overrides: 4", "records records: 10 observations of 2 countries"), ()
    )
