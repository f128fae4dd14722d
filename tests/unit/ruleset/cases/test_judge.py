"""Findings and levels that follow from what is given beneath them."""

from __future__ import annotations

from pathlib import Path

import pytest
from assets.toy import RECORDS, RULES
from support.trial_sets import BANNERS, MARCH, case, level, rule, under_test

from ratingengine.method.codebook import read_codebook
from ratingengine.method.rulefile.reader import read_rules
from ratingengine.ruleset.cases import EXCLUDED, FIRES, OPEN, Bench
from ratingengine.ruleset.test.run import run_cases

BENCH = Bench.of(read_rules(RULES)[0].rule_set, read_codebook(RECORDS / "codebook")[0])
MANY = ("value", "3")


@pytest.mark.parametrize(
    ("rule_id", "given", "expected"),
    [
        # a finding, from the banners that it counts
        ("INV-011", {"assembly.banners_taken": "3"}, FIRES),
        ("INV-011", {"assembly.banners_taken": "2"}, OPEN),
        ("INV-011", {"assembly.banners_taken": "2", "assembly.banners_taken_per_million": "4000000"}, EXCLUDED),
        # two steps down: levels, from what makes them
        ("INV-031", {"assembly.banners_taken": "3", "expression.papers_closed": "2"}, FIRES),
        ("INV-031", {"assembly.banners_taken": "3", "expression.papers_closed": "1"}, EXCLUDED),
        ("INV-031", {"assembly.banners_taken": "3"}, OPEN),
        ("INV-031", {"assembly.banners_taken": "3", "expression.papers_closed": "1", "expression.insult_law": "yes"}, EXCLUDED),
        ("INV-030", {"expression.insult_law": "yes"}, FIRES),
        ("INV-030", {"expression.insult_law": "no", "expression.papers_closed": "1"}, OPEN),
        # what is given itself stands above what lies beneath it, also when it is said to be missing
        ("INV-011", {"assembly.banner_hunt": "no", "assembly.banners_taken": "3"}, EXCLUDED),
        ("INV-011", {"assembly.banner_hunt": "missing", "assembly.banners_taken": "3"}, OPEN),
    ],
)
def test_a_finding_or_level_follows_from_what_lies_beneath(rule_id: str, given: dict[str, str], expected: str) -> None:
    facts = {name: ("value", text) for name, text in given.items()}
    assert BENCH.verdict(BENCH.rule_set.rules[rule_id], facts) == expected


def test_what_a_case_of_a_rule_may_give() -> None:
    own, below = BENCH.reads(BENCH.rule_set.rules["INV-031"])
    assert own == {"level.peaceful_assembly", "level.expression"}
    assert below == {
        "assembly.permit",
        "assembly.banner_hunt",
        "assembly.banners_taken",
        "assembly.banners_taken_per_million",
        "expression.insult_law",
        "expression.papers_closed",
    }


def test_a_rule_that_ended_gives_no_finding_any_more(tmp_path: Path) -> None:
    for path in RULES.glob("*.yaml"):
        text = path.read_text("utf-8")
        (tmp_path / path.name).write_text(text.replace("since: 2000-01-01\n", "since: 2000-01-01\n    until: 2001-01-01\n", 1))
    ended = read_rules(tmp_path)[0].rule_set
    assert ended.rules["INV-001"].until is not None
    bench = Bench.of(ended, BENCH.codebook)
    assert ("coded", "finding assembly.banner_hunt") not in bench.makers
    assert bench.verdict(ended.rules["INV-011"], {"assembly.banners_taken": MANY}) == OPEN


@pytest.mark.parametrize(("given", "expected"), [("", "possible"), ("assembly.banners_taken: 3", "does_not_fire")])
def test_what_nothing_is_given_of_is_missing_and_is_worked_out_from_the_first_fact_on(
    given: str, expected: str, tmp_path: Path
) -> None:
    # No rule closes assembly: that shows once anything is given of what its level rests on.
    reader = rule("TRY-002", "rating", "{level: peaceful_assembly, at_most: closed}", "{rating_at_most: closed}")
    under = under_test(tmp_path, [level("TRY-001", BANNERS), reader], [case("TRY-002", given, expected)])
    assert [tried.came_out for tried in run_cases(under)] == [expected]


@pytest.mark.parametrize(("given", "expected"), [("", "possible"), ("assembly.banners_taken: 3", "does_not_fire")])
def test_the_same_of_a_measure(given: str, expected: str, tmp_path: Path) -> None:
    counted = (
        f"  - id: TRY-001\n    title: Invented\n    kind: measure\n"
        f"    measure: {{of: count, inputs: [{BANNERS}, {MARCH}], needs: 1, decimals: 0}}\n"
        "    then: {measure: assembly.signs, facet: peaceful_assembly}\n    rationale: Invented.\n"
        "    legal_basis: [INVENTED-LAW art. 1]\n    since: 2000-01-01\n"
    )
    reader = level("TRY-002", "{measure: assembly.signs, at_least: 3}")
    under = under_test(tmp_path, [counted, reader], [case("TRY-002", given, expected)])
    assert [tried.came_out for tried in run_cases(under)] == [expected]
