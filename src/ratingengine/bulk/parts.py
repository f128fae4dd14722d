"""What an input adds to the numerator of a measure, as expressions over the columns of a frame."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from math import ceil, floor

from attrs import frozen

from ratingengine.bulk.dialect import Expr
from ratingengine.bulk.ends import Ends
from ratingengine.engine.measures import EMPTY_SCALE, stairs
from ratingengine.model.condition import Atom
from ratingengine.model.normal import normalise, subject_of
from ratingengine.model.rule import Measure, MeasureInput


@frozen
class Line:
    """An input's part of a numerator: `start + slope * value` between two values, held at the ends."""

    lowest: Fraction
    highest: Fraction
    start: Fraction
    slope: Fraction

    @property
    def ends(self) -> tuple[Fraction, Fraction]:
        """The part at the lowest and at the highest value."""
        return self.start + self.slope * self.lowest, self.start + self.slope * self.highest

    @property
    def denominators(self) -> tuple[int, ...]:
        """Those of all its numbers."""
        return tuple(number.denominator for number in (self.start, self.slope, *self.ends))


@frozen
class Stair:
    """An input's part of a numerator by a step table: a number, and another from each of these severities on."""

    lowest: Fraction
    later: tuple[tuple[int, Fraction], ...]

    @property
    def ends(self) -> tuple[Fraction, Fraction]:
        """The part at the best and at the worst value."""
        return self.lowest, self.later[-1][1]

    @property
    def denominators(self) -> tuple[int, ...]:
        """Those of all its numbers."""
        return tuple(number.denominator for number in (self.lowest, *(band for _, band in self.later)))


def line_of(measure: Measure, entry: MeasureInput, ends: Ends) -> Line | Stair | None:
    """How an input becomes its part; None where it is a comparison, which counts as one."""
    if isinstance(entry.atom, Atom):
        return None
    weight = Fraction(entry.weight) if measure.of in ("sum", "mean") else Fraction(1)
    if entry.steps:
        (_, lowest), *later = stairs(entry, ends.codebook[entry.indicator])
        return Stair(lowest * weight, tuple((threshold, band * weight) for threshold, band in later))
    unit = 10 ** ends.codebook[entry.indicator].decimals
    low, high = (Fraction(end) * unit for end in entry.source_range or ())
    first, last = (Fraction(end) for end in entry.target_range or ())
    slope = weight * (last - first) / (high - low)
    return Line(low, high, weight * first - slope * low, slope)


def part_of(ends: Ends, entry: MeasureInput, line: Line | Stair | None, common: int, *, worst: bool) -> Expr:
    """The part of an input at an end of its evidence, times what makes all parts whole."""
    dialect, whole = ends.dialect, ends.dialect.space.Int64
    if line is None:
        atom = entry.atom
        assert isinstance(atom, Atom)  # noqa: S101  # the reader gives a count's inputs a comparison
        normal = normalise(atom, subject_of(atom, ends.codebook, EMPTY_SCALE, {}))
        return ends.severity(entry.indicator, normal.threshold, worst=worst).cast(whole)
    if isinstance(line, Stair):
        bands = [int(band * common) for band in (line.lowest, *(band for _, band in line.later))]
        rises = [
            ends.severity(entry.indicator, threshold, worst=worst).cast(whole) * (after - before)
            for (threshold, _), (before, after) in zip(line.later, pairwise(bands), strict=True)
        ]
        return dialect.total([dialect.space.lit(bands[0], dtype=whole), *rises])
    low, high = floor(line.lowest), ceil(line.highest)
    value = ends.value(entry.indicator, low, high, worst=worst)
    start, slope = int(line.start * common), int(line.slope * common)
    first, last = (int(end * common) for end in line.ends)
    part = value * slope + start
    # Ends that lie between two values are reached by the next value outside.
    if low != line.lowest:
        part = dialect.choose(value <= low, dialect.space.lit(first, dtype=whole), part)
    if high != line.highest:
        part = dialect.choose(value >= high, dialect.space.lit(last, dtype=whole), part)
    return part
