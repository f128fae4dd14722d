"""Columns and tests of a mapping at their positions in one file."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from ratingengine.importing.cells import Texts, Words, texts_of, words_of
from ratingengine.importing.mapping import Column, Mapping, Test
from ratingengine.model.indicator import Codebook, Indicator

NOWHERE = -1


@frozen
class BoundTest:
    """A test at a position."""

    at: int
    texts: Texts
    starts: tuple[str, ...]
    unclear: Texts

    def holds(self, cells: Sequence[str]) -> bool:
        """Whether the row passes."""
        text = cells[self.at].strip()
        return text in self.texts or (bool(self.starts) and text.startswith(self.starts))

    def may_hold(self, cells: Sequence[str]) -> bool:
        """Whether the row passes, or what would tell is unclear in it."""
        return cells[self.at].strip() in self.unclear or self.holds(cells)


@frozen
class BoundColumn:
    """An indicator with the position and name of its column, of its band, and its tests."""

    column: Column
    indicator: Indicator
    at: int
    name: str
    low: int
    high: int
    where: tuple[BoundTest, ...]
    words: Words
    between: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The columns of the file that it is read from."""
        return (self.name,) if self.name else ()

    def means(self, cells: Sequence[str]) -> bool:
        """Whether the row passes the tests."""
        return all(test.holds(cells) for test in self.where)

    def may_mean(self, cells: Sequence[str]) -> bool:
        """Whether the row passes the tests, or may."""
        return all(test.may_hold(cells) for test in self.where)


def first_of(positions: dict[str, int], names: Sequence[str]) -> int:
    """Where the first of the names stands that the file has."""
    return next((positions[name] for name in names if name in positions), NOWHERE)


def bound_tests(tests: Sequence[Test], positions: dict[str, int], sign: str) -> tuple[BoundTest, ...] | None:
    """None where a column to be tested is not there."""
    places = [first_of(positions, test.columns) for test in tests]
    if NOWHERE in places:
        return None
    return tuple(
        BoundTest(at, texts_of(test.texts, sign), test.starts, texts_of(test.unclear, sign))
        for at, test in zip(places, tests, strict=True)
    )


def tested(column: Column) -> tuple[str, ...]:
    """The columns that the tests of an indicator look at."""
    return tuple(name for test in column.where for name in test.columns)


def bound_column(
    column: Column, mapping: Mapping, positions: dict[str, int], codebook: Codebook, sign: str
) -> BoundColumn | None:
    """None where the file lacks the column, or one that is tested."""
    at, where = first_of(positions, column.columns), bound_tests(column.where, positions, sign)
    if where is None or (column.kind != "count" and at == NOWHERE):
        return None
    name = next((name for name in column.columns if name in positions), "")
    low = high = NOWHERE
    if mapping.bands is not None:
        low, high = (positions.get(name + ending, NOWHERE) for ending in mapping.bands)
    if column.low:
        low, high = first_of(positions, column.low), first_of(positions, column.high)
    if NOWHERE in (low, high):
        low = high = NOWHERE
    return BoundColumn(
        column,
        codebook[column.indicator],
        at,
        name,
        low,
        high,
        where,
        words_of(column.words, sign),
        bool(column.low) and low != NOWHERE,
    )
