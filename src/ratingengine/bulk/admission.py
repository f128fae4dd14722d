"""Wide frames as they come to whole numbers in columns of known names, with every value that is not in its indicator's terms.

A column is named by an indicator; `<indicator>__low` and `<indicator>__high` hold a span, `<indicator>__none` that there is no
value. Words, numbers and texts are taken; a null is the indicator's full range. In each row the value stands before the span.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil, floor
from typing import Any

from ratingengine.bulk.dialect import Dialect, Expr, Frame
from ratingengine.bulk.layout import HIGH, KEYS, LOW, NONE, ROW, Cell, Layout, by_part
from ratingengine.errors import InvalidInput, Place, Problem
from ratingengine.model.indicator import UNBOUNDED, Indicator
from ratingengine.model.terms import MOST, NO_VALUE, NotInTerms, scaled
from ratingengine.model.window import FIRST_YEAR, LAST_YEAR
from ratingengine.world.countries import all_countries, by_iso3

SHOWN = 20
"""Problems of one column that are written out; how many more there are is said."""
GRAIN = 1e-12
"""Relative: far above the rounding of a binary fraction, far below a digit that is too many."""


def admitted(frame: Frame, layout: Layout, dialect: Dialect, file: str = "", *, any_unit: bool = False) -> Frame:
    """Keys and whole numbers. Raises InvalidInput with every row and column that holds no value of its indicator.

    With `any_unit` codes that are of no country are taken too.
    """
    checks = [_fits(cell, layout, dialect) for cell in layout.cells]
    wrong = [
        (~right & ~_empty(cell.source, layout, dialect)).alias(cell.target)
        for cell, right in zip(layout.cells, checks, strict=True)
    ]
    wrong += _keys_wrong(dialect, any_unit)
    counted = [part.cast(dialect.space.Int64).sum().alias(f"n{number}") for number, part in enumerate(wrong)]
    totals = _first(frame.select(*counted))
    if any(totals):
        raise InvalidInput(_problems(frame, layout, wrong, totals, file))
    numbered = [ROW] if ROW in frame.collect_schema().names() else []
    made = frame.select(*numbered, "iso3", dialect.col("year").cast(dialect.space.Int64), *_converted(layout, dialect))
    ends = _ends(layout, dialect)
    made = made.with_columns(*ends) if ends else made
    _spans_hold(made, layout, dialect, file)
    return made


def _first(frame: Frame) -> tuple[int, ...]:
    """The only row of a frame; no rows at all are zeros."""
    collected = Dialect.here(frame)
    return tuple(int(value or 0) for value in collected.row(0)) if len(collected) else ()


def known_codes() -> list[str]:
    """The codes of all countries and territories."""
    return [country.iso3 for country in all_countries()]


def _keys_wrong(dialect: Dialect, any_unit: bool) -> list[Expr]:
    year, unit = dialect.col("year"), dialect.col("iso3")
    right = (year >= FIRST_YEAR) & (year <= LAST_YEAR)
    known = ~unit.is_null() if any_unit else unit.is_in(known_codes()).fill_null(False)
    return [(~known).alias("iso3"), (~right.fill_null(False)).alias("year")]


def _empty(name: str, layout: Layout, dialect: Dialect) -> Expr:
    column = dialect.col(name)
    return column.is_null() | (column == "").fill_null(False) if layout.types[name] == "text" else column.is_null()


def limits(indicator: Indicator) -> tuple[int, int]:
    """The lowest and highest whole number a cell may stand for."""
    return indicator.lowest, MOST if indicator.highest == UNBOUNDED else indicator.highest


def _fits(cell: Cell, layout: Layout, dialect: Dialect) -> Expr:
    """Whether a value is in its indicator's terms; nulls do not count."""
    column, kind, indicator = dialect.col(cell.source), layout.types[cell.source], cell.indicator
    lowest, highest = limits(indicator)
    unit = 10**indicator.decimals
    if kind == "truth":
        return dialect.truth(True)
    if kind == "text":
        if indicator.words:
            return column.is_in(list(indicator.words)).fill_null(False)
        decimals = rf"(\.[0-9]{{1,{indicator.decimals}}}0*|\.0+)?" if indicator.decimals else r"(\.0+)?"
        written = column.str.contains(rf"^-?(0|[1-9][0-9]{{0,14}}){decimals}$").fill_null(False)
        number = dialect.choose(written, column, dialect.space.lit(None, dtype=dialect.space.String)).cast(dialect.space.Float64)
        inside = ((number >= lowest / unit) & (number <= highest / unit)).fill_null(False)
        none = (column == NO_VALUE).fill_null(False)
        return inside | none if indicator.may_be_none and not cell.part else inside
    inside = (column >= ceil(lowest / unit)) & (column <= floor(highest / unit))
    if kind == "real":
        inside = (column >= lowest / unit) & (column <= highest / unit)
        inside = inside & _on_grid(column.cast(dialect.space.Float64) * unit)
    return inside.fill_null(False)


