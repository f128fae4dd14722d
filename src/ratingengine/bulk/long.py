"""Tables with a row an observation to a frame with a row a country-year, by each indicator's own time and aggregation.

As of every 31 December from a country's first observation to its last; what `values` does for one country is done here for
all, in expressions of polars. A row's `value` (or `text`) stands before its band.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ratingengine.bulk.admission import SHOWN, limits, place_of, where
from ratingengine.bulk.ends import Held
from ratingengine.bulk.frames import library
from ratingengine.bulk.layout import KEYS, ROW, Cell, Layout
from ratingengine.errors import InvalidInput, Place, Problem
from ratingengine.model.indicator import Codebook, Indicator
from ratingengine.terms import NotInTerms, scaled

NEEDED = (*KEYS, "indicator", "value", "from", "to")
OPTIONAL = ("text", "low", "high", "event")
KEPT = ("iso3", "indicator", "from", "to", "event", "lo", "hi", "time", "aggregation", "months", "lowest", "highest")
UNIT = ["iso3", "indicator", "asof"]


def is_long(names: list[str]) -> bool:
    """Whether these are the columns of a table with a row an observation."""
    return "indicator" in names and "iso3" in names


def wide_of(tables: Mapping[str, Any], codebook: Codebook) -> tuple[Any, Layout]:
    """The admitted frame of tables of observations (polars, by the names of their files), and what its columns are.

    Raises InvalidInput with every row that is not in its indicator's terms.
    """
    pl = library("polars")
    told = []
    problems: list[Problem] = []
    before = 0
    for file, table in tables.items():
        try:
            told.append(_told(pl, table, codebook, file).select(*KEPT, pl.col(ROW).cast(pl.Int64) + before))
        except InvalidInput as invalid:
            problems += invalid.problems
        before += len(table)
    if problems:
        raise InvalidInput(problems)
    whole = pl.concat(told)
    return _spread(pl, _bounds(pl, _in_years(pl, whole)), whole, codebook)


def _told(pl: Any, table: Any, codebook: Codebook, file: str) -> Any:
    lacking = [name for name in NEEDED if name not in table.columns]
    if lacking:
        raise InvalidInput([Problem("B502", f"there is no column '{name}'", Place(file, 1, 1), hint=_form()) for name in lacking])
    if ROW not in table.columns:
        table = table.with_row_index(ROW)
    blank = [pl.lit(None, pl.String if name in ("text", "event") else pl.Float64).alias(name) for name in OPTIONAL]
    table = table.with_columns(*(column for column, name in zip(blank, OPTIONAL, strict=True) if name not in table.columns))
    return _scaled(pl, table, codebook, file)


def _form() -> str:
    return "a table of observations has " + ", ".join(NEEDED) + "; write it with rate import"


def _meanings(pl: Any, codebook: Codebook) -> Any:
    """A row an indicator: what its values mean and how they are put together."""
    rows = [
        (entry.id, entry.time, entry.aggregation, entry.window_months, *_extent(entry), 10**entry.decimals, bool(entry.words))
        for entry in codebook.coded
    ]
    names = ("indicator", "time", "aggregation", "months", "lowest", "highest", "top", "unit", "worded")
    kinds = (pl.String, pl.String, pl.String, pl.Int64, pl.Int64, pl.Int64, pl.Int64, pl.Int64, pl.Boolean)
    return pl.DataFrame(rows, schema=dict(zip(names, kinds, strict=True)), orient="row")


def _extent(entry: Indicator) -> tuple[int, int, int]:
    return entry.lowest, entry.highest, limits(entry)[1]


def _words(pl: Any, codebook: Codebook) -> Any:
    rows = [(entry.id, word, number) for entry in codebook.coded for number, word in enumerate(entry.words)]
    return pl.DataFrame(rows, schema={"indicator": pl.String, "text": pl.String, "place": pl.Int64}, orient="row")


def _scaled(pl: Any, table: Any, codebook: Codebook, file: str) -> Any:
    """The rows with `lo` and `hi`, whole numbers; null is open. Raises InvalidInput with every row that is wrong."""
    kinds = table.schema
    days = [
        (pl.col(name).str.to_date("%Y-%m-%d", strict=False) if kinds[name] == pl.String else pl.col(name).cast(pl.Date))
        for name in ("from", "to")
    ]
    numbers = [pl.col(name).cast(pl.Float64, strict=False) for name in ("value", "low", "high")]
    texts = [name for name in ("value", "low", "high") if kinds[name] == pl.String]
    unread = [(pl.col(name) != "") & pl.col(name).cast(pl.Float64, strict=False).is_null() for name in texts]
    table = table.with_columns(pl.any_horizontal(pl.lit(False), *unread).fill_null(False).alias("unread"))
    year = pl.col("year").cast(pl.Int64, strict=False)
    plain = table.with_columns(*days, *numbers, year, pl.col("text", "event").cast(pl.String))
    told = plain.join(_meanings(pl, codebook), on="indicator", how="left", maintain_order="left")
    told = told.join(_words(pl, codebook), on=["indicator", "text"], how="left", maintain_order="left")
    exact = pl.when("worded").then("place").otherwise(_whole(pl, "value"))
    ends = [pl.coalesce(exact, pl.when("worded").then(None).otherwise(_whole(pl, name))) for name in ("low", "high")]
    told = told.with_columns(ends[0].alias("lo"), ends[1].alias("hi"))
    inside = [pl.col(name).is_between("lowest", "top") | pl.col(name).is_null() for name in ("lo", "hi")]
    given = [
        pl.when("worded").then(False).otherwise(pl.col(name).is_not_null() & _whole(pl, name).is_null())
        for name in ("value", "low", "high")
    ]
    wrong = {
        "iso3": pl.col("iso3").is_null(),
        "indicator": pl.col("lowest").is_null(),
        "from": pl.col("from").is_null() | pl.col("to").is_null() | (pl.col("to") < pl.col("from")),
        "value": pl.col("lowest").is_not_null()
        & (pl.any_horizontal("unread", *given) | ~(inside[0] & inside[1]) | (pl.col("lo").is_null() & pl.col("hi").is_null())),
        "low": pl.col("lo") > pl.col("hi"),
    }
    found = told.select(*(pl.col(ROW),), **wrong).with_columns(pl.selectors.boolean().fill_null(False))
    if found.select(pl.any_horizontal(*wrong).any()).item():
        raise InvalidInput(_problems(table, found, list(wrong), codebook, file))
    return told


def _whole(pl: Any, name: str) -> Any:
    """A number times its indicator's unit; null where that is no whole number."""
    number = pl.col(name) * pl.col("unit")
    off = (number - number.round(0)).abs()
    return pl.when(off < 1e-6).then(number.round(0).cast(pl.Int64, strict=False))


