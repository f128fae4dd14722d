"""Small changes of a measure: what it needs, its inputs, their thresholds, ranges and weights, how it joins and rounds them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from attrs import evolve

from ratingengine.errors import Place
from ratingengine.model.condition import Atom
from ratingengine.model.indicator import Indicator
from ratingengine.model.normal import support_words
from ratingengine.model.rule import ROUNDINGS, Band, Measure, MeasureInput, Rule
from ratingengine.model.terms import scaled
from ratingengine.ruleset.cases import Bench

JOINS = {"sum": "mean", "mean": "sum", "median": "mean", "min": "max", "max": "min"}
LEFT_OUT = "left out"

Changed = tuple[Measure, Place, str, str]
"""A changed measure, where, and the changed part before and after."""


def measure_changes(rule: Rule, bench: Bench) -> Iterator[Changed]:
    """Every change of a measure, in the order of its keys."""
    measure = rule.measure
    if measure is None:
        return
    several = len(measure.inputs) > 1
    if several and measure.of in JOINS:
        other = JOINS[measure.of]
        yield evolve(measure, of=other), rule.place, measure.of, other
    for number, entry in enumerate(measure.inputs):
        before, after = measure.inputs[:number], measure.inputs[number + 1 :]
        for changed, was, becomes in _inputs(rule, measure, entry, bench):
            yield evolve(measure, inputs=(*before, changed, *after)), entry.place, was, becomes
        if several:
            needs = min(measure.needs, len(measure.inputs) - 1)
            yield evolve(measure, inputs=(*before, *after), needs=needs), entry.place, f"input {entry.indicator}", LEFT_OUT
    for needs in (measure.needs - 1, measure.needs + 1):
        if 1 <= needs <= len(measure.inputs):
            yield evolve(measure, needs=needs), rule.place, f"needs {measure.needs}", f"needs {needs}"
    for rounding in ROUNDINGS:
        if measure.of != "count" and rounding != measure.rounding:
            yield evolve(measure, rounding=rounding), rule.place, f"rounding {measure.rounding}", f"rounding {rounding}"


def _inputs(rule: Rule, measure: Measure, entry: MeasureInput, bench: Bench) -> Iterator[tuple[MeasureInput, str, str]]:
    if isinstance(entry.atom, Atom):
        normal, subject = bench.meaning(entry.atom, rule.profile)
        for threshold in (normal.threshold - 1, normal.threshold + 1):
            if subject.lowest <= threshold <= subject.highest:
                test, operand = support_words(evolve(normal, threshold=threshold), subject)
                atom = evolve(entry.atom, test=test, operands=(operand,))
                yield evolve(entry, atom=atom), str(entry.atom), str(atom)
        return
    if measure.of == "sum" or (measure.of == "mean" and len(measure.inputs) > 1):
        weight = str(Decimal(entry.weight) + 1)
        yield evolve(entry, weight=weight), f"{entry.indicator} weight {entry.weight}", f"{entry.indicator} weight {weight}"
    indicator = bench.codebook[entry.indicator]
    for steps, was, becomes in _steps(measure, entry, indicator):
        yield evolve(entry, steps=steps), f"{entry.indicator} {was}", f"{entry.indicator} {becomes}"
    decimals = indicator.decimals
    for key, ends, step in (
        ("from", entry.source_range, Decimal(1).scaleb(-decimals)),
        ("to", entry.target_range, Decimal(1).scaleb(-measure.decimals)),
    ):
        for moved in () if ends is None else _moved(ends, step):
            changed = evolve(entry, source_range=moved) if key == "from" else evolve(entry, target_range=moved)
            yield changed, f"{entry.indicator} {key} {_range(ends)}", f"{entry.indicator} {key} {_range(moved)}"


def _steps(measure: Measure, entry: MeasureInput, indicator: Indicator) -> Iterator[tuple[tuple[Band, ...], str, str]]:
    """Each step one value to either side, and each number one on, where the table still goes one way."""
    bounds = [scaled(indicator, step.start) for step in entry.steps]
    for number, (step, start) in enumerate(zip(entry.steps, bounds, strict=True)):
        before, after = entry.steps[:number], entry.steps[number + 1 :]
        limit = bounds[number + 1] if after else indicator.highest + 1
        for moved in (start - 1, start + 1) if before else ():
            if bounds[number - 1] < moved < limit:
                band = evolve(step, start=indicator.number(moved))
                yield (*before, band, *after), f"from {step.start}", f"from {band.start}"
        counts = Decimal(step.counts) + Decimal(1).scaleb(-measure.decimals)
        next_up = (
            after[0] if indicator.worse == "higher" and after else before[-1] if indicator.worse == "lower" and before else None
        )
        if next_up is None or counts < Decimal(next_up.counts):
            was, becomes = (f"from {step.start} counts {said}" for said in (step.counts, counts))
            yield (*before, evolve(step, counts=str(counts)), *after), was, becomes


def _moved(ends: tuple[str, str], step: Decimal) -> Iterator[tuple[str, str]]:
    """Each end one step on; ends that would meet are left."""
    for low, high in ((Decimal(ends[0]) + step, Decimal(ends[1])), (Decimal(ends[0]), Decimal(ends[1]) + step)):
        if low != high:
            yield str(low), str(high)


def _range(ends: tuple[str, str] | None) -> str:
    return "" if ends is None else f"[{', '.join(ends)}]"
