"""Findings of records: entries that are counted twice, and events that no year is sure of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from ratingengine.errors import Problem
from ratingengine.evidence.values import SERIES, event_periods, is_total, period_of
from ratingengine.model.evidence import Observation
from ratingengine.model.indicator import Codebook, Indicator
from ratingengine.ruleset.check.finding import Files


def counted_twice(observations: Iterable[Observation], codebook: Codebook, files: Files) -> Iterator[Problem]:
    """Observations in which different sources say the same of the same days: without a common event they are added together.

    What one source tells in two entries its coder has told apart.
    """
    summed = [entry for entry in observations if codebook[entry.indicator].aggregation == "sum" and entry.claim.lowest]
    for _, alike in groupby(sorted(summed, key=_sort_key), key=_same):
        first, *others = alike
        for entry in others:
            named_apart = bool(first.event and entry.event)
            if named_apart or _sources(first) & _sources(entry):
                continue
            days = f"{entry.begun}" if entry.ended == entry.begun else f"{entry.begun} to {entry.ended or 'open'}"
            message = f"{entry.id} says of {entry.indicator} on {days} what {first.id} says: both are added"
            hint = "give both the same event: where they tell of one thing, or each its own where they do not"
            yield files.finding("L510", message, entry.place, hint, len(entry.id))


def overlapping(observations: Iterable[Observation], codebook: Codebook, files: Files) -> Iterator[Problem]:
    """Counts of which another source counts some of the same days, and neither is tied to an event or told apart by one."""
    for name, entries in groupby(sorted(observations, key=_place_key), key=lambda entry: (entry.country, entry.indicator)):
        indicator = codebook[name[1]]
        if indicator.aggregation != "sum":
            continue
        parts = [entry for entry in entries if entry.claim.lowest and not is_total(indicator, entry)]
        for place, entry in enumerate(parts):
            other = next((first for first in parts[:place] if _may_be_one(indicator, first, entry)), None)
            if other is not None:
                message = (
                    f"{entry.id} counts some of the days of {other.id}, of another source: both are added to {entry.indicator}"
                )
                hint = "give both the same event: where they count the same, or each its own where they do not"
                yield files.finding("L511", message, entry.place, hint, len(entry.id))


def _may_be_one(indicator: Indicator, first: Observation, entry: Observation) -> bool:
    if first.event or entry.event or _sources(first) & _sources(entry) or _same(first) == _same(entry):
        return False
    return period_of(indicator, first).meets(period_of(indicator, entry))


def over_new_year(observations: Iterable[Observation], codebook: Codebook, files: Files) -> Iterator[Problem]:
    """Events whose days lie in more than one year, as far as all their claims tell."""
    for name, entries in groupby(sorted(observations, key=_place_key), key=lambda entry: (entry.country, entry.indicator)):
        indicator = codebook[name[1]]
        if indicator.time != "event" or indicator.aggregation in SERIES:
            continue
        parts = [entry for entry in entries if not is_total(indicator, entry)]
        events = event_periods(parts)
        for entry in parts:
            period = events.get(entry.event, period_of(indicator, entry))
            if period.first.year != period.last.year:
                message = f"{entry.id} happened between {period.first} and {period.last}: no year is sure of any of it"
                hint = "write an observation for each year, where the source tells what fell into it"
                yield files.finding("L512", message, entry.place, hint, len(entry.id))


def _place_key(entry: Observation) -> tuple[str, str, str]:
    return entry.country, entry.indicator, entry.id


def _sources(entry: Observation) -> set[str]:
    return {citation.source for citation in entry.sources}


def _same(entry: Observation) -> tuple[object, ...]:
    return (entry.country, entry.indicator, entry.begun, entry.ended, entry.claim.lowest, entry.claim.highest)


def _sort_key(entry: Observation) -> tuple[str, ...]:
    return (*map(str, _same(entry)), entry.id)