def _problems(table: Any, found: Any, names: list[str], codebook: Codebook, file: str) -> list[Problem]:
    problems = []
    for name in names:
        rows = table.filter(found[name]).head(SHOWN).rows(named=True)
        problems += [_wrong(row, name, codebook, file) for row in rows]
        if found[name].sum() > len(rows):
            more = f"column '{name}': {found[name].sum() - len(rows)} more rows are wrong in the same way"
            problems.append(Problem("B503", more, Place(file, 2**31, 1), hint="correct the column, then try again"))
    return problems


def _wrong(row: dict[str, Any], name: str, codebook: Codebook, file: str) -> Problem:
    ident = row["indicator"]
    place = place_of(row, file)
    if name == "indicator":
        return Problem("B501", f"{where(row)}: '{ident}' is no indicator of the codebook", place, hint="see: rate codebook")
    if name in ("iso3", "from"):
        said = "no country" if name == "iso3" else f"from {row['from']} to {row['to']} is no period"
        return Problem("B502", f"{where(row)}, column '{name}': {said}", place, hint=_form())
    indicator = codebook[ident]
    cells = [row["text"]] if indicator.words else [row["value"], row["low"], row["high"]]
    for cell in (cell for cell in cells if cell is not None):
        try:
            scaled(indicator, f"{cell:f}" if hasattr(cell, "as_tuple") else str(cell).removesuffix(".0"))
        except NotInTerms as refused:
            message = f"{where(row)}, {ident}: {refused.reason}: '{cell}'"
            return Problem("B503", message, place, hint=refused.remedy)
    said = "low is above high" if name == "low" else "no value, and no low or high"
    return Problem("B503", f"{where(row)}, {ident}: {said}", place, hint="a row says something of its indicator")


