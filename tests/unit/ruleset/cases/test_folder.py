"""The cases beside a rule set, and what is wrong between them and the rules."""

from __future__ import annotations

from pathlib import Path

import pytest
from assets.toy import RECORDS
from support.trial_sets import BANNERS, WHOLE, case, folder_with, level

from ratingengine.method.rulefile.reader import read_rules
from ratingengine.ruleset.check.checking import check_rule_set

CODEBOOK = RECORDS / "codebook"
RULE = level("TRY-001", BANNERS)


def codes(folder: Path) -> list[str]:
    return [problem.code for problem in check_rule_set(folder, CODEBOOK).problems]


def test_cases_beside_the_rules_are_no_rules_and_are_counted(tmp_path: Path) -> None:
    report = check_rule_set(folder_with(tmp_path, [RULE], WHOLE), CODEBOOK)
    assert report.problems == ()
    assert report.checked == ("rule set invented: 1 rules, 3 cases",)


def test_cases_take_no_part_in_the_digest_of_a_method(tmp_path: Path) -> None:
    with_cases = read_rules(folder_with(tmp_path / "a", [RULE], WHOLE))[0].rule_set
    without = read_rules(folder_with(tmp_path / "b", [RULE], ()))[0].rule_set
    assert with_cases.digest == without.digest


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (case("TRY-002", "assembly.banners_taken: 3", "fires"), "R241"),
        (case("TRY-001", "assembly.banner_taken: 3", "fires"), "R242"),
        (case("TRY-001", "assembly.march_stopped: yes", "possible"), "R242"),
        (case("TRY-001", "assembly.banners_taken: many", "fires"), "R243"),
        (case("TRY-001", "assembly.banners_taken: {at_least: -1}", "fires"), "R243"),
        (case("TRY-001", "assembly.banners_taken: 2", "does_not_fire", "peaceful_assembly at most narrowed"), "R244"),
        (case("TRY-001", "assembly.banners_taken: 2", "never"), "F117"),
    ],
)
def test_a_case_that_tells_nothing_is_a_problem(tmp_path: Path, wrong: str, code: str) -> None:
    assert codes(folder_with(tmp_path, [RULE], [*WHOLE, wrong])) == [code]


@pytest.mark.parametrize(
    ("value", "expected"), [("yes", []), ("missing", []), ("maybe", ["R243"]), ("{at_least: yes}", ["R243"])]
)
def test_a_finding_is_given_by_yes_and_no(tmp_path: Path, value: str, expected: list[str]) -> None:
    finding = RULE.replace("kind: level", "kind: finding").replace("level_at_most: narrowed", "finding: assembly.hunt")
    finding = finding.replace(
        "{facet: peaceful_assembly, finding: assembly.hunt}", "{finding: assembly.hunt, facet: peaceful_assembly}"
    )
    rules = [finding, level("TRY-002", "{finding: assembly.hunt}")]
    given = case("TRY-002", f"assembly.hunt: {value}", "possible")
    assert codes(folder_with(tmp_path, rules, [given])) == expected


def test_a_case_may_give_what_lies_beneath_a_finding(tmp_path: Path) -> None:
    finding = RULE.replace("kind: level", "kind: finding")
    finding = finding.replace(
        "{facet: peaceful_assembly, level_at_most: narrowed}", "{finding: assembly.hunt, facet: peaceful_assembly}"
    )
    rules = [finding, level("TRY-002", "{finding: assembly.hunt}")]
    assert codes(folder_with(tmp_path, rules, [case("TRY-002", "assembly.banners_taken: 3", "fires")])) == []
