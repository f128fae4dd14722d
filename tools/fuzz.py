"""Search for a case in which the engines, the naive oracle and z3 differ: `python tools/fuzz.py --cases 200000 --seed 1`.

The search is made of stretches, each a process of its own with a seed of its own: durable-rules never gives the memory of a rule
set back, and a crash must not end the search without a word. What was tried stands in OUT/progress-SEED.json; started again with
the same seed it goes on from there. A fault is kept as OUT/fault-SEED-STRETCH with rules, records, what each judge said, and the
`rate` line that runs it. Exit code 1: a fault.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from itertools import count, islice
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests")]

from fuzzing.judges import AS_OF, present  # noqa: E402
from fuzzing.search import Fault, search  # noqa: E402

STRIDE = 1_000_003
"""Between the seeds of two runs, so that their stretches are not the same."""

HANGS = 3600
"""Seconds after which a stretch is taken to hang; one takes about two minutes."""

Done = tuple[Counter[str], str]
"""What a stretch counted, and where its fault is kept or what became of it; empty where all went well."""


def main(words: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--cases", type=int, default=2000, help="country-years to judge, at least")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "fuzz", help="folder for progress and faults")
    parser.add_argument("--rule-sets", type=int, default=40, help="in one stretch")
    parser.add_argument("--stretch", type=int, help="only this one, in this process")
    asked = parser.parse_args(words)
    asked.out.mkdir(parents=True, exist_ok=True)
    if asked.stretch is not None:
        tally, fault = stretch(asked.seed, asked.stretch, asked.rule_sets, asked.out)
        print(json.dumps({"tally": tally, "fault": fault}))
        return 0
    return run(asked.cases, asked.seed, asked.jobs, asked.out, asked.rule_sets)


def run(cases: int, seed: int, jobs: int, out: Path, rule_sets: int) -> int:
    speaking = present()
    note(f"judges: {', '.join(name for name, here in speaking.items() if here)}; seed {seed}")
    if absent := [name for name, here in speaking.items() if not here]:
        note(f"not installed here, and not asked: {', '.join(absent)}")
    progress = out / f"progress-{seed}.json"
    done, tally, seconds = resumed(progress)
    started = time.monotonic() - seconds
    with closing(stretches(seed, done, jobs, out, rule_sets)) as found:
        for number, (counted, fault) in found:
            tally += counted
            seconds = time.monotonic() - started
            note(f"stretch {number}: {tally['cases']:,} of {cases:,} cases, {tally['rule sets']:,} rule sets, {seconds:.0f} s")
            if fault:
                note(f"fault: {fault}")
                return 1
            kept = {"stretches": number + 1, "seconds": round(seconds), "tally": tally}
            progress.write_text(json.dumps(kept, indent=1), "utf-8")
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


def stretches(seed: int, done: int, jobs: int, out: Path, rule_sets: int) -> Generator[tuple[int, Done]]:
    """The stretches from the first that is not done on, in order; without end."""
    with ThreadPoolExecutor(jobs) as pool:
        for first in count(done, jobs):
            numbers = list(islice(count(first), jobs))
            yield from zip(numbers, pool.map(partial(apart, seed, out=out, rule_sets=rule_sets), numbers), strict=True)


def apart(seed: int, number: int, out: Path, rule_sets: int) -> Done:
    """One stretch in a process of its own; that it crashes or hangs is a fault of the engines."""
    words = ["--seed", str(seed), "--stretch", str(number), "--rule-sets", str(rule_sets), "--out", str(out)]
    command = [sys.executable, str(Path(__file__).resolve()), *words]
    again = f"run again with: python tools/fuzz.py {' '.join(words)}"
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=HANGS)  # noqa: S603
    except subprocess.TimeoutExpired:
        return Counter(), f"stretch {number} hangs; {again}"
    if done.returncode:
        return Counter(), f"stretch {number} ended with {done.returncode}; {again}\n{done.stderr[-2000:]}"
    found = json.loads(done.stdout)
    return Counter(found["tally"]), found["fault"]


def stretch(seed: int, number: int, rule_sets: int, out: Path) -> Done:
    """One stretch by its number, in this process; its fault is kept."""
    found = search(seed * STRIDE + number, rule_sets)
    return found.tally, "" if found.fault is None else str(keep(found.fault, out / f"fault-{seed}-{number}"))


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