def _on_grid(real: Expr) -> Expr:
    """Whether a real is a whole number but for what a binary fraction cannot hold."""
    whole = real.round(0)
    off = (real - whole).abs()
    return (off <= (whole.abs() + 1) * GRAIN) & (off < 0.01)


def _converted(layout: Layout, dialect: Dialect) -> list[Expr]:
    """Whole numbers of the narrowest type that the indicator's range needs."""
    return [column for cell in layout.cells for column in _columns(cell, layout, dialect)]


def _columns(cell: Cell, layout: Layout, dialect: Dialect) -> list[Expr]:
    """The column of a cell, and whether its text says that there is no value."""
    kind, number = _narrowest(cell.indicator, dialect.space), _number(cell, layout, dialect)
    found = [(number if cell.part == NONE else number.cast(kind)).alias(cell.target)]
    if layout.held[cell.indicator.id].none == f"{cell.target}_n":
        found.append((dialect.col(cell.source) == NO_VALUE).fill_null(False).alias(f"{cell.target}_n"))
    return found


def _ends(layout: Layout, dialect: Dialect) -> list[Expr]:
    """The columns that are rated and do not stand in the frame: in each row the value, or where there is none the band's end."""
    found: dict[str, Expr] = {}
    for ident, own in by_part(layout.cells).items():
        held, kind = layout.held[ident], _narrowest(layout.codebook[ident], dialect.space)
        for name, part in ((held.low, LOW), (held.high, HIGH)):
            given = [dialect.col(own[one].target) for one in ("", part) if one in own]
            end = dialect.space.coalesce(*given) if given else dialect.space.lit(None, dtype=kind)
            if name not in (cell.target for cell in own.values()):
                found[name] = end.alias(name)
        if NONE in own and held.none != own[NONE].target:
            found[held.none] = (dialect.col(held.none) | dialect.col(own[NONE].target)).alias(held.none)
    return list(found.values())


def _narrowest(indicator: Indicator, space: Any) -> Any:
    extent = max(map(abs, limits(indicator)))
    for bits, kind in ((7, space.Int8), (15, space.Int16), (31, space.Int32)):
        if extent < 2**bits:
            return kind
    return space.Int64


def _number(cell: Cell, layout: Layout, dialect: Dialect) -> Expr:
    column, kind = dialect.col(cell.source), layout.types[cell.source]
    space, unit = dialect.space, 10**cell.indicator.decimals
    if cell.part == NONE:
        return column.fill_null(False)
    if kind == "text" and cell.indicator.words:
        found = space.lit(None, dtype=space.Int8)
        for number, word in enumerate(cell.indicator.words):
            found = dialect.choose(column == word, dialect.number(number), found)
        return found
    if kind == "text":
        written = (column == "") | (column == NO_VALUE)
        blank = space.lit(None, dtype=space.String)
        return (dialect.choose(written, blank, column).cast(space.Float64) * unit).round(0)
    if kind == "real":
        return (column.cast(space.Float64) * unit).round(0)
    if kind == "whole" and unit > 1:
        return column.cast(space.Int64) * unit
    return column


def _problems(frame: Frame, layout: Layout, wrong: Sequence[Expr], totals: Sequence[int], file: str) -> list[Problem]:
    """Each wrong cell with its row; of many in one column the first ones."""
    found: list[Problem] = []
    sources = [*(cell.source for cell in layout.cells), *KEYS]
    for number, (source, expr, total) in enumerate(zip(sources, wrong, totals, strict=True)):
        if not total:
            continue
        rows = _rows(frame.filter(expr), [source])
        cell = layout.cells[number] if number < len(layout.cells) else None
        name = cell.name if cell is not None else source
        found += [_wrong_cell(cell, name, row[source], row, file) for row in rows]
        if total > len(rows):
            more = f"column '{name}': {total - len(rows)} more cells from here on are wrong in the same way"
            found.append(Problem("B503", more, behind(rows[-1], file), hint="correct the column, then try again"))
    return found


