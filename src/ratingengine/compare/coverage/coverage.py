"""What is on record about each country: years, how many observations of how many indicators, and sources."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from attrs import frozen

from ratingengine.compare.standing import on_record
from ratingengine.engine.rating import Loaded, latest_year, load_evidence
from ratingengine.model.evidence import Evidence
from ratingengine.model.indicator import is_derived
from ratingengine.world.countries import Country


@frozen
class CoverageRow:
    """What is on record about a country.

    `first` and `last` are years that evidence speaks of. `indicators`: how many of the `read` ones that the rules read have any.
    """

    iso3: str
    country: str
    first: int | None
    last: int | None
    observations: int
    searches: int
    indicators: int
    read: int
    sources: tuple[str, ...]


def coverage(loaded: Loaded, countries: Iterable[Country] | None = None) -> tuple[CoverageRow, ...]:
    """A row for each country, by code; those on record where `countries` is None. Raises InvalidInput."""
    chosen = on_record(loaded) if countries is None else countries
    read = _read(loaded)
    return tuple(_row(country, load_evidence(loaded, country.iso3), read) for country in chosen)


def _read(loaded: Loaded) -> frozenset[str]:
    """The indicators that any profile reads; of those per million, the count that is recorded."""
    names = {
        variable.name
        for program in loaded.method.programs.values()
        for variable in program.variables
        if variable.subject == "indicator"
    }
    inputs = chain.from_iterable(
        (entry.indicator for entry in measure.inputs)
        for definitions in loaded.method.compiled.measures.values()
        for measure in definitions.values()
    )
    return frozenset(name for name in {*names, *inputs} if not is_derived(loaded.method.codebook[name]))


def _row(country: Country, evidence: Evidence, read: frozenset[str]) -> CoverageRow:
    begun = [entry.begun.year for entry in evidence.entries]
    searched = {name for search in evidence.searches for name in search.indicators}
    cited = {cited.source for entry in evidence.observations for cited in entry.sources}
    return CoverageRow(
        iso3=country.iso3,
        country=country.name_en,
        first=min(begun, default=None),
        last=latest_year(evidence),
        observations=len(evidence.observations),
        searches=len(evidence.searches),
        indicators=len(read & {*evidence.observed, *searched}),
        read=len(read),
        sources=tuple(sorted(cited | {search.source.source for search in evidence.searches})),
    )
