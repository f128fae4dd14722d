"""The facade: rate a country on a day, and every year up to one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from ratingengine.engine.assess import Intervals, Method, assess_values
from ratingengine.engine.chain import NONE, PRESSURES, HandedOn, Link, chains, link_of, years_handed_on
from ratingengine.engine.opening import (
    ENGINES,
    Loaded,
    codebook_folder,
    countries_on_record,
    load,
    load_evidence,
    load_method,
    open_engines,
    override_files,
    ready,
    rules_folder,
    source_files,
)
from ratingengine.engine.reference import source_digest
from ratingengine.evidence.values import indicator_values, with_intervals
from ratingengine.files.cache import cached
from ratingengine.model.assessment import INSUFFICIENT, Assessment, Prior, Versions
from ratingengine.model.evidence import Evidence
from ratingengine.model.override import Override, of_country, overrides_digest
from ratingengine.model.version import __version__
from ratingengine.world.countries import Country

__all__ = [
    "ENGINES",
    "Loaded",
    "answer_of",
    "carrying",
    "codebook_folder",
    "countries_on_record",
    "history",
    "latest_year",
    "load",
    "load_evidence",
    "load_method",
    "open_engines",
    "override_files",
    "rate",
    "ready",
    "rules_folder",
    "source_files",
    "versions",
]

MOST_NAMED = 3
"""Indicators that a remark names."""


def rate(
    loaded: Loaded,
    country: Country,
    as_of: date,
    known_at: date | None = None,
    prior: str | None = None,
    evidence: Evidence | None = None,
    *,
    overrides: Sequence[Override] | None = None,
    supposed: Intervals | None = None,
) -> Assessment:
    """The answer for a country on a day. `prior` (a rating word) replaces the computed rating of the year before.

    `evidence` and `overrides`, where given, stand in place of those of the records; `supposed` values (lowest and highest, in the
    indicator's own numbers) in place of what the evidence says of that day.
    """
    method = loaded.method
    judgements = of_country(loaded.overrides if overrides is None else overrides, country.iso3, known_at)
    # A prior from outside stands in place of the years before, and of what was judged of them.
    judgements = tuple(entry for entry in judgements if (entry.governs if prior else entry.bears_on)(as_of))
    full = load_evidence(loaded, country.iso3) if evidence is None else evidence
    known = full.known_at(known_at)
    if prior is not None:
        priors: Mapping[str, Prior | None] = dict.fromkeys(method.programs, _given(method, prior))
    elif evidence is not None:
        priors = years_handed_on(method, method.programs, known, as_of, country.population, overrides=judgements).priors
    else:
        priors = _priors(loaded, country, known, as_of, known_at, judgements)
    values = indicator_values(known, method.codebook, as_of, country.population)
    values = with_intervals(values, supposed, country.population) if supposed else values
    found = {name: assess_values(method, name, values, as_of, before, known.sources) for name, before in priors.items()}
    links = {name: link_of(method, assessed, as_of, overrides=judgements) for name, assessed in found.items()}
    profile = carrying(links)
    return answer_of(loaded, country, known, known_at, links, profile, overrides=judgements)


def _given(method: Method, word: str) -> Prior:
    severity = method.scale.severity(word)
    return Prior(severity, severity, NONE)


def _priors(
    loaded: Loaded,
    country: Country,
    evidence: Evidence,
    as_of: date,
    known_at: date | None,
    overrides: tuple[Override, ...],
) -> Mapping[str, Prior | None]:
    """What the year before hands on, from the cache where the same engines have run on the same content."""
    method = loaded.method

    def make() -> HandedOn:
        return years_handed_on(method, method.programs, evidence, as_of, country.population, overrides=overrides)

    engines = {profile: [engine.name for engine in engines] for profile, engines in method.engines.items()}
    # Rules of another day may differ in their measures alone, which the program does not hold.
    named = (as_of, known_at, country.iso3, country.population, engines, method.compiled.day)
    program = source_digest(method.compiled.programs)
    salt = f"{named} {program} {method.compiled.digest} {loaded.codebook_digest} {evidence.digest} {overrides_digest(overrides)}"
    return cached(HandedOn, (), make, salt).priors


def carrying(links: Mapping[str, Link]) -> str:
    """The first profile of the scale that is sufficient; else the first of which anything is known that its rules read.

    The first one where nothing is known.
    """
    sufficient = [name for name, link in links.items() if link.assessment.status != INSUFFICIENT]
    told = [name for name, link in links.items() if link.assessment.known]
    return (sufficient or told or list(links))[0]


def answer_of(
    loaded: Loaded,
    country: Country,
    evidence: Evidence,
    known_at: date | None,
    links: Mapping[str, Link],
    profile: str,
    *,
    overrides: Sequence[Override] | None = None,
) -> Assessment:
    """The answer that a day's links give, one a profile, with the profile that carries the rating; `overrides` as for `rate`."""
    method, link = loaded.method, links[profile]
    given = of_country(loaded.overrides if overrides is None else overrides, country.iso3, known_at)
    judgements = tuple(entry for entry in given if entry.bears_on(link.as_of))
    published = link.published

    def word(severity: int | None) -> str | None:
        return None if severity is None else method.scale.word(severity)

    return Assessment(
        country=country.iso3,
        as_of=link.as_of,
        known_at=known_at,
        rating=word(published.rating),
        previous=word(published.previous),
        change=published.change,
        pressure=PRESSURES[published.pressure],
        by_rules=word(link.by_rules.rating),
        change_by_rules=link.by_rules.change,
        override=link.override,
        earlier_overrides=tuple(entry for entry in judgements if entry != link.override),
        profile=profile,
        profiles={name: found.assessment for name, found in links.items()},
        published={name: (word(found.published.rating), found.published.change) for name, found in links.items()},
        engines=tuple(engine.name for engine in method.engines[profile]),
        remarks=(*method.remarks, *_left_out(evidence)),
        titles=method.compiled.titles,
        versions=versions(method, evidence, overrides=judgements),
    )


def _left_out(evidence: Evidence) -> tuple[str, ...]:
    """A remark on rows of tables that these rules have no question for."""
    names = list(evidence.left_out)
    if not names:
        return ()
    rows = sum(evidence.left_out.values())
    shown = ", ".join(names[:MOST_NAMED]) + (", …" if len(names) > MOST_NAMED else "")
    return (f"rows of tables left out, as these rules do not read them: {rows} ({shown})",)


def versions(method: Method, evidence: Evidence, *, overrides: Sequence[Override] = ()) -> Versions:
    """What an answer must name to be recomputed."""
    compiled = method.compiled
    rules = f"{compiled.name} {compiled.version}"
    return Versions(__version__, rules, compiled.digest, compiled.day, evidence.digest, overrides_digest(overrides))


def history(
    loaded: Loaded,
    country: Country,
    until: date,
    known_at: date | None = None,
    evidence: Evidence | None = None,
    *,
    overrides: Sequence[Override] | None = None,
    since: date | None = None,
) -> Mapping[str, tuple[Link, ...]]:
    """Each year's link of the chain up to a day, by profile; `evidence` and `overrides` as for `rate`, `since` as for `chain`."""
    full = load_evidence(loaded, country.iso3) if evidence is None else evidence
    known = full.known_at(known_at)
    judgements = of_country(loaded.overrides if overrides is None else overrides, country.iso3, known_at)
    profiles = tuple(loaded.method.programs)
    links = tuple(chains(loaded.method, profiles, known, until, country.population, overrides=judgements, since=since))
    return {profile: tuple(link[profile] for link in links) for profile in profiles}


def latest_year(evidence: Evidence) -> int | None:
    """The last year that an entry begins or ends in, or was reported in as still open; None without evidence."""
    days = [day for entry in evidence.observations for day in (entry.begun, entry.ended) if day is not None]
    days += [search.ended for search in evidence.searches]
    days += [entry.reported[1] for entry in evidence.observations if entry.ended is None]
    return max(days).year if days else None
