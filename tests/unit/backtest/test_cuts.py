"""Cut points: the fewest misses, in the direction that has fewer, never fitted on the country they are judged on."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations_with_replacement
from random import Random

import pytest

from ratingengine.backtest.cuts import fitted, predicted
from ratingengine.backtest.splitting import fold_of
from ratingengine.world.countries import all_countries


def examples(*pairs: tuple[int, int]) -> list[tuple[Fraction, int]]:
    return [(Fraction(value), severity) for value, severity in pairs]


def test_what_can_be_cut_is_cut_half_way() -> None:
    found = fitted(examples((10, 0), (20, 0), (30, 1), (50, 2)), 3)
    assert (found.above, found.falling) == ((Fraction(25), Fraction(40)), False)
    assert [found.severity(Fraction(value)) for value in (-5, 24, 25, 39, 40, 99)] == [0, 0, 1, 1, 2, 2]


def test_an_index_that_falls_as_things_get_worse() -> None:
    found = fitted(examples((60, 0), (40, 1), (20, 2)), 3)
    assert found.falling
    assert [found.severity(Fraction(value)) for value in (70, 51, 50, 45, 30, 0)] == [0, 0, 1, 1, 2, 2]


def test_a_severity_that_nothing_has_is_never_given() -> None:
    found = fitted(examples((1, 0), (2, 3)), 5)
    assert {found.severity(Fraction(value, 2)) for value in range(-2, 9)} == {0, 3}


@pytest.mark.parametrize("seed", range(8))
def test_no_other_cut_points_miss_fewer(seed: int) -> None:
    random = Random(seed)  # noqa: S311
    told = examples(*((random.randrange(6), random.randrange(3)) for _ in range(12)))
    found = fitted(told, 3)
    ours = sum(found.severity(value) != severity for value, severity in told)
    for sign in (1, -1):
        for first, second in combinations_with_replacement([Fraction(n, 2) - 7 for n in range(-1, 29)], 2):
            other = sum((sign * value >= first) + (sign * value >= second) != severity for value, severity in told)
            assert ours <= other


def test_no_country_is_judged_by_cut_points_fitted_to_it() -> None:
    """A country alone in its fold says the opposite of all others: fitted on it, it would be right."""
    of_fold: dict[int, list[str]] = {}
    for country in all_countries():
        of_fold.setdefault(fold_of(country.iso3), []).append(country.iso3)
    odd, *others = (codes[0] for _, codes in sorted(of_fold.items()))
    values = {(iso3, 2020): Fraction(number % 2) for number, iso3 in enumerate(others)} | {(odd, 2020): Fraction(7)}
    published = {key: int(value) * 4 for key, value in values.items()} | {(odd, 2020): 0}
    found = predicted(values, published, 5)
    assert set(found) == set(values)
    assert found[odd, 2020] == 4
    assert all(found[iso3, 2020] == published[iso3, 2020] for iso3 in others)


def test_what_has_no_value_has_no_prediction() -> None:
    assert predicted({}, {("KAZ", 2020): 2}, 5) == {}
    assert predicted({("KAZ", 2020): Fraction(1)}, {("KAZ", 2020): 2}, 5) == {}, "nothing to fit on but itself"