def _rows(frame: Frame, names: Sequence[str]) -> list[dict[str, Any]]:
    """Keys, row numbers where there are any, and these columns of the first rows."""
    own = [name for name in (ROW, *KEYS, *names) if name in frame.collect_schema().names()]
    rows = Dialect.here(frame.select(*dict.fromkeys(own)).head(SHOWN)).rows(named=True)
    return sorted(rows, key=lambda row: (row.get(ROW) or 0, str(row["iso3"]), str(row["year"])))


def where(row: Mapping[str, Any]) -> str:
    """`row 17 (KAZ 2022)`."""
    key = f"{row['iso3']} {row['year']}"
    return f"row {row[ROW] + 1} ({key})" if ROW in row else key


def behind(row: Mapping[str, Any], file: str) -> Place:
    """The line behind that of a row, where what is not shown any more begins."""
    return Place(file, place_of(row, file).line + 1, 1)


def place_of(row: Mapping[str, Any], file: str, column: int = 1) -> Place:
    """The line of a table whose first line names the columns."""
    return Place(file, int(row.get(ROW, 0)) + 2, column)


def _wrong_cell(cell: Cell | None, name: str, value: Any, row: Mapping[str, Any], file: str) -> Problem:
    if cell is None:
        return wrong_key(name, row, file)
    text = str(value)
    try:
        scaled(cell.indicator, text.removesuffix(".0") if isinstance(value, float) else text)
        reason, hint = f"not a value of {cell.indicator.id}", "write a number of the codebook's range"
    except NotInTerms as refused:
        reason, hint = refused.reason, refused.remedy
    return Problem("B503", f"{where(row)}, column '{name}': {reason}: '{text}'", place_of(row, file), hint=hint)


def wrong_key(name: str, row: Mapping[str, Any], file: str) -> Problem:
    """What is wrong with the country or the year of a row."""
    value, place = row[name], place_of(row, file)
    if name == "iso3" and value is not None:
        near = str(value).strip().upper()
        hint = f"did you mean {near}?" if by_iso3(near) else "write its three-letter code, for example KAZ"
        return Problem("I313", f"{where(row)}, column 'iso3': no country has the ISO3 code '{value}'", place, hint=hint)
    hint = "write the ISO code of a country, for example KAZ" if name == "iso3" else f"write {FIRST_YEAR} to {LAST_YEAR}"
    said = "is empty or not in its form" if value is None else f"'{value}' is no year"
    return Problem("B502", f"{where(row)}, column '{name}': {said}", place, hint=hint)


def _spans_hold(made: Frame, layout: Layout, dialect: Dialect, file: str) -> None:
    """Raises InvalidInput where the low end of a span is above the high one, or a value stands where there is none."""
    broken = _broken(layout, dialect)
    if not broken:
        return
    totals = _first(made.select(*(expr.cast(dialect.space.Int64).sum().alias(f"n{n}") for n, (_, expr, _) in enumerate(broken))))
    problems = [
        Problem("B504", f"{where(row)}, column '{name}' {said}", place_of(row, file), hint="correct one of the two")
        for (name, expr, said), total in zip(broken, totals, strict=True)
        for row in (_rows(made.filter(expr), []) if total else ())
    ]
    if problems:
        raise InvalidInput(problems)


def _broken(layout: Layout, dialect: Dialect) -> list[tuple[str, Expr, str]]:
    """The columns that may contradict another, when they do, and what is said of it."""
    broken: list[tuple[str, Expr, str]] = []
    for ident, own in by_part(layout.cells).items():
        held = layout.held[ident]
        if LOW in own and HIGH in own:
            higher = (dialect.col(own[LOW].target) > dialect.col(own[HIGH].target)).fill_null(False)
            broken.append((own[LOW].name, higher, f"is above '{own[HIGH].name}'"))
        if held.none and set(own) != {""}:
            nothing = dialect.col(held.low).is_null() & dialect.col(held.high).is_null()
            says = own[NONE] if NONE in own else own[""]
            broken.append((says.name, dialect.col(held.none) & ~nothing, "says that there is no value, and there is one"))
    return broken


def duplicates(frame: Frame, dialect: Dialect, file: str) -> list[Problem]:
    """Country-years that stand in more than one row."""
    space = dialect.space
    twice = frame.group_by("iso3", "year").agg(space.len().alias("rows")).filter(dialect.col("rows") > 1)
    rows = Dialect.here(twice.head(SHOWN)).rows(named=True)
    return [
        Problem(
            "B505", f"{row['iso3']} {row['year']} stands in {row['rows']} rows", Place(file, 1, 1), hint="one row a country-year"
        )
        for row in sorted(rows, key=lambda row: (row["iso3"], row["year"]))
    ]
