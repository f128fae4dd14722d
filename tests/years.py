"""What a method says of years of evidence, cut down to what must not depend on order, files or engines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from strategies import POPULATION

from ratingengine.assess import Method, assess_values
from ratingengine.chain import Link, chain, handed_on, publish
from ratingengine.model.assessment import Prior, ProfileAssessment
from ratingengine.model.evidence import Evidence
from ratingengine.model.value import IndicatorValue
from ratingengine.reports.canonical import trace_sha256

LAST = date(2023, 12, 31)


def links(method: Method, evidence: Evidence, until: date = LAST) -> tuple[Link, ...]:
    """The chain of the coded profile."""
    return tuple(chain(method, "coded", evidence, until, POPULATION))


def told(link: Link) -> dict[str, Any]:
    """An answer without places and digests."""
    found = link.assessment
    return {
        "as_of": link.as_of,
        "published": link.published,
        "status": (found.status, found.assessed, found.ceiling, found.possible, found.missing),
        "facets": found.facets,
        "trace": trace_sha256(found.steps),
        "not excluded": trace_sha256(found.not_excluded),
        "counts": (found.coverage, found.standing_only, found.gate, found.watchlist),
        "evidence": {name: [entry.id for entry in value.observations] for name, value in found.values.items()},
    }


def severity(method: Method, found: ProfileAssessment) -> tuple[int, int]:
    """The ceiling that the evidence establishes, and the worst rating that it does not exclude."""
    scale = method.scale
    return scale.severity(found.ceiling), scale.severity(found.possible[-1])


def on_constant_values(method: Method, values: Mapping[str, IndicatorValue], prior: Prior | None) -> Iterator[int | None]:
    """The published severity of each year, on evidence that stays as it is."""
    scale = method.scale
    while True:
        found = assess_values(method, "coded", values, LAST, prior)
        assessed = None if found.assessed is None else scale.severity(found.assessed)
        published = publish(assessed, prior, found.gate)
        yield published.rating
        prior = handed_on(published, assessed, scale.severity(found.possible[-1]))
