"""Countries and territories: their codes, their names in four languages, and whom a text means."""

from __future__ import annotations

from ratingengine.world.countries.resolve import AmbiguousCountry, CountryNotResolved, UnknownCountry, resolve
from ratingengine.world.countries.table import LANGS, Country, Kind, Lang, all_countries, by_iso3

__all__ = [
    "LANGS",
    "AmbiguousCountry",
    "Country",
    "CountryNotResolved",
    "Kind",
    "Lang",
    "UnknownCountry",
    "all_countries",
    "by_iso3",
    "resolve",
]
