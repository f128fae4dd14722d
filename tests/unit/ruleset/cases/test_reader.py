from __future__ import annotations

from pathlib import Path

import pytest
from assets.toy import RECORDS, RULES

from ratingengine.method.codebook import read_codebook
from ratingengine.method.rulefile.reader import read_rules
from ratingengine.model.indicator import Codebook
from ratingengine.model.rule import RuleSet
from ratingengine.ruleset.cases import EXCLUDED, FIRES, OPEN, NotInTerms, read_cases, verdict

HEAD = "schema: ratingengine/cases/1\ncases:\n"
CASE = "  - rule: INV-001\n    name: three banners\n    given: {assembly.banners_taken: 3}\n    expect: fires\n"


@pytest.fixture(scope="module")
def rules() -> RuleSet:
    found, problems = read_rules(RULES)
    assert problems == ()
    return found.rule_set


@pytest.fixture(scope="module")
def codebook() -> Codebook:
    return read_codebook(RECORDS / "codebook")[0]


def of(text: str) -> tuple[str, str]:
    form, _, operand = text.partition(" ")
    return (form, operand) if form in ("at_least", "at_most") else ("value", text)


@pytest.mark.parametrize(
    ("rule", "given", "expected"),
    [
        # any of: banners at least 3, banners per million more than 4,000,000
        ("INV-001", {"assembly.banners_taken": "3"}, FIRES),
        ("INV-001", {"assembly.banners_taken": "2"}, OPEN),
        ("INV-001", {"assembly.banners_taken": "2", "assembly.banners_taken_per_million": "4000000"}, EXCLUDED),
        ("INV-001", {"assembly.banners_taken_per_million": "4000000.001"}, FIRES),
        ("INV-001", {}, OPEN),
        ("INV-001", {"assembly.banners_taken": "missing"}, OPEN),
        ("INV-001", {"assembly.banners_taken": "at_least 3"}, FIRES),
        ("INV-001", {"assembly.banners_taken": "at_least 2"}, OPEN),
        ("INV-001", {"assembly.banners_taken": "at_most 2", "assembly.banners_taken_per_million": "0"}, EXCLUDED),
        ("INV-001", {"assembly.banners_taken": "at_most 3"}, OPEN),
        ("INV-011", {"assembly.banner_hunt": "yes"}, FIRES),
        ("INV-011", {"assembly.banner_hunt": "no"}, EXCLUDED),
        # any of two levels at most narrowed: narrowed or worse
        ("INV-030", {"level.expression": "narrowed"}, FIRES),
        ("INV-030", {"level.expression": "closed"}, FIRES),
        ("INV-030", {"level.expression": "open"}, OPEN),
        ("INV-030", {"level.expression": "open", "level.peaceful_assembly": "open"}, EXCLUDED),
        # two of two levels at most repressed
        ("INV-031", {"level.expression": "repressed", "level.peaceful_assembly": "closed"}, FIRES),
        ("INV-031", {"level.expression": "repressed"}, OPEN),
        ("INV-031", {"level.expression": "obstructed"}, EXCLUDED),
        # an index that is worse when lower, at most 40
        ("IDX-001", {"expression.press_index": "40"}, FIRES),
        ("IDX-001", {"expression.press_index": "41"}, EXCLUDED),
        ("IDX-001", {"expression.press_index": "at_most 40"}, FIRES),
        ("IDX-001", {"expression.press_index": "at_least 40"}, OPEN),
        ("IDX-001", {"expression.press_index": "at_least 41"}, EXCLUDED),
        # a gate, in the better direction
        ("INV-040", {"expression.insult_law": "no"}, FIRES),
        ("INV-040", {"expression.insult_law": "yes"}, EXCLUDED),
        ("INV-040", {}, OPEN),
    ],
)
def test_a_rule_fires_is_excluded_or_is_left_open(
    rule: str, given: dict[str, str], expected: str, rules: RuleSet, codebook: Codebook
) -> None:
    facts = {name: of(text) for name, text in given.items()}
    assert verdict(rules.rules[rule], facts, rules, codebook) == expected


def test_a_fact_outside_its_terms_is_refused(rules: RuleSet, codebook: Codebook) -> None:
    with pytest.raises(NotInTerms):
        verdict(rules.rules["INV-001"], {"assembly.banners_taken": ("value", "many")}, rules, codebook)


def test_cases_are_read_with_bounds_and_places(tmp_path: Path) -> None:
    path = tmp_path / "c.yaml"
    path.write_text(HEAD + CASE + CASE.replace(": 3}", ": {at_least: 3}, level.expression: open}"), encoding="utf-8")
    (first, second), _, problems = read_cases(path)
    assert problems == ()
    assert first.given == {"assembly.banners_taken": ("value", "3")}
    assert second.given == {"assembly.banners_taken": ("at_least", "3"), "level.expression": ("value", "open")}
    assert (first.rule, first.expect, first.place.line, second.place.line) == ("INV-001", "fires", 3, 7)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("[assembly.banners_taken]", "F110"),
        ("{assembly.banners_taken: [3]}", "F110"),
        ("{assembly.banners_taken: {more_than: 3}}", "F110"),
        ("{assembly.banners_taken: {at_least: }}", "F110"),
        ("{assembly.banners_taken: {}}", "F110"),
        ("{assembly.banners_taken: }", "F118"),
        ("{assembly.banners_taken: null}", "F118"),
        ("{assembly.banners_taken: 3, assembly.banners_taken: 3}", "F112"),
        ("{banners taken: 3}", "F118"),
    ],
)
def test_facts_that_cannot_be_read_are_problems(tmp_path: Path, given: str, code: str) -> None:
    path = tmp_path / "c.yaml"
    path.write_text(HEAD + CASE.replace("{assembly.banners_taken: 3}", given), encoding="utf-8")
    _, _, problems = read_cases(path)
    assert [problem.code for problem in problems] == [code]


def test_a_case_without_expectation_is_left_out_and_told(tmp_path: Path) -> None:
    path = tmp_path / "c.yaml"
    path.write_text(HEAD + CASE.replace("    expect: fires\n", "") + CASE, encoding="utf-8")
    cases, _, problems = read_cases(path)
    assert [case.place.line for case in cases] == [6]
    assert [problem.code for problem in problems] == ["F114"]
