"""Write docs/results.md: data sets at hand imported, all published country-years rated and held against published ratings.

    python tools/make_results.py [--shared DIR] [--tables DIR] [--out FILE] [--without-models]

What is imported and what is compared stands below in DATA and RUNS. Of the published ratings only counts enter the page, as they
may not be passed on; ours are given for every country-year.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

from results_page import Made, page

from ratingengine.backtest.published import read_published
from ratingengine.cli import run
from ratingengine.interface.exit_codes import DONE
from ratingengine.interface.page import written

ROOT = Path(__file__).resolve().parents[1]
DATA: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("freedom-house", "data/freedom_house/fiw_subscores_ed2013_2024.csv", ()),
    ("rsf", "data/rsf_press_freedom/rsf_2014_2023.csv", ()),
    ("pts", "data/political_terror_scale/PTS-2024.csv", ()),
    ("vdem-owid", "data/vdem_v16_owid/vdem_v16_owid_1789_2025.csv.gz", ()),
    ("vdem", "data/vdem_v15_cliar/vdem_v15_cliar_1990_2024.csv.gz", ("--edition", "v15")),
    ("stop", "data/accessnow_stop/access_now_2016_2025.csv", ("--covers", "2016..2025", "--countries", "world")),
    ("cpj", "data/cpj_journalists/cpj_killed_1992_2025.csv", ("--covers", "1992..2025-06-06", "--countries", "world")),
)
"""Mapping, file below the shared folder, and what else its import is told."""
SINCE = "2010"
PUBLISHED = "benchmark/published_ratings.csv"
INDICATORS = "benchmark/indicators_2012_2025.csv"
BASELINES = ("fiw.civil_liberties_score", "fiw.d1", "vdem.v2x_civlib")
CHAIN = ("--chain", "--from", "2019")
RUNS: Mapping[str, tuple[str, ...]] = {
    "all countries": (),
    "development": ("--countries-in", "development"),
    "held-out": ("--countries-in", "held-out"),
    "chained, all countries": CHAIN,
    "chained, held-out": (*CHAIN, "--countries-in", "held-out"),
}
"""Each comparison by name, with what it is asked beside the data."""


class NothingToDo(Exception):
    """The shared data are not at hand, or a step failed; the message says which."""


def answer(words: Sequence[str]) -> str:
    """What a command prints; raises NothingToDo where it fails."""
    out = io.StringIO()
    with redirect_stdout(out):
        code = run(words)
    if code != DONE:
        raise NothingToDo(f"rate {' '.join(words)} ended with {code}")
    return out.getvalue()


def imported(shared: Path, tables: Path) -> tuple[dict[str, Any], list[Path]]:
    """A table for each data set that is at hand."""
    reports: dict[str, Any] = {}
    made = []
    for name, file, more in DATA:
        if not (shared / file).exists():
            continue
        table = tables / f"{name}.parquet"
        text = answer(("import", name, str(shared / file), "-o", str(table), "--from", SINCE, *more, "--format", "json"))
        reports[name] = json.loads(text)
        made.append(table)
    return reports, made


def compared(shared: Path, tables: Sequence[Path]) -> tuple[dict[str, Any], list[str]]:
    """Each of RUNS."""
    records = [word for table in tables for word in ("--records", str(table))]
    indices = [word for name in BASELINES for word in ("--baseline", name)]
    found, commands = {}, []
    for name, more in RUNS.items():
        words = ("backtest", "--against", str(shared / PUBLISHED), *records, "--profile", "indices", *indices, *more)
        found[name] = json.loads(answer((*words, "--format", "json")))
        shown = [word for word in words if word not in records]
        commands.append(f"rate {' '.join(shown).replace(str(shared), '../shared')} --records TABLE …")
    return found, commands


def ratings(shared: Path, whole: Mapping[str, Any]) -> dict[tuple[str, int], str | None]:
    """Our rating of each published country-year: the published one but where the comparison says otherwise."""
    words = tuple(whole["confusion"])
    found: dict[tuple[str, int], str | None] = {
        (row.iso3, row.year): words[row.severity] for row in read_published(shared / PUBLISHED, words)
    }
    found |= {(one["iso3"], one["year"]): one["ours"] for one in whole["mismatches"]}
    return found | {(one["iso3"], one["year"]): None for one in whole["unanswered"]}


def fitted(shared: Path, runs: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """The fitted models of benchmarks/backtest_models.py, on the pairs that we answer; none without scikit-learn."""
    try:
        import sklearn  # noqa: F401
    except ImportError:
        return {}
    sys.path.insert(0, str(ROOT / "benchmarks"))
    import backtest_models

    found = {}
    for name in ("all countries", "held-out"):
        ours = folder / "ours.json"
        ours.write_text(json.dumps(runs[name]), "utf-8")
        words = ["--against", str(shared / PUBLISHED), "--indices", str(shared / INDICATORS), "--ours", str(ours)]
        out = io.StringIO()
        with redirect_stdout(out):
            backtest_models.main([*words, *RUNS[name], "--format", "json"])
        found[name] = json.loads(out.getvalue())["models"]
    return found


def make(shared: Path, tables: Path, models: bool) -> Made:
    """Run everything. Raises NothingToDo."""
    if not (shared / PUBLISHED).exists():
        raise NothingToDo(f"there are no published ratings at {shared / PUBLISHED}")
    reports, made = imported(shared, tables)
    if not made:
        raise NothingToDo(f"none of the data sets is at hand below {shared}")
    runs, commands = compared(shared, made)
    return Made(
        imports=reports,
        runs=runs,
        ours=ratings(shared, runs["all countries"]),
        models=fitted(shared, runs, tables) if models else {},
        commands=tuple(commands),
    )


def main(words: Sequence[str] | None = None) -> int:
    """Write the page; 1 where the data are not at hand."""
    parser = argparse.ArgumentParser(description="Import, rate and compare all published country-years; write docs/results.md.")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--tables", type=Path, help="where imported tables are kept; a temporary folder by default")
    parser.add_argument("--out", type=Path, default=ROOT / "docs/results.md")
    parser.add_argument("--without-models", action="store_true", help="leave the fitted models out")
    asked = parser.parse_args(words)
    with tempfile.TemporaryDirectory() as folder:
        tables = asked.tables or Path(folder)
        tables.mkdir(parents=True, exist_ok=True)
        try:
            made = make(asked.shared, tables, not asked.without_models)
        except NothingToDo as failure:
            print(failure, file=sys.stderr)
            return 1
    beside = asked.out.with_name(f".{asked.out.name}.new")
    beside.write_text(written(page(made), {}, "md"), encoding="utf-8", newline="\n")
    beside.replace(asked.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
