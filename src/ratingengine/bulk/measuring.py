"""Measures as expressions, exact: whole numerators over a common denominator, compared with thresholds by multiplying out.

A rounded mean is never computed: `round(N / D) >= t` is a comparison of N with a multiple of D.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import lcm

from attrs import frozen

from ratingengine.bulk.dialect import Expr
from ratingengine.bulk.ends import MOST, Ends
from ratingengine.bulk.parts import Line, Stair, line_of, part_of
from ratingengine.engine.measures import measure_value
from ratingengine.errors import InvalidInput, Problem
from ratingengine.model.indicator import is_derived
from ratingengine.model.rule import Measure, MeasureInput
from ratingengine.model.value import IndicatorValue, MeasureValue


@frozen
class Columns:
    """A measure in a frame: its whole number is `numerator * factor / (divisor * weight)`.

    The numerator of each end, the weights that are there (None: of constant weight 1), and whether enough inputs are known.
    """

    title: str
    name: str
    measure: Measure
    ends: Ends
    unknown: MeasureValue
    factor: int
    divisor: int
    most: int
    weights: tuple[int, int]
    """The least and the greatest weight that can be there."""

    def test(self, bound: int, *, worst: bool, at_least: bool) -> Expr:
        """Whether the measure at an end is at least (or at most) `bound`."""
        dialect = self.ends.dialect
        blank = self.unknown.worst if worst else self.unknown.best
        reached = self._reached(bound if at_least else bound + 1, worst)
        held = dialect.choose(dialect.col(f"{self.name}_k"), reached, dialect.truth(blank >= (bound if at_least else bound + 1)))
        return held if at_least else ~held

    def _reached(self, bound: int, worst: bool) -> Expr:
        """Whether the rounded number is at least `bound`."""
        doubled, strict = {
            "half_up": (2 * bound - 1, False),
            "half_down": (2 * bound - 1, True),
            "down": (2 * bound, False),
            "up": (2 * (bound - 1), True),
        }[self.measure.rounding]
        limit, top = doubled * self.divisor, 2 * self.factor * self.most
        dialect, (least, greatest) = self.ends.dialect, self.weights
        if limit * least > top or limit * least < -top:
            return dialect.truth(limit < 0)
        if max(top, abs(limit) * greatest) >= MOST:
            raise _too_fine(self.title)
        left = dialect.col(f"{self.name}_{'w' if worst else 'b'}") * (2 * self.factor)
        right = dialect.col(f"{self.name}_d") * limit if least != greatest else limit * least
        return left > right if strict else left >= right

    def shown(self, name: str) -> tuple[Expr, ...]:
        """The measure as columns: its value where both ends are the same, and the ends; empty where too few inputs are known."""
        dialect = self.ends.dialect
        known, nothing = dialect.col(f"{self.name}_k"), dialect.space.lit(None, dtype=dialect.space.Float64)
        best, worst = (self._number(end) for end in "bw")
        return (
            dialect.choose(known & (best == worst), best, nothing).alias(name),
            dialect.choose(known, best, nothing).alias(f"{name}__low"),
            dialect.choose(known, worst, nothing).alias(f"{name}__high"),
        )

    def _number(self, end: str) -> Expr:
        """The rounded number at an end."""
        dialect, whole = self.ends.dialect, self.ends.dialect.space.Int64
        least, greatest = self.weights
        # Halves are taken of whole numbers, none below 0, so that every backend divides them alike.
        shift = 2 * (self.factor * self.most // (self.divisor * least) + 1)
        if (shift + 2) * 2 * self.divisor * greatest >= MOST:
            raise _too_fine(self.title)
        weight = dialect.col(f"{self.name}_d") if least != greatest else dialect.space.lit(least, dtype=whole)
        under = weight * self.divisor
        doubled = dialect.col(f"{self.name}_{end}") * (2 * self.factor) + under * (2 * shift)
        added = {
            "half_up": under,
            "half_down": under - 1,
            "down": dialect.space.lit(0, dtype=whole),
            "up": under * 2 - 1,
        }[self.measure.rounding]
        over = doubled + added
        halves = dialect.choose(under > 0, under * 2, dialect.space.lit(1, dtype=whole))
        # Without the remainder the division has no rest: Spark divides whole numbers as real ones.
        rounded = (over - over % halves) / halves - float(shift)
        # polars multiplies by the reciprocal, so that 302 / 10 is 30.200000000000003.
        return (rounded / float(10**self.measure.decimals)).round(self.measure.decimals)


def _too_fine(name: str) -> InvalidInput:
    message = f"measure '{name}' needs more digits than the 64 bits of a column hold"
    return InvalidInput([Problem("C408", message, hint="use fewer decimals, or weights and ranges with common divisors")])


def columns_of(title: str, name: str, measure: Measure, ends: Ends) -> tuple[Columns, tuple[tuple[Expr, ...], ...]]:
    """A measure's place in a frame, and the columns it needs in stages, each reading the one before."""
    codebook = ends.codebook
    lines = [line_of(measure, entry, ends) for entry in measure.inputs]
    common = lcm(*(number for line in lines if line is not None for number in line.denominators))
    weights = _weights(measure)
    scale = Fraction(10**measure.decimals * (lcm(*(w.denominator for w in weights)) if measure.of == "mean" else 1), common)
    scale /= 2 if measure.of == "median" else 1
    blank = {entry.indicator: codebook[entry.indicator] for entry in measure.inputs}
    missing = {key: IndicatorValue(found, found.lowest, found.highest, (), ()) for key, found in blank.items()}
    tops = [1 if line is None else int(max(map(abs, line.ends)) * common) for line in lines]
    most = sum(tops) if measure.of in ("sum", "mean", "count") else 2 * max(tops)
    whole = _whole(weights)
    least = min([weight for weight in whole if weight], default=1)
    optional = measure.of == "mean" and any(ends.absent(entry.indicator) is not None for entry in measure.inputs)
    bounds = (least, sum(whole)) if optional else (sum(whole), sum(whole)) if measure.of == "mean" else (1, 1)
    unknown = measure_value(measure, missing, codebook)
    found = Columns(title, name, measure, ends, unknown, scale.numerator, scale.denominator, most, bounds)
    finest = max(
        (
            line.highest
            for line, entry in zip(lines, measure.inputs, strict=True)
            if isinstance(line, Line) and _derived(entry, ends)
        ),
        default=0,
    )
    if max(most, common) >= MOST or finest >= 2**31:
        raise _too_fine(title)
    return found, _stages(found, lines, common)


