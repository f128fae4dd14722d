"""What cases show of a rule, and what they leave untried."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.trial_sets import BANNERS, MARCH, WHOLE, case, level, under_test

from ratingengine.ruleset.test.coverage import Coverage, cover

RULE = level("TRY-001", BANNERS)
PAIR = f"[{BANNERS}, {MARCH}]"


def covered(folder: Path, rules: list[str], cases: list[str]) -> Coverage:
    return cover(under_test(folder, rules, cases))


def gaps(found: Coverage) -> list[tuple[str, str, str]]:
    return [(gap.kind, gap.atom, gap.what) for gap in found.gaps]


def test_cases_on_both_sides_and_one_without_evidence_cover_a_rule(tmp_path: Path) -> None:
    found = covered(tmp_path, [RULE], [*WHOLE])
    assert found.gaps == ()
    assert found.shown == {"rules": (2, 2), "conditions": (2, 2), "thresholds": (2, 2), "missing": (1, 1), "decisive": (2, 2)}


ATOM = "assembly.banners_taken at least 3"


@pytest.mark.parametrize(
    ("left_out", "expected"),
    [
        (
            0,
            [
                ("rules", "", "no case in which it fires"),
                ("conditions", ATOM, "never seen to hold"),
                ("thresholds", ATOM, "no case gives assembly.banners_taken: 3 (at the threshold)"),
                ("decisive", ATOM, "no case in which the rule holds because of it alone"),
            ],
        ),
        (
            1,
            [
                ("rules", "", "no case in which it does not fire"),
                ("conditions", ATOM, "never seen to fail"),
                ("thresholds", ATOM, "no case gives assembly.banners_taken: 2 (one step short of it)"),
                ("decisive", ATOM, "no case in which the rule fails because of it alone"),
            ],
        ),
        (2, [("missing", ATOM, "no case leaves assembly.banners_taken out")]),
    ],
)
def test_each_case_that_is_left_out_leaves_its_gap(left_out: int, expected: list[tuple[str, str, str]], tmp_path: Path) -> None:
    found = covered(tmp_path, [RULE], [text for number, text in enumerate(WHOLE) if number != left_out])
    assert gaps(found) == expected


@pytest.mark.parametrize(
    ("given", "open_side"),
    [("{at_least: 3}", "2"), ("{at_least: 2}", "3"), ("{at_most: 2}", "3"), ("{at_most: 3}", "2"), ("30", "3 2"), ("0", "3 2")],
)
def test_a_bound_tries_the_side_on_which_it_ends(given: str, open_side: str, tmp_path: Path) -> None:
    expect = {"{at_least: 3}": "fires", "30": "fires", "{at_most: 2}": "does_not_fire", "0": "does_not_fire"}.get(
        given, "possible"
    )
    found = covered(tmp_path, [RULE], [case("TRY-001", f"assembly.banners_taken: {given}", expect)])
    untried = [gap.what.split(": ")[1].split(" ")[0] for gap in found.gaps if gap.kind == "thresholds"]
    assert untried == open_side.split()


def test_a_rule_without_any_case_is_wholly_uncovered(tmp_path: Path) -> None:
    found = covered(tmp_path, [RULE, level("TRY-002", MARCH)], [*WHOLE])
    assert {gap.rule for gap in found.gaps} == {"TRY-002"}
    assert found.shown["rules"] == (2, 4)
    assert len(found.gaps) == 9


def decisive(found: Coverage) -> set[tuple[str, bool]]:
    return {(gap.atom.split(" ")[0], "holds" in gap.what) for gap in found.gaps if gap.kind == "decisive"}


BOTH = "assembly.banners_taken: {}, assembly.march_stopped: {}"
BANNER, STOPPED = "assembly.banners_taken", "assembly.march_stopped"


@pytest.mark.parametrize(
    ("join", "cases", "missing"),
    [
        # together they hold, together they fail: neither is seen to decide that all fails, nor that any holds
        ("all", [("3", "yes", "fires"), ("2", "no", "does_not_fire")], {(BANNER, False), (STOPPED, False)}),
        ("any", [("3", "yes", "fires"), ("2", "no", "does_not_fire")], {(BANNER, True), (STOPPED, True)}),
        ("all", [("3", "yes", "fires"), ("2", "yes", "does_not_fire")], {(STOPPED, False)}),
        ("all", [("3", "yes", "fires"), ("2", "yes", "does_not_fire"), ("3", "no", "does_not_fire")], set()),
        ("any", [("3", "no", "fires"), ("2", "yes", "fires"), ("2", "no", "does_not_fire")], set()),
    ],
)
def test_a_condition_decides_where_turning_it_alone_would_turn_the_rule(
    join: str, cases: list[tuple[str, str, str]], missing: set[tuple[str, bool]], tmp_path: Path
) -> None:
    texts = [case("TRY-001", BOTH.format(banners, march), expect) for banners, march, expect in cases]
    assert decisive(covered(tmp_path, [level("TRY-001", f"{{{join}: {PAIR}}}")], texts)) == missing


def test_one_fact_decides_where_the_rest_is_not_known(tmp_path: Path) -> None:
    # No march was stopped, so all of them cannot hold, whatever is still to be learnt of banners.
    found = covered(tmp_path, [level("TRY-001", f"{{all: {PAIR}}}")], [case("TRY-001", f"{STOPPED}: no", "does_not_fire")])
    assert decisive(found) == {(BANNER, True), (BANNER, False), (STOPPED, True)}


def test_what_is_not_given_decides_nothing(tmp_path: Path) -> None:
    found = covered(tmp_path, [level("TRY-001", f"{{all: {PAIR}}}")], [case("TRY-001", "", "possible")])
    assert decisive(found) == {(BANNER, True), (BANNER, False), (STOPPED, True), (STOPPED, False)}
    assert {gap.kind for gap in found.gaps} == {"rules", "conditions", "thresholds", "decisive"}
