"""What a method says of years of evidence, cut down to what must not depend on order, files or engines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from ratingengine.assess import Method, assess_values
from ratingengine.chain import Link, chain, handed_on, publish
from ratingengine.model.assessment import Prior
from ratingengine.model.evidence import Evidence
from ratingengine.model.value import IndicatorValue
from ratingengine.testing.files import POPULATION
from ratingengine.testing.told import severity, told

__all__ = ["LAST", "links", "on_constant_values", "severity", "told"]

LAST = date(2023, 12, 31)


def links(method: Method, evidence: Evidence, until: date = LAST) -> tuple[Link, ...]:
    """The chain of the coded profile."""
    return tuple(chain(method, "coded", evidence, until, POPULATION))


def on_constant_values(method: Method, values: Mapping[str, IndicatorValue], prior: Prior | None) -> Iterator[int | None]:
    """The published severity of each year, on evidence that stays as it is."""
    scale = method.scale
    while True:
        found = assess_values(method, "coded", values, LAST, prior)
        assessed = None if found.assessed is None else scale.severity(found.assessed)
        published = publish(assessed, prior, found.gate, scale.free)
        yield published.rating
        prior = handed_on(published, assessed, scale.severity(found.possible[-1]))
