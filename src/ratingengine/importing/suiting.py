"""Whether a file is one of its mapping, as far as only all its rows can show."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from attrs import define, field

from ratingengine.importing.binding import Binding
from ratingengine.importing.cells import Refused, number_of, rescaled
from ratingengine.importing.columns import NOWHERE
from ratingengine.importing.placing import Placed


class OtherFile(Exception):
    """The file is another than the mapping is for: the line that shows it, and what to do."""

    def __init__(self, line: int, message: str, hint: str) -> None:
        self.line, self.hint = line, hint
        super().__init__(message)


@define
class _Sums:
    """Of the ranks and values of an edition: how many, their sums, and that of their products."""

    line: int
    count: int = 0
    ranks: Decimal = Decimal(0)
    values: Decimal = Decimal(0)
    products: Decimal = Decimal(0)

    def add(self, rank: Decimal, value: Decimal) -> None:
        self.count += 1
        self.ranks += rank
        self.values += value
        self.products += rank * value

    @property
    def slope(self) -> Decimal:
        """Above zero where values rise with ranks on the whole, below it where they fall."""
        return self.count * self.products - self.ranks * self.values


@define
class Suiting:
    """Holds the rows against what the mapping says of the whole file; raises OtherFile."""

    binding: Binding
    _day: int = field(init=False)
    _rank: int = field(init=False)
    _sums: dict[str, _Sums] = field(factory=dict, init=False)
    _firsts: dict[tuple[str, int], tuple[int, str]] = field(factory=dict, init=False)

    @_day.default
    def _(self) -> int:
        yearly = self.binding.mapping.one_a_year
        return NOWHERE if yearly is None else _position(self.binding, yearly.columns)

    @_rank.default
    def _(self) -> int:
        order = self.binding.mapping.order
        return NOWHERE if order is None else _position(self.binding, order.columns)

    def see(self, line: int, cells: Sequence[str], where: Placed) -> None:
        """One row that is meant, of a year that can be read."""
        self._see_day(line, cells, where)
        self._see_rank(line, cells)

    def _see_day(self, line: int, cells: Sequence[str], where: Placed) -> None:
        yearly, at = self.binding.mapping.one_a_year, self._day
        if yearly is None or at == NOWHERE:
            return
        for iso3 in where.countries:
            first, day = self._firsts.setdefault((iso3, where.span[0]), (line, cells[at]))
            if day != cells[at]:
                said = f"{iso3} {where.span[0]} has rows of {day} (line {first}) and of {cells[at]}: {yearly.why}"
                raise OtherFile(line, said, "import a file with one row a country and year")

    def _see_rank(self, line: int, cells: Sequence[str]) -> None:
        order, at = self.binding.mapping.order, self._rank
        if order is None or at == NOWHERE:
            return
        edition = cells[self.binding.edition].strip() if self.binding.edition != NOWHERE else ""
        for column in self.binding.meant(cells):
            if column.indicator.id == order.indicator:
                try:
                    rank = number_of(cells[at], self.binding.decimal)
                    value = rescaled(number_of(cells[column.at], self.binding.decimal), column.column)
                except Refused:
                    continue
                self._sums.setdefault(edition, _Sums(line)).add(rank, value)

    def finish(self) -> None:
        """All rows have been seen."""
        order = self.binding.mapping.order
        if order is None:
            return
        worse = next((column.indicator.worse for column in self.binding.columns if column.indicator.id == order.indicator), "")
        for edition, sums in self._sums.items():
            if (sums.slope > 0 and worse == "lower") or (sums.slope < 0 and worse == "higher"):
                raise OtherFile(sums.line, _turned(order.indicator, edition), REMEDY)


REMEDY = "the publisher counts the other way in this file; a mapping of your own can turn it round (times: -1, plus: 100)"


def _position(binding: Binding, names: Sequence[str]) -> int:
    return next((binding.headings.index(name) for name in names if name in binding.headings), NOWHERE)


def _turned(indicator: str, edition: str) -> str:
    of = f" of edition {edition}" if edition else ""
    return f"{indicator}{of} is worse where the rank is better"
