"""Fitted models: gaps take the last value, means look back only, and no model has seen the country that it predicts."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

np = pytest.importorskip("numpy")
pytest.importorskip("sklearn")
sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

import backtest_models  # noqa: E402  # the folder of benchmarks is no package

from ratingengine.backtest.published import Published  # noqa: E402
from ratingengine.backtest.splitting import fold_of  # noqa: E402
from ratingengine.world.countries import all_countries  # noqa: E402

CODES = [country.iso3 for country in all_countries()][:60]


def indices(folder: Path, text: str) -> Any:
    path = folder / "indices.csv"
    path.write_text(text, "utf-8")
    return backtest_models.read_table(path)


def test_columns_of_words_are_left_out(tmp_path: Path) -> None:
    table = indices(tmp_path, "iso3,year,name,score,empty,rank\nKAZ,2020,Kazakhstan,1.5,,3\nKAZ,2021,Kazakhstan,,,4\n")
    assert table.names == ("score", "rank")
    assert np.isnan(table.values[1][0])


def test_a_gap_takes_the_last_value_and_a_mean_the_years_before(tmp_path: Path) -> None:
    table = indices(tmp_path, "iso3,year,score\nKAZ,2018,6\nKAZ,2019,\nKAZ,2020,3\nFIN,2020,9\n")
    keys = [("KAZ", year) for year in range(2017, 2023)] + [("FIN", 2019)]
    one = backtest_models.filled(table, keys, 1)[:, 0]
    assert np.isnan(one[0])
    assert list(one[1:6]) == [6, 6, 3, 3, 3]
    assert np.isnan(one[6]), "a later value is no reason for an earlier year"
    three = backtest_models.filled(table, keys, 3)[:, 0]
    assert list(three[1:6]) == [6, 6, 5, 4, 3]


def test_no_model_sees_the_country_that_it_predicts() -> None:
    """A model that repeats what it was fitted on would be right everywhere, and is nowhere."""

    class Parrot:
        def fit(self, features: Any, truth: Any) -> Parrot:
            self.heard = {tuple(row): severity for row, severity in zip(features, truth, strict=True)}
            return self

        def predict(self, features: Any) -> Any:
            return np.array([self.heard.get(tuple(row), 4.0) for row in features])

    rows = [Published(iso3, 2020, number % 4, "seen") for number, iso3 in enumerate(CODES)]
    features = np.array([[float(number)] for number in range(len(rows))])
    found = backtest_models.out_of_fold(Parrot, features, rows)
    assert set(found) == {(iso3, 2020) for iso3 in CODES}
    assert set(found.values()) == {4}


def test_an_index_that_tells_all_is_found_by_every_model(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    published, told = tmp_path / "published.csv", tmp_path / "indices.csv"
    words = backtest_models.WORDS
    severities = {iso3: fold_of(iso3, 5) for iso3 in CODES}
    published.write_text("iso3,year,rating\n" + "".join(f"{i},2020,{words[s]}\n" for i, s in severities.items()), "utf-8")
    told.write_text(
        "iso3,year,good,noise\n" + "".join(f"{i},2020,{-s},{fold_of(i, 7)}\n" for i, s in severities.items()), "utf-8"
    )
    ours = tmp_path / "ours.json"
    wrong = {"iso3": CODES[0], "year": 2020, "ours": words[(severities[CODES[0]] + 1) % 5]}
    ours.write_text(json.dumps({"mismatches": [wrong], "unanswered": [{"iso3": CODES[1], "year": 2020}]}), "utf-8")
    words_ = ["--against", str(published), "--indices", str(told), "--ours", str(ours), "--format", "json"]
    assert backtest_models.main(words_) == 0
    found = {row["name"]: row for row in json.loads(capsys.readouterr().out)["models"]}
    assert {row["n"] for row in found.values()} == {len(CODES) - 1}, "all are judged on the pairs that ours answers"
    assert found["ours"]["exact"] == pytest.approx(1 - 1 / (len(CODES) - 1), abs=1e-3)
    assert found["ridge"]["exact"] == found["cut points on good"]["exact"] == 1
    assert found["cut points on noise"]["exact"] < 0.7
