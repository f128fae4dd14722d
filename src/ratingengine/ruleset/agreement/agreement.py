"""Agreement of two independent codings of the same documents: Krippendorff's alpha.

Source: K. Krippendorff, Content Analysis (4th ed. 2018), chapter 12. Tested against the package krippendorff.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction

from attrs import frozen

from ratingengine.model.indicator import is_derived
from ratingengine.model.value import IndicatorValue

Distance = Callable[[int, int], Fraction]
Cell = tuple[str, int, str]
"""Country, year, indicator."""


def nominal(left: int, right: int) -> Fraction:
    """0 for the same value, 1 for any other."""
    return Fraction(int(left != right))


def ratio(left: int, right: int) -> Fraction:
    """The squared difference relative to the sum, for counts of 0 or more."""
    return Fraction(0) if left == right else Fraction(left - right, left + right) ** 2


def alpha(units: Iterable[Sequence[int]], distance: Distance) -> Fraction | None:
    """Krippendorff's alpha of units with two or more values each; None where nothing varies or nothing is paired."""
    paired = [tuple(unit) for unit in units if len(unit) > 1]
    counts = Counter(value for unit in paired for value in unit)
    total = sum(counts.values())
    expected = sum((distance(left, right) * counts[left] * counts[right] for left in counts for right in counts), Fraction(0))
    if total < 2 or expected == 0:
        return None
    observed = Fraction(0)
    for unit in paired:
        observed += sum((distance(left, right) for left in unit for right in unit), Fraction(0)) / (len(unit) - 1)
    return 1 - (total - 1) * observed / expected


@frozen
class Agreement:
    """Alphas over country-year-indicator cells, None where undefined, with the number of cells behind each.

    `coded`: both coded it or neither. `words`: the same word, where both coded. `counts`: the same established count, where
    both coded.
    """

    cells: int
    coded: Fraction | None
    words_cells: int
    words: Fraction | None
    counts_cells: int
    counts: Fraction | None
    both: int
    only_first: int
    only_second: int
    equal: int


Coding = Mapping[Cell, IndicatorValue]


def agreement(first: Coding, second: Coding) -> Agreement:
    """Compare two codings over the same cells."""
    cells = sorted(cell for cell in first if cell in second and not is_derived(first[cell].indicator))
    known = [(first[cell].known, second[cell].known) for cell in cells]
    both = [cell for cell in cells if first[cell].known and second[cell].known]
    pairs = {cell: (established(first[cell]), established(second[cell])) for cell in both}
    words = [pairs[cell] for cell in both if first[cell].indicator.words]
    # Indices may be negative and have a scale each, so the ratio distance is for counts alone.
    counts = [pairs[cell] for cell in both if first[cell].indicator.type == "count"]
    return Agreement(
        cells=len(cells),
        coded=alpha([(int(left), int(right)) for left, right in known], nominal),
        words_cells=len(words),
        words=alpha(words, nominal),
        counts_cells=len(counts),
        counts=alpha(counts, ratio),
        both=len(both),
        only_first=sum(left and not right for left, right in known),
        only_second=sum(right and not left for left, right in known),
        equal=sum(left == right for left, right in pairs.values()),
    )


def established(value: IndicatorValue) -> int:
    """The end of the interval that a rating may rest on, in the indicator's own numbers."""
    only_upper = value.lowest <= value.indicator.lowest and value.highest < value.indicator.highest
    return value.highest if only_upper else value.lowest
