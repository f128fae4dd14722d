"""Tests on indicators as expressions over the columns of a frame, at either end of the evidence.

A frame holds an indicator in its own scaled numbers: one column where the value is exact, two where it is a span. A null is the
full range's end. Nothing is divided: a count per million is compared as a count with the threshold's own number of people.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from attrs import field, frozen

from ratingengine.bulk.dialect import Dialect, Expr
from ratingengine.model.indicator import PER_MILLION_DECIMALS, Codebook, Indicator, base_of, is_derived

UNIT: int = 10**6 * 10**PER_MILLION_DECIMALS
"""What a count is multiplied by before it is divided by the population."""
MOST = 2**62
"""Beyond every count; where the threshold needs more people than that, no count reaches it."""


@frozen
class Held:
    """The columns of an indicator: both ends (the same column where values are exact), and whether there is no value at all."""

    low: str
    high: str
    none: str = ""


@frozen
class People:
    """Columns that hold, for each country, the count that reaches a threshold per million; made as tests ask for them.

    Each is a name and the exact count for a population of persons.
    """

    counts: dict[str, Callable[[int], int]] = field(factory=dict)

    def column(self, kind: str, bound: int) -> str:
        """The column for a test: `low` or `high` end, `ge` or `le`."""
        name = f"p_{kind}_{'m' if bound < 0 else ''}{abs(bound)}"
        self.counts.setdefault(name, lambda population: max(-MOST, min(MOST, _needed(kind, bound, population))))
        return name

    def populations(self) -> str:
        """The column with the population itself."""
        self.counts.setdefault("p_all", lambda population: population)
        return "p_all"


def _needed(kind: str, bound: int, population: int) -> int:
    """The count at which a rounded count per million meets the bound: low ends are rounded down, high ends up."""
    if kind == "low_ge":
        return -(-bound * population // UNIT)
    if kind == "low_le":
        return -(-(bound + 1) * population // UNIT) - 1
    if kind == "high_ge":
        return (bound - 1) * population // UNIT + 1
    return bound * population // UNIT


@frozen
class Ends:
    """Expressions for the indicators of a codebook as a frame holds them."""

    dialect: Dialect
    codebook: Codebook
    held: Mapping[str, Held]
    people: People = field(factory=People)

    def severity(self, name: str, bound: int, *, worst: bool, at_least: bool = True) -> Expr:
        """Whether the severity at an end is at least (or at most) `bound`."""
        upward = self.codebook[name].worse == "higher"
        return self.number(name, bound if upward else -bound, high=worst == upward, at_least=at_least == upward)

    def number(self, name: str, bound: int, *, high: bool, at_least: bool) -> Expr:
        """Whether the number at an end is at least (or at most) `bound`."""
        indicator = self.codebook[name]
        missing = indicator.highest if high else indicator.lowest
        default = missing >= bound if at_least else missing <= bound
        held = self.held.get(base_of(name) if is_derived(indicator) else name)
        if held is None:
            return self.dialect.truth(default)
        column = self.dialect.col(held.high if high else held.low)
        limit = bound
        if is_derived(indicator):
            kind = f"{'high' if high else 'low'}_{'ge' if at_least else 'le'}"
            limit = self.dialect.col(self.people.column(kind, bound))
        return (column >= limit if at_least else column <= limit).fill_null(default)

    def known(self, name: str) -> Expr:
        """Whether the evidence narrows the range at all."""
        indicator = self.codebook[name]
        if is_derived(indicator):
            return self._companion_known(name)
        held = self.held.get(name)
        if held is None:
            return self.dialect.truth(False)
        low = self.dialect.col(held.low)
        if held.low == held.high:
            return ~low.is_null()
        narrowed = (low > indicator.lowest).fill_null(False)
        return narrowed | (self.dialect.col(held.high) < indicator.highest).fill_null(False)

    def _companion_known(self, name: str) -> Expr:
        held = self.held.get(base_of(name))
        if held is None:
            return self.dialect.truth(False)
        counted = ~self.dialect.col(self.people.column("low_ge", 1)).is_null()
        bounded = counted & ~self.dialect.col(held.high).is_null()
        return self.number(name, 1, high=False, at_least=True) | bounded

    def absent(self, name: str) -> Expr | None:
        """Whether the record says that there is no value; None where the frame cannot say so."""
        held = self.held.get(name)
        return self.dialect.col(held.none).fill_null(False) if held is not None and held.none else None

    def told(self, name: str) -> Expr:
        """Whether the record says anything: some of the value, or that there is none."""
        absent = self.absent(name)
        return self.known(name) if absent is None else self.known(name) | absent

    def value(self, name: str, lowest: int, highest: int, *, worst: bool) -> Expr:
        """The number at an end of severity as 64 bits, held between two bounds."""
        indicator = self.codebook[name]
        high = worst == (indicator.worse == "higher")
        missing = max(lowest, min(highest, indicator.highest if high else indicator.lowest))
        held = self.held.get(base_of(name) if is_derived(indicator) else name)
        whole = self.dialect.space.Int64
        if held is None:
            return self.dialect.space.lit(missing, dtype=whole)
        column = self.dialect.col(held.high if high else held.low).cast(whole)
        if is_derived(indicator):
            column = self._per_million(indicator, column, highest, high=high)
        return column.clip(lowest, highest).fill_null(missing)

    def _per_million(self, indicator: Indicator, count: Expr, highest: int, *, high: bool) -> Expr:
        """A count per million, rounded down at the low end and up at the high end; counts beyond `highest` are cut first."""
        dialect, whole = self.dialect, self.dialect.space.Int64
        people = dialect.col(self.people.populations())
        enough = dialect.col(self.people.column("low_ge", max(highest, indicator.lowest) + 1))
        upper = dialect.choose(count > enough, enough, count) * UNIT
        upper = upper + people - 1 if high else upper
        # Backends divide whole numbers in different ways, one through floats: the estimate is at most one off, and put right.
        near = (upper.cast(dialect.space.Float64) / people.cast(dialect.space.Float64)).floor().cast(whole)
        left = upper - near * people
        return dialect.choose(left < 0, near - 1, dialect.choose(left >= people, near + 1, near))
