"""`rate test` as a researcher runs it on rules of their own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from assets.toy import RECORDS
from e2e.command import rate
from support.trial_sets import BANNERS, FAILING, GAPS, IDLE, PAIR, WHOLE, case, folder_with, level

OWN = ("--records", str(RECORDS))
RULE = level("TRY-001", BANNERS)
WRONG = """\
Failed
  cases/coded.yaml:3:11: TRY-001 two banners
    given: assembly.banners_taken: 2; assembly.march_stopped: yes
    expected: fires
    came out: does_not_fire
    all of → excluded
      assembly.banners_taken at least 3 (2) → excluded
      any of → holds
        assembly.march_stopped is yes (yes) → holds
        assembly.permit at least notice (not given) → open
"""


def test_a_wrong_expectation_is_told_with_place_verdict_and_reason(tmp_path: Path) -> None:
    folder_with(tmp_path, [PAIR, IDLE], FAILING)
    ran = rate("test", ".", *OWN, cwd=tmp_path)
    assert (ran.code, ran.err) == (1, "")
    assert WRONG in ran.out
    assert "3 cases from cases: 1 passed, 2 failed" in ran.out
    assert "expected: fires, peaceful_assembly at most closed\n    came out: fires, peaceful_assembly at most narrowed" in ran.out
    assert "Rules without a case\nTRY-002\n" in ran.out


def test_cases_that_hold_are_told_in_a_line(tmp_path: Path) -> None:
    folder_with(tmp_path, [RULE], WHOLE)
    rate("test", ".", *OWN, cwd=tmp_path).answered("3 cases from cases: 3 passed, 0 failed\n")


def test_coverage_names_the_rule_and_the_threshold_that_no_case_tries(tmp_path: Path) -> None:
    folder_with(tmp_path, [RULE, level("TRY-002", BANNERS)], WHOLE[1:])
    ran = rate("test", ".", "--coverage", *OWN, cwd=tmp_path)
    assert ran.code == 1
    for said in (
        "  TRY-001\n    rules: no case in which it fires\n",
        "assembly.banners_taken at least 3: no case gives assembly.banners_taken: 3 (at the threshold)\n",
        "  TRY-002\n    rules: no case in which it fires\n    rules: no case in which it does not fire\n",
        "On record: 6 country-years, in which 2 of 2 rules fire",
    ):
        assert " ".join(said.split()) in " ".join(ran.out.split()), ran.out


def test_too_few_noticed_changes_are_found_and_the_bar_can_be_set(tmp_path: Path) -> None:
    folder_with(tmp_path, [PAIR, IDLE], GAPS)
    ran = rate("test", ".", "--mutate", "--format", "json", *OWN, cwd=tmp_path)
    assert ran.code == 1
    found = ran.json["mutation"]
    assert found.keys() >= {"killed", "survived", "equivalent"}
    assert (found["killed"], found["survived"], found["equivalent"]) == (21, 7, 4)
    assert len(found["survivors"]) == found["survived"]
    assert len(found["equivalents"]) == found["equivalent"]
    assert rate("test", ".", "--mutate", "--least", "50", *OWN, cwd=tmp_path).code == 0


def test_the_shipped_rules_are_tested_without_naming_them(tmp_path: Path) -> None:
    ran = rate("test", "--coverage", "--mutate", "--format", "json", cwd=tmp_path)
    ran.answered()
    assert ran.json["rules"]["name"] == "civic-space"
    assert ran.json["cases"]["failed"] == 0
    assert ran.json["coverage"]["complete"]
    assert ran.json["mutation"]["share"] >= 95


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("test", "nowhere"), 3, "no rule set 'nowhere'"),
        (("test", ".", "--cases", "nowhere", *OWN), 3, "no such folder of cases: 'nowhere'"),
        (("test", ".", "--least", "101", *OWN), 2, "--least 101: write a per cent, 0 to 100"),
        (("test", ".", "--format", "xml", *OWN), 2, "--format xml: write one of text, json, md"),
    ],
)
def test_what_is_asked_wrongly_is_refused(words: tuple[str, ...], code: int, said: str, tmp_path: Path) -> None:
    folder_with(tmp_path, [RULE], WHOLE)
    rate(*words, cwd=tmp_path).refused(code, said)


def test_a_rule_set_without_cases_says_where_they_belong(tmp_path: Path) -> None:
    folder_with(tmp_path, [RULE], ())
    rate("test", ".", *OWN, cwd=tmp_path).refused(3, "no cases of invented in 'cases': write cases there")


def test_a_case_that_cannot_be_tried_is_refused_with_its_place(tmp_path: Path) -> None:
    folder_with(tmp_path, [RULE], [*WHOLE, case("TRY-001", "assembly.banner_taken: 3", "fires")])
    rate("test", ".", *OWN, cwd=tmp_path).refused(4, "cases/coded.yaml:18:13: R242", "did you mean 'assembly.banners_taken'?")


def test_cases_from_another_folder_take_the_place_of_those_beside_the_rules(tmp_path: Path) -> None:
    folder_with(tmp_path / "mine", [RULE], FAILING[:1])
    folder_with(tmp_path / "other", [RULE], WHOLE)
    shutil.move(tmp_path / "other" / "cases", tmp_path / "elsewhere")
    rate("test", "mine", "--cases", "elsewhere", *OWN, cwd=tmp_path).answered("3 cases from elsewhere: 3 passed, 0 failed")
