"""Mutants judged: noticed by a case, refused by a check, surviving, or equal to the rule."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.trial_sets import BANNERS, MARCH, WHOLE, case, level, rule, under_test

from ratingengine.ruleset.test import equality, solver
from ratingengine.ruleset.test.mutation import CASES, CHECKS, Judged, mutate
from ratingengine.ruleset.test.telling import Telling, telling

RULE = level("TRY-001", BANNERS)
TAKEN = "assembly.banners_taken at least"


def judged(folder: Path, rules: list[str], cases: list[str], use_z3: bool = False) -> dict[str, Judged]:
    return {f"{one.mutant.rule.id} {one.mutant.after}": one for one in mutate(under_test(folder, rules, cases), use_z3)}


def test_cases_on_both_sides_notice_every_change(tmp_path: Path) -> None:
    found = judged(tmp_path, [RULE], [*WHOLE])
    assert {one.killed_by for one in found.values()} == {CASES}
    assert found[f"TRY-001 {TAKEN} 4"].witness == "TRY-001: three banners"
    assert found[f"TRY-001 {TAKEN} 2"].witness == "TRY-001: two banners"


def test_a_planted_survivor_is_found_and_the_case_that_would_tell(tmp_path: Path) -> None:
    # Five banners do not tell three from four.
    cases = [case("TRY-001", "assembly.banners_taken: 5", "fires", "peaceful_assembly at most narrowed"), *WHOLE[1:]]
    under = under_test(tmp_path, [RULE], cases)
    (survivor,) = (one for one in mutate(under, use_z3=False) if one.survived)
    assert (survivor.mutant.before, survivor.mutant.after) == (f"{TAKEN} 3", f"{TAKEN} 4")
    told = telling(survivor, under.bench.rule_set.rules["TRY-001"], under.bench)
    assert told == Telling({"assembly.banners_taken": "3"}, "fires", "")


def test_without_a_word_of_what_follows_other_ceilings_survive(tmp_path: Path) -> None:
    cases = [text.replace("    concludes: peaceful_assembly at most narrowed\n", "") for text in WHOLE]
    under = under_test(tmp_path, [RULE], cases)
    survivors = [one for one in mutate(under, use_z3=False) if one.survived]
    assert {one.mutant.kind for one in survivors} == {"ceiling", "conclusion"}
    assert telling(survivors[0], under.bench.rule_set.rules["TRY-001"], under.bench) == Telling(
        {}, "fires", "peaceful_assembly at most narrowed"
    )


def test_what_no_case_notices_the_rule_checks_may_refuse(tmp_path: Path) -> None:
    found = judged(tmp_path, [RULE], [WHOLE[2]])
    turned = found["TRY-001 assembly.banners_taken at most 3"]
    assert (turned.killed_by, turned.witness) == (CHECKS, "R205")
    assert found[f"TRY-001 {TAKEN} 4"].survived


@pytest.mark.parametrize("use_z3", [False, pytest.param(True, marks=pytest.mark.skipif(not solver.at_hand(), reason="no z3"))])
def test_a_mutant_that_is_the_same_rule_is_set_apart(use_z3: bool, tmp_path: Path) -> None:
    # Whoever has taken five banners has taken three: the second condition adds nothing, and leaving it out changes nothing.
    idle = "{indicator: assembly.banners_taken, at_least: 5}"
    found = judged(tmp_path, [level("TRY-001", f"{{any: [{BANNERS}, {idle}]}}")], [*WHOLE], use_z3)
    equal = {key for key, one in found.items() if one.equivalent}
    assert equal == {f"TRY-001 {TAKEN} 6", f"TRY-001 {TAKEN} 4", "TRY-001 left out"}
    assert not any(one.survived for key, one in found.items() if key not in equal)


def test_where_equality_is_not_known_the_mutant_counts_as_surviving(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(equality, "MOST_POINTS", 0)
    under = under_test(tmp_path, [RULE], [WHOLE[2]])
    (survivor,) = (one for one in mutate(under, use_z3=False) if one.mutant.after == f"{TAKEN} 4")
    assert survivor.survived
    assert telling(survivor, under.bench.rule_set.rules["TRY-001"], under.bench) is None


FINDING = rule("TRY-001", "finding", BANNERS, "{finding: assembly.hunt, facet: peaceful_assembly}")
OTHER = rule("TRY-002", "finding", MARCH, "{finding: assembly.chase, facet: peaceful_assembly}")
READERS = [level("TRY-003", "{finding: assembly.hunt}", "repressed"), level("TRY-004", "{finding: assembly.chase}")]


def test_a_case_of_a_rule_above_notices_a_change_beneath(tmp_path: Path) -> None:
    beneath = case("TRY-003", "assembly.banners_taken: 3", "fires", name="three banners")
    found = judged(tmp_path, [FINDING, OTHER, *READERS], [beneath])
    assert found[f"TRY-001 {TAKEN} 4"].witness == "TRY-003: three banners"
    assert found["TRY-001 finding assembly.chase"].witness == "TRY-003: three banners"
    assert found[f"TRY-001 {TAKEN} 2"].survived


def test_a_swap_that_lets_rules_rest_on_each_other_is_refused(tmp_path: Path) -> None:
    # TRY-001 would give what TRY-002 reads and TRY-002 what TRY-001 reads.
    chain = rule("TRY-002", "finding", "{finding: assembly.hunt}", "{finding: assembly.chase, facet: peaceful_assembly}")
    readers = [level("TRY-004", "{any: [{finding: assembly.chase}, {finding: assembly.hunt}]}")]
    beneath = case("TRY-004", "assembly.banners_taken: 3", "fires")
    found = judged(tmp_path, [FINDING, chain, *readers], [beneath])
    assert found["TRY-002 finding assembly.hunt"].killed_by == CHECKS
    assert found["TRY-002 finding assembly.hunt"].witness in ("R202", "R204")


def test_cases_of_a_measure_and_of_ended_rules_make_no_mutants(tmp_path: Path) -> None:
    assert (
        judged(tmp_path, [RULE, level("TRY-002", MARCH) + "    until: 2001-01-01\n"], [*WHOLE]).keys()
        == judged(tmp_path / "b", [RULE], [*WHOLE]).keys()
    )


def test_a_telling_case_gives_findings_and_words(tmp_path: Path) -> None:
    when = f"{{all: [{{finding: assembly.hunt}}, {{level: expression, at_most: narrowed}}, {MARCH}]}}"
    rules = [FINDING, rule("TRY-005", "rating", when, "{rating_at_most: narrowed}")]
    rules.append(level("TRY-006", MARCH).replace("facet: peaceful_assembly", "facet: expression"))
    under = under_test(tmp_path, rules, [case("TRY-005", "", "possible")])
    told = {
        one.mutant.before: telling(one, under.bench.rule_set.rules["TRY-005"], under.bench)
        for one in mutate(under, use_z3=False)
        if one.survived and one.mutant.kind == "dropped" and one.mutant.rule.id == "TRY-005"
    }
    assert told["assembly.march_stopped is yes"] == Telling(
        {"assembly.hunt": "yes", "assembly.march_stopped": "no", "level.expression": "narrowed"}, "does_not_fire", ""
    )
