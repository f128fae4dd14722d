"""Numbers that follow from several facts, as formulas: companions per million people, and measures."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from attrs import frozen

from ratingengine.engine.measures import EMPTY_SCALE, measure_value, stairs
from ratingengine.model.condition import Atom
from ratingengine.model.indicator import PER_MILLION_DECIMALS, UNBOUNDED, Codebook, Indicator
from ratingengine.model.normal import normalise, subject_of
from ratingengine.model.rule import Measure, MeasureInput
from ratingengine.model.value import IndicatorValue
from ratingengine.proofs.extents import Extent
from ratingengine.proofs.solver import Formula, Number, at_least, boolean, chosen, every, integer, negation, some

UNIT = 10**6 * 10**PER_MILLION_DECIMALS

Ends = Callable[[int, bool], Formula]
"""Whether an end (True: the worst) is at or beyond a threshold."""


@frozen(eq=False)
class People:
    """The population of a country, the same on all days; not every country has one."""

    known: Formula
    number: Number

    @classmethod
    def any(cls) -> People:
        """Any population."""
        return cls(boolean("population known"), integer("population"))

    def axioms(self) -> list[Formula]:
        """A population is a number of people."""
        return [self.number >= 1]


@frozen(eq=False)
class Companion:
    """A count per million people, exact: rounded outwards as `values.per_million` rounds it."""

    indicator: Indicator
    base: Extent
    people: People

    def at(self, threshold: int, *, worst: bool) -> Formula:
        """Whether an end is at or beyond a threshold. Linear, as the threshold is a number."""
        low, high = self.base.lowest, self.base.highest
        if threshold <= low or threshold > high:
            return threshold <= low
        if worst:
            reached = self.base.worst * UNIT > (threshold - 1) * self.people.number
            open_ = self.base.worst == UNBOUNDED if high == UNBOUNDED else False
            return some((negation(self.people.known), open_, reached))
        closed = negation(self.base.best == -UNBOUNDED) if low == -UNBOUNDED else True
        return every((self.people.known, closed, self.base.best * UNIT >= threshold * self.people.number))

    @property
    def known(self) -> Formula:
        """Whether its interval is narrower than its range."""
        return some((self.at(self.base.lowest + 1, worst=False), negation(self.at(self.base.highest, worst=True))))


@frozen(eq=False)
class Figure:
    """A measure at both ends."""

    measure: Measure
    codebook: Codebook
    inputs: Mapping[str, Extent | Companion]

    @property
    def known(self) -> Formula:
        """Whether enough inputs are known."""
        return at_least(self.measure.needs, [self.inputs[entry.indicator].known for entry in self.measure.inputs])

    def at(self, threshold: int, *, worst: bool) -> Formula:
        """Whether an end is at or beyond a threshold."""
        missing = {
            entry.indicator: IndicatorValue(self.codebook[entry.indicator], *_range(self.codebook[entry.indicator]), (), ())
            for entry in self.measure.inputs
        }
        nothing = measure_value(self.measure, missing, self.codebook)
        silent = (nothing.worst if worst else nothing.best) >= threshold
        if self.measure.of == "count":
            reached = self._count(threshold, worst)
        else:
            reached = self._there(self.measure.inputs, (), threshold, worst, silent)
        return some((every((self.known, reached)), every((negation(self.known), silent))))

    def _there(
        self, left: Sequence[MeasureInput], kept: tuple[MeasureInput, ...], threshold: int, worst: bool, silent: bool
    ) -> Formula:
        """The measure of the inputs that have a value: each one that may have none is decided in turn."""
        if not left:
            weighed = kept and (self.measure.of != "mean" or any(Fraction(entry.weight) for entry in kept))
            return self._rescaled(kept, threshold, worst) if weighed else silent
        first, *rest = left
        with_it = self._there(rest, (*kept, first), threshold, worst, silent)
        extent = self.inputs[first.indicator]
        if isinstance(extent, Companion) or extent.absent is False:
            return with_it
        without = self._there(rest, kept, threshold, worst, silent)
        return some((every((extent.absent, without)), every((negation(extent.absent), with_it))))

    def _count(self, threshold: int, worst: bool) -> Formula:
        parts = []
        for entry in self.measure.inputs:
            if isinstance(entry.atom, Atom):
                bound = normalise(entry.atom, subject_of(entry.atom, self.codebook, EMPTY_SCALE, {})).threshold
                parts.append(self.inputs[entry.indicator].at(bound, worst=worst))
        return at_least(-(-threshold // 10**self.measure.decimals), parts)

    def _rescaled(self, inputs: Sequence[MeasureInput], threshold: int, worst: bool) -> Formula:
        measure = self.measure
        weights = [Fraction(entry.weight) if measure.of in ("sum", "mean") else Fraction(1) for entry in inputs]
        divisor = {"mean": sum(weights, Fraction(0)), "median": Fraction(2)}.get(measure.of, Fraction(1))
        lines = [
            (Stair if entry.steps else Line).of(entry, self.codebook[entry.indicator], weight)
            for entry, weight in zip(inputs, weights, strict=True)
        ]
        unit = math.lcm(*(line.unit for line in lines))
        parts = [self._number(line, worst, unit) for line in lines]
        # The unrounded total must reach `bound`, or lie above it where what is just there is rounded down from it.
        strict = measure.rounding in ("up", "half_down")
        step = {"down": Fraction(0), "up": Fraction(-1)}.get(measure.rounding, Fraction(-1, 2))
        bound = (threshold + step) * divisor * unit / 10**measure.decimals
        least = math.floor(bound) + 1 if strict else math.ceil(bound)
        if measure.of in ("min", "max"):
            return (every if measure.of == "min" else some)(part >= least for part in parts)
        return sum(_middle(parts) if measure.of == "median" else parts) >= least

    def _number(self, line: Line | Stair, worst: bool, unit: int) -> Number:
        if isinstance(line, Stair):
            return line.number(lambda threshold: self.inputs[line.name].at(threshold, worst=worst), unit)
        return line.number(self._end(line.name, worst), unit)

    def _end(self, name: str, worst: bool) -> Number:
        extent = self.inputs[name]
        if isinstance(extent, Companion):
            msg = f"{name} is rescaled, so it has an extent of its own"
            raise TypeError(msg)
        return extent.worst if worst else extent.best


def _middle(parts: Sequence[Number]) -> tuple[Number, Number]:
    """The two middle parts, or the middle one twice, by exchanging neighbours until all stand in order."""
    ordered, last = list(parts), len(parts) - 1
    for done in range(last):
        for n in range(last - done):
            one, other = ordered[n], ordered[n + 1]
            ordered[n], ordered[n + 1] = chosen(one <= other, one, other), chosen(one <= other, other, one)
    return ordered[last // 2], ordered[-(-last // 2)]


def _range(indicator: Indicator) -> tuple[int, int]:
    return indicator.lowest, indicator.highest


@frozen
class Line:
    """A monotone rescaling of an indicator's severity: `low` up to severity `start`, `high` from `stop` on, a line between."""

    name: str
    start: int
    stop: int
    low: Fraction
    high: Fraction
    slope: Fraction
    shift: Fraction

    @classmethod
    def of(cls, entry: MeasureInput, indicator: Indicator, weight: Fraction) -> Line:
        """The rescaling of a measure's input, times its weight."""
        first, last = (Fraction(end) * 10**indicator.decimals for end in entry.source_range or ("0", "1"))
        low, high = (Fraction(end) * weight for end in entry.target_range or ("0", "1"))
        if indicator.worse == "lower":
            first, last, low, high = -last, -first, high, low
        slope = (high - low) / (last - first)
        return cls(entry.indicator, math.floor(first), math.ceil(last), low, high, slope, low - first * slope)

    @property
    def unit(self) -> int:
        """What all its numbers must be multiplied by to be whole."""
        return math.lcm(*(number.denominator for number in (self.low, self.high, self.slope, self.shift)))

    def number(self, severity: Number, unit: int) -> Number:
        """The rescaled severity times `unit`, which is a multiple of its own."""
        low, high, slope, shift = (int(number * unit) for number in (self.low, self.high, self.slope, self.shift))
        between = chosen(severity >= self.stop, high, severity * slope + shift)
        return chosen(severity <= self.start, low, between)


@frozen
class Stair:
    """A step table of an indicator's severity: a number, and another from each of these thresholds on."""

    name: str
    lowest: Fraction
    later: tuple[tuple[int, Fraction], ...]

    @classmethod
    def of(cls, entry: MeasureInput, indicator: Indicator, weight: Fraction) -> Stair:
        """The step table of a measure's input, times its weight."""
        (_, lowest), *later = stairs(entry, indicator)
        return cls(entry.indicator, lowest * weight, tuple((threshold, band * weight) for threshold, band in later))

    @property
    def unit(self) -> int:
        """What all its numbers must be multiplied by to be whole."""
        return math.lcm(self.lowest.denominator, *(band.denominator for _, band in self.later))

    def number(self, reached: Callable[[int], Formula], unit: int) -> Number:
        """What it counts as times `unit`, which is a multiple of its own."""
        found: Number = int(self.lowest * unit)
        for threshold, band in self.later:
            found = chosen(reached(threshold), int(band * unit), found)
        return found
