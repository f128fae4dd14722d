"""Measures as formulas, as `measures.measure_value` computes them. z3 is handed in by `solver`, the door to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from attrs import frozen

from ratingengine.engine.measures import stairs
from ratingengine.model.condition import Atom
from ratingengine.model.indicator import Codebook, Indicator
from ratingengine.model.normal import normalise, subject_of
from ratingengine.model.rule import Measure, MeasureInput
from ratingengine.model.scale import Scale


@frozen
class Ends:
    """The lowest and highest value of an indicator as terms, in its own numbers."""

    indicator: Indicator
    lowest: Any
    highest: Any

    def severity(self, worst: bool) -> Any:
        """The severity at one end."""
        if self.indicator.worse == "higher":
            return self.highest if worst else self.lowest
        return -self.lowest if worst else -self.highest

    def value(self, worst: bool) -> Any:
        """The value at the best or the worst end."""
        return self.highest if (self.indicator.worse == "higher") == worst else self.lowest


@frozen(eq=False)
class Figures:
    """What measures are made of: the ends of indicators, whether they are known, and which may be on record as having none."""

    z3: Any
    codebook: Codebook
    scale: Scale
    ends_of: Callable[[str], Ends]
    known: Callable[[str], Any]
    absent: Mapping[str, Any]

    def value(self, measure: Measure, worst: bool) -> Any:
        """The measure at one end."""
        z3 = self.z3
        ends = [self._real(_range(measure, entry)[worst]) for entry in measure.inputs]
        whole = self._combined(measure, ends, measure.inputs)
        enough = z3.Sum(*(z3.If(self.known(entry.indicator), 1, 0) for entry in measure.inputs)) >= measure.needs
        return z3.If(enough, self._there(measure, measure.inputs, (), worst, whole), whole)

    def _there(
        self, measure: Measure, left: Sequence[MeasureInput], kept: tuple[MeasureInput, ...], worst: bool, whole: Any
    ) -> Any:
        """The measure of the inputs that have a value: each one that may have none is decided in turn."""
        if left:
            with_it = self._there(measure, left[1:], (*kept, left[0]), worst, whole)
            if left[0].indicator not in self.absent:
                return with_it
            without = self._there(measure, left[1:], kept, worst, whole)
            return self.z3.If(self.absent[left[0].indicator], without, with_it)
        if not kept or (measure.of == "mean" and not any(_weight(measure, entry) for entry in kept)):
            return whole
        return self._combined(measure, [self._part(measure, entry, worst) for entry in kept], kept)

    def _part(self, measure: Measure, entry: MeasureInput, worst: bool) -> Any:
        z3, ends = self.z3, self.ends_of(entry.indicator)
        if isinstance(entry.atom, Atom):
            normal = normalise(entry.atom, subject_of(entry.atom, self.codebook, self.scale, {}))
            return z3.If(ends.severity(worst) >= normal.threshold, z3.RealVal(1), z3.RealVal(0))
        if entry.steps:
            (_, first), *later = stairs(entry, ends.indicator)
            value = self._real(first)
            for threshold, band in later:
                value = z3.If(ends.severity(worst) >= threshold, self._real(band), value)
            return value * self._real(_weight(measure, entry))
        value = z3.ToReal(ends.value(worst)) / 10**ends.indicator.decimals
        if entry.source_range is not None and entry.target_range is not None:
            (low, high), (first, last) = (map(Fraction, entry.source_range), map(Fraction, entry.target_range))
            share = (value - self._real(low)) / self._real(high - low)
            share = z3.If(share < 0, z3.RealVal(0), z3.If(share > 1, z3.RealVal(1), share))
            value = self._real(first) + share * self._real(last - first)
        return value * self._real(_weight(measure, entry))

    def _combined(self, measure: Measure, parts: Sequence[Any], inputs: Sequence[MeasureInput]) -> Any:
        total = self._ordered(measure.of, parts) if measure.of in ("min", "max", "median") else self.z3.Sum(*parts)
        if measure.of == "mean":
            total /= self._real(sum((_weight(measure, entry) for entry in inputs), Fraction(0)))
        return self._rounded(total * 10**measure.decimals, measure.rounding)

    def _ordered(self, of: str, parts: Sequence[Any]) -> Any:
        """The least, the greatest or the middle of the parts, by exchanging neighbours until they stand in order."""
        ordered, last = list(parts), len(parts) - 1
        for done in range(last):
            for n in range(last - done):
                one, other = ordered[n], ordered[n + 1]
                ordered[n], ordered[n + 1] = self.z3.If(one <= other, one, other), self.z3.If(one <= other, other, one)
        if of == "median":
            return (ordered[last // 2] + ordered[-(-last // 2)]) / 2
        return ordered[0 if of == "min" else last]

    def _rounded(self, total: Any, rounding: str) -> Any:
        half, floor = self._real(Fraction(1, 2)), self.z3.ToInt
        ways = {
            "half_up": lambda: floor(total + half),
            "half_down": lambda: -floor(half - total),
            "down": lambda: floor(total),
            "up": lambda: -floor(-total),
        }
        return ways[rounding]()

    def _real(self, number: Fraction) -> Any:
        return self.z3.Q(number.numerator, number.denominator)


def _range(measure: Measure, entry: MeasureInput) -> tuple[Fraction, Fraction]:
    if isinstance(entry.atom, Atom) or entry.ends is None:
        return Fraction(0), Fraction(1)
    low, high = sorted(Fraction(end) * _weight(measure, entry) for end in entry.ends)
    return low, high


def _weight(measure: Measure, entry: MeasureInput) -> Fraction:
    return Fraction(entry.weight) if measure.of in ("sum", "mean") else Fraction(1)
