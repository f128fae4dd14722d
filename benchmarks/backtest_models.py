"""Fitted models on the pairs that `rate backtest` judges: cut points on each index, ridge regression, boosted trees.

    python benchmarks/backtest_models.py --against published.csv --indices indicators.csv [--ours backtest.json]
        [--means YEARS] [--countries-in development|held-out|FILE] [--from YEAR] [--to YEAR] [--format text|json]

Development only (scikit-learn): these models are the bar that rules have to reach, they give no reasons. Every country is
predicted by models fitted to the countries of the other nine folds (`ratingengine.backtest.splitting`), whichever part is judged;
the rating of the year before is never used. `--indices` is a CSV keyed iso3, year; all its columns of numbers are used, a gap
takes the country's last value, and `--means` takes the mean of so many years. `--ours` is what `rate backtest --format json`
printed.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
from attrs import frozen

from ratingengine.backtest.agreement import Agreement, agreement
from ratingengine.backtest.countries_in import chosen
from ratingengine.backtest.cuts import predicted
from ratingengine.backtest.published import Published, between, read_published
from ratingengine.backtest.splitting import FOLDS, fold_of

WORDS = ("open", "narrowed", "obstructed", "repressed", "closed")
SEED = 1
Key = tuple[str, int]
Predictions = Mapping[Key, int]


@frozen
class Table:
    """Numbers of country-years: a row a key, a column an index; NaN where nothing is known."""

    keys: tuple[Key, ...]
    names: tuple[str, ...]
    values: Any


def read_table(path: Path) -> Table:
    """All columns in which every cell is a number or empty, and some is a number."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = [name for name in rows[0] if name not in ("iso3", "year") and _numbers(row[name] for row in rows)]
    values = np.array([[float(row[name]) if row[name] else np.nan for name in names] for row in rows])
    return Table(tuple((row["iso3"], int(row["year"])) for row in rows), tuple(names), values)


def _numbers(cells: Any) -> bool:
    found = [cell for cell in cells if cell]
    try:
        return bool([float(cell) for cell in found])
    except ValueError:
        return False


def filled(table: Table, keys: Sequence[Key], years: int) -> Any:
    """The rows of these keys: gaps take the country's last value, then the mean of so many years is taken."""
    of_country: dict[str, dict[int, Any]] = {}
    for (iso3, year), row in zip(table.keys, table.values, strict=True):
        of_country.setdefault(iso3, {})[year] = row
    nothing = np.full(len(table.names), np.nan)
    carried: dict[str, dict[int, Any]] = {}
    last = max(year for _, year in (*keys, *table.keys))
    for iso3, series in of_country.items():
        held, carried[iso3] = nothing, {}
        for year in range(min(series), last + 1):
            row = series.get(year, nothing)
            held = np.where(np.isnan(row), held, row)
            carried[iso3][year] = held
    rows = []
    for iso3, year in keys:
        window = [carried.get(iso3, {}).get(year - back, nothing) for back in range(years)]
        known = np.array(window)
        count = np.sum(~np.isnan(known), axis=0)
        rows.append(np.where(count > 0, np.nansum(known, axis=0) / np.maximum(count, 1), np.nan))
    return np.array(rows)


def models() -> Mapping[str, Callable[[], Any]]:
    """Each model, made anew for every fold."""
    from sklearn.ensemble import HistGradientBoostingRegressor
    from sklearn.impute import SimpleImputer
    from sklearn.linear_model import RidgeCV
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    return {
        "ridge": lambda: make_pipeline(
            SimpleImputer(strategy="median", keep_empty_features=True), StandardScaler(), RidgeCV(alphas=np.logspace(-2, 4, 13))
        ),
        "boosted trees": lambda: HistGradientBoostingRegressor(
            max_iter=200, learning_rate=0.05, max_leaf_nodes=8, l2_regularization=1.0, random_state=SEED
        ),
    }


def out_of_fold(make: Callable[[], Any], features: Any, rows: Sequence[Published]) -> Predictions:
    """A severity for each published row, by a model that has not seen its country."""
    from threadpoolctl import threadpool_limits

    truth = np.array([row.severity for row in rows])
    folds = np.array([fold_of(row.iso3) for row in rows])
    found: dict[Key, int] = {}
    for fold in range(FOLDS):
        judged = folds == fold
        if judged.any():
            # So little to fit that threads only wait for each other.
            with threadpool_limits(1):
                raw = make().fit(features[~judged], truth[~judged]).predict(features[judged])
            said = np.clip(np.rint(raw), 0, len(WORDS) - 1).astype(int).tolist()
            found |= {(rows[n].iso3, rows[n].year): s for n, s in zip(np.flatnonzero(judged).tolist(), said, strict=True)}
    return found


