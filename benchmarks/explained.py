"""Explained ratings a second: the engines of this project beside zen-engine and clipspy, on the same rules and values.

    python benchmarks/explained.py [--rows N] [--repeat R] [--format text|json] [--rules DIR]

Needs the project installed; `pip install zen-engine clipspy` for the other two, which are left out where they are missing.

The time of a rating starts with the integers of one country-year and ends with its explained rating: rating, levels, gate and
watchlist, and which rules hold by which alternatives (as steps with their supports in this project's engines). Handing the
values over in the form an engine wants is part of it. Not part of it: reading rules and records, compiling the rules, loading
libraries, and the comparison of answers. The set-up time runs from the compiled program to an engine's first answer. The
reference engine keeps the steps it has made, so a repeat reuses those of the pass before; that is how it works in use, too.

Everything runs on one core, by the clock of the processor time that the process uses, threads of a library included: on an idle
machine that is the time elapsed, and other work on the machine does not lengthen it. Each engine rates as many of the
country-years as it gets through in about a second, repeats go round all engines, and on every row that an engine is timed on
its answer is held against the reference. Exit code 1 when one differs.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from typing import Any

from country_years import country_years
from measuring import Result, measure

from ratingengine.engine.rating import Loaded, load
from ratingengine.errors import InvalidInput, NotFound
from ratingengine.model.program import Program


def main() -> int:
    """Measure, print, and return the exit code."""
    asked = _arguments()
    _one_core()
    try:
        loaded = load(asked.rules, engine="reference")
    except (InvalidInput, NotFound) as wrong:
        print(wrong, file=sys.stderr)
        return 4 if isinstance(wrong, InvalidInput) else 3
    profile = loaded.method.scale.profiles[0]
    rows, recorded = country_years(loaded, profile, asked.rows)
    results = measure(loaded.method.programs[profile], rows, asked.repeat)
    summary = summarise(loaded, profile, results, len(rows), recorded, asked.repeat)
    print(json.dumps(summary, indent=2) if asked.format == "json" else text(summary))
    for result in results:
        if result.differing:
            print(f"{result.name} differs from the reference on: {', '.join(result.differing[:10])}", file=sys.stderr)
    return 0 if summary["answers_equal"] else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rows", type=_positive, default=1000, help="country-years (1000)")
    parser.add_argument("--repeat", type=_positive, default=5, help="repeats, of which the median counts (5)")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how the results are written")
    parser.add_argument("--rules", metavar="DIR", help="rule set; the shipped one by default")
    return parser.parse_args()


def _positive(digits: str) -> int:
    number = int(digits)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


def _one_core() -> None:
    """Keep this process, and threads that a library starts, on one core where the system allows it."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def summarise(loaded: Loaded, profile: str, results: list[Result], rows: int, recorded: int, repeat: int) -> dict[str, Any]:
    """The results as plain values, the form that `--format json` prints."""
    program: Program = loaded.method.programs[profile]
    rates = {result.key: _rounded(result.per_second) for result in results}
    return {
        "rows": rows,
        "rows_on_record": recorded,
        "answers_equal": not any(result.differing for result in results),
        "reference_explained_per_second": rates["reference"],
        "reference_both_ends_per_second": rates["reference_both_ends"],
        "durable_per_second": rates["durable"],
        "zen_per_second": rates["zen"],
        "clips_per_second": rates["clips"],
        "rule_engine_per_second": rates["rule_engine"],
        "ratios": {result.key: _rounded(result.ratio) for result in results if result.key != "durable"},
        "engines": [_engine(result) for result in results],
        "rule_set": f"{loaded.method.compiled.name} {loaded.method.compiled.version}",
        "profile": profile,
        "rules": len(program.rules),
        "alternatives": sum(len(rule.alternatives) for rule in program.rules),
        "variables": len(program.variables),
        "repeat": repeat,
        "python": platform.python_version(),
    }


def _engine(result: Result) -> dict[str, Any]:
    if result.absent:
        return {"name": result.name, "status": "not installed", "reason": result.absent}
    return {
        "name": result.name,
        "status": "measured",
        "per_second": _rounded(result.per_second),
        "slowest": _rounded(min(result.rates)),
        "fastest": _rounded(max(result.rates)),
        "ratio_to_durable": _rounded(result.ratio),
        "set_up_ms": _rounded(result.set_up_ms),
        "rows_checked": result.rows,
        "fired_a_rating": _rounded(result.fired),
        "answers_equal": not result.differing,
    }


def _rounded(number: float | None) -> float | None:
    """Three digits at least; a rate has no more to say."""
    return None if number is None else round(number) if number >= 100 else round(number, 2)


def text(summary: dict[str, Any]) -> str:
    """The results as a table."""
    head = (
        f"{summary['rule_set']}, profile {summary['profile']}: {summary['rules']} rules, {summary['alternatives']} alternatives, "
        f"{summary['variables']} variables\n{summary['rows']} country-years, {summary['rows_on_record']} of them on record; "
        f"median of {summary['repeat']}, one core, Python {summary['python']}\n"
    )
    columns = ("engine", "ratings/s", "slowest", "fastest", "to durable", "set-up ms", "rows checked", "fired", "answers")
    lines = [columns, *(_line(engine) for engine in summary["engines"])]
    widths = [max(len(line[n]) for line in lines if len(line) > 2) for n in range(len(columns))]
    widths[0] = max(len(line[0]) for line in lines)
    return "\n".join([head, *(_aligned(line, widths) for line in lines)])


def _aligned(line: tuple[str, ...], widths: list[int]) -> str:
    first, *rest = line
    if len(rest) == 1:
        return f"{first:<{widths[0]}}  {rest[0]}"
    return "  ".join([f"{first:<{widths[0]}}", *(f"{cell:>{width}}" for cell, width in zip(rest, widths[1:], strict=True))])


def _line(engine: dict[str, Any]) -> tuple[str, ...]:
    if engine["status"] != "measured":
        return (engine["name"], f"not installed ({engine['reason']})")
    names = ("per_second", "slowest", "fastest", "ratio_to_durable", "set_up_ms", "rows_checked", "fired_a_rating")
    cells = ("-" if engine[name] is None else f"{engine[name]:,}" for name in names)
    return (engine["name"], *cells, "equal" if engine["answers_equal"] else "DIFFER")


if __name__ == "__main__":
    sys.exit(main())
