"""What the default rules give on the shipped records: a demonstration on the documents they were coded from, in-sample.

These are the results of honest coding under published rules, not expectations that rules or records may be bent to.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from e2e.command import rate

INDICATORS = Path(__file__).resolve().parents[2] / "indicators"
OTHERS = sorted(path.name for path in INDICATORS.iterdir() if len(path.name) == 3 and path.name != "KAZ")


def answer(*words: str) -> dict[str, Any]:
    ran = rate(*words, "--engine", "reference", "--format", "json")
    ran.answered()
    found: dict[str, Any] = ran.json
    return found


def rows(*words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = answer(*words)["rows"]
    return found


def without(tmp_path: Path, *files: str) -> str:
    """The shipped records without some files of Kazakhstan."""
    copy = tmp_path / "indicators"
    shutil.copytree(INDICATORS, copy)
    for name in files:
        (copy / "KAZ" / name).unlink()
    return str(copy)


def test_2022_is_downgraded_to_repressed_and_on_the_watchlist() -> None:
    found = answer("kazakhstan", "--year", "2022")
    assert (found["rating"], found["assessed"], found["previous"]) == ("repressed", "repressed", "obstructed")
    assert (found["change"], found["watchlist"]) == ("downgrade", True)


def test_2022_rests_on_assembly_and_protection_down_to_paragraphs_of_sources() -> None:
    found = answer("kazakhstan", "--year", "2022")
    levels = {name: facet["level"] for name, facet in found["freedoms"].items()}
    assert levels["peaceful_assembly"] == levels["protection"] == "repressed"
    cited = {place["locator"].split()[0] for value in found["evidence"] for place in value["observations"]}
    assert cited == {"para"}


@pytest.mark.parametrize("year", range(2016, 2022))
def test_2016_to_2021_are_obstructed(year: int) -> None:
    found = answer("kazakhstan", "--year", str(year))
    assert (found["rating"], found["assessed"]) == ("obstructed", "obstructed")


def test_2021_rests_on_standing_facts_alone() -> None:
    found = answer("kazakhstan", "--year", "2021")
    assert (found["status"], found["standing_facts_only"]) == ("bounded", True)


def test_2011_has_a_ceiling_but_no_rating_as_no_standing_fact_is_known() -> None:
    found = answer("kazakhstan", "--year", "2011")
    assert (found["rating"], found["status"], found["change"]) == (None, "insufficient", None)
    assert found["ceiling"] != "open"
    assert found["missing"]


@pytest.mark.parametrize("when", [("--year", "2019"), ("--on", "2022-03-15"), ("--year", "2022")], ids=" ".join)
def test_the_country_is_on_the_watchlist(when: tuple[str, str]) -> None:
    assert answer("kazakhstan", *when)["watchlist"] is True


@pytest.mark.parametrize("year", [2016, 2017, 2018, 2020])
def test_in_the_other_years_it_is_not_on_the_watchlist(year: int) -> None:
    assert answer("kazakhstan", "--year", str(year))["watchlist"] is False


def test_of_2021_nothing_is_known_that_the_watchlist_reads() -> None:
    assert answer("kazakhstan", "--year", "2021")["watchlist"] is None


def test_the_only_change_of_all_countries_on_record_is_that_of_2022() -> None:
    assert [(row["iso3"], row["year"], row["change"]) for row in rows("changes", "--from", "2011", "--to", "2022")] == [
        ("KAZ", 2022, "downgrade")
    ]


def test_without_the_evidence_of_2022_the_rating_of_2022_moves(tmp_path: Path) -> None:
    found = answer("kazakhstan", "--year", "2022", "--records", without(tmp_path, "2022.yaml"))
    assert (found["rating"], found["watchlist"]) == ("obstructed", None)
    assert found["change"] != "downgrade"
    assert "repressed" in found["possible"], "what is not known is not excluded"


def test_without_the_evidence_of_2022_the_years_before_stay_as_they_were(tmp_path: Path) -> None:
    fewer = rows("history", "kazakhstan", "--to", "2020", "--records", without(tmp_path, "2022.yaml"))
    assert [row["rating"] for row in fewer] == [row["rating"] for row in rows("history", "kazakhstan", "--to", "2020")]


def test_before_the_downgrade_was_reported_2022_was_not_yet_known_to_be_repressed() -> None:
    found = answer("kazakhstan", "--year", "2022", "--known-at", "2021-12-31")
    assert found["rating"] != "repressed"
    assert found["watchlist"] is None


@pytest.mark.parametrize("iso3", OTHERS)
def test_a_country_on_which_little_is_on_record_gets_no_certain_rating(iso3: str) -> None:
    for row in rows("history", iso3):
        assert row["status"] in ("insufficient", "bounded"), row
        assert len(row["possible"]) > 1, row


def test_years_that_nobody_reports_on_bring_no_upgrade() -> None:
    later = [row for row in rows("history", "kazakhstan", "--to", "2025") if row["year"] > 2022]
    assert [row["change"] for row in later if row["change"]] == ["hold"] * len([row for row in later if row["change"]])
