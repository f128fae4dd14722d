"""How far two series of ratings agree: exact, within one band, quadratic weighted kappa. Integers and fractions throughout."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cache
from operator import mul
from random import Random

from attrs import frozen

DRAWS, SEED = 2000, 1
LOW, HIGH = Fraction(25, 1000), Fraction(975, 1000)
"""The ends of an interval of 95 %."""

Pair = tuple[int, int]
"""A published severity and ours."""


@frozen
class Tally:
    """What the figures need of any number of pairs; tallies of groups add up to that of the whole.

    `exact` and `within` count pairs; `published` and `given` sum severities, `squares` the squares of both, `products`
    their products.
    """

    n: int = 0
    exact: int = 0
    within: int = 0
    published: int = 0
    given: int = 0
    squares: int = 0
    products: int = 0

    @property
    def exact_share(self) -> Fraction | None:
        """The share of equal pairs; None without pairs."""
        return Fraction(self.exact, self.n) if self.n else None

    @property
    def within_share(self) -> Fraction | None:
        """The share of pairs at most one band apart."""
        return Fraction(self.within, self.n) if self.n else None

    @property
    def kappa(self) -> Fraction | None:
        """Cohen's kappa with quadratic weights: 1 less the ratio of the squared differences to those expected by chance.

        None where chance alone makes them equal: all pairs are of one and the same rating.
        """
        by_chance = self.n * self.squares - 2 * self.published * self.given
        return 1 - Fraction(self.n * (self.squares - 2 * self.products), by_chance) if by_chance else None


FIELDS = 7
LANE = 48
MASK = (1 << LANE) - 1
Figure = Callable[[Tally], Fraction | None]
EXACT: Figure = lambda tally: tally.exact_share  # noqa: E731
KAPPA: Figure = lambda tally: tally.kappa  # noqa: E731


def tally(pairs: Iterable[Pair]) -> Tally:
    """The tally of pairs of severities."""
    sums = [0] * FIELDS
    for ours in pairs:
        for place, value in enumerate(_single(*ours)):
            sums[place] += value
    return Tally(*sums)


def _single(a: int, b: int) -> tuple[int, ...]:
    return 1, int(a == b), int(abs(a - b) <= 1), a, b, a * a + b * b, a * b


def confusion(pairs: Iterable[Pair], size: int) -> tuple[tuple[int, ...], ...]:
    """Counts: a row a published severity, a column a severity of ours."""
    counts = [[0] * size for _ in range(size)]
    for a, b in pairs:
        counts[a][b] += 1
    return tuple(map(tuple, counts))


@frozen
class Interval:
    """The ends that 95 % of the resamples lie within; `undefined` resamples had no such figure."""

    low: Fraction
    high: Fraction
    undefined: int


@cache
def resamples(count: int, draws: int = DRAWS, seed: int = SEED) -> tuple[tuple[int, ...], ...]:
    """For each draw how often each of so many groups is in it: as many as there are, drawn with replacement."""
    random = Random(seed)  # noqa: S311  # no secret hangs on it, and it must be the same in every run
    found = []
    for _ in range(draws):
        times = [0] * count
        for number in random.choices(range(count), k=count):
            times[number] += 1
        found.append(tuple(times))
    return tuple(found)


def resampled(tallies: Sequence[Tally], draws: Iterable[Sequence[int]]) -> tuple[Tally, ...]:
    """The tally of each draw, from those of the groups."""
    # All sums of a tally in one number, so that a draw is added up in one go; no sum comes near the width of its lane.
    packed = [sum(value << LANE * place for place, value in enumerate(_sums(found))) for found in tallies]
    totals = (sum(map(mul, times, packed)) for times in draws)
    return tuple(Tally(*(total >> LANE * place & MASK for place in range(FIELDS))) for total in totals)


def _sums(found: Tally) -> tuple[int, ...]:
    return found.n, found.exact, found.within, found.published, found.given, found.squares, found.products


def interval(values: Iterable[Fraction | None]) -> Interval | None:
    """The interval of one figure over the draws, by nearest rank; None where no draw has the figure."""
    known = list(values)
    # Comparing fractions takes ten times as long; two that differ by less than a float can show are as good as equal here.
    found = sorted((value for value in known if value is not None), key=float)
    if not found:
        return None
    low, high = (found[min(len(found) - 1, int(end * len(found)))] for end in (LOW, HIGH))
    return Interval(low, high, len(known) - len(found))


@frozen
class Agreement:
    """The figures of some pairs with their intervals, resampled by country."""

    tally: Tally
    exact: Interval | None
    within: Interval | None
    kappa: Interval | None


def agreement(by_country: Mapping[str, Sequence[Pair]], draws: int = DRAWS, seed: int = SEED) -> Agreement:
    """Agreement of all pairs. Countries, not pairs, are drawn: years of one country are not independent."""
    names = sorted(name for name, pairs in by_country.items() if pairs)
    tallies = [tally(by_country[name]) for name in names]
    whole = tally(pair for name in names for pair in by_country[name])
    drawn = resampled(tallies, resamples(len(names), draws, seed)) if names else ()
    return Agreement(
        whole,
        interval(found.exact_share for found in drawn),
        interval(found.within_share for found in drawn),
        interval(found.kappa for found in drawn),
    )


def advantage(
    one: Mapping[str, Sequence[Pair]], other: Mapping[str, Sequence[Pair]], draws: int = DRAWS, seed: int = SEED
) -> tuple[Interval | None, Interval | None]:
    """Intervals of how much `one` exceeds `other` in exact agreement and in kappa, on the same countries and draws."""
    names = sorted(name for name, pairs in one.items() if pairs)
    times = resamples(len(names), draws, seed) if names else ()
    first, second = (resampled([tally(side[name]) for name in names], times) for side in (one, other)) if names else ((), ())
    return _difference(first, second, EXACT), _difference(first, second, KAPPA)


def _difference(first: Sequence[Tally], second: Sequence[Tally], figure: Figure) -> Interval | None:
    ends = ((figure(a), figure(b)) for a, b in zip(first, second, strict=True))
    return interval(None if a is None or b is None else a - b for a, b in ends)
