from __future__ import annotations

from fractions import Fraction
from itertools import permutations
from math import factorial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ratingengine.explain.diff import shapley
from ratingengine.explain.diff.shapley import shares, weights

GAMES = st.integers(0, 4).flatmap(lambda n: st.tuples(st.just(n), st.lists(st.integers(0, 4), min_size=1 << n, max_size=1 << n)))


def by_orders(count: int, worths: list[int]) -> tuple[Fraction, ...]:
    """The definition, word by word."""
    totals = [0] * count
    for order in permutations(range(count)):
        members = 0
        for number in order:
            totals[number] += worths[members | 1 << number] - worths[members]
            members |= 1 << number
    return tuple(Fraction(total, factorial(count)) for total in totals)


@given(GAMES)
def test_the_values_are_the_means_over_all_orders(game: tuple[int, list[int]]) -> None:
    count, worths = game
    assert shares(count, worths.__getitem__).values == by_orders(count, worths)


@given(GAMES)
def test_the_values_add_up_to_the_difference(game: tuple[int, list[int]]) -> None:
    count, worths = game
    assert sum(shares(count, worths.__getitem__).values) == worths[-1] - worths[0]


@given(GAMES)
def test_the_difference_read_backwards_has_the_same_values_negated(game: tuple[int, list[int]]) -> None:
    count, worths = game
    back = shares(count, worths[::-1].__getitem__).values
    assert back == tuple(-value for value in shares(count, worths.__getitem__).values)


@given(GAMES)
def test_the_weights_of_an_input_add_up_to_its_value(game: tuple[int, list[int]]) -> None:
    count, worths = game
    for number, value in enumerate(shares(count, worths.__getitem__).values):
        found = weights(count, number, worths.__getitem__)
        assert sum(weight.share for weight in found) == value
        assert sum(weight.sets for weight in found) == 1 << (count - 1)


def test_many_inputs_are_drawn_with_a_stated_error_and_add_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shapley, "MOST_EXACT", 3)

    def worth(members: int) -> int:
        return int(members & 0b11 == 0b11) + int(members.bit_count() >= 4)

    drawn, exact = shares(6, worth), by_orders(6, [worth(members) for members in range(1 << 6)])
    assert sum(drawn.values) == worth(0b111111) - worth(0)
    assert drawn.errors is not None
    assert all(abs(float(a - b)) <= 5 * error for a, b, error in zip(drawn.values, exact, drawn.errors, strict=True))
    assert max(drawn.errors) < 0.02
    back = shares(6, lambda members: worth(0b111111 & ~members))
    assert back.values == tuple(-value for value in drawn.values)
    assert shares(6, worth) == drawn
