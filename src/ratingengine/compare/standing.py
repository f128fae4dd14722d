"""A country's rating on a day, whether computed from records or read from a table of ratings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from attrs import frozen

from ratingengine.compare.grounds import Grounds, grounds_of
from ratingengine.engine.rating import Loaded, countries_on_record, rate
from ratingengine.model.assessment import Assessment
from ratingengine.world.countries import Country, by_iso3


@frozen
class Standing:
    """What is said of a country on a day. What a table of ratings does not tell is None.

    `previous` is the rating of the year before, `levels` are by facet, `grounds` are the rules behind it; `answer` is the whole
    answer where it was computed from records. `population` is of the same source, or the country table's. `possible_worst` is the
    worst rating that is not excluded, `profile` the one that carries the rating.
    """

    country: Country
    as_of: date
    rating: str | None
    assessed: str | None = None
    previous: str | None = None
    status: str | None = None
    levels: Mapping[str, str | None] = {}
    watchlist: bool | None = None
    population: int | None = None
    grounds: Grounds | None = None
    answer: Assessment | None = None
    possible_worst: str | None = None
    profile: str | None = None


def standing_of(answer: Assessment, country: Country) -> Standing:
    """The standing that an answer gives."""
    chosen = answer.chosen
    return Standing(
        country=country,
        as_of=answer.as_of,
        rating=answer.rating,
        assessed=chosen.assessed,
        previous=answer.previous,
        status=chosen.status,
        levels={facet.facet: facet.level for facet in chosen.facets},
        watchlist=answer.watchlist,
        population=country.population,
        grounds=grounds_of(answer),
        answer=answer,
        possible_worst=chosen.possible[-1],
        profile=answer.profile,
    )


def on_record(loaded: Loaded) -> tuple[Country, ...]:
    """The countries that records or judgements speak of, by code."""
    codes = {*countries_on_record(loaded.records), *(entry.country for entry in loaded.overrides)}
    found = (by_iso3(code) for code in sorted(codes))
    return tuple(country for country in found if country is not None)


def standings(loaded: Loaded, countries: Iterable[Country], as_of: date, known_at: date | None = None) -> tuple[Standing, ...]:
    """Each country rated on the day."""
    return tuple(standing_of(rate(loaded, country, as_of, known_at), country) for country in countries)


def by_rating(found: Iterable[Standing], words: Sequence[str]) -> Mapping[str | None, tuple[Standing, ...]]:
    """The standings under each word of the scale, best first, then those without a rating; every word is there."""
    listed = tuple(found)
    return {word: tuple(one for one in listed if one.rating == word) for word in (*words, None)}
