"""Rows of observations as they come to whole numbers, with every row that is wrong.

A row's `value` (or `text`) stands before its band, and the band is kept for `rate simulate`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ratingengine.bulk.admission import (
    GRAIN,
    SHOWN,
    behind,
    known_codes,
    limits,
    place_of,
    where,
    wrong_key,
)
from ratingengine.bulk.frames import kinds_of, library
from ratingengine.bulk.layout import KEYS, ROW, key_problems
from ratingengine.bulk.unread import NUMBERS, may_say_none, nothing_to_read, rows_of_others, says_none
from ratingengine.errors import InvalidInput, Place, Problem
from ratingengine.evidence.tables.form import DAY, NUMBER, TOTAL
from ratingengine.model.indicator import Codebook, Indicator, has_totals
from ratingengine.model.terms import NotInTerms, scaled
from ratingengine.model.window import FIRST_YEAR, LAST_YEAR

TEXTS, DAYS = ("text", "event", TOTAL, "source"), ("from", "to")
REPORTED = "reported"
NEEDED = (*KEYS, "indicator", "value", *DAYS)
OPTIONAL = ("text", "low", "high", "event", TOTAL, "source")
ID = ("source", "iso3", "year", "indicator", "event")
"""What an observation is known by: as `tables.read` forms the ids of observations."""
ENDS = ("lo", "hi", "band_lo", "band_hi")
"""What is rated, and what is drawn: the band where one stands beside the value. A null is an open end."""
KEPT = (*ID, "from", "to", *ENDS, "time", "aggregation", "months", "lowest", "highest", "whole", "none", ROW)


def observed(tables: Mapping[str, Any], codebook: Codebook, *, any_unit: bool = False) -> Any:
    """The rows of all tables (polars, by the names of their files) as whole numbers of their indicators, numbered throughout.

    Raises InvalidInput with every row that is not in its indicator's terms, or says again what another row says.
    """
    pl = library("polars")
    found: list[Any] = []
    problems: list[Problem] = []
    if others := nothing_to_read(tables, codebook):
        raise InvalidInput(others)
    for number, (file, table) in enumerate(tables.items()):
        try:
            found.append(_told(pl, table, codebook, file, any_unit).with_columns(pl.lit(number).alias("file")))
        except InvalidInput as invalid:
            problems += invalid.problems
    if found:
        whole = pl.concat(found)
        problems += _twice(whole, list(tables))
    if problems:
        raise InvalidInput(problems)
    return whole.drop("file", ROW).with_row_index(ROW)


def _told(pl: Any, table: Any, codebook: Codebook, file: str, any_unit: bool) -> Any:
    lacking = [name for name in NEEDED if name not in table.columns]
    if lacking:
        raise InvalidInput([Problem("B502", f"there is no column '{name}'", Place(file, 1, 1), hint=_form()) for name in lacking])
    wrong = [*key_problems(kinds_of(table), file), *_other_types(pl, table, file)]
    if wrong:
        raise InvalidInput(wrong)
    if ROW not in table.columns:
        table = table.with_row_index(ROW)
    # In a table of an earlier version each row without an event is a total.
    silent = TOTAL not in table.columns
    blank = [pl.lit(None, pl.String if name in TEXTS else pl.Float64).alias(name) for name in OPTIONAL]
    table = table.with_columns(column for column, name in zip(blank, OPTIONAL, strict=True) if name not in table.columns)
    table = table.filter(~rows_of_others(pl, table, codebook))
    table = table.filter(~(says_none(pl) & ~pl.col("indicator").is_in(may_say_none(codebook)).fill_null(True)))
    told = _scaled(pl, table, codebook, file, any_unit).with_columns(_whole_of(pl, silent).alias("whole"))
    return told.select(pl.col(ROW).cast(pl.Int64), pl.all().exclude(ROW)).select(*KEPT)


def _whole_of(pl: Any, silent: bool) -> Any:
    """Whether a row speaks of all that there was in its period: where it says so, or says that there was none."""
    none = pl.col("event").is_null() & (pl.col("hi") == pl.col("lowest")).fill_null(False)
    said = pl.col("event").is_null() if silent else (pl.col(TOTAL) == "yes").fill_null(False)
    return pl.col("totals") & (said | none)


def _form() -> str:
    return "a table of observations has " + ", ".join(NEEDED) + "; write it with rate import"


def _other_types(pl: Any, table: Any, file: str) -> Iterator[Problem]:
    """Columns of Parquet that hold something else than numbers, texts and days."""
    kinds = kinds_of(table)
    for number, (name, kind) in enumerate(table.schema.items()):
        right = kind in (pl.String, pl.Date, pl.Null) or isinstance(kind, pl.Datetime)
        if (name in DAYS and not right) or (name in NUMBERS and kinds[name] not in ("whole", "real", "text")):
            yield Problem("B502", f"column '{name}' is of another type", Place(file, 1, number + 1), hint=_form())


def _meanings(pl: Any, codebook: Codebook) -> Any:
    """A row an indicator: what its values mean and how they are put together."""
    rows = [
        (
            entry.id,
            entry.time,
            entry.aggregation,
            entry.window_months,
            *_extent(entry),
            10**entry.decimals,
            bool(entry.words),
            has_totals(entry),
            entry.decimals,
        )
        for entry in codebook.coded
    ]
    names = ("indicator", "time", "aggregation", "months", "lowest", "highest", "top", "unit", "worded", "totals", "decimals")
    kinds = (*[pl.String] * 3, *[pl.Int64] * 5, pl.Boolean, pl.Boolean, pl.Int64)
    return pl.DataFrame(rows, schema=dict(zip(names, kinds, strict=True)), orient="row")


def _extent(entry: Indicator) -> tuple[int, int, int]:
    return entry.lowest, entry.highest, limits(entry)[1]


def _words(pl: Any, codebook: Codebook) -> Any:
    rows = [(entry.id, word, number) for entry in codebook.coded for number, word in enumerate(entry.words)]
    return pl.DataFrame(rows, schema={"indicator": pl.String, "text": pl.String, "place": pl.Int64}, orient="row")


def _scaled(pl: Any, table: Any, codebook: Codebook, file: str, any_unit: bool) -> Any:
    """The rows with the columns of ENDS, whole numbers. Raises InvalidInput with every row that is wrong."""
    kinds = table.schema
    days = [
        _day(pl, name) if kinds[name] == pl.String else pl.col(name).cast(pl.Date) for name in (*DAYS, REPORTED) if name in kinds
    ]
    numbers = [pl.col(name).cast(pl.Float64, strict=False) for name in NUMBERS]
    unread = [(pl.col(name) != "") & ~pl.col(name).str.contains(f"^{NUMBER}$") for name in NUMBERS if kinds[name] == pl.String]
    fine = [_decimals(pl, name, kinds[name]) for name in NUMBERS]
    table = table.with_columns(pl.any_horizontal(pl.lit(False), *unread).fill_null(False).alias("unread"), *fine)
    texts = [pl.col(name).cast(pl.String).replace("", None) for name in TEXTS]
    plain = table.with_columns(*days, *numbers, pl.col("year").cast(pl.Int64), *texts)
    told = plain.join(_meanings(pl, codebook), on="indicator", how="left", maintain_order="left")
    told = told.join(_words(pl, codebook), on=["indicator", "text"], how="left", maintain_order="left")
    value = pl.when("worded").then("place").otherwise(_whole(pl, "value")).alias("point")
    told = told.with_columns(value, *(_whole(pl, name).alias(f"whole_{name}") for name in ("low", "high")))
    both = pl.col("whole_low").is_not_null() & pl.col("whole_high").is_not_null()
    bands = [pl.when(both | pl.col("point").is_null()).then(f"whole_{name}").otherwise("point") for name in ("low", "high")]
    told = told.with_columns(
        *(pl.coalesce("point", f"whole_{name}").alias(end) for name, end in (("low", "lo"), ("high", "hi"))),
        *(band.alias(end) for band, end in zip(bands, ("band_lo", "band_hi"), strict=True)),
    )
    optional = pl.col("indicator").is_in([entry.id for entry in codebook.coded if entry.may_be_none])
    told = told.with_columns((says_none(pl) & optional).alias("none"))
    wrong = _wrong(pl, any_unit, reported=REPORTED in kinds)
    found = told.select(ROW, **wrong).with_columns(pl.selectors.boolean().fill_null(False))
    if found.select(pl.any_horizontal(*wrong).any()).item():
        raise InvalidInput(_problems(table, found, list(wrong), codebook, file))
    return told


def _day(pl: Any, name: str) -> Any:
    written = pl.col(name).str.contains(f"^{DAY}$")
    return pl.when(written).then(pl.col(name)).str.to_date("%Y-%m-%d", strict=False).alias(name)


def _decimals(pl: Any, name: str, kind: Any) -> Any:
    """How many decimals a number is written with; none where it is no text."""
    if kind != pl.String:
        return pl.lit(0, pl.UInt32).alias(f"decimals_{name}")
    return pl.col(name).str.extract(r"\.([0-9]*[1-9])0*$").str.len_chars().fill_null(0).alias(f"decimals_{name}")


def _whole(pl: Any, name: str) -> Any:
    """A number times its indicator's unit; null where that is no whole number, also where a binary fraction cannot show it."""
    number = pl.col(name) * pl.col("unit")
    whole = number.round(0)
    off = (number - whole).abs()
    kept = pl.col(f"decimals_{name}") <= pl.col("decimals")
    return pl.when(kept & (off <= (whole.abs() + 1) * GRAIN) & (off < 0.01)).then(whole.cast(pl.Int64, strict=False))


