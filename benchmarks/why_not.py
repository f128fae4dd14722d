"""How long `rate why-not` searches for every minimal set of changes of Kazakhstan 2022, against z3 on the same question.

    python benchmarks/why_not.py [--repeat R] [--year Y] [--most SECONDS] [--format text|json]

Per rating asked for: all minimal sets of facts, found by both in turn, in processor time, median of the repeats. Both must
find the same sets, or the command ends with exit code 1. z3 gets the whole program and is asked for one set after the other; it
is repeated no longer than --most seconds. Ours also finds how far each fact must move, which is in its time.
"""

from __future__ import annotations

import argparse
import json
import sys
from statistics import median
from time import process_time
from typing import Any

from peers.sets_z3 import minimal_sets

from ratingengine.engine.rating import load, rate
from ratingengine.explain.course import Course
from ratingengine.explain.facts import Facts, facts_from
from ratingengine.explain.why_not.why_not import why_not
from ratingengine.model.window import last_day
from ratingengine.world.countries import resolve


def question(year: int) -> Facts:
    """The facts behind the rating."""
    loaded, country = load(None, (), "reference"), resolve("KAZ")
    answer = rate(loaded, country, last_day(year))
    chosen = answer.chosen
    return facts_from(loaded.method, chosen, country.population)


def measured(facts: Facts, wanted: int, repeat: int, most: float) -> dict[str, Any]:
    """Both searches for one rating."""
    ours: list[float] = []
    for _ in range(repeat):
        start = process_time()
        found = why_not(facts, wanted)
        ours.append(process_time() - start)
    sets = {frozenset(move.indicator for move in change.moves) for change in found.changes}
    course = Course(facts, wanted - 1 if found.worse else wanted, worse=found.worse)
    row: dict[str, Any] = {
        "rating": facts.method.scale.word(wanted),
        "sets": len(sets),
        "runs": found.runs,
        "seconds": median(ours),
        "slowest": max(ours),
    }
    theirs: list[float] = []
    while len(theirs) < repeat and sum(theirs) < most:
        start = process_time()
        others = minimal_sets(facts, course, wanted)
        theirs.append(process_time() - start)
        if others != sets:
            raise SystemExit(f"z3 finds {len(others)} sets for {row['rating']}, why-not {len(sets)}: they differ")
    return {**row, "z3_seconds": median(theirs), "times_faster": median(theirs) / median(ours)}


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--year", type=int, default=2022)
    parser.add_argument("--most", type=float, default=60.0)
    parser.add_argument("--format", choices=("text", "json"), default="text")
    asked = parser.parse_args()
    facts = question(asked.year)
    now = facts.outcome(facts.names).rating
    rows = [measured(facts, wanted, asked.repeat, asked.most) for wanted in range(facts.method.scale.worst + 1) if wanted != now]
    if asked.format == "json":
        json.dump({"year": asked.year, "rows": rows}, sys.stdout, indent=2)
        return 0
    for row in rows:
        print(
            f"{row['rating']:<11} {row['sets']:>5} sets, {row['runs']:>6} runs: {1000 * row['seconds']:8.1f} ms "
            f"(slowest {1000 * row['slowest']:.1f}), z3 {1000 * row['z3_seconds']:10.1f} ms, ratio {row['times_faster']:.1f}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
