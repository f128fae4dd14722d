"""`rate why` and `rate why-not` as a researcher would ask them."""

from __future__ import annotations

import json
import shlex

import pytest
from e2e.command import rate

pytestmark = pytest.mark.deep

KAZAKHSTAN = ("kazakhstan", "--year", "2022")


def test_why_walks_from_the_rating_to_the_paragraph() -> None:
    answer = rate("why", *KAZAKHSTAN)
    answer.answered("rating at most repressed ← RAT-005", "Investigation of killings", "civicus-2022-downgrade para 50")


def test_why_names_how_far_a_rule_is_from_holding() -> None:
    rate("why", "kazakhstan", "--year", "2019", "--rule", "rat-005").answered(
        "level association at most repressed: obstructed → not excluded, lacks 1", "level peaceful_assembly at most repressed"
    )


def test_why_full_has_the_whole_trace() -> None:
    brief, full = rate("why", *KAZAKHSTAN, "--format", "json"), rate("why", *KAZAKHSTAN, "--full", "--format", "json")
    answer = rate(*KAZAKHSTAN, "--engine", "reference", "--format", "json")
    assert "trace" not in json.loads(brief.out)
    steps = [step["rule"] for step in json.loads(answer.out)["trace"] if step["kind"] != "change"]
    assert [step["rule"] for step in json.loads(full.out)["trace"]] == steps


def test_why_not_lists_the_smallest_change_first() -> None:
    found = json.loads(rate("why-not", *KAZAKHSTAN, "--rating", "obstructed", "--format", "json").out)
    sizes = [len(one["changes"]) for one in found["sets"]]
    assert sizes == sorted(sizes)
    assert found["sets"][0]["changes"][0]["indicator"] in found["alone"]


def test_why_not_a_worse_rating_tells_what_would_have_to_be_established() -> None:
    asked = ("why-not", "kazakhstan", "--year", "2019", "--rating", "repressed")
    rate(*asked).answered("repressed or worse", "not known → yes (expression.platform_blocked)")
    exact = json.loads(rate(*asked, "--exactly", "--format", "json").out)
    assert {one["assessed"] for one in exact["sets"]} == {"repressed"}


def test_the_rating_that_the_evidence_gives_is_refused() -> None:
    rate("why-not", *KAZAKHSTAN, "--rating", "repressed").refused(2, "ask for another rating")


def test_a_word_off_the_scale_is_refused_with_the_words() -> None:
    rate("why-not", *KAZAKHSTAN, "--rating", "bad").refused(2, "open, narrowed, obstructed, repressed, closed")


def test_an_unknown_rule_is_refused_with_what_is_near() -> None:
    rate("why", *KAZAKHSTAN, "--rule", "RAT-05").refused(3, "did you mean 'RAT-005'?")


def test_robust_counts_the_claims_that_carry_a_rating() -> None:
    rate("robust", *KAZAKHSTAN).answered(
        "fragile: one rating can be published", "Without 3 claims it would be assessed obstructed"
    )


def test_robust_needs_a_country_or_all() -> None:
    rate("robust", "--year", "2022").refused(2, "name a country, or give --all")
    rate("robust", *KAZAKHSTAN, "--all").refused(2, "name a country, or give --all")


def test_diff_tells_the_change_and_what_makes_it() -> None:
    answer = rate("diff", "kazakhstan", "2021", "2022", "--brief")
    answer.answered("obstructed → repressed", "167/360")
    assert "Rules that hold" not in answer.out
    whole = rate("diff", "kazakhstan", "2021", "2022")
    whole.answered("Rules that hold in 2022 only", "rate diff kazakhstan 2021 2022 --term protection.investigation")


def test_the_share_of_one_input_is_told_with_commands_that_give_it_again() -> None:
    found = json.loads(rate("diff", "kazakhstan", "2021", "2022", "--term", "protection.investigation", "--format", "json").out)
    without, within = (json.loads(rate(*shlex.split(c)[1:], "--format", "json").out) for c in found["smallest"]["commands"])
    assert (without["answer"]["rating"], within["answer"]["rating"]) == ("obstructed", "repressed")


def test_a_later_report_is_a_revision() -> None:
    rate("diff", "kazakhstan", "2022", "--known-from", "2022-03-15").answered("revised records", "+1.000")


def test_another_country_is_compared_on_the_same_day() -> None:
    rate("diff", "kazakhstan", "2019", "--against", "egypt").answered("Egypt (EGY)", "ceiling on what is known", "in EGY")


def test_a_term_that_does_not_differ_is_refused() -> None:
    rate("diff", "kazakhstan", "2021", "2022", "--term", "prior").refused(3, "no input of that name differs")


def test_what_if_answers_and_changes_nothing_on_record() -> None:
    before = rate(*KAZAKHSTAN, "--format", "json").out
    rate("what-if", *KAZAKHSTAN, "--set", "protection.investigation=effective").answered("Rating then: OBSTRUCTED")
    assert rate(*KAZAKHSTAN, "--format", "json").out == before


def test_a_wrong_supposition_is_refused() -> None:
    rate("what-if", *KAZAKHSTAN, "--set", "protection.investigation=2").refused(2, "slow_or_partial")
    rate("what-if", *KAZAKHSTAN, "--remove", "KAZ-2022-0").refused(3, "nothing of KAZ to leave out")
