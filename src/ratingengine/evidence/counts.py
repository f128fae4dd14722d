"""What counts add up to in a window: things observed one by one, and totals that say so of a period.

A thing counts where it happened: wholly in a window that holds all the days on which it may have happened; in one that
holds some of them it may have happened, no more. Numbers are scaled; see docs/method.md, Evidence, and ADR 14.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from attrs import frozen

from ratingengine.model.indicator import Indicator

DAY = timedelta(days=1)


@frozen
class Bounds:
    """Lowest and highest value, scaled, both included."""

    lowest: int
    highest: int


class Period(NamedTuple):
    """First and last day, both included."""

    first: date
    last: date

    def holds(self, other: Period) -> bool:
        """Whether all of the other's days lie in it."""
        return self.first <= other.first and other.last <= self.last

    def meets(self, other: Period) -> bool:
        """Whether some of the other's days lie in it."""
        return self.first <= other.last and other.first <= self.last


@frozen
class Thing:
    """One thing observed: what each of its claims states at least (None: no lower bound), and for which days.

    An event has one period, that in which it may have happened; a spell has those over which its claims see it go on.
    """

    stated: tuple[tuple[Period, int | None], ...]

    def within(self, period: Period) -> bool:
        """Whether it happened in the period for certain."""
        return all(period.holds(days) for days, _ in self.stated)

    def meets(self, period: Period) -> bool:
        """Whether it went on in the period."""
        return any(period.meets(days) for days, _ in self.stated)

    def least(self, period: Period, nothing: int) -> int:
        """The lowest bound that its claims about the period state; `nothing` where they state none."""
        return min((low for days, low in self.stated if low is not None and period.meets(days)), default=nothing)


@frozen
class Total:
    """All that is stated of the whole of one period."""

    period: Period
    bounds: Bounds


def happened(claimed: Iterable[Period]) -> Period:
    """When an event happened, as far as its claims tell: the days that all of them give, else the earliest that any gives."""
    periods = tuple(claimed)
    first, last = max(period.first for period in periods), min(period.last for period in periods)
    if first <= last:
        return Period(first, last)
    earliest = min(period.first for period in periods)
    return Period(earliest, earliest)


def counted(
    indicator: Indicator, things: Sequence[Thing], totals: Sequence[Total], window: Period, *, none_found: bool = False
) -> Bounds:
    """The interval of an indicator that is added up (`sum`) or of which the gravest counts (`max`, `any`).

    Totals of one period are one. `none_found`: a search of the whole window found none; what was found is believed over it.
    """
    lowest = max(indicator.lowest, min(least(indicator, things, totals, window), indicator.highest))
    limits = [total.bounds.highest for total in totals if total.period.holds(window) and stands(indicator, things, totals, total)]
    if limits:
        return Bounds(lowest, max(lowest, min(limits)))
    if none_found and lowest == indicator.lowest:
        return Bounds(lowest, lowest)
    return Bounds(lowest, indicator.highest)


def stands(indicator: Indicator, things: Sequence[Thing], totals: Sequence[Total], total: Total) -> bool:
    """Whether what is known of its own days stays within a total; one that is exceeded bounds nothing from above."""
    others = [other for other in totals if other.period != total.period]
    return least(indicator, things, others, total.period) <= total.bounds.highest


def least(indicator: Indicator, things: Sequence[Thing], totals: Sequence[Total], within: Period) -> int:
    """What there was at least in a period: never less for one thing more, nor for a higher number."""
    event = indicator.time == "event"
    inside = [thing for thing in things if (thing.within(within) if event else thing.meets(within))]
    lows = [thing.least(within, indicator.lowest) for thing in inside]
    stated = [total for total in totals if within.holds(total.period)]
    if indicator.aggregation != "sum":
        return max([*lows, *(total.bounds.lowest for total in stated)], default=indicator.lowest)
    weighed = list(zip(inside, lows, strict=True))
    return _of_events(weighed, stated, within) if event else _of_spells(weighed, stated)


def _of_events(things: Sequence[tuple[Thing, int]], totals: Iterable[Total], within: Period) -> int:
    """The best of all ways to add totals of separate periods, and between them the events that none of these may include."""
    days = [(period.first.toordinal(), period.last.toordinal(), low) for thing, low in things for period, _ in thing.stated]

    def between(after: int, before: int) -> int:
        return sum(low for first, last, low in days if after < first and last < before)

    reached = [(within.first.toordinal() - 1, 0)]
    for total in sorted(totals, key=lambda total: total.period.last):
        first, last = total.period.first.toordinal(), total.period.last.toordinal()
        before = max(so_far + between(end, first) for end, so_far in reached if end < first)
        reached.append((last, before + total.bounds.lowest))
    return max(so_far + between(end, within.last.toordinal() + 1) for end, so_far in reached)


def _of_spells(things: Sequence[tuple[Thing, int]], totals: Iterable[Total]) -> int:
    """One total and the spells that it cannot include: two totals may count the same people."""
    sums = [sum(low for _, low in things)]
    sums += [total.bounds.lowest + sum(low for thing, low in things if not thing.meets(total.period)) for total in totals]
    return max(sums)
