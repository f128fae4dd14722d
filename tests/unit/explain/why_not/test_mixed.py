"""Several inputs of a mean moved together, by hand: 0.5 × press + 0.3 × courts + 0.2 × polls must reach 80, press 60."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from assets.toy import island
from support.weighed import POOR, RULES, bands, mean, method, records, rule, stepped

from ratingengine.cli import run
from ratingengine.engine.opening import load
from ratingengine.engine.rating import rate
from ratingengine.explain.facts import Facts, facts_from
from ratingengine.explain.why_not import mixed as mixed_module
from ratingengine.explain.why_not.mixed import mixed
from ratingengine.explain.why_not.why_not import Change, why_not

PRESS, COURTS, POLLS = "bank.press", "bank.courts", "bank.polls"


def facts(folder: Path, rules: tuple[str, ...] = RULES, **values: int) -> Facts:
    loaded = load(str(method(folder / "mine", rules)), (records(folder / "records", **values),), "reference")
    return facts_from(loaded.method, rate(loaded, island(), date(2021, 12, 31)).chosen, None)


def moves(changes: tuple[Change, ...]) -> list[dict[str, int]]:
    return [{move.indicator: move.wanted for move in change.moves} for change in changes]


def test_what_gives_the_rating_only_together_with_another_is_found(tmp_path: Path) -> None:
    # 25 + 24 + 12 = 61 points. Press alone must reach 88; with courts or polls it may stay lower.
    case = facts(tmp_path, press=50, courts=80, polls=60)
    answer = why_not(case, 0)
    further = mixed(case, answer)
    assert moves(answer.changes) == [{PRESS: 88}]
    assert moves(further.changes) == [
        {PRESS: 76, COURTS: 100},
        {PRESS: 78, POLLS: 85},
        {PRESS: 69, COURTS: 99, POLLS: 79},
    ]
    assert (further.never, further.unseen) == ((), ())
    assert (further.whole, further.tried) == (False, None)


def test_an_input_that_never_counts_is_named_only_where_it_is_proved(tmp_path: Path) -> None:
    rules = (mean(weights=("0.5", "0.5", "0")), *RULES[1:])
    for press, whole in ((50, True), (10, False)):
        case = facts(tmp_path / str(press), rules, press=press, courts=80, polls=60)
        further = mixed(case, why_not(case, 0))
        assert further.whole == whole
        assert (further.never, further.unseen) == (((POLLS,), ()) if whole else ((), (POLLS,)))


def test_with_few_values_in_all_every_way_is_found_and_the_rest_is_proved_idle(tmp_path: Path) -> None:
    kinds = ", ".join(f"{{indicator: bank.{name}, less_than: {least}}}" for name, least in (("press", 60), ("courts", 90)))
    count = f"measure: {{of: count, inputs: [{kinds}], needs: 1, decimals: 0}}"
    both = "{measure: bank.kinds, at_least: 1}, {indicator: bank.press, less_than: 80}"
    rules = (
        rule("WGH-001", "measure", count, "{measure: bank.kinds, facet: answers}"),
        rule("WGH-002", "level", f"when: {{all: [{both}]}}", POOR),
        RULES[3],
    )
    case = facts(tmp_path, rules, press=50, courts=80, polls=60)
    answer = why_not(case, 0)
    further = mixed(case, answer)
    assert moves(answer.changes) == [{PRESS: 80}]
    assert moves(further.changes) == [{PRESS: 60, COURTS: 90}]
    assert further.whole


def test_moves_go_to_the_first_value_of_a_band_and_no_further(tmp_path: Path) -> None:
    # Bands 2 and 2 of 0 to 3: a mean of 1 or less is good.
    table = (0, 3), (40, 2), (60, 1), (85, 0)
    rules = (bands(stepped("press", *table), stepped("courts", *table)), *RULES[1:2], RULES[3])
    rules = (rules[0], rules[1].replace("more_than: 20", "more_than: 1"), rules[2])
    case = facts(tmp_path, rules, press=50, courts=59)
    answer = why_not(case, 0)
    assert moves(answer.changes) == [{COURTS: 85}, {PRESS: 85}]
    assert moves(mixed(case, answer).changes) == [{PRESS: 60, COURTS: 60}]


def test_a_bounded_search_says_how_far_it_went(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(mixed_module, "MOST_RUNS", 30)
    asked = ["why-not", "BVT", "--year", "2021", "--rating", "good"]
    folders = [
        "--rules",
        str(method(tmp_path / "mine")),
        "--records",
        str(records(tmp_path / "records", press=10, courts=80, polls=60)),
    ]
    assert run([*asked, *folders]) == 0
    assert "all sets of up to 1 fact were tried, and some larger" in " ".join(capsys.readouterr().out.split())
    assert run([*asked, *folders, "--format", "json"]) == 0
    content = json.loads(capsys.readouterr().out)
    assert (content["further_sets_complete"], content["further_sets_up_to_size"]) == (False, 1)
    assert [entry["minimal"] for entry in content["sets"]] == [True, *[False] * (len(content["sets"]) - 1)]
