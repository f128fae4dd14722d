"""What the answer would be on other evidence: values supposed on the day, records left out of all years. Nothing is changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from attrs import evolve, frozen

from ratingengine.engine.rating import Loaded, load_evidence, rate
from ratingengine.errors import NotFound
from ratingengine.explain.left_out import cited_by, without_sources
from ratingengine.explain.settings import Intervals
from ratingengine.files.nodes import near
from ratingengine.model.assessment import Assessment
from ratingengine.model.evidence import Evidence, Search
from ratingengine.world.countries import Country


@frozen
class Supposed:
    """The answers before and after, what was supposed, and the ids of the records that were left out.

    `prior` is a rating of the year before that was supposed, if any.
    """

    before: Assessment
    after: Assessment
    settings: Intervals
    removed: tuple[str, ...]
    prior: str | None = None


def what_if(
    loaded: Loaded,
    country: Country,
    as_of: date,
    known_at: date | None,
    prior: str | None,
    settings: Intervals,
    removals: Sequence[str],
) -> Supposed:
    """Both answers. Settings act on the as-of day alone; what is left out is missing in every year. Raises NotFound."""
    evidence = load_evidence(loaded, country.iso3)
    before = rate(loaded, country, as_of, known_at)
    rest = without(evidence, removals)
    kept = {entry.id for entry in rest.entries}
    removed = tuple(entry.id for entry in evidence.entries if entry.id not in kept)
    changed = rest if removals else None
    after = rate(loaded, country, as_of, known_at, prior, changed, supposed=settings) if settings or removals or prior else before
    return Supposed(before, after, settings, removed, prior)


def without(evidence: Evidence, names: Iterable[str]) -> Evidence:
    """The evidence without what these name: a record, an event, an indicator or a source. Raises NotFound."""
    for name in names:
        rest = _without(evidence, name)
        if rest == evidence:
            known = sorted(_names(evidence))
            hint = near(name, known) or "name a record, an event, an indicator or a source that stands in the records"
            raise NotFound(f"nothing of {evidence.country} to leave out is named '{name}'; {hint}")
        evidence = rest
    return evidence


def _without(evidence: Evidence, name: str) -> Evidence:
    if any(name in cited_by(entry) for entry in evidence.entries):
        return without_sources(evidence, frozenset({name}))
    observations = tuple(entry for entry in evidence.observations if name not in (entry.id, entry.event, entry.indicator))
    searches = (_narrowed(search, name) for search in evidence.searches if search.id != name)
    return evolve(evidence, observations=observations, searches=tuple(search for search in searches if search.indicators))


def _narrowed(search: Search, name: str) -> Search:
    return evolve(search, indicators=tuple(indicator for indicator in search.indicators if indicator != name))


def _names(evidence: Evidence) -> set[str]:
    names = {name for entry in evidence.entries for name in (entry.id, *cited_by(entry))}
    names |= {name for entry in evidence.observations for name in (entry.event, entry.indicator) if name}
    return names | {name for search in evidence.searches for name in search.indicators}
