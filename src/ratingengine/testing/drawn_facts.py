"""Drawn facts below the level of records: intervals of indicators, what last year handed on, and integers of a program."""

from __future__ import annotations

from hypothesis import strategies as st

from ratingengine.model.assessment import Prior
from ratingengine.model.indicator import UNBOUNDED, Codebook
from ratingengine.model.program import Program
from ratingengine.model.value import IndicatorValue


@st.composite
def values(draw: st.DrawFn, codebook: Codebook) -> dict[str, IndicatorValue]:
    """Intervals of every indicator, missing ones among them, around the small numbers that rules ask for."""
    found = {}
    for entry in codebook:
        top = min(entry.highest, 12 * 10**entry.decimals)
        low, high = sorted(draw(st.lists(st.integers(entry.lowest, top), min_size=2, max_size=2)))
        ends = ((low, high), (low, low), (low, entry.highest), (entry.lowest, high), (entry.lowest, entry.highest))
        low, high = draw(st.sampled_from(ends))
        absent = entry.may_be_none and (low, high) == ends[-1] and draw(st.booleans())
        found[entry.id] = IndicatorValue(entry, low, high, (), (), absent)
    return found


def priors() -> st.SearchStrategy[Prior | None]:
    """What last year handed on, or nothing."""
    return st.one_of(st.none(), st.builds(Prior, st.integers(0, 4), st.integers(0, 4), st.integers(0, 2)))


@st.composite
def vectors(draw: st.DrawFn, program: Program) -> tuple[int, ...]:
    """One integer a variable, at and just beside the thresholds of the rules, or far from them."""
    near: dict[int, set[int]] = {n: {-UNBOUNDED, UNBOUNDED, 0} for n in range(len(program.variables))}
    for test in program.tests:
        if test.kind == "variable":
            near[test.variable] |= {test.threshold - 1, test.threshold, test.threshold + 1}
    return tuple(draw(st.sampled_from(sorted(near[n]))) for n in near)
