"""`rate test` says the same as text, as Markdown and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from assets.toy import loaded
from support.trial_sets import FAILING, GAPS, IDLE, PAIR, WHOLE, under_test

from ratingengine.interface.page import written
from ratingengine.ruleset.test.coverage import cover
from ratingengine.ruleset.test.mutation import mutate
from ratingengine.ruleset.test.needs import KINDS
from ratingengine.ruleset.test.on_record import on_record
from ratingengine.ruleset.test.run import run_cases
from ratingengine.ruleset.test.test_answer import cases_json, coverage_json, mutation_json, on_record_json, share_of
from ratingengine.ruleset.test.test_answer_page import BY, COVERED, trials_page

ONLY_JSON = ("schema", "complete", "enough", "by", "kind")
"""Keys whose values the page puts in words: a verdict, or the name of a row."""


def content(folder: Path, cases: tuple[str, ...]) -> dict[str, Any]:
    under = under_test(folder, [PAIR, IDLE], cases)
    found = mutate(under, use_z3=False)
    return {
        **cases_json(under, run_cases(under)),
        "coverage": coverage_json(cover(under)),
        "on_record": on_record_json(on_record(under, loaded())),
        "mutation": mutation_json(found, 95, under),
    }


def leaves(value: Any, key: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from leaves(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner, key)
    elif value is not None and key not in ONLY_JSON:
        yield str(value)


@pytest.mark.parametrize("form", ["text", "md"])
@pytest.mark.parametrize("cases", [FAILING, GAPS, WHOLE], ids=["failing", "gaps", "whole"])
def test_every_leaf_of_the_json_stands_in_text_and_markdown(cases: tuple[str, ...], form: str, tmp_path: Path) -> None:
    found = content(tmp_path, cases)
    shown = " ".join(written(trials_page(found), found, form).replace("\\", "").split())
    told = leaves(json.loads(written(trials_page(found), found, "json")))
    assert [leaf for leaf in told if " ".join(leaf.split()) not in shown] == []


def test_every_kind_of_coverage_and_of_proof_has_words() -> None:
    assert set(COVERED) == set(KINDS)
    assert set(BY) == {"enumeration", "z3"}


def test_verdicts_are_put_in_words(tmp_path: Path) -> None:
    found = content(tmp_path, GAPS)
    shown = written(trials_page(found), found, "text")
    assert "too few, 95 % are asked for" in shown
    assert "shown by trying all values" in shown
    assert "enough, 60 % are asked for" in written(
        trials_page({**found, "mutation": {**found["mutation"], "enough": True, "least": 60}}), found, "text"
    )


def test_a_survivor_of_which_nothing_is_known_says_so(tmp_path: Path) -> None:
    found = content(tmp_path, GAPS)
    found["mutation"]["survivors"][0]["telling_case"] = None
    assert "not known whether any case could notice it" in written(trials_page(found), found, "text")


def test_the_share_is_rounded_down_and_whole_where_nothing_was_judged(tmp_path: Path) -> None:
    under = under_test(tmp_path, [PAIR, IDLE], GAPS)
    found = mutate(under, use_z3=False)
    judged = [one for one in found if not one.equivalent]
    share = share_of(found)
    assert share <= 100 * sum(bool(one.killed_by) for one in judged) / len(judged) < share + 0.1
    assert share_of([one for one in found if one.equivalent]) == 100.0
    assert share_of(found[:0]) == 100.0
