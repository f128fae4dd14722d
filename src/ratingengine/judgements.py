"""Overrides against the rules: how far they depart, and which of them the rules have made unnecessary."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from attrs import frozen

from ratingengine.countries import by_iso3
from ratingengine.model.override import Override
from ratingengine.model.window import last_day
from ratingengine.rating import Loaded, latest_year, load_evidence, rate

STALE, NEEDED, NEVER_REACHED = "stale", "needed", "never reached"


@frozen
class Departure:
    """A day that an override governs; `by_rules` is what the rules publish on it (None: no rating), `bands` how far that is."""

    override: Override
    day: date
    by_rules: str | None
    bands: int


@frozen
class Differing:
    """A day on which the published rating is another without the override."""

    day: date
    rating: str | None
    without: str | None


@frozen
class Standing:
    """An override with its verdict, the days looked at, and those on which leaving it out changes the rating."""

    override: Override
    verdict: str
    days: tuple[date, ...]
    differing: tuple[Differing, ...]


def governed_days(override: Override, last: date | None) -> tuple[date, ...]:
    """Each 31 December that an override governs, and the last day it governs; none beyond `last`, the end of the record."""
    if last is None or last < override.first:
        return ()
    end = min(override.last, last)
    return tuple(sorted({end, *(day for day in override.year_ends if day <= end)}))


def departures(loaded: Loaded) -> Iterator[Departure]:
    """Every governed day on record, with what the rules publish on it, by override and day."""
    scale = loaded.method.scale
    for override in loaded.overrides:
        country = by_iso3(override.country)
        if country is None:
            continue
        for day in governed_days(override, end_of_record(loaded, override.country)):
            by_rules = rate(loaded, country, day).by_rules
            bands = 0 if by_rules is None else abs(scale.severity(override.rating) - scale.severity(by_rules))
            yield Departure(override, day, by_rules, bands)


def standings(loaded: Loaded) -> tuple[Standing, ...]:
    """Each override by id with its verdict, the others left as they are."""
    return tuple(_standing(loaded, override) for override in loaded.overrides)


def _standing(loaded: Loaded, override: Override) -> Standing:
    """Whether the published ratings are the same without it: on the days it governs, and on each 31 December after them."""
    country = by_iso3(override.country)
    end = end_of_record(loaded, override.country)
    governed = governed_days(override, end)
    if country is None or end is None or not governed:
        return Standing(override, NEVER_REACHED, (), ())
    after = (last_day(year) for year in range(governed[-1].year, end.year + 1))
    days = (*governed, *(day for day in after if day > governed[-1]))
    others = tuple(entry for entry in loaded.overrides if entry.id != override.id)
    pairs = ((day, rate(loaded, country, day), rate(loaded, country, day, overrides=others)) for day in days)
    differing = tuple(Differing(day, found.rating, left.rating) for day, found, left in pairs if found.rating != left.rating)
    return Standing(override, NEEDED if differing else STALE, days, differing)


def end_of_record(loaded: Loaded, iso3: str) -> date | None:
    """31 December of the last year that a country's evidence speaks of; None without evidence."""
    year = latest_year(load_evidence(loaded, iso3))
    return None if year is None else last_day(year)
