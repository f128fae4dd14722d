"""Observations to intervals: what the evidence says about each indicator on a day.

An interval is kept in the indicator's own numbers; missing is the full range, never zero. See docs/method.md, Evidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache

from attrs import evolve, frozen

from ratingengine.model.evidence import Evidence, Observation, Search
from ratingengine.model.indicator import PER_MILLION, PER_MILLION_DECIMALS, UNBOUNDED, Codebook, Indicator, base_of, is_derived
from ratingengine.model.value import IndicatorValue
from ratingengine.model.window import Window, months_before

YEAR = 12
LAPSE_MONTHS = 24
"""A condition in practice is taken to last this long after it was last seen (design of the method, section Evidence)."""


@frozen
class Bounds:
    """Lowest and highest value, scaled, both included."""

    lowest: int
    highest: int


def indicator_values(evidence: Evidence, codebook: Codebook, as_of: date, population: int | None) -> Mapping[str, IndicatorValue]:
    """Every indicator of the codebook on the as-of day; per-million companions from the population (persons)."""
    observed, searched = evidence.observed, evidence.searched
    values: dict[str, IndicatorValue] = {}
    year = Window.ending(as_of)
    for indicator in codebook:
        if is_derived(indicator):
            continue
        found, none_found = observed.get(indicator.id, ()), searched.get(indicator.id, ())
        if found or none_found:
            window = year if indicator.window_months == YEAR else Window.ending(as_of, indicator.window_months)
            values[indicator.id] = indicator_value(indicator, found, none_found, window)
        else:
            values[indicator.id] = _unknown(indicator)
    for indicator in codebook:
        if is_derived(indicator):
            values[indicator.id] = per_million(indicator, values[base_of(indicator.id)], population)
    return values


@cache
def _unknown(indicator: Indicator) -> IndicatorValue:
    return IndicatorValue(indicator, indicator.lowest, indicator.highest, (), ())


def with_intervals(
    values: Mapping[str, IndicatorValue], intervals: Mapping[str, tuple[int, int]], population: int | None
) -> Mapping[str, IndicatorValue]:
    """The same values with other intervals of some indicators, in their own numbers; companions follow."""
    changed = dict(values)
    for name, (lowest, highest) in intervals.items():
        changed[name] = evolve(values[name], lowest=lowest, highest=highest, absent=False)
        companion = f"{name}{PER_MILLION}"
        if companion in values:
            changed[companion] = per_million(values[companion].indicator, changed[name], population)
    return changed


def indicator_value(
    indicator: Indicator, observations: Iterable[Observation], searches: Iterable[Search], window: Window
) -> IndicatorValue:
    """One indicator's interval on the last day of the window, from its observations and the searches that found none."""
    counting = _counting(indicator, tuple(observations), window)
    covering = tuple(search for search in searches if window.within(search.begun, search.ended))
    if indicator.time == "condition":
        covering = tuple(search for search in searches if search.begun <= window.last <= search.ended)
    bounds = _bounds(indicator, counting, covering, window)
    return IndicatorValue(indicator, bounds.lowest, bounds.highest, counting, covering, _absent(indicator, counting))


def first_days(observations: Iterable[Observation]) -> Mapping[str, date]:
    """The earliest day that any claim gives an event, so that it falls into one year however its sources date it."""
    days: dict[str, date] = {}
    for entry in observations:
        if entry.event:
            days[entry.event] = min(entry.begun, days.get(entry.event, entry.begun))
    return days


def _counting(indicator: Indicator, known: Sequence[Observation], window: Window) -> tuple[Observation, ...]:
    """What bears on the window: events by their start, spells by overlap, conditions by the last day."""
    if indicator.time == "event":
        begun = first_days(known)
        return tuple(entry for entry in known if window.has(begun.get(entry.event, entry.begun)))
    last = window.last
    since = window.first if indicator.time == "spell" else last
    return tuple(entry for entry in known if entry.begun <= last and last_in_force(indicator, entry) >= since)


def last_in_force(indicator: Indicator, entry: Observation) -> date:
    """The last day an observation speaks for; an open end of practice lapses, an open law does not."""
    if entry.ended is not None:
        return entry.ended
    if indicator.time == "condition" and indicator.basis == "law":
        return date.max
    if indicator.time == "condition":
        return months_before(entry.reported[0], -LAPSE_MONTHS)
    return max(entry.begun, entry.reported[0])


