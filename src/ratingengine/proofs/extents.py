"""All that records can say of one indicator, as formulas: the ends of its interval against every threshold that is asked about.

Only the order of thresholds matters to a rule set, so an end is a ladder of Booleans, one a threshold, each implying those below.
Where arithmetic is needed (companions, rescaled measures) the end is an integer and its ladder consists of comparisons.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from attrs import define, field

from ratingengine.model.indicator import UNBOUNDED, Indicator, is_derived
from ratingengine.model.terms import MOST
from ratingengine.proofs.solver import Formula, Model, Number, boolean, every, implies, integer, negation, same, some


@define(eq=False)
class Extent:
    """The interval of one indicator on one day, in severities: from `best` (established) to `worst` (not excluded)."""

    indicator: Indicator
    label: str
    numeric: bool
    best: Number = None
    worst: Number = None
    absent: Formula = False
    """Whether it is on record as having no value."""
    _steps: dict[tuple[bool, int], Formula] = field(factory=dict, alias="steps")

    @classmethod
    def of(cls, indicator: Indicator, day: str, thresholds: Iterable[int], *, numeric: bool) -> Extent:
        """The extent of an indicator on a day, ready for these thresholds and for asking whether anything is known."""
        found = cls(indicator, f"{day} {indicator.id}", numeric)
        if indicator.may_be_none:
            found.absent = boolean(f"{found.label} none")
        if numeric:
            found.best, found.worst = integer(f"{found.label} best"), integer(f"{found.label} worst")
        for threshold in {*map(found.clamped, thresholds), found.first, found.last}:
            if found.lowest < threshold <= found.highest:
                for worst in (False, True):
                    end = found.worst if worst else found.best
                    name = f"{found.label} {'worst' if worst else 'best'} {threshold}"
                    found._steps[(worst, threshold)] = end >= threshold if numeric else boolean(name)
        return found

    @property
    def lowest(self) -> int:
        """The least severity."""
        return min(self.indicator.severity(self.indicator.lowest), self.indicator.severity(self.indicator.highest))

    @property
    def highest(self) -> int:
        """The gravest severity."""
        return max(self.indicator.severity(self.indicator.lowest), self.indicator.severity(self.indicator.highest))

    @property
    def first(self) -> int:
        """The least severity that says more than nothing at the best end; for a count without limit, its largest number."""
        return -self.limit if self.lowest == -UNBOUNDED else self.lowest + 1

    @property
    def last(self) -> int:
        """The severity that the worst end has when nothing bounds it."""
        return self.highest

    @property
    def limit(self) -> int:
        """The largest number of a count without limit: that of records, or what a companion may come to."""
        return UNBOUNDED - 1 if is_derived(self.indicator) else MOST

    def clamped(self, threshold: int) -> int:
        """The threshold that asks the same of the values that there can be."""
        if self.highest == UNBOUNDED and threshold > self.limit:
            return UNBOUNDED
        return -self.limit if self.lowest == -UNBOUNDED and -UNBOUNDED < threshold < -self.limit else threshold

    def thresholds(self) -> list[int]:
        """The thresholds of the ladder, lowest first."""
        return sorted({threshold for _, threshold in self._steps})

    def at(self, threshold: int, *, worst: bool) -> Formula:
        """Whether an end is at or beyond a threshold."""
        asked = self.clamped(threshold)
        if asked <= self.lowest or asked > self.highest:
            return asked <= self.lowest
        return self._steps[(worst, asked)]

    @property
    def known(self) -> Formula:
        """Whether the evidence narrows the range at all."""
        return some((self.at(self.first, worst=False), negation(self.at(self.last, worst=True))))

    @property
    def told(self) -> Formula:
        """Whether the evidence says anything: some of the value, or that there is none."""
        return some((self.known, self.absent))

    def axioms(self) -> list[Formula]:
        """What holds of the interval whatever the records say."""
        found = self._order() if not self.numeric else self._numbers()
        found.append(implies(self.absent, negation(self.known)))
        return found

    def _order(self) -> list[Formula]:
        thresholds = self.thresholds()
        found = [implies(self._steps[(False, t)], self._steps[(True, t)]) for t in thresholds]
        for lower, higher in pairwise(thresholds):
            found += [implies(self._steps[(worst, higher)], self._steps[(worst, lower)]) for worst in (False, True)]
        if self.highest == UNBOUNDED:
            found.append(negation(self._steps[(False, UNBOUNDED)]))
        if self.lowest == -UNBOUNDED:
            found.append(self._steps[(True, -self.limit)])
        return found

    def _numbers(self) -> list[Formula]:
        low, high = max(self.lowest, -self.limit), min(self.highest, self.limit)
        best, worst = self.best, self.worst
        finite = [every((best >= low, best <= high)), every((worst >= low, worst <= high))]
        if self.lowest == -UNBOUNDED:
            finite[0] = some((finite[0], best == self.lowest))
        if self.highest == UNBOUNDED:
            finite[1] = some((finite[1], worst == self.highest))
        return [*finite, best <= worst]

    def no_better_than(self, other: Extent) -> Formula:
        """Both ends at least as severe as those of another day. That there is no value is neither better nor worse than any."""
        return every((same(self.absent, other.absent), *(self._compared(other, worst) for worst in (False, True))))

    def within(self, wider: Extent) -> Formula:
        """The interval lies in that of another day, and where the other has no value, neither has this."""
        ends = (self._compared(wider, worst=False), wider._compared(self, worst=True))  # another of its kind
        return every((*ends, implies(wider.absent, self.absent)))

    def _compared(self, other: Extent, worst: bool) -> Formula:
        if self.numeric:
            mine, its = (self.worst, other.worst) if worst else (self.best, other.best)
            return mine >= its
        return every(implies(other._steps[(worst, t)], self._steps[(worst, t)]) for t in self.thresholds())

    def equal(self, other: Extent) -> Formula:
        """The same interval as on another day."""
        return every((self.within(other), other.within(self)))

    def interval(self, model: Model) -> tuple[int, int] | None:
        """Lowest and highest value of a model, in the indicator's own numbers; None when it is missing."""
        if not model.holds(self.known):
            return None
        ends = [self._end(model, worst) for worst in (False, True)]
        return tuple(sorted(map(self.indicator.severity, ends)))  # type: ignore[return-value]

    def _end(self, model: Model, worst: bool) -> int:
        if self.numeric:
            return model.number(self.worst if worst else self.best)
        reached: Sequence[int] = [t for t in self.thresholds() if model.holds(self._steps[(worst, t)])]
        return max(reached, default=self.lowest)
