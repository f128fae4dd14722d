"""Values drawn from intervals and bands: the same for a seed whatever is drawn before, beside or in which portion.

Each draw is a function of seed, country, year, indicator and its own number (SplitMix64 on a key), so that no state is handed on.
Between two bounds every value is equally likely. Where a point estimate stands within a band, the band is taken as one standard
deviation to either side of it, as V-Dem gives it, and each side has its own.
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from statistics import NormalDist
from typing import Any

from attrs import frozen

from ratingengine.bulk.admission import limits
from ratingengine.bulk.frames import library
from ratingengine.bulk.layout import HIGH, LOW, Layout

GOLDEN, FIRST, SECOND = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB
STEPS = 4096
"""Quantiles of the normal distribution that a draw can take; the outermost lie 3.7 standard deviations out."""


@frozen
class Drawn:
    """An indicator that is drawn: its columns for both ends, those of its bounds, and of its point estimate if there is one."""

    name: str
    ends: tuple[str, str]
    bounds: tuple[str, str]
    point: str
    lowest: int
    highest: int


def drawable(layout: Layout) -> tuple[Drawn, ...]:
    """The indicators with two bounds, in the order of their ids."""
    parts: dict[str, dict[str, str]] = {}
    for cell in layout.cells:
        parts.setdefault(cell.indicator.id, {})[cell.part] = cell.target
    found = []
    for name in sorted(parts):
        own, held = parts[name], layout.held.get(name)
        if held is not None and LOW in own and HIGH in own:
            ends = limits(layout.codebook[name])
            found.append(Drawn(name, (held.low, held.high), (own[LOW], own[HIGH]), own.get("", ""), *ends))
    return tuple(found)


def keyed(frame: Any, drawn: tuple[Drawn, ...], seed: int) -> Any:
    """With a column `key_N` of random keys for each indicator that is drawn."""
    pl = library("polars")
    units = list(zip(frame["iso3"].to_list(), frame["year"].to_list(), strict=True))
    keys = [
        pl.Series(f"key_{n}", [_key(seed, iso3, year, entry.name) for iso3, year in units], dtype=pl.UInt64)
        for n, entry in enumerate(drawn)
    ]
    return frame.with_columns(keys)


def _key(seed: int, iso3: str, year: int, name: str) -> int:
    return int.from_bytes(sha256(f"{seed}\0{iso3}\0{year}\0{name}".encode()).digest()[:8], "little")


def with_draws(frame: Any, drawn: tuple[Drawn, ...]) -> Any:
    """Values in place of the bounds, by the number in column `draw`; what has no two bounds stays as it is."""
    pl = library("polars")
    made = []
    for n, entry in enumerate(drawn):
        bits = mixed(pl.col(f"key_{n}"), pl.col("draw"))
        value = _between(pl, entry, bits)
        if entry.point:
            value = pl.when(pl.col(entry.point).is_not_null()).then(_around(pl, entry, bits)).otherwise(value)
        low, high = (pl.col(name) for name in entry.bounds)
        given = low.is_not_null() & high.is_not_null()
        kinds = frame.schema
        made += [
            pl.when(given).then(value.cast(kinds[end])).otherwise(pl.col(end)).alias(end) for end in dict.fromkeys(entry.ends)
        ]
    return frame.with_columns(made)


def mixed(key: Any, number: Any) -> Any:
    """64 random bits for a key and a number: the output of SplitMix64."""
    pl = library("polars")

    def constant(value: int) -> Any:
        return pl.lit(value, dtype=pl.UInt64)

    bits = key + (number + constant(1)) * constant(GOLDEN)
    bits = (bits ^ (bits // constant(2**30))) * constant(FIRST)
    bits = (bits ^ (bits // constant(2**27))) * constant(SECOND)
    return bits ^ (bits // constant(2**31))


def _between(pl: Any, entry: Drawn, bits: Any) -> Any:
    low, high = (pl.col(name).cast(pl.Int64) for name in entry.bounds)
    width = (high - low + 1).clip(1).cast(pl.UInt64)
    return low + (bits % width).cast(pl.Int64)


def _around(pl: Any, entry: Drawn, bits: Any) -> Any:
    point = pl.col(entry.point).cast(pl.Float64)
    low, high = (pl.col(name).cast(pl.Float64) for name in entry.bounds)
    place = (bits // pl.lit(2**52, dtype=pl.UInt64)).cast(pl.UInt32)
    deviation = pl.lit(pl.Series(quantiles(), dtype=pl.Float64)).gather(place)
    spread = pl.when(deviation > 0).then(high - point).otherwise(point - low).clip(0)
    return (point + deviation * spread).round(0).clip(entry.lowest, entry.highest).cast(pl.Int64)


@cache
def quantiles() -> tuple[float, ...]:
    """The middle of each of equally likely parts of the normal distribution, lowest first."""
    normal = NormalDist()
    return tuple(normal.inv_cdf((n + 0.5) / STEPS) for n in range(STEPS))
