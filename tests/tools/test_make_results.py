"""The page of results: all that was run stands on it, no published rating does, and without the data nothing is written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from assets.toy import INVENTED, OPTIONS
from e2e.command import rate
from make_results import RUNS, main, ratings
from results_page import BARS, Made, page
from support.published_rows import shared

from ratingengine.interface.page import written

PUBLISHED = INVENTED.parent / "published.csv"
IMPORT: dict[str, Any] = {
    "file": {"name": "scores.csv", "sha256": "ab" * 32},
    "source": {"version": "of 2006", "licence": "invented"},
}


@pytest.fixture(scope="module")
def made() -> Made:
    asked = ("backtest", "--against", str(PUBLISHED), *OPTIONS, "--draws", "20", "--format", "json")
    runs = {name: json.loads(rate(*asked, *(("--chain",) if "chained" in name else ())).out) for name in RUNS}
    whole = runs["all countries"]
    ours: dict[tuple[str, int], str | None] = {("BVT", year): "narrowed" for year in range(2001, 2007)}
    ours |= {(one["iso3"], one["year"]): one["ours"] for one in whole["mismatches"]} | {("HMD", 2003): None}
    figures = {"n": 7, "exact": 0.5, "exact_interval": [0.4, 0.6], "within_one": 1.0, "weighted_kappa": None}
    return Made({"scores": IMPORT}, runs, ours, {"held-out": [{"name": "a model", **figures}]}, ("rate backtest …",))


def test_every_run_and_every_bar_stands_on_the_page(made: Made) -> None:
    text = written(page(made), {}, "md")
    for name in RUNS:
        assert f"| {name} | rating |" in text
    for what, _, bar in BARS:
        assert f"| held-out: {what} | {bar:.3f} |" in text
    assert "| a model | 7 | 0.500 | 0.400 to 0.600 | 1.000 | – |" in text
    assert "| scores | scores.csv | abababababab | of 2006 | invented |" in text


def test_our_ratings_stand_by_number_with_how_many_are_as_published(made: Made) -> None:
    lines = written(page(made), {}, "md").splitlines()
    assert "| BVT | 2 | 2 | 3 | 2 | 2 | 2 | 4 of 6 |" in lines
    assert "| HMD |  |  | – |  |  |  | 0 of 0 |" in lines


def test_what_is_below_a_bar_is_told(made: Made) -> None:
    text = written(page(made), {}, "md")
    assert "| held-out: far aim, exact | 0.750 | 0.714 | no |" in text
    assert "| held-out: far aim, within one band | 0.995 | 1.000 | yes |" in text


def test_our_ratings_follow_from_the_differences() -> None:
    path = shared("benchmark/published_ratings.csv")
    whole = {
        "confusion": dict.fromkeys(("open", "narrowed", "obstructed", "repressed", "closed")),
        "mismatches": [{"iso3": "KAZ", "year": 2022, "ours": "closed"}],
        "unanswered": [{"iso3": "AGO", "year": 2019}],
    }
    found = ratings(path.parents[1], whole)
    assert (found["KAZ", 2022], found["AGO", 2019]) == ("closed", None)
    assert found["KAZ", 2021] == "obstructed"
    assert len(found) == 814


def test_without_the_data_nothing_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "results.md"
    assert main(["--shared", str(tmp_path), "--out", str(out)]) == 1
    assert "no published ratings" in capsys.readouterr().err
    assert not out.exists()
