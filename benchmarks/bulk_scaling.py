"""Time and memory of `rate batch` by the number of rows, each size in a process of its own; writes a plot and a table.

    python benchmarks/bulk_scaling.py [--most ROWS] [--format text|json] [--plot docs/bulk-scaling.svg]

A sorted Parquet table of twelve indicators, ten years a country, is rated by the default rules from file to file: checks, both
ends, the chain, words. Seconds are by the clock and of processor time over all cores; memory is the peak of the process.
"""

from __future__ import annotations

import argparse
import json
import sys
from math import log10
from pathlib import Path
from random import Random
from subprocess import run
from tempfile import TemporaryDirectory
from typing import Any

SIZES = (10_000, 100_000, 1_000_000, 10_000_000, 50_000_000)
PART = 1_000_000
YEARS = 10
INDICATORS = (
    "assembly.authorisation_regime",
    "assembly.blanket_restrictions",
    "assembly.people_imprisoned",
    "assembly.protesters_detained",
    "assembly.protesters_killed",
    "association.organisations_banned",
    "association.party_refused",
    "association.registration_regime",
    "association.restrictive_law_in_force",
    "expression.people_imprisoned",
    "expression.speech_offence",
    "protection.torture_in_custody",
)
CHILD = """
import json, resource, sys, time
from pathlib import Path
from ratingengine.bulk.batch import batch
from ratingengine.bulk.method import compiled_of
compiled = compiled_of(None)
start = time.perf_counter()
found = batch(Path(sys.argv[1]), sys.argv[2], compiled, any_unit=True)
seconds = time.perf_counter() - start
used = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps({"rows": found.rows, "seconds": seconds, "worked": used.ru_utime + used.ru_stime, "mib": used.ru_maxrss / 1024}))
"""


def main() -> int:
    """Measure each size, print, and write the plot."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--most", type=int, default=SIZES[-1], help="the largest number of rows (50000000)")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how the results are written")
    parser.add_argument("--plot", metavar="FILE.svg", help="where the plot goes")
    asked = parser.parse_args()
    results = [measured(rows) for rows in SIZES if rows <= asked.most]
    if asked.plot:
        Path(asked.plot).write_text(plot(results), "utf-8")
    print(json.dumps(results, indent=2) if asked.format == "json" else table(results))
    return 0


def measured(rows: int) -> dict[str, Any]:
    """One size in a process of its own."""
    with TemporaryDirectory() as folder:
        given, answer = Path(folder) / "given.parquet", Path(folder) / "answer.parquet"
        written(given, rows)
        done = run([sys.executable, "-c", CHILD, str(given), str(answer)], check=True, capture_output=True, text=True)
        found: dict[str, Any] = json.loads(done.stdout)
        print(f"{rows:,} rows: {found['seconds']:.1f} s, {found['mib']:.0f} MiB", file=sys.stderr)
        return found


def written(path: Path, rows: int) -> None:
    """The table, a part at a time."""
    import polars as pl
    from pyarrow import parquet

    from ratingengine.bulk.method import compiled_of

    random, codebook = Random(1), compiled_of(None).codebook
    base = pl.DataFrame({name: [_cell(random, codebook[name].highest) for _ in range(4000)] for name in INDICATORS})
    writer = None
    for first in range(0, rows, PART):
        count = min(PART, rows - first)
        number = pl.int_range(first, first + count, eager=True)
        unit = pl.format("U{}", (number // YEARS).cast(pl.String).str.zfill(8)).alias("iso3")
        keys = pl.select(unit, (2013 + number % YEARS).cast(pl.Int16).alias("year"))
        part = pl.concat(
            [keys, base.sample(count, with_replacement=True, seed=first).cast(pl.Int16)], how="horizontal"
        ).to_arrow()
        writer = writer or parquet.ParquetWriter(path, part.schema)
        writer.write_table(part)
    if writer is not None:
        writer.close()


def _cell(random: Random, highest: int) -> int | None:
    return None if random.random() < 0.3 else random.randint(0, min(highest, 60))


def table(results: list[dict[str, Any]]) -> str:
    """The figures as a Markdown table."""
    lines = ["| country-years | seconds | processor seconds | country-years a second | peak MiB |", "|---|---|---|---|---|"]
    lines += [
        f"| {r['rows']:,} | {r['seconds']:.1f} | {r['worked']:.1f} | {r['rows'] / r['seconds']:,.0f} | {r['mib']:.0f} |"
        for r in results
    ]
    return "\n".join(lines)


def plot(results: list[dict[str, Any]]) -> str:
    """Processor seconds against rows, both by powers of ten, beside a line of slope one; as SVG."""
    width, height, margin = 640, 420, 60
    span_x, span_y = (4.0, 7.8), (-1.0, 3.0)

    def at(rows: float, seconds: float) -> tuple[float, float]:
        x = margin + (log10(rows) - span_x[0]) / (span_x[1] - span_x[0]) * (width - 2 * margin)
        y = height - margin - (log10(seconds) - span_y[0]) / (span_y[1] - span_y[0]) * (height - 2 * margin)
        return round(x, 1), round(y, 1)

    points = [at(r["rows"], r["worked"]) for r in results]
    last = results[-1]
    slope = [at(rows, last["worked"] * rows / last["rows"]) for rows in (10**4 * 4, last["rows"])]
    told = [f"{r['rows']:,} rows take {r['worked']:.1f} s" for r in results]
    form = 'role="img" font-family="sans-serif" font-size="12"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" {form}>',
        "<title>Processor seconds of rate batch by country-years</title>",
        f"<desc>{'; '.join(told)}.</desc>",
        f'<rect width="{width}" height="{height}" fill="white"/>',
    ]
    for power in range(4, 8):
        x, y = at(10**power, 10 ** span_y[0])
        parts.append(f'<text x="{x}" y="{y + 18}" text-anchor="middle">10^{power}</text>')
        parts.append(f'<line x1="{x}" x2="{x}" y1="{y}" y2="{margin}" stroke="#ddd"/>')
    for power in range(-1, 4):
        x, y = at(10**4, 10.0**power)
        parts.append(f'<text x="{x - 8}" y="{y + 4}" text-anchor="end">{10.0**power:g} s</text>')
        parts.append(f'<line x1="{x}" x2="{width - margin}" y1="{y}" y2="{y}" stroke="#ddd"/>')
    (x1, y1), (x2, y2) = slope
    parts.append(f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="#999" stroke-dasharray="5 4"/>')
    parts.append(f'<polyline points="{" ".join(f"{x},{y}" for x, y in points)}" fill="none" stroke="#0072b2" stroke-width="2"/>')
    parts += [f'<circle cx="{x}" cy="{y}" r="4" fill="#0072b2"/>' for x, y in points]
    parts.append(
        f'<text x="{width / 2}" y="{height - 15}" text-anchor="middle">country-years (dashed: in proportion to them)</text>'
    )
    parts.append(f'<text x="{margin}" y="{margin - 25}">processor seconds, all cores</text></svg>')
    return "\n".join(parts) + "\n"


if __name__ == "__main__":
    sys.exit(main())
