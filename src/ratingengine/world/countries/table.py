"""The country table: every ISO 3166 country and territory, and units that data sets treat apart.

Units of `kind` part are territories that Freedom House and others rate beside states (Crimea, Nagorno-Karabakh, Tibet). A data
set that has no row of them is not taken to have counted nothing there. Their codes begin with X, which ISO 3166 leaves to users;
neither code nor name says to whom a territory belongs.

Codes, names, regions and populations are those of CLDR 47. `tools/build_countries.py` writes `countries.csv`; what CLDR does not
have comes from `tools/country_extras.csv`.
"""

from __future__ import annotations

import csv
from functools import cache
from pkgutil import get_data
from typing import Final, Literal, get_args

from attrs import frozen

Kind = Literal["un_member", "un_observer", "territory", "disputed", "part"]
Lang = Literal["en", "ru", "fr", "es"]
LANGS: tuple[Lang, ...] = get_args(Lang)

COLUMNS: Final = (
    "iso3", "iso2", "numeric", "name_en", "name_ru", "name_fr", "name_es", "aliases", "kind", "continent", "region", "population",
)  # fmt: skip
_KINDS: Final[dict[str, Kind]] = {kind: kind for kind in get_args(Kind)}


@frozen(kw_only=True)
class Country:
    """A country or territory; `iso2`, `numeric` and `population` are None where no standard gives one.

    `continent` and `region` are region and sub-region of the United Nations' standard M49, by CLDR's English names; units that
    M49 leaves out (Kosovo, Taiwan, Somaliland, Gaza, Zanzibar) are where they lie.
    """

    iso3: str
    iso2: str | None
    numeric: str | None
    name_en: str
    name_ru: str
    name_fr: str
    name_es: str
    aliases: tuple[str, ...]
    kind: Kind
    continent: str
    region: str
    population: int | None

    def name(self, lang: Lang = "en") -> str:
        """Return the name to show in one of the four languages."""
        return {"en": self.name_en, "ru": self.name_ru, "fr": self.name_fr, "es": self.name_es}[lang]

    @property
    def names(self) -> dict[Lang, str]:
        """The name to show, by language."""
        return {lang: self.name(lang) for lang in LANGS}

    def __str__(self) -> str:
        return f"{self.name_en} ({self.iso3})"


@cache
def all_countries() -> tuple[Country, ...]:
    """Return every country and territory, by ISO3 code."""
    # importlib.resources would do the same, but its import alone takes 12 ms of every start of the command.
    content = get_data("ratingengine.world.countries", "countries.csv")
    if content is None:
        msg = "countries.csv is missing from the installed package"
        raise FileNotFoundError(msg)
    _heading, *rows = csv.reader(content.decode("utf-8").splitlines())
    return tuple(map(_country, rows))


def _country(row: list[str]) -> Country:
    iso3, iso2, numeric, name_en, name_ru, name_fr, name_es, aliases, kind, continent, region, population = row
    return Country(
        iso3=iso3,
        iso2=iso2 or None,
        numeric=numeric or None,
        name_en=name_en,
        name_ru=name_ru,
        name_fr=name_fr,
        name_es=name_es,
        aliases=tuple(aliases.split("|")) if aliases else (),
        kind=_KINDS[kind],
        continent=continent,
        region=region,
        population=int(population) if population else None,
    )


@cache
def _by_code() -> dict[str, Country]:
    countries = all_countries()
    return {c.iso3: c for c in countries} | {c.iso2: c for c in countries if c.iso2}


def by_code(code: str) -> Country | None:
    """Return the country with this ISO2 or ISO3 code, in either case."""
    # "ß" in capitals is "SS", which is a code; no code is meant by it.
    return _by_code().get(code.upper()) if code.isascii() else None


def by_iso3(code: str) -> Country | None:
    """Return the country with this ISO3 code, in capitals as records write it."""
    country = _by_code().get(code)
    return country if country and country.iso3 == code else None