def _wrong(pl: Any, any_unit: bool, *, reported: bool) -> dict[str, Any]:
    """What may be wrong with a row, by the column where it stands."""
    cells = ("point", "whole_low", "whole_high")
    outside = [~pl.col(name).is_between("lowest", "top") for name in cells]
    given = [pl.col(name).is_not_null() & pl.col(f"whole_{name}").is_null() for name in ("low", "high")]
    given.append(~pl.col("worded") & pl.col("value").is_not_null() & pl.col("point").is_null())
    given.append(pl.col("worded") & pl.any_horizontal(pl.col("low", "high").is_not_null()))
    given.append(pl.col("worded") & pl.col("text").is_not_null() & pl.col("point").is_null())
    given = [wrong & ~pl.col("none") for wrong in given]
    nothing = pl.all_horizontal(pl.col(name).is_null() for name in cells) & ~pl.col("none")
    first, last = pl.col("from").dt.year(), pl.col("to").dt.year()
    expr = pl.col(REPORTED)
    late = {REPORTED: expr.is_null() | (expr < pl.col("from")) | (expr.dt.year() > LAST_YEAR)} if reported else {}
    return late | {
        "iso3": pl.col("iso3").is_null() if any_unit else ~pl.col("iso3").is_in(known_codes()).fill_null(False),
        "year": ~pl.col("year").is_between(FIRST_YEAR, LAST_YEAR).fill_null(False),
        "indicator": pl.col("lowest").is_null(),
        "from": pl.any_horizontal(pl.col(*DAYS).is_null()) | (last < first) | (pl.col("to") < pl.col("from"))
        | (first < FIRST_YEAR) | (last > LAST_YEAR),
        "value": pl.col("lowest").is_not_null()
        & pl.any_horizontal("unread", nothing, *(part.fill_null(False) for part in (*given, *outside))),
        "low": pl.col("whole_low") > pl.col("whole_high"),
        TOTAL: ~pl.col(TOTAL).is_in(["yes", "no"]) | ((pl.col(TOTAL) == "yes") & pl.col("event").is_not_null()),
    }  # fmt: skip


