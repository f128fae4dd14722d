"""Evidence without some of its sources or coders."""

from __future__ import annotations

from attrs import evolve

from ratingengine.model.evidence import Entry, Evidence, Observation


def cited_by(entry: Entry) -> frozenset[str]:
    """The sources of a record, by id."""
    cited = entry.sources if isinstance(entry, Observation) else (entry.source,)
    return frozenset(citation.source for citation in cited)


def without_sources(evidence: Evidence, names: frozenset[str]) -> Evidence:
    """Evidence of all years without what rests on these sources alone; what others report too keeps their citations."""
    kept = []
    for entry in evidence.observations:
        sources = tuple(citation for citation in entry.sources if citation.source not in names)
        if sources:
            kept.append(entry if len(sources) == len(entry.sources) else evolve(entry, sources=sources))
    searches = tuple(search for search in evidence.searches if search.source.source not in names)
    return evolve(evidence, observations=tuple(kept), searches=searches)


def without_coder(evidence: Evidence, coder: str) -> Evidence:
    """Evidence of all years without what this coder coded."""
    return evolve(
        evidence,
        observations=tuple(entry for entry in evidence.observations if entry.coder != coder),
        searches=tuple(search for search in evidence.searches if search.coder != coder),
    )
