"""What a method says of years of evidence, cut down to what must not depend on order, files or engines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from ratingengine.engine.assess import Intervals, Method, assess, assess_values
from ratingengine.engine.chain import Link, chain, handed_on, link_of, publish, years_handed_on
from ratingengine.model.assessment import Prior
from ratingengine.model.evidence import Evidence
from ratingengine.model.override import Override
from ratingengine.model.value import IndicatorValue
from ratingengine.testing.files import POPULATION
from ratingengine.testing.told import severity, told

__all__ = ["LAST", "link_on", "links", "on_constant_values", "prior_of", "severity", "told"]

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


def link_on(
    method: Method,
    evidence: Evidence,
    day: date,
    population: int | None,
    prior: Prior | None,
    supposed: Intervals | None = None,
    profile: str = "coded",
) -> Link:
    """One day by itself, from a given year before."""
    return link_of(method, assess(method, profile, evidence, day, population, prior, supposed=supposed), day)


def prior_of(
    method: Method, evidence: Evidence, day: date, population: int | None = None, overrides: Sequence[Override] = ()
) -> Prior | None:
    """What the years before hand on, as they are established only."""
    return years_handed_on(method, ("coded",), evidence, day, population, overrides=overrides).priors["coded"]
