"""Of which countries and years a row is, and of which it may be although it is left out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from attrs import frozen

from ratingengine.importing.binding import ANY, Binding
from ratingengine.importing.cells import Refused
from ratingengine.importing.mapping import CountryColumn
from ratingengine.model.window import FIRST_YEAR, LAST_YEAR
from ratingengine.world.countries import Country
from ratingengine.world.countries.identify import Apart

Span = tuple[int, int | None]
"""A first and a last year; None as last: as far as the file goes."""
EVER: Span = (FIRST_YEAR, LAST_YEAR)


@frozen
class Placed:
    """The countries that a row is of, each once, and its years; `wrong`: why it can be of none (`column`: where that stands).

    `reach`: its years with those that a spell touches beside the one that its publisher counts it in; `began`: the spell's first
    day. `left_out`: the countries that it may be of beside, or instead (ANY: of all).
    """

    span: Span
    reach: Span
    began: date | None = None
    countries: tuple[str, ...] = ()
    unrecognised: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    left_out: frozenset[str] = frozenset()
    wrong: Refused | None = None
    column: str = ""


def placed(binding: Binding, cells: Sequence[str]) -> Placed:
    """Where a row belongs, by its own years and not by those that are wanted."""
    text, column = binding.written(cells)
    names = binding.names(text, column)
    try:
        span, wrong = binding.years(cells), None
    except Refused as refused:
        span, wrong = EVER, refused
    spell = binding.spell(cells) if wrong is None else None
    reach = span if spell is None or span[1] is None else (min(span[0], spell[0].year), max(span[1], spell[1].year))
    if not names:
        return Placed(span, reach, left_out=frozenset({ANY}), wrong=Refused("no country", text), column=column.columns[0])
    if wrong is None and any(_changes(binding, name, column, reach) for name in names):
        wrong = Refused("means another unit in a later year of the row", text)
    if wrong is not None:
        may_be: frozenset[str] = frozenset().union(*(binding.ever(name, column) for name in names))
        return Placed(span, reach, left_out=may_be, wrong=wrong, column=text)
    units = {name: binding.unit(name, column, span[0]) for name in names}
    return Placed(
        span,
        reach,
        None if spell is None else spell[0],
        tuple(dict.fromkeys(unit.iso3 for unit in units.values() if isinstance(unit, Country))),
        tuple(name for name, unit in units.items() if unit is None),
        tuple(dict.fromkeys(str(unit) for unit in units.values() if isinstance(unit, Apart))),
        frozenset().union(
            *(binding.left_out(name, column, year) for name in names for year in _years(binding, name, column, reach))
        ),
    )


def _years(binding: Binding, name: str, column: CountryColumn, span: Span) -> range:
    """The years of the span in which a name must be looked up: the first alone where it always means the same."""
    first, last = span[0], LAST_YEAR if span[1] is None else span[1]
    return range(first, (first if binding.steady(name, column) else last) + 1)


def _changes(binding: Binding, name: str, column: CountryColumn, span: Span) -> bool:
    """Whether a name means in a later year another unit than in the first, as the code of a state that broke up does."""
    return len({binding.unit(name, column, year) for year in _years(binding, name, column, span)}) > 1
