"""How much of a difference each of several inputs makes: Shapley values over the orders in which they could change.

The value of an input is the mean, over all orders, of what its change adds when those before it have changed. Values add up to
the whole difference. Source: L. S. Shapley, A value for n-person games, Annals of Mathematics Studies 28 (1953) 307-317.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from math import comb, factorial, sqrt

from attrs import frozen

MOST_EXACT = 16
"""So many inputs that matter are weighed in all orders (the design asks for 12); with more, orders are drawn."""
DRAWN = 1_000
"""Orders drawn; each is used forwards and backwards, so that the difference read the other way has the same values, negated."""

Worth = Callable[[int], int]


@frozen
class Shares:
    """A value per input, in bands of the rating. `errors` are standard errors of drawn values (None: exact)."""

    values: tuple[Fraction, ...]
    errors: tuple[float, ...] | None
    orders: int | None


@frozen
class Weight:
    """For one input and one number of others changed before it: in how many of the sets of that size its change adds how much."""

    others: int
    sets: int
    added: Fraction
    share: Fraction


def shares(count: int, worth: Worth) -> Shares:
    """The values of `count` inputs; `worth` gives the outcome when the inputs of a bit mask have changed."""
    if count <= MOST_EXACT:
        return Shares(_exact(count, worth), None, None)
    return _drawn(count, worth)


def _exact(count: int, worth: Worth) -> tuple[Fraction, ...]:
    worths = [worth(members) for members in range(1 << count)]
    return tuple(sum((weight.share for weight in _weights(count, number, worths)), Fraction(0)) for number in range(count))


def weights(count: int, number: int, worth: Worth) -> tuple[Weight, ...]:
    """How the exact value of one input comes about, by the number of others changed before it."""
    return _weights(count, number, [worth(members) for members in range(1 << count)])


def _weights(count: int, number: int, worths: Sequence[int]) -> tuple[Weight, ...]:
    own = 1 << number
    added = [0] * count
    for members, value in enumerate(worths):
        if not members & own:
            gain = worths[members | own] - value
            if gain:
                added[members.bit_count()] += gain
    return tuple(
        Weight(
            others,
            comb(count - 1, others),
            Fraction(added[others]),
            Fraction(added[others] * factorial(others) * factorial(count - 1 - others), factorial(count)),
        )
        for others in range(count)
    )


def _drawn(count: int, worth: Worth) -> Shares:
    """Means over drawn orders; the same orders in every run, so that an answer can be recomputed."""
    totals = [0] * count
    squares = [0] * count
    known: dict[int, int] = {}
    for order in orders(count):
        gains = [0] * count
        for sequence in (order, order[::-1]):
            members, before = 0, _known(known, worth, 0)
            for number in sequence:
                members |= 1 << number
                after = _known(known, worth, members)
                gains[number] += after - before
                before = after
        for number, gain in enumerate(gains):
            totals[number] += gain
            squares[number] += gain * gain
    values = tuple(Fraction(total, 2 * DRAWN) for total in totals)
    errors = tuple(
        sqrt(max(0.0, square / (4 * DRAWN) - float(v) ** 2) / DRAWN) for square, v in zip(squares, values, strict=True)
    )
    return Shares(values, errors, DRAWN)


def orders(count: int) -> Iterator[list[int]]:
    """The orders drawn, each a fresh shuffle of the one before."""
    draw = random.Random(f"{count} inputs")  # noqa: S311  # nothing secret: the orders must be the same in every run
    order = list(range(count))
    for _ in range(DRAWN):
        draw.shuffle(order)
        yield order.copy()


def _known(known: dict[int, int], worth: Worth, members: int) -> int:
    if members not in known:
        known[members] = worth(members)
    return known[members]