def _derived(entry: MeasureInput, ends: Ends) -> bool:
    return is_derived(ends.codebook[entry.indicator])


def _weights(measure: Measure) -> list[Fraction]:
    return [Fraction(entry.weight) if measure.of in ("sum", "mean") else Fraction(1) for entry in measure.inputs]


def _whole(weights: list[Fraction]) -> list[int]:
    """The weights as whole numbers in the same proportion."""
    common = lcm(*(weight.denominator for weight in weights))
    return [int(weight * common) for weight in weights]


def _stages(columns: Columns, lines: list[Line | Stair | None], common: int) -> tuple[tuple[Expr, ...], ...]:
    measure, ends = columns.measure, columns.ends
    dialect, name = ends.dialect, columns.name
    present = [ends.absent(entry.indicator) for entry in measure.inputs]
    parts: list[Expr] = []
    for number, (entry, line) in enumerate(zip(measure.inputs, lines, strict=True)):
        for end, worst in (("b", False), ("w", True)):
            parts.append(part_of(ends, entry, line, common, worst=worst).alias(f"{name}_{end}{number}"))
        absent = present[number]
        parts.append((dialect.truth(True) if absent is None else ~absent).alias(f"{name}_h{number}"))
    enough = dialect.counted([ends.known(entry.indicator) for entry in measure.inputs]) >= measure.needs
    weight = _weight_there(columns, present)
    if measure.of == "mean" and columns.weights[0] != columns.weights[1]:
        enough = enough & (weight > 0)
    first = (*parts, enough.alias(f"{name}_k"), weight.alias(f"{name}_d"))
    if measure.of == "median":
        return (first, _ranks(columns), tuple(_median(columns, end).alias(f"{name}_{end}") for end in "bw"))
    return (first, tuple(_combined(columns, end).alias(f"{name}_{end}") for end in "bw"))


