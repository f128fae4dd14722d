"""Idle rules: what is and what is not in the shadow of others."""

from __future__ import annotations

from pathlib import Path

import pytest
from assets.toy import RECORDS
from support.trial_sets import BANNERS, MARCH, folder_with, level, rule

from ratingengine.method.codebook import read_codebook
from ratingengine.method.compiler import compile_profile
from ratingengine.method.rulefile.reader import read_rules
from ratingengine.ruleset.check import shadows as module
from ratingengine.ruleset.check.shadows import Shadow, shadows

FIVE = "{indicator: assembly.banners_taken, at_least: 5}"
PERMIT = "{indicator: assembly.permit, is: permission}"
PROTESTED = "{finding: assembly.protested}"


def found(folder: Path, *rules: str) -> list[Shadow]:
    codebook, _, _ = read_codebook(RECORDS / "codebook")
    read, problems = read_rules(folder_with(folder / "mine", rules, ()))
    assert problems == ()
    return list(shadows(compile_profile(read.rule_set, codebook, "coded")))


def finding(rule_id: str, when: str) -> str:
    return rule(rule_id, "finding", when, "{finding: assembly.protested, facet: peaceful_assembly}")


def test_a_higher_threshold_for_no_more_is_idle(tmp_path: Path) -> None:
    assert found(tmp_path, level("TRY-001", BANNERS), level("TRY-002", FIVE)) == [Shadow("TRY-002", ("TRY-001",))]
    assert found(tmp_path, level("TRY-001", BANNERS, "closed"), level("TRY-002", FIVE)) == [Shadow("TRY-002", ("TRY-001",))]


def test_a_ladder_and_another_facet_are_not_idle(tmp_path: Path) -> None:
    assert found(tmp_path, level("TRY-001", BANNERS), level("TRY-002", FIVE, "closed")) == []
    other = rule("TRY-002", "level", FIVE, "{facet: expression, level_at_most: narrowed}")
    assert found(tmp_path, level("TRY-001", BANNERS), other) == []


def test_of_two_equal_rules_the_later_is_idle_and_only_that(tmp_path: Path) -> None:
    assert found(tmp_path, level("TRY-002", BANNERS), level("TRY-001", BANNERS)) == [Shadow("TRY-002", ("TRY-001",))]


def test_an_idle_rule_is_followed_through_findings_and_levels(tmp_path: Path) -> None:
    rules = (
        finding("TRY-001", FIVE),
        finding("TRY-002", f"{{all: [{MARCH}, {BANNERS}]}}"),
        level("TRY-003", PROTESTED),
        level("TRY-004", BANNERS, "closed"),
        rule("TRY-005", "rating", "{level: peaceful_assembly, at_most: closed}", "{rating_at_most: closed}"),
        rule("TRY-006", "rating", "{all: [{finding: assembly.protested}]}", "{rating_at_most: narrowed}"),
    )
    assert found(tmp_path, *rules) == [Shadow("TRY-006", ("TRY-005",)), Shadow("TRY-003", ("TRY-004",))]


def test_a_rule_may_be_idle_behind_two_that_are_not_idle_behind_each_other(tmp_path: Path) -> None:
    both = level("TRY-009", f"{{any: [{FIVE}, {{all: [{MARCH}, {PERMIT}]}}]}}")
    assert found(tmp_path, level("TRY-001", BANNERS), level("TRY-002", MARCH), level("TRY-003", PERMIT), both) == [
        Shadow("TRY-009", ("TRY-001", "TRY-003"))
    ]


def test_a_condition_that_nothing_can_meet_hides_behind_any_other(tmp_path: Path) -> None:
    gates = (
        rule("TRY-001", "upgrade_gate", "{indicator: assembly.march_stopped, is: no}", "{gate: open}"),
        rule(
            "TRY-002", "upgrade_gate", f"{{all: [{BANNERS}, {{indicator: assembly.banners_taken, at_most: 1}}]}}", "{gate: open}"
        ),
    )
    assert found(tmp_path, *gates) == [Shadow("TRY-002", ("TRY-001",))]


def test_what_takes_too_long_is_not_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_RUNS", 0)
    assert found(tmp_path, level("TRY-001", BANNERS), level("TRY-002", FIVE)) == []