def _in_years(pl: Any, told: Any) -> Any:
    """Each row once for every 31 December on which it counts: events by their start, spells by overlap, conditions on the day."""
    shared = pl.col("event").is_not_null() & (pl.col("event") != "")
    begun = (
        pl.when(shared & (pl.col("time") == "event"))
        .then(pl.col("from").min().over("iso3", "indicator", "event"))
        .otherwise("from")
    )
    told = told.with_columns(begun.alias("start"), shared.alias("shared"))
    last = pl.when(pl.col("time") == "event").then("start").otherwise("to")
    # The window's first month is `months` back: a day counts until the year whose window no longer reaches it.
    reached = (last.dt.year().cast(pl.Int64) * 12 + last.dt.month().cast(pl.Int64) - 1 + pl.col("months") - 12) // 12
    whole_year = (pl.col("to").dt.month() == 12) & (pl.col("to").dt.day() == 31)
    on_day = pl.col("to").dt.year().cast(pl.Int64) - pl.when(whole_year).then(0).otherwise(1)
    first = pl.col("start").dt.year().cast(pl.Int64)
    until = pl.when(pl.col("time") == "condition").then(on_day).otherwise(reached)
    years = told.with_columns(pl.int_ranges(first, until + 1).alias("asof")).explode("asof").filter(pl.col("asof").is_not_null())
    month = pl.col("asof") * 12 + 12 - pl.col("months")
    opening = pl.date(month // 12, month % 12 + 1, 1)
    covers = (pl.col("from") <= opening) & (pl.col("to") >= pl.date(pl.col("asof"), 12, 31))
    spell_open = (pl.col("time") != "event") & (pl.col("hi").is_null() | (pl.col("hi") != pl.col("lowest")))
    total = ~pl.col("shared") & ~spell_open & ((pl.col("time") == "condition") | covers)
    return years.with_columns(total.alias("total"))


def _bounds(pl: Any, years: Any) -> Any:
    """`low` and `high` of each country, indicator and year."""
    series = pl.col("aggregation").is_in(["latest", "mean"])
    state = (pl.col("time") == "condition") & pl.col("aggregation").is_in(["any", "max"])
    kinds = (
        _latest(pl, years.filter(pl.col("aggregation") == "latest")),
        _mean(pl, years.filter(pl.col("aggregation") == "mean")),
    )
    states, totals = _state(pl, years.filter(state & ~series)), _total(pl, years.filter(~state & ~series))
    return pl.concat([*kinds, states, totals])


def _span(pl: Any) -> list[Any]:
    """Lowest stated lower bound to highest upper bound; an open end is the range's."""
    low = pl.col("lo").min().fill_null(pl.col("lowest").first())
    return [low.alias("low"), pl.col("hi").fill_null(pl.col("highest")).max().alias("high")]


def _latest(pl: Any, rows: Any) -> Any:
    newest = rows.filter(pl.col("from") == pl.col("from").max().over(UNIT))
    return newest.group_by(UNIT).agg(*_span(pl))


def _mean(pl: Any, rows: Any) -> Any:
    days = rows.group_by([*UNIT, "from"]).agg(*_span(pl)).group_by(UNIT)
    low, high, count = pl.col("low").sum(), pl.col("high").sum(), pl.len().cast(pl.Int64)
    return days.agg((low // count).alias("low"), (-(-high // count)).alias("high"))


def _units(pl: Any, rows: Any) -> Any:
    """One span for each thing observed: claims of the same event together, other rows alone."""
    thing = pl.when("shared").then(pl.format("e{}", "event")).otherwise(pl.format("r{}", ROW)).alias("thing")
    kept = (pl.col("aggregation").first(), pl.col("lowest").first(), pl.col("highest").first())
    return rows.group_by([*UNIT, thing]).agg(*_span(pl), *kept)


def _state(pl: Any, rows: Any) -> Any:
    return _units(pl, rows).group_by(UNIT).agg(pl.col("low").max(), pl.col("high").max())


def _total(pl: Any, rows: Any) -> Any:
    """What parts add up to, within what is said of the whole window."""
    added = pl.when(pl.col("aggregation").first() == "sum").then(pl.col("low").sum()).otherwise(pl.col("low").max())
    parts = _units(pl, rows.filter(~pl.col("total"))).group_by(UNIT).agg(added.alias("reached"))
    whole = rows.filter("total").group_by(UNIT).agg(*_span(pl))
    keys = rows.group_by(UNIT).agg(pl.col("lowest").first(), pl.col("highest").first(), pl.col("aggregation").first())
    found = keys.join(parts, on=UNIT, how="left").join(whole, on=UNIT, how="left")
    # Nothing reported of a part adds nothing to a sum; the highest of nothing is the lowest value.
    nothing = pl.when(pl.col("aggregation") == "sum").then(0).otherwise("lowest")
    reached = pl.min_horizontal(pl.col("reached").fill_null(nothing), "highest")
    low = pl.max_horizontal(reached, pl.col("low").fill_null(pl.col("lowest")))
    high = pl.max_horizontal(low, pl.col("high").fill_null(pl.col("highest")))
    return found.select(*UNIT, low.alias("low"), high.alias("high"))


def _spread(pl: Any, bounds: Any, told: Any, codebook: Codebook) -> tuple[Any, Layout]:
    """A row a country-year from a country's first observation to its last, two columns an indicator."""
    first, last = pl.min_horizontal(pl.col("from").dt.year().min()), pl.max_horizontal(pl.col("to").dt.year().max())
    spans = told.group_by("iso3").agg(first.cast(pl.Int64).alias("first"), last.cast(pl.Int64).alias("last"))
    keys = spans.with_columns(pl.int_ranges("first", pl.col("last") + 1).alias("year")).explode("year").select("iso3", "year")
    names = sorted(told["indicator"].unique().to_list())
    cells, held = [], {}
    frame = keys.sort("iso3", "year")
    for number, name in enumerate(names):
        low, high = f"i{number}l", f"i{number}h"
        own = bounds.filter(pl.col("indicator") == name).select(
            "iso3", pl.col("asof").alias("year"), pl.col("low").alias(low), pl.col("high").alias(high)
        )
        frame = frame.join(own, on=["iso3", "year"], how="left", maintain_order="left")
        cells += [
            Cell(f"{name}__{end}", f"{name}__{end}", codebook[name], f"__{end}", f"i{number}{end[0]}") for end in ("low", "high")
        ]
        held[name] = Held(low, high)
    return frame, Layout(codebook, tuple(cells), held, {cell.source: "whole" for cell in cells})
