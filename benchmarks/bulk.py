"""Country-years a second, all at once: this project's columns beside other ways to run the same rules on the same rows.

    python benchmarks/bulk.py [--rows N] [--repeat R] [--format text|json] [--quick]

Every engine gets the same integers, one a variable of the program, and gives rating, levels, gate, watchlist and which rules
hold. All answers on all rows are compared with the reference engine's before the clock runs; exit code 1 where one differs.
Repeats go round all engines. Rates are by the clock, as several cores work; beside them stand rates by processor time over all
cores, which other work on the machine does not lengthen. `whole` is `rate_frame` on the columns of indicators, ten years a
country: checks of every value, both ends of the evidence, the chain over the years, words. Engines that take one country-year at
a time are measured as benchmarks/explained.py does.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
from random import Random
from statistics import median
from time import perf_counter, process_time
from typing import Any

from columns import Timed, clingo_timed, contests, frame_of, measured
from country_years import SEED, country_years
from measuring import Result, measure

from ratingengine.engine.loading import load_rule_set
from ratingengine.engine.rating import Loaded, load
from ratingengine.files.shipped import CODEBOOK, shipped
from ratingengine.model.compiled import Compiled
from ratingengine.model.indicator import Indicator

DISTINCT = 4000
ROW_KEYS = ("reference", "reference_both_ends", "durable", "zen", "clips", "rule_engine")


def main() -> int:
    """Measure, print, and return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rows", type=int, default=500_000, help="country-years (500000)")
    parser.add_argument("--repeat", type=int, default=5, help="repeats, of which the median counts (5)")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how the results are written")
    parser.add_argument("--quick", action="store_true", help="without the engines that take one country-year at a time")
    asked = parser.parse_args()
    summary = summarise(asked.rows, asked.repeat, quick=asked.quick)
    print(json.dumps(summary, indent=2) if asked.format == "json" else text(summary))
    return 0 if summary["answers_equal"] else 1


def summarise(rows: int, repeat: int, *, quick: bool) -> dict[str, Any]:
    """All results as plain values."""
    loaded = load(None, engine="reference")
    profile = loaded.method.scale.profiles[0]
    program = loaded.method.programs[profile]
    rule_set, codebook = load_rule_set(shipped("rules") / "civic-space", shipped("indicators") / CODEBOOK)
    distinct, _ = country_years(loaded, profile, DISTINCT)
    frame = frame_of(distinct, rows, SEED)
    found = measured(contests(rule_set, codebook, program, frame), frame, distinct, program, repeat)
    found += [clingo_timed(program, distinct, repeat), *whole(loaded, rows, repeat)]
    single = [] if quick else measure(program, distinct[:1000], repeat)
    return _summary(found, single, rows, repeat, loaded)


def _summary(found: list[Timed], single: list[Result], rows: int, repeat: int, loaded: Loaded) -> dict[str, Any]:
    rates = {result.key: _rounded(result.per_second) for result in found}
    alone = {result.key: _rounded(result.per_second) for result in single}
    by_key = {result.key: result for result in found}
    own, by_hand = by_key["polars"], by_key["polars_by_hand"]
    return {
        "rows": rows,
        "answers_equal": all(result.equal for result in found) and not any(result.differing for result in single),
        **{f"{key}_per_second": rate for key, rate in rates.items()},
        "reference_explained_per_second": alone.get("reference"),
        **{f"{key}_per_second": alone.get(key) for key in ROW_KEYS[1:]},
        "polars_to_by_hand": round(median(a / b for a, b in zip(own.seconds, by_hand.seconds, strict=True)), 3),
        "polars_to_by_hand_work": round(median(a / b for a, b in zip(own.worked, by_hand.worked, strict=True)), 3),
        "engines": [
            {"key": r.key, "name": r.name, "rows": r.rows, "per_second": _rounded(r.per_second),
             "per_core_second": _rounded(r.per_core_second), "answers_equal": r.equal, "absent": r.absent}
            for r in found
        ],
        "rule_set": f"{loaded.method.compiled.name} {loaded.method.compiled.version}",
        "repeat": repeat,
        "python": platform.python_version(),
    }  # fmt: skip


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number)


def whole(loaded: Loaded, rows: int, repeat: int) -> list[Timed]:
    """`rate_frame` on polars with all it does, over the columns of indicators."""
    from ratingengine.bulk import rate_frame

    frame = indicators(loaded.method.compiled, rows)
    result = Timed("whole", "rate_frame, polars: checks, both ends, chain, words", rows)
    rate_frame(frame, loaded.method, any_unit=True)
    for _ in range(max(1, repeat // 2)):
        start, worked = perf_counter(), process_time()
        rate_frame(frame, loaded.method, any_unit=True)
        result.seconds.append(perf_counter() - start)
        result.worked.append(process_time() - worked)
    return [result]


def indicators(compiled: Compiled, rows: int, seed: int = SEED) -> Any:
    """Wide country-years, ten years a made-up unit, half of the cells empty, the others small."""
    import polars as pl

    random = Random(seed)
    base = {entry.id: pl.Series([_cell(random, entry) for _ in range(DISTINCT)]) for entry in compiled.codebook.coded}
    drawn = pl.DataFrame(base).sample(rows, with_replacement=True, shuffle=True, seed=seed)
    number = pl.int_range(rows, eager=True)
    units = pl.select(
        pl.format("U{}", (number // 10).cast(pl.String).str.zfill(8)).alias("iso3"), (2013 + number % 10).alias("year")
    )
    return pl.concat([units, drawn], how="horizontal")


def _cell(random: Random, entry: Indicator) -> Any:
    if random.random() < 0.5:
        return None
    value = random.randint(entry.lowest, entry.highest if entry.words or entry.decimals else min(30, entry.highest))
    return value / 10**entry.decimals if entry.decimals else value


def text(summary: dict[str, Any]) -> str:
    """The results as a table."""
    lines = [
        f"{summary['rule_set']}: {summary['rows']:,} country-years, median of {summary['repeat']}, Python {summary['python']}",
        "",
    ]
    lines.append(f"{'engine':<55} {'by the clock':>14} {'a core second':>14}  answers")
    for engine in summary["engines"]:
        if engine["absent"]:
            lines.append(f"{engine['name']:<55} not installed ({engine['absent']})")
            continue
        equal = "equal" if engine["answers_equal"] else "DIFFER"
        lines.append(f"{engine['name']:<55} {engine['per_second']:>14,} {engine['per_core_second']:>14,}  {equal}")
    for key in ROW_KEYS:
        name = "reference_explained_per_second" if key == "reference" else f"{key}_per_second"
        if summary[name] is not None:
            lines.append(f"{key.replace('_', ' '):<55} {'':>14} {summary[name]:>14,}")
    lines.append(f"\npolars by columns takes {summary['polars_to_by_hand']} of the time of the expression by hand")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
