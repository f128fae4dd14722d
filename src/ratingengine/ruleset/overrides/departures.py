"""Overrides against the rules: how far they depart, and which of them the rules have made unnecessary."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from ratingengine.engine.rating import Loaded, latest_year, load_evidence, rate
from ratingengine.model.override import Override
from ratingengine.model.window import last_day
from ratingengine.world.countries import by_iso3

STALE, NEEDED, NEVER_REACHED = "stale", "needed", "never reached"


@frozen
class Departure:
    """A day that an override governs; `by_rules` is what the rules publish on it (None: no rating), `bands` how far off."""

    override: Override
    day: date
    by_rules: str | None
    bands: int | None


@frozen
class Without:
    """A day with the published rating, and the one that is published when the override is left out."""

    day: date
    rating: str | None
    without: str | None

    @property
    def differs(self) -> bool:
        """Whether the override matters on that day."""
        return self.rating != self.without


@frozen
class Standing:
    """An override with its verdict and the days that were looked at."""

    override: Override
    verdict: str
    days: tuple[Without, ...]


def governed_days(override: Override, last: date | None) -> tuple[date, ...]:
    """Each 31 December that an override governs, and the last day it governs; none beyond `last`, the end of the record."""
    if last is None or last < override.first:
        return ()
    end = min(override.last, last)
    return tuple(sorted({end, *(day for day in override.year_ends if day <= end)}))


def departures(loaded: Loaded, override: Override) -> tuple[Departure, ...]:
    """Each governed day on record, with what the rules publish on it."""
    scale, country = loaded.method.scale, by_iso3(override.country)
    found: list[Departure] = []
    for day in governed_days(override, end_of_record(loaded, override.country)) if country else ():
        by_rules = None if country is None else rate(loaded, country, day).by_rules
        bands = None if by_rules is None else abs(scale.severity(override.rating) - scale.severity(by_rules))
        found.append(Departure(override, day, by_rules, bands))
    return tuple(found)


def standings(loaded: Loaded) -> tuple[Standing, ...]:
    """Each override by id with its verdict, the others left as they are."""
    return tuple(_standing(loaded, override) for override in loaded.overrides)


def _standing(loaded: Loaded, override: Override) -> Standing:
    """Whether the published ratings are the same without it: on the days it governs, and on each 31 December after them."""
    country = by_iso3(override.country)
    end = end_of_record(loaded, override.country)
    governed = governed_days(override, end)
    if country is None or end is None or not governed:
        return Standing(override, NEVER_REACHED, ())
    after = (last_day(year) for year in range(governed[-1].year, end.year + 1))
    days = (*governed, *(day for day in after if day > governed[-1]))
    others = tuple(entry for entry in loaded.overrides if entry.id != override.id)
    found = tuple(
        Without(day, rate(loaded, country, day).rating, rate(loaded, country, day, overrides=others).rating) for day in days
    )
    return Standing(override, NEEDED if any(day.differs for day in found) else STALE, found)


def end_of_record(loaded: Loaded, iso3: str) -> date | None:
    """31 December of the last year that a country's evidence speaks of; None without evidence."""
    year = latest_year(load_evidence(loaded, iso3))
    return None if year is None else last_day(year)