def _problems(table: Any, found: Any, names: list[str], codebook: Codebook, file: str) -> list[Problem]:
    problems = []
    for name in names:
        rows = table.filter(found[name]).head(SHOWN).rows(named=True)
        problems += [_problem(row, name, codebook, file) for row in rows]
        if found[name].sum() > len(rows):
            more = f"column '{name}': {found[name].sum() - len(rows)} more rows from here on are wrong in the same way"
            problems.append(Problem("B503", more, behind(rows[-1], file), hint="correct the column, then try again"))
    return problems


def _problem(row: dict[str, Any], name: str, codebook: Codebook, file: str) -> Problem:
    ident, place = row["indicator"], place_of(row, file)
    if name == "indicator":
        return Problem("B501", f"{where(row)}: '{ident}' is no indicator of the codebook", place, hint="see: rate codebook")
    if name in KEYS:
        return wrong_key(name, row, file)
    if name == "from":
        said = f"from {row['from']} to {row['to']} is no period"
        hint = f"write days as 2022-03-15, the first one first, {FIRST_YEAR} to {LAST_YEAR}"
        return Problem("B502", f"{where(row)}, column '{name}': {said}", place, hint=hint)
    if name == TOTAL:
        said = f"column '{TOTAL}': '{row[TOTAL]}'{' beside an event' if row[TOTAL] == 'yes' else ''}"
        return Problem(
            "B502", f"{where(row)}, {said}", place, hint="write yes where all of the period is meant, no or nothing else"
        )
    if name == REPORTED:
        said = f"{where(row)}, column '{name}': {row[name]} is no day, or before {row['from']}, when it began"
        return Problem("B502", said, place, hint=f"write days as 2022-03-15, {FIRST_YEAR} to {LAST_YEAR}")
    indicator = codebook[ident]
    cells = [row["text"], row["low"], row["high"]] if indicator.words else [row[name] for name in NUMBERS]
    for cell in (cell for cell in cells if cell is not None):
        try:
            scaled(indicator, f"{cell:f}" if hasattr(cell, "as_tuple") else str(cell).removesuffix(".0"))
        except NotInTerms as refused:
            message = f"{where(row)}, {ident}: {refused.reason}: '{cell}'"
            return Problem("B503", message, place, hint=refused.remedy)
    said, hint = "no value, and no low or high", "a row says something of its indicator"
    if name == "low":
        said, hint = "low is above high", "correct one of the two"
    return Problem("B503", f"{where(row)}, {ident}: {said}", place, hint=hint)


