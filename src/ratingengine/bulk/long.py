"""Tables with a row an observation to a frame with a row a country-year, by each indicator's own time and aggregation.

As of every 31 December from a country's first observation to its last; what `values` does for one country is done here for
all, in expressions of polars. The frame is that of a wide table with a value and a band for each indicator.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ratingengine.bulk.ends import Held
from ratingengine.bulk.frames import library
from ratingengine.bulk.layout import HIGH, LOW, ROW, Cell, Layout
from ratingengine.bulk.observations import observed
from ratingengine.bulk.periods import by_periods
from ratingengine.model.indicator import Codebook

UNIT = ["iso3", "indicator", "asof"]


def is_long(names: list[str]) -> bool:
    """Whether these are the columns of a table with a row an observation."""
    return "indicator" in names and "iso3" in names


def wide_of(tables: Mapping[str, Any], codebook: Codebook, *, any_unit: bool = False) -> tuple[Any, Layout]:
    """The admitted frame of tables of observations (polars, by the names of their files), and what its columns are.

    Raises InvalidInput with every row that is not in its indicator's terms.
    """
    pl = library("polars")
    whole = observed(tables, codebook, any_unit=any_unit)
    dated = _dated(pl, whole).with_columns(_other_periods(pl).alias("other"))
    bounds = _bounds(pl, _in_years(pl, dated.filter(~pl.col("other"))))
    other = by_periods(dated.filter("other"), codebook)
    return _spread(pl, _valued(pl, pl.concat([bounds, other], how="diagonal")), whole, codebook)


def _dated(pl: Any, told: Any) -> Any:
    """Each row with the days that it speaks for (`first`, `last`), and what it tells of (`thing`).

    An event happened on the days that all of its claims give, or on the earliest that any gives.
    """
    shared = pl.col("event").is_not_null() & (pl.col("event") != "")
    one = ("iso3", "indicator", "event")
    dated = shared & (pl.col("time") == "event") & ~_series(pl)
    latest, earliest, ended = pl.col("from").max().over(one), pl.col("from").min().over(one), pl.col("to").min().over(one)
    agreed = latest <= ended
    first = pl.when(dated).then(pl.when(agreed).then(latest).otherwise(earliest)).otherwise("from")
    last = pl.when(dated).then(pl.when(agreed).then(ended).otherwise(earliest)).otherwise("to")
    thing = pl.when(shared).then(pl.format("e{}", "event")).otherwise(pl.format("r{}", ROW))
    return told.with_columns(first.alias("first"), last.alias("last"), thing.alias("thing"))


def _series(pl: Any) -> Any:
    return pl.col("aggregation").is_in(["latest", "mean"])


def _in_years(pl: Any, told: Any) -> Any:
    """Each row once for every 31 December on which it counts: by the days that it speaks for, a condition on the last."""
    reading = _series(pl) & (pl.col("time") == "event")
    last = pl.when(reading).then("first").otherwise("last")
    # The window's first month is `months` back: a day counts until the year whose window no longer reaches it.
    reached = (last.dt.year().cast(pl.Int64) * 12 + last.dt.month().cast(pl.Int64) - 1 + pl.col("months") - 12) // 12
    whole_year = (pl.col("to").dt.month() == 12) & (pl.col("to").dt.day() == 31)
    on_day = pl.col("to").dt.year().cast(pl.Int64) - pl.when(whole_year).then(0).otherwise(1)
    first = pl.col("first").dt.year().cast(pl.Int64)
    until = pl.when(pl.col("time") == "condition").then(on_day).otherwise(reached)
    years = told.with_columns(pl.int_ranges(first, until + 1).alias("asof")).explode("asof").filter(pl.col("asof").is_not_null())
    inside = (pl.col("first") >= pl.date(pl.col("asof"), 1, 1)) & (pl.col("last") <= pl.date(pl.col("asof"), 12, 31))
    return years.with_columns(inside.alias("inside"))


def _other_periods(pl: Any) -> Any:
    """Whether a row is a total of something else than one calendar year, or stands beside one."""
    opens = (pl.col("first").dt.month() == 1) & (pl.col("first").dt.day() == 1)
    closes = (pl.col("last").dt.month() == 12) & (pl.col("last").dt.day() == 31)
    year = opens & closes & (pl.col("first").dt.year() == pl.col("last").dt.year())
    other = pl.col("whole") & ~year & (pl.col("time") != "condition")
    return other.any().over("iso3", "indicator")


def _valued(pl: Any, bounds: Any) -> Any:
    """The cells of each country, indicator and year: what is rated (`low`, `high`), and what is drawn.

    What is drawn is a band (`band_low`, `band_high`) around a `point`, or where no value is known exactly between two ends that
    somebody has stated. An end that nobody has is the range's to the rules, and is not drawn.
    """
    # A mean of exact values is a point too, though the whole numbers to either side of it are rated; and a band goes beyond it.
    wider = (pl.col("near") < pl.col("low")) | (pl.col("far") > pl.col("high"))
    pointed = (pl.col("low") == pl.col("high")) | (pl.col("exact").fill_null(False) & wider)
    stated = ~pl.col("below") & ~pl.col("above")
    drawn = [
        pl.when(pointed).then(around).when(stated).then(end).alias(f"band_{end}")
        for end, around in (("low", "near"), ("high", "far"))
    ]
    none = pl.col("none").fill_null(False)
    return bounds.select(*UNIT, "low", "high", none, pl.when(pointed).then("low").alias("point"), *drawn)


def _bounds(pl: Any, years: Any) -> Any:
    """What is put together of each country, indicator and year, as `_span` names it."""
    series = _series(pl)
    state = (pl.col("time") == "condition") & pl.col("aggregation").is_in(["any", "max"])
    kinds = (
        _latest(pl, years.filter(pl.col("aggregation") == "latest")),
        _mean(pl, years.filter(pl.col("aggregation") == "mean")),
    )
    states, totals = _state(pl, years.filter(state & ~series)), _total(pl, years.filter(~state & ~series))
    return pl.concat([*kinds, states, totals], how="diagonal")


LOWS, HIGHS = {"low": "lo", "near": "band_lo"}, {"high": "hi", "far": "band_hi"}
"""Ends of what is rated and of its band, and the columns of rows they are put together from."""


def _span(pl: Any) -> list[Any]:
    """Lowest stated lower bound to highest upper bound; an open end is the range's. `below`, `above`: nobody has stated it."""
    lows = [pl.col(own).min().fill_null(pl.col("lowest").first()).alias(low) for low, own in LOWS.items()]
    highs = [pl.col(own).fill_null(pl.col("highest")).max().alias(high) for high, own in HIGHS.items()]
    return [*lows, *highs, pl.col("lo").is_null().all().alias("below"), pl.col("hi").is_null().any().alias("above")]


