"""The few expressions that the columnar engine is made of, in the words that narwhals and polars share.

narwhals takes every kind of frame; polars frames are given polars's own expressions by the same code, since translating a
thousand of them costs more than half a million rows do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from operator import and_, or_
from typing import Any

from attrs import frozen

Expr = Any
"""An expression of narwhals or of polars; both lack a common type."""
Frame = Any
"""A frame of narwhals or of polars, lazy or not."""


@frozen
class Dialect:
    """`space` is the module `narwhals` or `polars`."""

    space: Any

    @property
    def native(self) -> bool:
        """Whether these are polars's own expressions."""
        return bool(self.space.__name__ == "polars")

    def wrapped(self, frame: Frame) -> Frame:
        """A polars frame as one that takes these expressions."""
        return frame if self.native else self.space.from_native(frame)

    def through(self, frame: Frame, stages: Iterable[Sequence[Expr]], kept: Sequence[Expr] = ()) -> Frame:
        """The frame with the columns of each stage, of which each reads those before it; of all these only `kept`, if given."""
        whole = frame.lazy() if self.native else frame
        for stage in stages:
            whole = whole.with_columns(*stage) if stage else whole
        whole = whole.select(*kept) if kept else whole
        # What a stage needs is in its expressions already, so that a search for something better only takes time.
        return whole.collect(optimizations=self.space.QueryOptFlags.none()) if self.native else whole

    @staticmethod
    def here(frame: Frame) -> Frame:
        """The rows of a frame in this process, where it is lazy."""
        return frame.collect() if hasattr(frame, "collect") else frame

    def col(self, name: str) -> Expr:
        """A column."""
        return self.space.col(name)

    def number(self, value: int) -> Expr:
        """A severity or another small number."""
        return self.space.lit(value, dtype=self.space.Int8)

    def truth(self, value: bool) -> Expr:
        """True or false in every row."""
        return self.space.lit(value, dtype=self.space.Boolean)

    def choose(self, condition: Expr, held: Expr, otherwise: Expr) -> Expr:
        """One of two by a condition."""
        return self.space.when(condition).then(held).otherwise(otherwise)

    def any_of(self, parts: Sequence[Expr]) -> Expr:
        """Whether one part holds or more; parts are never null."""
        return self._joined("any_horizontal", parts, False)

    def all_of(self, parts: Sequence[Expr]) -> Expr:
        """Whether every part holds."""
        return self._joined("all_horizontal", parts, True)

    def _joined(self, how: str, parts: Sequence[Expr], empty: bool) -> Expr:
        if len(parts) < 2:
            return parts[0] if parts else self.truth(empty)
        if self.native:
            return _paired(and_ if empty else or_, parts)
        return getattr(self.space, how)(*parts, ignore_nulls=False)

    def total(self, parts: Sequence[Expr]) -> Expr:
        """The sum of 64-bit numbers, none of them null."""
        found = parts[0]
        for part in parts[1:]:
            found = found + part
        return found

    def least(self, parts: Sequence[Expr]) -> Expr:
        """The smallest."""
        return self.space.min_horizontal(*parts) if len(parts) > 1 else parts[0]

    def most(self, parts: Sequence[Expr]) -> Expr:
        """The largest."""
        return self.space.max_horizontal(*parts) if len(parts) > 1 else parts[0]

    def counted(self, parts: Sequence[Expr]) -> Expr:
        """How many conditions hold."""
        return self.total([part.cast(self.space.Int64) for part in parts])

    def word(self, severity: Expr, words: Sequence[str]) -> Expr:
        """The word of a severity; null stays null."""
        if self.native:
            return severity.cast(self.space.UInt8).cat.to(self.space.Enum(list(words)))
        found = self.space.lit(None, dtype=self.space.String)
        for number, word in enumerate(words):
            found = self.choose(severity == number, self.space.lit(word), found)
        return found


def _paired(join: Callable[[Expr, Expr], Expr], parts: Sequence[Expr]) -> Expr:
    """Pairs joined, then pairs of those: both halves are worked out side by side, which one long row of parts is not."""
    if len(parts) == 1:
        return parts[0]
    half = len(parts) // 2
    return join(_paired(join, parts[:half]), _paired(join, parts[half:]))
