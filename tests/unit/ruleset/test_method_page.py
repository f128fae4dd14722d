"""Rules and codebook entries as text and JSON."""

from __future__ import annotations

import json
import re

import pytest
from assets.toy import RECORDS, RULES

from ratingengine.method.codebook import read_codebook
from ratingengine.method.rulefile.reader import read_rules
from ratingengine.model.rule import Rule
from ratingengine.ruleset.method_page import indicator_json, indicator_text, rule_json, rule_text

RULE_SET = read_rules(RULES)[0].rule_set
CODEBOOK = read_codebook(RECORDS / "codebook")[0]


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("rule", RULE_SET.rules.values(), ids=lambda rule: rule.id)
def test_a_rule_is_shown_with_all_that_it_says(rule: Rule) -> None:
    text, content = rule_text(rule, RULE_SET), rule_json(rule)
    for part in (rule.id, rule.title, rule.rationale, str(rule.then), "INVENTED-LAW art.", "A treaty that does not exist"):
        assert part in flat(text)
    assert json.loads(json.dumps(content)) == content
    assert (content["id"], content["kind"], content["since"], content["until"]) == (rule.id, rule.kind, "2000-01-01", None)
    assert not re.search(r" $", text, re.MULTILINE)


def test_a_condition_is_shown_with_one_test_a_line() -> None:
    text = rule_text(RULE_SET.rules["INV-001"], RULE_SET)
    assert (
        "when          any of\n"
        "                assembly.banners_taken at least 3\n"
        "                assembly.banners_taken_per_million more than 4000000\n"
    ) in text


def test_a_count_of_conditions_says_how_many() -> None:
    assert "when          at least 2 of\n                level peaceful_assembly at most repressed\n" in rule_text(
        RULE_SET.rules["INV-031"], RULE_SET
    )


def test_a_measure_shows_its_inputs() -> None:
    text = rule_text(RULE_SET.rules["INV-060"], RULE_SET)
    assert "measure       count, 0 decimals, rounded half up, needs 2 of\n" in text
    assert "expression.papers_closed" in text
    assert "expression.insult_law" in text


def test_an_entry_shows_question_values_time_and_the_rules_that_read_it() -> None:
    text = flat(indicator_text(CODEBOOK["assembly.permit"], ("INV-010",)))
    for part in (
        "Leave to march",
        "Invented. What must be done",
        "permission: Permission.",
        "condition (law)",
        "read by INV-010",
    ):
        assert part in text


def test_an_entry_that_no_rule_reads_says_so() -> None:
    assert "read by –" in flat(indicator_text(CODEBOOK["assembly.tents_kept"], ()))


@pytest.mark.parametrize("name", [entry.id for entry in CODEBOOK.coded])
def test_an_entry_is_plain_values_in_json(name: str) -> None:
    content = indicator_json(CODEBOOK[name])
    assert json.loads(json.dumps(content)) == content
    assert content["id"] == name
    assert [value["id"] for value in content["values"]] == [value.id for value in CODEBOOK[name].values]
