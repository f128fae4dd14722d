"""Which records count: folders and single files, what was known when, the rating of the year before, documents."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from assets.toy import OPTIONS, RECORDS, RULES
from e2e.command import rate

PROJECT = Path(__file__).resolve().parents[2]
DEFAULT = PROJECT / "indicators"
SEEDS = PROJECT.parent / "shared" / "seeds"
ISLAND = ("BVT", "--year", "2003", "--format", "json")
KAZAKHSTAN = ("kaz", "--year", "2022", "--format", "json")


def test_a_folder_of_records_with_its_codebook_stands_in_for_the_shipped_one() -> None:
    assert rate(*ISLAND, *OPTIONS).json["rating"] == "obstructed"
    shipped = rate(*ISLAND).json
    assert (shipped["rating"], shipped["coverage"]) == (None, 0.0)


def test_the_files_of_a_country_named_one_by_one_give_the_same_answer_as_its_folder() -> None:
    files = [word for path in sorted((DEFAULT / "KAZ").glob("*.yaml")) for word in ("--records", str(path))]
    named, folder = rate(*KAZAKHSTAN, *files), rate(*KAZAKHSTAN, "--records", str(DEFAULT))
    folder.answered()
    assert named.json == folder.json == rate(*KAZAKHSTAN).json


def test_of_a_single_file_only_that_file_counts() -> None:
    found = rate(*KAZAKHSTAN, "--records", str(DEFAULT / "KAZ" / "2022.yaml")).json
    ids = {entry["id"] for value in found["evidence"] for entry in value["observations"]}
    assert ids
    assert all(name.startswith("KAZ-2022-") for name in ids)


def test_a_file_of_another_country_is_left_out() -> None:
    found = rate("guinea", "--year", "2019", "--format", "json", "--records", str(DEFAULT / "KAZ" / "2022.yaml")).json
    assert (found["rating"], found["evidence"]) == (None, [])


def test_the_same_record_from_a_folder_and_from_a_file_is_refused() -> None:
    rate(*ISLAND, *OPTIONS, "--records", str(RECORDS / "BVT" / "2003.yaml")).refused(4, "I301", "stands twice", "first at")


def test_several_folders_of_records_add_up(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name / "BVT").mkdir(parents=True)
    shutil.copytree(RECORDS / "codebook", tmp_path / "one" / "codebook")
    for name, year in (("one", "2001"), ("two", "2003")):
        shutil.copy(RECORDS / "BVT" / f"{year}.yaml", tmp_path / name / "BVT")
    both = rate(*ISLAND, "--rules", str(RULES), "--records", str(tmp_path / "one"), "--records", str(tmp_path / "two"))
    both.answered()
    assert both.json["rating"] == "obstructed"
    one = rate(*ISLAND, "--rules", str(RULES), "--records", str(tmp_path / "one"))
    assert one.json["status"] == "insufficient"


def test_the_name_of_a_file_is_only_filing(tmp_path: Path) -> None:
    shutil.copytree(RECORDS, tmp_path / "records")
    (tmp_path / "records" / "BVT" / "2003.yaml").rename(tmp_path / "records" / "BVT" / "anything.yaml")
    renamed = rate(*ISLAND, "--rules", str(RULES), "--records", str(tmp_path / "records"))
    assert renamed.json == rate(*ISLAND, *OPTIONS).json


def test_an_empty_folder_of_records_gives_no_rating_and_never_the_best(tmp_path: Path) -> None:
    found = rate(*KAZAKHSTAN, "--records", str(tmp_path)).json
    assert (found["rating"], found["status"], found["coverage"]) == (None, "insufficient", 0.0)
    assert found["possible"] == ["open", "narrowed", "obstructed", "repressed", "closed"]


def test_what_was_reported_later_is_not_known() -> None:
    known = {
        day: {
            entry["id"]
            for value in rate(*ISLAND, *OPTIONS, "--known-at", day).json["evidence"]
            for entry in value["observations"]
        }
        for day in ("2003-05-02", "2003-05-03", "2005-06-29", "2005-06-30")
    }
    assert "BVT-2003-002" not in known["2003-05-02"]
    assert "BVT-2003-002" in known["2003-05-03"]
    assert "BVT-2003-003" not in known["2005-06-29"], "an uncertain report counts from its later end"
    assert "BVT-2003-003" in known["2005-06-30"]


def test_the_known_at_day_bears_on_the_years_before_too() -> None:
    rows = rate("history", "BVT", "--known-at", "2003-12-31", *OPTIONS, "--to", "2003", "--format", "json").json["rows"]
    assert [(row["year"], row["rating"]) for row in rows] == [(2001, "narrowed"), (2002, "narrowed"), (2003, "narrowed")]


def test_the_text_says_as_known_when() -> None:
    rate("BVT", "--year", "2003", "--known-at", "2003-12-31", *OPTIONS).answered("as known on 31 December 2003")


@pytest.mark.parametrize(
    ("prior", "rating", "change"),
    [
        ("narrowed", "obstructed", "downgrade"),
        ("obstructed", "repressed", "downgrade"),
        ("repressed", "repressed", "unchanged"),
        ("closed", "closed", "hold"),
    ],
)
def test_a_prior_rating_takes_the_place_of_the_computed_one(prior: str, rating: str, change: str) -> None:
    found = rate(*ISLAND, *OPTIONS, "--prior", prior).json
    assert (found["previous"], found["rating"], found["change"]) == (prior, rating, change)
    assert found["assessed"] == "repressed"


def test_the_shipped_rules_codebook_and_records_have_no_problem() -> None:
    rate("check").answered("rule set civic-space:", "records recoded:", "no problem found")


@pytest.mark.skipif(not SEEDS.is_dir(), reason="shared/seeds does not lie beside the project")
def test_the_shipped_records_agree_with_the_documents_they_were_coded_from() -> None:
    ran = rate("check", "indicators", "--documents", "../shared/seeds", cwd=PROJECT)
    ran.answered("sources with the document at hand", "no problem found")
    assert "0 sources with the document at hand" not in ran.out.replace("10 sources", "")
