"""Findings of rules, codebook and records together: what is told and what is not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from assets.toy import RECORDS
from support.trial_sets import BANNERS, MARCH, case, folder_with, level, rule

from ratingengine.errors import Problem
from ratingengine.ruleset.check.checking import check

PERMIT = "{indicator: assembly.permit, at_least: permission}"
FOUR = BANNERS.replace("3", "4")


def both(first: str, second: str = PERMIT) -> str:
    return f"{{all: [{first}, {second}]}}"


def findings(folder: Path, rules: tuple[str, ...], *codes: str, cases: tuple[str, ...] = ()) -> list[Problem]:
    """Of a rule set with the invented records, the findings of these codes."""
    mine = folder_with(folder / "mine", rules, cases)
    shutil.copytree(RECORDS, folder / "records", dirs_exist_ok=True)
    report = check((mine, folder / "records"), None)
    assert report.problems == ()
    return [found for found in report.findings if found.code in codes]


def test_steps_of_a_ladder_are_no_twins(tmp_path: Path) -> None:
    assert findings(tmp_path, (level("TRY-001", both(BANNERS)), level("TRY-002", both(FOUR), "closed")), "L503") == []


def test_findings_alike_but_for_one_threshold_are_twins_however_they_are_written(tmp_path: Path) -> None:
    def named(rule_id: str, when: str, name: str) -> str:
        return rule(rule_id, "finding", when, f"{{finding: {name}, facet: peaceful_assembly}}")

    reader = level("TRY-009", "{all: [{finding: x.one}, {finding: x.two}]}")
    one = named("TRY-001", both(BANNERS), "x.one")
    (found,) = findings(tmp_path, (one, named("TRY-002", both(PERMIT, FOUR), "x.two"), reader), "L503")
    assert found.message.startswith("rule TRY-002 has the condition of TRY-001 but for one threshold")
    (found,) = findings(tmp_path, (one, named("TRY-002", both(BANNERS), "x.two"), reader), "L503")
    assert "the same condition as TRY-001" in found.message
    assert findings(tmp_path, (one, named("TRY-002", both(FOUR, MARCH), "x.two"), reader), "L503") == []
    ladder = (named("TRY-001", BANNERS, "x.one"), named("TRY-002", FOUR, "x.two"), reader)
    assert findings(tmp_path, ladder, "L503") == []


def test_a_rule_set_without_cases_is_not_told_so_rule_by_rule(tmp_path: Path) -> None:
    rules = (level("TRY-001", BANNERS), level("TRY-002", MARCH, "closed"))
    assert findings(tmp_path, rules, "L509") == []
    assert [found.message for found in findings(tmp_path, rules, "L509", cases=(case("TRY-001", "", "possible"),))] == [
        "rule TRY-002 has no case"
    ]


def test_thresholds_that_no_record_crosses_are_told_once_for_an_indicator(tmp_path: Path) -> None:
    rules = (
        level("TRY-001", BANNERS.replace("3", "50")),
        level("TRY-002", BANNERS.replace("3", "70"), "closed"),
        rule("TRY-003", "watchlist", BANNERS, "{watchlist: on}"),
    )
    (found,) = findings(tmp_path, rules, "L504")
    told = "assembly.banners_taken at least 50 (TRY-001); assembly.banners_taken at least 70 (TRY-002): the furthest is 4"
    assert found.message == f"none of 6 country-years on record meets {told}"


def test_without_records_or_codebook_under_check_nothing_is_said_of_them(tmp_path: Path) -> None:
    mine = folder_with(tmp_path / "mine", (level("TRY-001", BANNERS),), ())
    shutil.copytree(RECORDS / "codebook", tmp_path / "only" / "codebook")
    told = {found.code for found in check((mine, tmp_path / "only"), None).findings}
    assert "L505" in told
    assert {found.code for found in check((RECORDS,), None).findings} <= {"L508", "L510"}


@pytest.mark.parametrize("note", ["Tells the day of island-post.", "Tells the day of island-posters."])
def test_a_source_that_a_note_names_dates_another(note: str, tmp_path: Path) -> None:
    shutil.copytree(RECORDS, tmp_path / "records")
    sources = tmp_path / "records/sources.yaml"
    entry = "  - {id: island-post, type: report, title: Post, issued: 2003-01-01}\n"
    other = f"  - {{id: other, type: report, title: Other, issued: 2003-01-01, note: '{note}'}}\n"
    sources.write_text(sources.read_text("utf-8").rstrip("\n") + "\n" + entry + other, "utf-8")
    told = [found.message for found in check((tmp_path / "records",), None).findings if found.code == "L508"]
    assert any("'other'" in text for text in told)
    assert any("'island-post'" in text for text in told) == note.endswith("posters.")
