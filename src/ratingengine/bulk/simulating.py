"""Rating probabilities: every country-year rated on many draws of the values that are known only within bounds.

What nobody recorded is not drawn: silence has no distribution. A draw runs through the chain over the years like other evidence.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from attrs import frozen

from ratingengine.bulk.batch import admitted_table, content_of
from ratingengine.bulk.draws import Drawn, drawable, keyed, with_draws
from ratingengine.bulk.frames import library, taken
from ratingengine.bulk.identity import identity
from ratingengine.bulk.rating import Plans, passed, plans_of, with_people
from ratingengine.bulk.state import State
from ratingengine.model.compiled import Compiled

PORTION = 300_000
"""Rows, a country-year on a draw each, that are rated at a time."""

Told = Callable[[int, int], None]
"""Hears how many of how many draws are done."""


@frozen
class Simulated:
    """For each country-year the share of draws with each rating, and without one; `drawn` are the indicators that were drawn."""

    frame: Any
    draws: int
    drawn: tuple[str, ...]


def simulate(
    records: Path | Sequence[Path],
    compiled: Compiled,
    draws: int,
    seed: int,
    state: Path | None,
    told: Told,
    portion: int = PORTION,
) -> Simulated:
    """Draw and rate. The answer hangs on table, method, seed and number of draws alone."""
    pl = library("polars")
    frame, layout = admitted_table(records, compiled)
    frame = frame.sort("iso3", "year")
    found = taken(frame, "polars")
    plans = plans_of(compiled, layout, found.dialect)
    drawn = drawable(layout)
    rows = keyed(with_people(plans, frame, found), drawn, seed).with_row_index("unit")
    keeper = State(state, _digest(records, compiled, draws, seed))
    kept = keeper.read()
    counts = _table(pl, kept.get("counts"), len(rows), len(compiled.scale.words))
    done = int(kept.get("done", 0))
    while done < draws:
        told(done, draws)
        until = min(draws, done + max(1, portion // max(1, len(rows))))
        counts = counts + _portion(plans, rows, drawn, range(done, until))
        done = until
        keeper.write({"done": done, "counts": counts.rows()})
    told(done, draws)
    names = [*compiled.scale.words, "none"]
    shares = counts.rename(dict(zip(counts.columns, names, strict=True))) / max(1, draws)
    return Simulated(pl.concat([rows.select("iso3", "year"), shares], how="horizontal"), draws, _moving(rows, drawn))


def _moving(rows: Any, drawn: tuple[Drawn, ...]) -> tuple[str, ...]:
    """The indicators of which some country-year has bounds that differ."""
    pl = library("polars")
    return tuple(one.name for one in drawn if rows.select((pl.col(one.bounds[0]) < pl.col(one.bounds[1])).any()).item())


def _digest(records: Path | Sequence[Path], compiled: Compiled, draws: int, seed: int) -> str:
    body = content_of(records)
    return sha256(f"{body} {identity(compiled)} {draws} {seed}".encode()).hexdigest()


def _table(pl: Any, kept: Any, rows: int, words: int) -> Any:
    """Counts a country-year: a column a rating, best first, then one without rating."""
    names = [f"n{number}" for number in range(words + 1)]
    if kept is None:
        return pl.DataFrame({name: pl.zeros(rows, dtype=pl.Int64, eager=True) for name in names})
    return pl.DataFrame(kept, schema=dict.fromkeys(names, pl.Int64), orient="row")


def _portion(plans: Plans, rows: Any, drawn: tuple[Drawn, ...], numbers: range) -> Any:
    """The counts of some draws."""
    pl = library("polars")
    repeated = rows.join(pl.DataFrame({"draw": pl.Series(list(numbers), dtype=pl.UInt64)}), how="cross")
    valued = with_draws(repeated, drawn)
    # Each draw is a country of its own to the chain.
    own = valued.with_columns(pl.format("{}#{}", "iso3", "draw").alias("iso3")).drop(
        "draw", *(f"key_{n}" for n in range(len(drawn)))
    )
    severity = passed(plans, own.drop("unit"))
    told = own.select("unit").with_columns(severity)
    words = len(plans.compiled.scale.words)
    cells = [(pl.col("severity") == number).sum().alias(f"n{number}") for number in range(words)]
    cells.append(pl.col("severity").is_null().sum().alias(f"n{words}"))
    return told.group_by("unit").agg(cells).sort("unit").drop("unit").cast(pl.Int64)