def cut_points(features: Any, names: Sequence[str], rows: Sequence[Published]) -> Mapping[str, Predictions]:
    """Cut points on each index alone."""
    truth = {(row.iso3, row.year): row.severity for row in rows}
    found = {}
    for column, name in enumerate(names):
        values = {
            key: Fraction(float(value)) for key, value in zip(truth, features[:, column], strict=True) if not np.isnan(value)
        }
        found[f"cut points on {name}"] = predicted(values, truth, len(WORDS))
    return found


def ours_of(path: Path, rows: Sequence[Published]) -> dict[Key, int]:
    """Our severities, from the backtest's differences: where it names none, ours is the published one."""
    said = json.loads(path.read_text("utf-8"))
    differing = {(one["iso3"], one["year"]): WORDS.index(one["ours"]) for one in said["mismatches"]}
    silent = {(one["iso3"], one["year"]) for one in said["unanswered"]}
    return {
        (row.iso3, row.year): differing.get((row.iso3, row.year), row.severity)
        for row in rows
        if (row.iso3, row.year) not in silent
    }


def figures(predictions: Predictions, rows: Sequence[Published]) -> Agreement:
    """Agreement with the judged rows."""
    by_country: dict[str, list[tuple[int, int]]] = {}
    for row in rows:
        if (row.iso3, row.year) in predictions:
            by_country.setdefault(row.iso3, []).append((row.severity, predictions[row.iso3, row.year]))
    return agreement(by_country)


def compared(asked: argparse.Namespace) -> list[tuple[str, Agreement]]:
    """Every model on the judged rows, and ours where it is given: then all on the pairs that ours answers."""
    everything = between(read_published(Path(asked.against), WORDS), asked.first, asked.last)
    judged = chosen(everything, asked.countries)
    table = read_table(Path(asked.indices))
    features = filled(table, [(row.iso3, row.year) for row in everything], asked.means)
    single = cut_points(features, table.names, everything)
    found = {name: out_of_fold(make, features, everything) for name, make in models().items()}
    if asked.ours:
        ours = ours_of(Path(asked.ours), judged)
        judged = tuple(row for row in judged if (row.iso3, row.year) in ours)
        found = {"ours": ours, **found}
    whole = [(name, figures(predictions, judged)) for name, predictions in found.items()]
    cuts = [(name, figures(predictions, judged)) for name, predictions in single.items()]
    # An index of few countries may look better than it is: those that cover nine pairs in ten stand for all.
    broad = [one for one in cuts if 10 * one[1].tally.n >= 9 * len(judged)]
    best = sorted(broad, key=lambda one: (-(one[1].tally.exact_share or 0), one[0]))
    return [*whole, *best[: asked.best]]


def told(name: str, found: Agreement) -> dict[str, Any]:
    """A line of the answer."""
    tally = found.tally
    shares = {"exact": tally.exact_share, "within_one": tally.within_share, "weighted_kappa": tally.kappa}
    ends = {"exact_interval": found.exact, "weighted_kappa_interval": found.kappa}
    return {
        "name": name,
        "n": tally.n,
        **{key: None if value is None else round(float(value), 3) for key, value in shares.items()},
        **{key: None if end is None else [round(float(end.low), 3), round(float(end.high), 3)] for key, end in ends.items()},
    }


def main(words: Sequence[str] | None = None) -> int:
    """Print the comparison."""
    parser = argparse.ArgumentParser(description="Fitted models on the pairs of a backtest, in ten folds by country.")
    parser.add_argument("--against", required=True)
    parser.add_argument("--indices", required=True)
    parser.add_argument("--ours")
    parser.add_argument("--means", type=int, default=3)
    parser.add_argument("--best", type=int, default=5, help="how many single indices are shown, the best first")
    parser.add_argument("--countries-in", dest="countries")
    parser.add_argument("--from", dest="first", type=int)
    parser.add_argument("--to", dest="last", type=int)
    parser.add_argument("--format", choices=("text", "json"), default="text")
    asked = parser.parse_args(words)
    rows = [told(name, found) for name, found in compared(asked)]
    if asked.format == "json":
        print(json.dumps({"folds": FOLDS, "means": asked.means, "countries": asked.countries or "all", "models": rows}, indent=2))
        return 0
    print(f"{'model':40} {'n':>4} {'exact':>6} {'within':>6} {'kappa':>6}  exact, 95 %")
    for row in rows:
        print("{name:40} {n:4} {exact:6.3f} {within_one:6.3f} {weighted_kappa:6.3f}  {exact_interval}".format(**row))
    return 0


if __name__ == "__main__":
    sys.exit(main())
