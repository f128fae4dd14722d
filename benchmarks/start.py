"""How long `rate kazakhstan --year 2022` takes from the shell, against `python -c "import typer"`.

    python benchmarks/start.py [--repeat R] [--format text|json] [--rules DIR]

Needs the project installed with its command beside this Python. The two processes are started in turn, so that a slow moment of
the machine hits both; the ratio is the median over the pairs. Measured is the whole process, from its start to its end, and
its peak memory as the system counts it. Once with what the program caches in place, once with the cache removed before every
run; Python's own compiled files are in place both times. The cache is a temporary folder named by RATINGENGINE_CACHE, so the
user's own stays as it is.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

ASKED = ("kazakhstan", "--year", "2022")
YARDSTICK = ("-c", "import typer")
KILOBYTE = 1024 if sys.platform != "darwin" else 1
"""Linux counts peak memory in kilobytes, macOS in bytes."""


class Failed(Exception):
    """A measured process did not end well."""


@dataclass
class Times:
    """What one command took over the repeats."""

    seconds: list[float] = field(default_factory=list)
    peak_bytes: int = 0

    def run(self, command: Sequence[str], environment: dict[str, str]) -> float:
        """Start the command, wait for its end, note time and memory."""
        start = perf_counter()
        with subprocess.Popen(
            command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        ) as process:
            said = process.stderr.read() if process.stderr else b""
            # Unlike getrusage for all children, wait4 gives the memory of this one.
            _, status, usage = os.wait4(process.pid, 0)
            taken = perf_counter() - start
            process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise Failed(f"{' '.join(command)} ended with {process.returncode}\n{said.decode(errors='replace')}")
        self.seconds.append(taken)
        self.peak_bytes = max(self.peak_bytes, usage.ru_maxrss * KILOBYTE)
        return taken


def main() -> int:
    """Measure, print, and return the exit code."""
    asked = _arguments()
    rate = [_command(), *ASKED, *(("--rules", asked.rules) if asked.rules else ())]
    try:
        with tempfile.TemporaryDirectory() as folder:
            cache = Path(folder) / "cache"
            summary = {
                "command": f"rate {' '.join(rate[1:])}",
                "against": f"python {YARDSTICK[0]} '{YARDSTICK[1]}'",
                "repeat": asked.repeat,
                "warm": compare(rate, cache, asked.repeat, cold=False),
                "cold": compare(rate, cache, asked.repeat, cold=True),
            }
    except Failed as failed:
        print(failed, file=sys.stderr)
        return 1
    print(json.dumps(summary, indent=2) if asked.format == "json" else text(summary))
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--repeat", type=int, choices=range(1, 1000), metavar="R", default=9, help="pairs of runs (9)")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how the results are written")
    parser.add_argument("--rules", metavar="DIR", help="rule set; the shipped one by default")
    return parser.parse_args()


def _command() -> str:
    """The installed command; not through a link to the interpreter, which would leave the virtual environment."""
    beside = Path(sys.executable).parent / "rate"
    return str(beside) if beside.exists() else "rate"


def compare(rate: Sequence[str], cache: Path, repeat: int, *, cold: bool) -> dict[str, Any]:
    """Pairs of runs after one pair that does not count."""
    environment = {**os.environ, "RATINGENGINE_CACHE": str(cache)}
    yardstick = (sys.executable, *YARDSTICK)
    ours, theirs, ratios = Times(), Times(), list[float]()
    for number in range(repeat + 1):
        if cold:
            shutil.rmtree(cache, ignore_errors=True)
        first, second = (Times(), Times()) if number == 0 else (ours, theirs)
        pair = first.run(rate, environment), second.run(yardstick, environment)
        if number:
            ratios.append(pair[0] / pair[1])
    return {
        "rate_ms": round(median(ours.seconds) * 1000, 1),
        "rate_ms_fastest": round(min(ours.seconds) * 1000, 1),
        "rate_ms_slowest": round(max(ours.seconds) * 1000, 1),
        "import_typer_ms": round(median(theirs.seconds) * 1000, 1),
        "ratio": round(median(ratios), 3),
        "rate_peak_mb": round(ours.peak_bytes / 2**20, 1),
        "import_typer_peak_mb": round(theirs.peak_bytes / 2**20, 1),
    }


def text(summary: dict[str, Any]) -> str:
    """The results as lines."""
    lines = [f"{summary['command']} against {summary['against']}; median of {summary['repeat']} pairs", ""]
    for state in ("warm", "cold"):
        found = summary[state]
        lines.append(
            f"cache {state}: {found['rate_ms']} ms ({found['rate_ms_fastest']} to {found['rate_ms_slowest']}), "
            f"typer {found['import_typer_ms']} ms, ratio {found['ratio']}; "
            f"peak {found['rate_peak_mb']} MB, typer {found['import_typer_peak_mb']} MB"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
