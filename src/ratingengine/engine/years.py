"""A country's answers year by year."""

from __future__ import annotations

from datetime import date

from ratingengine.engine.chain import Link
from ratingengine.engine.rating import Loaded, answer_of, carrying, history, latest_year, load_evidence
from ratingengine.model.assessment import Assessment
from ratingengine.world.countries import Country


def years_of(
    loaded: Loaded, country: Country, until: date, known_at: date | None = None, since: date | None = None
) -> tuple[Assessment, ...]:
    """The answer of each year from the 31 December `since` (the first evidence) up to a day, with the profile that carries it."""
    chains = history(loaded, country, until, known_at, since=since)
    evidence = load_evidence(loaded, country.iso3)
    found = []
    for links in zip(*chains.values(), strict=True):
        by_profile: dict[str, Link] = dict(zip(chains, links, strict=True))
        found.append(answer_of(loaded, country, evidence, known_at, by_profile, carrying(by_profile)))
    return tuple(found)


def last_year(loaded: Loaded, country: Country) -> int | None:
    """The last year of the evidence, or the last whose 31 December a judgement governs."""
    latest = latest_year(load_evidence(loaded, country.iso3))
    judged = [day.year for entry in loaded.overrides if entry.country == country.iso3 for day in entry.year_ends]
    return max([*judged, *([] if latest is None else [latest])], default=None)
