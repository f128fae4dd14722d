"""Krippendorff's alpha against the package of that name, and what is compared of two codings."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import krippendorff
import pytest
from assets.toy import indicator
from hypothesis import assume, given
from hypothesis import strategies as st

from ratingengine.model.indicator import UNBOUNDED, Indicator
from ratingengine.model.value import IndicatorValue
from ratingengine.ruleset.agreement.agreement import Cell, Distance, agreement, alpha, established, nominal, ratio

COUNT = indicator()
YES_NO = indicator("assembly.march_stopped", "yes_no")
INDEX = indicator("expression.press_index", "index", lowest=-50, highest=50)
PER_MILLION = indicator("assembly.banners_taken_per_million", decimals=3)

TWO_CODERS = st.lists(
    st.tuples(*[st.one_of(st.none(), st.integers(0, 6), st.sampled_from([100, 5000, 10**9]))] * 2), min_size=1, max_size=20
)


def paired(data: list[tuple[int | None, int | None]]) -> list[list[int]]:
    return [[value for value in unit if value is not None] for unit in data]


@pytest.mark.parametrize(("distance", "level"), [(nominal, "nominal"), (ratio, "ratio")])
@given(data=TWO_CODERS)
def test_alpha_is_that_of_the_package_on_two_coders_with_missing_values(
    distance: Distance, level: Any, data: list[tuple[int | None, int | None]]
) -> None:
    units = paired(data)
    ours = alpha(units, distance)
    values = {value for unit in units if len(unit) > 1 for value in unit}
    assert (ours is None) == (len(values) < 2)
    assume(ours is not None)
    matrix: Any = [[float("nan") if unit[coder] is None else unit[coder] for unit in data] for coder in (0, 1)]
    theirs = krippendorff.alpha(reliability_data=matrix, level_of_measurement=level)
    assert float(ours or 0) == pytest.approx(float(theirs), abs=1e-9)


@given(st.lists(st.tuples(*[st.integers(0, 3)] * 3), min_size=2, max_size=10))
def test_alpha_is_that_of_the_package_on_three_coders_too(data: list[tuple[int, int, int]]) -> None:
    ours = alpha(data, nominal)
    assume(ours is not None)
    theirs = krippendorff.alpha(reliability_data=list(zip(*data, strict=True)), level_of_measurement="nominal")
    assert float(ours or 0) == pytest.approx(float(theirs), abs=1e-9)


def test_full_agreement_is_one_and_chance_is_about_zero() -> None:
    assert alpha([(0, 0), (1, 1)], nominal) == 1
    assert alpha([(0, 1), (1, 0)], nominal) == Fraction(-1, 2)


@pytest.mark.parametrize("units", [[], [(1,)], [(1, 1)], [(1, 1), (1, 1)], [(1,), (2,)]])
def test_without_anything_that_varies_in_pairs_there_is_no_alpha(units: list[tuple[int, ...]]) -> None:
    assert alpha(units, nominal) is None


def test_the_ratio_distance_is_relative_to_the_size() -> None:
    assert ratio(0, 0) == 0
    assert ratio(0, 5) == 1
    assert ratio(1, 3) == ratio(100, 300) == Fraction(1, 4)


def value(entry: Indicator, low: int | None = None, high: int | None = None) -> IndicatorValue:
    return IndicatorValue(entry, entry.lowest if low is None else low, entry.highest if high is None else high, (), ())


@pytest.mark.parametrize(
    ("found", "number"),
    [
        (value(COUNT, 5), 5),
        (value(COUNT, 5, 9), 5),
        (value(COUNT, 0, 9), 9),
        (value(COUNT, 0, 0), 0),
        (value(COUNT), 0),
        (value(YES_NO, 1, 1), 1),
        (value(YES_NO, 0, 0), 0),
    ],
)
def test_what_a_coding_establishes_is_the_end_it_states(found: IndicatorValue, number: int) -> None:
    assert established(found) == number


def coded(**values: IndicatorValue) -> dict[Cell, IndicatorValue]:
    return {("BVT", 2003, name): found for name, found in values.items()}


def test_two_codings_are_compared_cell_by_cell() -> None:
    first = coded(a=value(COUNT, 5), b=value(COUNT, 7), c=value(YES_NO, 1, 1), d=value(COUNT), e=value(COUNT, 1), f=value(COUNT))
    second = coded(a=value(COUNT, 5), b=value(COUNT, 9), c=value(YES_NO, 0, 0), d=value(COUNT, 2), e=value(COUNT), f=value(COUNT))
    found = agreement(first, second)
    assert (found.cells, found.both, found.only_first, found.only_second, found.equal) == (6, 3, 1, 1, 1)
    assert (found.words_cells, found.counts_cells) == (1, 2)
    assert found.counts == alpha([(5, 5), (7, 9)], ratio)
    assert found.words == alpha([(1, 0)], nominal)
    assert found.coded == alpha([(1, 1), (1, 1), (1, 1), (0, 1), (1, 0), (0, 0)], nominal)


def test_a_coding_agrees_with_itself_fully() -> None:
    coding = coded(a=value(COUNT, 5), b=value(COUNT, 7), c=value(YES_NO, 1, 1), d=value(YES_NO, 0, 0), e=value(COUNT))
    found = agreement(coding, coding)
    assert found.coded == found.words == found.counts == Fraction(1)
    assert found.equal == found.both == 4


def test_what_is_computed_and_what_only_one_has_is_left_out() -> None:
    first = coded(a=value(COUNT, 5), p=value(PER_MILLION, 5000, UNBOUNDED), x=value(COUNT, 1))
    second = coded(a=value(COUNT, 5), p=value(PER_MILLION, 9000, UNBOUNDED), y=value(COUNT, 1))
    assert agreement(first, second).cells == 1


def test_indices_are_compared_neither_as_words_nor_as_counts() -> None:
    found = agreement(coded(a=value(INDEX, -3, -3)), coded(a=value(INDEX, 3, 3)))
    assert (found.both, found.words_cells, found.counts_cells) == (1, 0, 0)
