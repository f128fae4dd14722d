"""Conditions on measures and levels that every value meets, or none: what is said, and what is left alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from assets.toy import RECORDS
from support.trial_sets import BANNERS, MARCH, folder_with, level, rule

from ratingengine.ruleset.check.checking import check

INPUTS = "{indicator: assembly.banners_taken, at_least: 1}, {indicator: assembly.march_stopped, is: yes}"
COUNT = f"measure: {{of: count, inputs: [{INPUTS}], needs: 1, decimals: 0}}"


def mean(source: str = "[0, 10]", target: str = "[0, 1]", decimals: int = 2, rounding: str = "half_up") -> str:
    inputs = f"{{indicator: assembly.banners_taken, from: {source}, to: {target}}}"
    return f"measure: {{of: mean, inputs: [{inputs}], needs: 1, decimals: {decimals}, rounding: {rounding}}}"


def measure(body: str) -> str:
    made = rule("TRY-001", "measure", "X", "{measure: x.signs, facet: peaceful_assembly}")
    return made.replace("when: X", body)


def told(folder: Path, *rules: str) -> list[tuple[str, str]]:
    """Message and remedy of each finding L513 of these rules, with the invented records."""
    mine = folder_with(folder / "mine", rules, ())
    shutil.copytree(RECORDS, folder / "records")
    report = check((mine, folder / "records"), None)
    assert report.problems == ()
    return [(found.message, found.hint) for found in report.findings if found.code == "L513"]


EITHER = "every value meets the condition"
NEITHER = "no value can meet the condition"


@pytest.mark.parametrize(
    ("body", "test", "because", "reason", "remedy"),
    [
        (COUNT, "at_least: 3", "goes from 0 to 2", NEITHER, "at_least: 1 to 2"),
        (COUNT, "at_least: 0", "goes from 0 to 2", EITHER, "at_least: 1 to 2"),
        (COUNT, "more_than: 2", "goes from 0 to 2", NEITHER, "more_than: 0 to 1"),
        (COUNT, "at_most: 2", "goes from 0 to 2", EITHER, "at_most: 0 to 1"),
        (COUNT, "less_than: 0", "goes from 0 to 2", NEITHER, "less_than: 1 to 2"),
        (mean(), "at_least: 1.01", "goes from 0.00 to 1.00", NEITHER, "at_least: 0.01 to 1.00"),
        (mean("[-10, 10]"), "at_least: 0.5", "goes from 0.50 to 1.00", EITHER, "at_least: 0.51 to 1.00"),
        (mean("[-10, 10]"), "at_most: 0.4", "goes from 0.50 to 1.00", NEITHER, "at_most: 0.50 to 0.99"),
        (mean(decimals=0), "more_than: 1", "goes from 0 to 1", NEITHER, "more_than: 0)"),
        (mean(target="[0, 1.4]", decimals=0), "at_least: 2", "goes from 0 to 1", NEITHER, "at_least: 1)"),
        (mean(target="[0, 0.4]", decimals=0), "at_least: 1", "is 0 at every value", NEITHER, "let the measure tell something"),
    ],
)
def test_the_range_and_a_threshold_within_it_are_told(
    body: str, test: str, because: str, reason: str, remedy: str, tmp_path: Path
) -> None:
    reader = level("TRY-002", f"{{measure: x.signs, {test}}}").replace(
        "    rationale", "    non_monotone: Invented.\n    rationale"
    )
    ((message, hint),) = told(tmp_path, measure(body), reader)
    assert message.startswith(f"rule TRY-002: x.signs {because}")
    assert message.endswith(f"so {reason} 'x.signs {test.replace('_', ' ').replace(':', '')}'")
    assert remedy in hint


@pytest.mark.parametrize(
    ("body", "test"),
    [
        (COUNT, "at_least: 1"),
        (COUNT, "at_least: 2"),
        (COUNT, "more_than: 0"),
        (COUNT, "more_than: 1"),
        (mean(target="[0, 1.5]", decimals=0), "at_least: 2"),
        (mean(target="[0, 1.4]", decimals=0, rounding="up"), "at_least: 2"),
        (mean("[-10, 10]"), "more_than: 0.5"),
    ],
)
def test_a_threshold_within_the_range_is_left_alone(body: str, test: str, tmp_path: Path) -> None:
    assert told(tmp_path, measure(body), level("TRY-002", f"{{measure: x.signs, {test}}}")) == []


def rating(level_at_most: str) -> str:
    return rule("TRY-009", "rating", f"{{level: peaceful_assembly, at_most: {level_at_most}}}", "{rating_at_most: closed}")


def test_a_level_that_no_rule_in_force_sets(tmp_path: Path) -> None:
    rules = (level("TRY-001", BANNERS), level("TRY-002", MARCH, "obstructed"))
    assert told(tmp_path / "set", *rules, rating("obstructed")) == []
    ((message, _),) = told(tmp_path / "beyond", *rules, rating("repressed"))
    assert message.startswith("rule TRY-009: the rules in force lower peaceful_assembly to obstructed at worst, so no value can")
    ended = rules[1].replace("    since: 2000-01-01\n", "    since: 2000-01-01\n    until: 2010-01-01\n")
    ((message, _),) = told(tmp_path / "ended", rules[0], ended, rating("obstructed"))
    assert "to narrowed at worst" in message
    ((message, _),) = told(tmp_path / "none", rule("TRY-001", "rating", BANNERS, "{rating_at_most: closed}"), rating("narrowed"))
    assert "no rule in force lowers peaceful_assembly, so no value can" in message


def test_that_no_record_crosses_what_nothing_can_is_not_told_again(tmp_path: Path) -> None:
    mine = folder_with(tmp_path / "mine", (measure(COUNT), level("TRY-002", "{measure: x.signs, at_least: 3}")), ())
    codes = {found.code for found in check((mine, RECORDS), None).findings if "x.signs" in found.message}
    assert codes == {"L513"}
