"""Every country-year on record with its rating: the panel that a data set is made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from attrs import frozen

from ratingengine.compare.standing import on_record
from ratingengine.engine.rating import Loaded
from ratingengine.engine.years import last_year, years_of
from ratingengine.model.assessment import Assessment
from ratingengine.model.window import last_day
from ratingengine.world.countries import Country
from ratingengine.world.countries.identify import number_in


@frozen
class PanelRow:
    """The rating of a country at the end of a year.

    `cown` and `gwn` are the numbers of the Correlates of War and of Gleditsch and Ward in that year. The evidence leaves the
    ratings from `best` to `worst` possible. `known` of `read` indicators are known. The last four say what gave the rating.
    """

    iso3: str
    country: str
    name_ru: str
    name_fr: str
    name_es: str
    cown: int | None
    gwn: int | None
    year: int
    rating: str | None
    best: str
    worst: str
    status: str
    assessed: str | None
    previous: str | None
    change: str | None
    watchlist: bool | None
    override: str | None
    profile: str
    known: int
    read: int
    software: str
    rules: str
    rules_sha256: str
    records_sha256: str


def panel(loaded: Loaded, known_at: date | None = None, countries: Iterable[Country] | None = None) -> tuple[PanelRow, ...]:
    """A row for each year from the first evidence of a country to the last; by country, then year.

    `countries`: those on record where None. Raises InvalidInput.
    """
    chosen = on_record(loaded) if countries is None else countries
    return tuple(row for country in chosen for row in _rows(loaded, country, known_at))


def _rows(loaded: Loaded, country: Country, known_at: date | None) -> Iterator[PanelRow]:
    year = last_year(loaded, country)
    if year is not None:
        yield from (_row(country, assessment) for assessment in years_of(loaded, country, last_day(year), known_at))


def _row(country: Country, assessment: Assessment) -> PanelRow:
    chosen, versions, year = assessment.chosen, assessment.versions, assessment.as_of.year
    return PanelRow(
        iso3=country.iso3,
        country=country.name_en,
        name_ru=country.name_ru,
        name_fr=country.name_fr,
        name_es=country.name_es,
        cown=number_in("cow", country, year),
        gwn=number_in("gw", country, year),
        year=year,
        rating=assessment.rating,
        best=chosen.possible[0],
        worst=chosen.possible[-1],
        status=chosen.status,
        assessed=chosen.assessed,
        previous=assessment.previous,
        change=assessment.change,
        watchlist=assessment.watchlist,
        override=None if assessment.override is None else assessment.override.id,
        profile=assessment.profile,
        known=chosen.known,
        read=chosen.read,
        software=versions.software,
        rules=versions.rules,
        rules_sha256=versions.rules_digest,
        records_sha256=versions.records_digest,
    )
