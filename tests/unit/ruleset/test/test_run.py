"""Cases run: expected and come out, and why."""

from __future__ import annotations

from pathlib import Path

import pytest
from assets.toy import RECORDS
from support.trial_sets import BANNERS, MARCH, WHOLE, case, folder_with, level, under_test

from ratingengine.errors import InvalidInput, NotFound
from ratingengine.ruleset.test.load import load_under_test
from ratingengine.ruleset.test.run import Standing, run_cases, standing

RULE = level("TRY-001", BANNERS)
JOINED = level("TRY-001", f"{{n_of: 1, of: [{BANNERS}, {{all: [{MARCH}]}}]}}")
CONCLUDES = "peaceful_assembly at most"


@pytest.mark.parametrize(
    ("given", "expect", "concludes", "passed", "came_out"),
    [
        ("assembly.banners_taken: 3", "fires", "", True, "fires"),
        ("assembly.banners_taken: 3", "fires", f"{CONCLUDES} narrowed", True, "fires"),
        ("assembly.banners_taken: 3", "fires", f"{CONCLUDES} closed", False, "fires"),
        ("assembly.banners_taken: 3", "does_not_fire", "", False, "fires"),
        ("assembly.banners_taken: 2", "fires", "", False, "does_not_fire"),
        ("assembly.banners_taken: {at_most: 3}", "possible", "", True, "possible"),
    ],
)
def test_a_case_passes_where_verdict_and_conclusion_are_as_expected(
    given: str, expect: str, concludes: str, passed: bool, came_out: str, tmp_path: Path
) -> None:
    (tried,) = run_cases(under_test(tmp_path, [RULE], [case("TRY-001", given, expect, concludes)]))
    assert (tried.passed, tried.came_out) == (passed, came_out)
    assert tried.concluded == (f"{CONCLUDES} narrowed" if came_out == "fires" else "")


def test_why_a_rule_came_out_as_it_did(tmp_path: Path) -> None:
    under = under_test(tmp_path, [JOINED], [case("TRY-001", "assembly.banners_taken: {at_most: 2}", "possible")])
    (tried,) = run_cases(under)
    assert tried.rule.when is not None
    assert standing(tried.rule.when, tried.case.given, "coded", under.bench) == Standing(
        "at least 1 of",
        "open",
        "",
        (
            Standing("assembly.banners_taken at least 3", "excluded", "at most 2", ()),
            Standing("all of", "open", "", (Standing("assembly.march_stopped is yes", "open", "not given", ()),)),
        ),
    )


def test_why_a_level_stands_on_what_lies_beneath(tmp_path: Path) -> None:
    above = level("TRY-002", "{any: [{level: peaceful_assembly, at_most: narrowed}]}").replace("kind: level", "kind: rating")
    above = above.replace("{facet: peaceful_assembly, level_at_most: narrowed}", "{rating_at_most: narrowed}")
    under = under_test(tmp_path, [RULE, above], [case("TRY-002", "assembly.banners_taken: 3", "fires")])
    (tried,) = run_cases(under)
    assert tried.passed
    assert tried.rule.when is not None
    (part,) = standing(tried.rule.when, tried.case.given, "coded", under.bench).parts
    assert (part.verdict, part.given) == ("holds", "from what lies beneath")


def test_a_rule_set_without_cases_says_where_they_belong(tmp_path: Path) -> None:
    folder = folder_with(tmp_path / "mine", [RULE], ())
    with pytest.raises(NotFound, match=r"no cases of invented in '.*mine/cases': write cases there"):
        load_under_test(folder, RECORDS / "codebook")
    with pytest.raises(NotFound, match="no such folder of cases"):
        load_under_test(folder, RECORDS / "codebook", tmp_path / "nowhere")


def test_cases_may_lie_elsewhere(tmp_path: Path) -> None:
    folder = folder_with(tmp_path / "mine", [RULE], WHOLE)
    (folder / "cases").rename(tmp_path / "elsewhere")
    under = load_under_test(folder, RECORDS / "codebook", tmp_path / "elsewhere")
    assert len(under.suite.cases) == 3
    assert under.case_folder.endswith("elsewhere")


def test_problems_of_rules_and_of_cases_are_raised_before_anything_is_tried(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="R208"):
        under_test(tmp_path, [level("TRY-001", "{indicator: assembly.nothing, is: yes}")], WHOLE)
    with pytest.raises(InvalidInput, match="R241"):
        under_test(tmp_path, [RULE], [case("TRY-009", "", "possible")])


def test_ended_rules_are_not_among_those_to_cover_and_measures_are_apart(tmp_path: Path) -> None:
    ended = level("TRY-002", BANNERS) + "    until: 2001-01-01\n"
    measure = (
        "  - id: TRY-003\n    title: Invented\n    kind: measure\n    measure:\n      of: count\n"
        f"      inputs: [{BANNERS}]\n      needs: 1\n      decimals: 0\n"
        "    then: {measure: assembly.number, facet: peaceful_assembly}\n    rationale: Invented.\n"
        "    legal_basis: [INVENTED-LAW art. 1]\n    since: 2000-01-01\n"
    )
    under = under_test(tmp_path, [RULE, ended, measure], WHOLE)
    assert [rule.id for rule in under.rules] == ["TRY-001"]
    assert [rule.id for rule in under.measures] == ["TRY-003"]
