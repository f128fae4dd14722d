"""The profile `indices` on published ratings: thresholds from development countries, judged on those that were not looked at."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from indices_thresholds import everything, in_development

from ratingengine.backtest.splitting import fold_of
from ratingengine.engine.rating import rules_folder
from ratingengine.method.rulefile.reader import read_rules
from ratingengine.model.condition import atoms

pytestmark = pytest.mark.deep

BENCHMARK = Path(__file__).resolve().parents[3] / "shared" / "benchmark"
FOLDS_OF = {"KAZ": 1, "FIN": 3, "NRU": 3}
needed = pytest.mark.skipif(not BENCHMARK.is_dir(), reason="the published ratings are not here")


@cache
def figures() -> dict[str, Any]:
    return everything(BENCHMARK)


def test_a_country_is_in_the_part_that_its_code_says() -> None:
    assert [fold_of(iso3) for iso3 in ("KAZ", "FIN", "NRU")] == [FOLDS_OF[iso3] for iso3 in ("KAZ", "FIN", "NRU")]
    assert [in_development(iso3) for iso3 in ("KAZ", "FIN", "NRU")] == [FOLDS_OF[n] % 2 == 0 for n in ("KAZ", "FIN", "NRU")]


def ladder(measure: str) -> list[int]:
    """The thresholds of the rating rules on a measure, narrowed to closed."""
    rules = read_rules(rules_folder(None))[0].rule_set.rules
    read = [atom for n in range(41, 45) if (when := rules[f"IDX-0{n}"].when) is not None for atom in atoms(when)]
    return [int(atom.operands[0]) for atom in read if atom.name == measure]


@needed
def test_the_thresholds_are_the_cuts_of_the_development_countries_on_the_grid() -> None:
    assert ladder("indices.overall") == figures()["rounded"]


@needed
@pytest.mark.parametrize(("times", "measure"), [(1, "indices.freedom_house"), (2, "indices.vdem")])
def test_a_publisher_alone_must_stray_beyond_its_scatter(times: int, measure: str) -> None:
    """Freedom House one, V-Dem two times its scatter beyond its own cut, within half a step of the grid."""
    wanted = [cut + times * figures()["scatter"][measure] for cut in figures()["cuts"][measure]]
    assert ladder(measure) == pytest.approx(wanted, abs=2.6)


@needed
def test_held_out_countries_are_met_better_than_by_the_best_fitted_model() -> None:
    held_out = figures()["held-out"]
    assert held_out["unrated"] == 0
    assert held_out["rating"]["exact"] >= 0.75
    assert held_out["rating"]["within_one"] >= 0.995
    assert held_out["rating"]["weighted_kappa"] >= 0.93
    assert held_out["bounded"]["published_among_possible"] >= 0.9


@needed
def test_the_chain_from_2019_is_better_than_holding_2019() -> None:
    for part in ("development", "held-out", "all"):
        assert figures()[part]["chained"]["exact"] > figures()[part]["held"]["exact"]