def _latest(pl: Any, rows: Any) -> Any:
    newest = rows.filter(pl.col("from") == pl.col("from").max().over(UNIT))
    found = newest.group_by(UNIT).agg(*_span(pl), pl.col("none").all(), pl.col("none").any().alias("some"))
    # One source that gives a value and one that gives none leave open which of them holds.
    ends = [pl.when("some").then(None).otherwise(pl.col(name)).alias(name) for name in (*LOWS, *HIGHS)]
    return found.with_columns(*ends, pl.col("below", "above") | pl.col("some")).drop("some")


def _mean(pl: Any, rows: Any) -> Any:
    count = pl.len().cast(pl.Int64)
    lows = [(pl.col(low).sum() // count).alias(low) for low in LOWS]
    highs = [(-(-pl.col(high).sum() // count)).alias(high) for high in HIGHS]
    exact = (pl.col("low") == pl.col("high")).all().alias("exact")
    days = rows.group_by([*UNIT, "from"]).agg(*_span(pl))
    return days.group_by(UNIT).agg(*lows, *highs, pl.col("below", "above").any(), exact)


def _units(pl: Any, rows: Any) -> Any:
    """One span for each thing observed: claims of the same event together, other rows alone."""
    kept = [pl.col(name).first() for name in ("aggregation", "time", "lowest", "highest", "inside")]
    return rows.group_by([*UNIT, "thing"]).agg(*_span(pl), *kept)


def _state(pl: Any, rows: Any) -> Any:
    units = _units(pl, rows).group_by(UNIT)
    return units.agg(pl.col(*LOWS, *HIGHS).max(), pl.col("below").all(), pl.col("above").any())


def _total(pl: Any, rows: Any) -> Any:
    """What things add up to, and what is stated of the whole year; a total that they exceed bounds nothing from above.

    An event that some of its days put outside the year adds nothing for certain.
    """
    adds = pl.col("aggregation").first() == "sum"
    astride = (pl.col("time") == "event") & ~pl.col("inside")
    sure = {low: pl.when(astride).then("lowest").otherwise(low) for low in LOWS}
    added = [pl.when(adds).then(sure[low].sum()).otherwise(sure[low].max()).alias(f"{low}_reached") for low in LOWS]
    units = _units(pl, rows.filter(~pl.col("whole"))).group_by(UNIT)
    parts = units.agg(*added, pl.col("below").all().alias("silent"))
    whole = rows.filter("whole").group_by(UNIT).agg(*_span(pl))
    keys = rows.group_by(UNIT).agg(pl.col("lowest").first(), pl.col("highest").first(), pl.col("aggregation").first())
    found = keys.join(parts, on=UNIT, how="left").join(whole, on=UNIT, how="left")
    # Nothing reported of a part adds nothing to a sum; the highest of nothing is the lowest value.
    nothing = pl.when(pl.col("aggregation") == "sum").then(0).otherwise("lowest")
    ends, exceeded = [], {}
    for low, high in zip(LOWS, HIGHS, strict=True):
        reached = pl.min_horizontal(pl.col(f"{low}_reached").fill_null(nothing), "highest")
        exceeded[high] = (reached > pl.col(high)).fill_null(True)
        least = pl.max_horizontal(reached, pl.col(low).fill_null(pl.col("lowest")))
        limit = pl.when(exceeded[high]).then("highest").otherwise(high)
        ends += [least.alias(low), pl.max_horizontal(least, limit).alias(high)]
    below = pl.col("silent").fill_null(True) & pl.col("below").fill_null(True)
    return found.select(*UNIT, *ends, below.alias("below"), (pl.col("above").fill_null(True) | exceeded["high"]).alias("above"))


def _spread(pl: Any, valued: Any, told: Any, codebook: Codebook) -> tuple[Any, Layout]:
    """A row a country-year from a country's first observation to its last, with the columns of each indicator."""
    first, last = pl.col("from").dt.year().min(), pl.col("to").dt.year().max()
    spans = told.group_by("iso3").agg(first.cast(pl.Int64).alias("first"), last.cast(pl.Int64).alias("last"))
    keys = spans.with_columns(pl.int_ranges("first", pl.col("last") + 1).alias("year")).explode("year").select("iso3", "year")
    cells: list[Cell] = []
    held = {}
    frame = keys.sort("iso3", "year")
    for number, name in enumerate(sorted(told["indicator"].unique().to_list())):
        key = f"i{number}"
        # As `admission` names the columns of a wide table.
        columns = {"low": f"{key}_l", "high": f"{key}_h", "point": key, "band_low": f"{key}l", "band_high": f"{key}h"}
        columns |= {"none": f"{key}_n"} if codebook[name].may_be_none else {}
        own = valued.filter(pl.col("indicator") == name).select("iso3", pl.col("asof").alias("year"), *columns).rename(columns)
        frame = frame.join(own, on=["iso3", "year"], how="left", maintain_order="left")
        parts = {"": key, LOW: f"{key}l", HIGH: f"{key}h"}
        cells += [Cell(f"{name}{part}", f"{name}{part}", codebook[name], part, target) for part, target in parts.items()]
        held[name] = Held(columns["low"], columns["high"], columns.get("none", ""))
    return frame, Layout(codebook, tuple(cells), held, {cell.source: "whole" for cell in cells})