def _twice(whole: Any, files: list[str]) -> list[Problem]:
    """Observations of one source, country, year, indicator and event in more than one row, also of several tables."""
    again = whole.filter(whole.select(ID).is_duplicated())
    same = again.group_by(*ID, maintain_order=True).agg("file", ROW)
    problems = []
    for row in same.head(SHOWN).rows(named=True):
        name = "-".join(str(row[part]) for part in ID if row[part] is not None)
        first = place_of({ROW: row[ROW][0]}, files[row["file"][0]])
        message, hint = (
            f"{name} stands twice; first in {first.file}, line {first.line}",
            "keep the row that is meant, or name its event",
        )
        others = ({ROW: number} | {"iso3": row["iso3"], "year": row["year"]} for number in row[ROW][1:])
        places = zip(others, row["file"][1:], strict=True)
        problems += [Problem("B505", f"{where(one)}: {message}", place_of(one, files[file]), hint=hint) for one, file in places]
    if len(same) > SHOWN:
        more = f"{len(same) - SHOWN} more observations stand twice"
        last = max(
            (problem.place for problem in problems if problem.place is not None), key=lambda place: (place.file, place.line)
        )
        place = Place(last.file, last.line + 1, 1)
        problems.append(Problem("B505", f"{more} from here on", place, hint="is a table named twice, or imported twice?"))
    return problems
