"""What the columns of a wide frame are: which indicator, which part of it, and in which column of whole numbers it is kept."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping, Sequence

from attrs import frozen

from ratingengine.bulk.ends import Held
from ratingengine.errors import InvalidInput, Place, Problem
from ratingengine.model.indicator import Codebook, Indicator, base_of, is_derived

KEYS = {"iso3": "text", "year": "whole"}
"""The columns that every row has, and what they hold."""
ASIDE = ("country", "on")
"""Columns that may stand in a frame and say nothing of the evidence."""
LOW, HIGH, NONE = "__low", "__high", "__none"
ROW = "row__"
"""The column of row numbers, counted from 0."""


@frozen
class Cell:
    """A column as it was named, as the backend's frame names it, and the one it becomes."""

    name: str
    source: str
    indicator: Indicator
    part: str
    target: str


@frozen
class Layout:
    """Which columns a frame has for which indicators."""

    codebook: Codebook
    cells: tuple[Cell, ...]
    held: Mapping[str, Held]
    types: Mapping[str, str]
    """The kind of each column of the frame: whole, real, text or truth."""


def layout_of(types: Mapping[str, str], codebook: Codebook, file: str, named: Callable[[str], str] = str) -> Layout:
    """What the columns are; `named` gives the name that a column of the frame had before.

    Raises InvalidInput with every column that is missing, not known, or of no use.
    """
    problems = list(key_problems(types, file))
    cells: list[Cell] = []
    for number, (source, kind) in enumerate(types.items()):
        name = named(source)
        if name in KEYS or name in ASIDE or name == ROW:
            continue
        ident, part = _parted(name)
        indicator = codebook.indicators.get(ident)
        problem = _refused(name, ident, part, indicator, kind, codebook)
        if problem is not None or indicator is None:
            message, hint = problem or ("", "")
            problems.append(Problem("B501", message, Place(file, 1, number + 1), hint=hint))
            continue
        cells.append(Cell(name, source, indicator, part, f"i{len(cells)}{part[2:3]}"))
    if problems:
        raise InvalidInput(problems)
    return Layout(codebook, tuple(cells), _held(cells, types), types)


def key_problems(types: Mapping[str, str], file: str) -> Iterator[Problem]:
    """Keys that are missing, or of another type."""
    for key, kind in KEYS.items():
        if key not in types:
            hint = "every row names a country (iso3) and a year"
            yield Problem("B502", f"there is no column '{key}'", Place(file, 1, 1), hint=hint)
        elif types[key] != kind:
            hint = "write ISO codes as text" if key == "iso3" else "write years as whole numbers, for example 2022"
            yield Problem("B502", f"column '{key}' is of another type", Place(file, 1, list(types).index(key) + 1), hint=hint)


def _parted(name: str) -> tuple[str, str]:
    for part in (LOW, HIGH, NONE):
        if name.endswith(part):
            return name.removesuffix(part), part
    return name, ""


def _refused(
    name: str, ident: str, part: str, indicator: Indicator | None, kind: str, codebook: Codebook
) -> tuple[str, str] | None:
    """Why a column cannot be used, and the remedy."""
    if indicator is None:
        near = difflib.get_close_matches(ident, list(codebook.indicators), n=1)
        said = f"did you mean '{near[0]}{part}'?" if near else "see: rate codebook; leave out columns that are no indicators"
        return f"column '{name}' is no indicator of the codebook", said
    if is_derived(indicator):
        return f"column '{name}' is computed from the population", f"give {base_of(ident)} instead"
    if part == NONE and not indicator.may_be_none:
        return f"column '{name}': {ident} always has a value", "leave the column out; an empty cell is what nobody recorded"
    if not kind or (part == NONE and kind != "truth") or (kind == "truth" and part != NONE and indicator.type != "yes_no"):
        return f"column '{name}' is of a type that {ident} cannot have", "write numbers, or the words of the codebook"
    return None


def by_part(cells: Sequence[Cell]) -> Mapping[str, Mapping[str, Cell]]:
    """The columns of each indicator by what they hold of it."""
    parts: dict[str, dict[str, Cell]] = {}
    for cell in cells:
        parts.setdefault(cell.indicator.id, {})[cell.part] = cell
    return parts


def _held(cells: Sequence[Cell], types: Mapping[str, str]) -> Mapping[str, Held]:
    """The columns from which each indicator is rated; those with `_` in their names are made in `admission`.

    In a row with a value both ends are the value, and its band is for `rate simulate`; without one they are those of the band.
    """
    found = {}
    for ident, own in by_part(cells).items():
        none = own[NONE].target if NONE in own else ""
        if "" in own and own[""].indicator.may_be_none and types[own[""].source] == "text":
            none = f"{own[''].target}_n"
        if set(own) <= {"", NONE}:
            exact = own[""].target if "" in own else f"{none}_"
            found[ident] = Held(exact, exact, none)
        else:
            # Where there is no value, an end that has a column of its own is that column.
            first = next(iter(own.values())).target
            low, high = (own[part].target if part in own and "" not in own else f"{first}_{part[2]}" for part in (LOW, HIGH))
            found[ident] = Held(low, high, none)
    return found
