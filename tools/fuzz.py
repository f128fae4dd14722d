"""Search for a case in which the engines, the naive oracle and z3 differ: `python tools/fuzz.py --cases 200000 --seed 1`.

The search is made of stretches, each a process of its own with a seed of its own, since durable-rules never gives the memory of a
rule set back. What was tried stands in OUT/progress-SEED.json; started again with the same seed it goes on from there. A fault is
kept as OUT/fault-SEED-STRETCH with rules, records, what each judge said, and the `rate` line that runs it. Exit code 1: a fault.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from functools import partial
from itertools import count, islice
from multiprocessing import get_context
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests")]

from fuzzing.judges import AS_OF, present  # noqa: E402
from fuzzing.search import Fault, Stretch, search  # noqa: E402

RULE_SETS = 40
"""In one stretch."""

STRIDE = 1_000_003
"""Between the seeds of two runs, so that their stretches are not the same."""


def main(words: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--cases", type=int, default=2000, help="country-years to judge, at least")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "fuzz", help="folder for progress and faults")
    asked = parser.parse_args(words)
    asked.out.mkdir(parents=True, exist_ok=True)
    return run(asked.cases, asked.seed, asked.jobs, asked.out)


def run(cases: int, seed: int, jobs: int, out: Path) -> int:
    speaking = present()
    note(f"judges: {', '.join(name for name, here in speaking.items() if here)}; seed {seed}")
    if absent := [name for name, here in speaking.items() if not here]:
        note(f"not installed here, and not asked: {', '.join(absent)}")
    progress = out / f"progress-{seed}.json"
    done, tally, seconds = resumed(progress)
    started = time.monotonic() - seconds
    for number, stretch in stretches(seed, done, jobs):
        tally += stretch.tally
        seconds = time.monotonic() - started
        progress.write_text(json.dumps({"stretches": number + 1, "seconds": round(seconds), "tally": tally}, indent=1), "utf-8")
        note(f"stretch {number}: {tally['cases']:,} of {cases:,} cases, {tally['rule sets']:,} rule sets, {seconds:.0f} s")
        if stretch.fault is not None:
            note(f"fault: {keep(stretch.fault, out / f'fault-{seed}-{number}')}")
            return 1
        if tally["cases"] >= cases:
            break
    print(json.dumps({"seed": seed, "seconds": round(seconds), **dict(sorted(tally.items()))}, indent=1))
    return 0


def resumed(progress: Path) -> tuple[int, Counter[str], float]:
    """Stretches done, what they counted, and the seconds they took."""
    if not progress.exists():
        return 0, Counter(), 0.0
    kept = json.loads(progress.read_text("utf-8"))
    note(f"going on from {progress}")
    return int(kept["stretches"]), Counter(kept["tally"]), float(kept["seconds"])


def stretches(seed: int, done: int, jobs: int) -> Iterator[tuple[int, Stretch]]:
    """The stretches from the first that is not done on, in order; without end."""
    with get_context("spawn").Pool(jobs, maxtasksperchild=1) as pool:
        try:
            for first in count(done, jobs):
                numbers = list(islice(count(first), jobs))
                yield from zip(numbers, pool.imap(partial(stretch, seed), numbers), strict=True)
        finally:
            pool.terminate()


def stretch(seed: int, number: int) -> Stretch:
    """One stretch by its number."""
    return search(seed * STRIDE + number, RULE_SETS)


def keep(fault: Fault, folder: Path) -> Path:
    """Write a fault's files, what was said, and how to run it."""
    fault.drawn.save(folder)
    line = f"rate kazakhstan --year {AS_OF.year} --rules {folder / 'rules'} --records {folder / 'records'}"
    said = "\n".join(fault.said)
    (folder / "README.txt").write_text(f"{said}\n\n{line}\n", "utf-8")
    return folder


def note(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