def _weight_there(columns: Columns, absent: list[Expr | None]) -> Expr:
    """The weights of the inputs that have a value."""
    dialect, whole = columns.ends.dialect, columns.ends.dialect.space.Int64
    sizes = _whole(_weights(columns.measure))
    given = [
        dialect.space.lit(size, dtype=whole) if missing is None else (~missing).cast(whole) * size
        for size, missing in zip(sizes, absent, strict=True)
    ]
    return dialect.total(given)


def _there(columns: Columns, end: str, otherwise: int) -> list[Expr]:
    """The parts, with a number in place of those that have no value."""
    dialect = columns.ends.dialect
    neutral = dialect.space.lit(otherwise, dtype=dialect.space.Int64)
    return [
        dialect.choose(dialect.col(f"{columns.name}_h{n}"), dialect.col(f"{columns.name}_{end}{n}"), neutral)
        for n in range(len(columns.measure.inputs))
    ]


def _combined(columns: Columns, end: str) -> Expr:
    if columns.measure.of == "min":
        return columns.ends.dialect.least(_there(columns, end, columns.most))
    if columns.measure.of == "max":
        return columns.ends.dialect.most(_there(columns, end, -columns.most))
    return columns.ends.dialect.total(_there(columns, end, 0))


def _ranks(columns: Columns) -> tuple[Expr, ...]:
    """Twice the place of each part among those that are there, less their number: whole numbers, and no two alike."""
    dialect, whole = columns.ends.dialect, columns.ends.dialect.space.Int64
    numbers = range(len(columns.measure.inputs))
    there = [dialect.col(f"{columns.name}_h{n}") for n in numbers]
    count = dialect.counted(there)
    ranks = []
    for end in "bw":
        parts = [dialect.col(f"{columns.name}_{end}{n}") for n in numbers]
        for n in numbers:
            before = [there[m] & (parts[m] <= parts[n] if m < n else parts[m] < parts[n]) for m in numbers if m != n]
            rank = dialect.counted(before) if before else dialect.space.lit(0, dtype=whole)
            ranks.append((rank * 2 - count).alias(f"{columns.name}_r{end}{n}"))
    return tuple(ranks)


def _median(columns: Columns, end: str) -> Expr:
    """Twice the median: the middle part twice, or the two in the middle."""
    dialect, whole = columns.ends.dialect, columns.ends.dialect.space.Int64
    parts = _there(columns, end, 0)
    ranks = [dialect.col(f"{columns.name}_r{end}{n}") for n in range(len(parts))]
    times = [(rank == -1).cast(whole) * 2 + (rank == -2).cast(whole) + (rank == 0).cast(whole) for rank in ranks]
    return dialect.total([part * often for part, often in zip(parts, times, strict=True)])


def measured(measures: Mapping[str, Measure], ends: Ends) -> tuple[Mapping[str, Columns], tuple[tuple[Expr, ...], ...]]:
    """All measures of a profile, and the columns they need, stage by stage."""
    found = {
        name: columns_of(name, f"m{number}", measure, ends) for number, (name, measure) in enumerate(sorted(measures.items()))
    }
    depth = max((len(stages) for _, stages in found.values()), default=0)
    stages = tuple(tuple(column for _, own in found.values() if n < len(own) for column in own[n]) for n in range(depth))
    return {name: columns for name, (columns, _) in found.items()}, stages
