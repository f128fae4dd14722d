"""Which sources stand behind an answer, and what it would be without each of them, each publisher, each coder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import frozen

from ratingengine.engine.leaves import indicators
from ratingengine.engine.rating import Loaded, rate
from ratingengine.explain.left_out import cited_by, without_coder, without_sources
from ratingengine.model.assessment import Assessment, ProfileAssessment
from ratingengine.model.evidence import Entry, Evidence, Observation, Source
from ratingengine.model.indicator import base_of, is_derived
from ratingengine.world.countries import Country

KINDS = ("source", "publisher", "coder")


@frozen
class Behind:
    """A source with the records from it that count on the day, and the deciding rules that rest on them.

    `source` is None where the bibliography lacks it. Records are by id, all lists sorted.
    """

    id: str
    source: Source | None
    observations: tuple[str, ...]
    searches: tuple[str, ...]
    indicators: tuple[str, ...]
    facets: tuple[str, ...]
    deciding: tuple[str, ...]


@frozen
class Without:
    """The answer when one source, publisher or coder is left out of the evidence of all years.

    `observations` and `searches` count what falls away; `changed` says whether the published rating is another one.
    """

    kind: str
    name: str
    observations: int
    searches: int
    rating: str | None
    assessed: str | None
    status: str
    possible: tuple[str, ...]
    changed: bool


def sources_behind(assessment: Assessment, evidence: Evidence) -> tuple[Behind, ...]:
    """Every source of a record that counts on the day of the answer, by id."""
    chosen = assessment.chosen
    entries = list(_counting(chosen))
    rests_on = {rule: {base_of(name) for name in indicators(chosen, (rule,))} for rule in chosen.deciding}
    behind = []
    for name in sorted({cited for _, entry in entries for cited in cited_by(entry)}):
        own = [(indicator, entry) for indicator, entry in entries if name in cited_by(entry)]
        read = {indicator for indicator, _ in own}
        behind.append(
            Behind(
                id=name,
                source=evidence.sources.get(name),
                observations=_sorted(entry.id for _, entry in own if isinstance(entry, Observation)),
                searches=_sorted(entry.id for _, entry in own if not isinstance(entry, Observation)),
                indicators=_sorted(read),
                facets=_sorted(chosen.values[indicator].indicator.facet for indicator in read),
                deciding=tuple(rule for rule, names in rests_on.items() if names & read),
            )
        )
    return tuple(behind)


def _counting(chosen: ProfileAssessment) -> Iterator[tuple[str, Entry]]:
    """Each coded indicator with each record that counts on the day; its per-million companion rests on the same."""
    for name, value in chosen.values.items():
        if not is_derived(value.indicator):
            yield from ((name, entry) for entry in value.entries)


def _sorted(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(names)))


def leave_one_out(loaded: Loaded, country: Country, assessment: Assessment, evidence: Evidence) -> tuple[Without, ...]:
    """The published rating, its whole chain recomputed, without each source, publisher and coder; other ratings first."""
    known = evidence.known_at(assessment.known_at)
    rows = [_without(loaded, country, assessment, known, kind, name, rest) for kind, name, rest in _left_out(known)]
    return tuple(sorted(rows, key=lambda row: (not row.changed, KINDS.index(row.kind), row.name)))


def _left_out(evidence: Evidence) -> Iterator[tuple[str, str, Evidence]]:
    """What can be left out of evidence, by kind and name, and what is left without it."""
    cited = sorted({name for entry in evidence.entries for name in cited_by(entry)})
    publishers: dict[str, set[str]] = {}
    for name in cited:
        source = evidence.sources.get(name)
        if source is not None and source.publisher:
            publishers.setdefault(source.publisher, set()).add(name)
    groups = [("source", name, frozenset({name})) for name in cited]
    groups += [("publisher", name, frozenset(publishers[name])) for name in sorted(publishers)]
    for kind, name, sources in groups:
        yield kind, name, without_sources(evidence, sources)
    for coder in sorted({entry.coder for entry in evidence.entries}):
        yield "coder", coder, without_coder(evidence, coder)


def _without(
    loaded: Loaded, country: Country, assessment: Assessment, known: Evidence, kind: str, name: str, rest: Evidence
) -> Without:
    other = rate(loaded, country, assessment.as_of, assessment.known_at, evidence=rest)
    return Without(
        kind=kind,
        name=name,
        observations=len(known.observations) - len(rest.observations),
        searches=len(known.searches) - len(rest.searches),
        rating=other.rating,
        assessed=other.chosen.assessed,
        status=other.chosen.status,
        possible=other.chosen.possible,
        changed=other.rating != assessment.rating,
    )