def _bounds(indicator: Indicator, counting: tuple[Observation, ...], covering: tuple[Search, ...], window: Window) -> Bounds:
    full = Bounds(indicator.lowest, indicator.highest)
    if indicator.aggregation in ("latest", "mean"):
        return _series(indicator, counting, full)
    if indicator.time == "condition" and indicator.aggregation in ("any", "max"):
        return _state(units(indicator, counting), bool(covering), full)
    whole = tuple(entry for entry in counting if _is_total(indicator, entry, window))
    parts = tuple(entry for entry in counting if entry not in whole)
    return _total(indicator, units(indicator, parts), whole, bool(covering), full)


def _is_total(indicator: Indicator, entry: Observation, window: Window) -> bool:
    """A statement about the whole window bounds its total; a statement about part of it bounds it from below only.

    A spell that lasts the whole window is still one spell among others, unless it says that there was none.
    """
    if entry.event or (indicator.time != "event" and entry.claim.highest != indicator.lowest):
        return False
    if indicator.time == "condition":
        return True
    return window.within(entry.begun, last_in_force(indicator, entry))


def units(indicator: Indicator, observations: Iterable[Observation]) -> tuple[Bounds, ...]:
    """One interval for each thing observed: claims of the same event are spanned, other observations stand alone."""
    groups: dict[str, list[Observation]] = {}
    for entry in observations:
        groups.setdefault(entry.event or f"\0{entry.id}", []).append(entry)
    return tuple(span(indicator, groups[key]) for key in sorted(groups))


def span(indicator: Indicator, claims: Iterable[Observation]) -> Bounds:
    """Lowest stated lower bound to highest upper bound, so that no single source can raise a harm."""
    stated = [entry.claim for entry in claims]
    lows = [claim.lowest for claim in stated if claim.lowest is not None]
    highs = [indicator.highest if claim.highest is None else claim.highest for claim in stated]
    return Bounds(min(lows, default=indicator.lowest), max(highs, default=indicator.highest))


def _total(
    indicator: Indicator, parts: tuple[Bounds, ...], whole: tuple[Observation, ...], none_found: bool, full: Bounds
) -> Bounds:
    lows = [part.lowest for part in parts]
    reached = sum(lows) if indicator.aggregation == "sum" else max(lows, default=indicator.lowest)
    reached = min(reached, indicator.highest)
    if not whole and not (none_found and reached <= indicator.lowest):
        return Bounds(max(reached, full.lowest), full.highest)
    total = span(indicator, whole) if whole else Bounds(indicator.lowest, indicator.lowest)
    lowest = max(reached, total.lowest)
    return Bounds(lowest, max(lowest, total.highest))


def _state(parts: tuple[Bounds, ...], none_found: bool, full: Bounds) -> Bounds:
    """The heaviest of the states in force on the day."""
    if not parts:
        return Bounds(full.lowest, full.lowest) if none_found else full
    return Bounds(max(part.lowest for part in parts), max(part.highest for part in parts))


def _absent(indicator: Indicator, counting: tuple[Observation, ...]) -> bool:
    """Whether all that was last said is that there is no value."""
    if not indicator.may_be_none or not counting:
        return False
    latest = max(entry.begun for entry in counting)
    return all(entry.claim.no_value for entry in counting if entry.begun == latest)


def _series(indicator: Indicator, counting: tuple[Observation, ...], full: Bounds) -> Bounds:
    """An index: its latest statement in the window, or the mean of all of them, rounded outwards."""
    if not counting:
        return full
    latest = max(entry.begun for entry in counting)
    if indicator.aggregation == "latest":
        last = [entry for entry in counting if entry.begun == latest]
        # One source that gives a value and one that gives none leave open which of them holds.
        return full if any(entry.claim.no_value for entry in last) else span(indicator, last)
    days = sorted({entry.begun for entry in counting})
    spans = [span(indicator, [entry for entry in counting if entry.begun == day]) for day in days]
    lowest = sum(part.lowest for part in spans) // len(spans)
    highest = -(-sum(part.highest for part in spans) // len(spans))
    return Bounds(lowest, highest)


def per_million(indicator: Indicator, base: IndicatorValue, population: int | None) -> IndicatorValue:
    """The count per million people, rounded down at the low end and up at the high end; unknown without a population."""
    lowest, highest = indicator.lowest, indicator.highest
    if population:
        unit = 10**6 * 10**PER_MILLION_DECIMALS
        lowest = base.lowest * unit // population
        highest = indicator.highest if base.highest == UNBOUNDED else -(-base.highest * unit // population)
    ends = min(lowest, UNBOUNDED), min(highest, UNBOUNDED)
    return IndicatorValue(indicator, *ends, base.observations, base.searches)
