"""Two codings compared: cell by cell, and by the ratings that follow from each."""

from __future__ import annotations

from pathlib import Path

from attrs import frozen

from ratingengine.engine.rating import countries_on_record, latest_year, load, load_evidence, rate
from ratingengine.evidence.values import indicator_values
from ratingengine.model.evidence import Evidence
from ratingengine.model.value import IndicatorValue
from ratingengine.model.window import last_day
from ratingengine.ruleset.agreement.agreement import Agreement, Cell, agreement
from ratingengine.world.countries import Country, by_iso3


@frozen
class Differing:
    """A country-year that the two codings rate differently."""

    country: Country
    year: int
    first: str | None
    second: str | None


@frozen
class Comparison:
    """Agreement over all country-years that either coding speaks of, and the ratings that differ."""

    country_years: int
    found: Agreement
    differing: tuple[Differing, ...]


def compare_codings(first: Path, second: Path) -> Comparison:
    """Both codings under the default rules, with the reference engine."""
    one, other = load(None, [first], "reference"), load(None, [second], "reference")
    left: dict[Cell, IndicatorValue] = {}
    right: dict[Cell, IndicatorValue] = {}
    differing: list[Differing] = []
    total = 0
    for code in sorted({*countries_on_record([first]), *countries_on_record([second])}):
        country = by_iso3(code)
        if country is None:
            continue
        bodies = load_evidence(one, code), load_evidence(other, code)
        for year in _years(bodies):
            total += 1
            ratings = []
            for loaded, evidence, values in ((one, bodies[0], left), (other, bodies[1], right)):
                found = indicator_values(evidence, loaded.method.codebook, last_day(year), country.population)
                values.update({(code, year, name): value for name, value in found.items()})
                # What codings are compared by is what follows from them, not what was judged.
                ratings.append(rate(loaded, country, last_day(year), evidence=evidence, overrides=()).rating)
            if ratings[0] != ratings[1]:
                differing.append(Differing(country, year, ratings[0], ratings[1]))
    return Comparison(total, agreement(left, right), tuple(differing))


def _years(bodies: tuple[Evidence, Evidence]) -> range:
    """From the first to the last year that either coding speaks of."""
    starts = [entry.begun.year for body in bodies for entry in body.entries]
    ends = [year for body in bodies if (year := latest_year(body)) is not None]
    return range(min(starts), max(ends) + 1) if starts else range(0)
