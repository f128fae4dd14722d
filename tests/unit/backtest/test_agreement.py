"""Agreement by hand on small tables, and against scikit-learn where that is installed."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest

from ratingengine.backtest.agreement import Tally, advantage, agreement, confusion, interval, resampled, resamples, tally

PAIRS = ((0, 0), (1, 1), (2, 1), (4, 2))
"""Squared differences 0, 0, 1, 4; expected by chance (sum over all 16 combinations): 51, of 4 * 5 / 51 by the formula."""


def test_the_tally_counts_and_sums() -> None:
    assert tally(PAIRS) == Tally(n=4, exact=2, within=3, published=7, given=4, squares=21 + 6, products=1 + 2 + 8)


def test_kappa_by_hand() -> None:
    observed = Fraction(0 + 0 + 1 + 4, 4)
    by_chance = Fraction(sum((a - b) ** 2 for a, _ in PAIRS for _, b in PAIRS), 16)
    assert tally(PAIRS).kappa == 1 - observed / by_chance == 1 - Fraction(20, 52)


def test_shares_and_what_has_none() -> None:
    found = tally(PAIRS)
    assert (found.exact_share, found.within_share) == (Fraction(1, 2), Fraction(3, 4))
    nothing = tally(())
    assert (nothing.exact_share, nothing.within_share, nothing.kappa) == (None, None, None)
    assert tally([(3, 3), (3, 3)]).kappa is None


def test_the_confusion_has_a_row_a_published_rating() -> None:
    assert confusion(PAIRS, 5) == ((1, 0, 0, 0, 0), (0, 1, 0, 0, 0), (0, 1, 0, 0, 0), (0, 0, 0, 0, 0), (0, 0, 1, 0, 0))


def test_resamples_draw_as_many_groups_as_there_are_and_hang_on_the_seed_alone() -> None:
    draws = resamples(7, 50, seed=3)
    assert draws == resamples(7, 50, seed=3)
    assert draws != resamples(7, 50, seed=4)
    assert {sum(times) for times in draws} == {7}
    assert any(max(times) > 1 for times in draws)


def test_a_resample_is_the_tally_of_the_drawn_groups() -> None:
    groups = [PAIRS, ((4, 4),), ((0, 4), (1, 0))]
    for times, found in zip(resamples(3, 20, 1), resampled([tally(g) for g in groups], resamples(3, 20, 1)), strict=True):
        assert found == tally(pair for group, often in zip(groups, times, strict=True) for pair in group * often)


def test_an_interval_is_of_the_sorted_values_and_counts_those_without() -> None:
    values = [Fraction(n, 100) for n in range(100)]
    Random(1).shuffle(values)  # noqa: S311
    found = interval([*values, None])
    assert found is not None
    assert (found.low, found.high, found.undefined) == (Fraction(2, 100), Fraction(97, 100), 1)
    assert interval([None]) is None


def test_countries_are_drawn_not_pairs() -> None:
    """With one country every resample is the same, however many pairs it has."""
    found = agreement({"KAZ": [(0, 0), (1, 2), (2, 2), (3, 0)]}, draws=50)
    assert found.exact is not None
    assert found.exact.low == found.exact.high == found.tally.exact_share == Fraction(1, 2)


def test_what_has_no_pair_has_no_interval() -> None:
    found = agreement({"KAZ": []})
    assert (found.tally.n, found.exact, found.kappa) == (0, None, None)


def test_an_advantage_is_of_the_same_draws() -> None:
    """Ours is right wherever the other is, and in one country more: the draws without that country give none."""
    ours = {"KAZ": [(1, 1)], "EGY": [(2, 2)], "FIN": [(0, 0)]}
    other = {"KAZ": [(1, 1)], "EGY": [(2, 3)], "FIN": [(0, 0)]}
    exact, kappa = advantage(ours, other, draws=500)
    assert exact is not None
    assert kappa is not None
    assert (exact.low, exact.high) == (Fraction(0), Fraction(1))
    assert kappa.low == 0


@pytest.mark.parametrize("seed", range(5))
def test_kappa_is_that_of_scikit_learn(seed: int) -> None:
    metrics = pytest.importorskip("sklearn.metrics")
    random = Random(seed)  # noqa: S311
    pairs = [(severity := random.randrange(5), min(4, max(0, severity + random.choice((-2, -1, 0, 0, 1))))) for _ in range(200)]
    theirs = metrics.cohen_kappa_score(*zip(*pairs, strict=True), weights="quadratic")
    kappa = tally(pairs).kappa
    assert kappa is not None
    assert abs(float(kappa) - theirs) < 1e-12
    assert confusion(pairs, 5) == tuple(map(tuple, metrics.confusion_matrix(*zip(*pairs, strict=True), labels=range(5)).tolist()))
