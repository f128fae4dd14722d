"""Cut points on one index, fitted to published ratings: the simplest rule that explains them, and the bar for any other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from attrs import frozen

from ratingengine.backtest.splitting import FOLDS, fold_of

Key = tuple[str, int]
Loss = tuple[int, int]
"""Pairs that are not exact, then squared bands: of cut points with as many hits those that miss by less."""


@frozen
class Cuts:
    """Cut points: a value of at least `above[n]` (or with `falling`, at most) has a severity beyond n."""

    above: tuple[Fraction | None, ...]
    falling: bool

    def severity(self, value: Fraction) -> int:
        """The severity of a value."""
        turned = -value if self.falling else value
        return sum(cut is not None and turned >= cut for cut in self.above)


def fitted(examples: Sequence[tuple[Fraction, int]], size: int) -> Cuts:
    """The cut points with the fewest misses, in whichever direction has fewer; the severities of a scale of `size` words."""
    rising, falling = _fitted(examples, size), _fitted([(-value, severity) for value, severity in examples], size)
    if falling[0] < rising[0]:
        return Cuts(falling[1], falling=True)
    return Cuts(rising[1], falling=False)


def _fitted(examples: Sequence[tuple[Fraction, int]], size: int) -> tuple[Loss, tuple[Fraction | None, ...]]:
    """Over the values in order: the least loss of each last severity, none of which is below that of the value before."""
    values = sorted({value for value, _ in examples})
    of_value: dict[Fraction, list[int]] = {value: [] for value in values}
    for value, severity in examples:
        of_value[value].append(severity)
    best: list[Loss] = [(0, 0)] * size
    came: list[list[int]] = []
    for value in values:
        told = of_value[value]
        reached: list[Loss] = []
        came.append([])
        for severity in range(size):
            before = min(range(severity + 1), key=best.__getitem__)
            missed = sum(one != severity for one in told)
            squares = sum((one - severity) ** 2 for one in told)
            reached.append((best[before][0] + missed, best[before][1] + squares))
            came[-1].append(before)
        best = reached
    last = min(range(size), key=best.__getitem__)
    course = _course(came, last)
    return best[last], tuple(_cut(values, course, severity) for severity in range(1, size))


def _course(came: Sequence[Sequence[int]], last: int) -> list[int]:
    """The severity of each value, from where each came from, backwards."""
    course: list[int] = []
    for before in reversed(came):
        course.append(last)
        last = before[last]
    return course[::-1]


def _cut(values: Sequence[Fraction], course: Sequence[int], severity: int) -> Fraction | None:
    """Half way between the last value below a severity and the first that reaches it; None where no value does."""
    number = next((n for n, one in enumerate(course) if one >= severity), None)
    if number is None:
        return None
    return (values[number - 1] + values[number]) / 2 if number else values[0]


def predicted(values: Mapping[Key, Fraction], published: Mapping[Key, int], size: int) -> Mapping[Key, int]:
    """The severity of each country-year with a value, by cut points fitted to the countries of the other folds."""
    found: dict[Key, int] = {}
    examples = {key: (values[key], severity) for key, severity in published.items() if key in values}
    for fold in range(FOLDS):
        told = [example for (iso3, _), example in examples.items() if fold_of(iso3) != fold]
        judged = [key for key in examples if fold_of(key[0]) == fold]
        if told and judged:
            cuts = fitted(told, size)
            found |= {key: cuts.severity(values[key]) for key in judged}
    return found
