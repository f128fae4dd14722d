"""Observations to intervals: what the evidence says about each indicator on a day.

An interval is kept in the indicator's own numbers; missing is the full range, never zero. See docs/method.md, Evidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache

from attrs import evolve

from ratingengine.evidence.counts import Bounds, Period, Thing, Total, counted, happened
from ratingengine.model.evidence import Evidence, Observation, Search
from ratingengine.model.indicator import PER_MILLION, PER_MILLION_DECIMALS, UNBOUNDED, Codebook, Indicator, base_of, is_derived
from ratingengine.model.value import IndicatorValue
from ratingengine.model.window import Window, months_before

YEAR = 12
SERIES = ("latest", "mean")
LAPSE_MONTHS = 24
"""A condition in practice is taken to last this long after it was last seen (design of the method, section Evidence)."""


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
    known = tuple(observations)
    counting = _counting(indicator, known, window)
    covering = tuple(search for search in searches if window.within(search.begun, search.ended))
    if indicator.time == "condition":
        covering = tuple(search for search in searches if search.begun <= window.last <= search.ended)
    bounds = _bounds(indicator, known, counting, bool(covering), window)
    return IndicatorValue(indicator, bounds.lowest, bounds.highest, counting, covering, _absent(indicator, counting))


def _counting(indicator: Indicator, known: Sequence[Observation], window: Window) -> tuple[Observation, ...]:
    """What bears on the window: what meets it, totals that lie in it or hold it, conditions of its last day."""
    year = Period(window.first, window.last)
    if indicator.time == "condition":
        year = Period(window.last, window.last)
    elif indicator.time == "event" and indicator.aggregation in SERIES:
        return tuple(entry for entry in known if window.has(entry.begun))
    periods = event_periods(known) if indicator.time == "event" else {}
    added = indicator.aggregation not in SERIES
    return tuple(
        entry
        for entry in known
        if _bears(added and is_total(indicator, entry), periods.get(entry.event, period_of(indicator, entry)), year)
    )


def _bears(total: bool, period: Period, year: Period) -> bool:
    """Whether a period says something of the year: of a total that lies partly in it nothing follows."""
    return period.holds(year) or year.holds(period) if total else year.meets(period)


def event_periods(observations: Iterable[Observation]) -> Mapping[str, Period]:
    """When each event happened, as far as its claims tell."""
    claimed: dict[str, list[Period]] = {}
    for entry in observations:
        if entry.event:
            claimed.setdefault(entry.event, []).append(Period(entry.begun, _last_day(entry)))
    return {event: happened(periods) for event, periods in claimed.items()}


def undivided(value: IndicatorValue, as_of: date) -> tuple[tuple[Observation, Period], ...]:
    """The events of a value of which only some days lie in the window, which establishes nothing: each with its days."""
    indicator = value.indicator
    if indicator.time != "event" or indicator.aggregation in SERIES or is_derived(indicator):
        return ()
    window = Window.ending(as_of)
    year, periods = Period(window.first, window.last), event_periods(value.observations)
    parts = ((entry, periods.get(entry.event, period_of(indicator, entry))) for entry in value.observations if entry.claim.lowest)
    return tuple((e, period) for e, period in parts if not is_total(indicator, e) and not year.holds(period))


def period_of(indicator: Indicator, entry: Observation) -> Period:
    """The days that an observation speaks for."""
    return Period(entry.begun, last_in_force(indicator, entry))


def _last_day(entry: Observation) -> date:
    return entry.ended or max(entry.begun, entry.reported[0])


def last_day_known(values: Iterable[IndicatorValue], as_of: date) -> date | None:
    """The last day, up to `as_of`, that any evidence of the known values speaks of; None where nothing is known."""
    entries = [entry for value in values if value.known for entry in value.entries]
    ends = (entry.ended if isinstance(entry, Search) else _last_day(entry) for entry in entries)
    return max((min(end, as_of) for end in ends), default=None)


def last_in_force(indicator: Indicator, entry: Observation) -> date:
    """The last day an observation speaks for; an open end of practice lapses, an open law does not."""
    if entry.ended is not None:
        return entry.ended
    if indicator.time == "condition" and indicator.basis == "law":
        return date.max
    if indicator.time == "condition":
        return months_before(entry.reported[0], -LAPSE_MONTHS)
    return _last_day(entry)


def is_total(indicator: Indicator, entry: Observation) -> bool:
    """Whether an observation speaks of the whole of its period: where it says so, or says that there was none."""
    none = entry.claim.highest is not None and entry.claim.highest == indicator.lowest
    return entry.total or (none and not entry.event)


def _bounds(
    indicator: Indicator, known: Sequence[Observation], counting: Sequence[Observation], none_found: bool, window: Window
) -> Bounds:
    if indicator.aggregation in SERIES:
        return _series(indicator, counting, Bounds(indicator.lowest, indicator.highest))
    if indicator.time != "condition":
        things, totals = things_of(indicator, known), totals_of(indicator, known)
        return counted(indicator, things, totals, Period(window.first, window.last), none_found=none_found)
    if indicator.aggregation in ("any", "max"):
        return _state(units(indicator, counting), none_found, Bounds(indicator.lowest, indicator.highest))
    # What is in force on the day is so on the whole of it.
    day = Period(window.last, window.last)
    whole = [entry for entry in counting if is_total(indicator, entry)]
    parts = units(indicator, (entry for entry in counting if not is_total(indicator, entry)))
    totals = (Total(day, span(indicator, whole)),) if whole else ()
    return counted(indicator, [Thing(((day, part.lowest),)) for part in parts], totals, day, none_found=none_found)


def things_of(indicator: Indicator, observations: Iterable[Observation]) -> tuple[Thing, ...]:
    """Each thing observed: the claims of one event together, other observations alone; without totals."""
    parts = [entry for entry in observations if not is_total(indicator, entry)]
    if indicator.time != "event":
        return tuple(Thing(tuple((period_of(indicator, e), e.claim.lowest) for e in claims)) for claims in _grouped(parts))
    periods = event_periods(parts)
    return tuple(
        Thing(((periods.get(claims[0].event, period_of(indicator, claims[0])), span(indicator, claims).lowest),))
        for claims in _grouped(parts)
    )


def totals_of(indicator: Indicator, observations: Iterable[Observation]) -> tuple[Total, ...]:
    """What is stated of the whole of each period: statements about the same days are claims about one total."""
    stated: dict[Period, list[Observation]] = {}
    for entry in observations:
        if is_total(indicator, entry):
            stated.setdefault(period_of(indicator, entry), []).append(entry)
    return tuple(Total(period, span(indicator, claims)) for period, claims in stated.items())


def units(indicator: Indicator, observations: Iterable[Observation]) -> tuple[Bounds, ...]:
    """One interval for each thing observed: claims of the same event are spanned, other observations stand alone."""
    return tuple(span(indicator, claims) for claims in _grouped(observations))


def _grouped(observations: Iterable[Observation]) -> tuple[Sequence[Observation], ...]:
    groups: dict[str, list[Observation]] = {}
    for entry in observations:
        groups.setdefault(entry.event or f"\0{entry.id}", []).append(entry)
    return tuple(groups[key] for key in sorted(groups))


def span(indicator: Indicator, claims: Iterable[Observation]) -> Bounds:
    """Lowest stated lower bound to highest upper bound, so that no single source can raise a harm."""
    stated = [entry.claim for entry in claims]
    lows = [claim.lowest for claim in stated if claim.lowest is not None]
    highs = [indicator.highest if claim.highest is None else claim.highest for claim in stated]
    return Bounds(min(lows, default=indicator.lowest), max(highs, default=indicator.highest))


def _state(parts: tuple[Bounds, ...], none_found: bool, full: Bounds) -> Bounds:
    """The heaviest of the states in force on the day."""
    if not parts:
        return Bounds(full.lowest, full.lowest) if none_found else full
    return Bounds(max(part.lowest for part in parts), max(part.highest for part in parts))


def _absent(indicator: Indicator, counting: Sequence[Observation]) -> bool:
    """Whether all that was last said is that there is no value."""
    if not indicator.may_be_none or not counting:
        return False
    latest = max(entry.begun for entry in counting)
    return all(entry.claim.no_value for entry in counting if entry.begun == latest)


def _series(indicator: Indicator, counting: Sequence[Observation], full: Bounds) -> Bounds:
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
