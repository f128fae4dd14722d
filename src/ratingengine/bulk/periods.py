"""Totals of other periods than calendar years, put together row by row as one rating does it: a table has few, if any."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from ratingengine.bulk.frames import library
from ratingengine.evidence.counts import Bounds, Period, Thing, Total, counted
from ratingengine.model.indicator import Codebook, Indicator
from ratingengine.model.window import last_day

ENDS = (("lo", "hi", "low", "high"), ("band_lo", "band_hi", "near", "far"))
"""Columns of the ends of rows, of what is rated and of its band, and of what they are put together to."""


def by_periods(rows: Any, codebook: Codebook) -> Any:
    """The bounds of each country, indicator and year that rows speak of, as `long` names them."""
    pl = library("polars")
    found: list[tuple[Any, ...]] = []
    for (iso3, name), group in rows.sort("iso3", "indicator").group_by(["iso3", "indicator"], maintain_order=True):
        stated = group.rows(named=True)
        years = range(min(row["first"].year for row in stated), max(row["last"].year for row in stated) + 1)
        found += [(iso3, name, year, *_year(codebook[name], stated, year)) for year in years]
    names = ("iso3", "indicator", "asof", "low", "high", "near", "far", "below", "above")
    kinds = (pl.String, pl.String, *[pl.Int64] * 5, pl.Boolean, pl.Boolean)
    return pl.DataFrame(found, schema=dict(zip(names, kinds, strict=True)), orient="row")


def _year(indicator: Indicator, rows: Sequence[Mapping[str, Any]], year: int) -> tuple[int | bool, ...]:
    window = Period(date(year, 1, 1), last_day(year))
    ends: list[int] = []
    for low, high, *_ in ENDS:
        bounds = counted(indicator, _things(rows, low), _totals(indicator, rows, low, high), window)
        ends += (bounds.lowest, bounds.highest)
    speaking = [row for row in rows if window.meets(_period(row))]
    stated = [row for row in speaking if row["whole"] and row["hi"] is not None and _period(row).holds(window)]
    return *ends, all(row["lo"] is None for row in speaking), not stated or ends[1] == indicator.highest


def _period(row: Mapping[str, Any]) -> Period:
    return Period(row["first"], row["last"])


def _things(rows: Iterable[Mapping[str, Any]], low: str) -> tuple[Thing, ...]:
    claims: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        if not row["whole"]:
            claims.setdefault(row["thing"], []).append(row)
    return tuple(_thing(group, low) for group in claims.values())


def _thing(claims: Sequence[Mapping[str, Any]], low: str) -> Thing:
    """The claims of an event give one period, and the lowest of their lower bounds."""
    if claims[0]["time"] != "event":
        return Thing(tuple((_period(row), row[low]) for row in claims))
    lows = [row[low] for row in claims if row[low] is not None]
    return Thing(((_period(claims[0]), min(lows, default=None)),))


def _totals(indicator: Indicator, rows: Iterable[Mapping[str, Any]], low: str, high: str) -> tuple[Total, ...]:
    stated: dict[Period, list[Mapping[str, Any]]] = {}
    for row in rows:
        if row["whole"]:
            stated.setdefault(_period(row), []).append(row)
    return tuple(
        Total(
            period,
            Bounds(
                min((row[low] for row in claims if row[low] is not None), default=indicator.lowest),
                max(indicator.highest if row[high] is None else row[high] for row in claims),
            ),
        )
        for period, claims in stated.items()
    )
