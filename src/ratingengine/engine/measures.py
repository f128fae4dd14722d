"""Measures: numbers computed from indicators, exact, at both ends of their intervals."""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from functools import cache

from ratingengine.model.condition import Atom
from ratingengine.model.indicator import Codebook, Indicator
from ratingengine.model.rule import Band, Measure, MeasureInput
from ratingengine.model.scale import Scale
from ratingengine.model.terms import scaled
from ratingengine.model.value import Computed, IndicatorValue, MeasureValue

EMPTY_SCALE = Scale((), (), (), ())


def measure_value(measure: Measure, values: Mapping[str, IndicatorValue], codebook: Codebook) -> MeasureValue:
    """The measure of an assessment. Higher is worse; with fewer than `needs` inputs known it spans its whole range."""
    inputs = [(entry, values[entry.indicator]) for entry in measure.inputs]
    known = sum(value.known for _, value in inputs) >= measure.needs
    # What is on record as having no value is left out; what is merely missing takes the ends of its range.
    there = [(entry, value) for entry, value in inputs if not value.absent]
    weights = [_weight(measure, entry) for entry, _ in there]
    if known and (any(weights) or measure.of != "mean"):
        best = _combine(measure, [_part(measure, entry, value.best, codebook) for entry, value in there], weights)
        worst = _combine(measure, [_part(measure, entry, value.worst, codebook) for entry, value in there], weights)
        return MeasureValue(best, worst, True)
    return _unknown(measure)


def measure_range(measure: Measure, codebook: Codebook) -> tuple[int, int]:
    """The lowest and the highest value of a measure over all values of its inputs, both attained.

    What is missing may span more, where `from:` goes beyond an indicator's own range; what has no value (`may_be_none`) narrows.
    """
    weights = [_weight(measure, entry) for entry in measure.inputs]
    ends: list[tuple[int, ...]] = []
    for entry in measure.inputs:
        indicator = codebook[entry.indicator]
        ends.append(tuple(sorted((indicator.severity(indicator.lowest), indicator.severity(indicator.highest)))))
    lowest, highest = (
        _combine(
            measure,
            [_part(measure, entry, end[side], codebook) for entry, end in zip(measure.inputs, ends, strict=True)],
            weights,
        )
        for side in (0, 1)
    )
    return lowest, highest


@cache  # of most country-years nothing is known that a measure reads
def _unknown(measure: Measure) -> MeasureValue:
    ends = [_ends(measure, entry) for entry in measure.inputs]
    weights = [_weight(measure, entry) for entry in measure.inputs]
    lowest, highest = ([end[side] for end in ends] for side in (0, 1))
    return MeasureValue(_combine(measure, lowest, weights), _combine(measure, highest, weights), False)


def _part(measure: Measure, entry: MeasureInput, severity: int, codebook: Codebook) -> Fraction:
    indicator = codebook[entry.indicator]
    if isinstance(entry.atom, Atom):
        from ratingengine.model.normal import normalise, subject_of  # rescaled inputs do without, and it is felt at every start

        normal = normalise(entry.atom, subject_of(entry.atom, codebook, EMPTY_SCALE, {}))
        return Fraction(int(severity >= normal.threshold))
    if entry.steps:
        return max(band for threshold, band in stairs(entry, indicator) if severity >= threshold) * _weight(measure, entry)
    return _rescale(entry, Fraction(_value(indicator, severity), 10**indicator.decimals)) * _weight(measure, entry)


def stairs(entry: MeasureInput, indicator: Indicator) -> tuple[tuple[int, Fraction], ...]:
    """A step table by severity: from each of these severities on, what the input counts as. The first is the best there is."""
    return _stairs(entry.steps, indicator)


@cache  # tables are few, and asked for each country-year
def _stairs(steps: tuple[Band, ...], indicator: Indicator) -> tuple[tuple[int, Fraction], ...]:
    starts = [scaled(indicator, step.start) for step in steps]
    bands = [Fraction(step.counts) for step in steps]
    if indicator.worse == "higher":
        return tuple(zip(starts, bands, strict=True))
    # A step holds up to the value before the next one, and that is where it begins as severity.
    return tuple(
        zip((indicator.severity(end) for end in (indicator.highest, *(n - 1 for n in starts[:0:-1]))), bands[::-1], strict=True)
    )


def computed(measure: Measure, value: MeasureValue, values: Mapping[str, IndicatorValue]) -> Computed:
    """A measure as an answer tells it."""
    return Computed(value, measure.decimals, tuple(entry.indicator for entry in measure.inputs), bands_of(measure, values))


def bands_of(measure: Measure, values: Mapping[str, IndicatorValue]) -> tuple[tuple[str, str], ...]:
    """Inputs with a step table and what they count as by it: a number, or from which to which. One without a value has none."""
    stepped = [(entry, values[entry.indicator]) for entry in measure.inputs if entry.steps]
    return tuple((entry.indicator, _band_words(entry, value)) for entry, value in stepped if not value.absent)


def _band_words(entry: MeasureInput, value: IndicatorValue) -> str:
    places = {Fraction(step.counts): step.counts for step in entry.steps}
    table = stairs(entry, value.indicator)
    best, worst = (places[max(band for start, band in table if end >= start)] for end in (value.best, value.worst))
    return best if best == worst else f"{best} to {worst}"


def _value(indicator: Indicator, severity: int) -> int:
    return indicator.severity(severity)


def _weight(measure: Measure, entry: MeasureInput) -> Fraction:
    return Fraction(entry.weight) if measure.of in ("sum", "mean") else Fraction(1)


def _rescale(entry: MeasureInput, value: Fraction) -> Fraction:
    """Linear from one range to the other, held at its ends."""
    if entry.source_range is None or entry.target_range is None:
        return value
    low, high = (Fraction(end) for end in entry.source_range)
    target_low, target_high = (Fraction(end) for end in entry.target_range)
    share = min(Fraction(1), max(Fraction(0), (value - low) / (high - low)))
    return target_low + share * (target_high - target_low)


def _ends(measure: Measure, entry: MeasureInput) -> tuple[Fraction, Fraction]:
    if isinstance(entry.atom, Atom) or entry.ends is None:
        return Fraction(0), Fraction(1)
    ends = sorted(Fraction(end) * _weight(measure, entry) for end in entry.ends)
    return ends[0], ends[1]


def _combine(measure: Measure, parts: list[Fraction], weights: list[Fraction]) -> int:
    if measure.of in ("count", "sum"):
        total = sum(parts, Fraction(0))
    elif measure.of == "mean":
        total = sum(parts, Fraction(0)) / sum(weights, Fraction(0))
    elif measure.of == "median":
        ordered = sorted(parts)
        total = (ordered[(len(parts) - 1) // 2] + ordered[len(parts) // 2]) / 2
    else:
        total = min(parts) if measure.of == "min" else max(parts)
    return _round(total * 10**measure.decimals, measure.rounding)


def _round(value: Fraction, rounding: str) -> int:
    if rounding == "half_up":
        return math.floor(value + Fraction(1, 2))
    if rounding == "half_down":
        return math.ceil(value - Fraction(1, 2))
    return math.floor(value) if rounding == "down" else math.ceil(value)
