"""One country's rows through the reference engine: the whole trace of any row, and what the columnar engine is held to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ratingengine.bulk.layout import Layout
from ratingengine.engine.assess import Method, assess_values
from ratingengine.engine.chain import Link, link_of
from ratingengine.engine.rating import carrying
from ratingengine.evidence.values import per_million
from ratingengine.model.assessment import Prior
from ratingengine.model.indicator import Codebook, base_of, is_derived
from ratingengine.model.value import IndicatorValue
from ratingengine.model.window import last_day
from ratingengine.world.countries import by_iso3

Row = Mapping[str, Any]


def values_of(row: Row, layout: Layout, iso3: str) -> Mapping[str, IndicatorValue]:
    """What an admitted row says of every indicator; nothing of one that it has no column for."""
    codebook: Codebook = layout.codebook
    country = by_iso3(iso3)
    found: dict[str, IndicatorValue] = {}
    for indicator in codebook.coded:
        held = layout.held.get(indicator.id)
        low, high = (None, None) if held is None else (row.get(held.low), row.get(held.high))
        absent = bool(held is not None and held.none and row.get(held.none))
        ends = (indicator.lowest if low is None else low, indicator.highest if high is None else high)
        found[indicator.id] = IndicatorValue(indicator, *ends, (), (), absent)
    for indicator in codebook:
        if is_derived(indicator):
            found[indicator.id] = per_million(indicator, found[base_of(indicator.id)], country.population if country else None)
    return found


def links_of(
    method: Method, profile: str, values: Mapping[int, Mapping[str, IndicatorValue]], unknown: Mapping[str, IndicatorValue]
) -> Mapping[int, Link]:
    """Each year's link of the chain over a country's years, those between them, of which nothing is known, included."""
    found: dict[int, Link] = {}
    prior: Prior | None = None
    for year in range(min(values), max(values) + 1):
        assessment = assess_values(method, profile, values.get(year, unknown), last_day(year), prior)
        found[year] = link_of(method, assessment, last_day(year))
        prior = found[year].hands_on
    return found


def traced(method: Method, rows: Sequence[Row], layout: Layout, iso3: str, year: int) -> tuple[str, Mapping[str, Link]]:
    """The profile that carries the rating of a country-year, and every profile's link."""
    values, unknown = {row["year"]: values_of(row, layout, iso3) for row in rows}, values_of({}, layout, iso3)
    links = {profile: links_of(method, profile, values, unknown)[year] for profile in method.programs}
    return carrying(links), links
