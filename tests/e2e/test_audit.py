"""`rate why` and `rate why-not` as a researcher would ask them."""

from __future__ import annotations

import json

from e2e.command import rate

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
