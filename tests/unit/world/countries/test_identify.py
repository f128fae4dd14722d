"""Whom a data set means: codes change with the year, and what is no country of the table stays apart by its name."""

from __future__ import annotations

import pytest

from ratingengine.world.countries import Country, UnknownCountry, all_countries, by_iso3, resolve
from ratingengine.world.countries.identify import SCHEMES, Apart, all_apart, identified


def said(scheme: str, text: str, year: int = 2022) -> str | None:
    found = identified(scheme, text, year)
    return found.iso3 if isinstance(found, Country) else None if found is None else str(found)


@pytest.mark.parametrize(
    ("scheme", "text", "year", "whom"),
    [
        ("iso3", "KAZ", 2022, "KAZ"),
        ("iso3", "kaz", 2022, None),
        ("iso3", "XSL", 2022, "XSL"),
        ("cow", "705", 2022, "KAZ"),
        ("cow", "705.0", 2022, "KAZ"),
        ("cow", "KZK", 2022, "KAZ"),
        ("cow", "002", 2022, "USA"),
        ("gw", "520", 2022, "SOM"),
        ("vdem", "SML", 2022, "XSL"),
        ("vdem", "139", 2022, "XSL"),
        ("vdem", "SOM", 2022, "SOM"),
        ("vdem", "PSG", 2022, "PSG"),
        ("vdem", "PSE", 2022, "PSE"),
        ("vdem", "ZZB", 2022, "ZZB"),
        ("vdem", "TZA", 2022, "TZA"),
        ("vdem", "HKG", 2022, "HKG"),
        ("vdem", "XKX", 2022, "XKX"),
        ("cow", "347", 2022, "XKX"),
        ("vdem", "DEU", 1948, "DEU"),
        ("vdem", "DEU", 1949, "West Germany (historical)"),
        ("vdem", "77", 1990, "West Germany (historical)"),
        ("vdem", "DEU", 1991, "DEU"),
        ("gw", "260", 1990, "West Germany (historical)"),
        ("gw", "260", 1991, "DEU"),
        ("vdem", "VNM", 1975, "North Vietnam (historical)"),
        ("vdem", "34", 1976, "VNM"),
        ("gw", "816", 1975, "North Vietnam (historical)"),
        ("cow", "816", 1976, "VNM"),
        ("cow", "365", 1991, "Soviet Union (historical)"),
        ("cow", "365", 1992, "RUS"),
        ("gw", "345", 1995, "Yugoslavia (historical)"),
        ("cow", "345", 2010, "SRB"),
        ("gw", "340", 2010, "SRB"),
        ("vdem", "DDR", 1980, "East Germany (historical)"),
        ("gw", "678", 1985, "Yemen Arab Republic (historical)"),
        ("gw", "678", 1995, "YEM"),
        ("cow", "970", 2020, "NRU"),
        ("gw", "970", 2020, "KIR"),
        ("name", "Kazakhstan", 2022, "KAZ"),
        ("name", "Казахстан", 2022, "KAZ"),
        ("name", "Somaliland", 2022, "XSL"),
        ("name", "Palestine", 2022, "PSE"),
        ("name", "West Bank", 2022, "XWB"),
        ("name", "Gaza Strip", 2022, "PSG"),
        ("name", "USSR", 1980, "Soviet Union (historical)"),
        ("name", "Congo", 2022, None),
        ("name", "Kazakstan", 2022, None),
        ("cow", "99999", 2022, None),
        ("gw", "365", 1900, None),
    ],
)
def test_a_text_means_one_unit_in_a_year_or_none(scheme: str, text: str, year: int, whom: str | None) -> None:
    assert said(scheme, text, year) == whom


def test_a_country_of_today_has_one_number_in_each_scheme_and_keeps_it() -> None:
    for scheme in ("cow", "gw", "vdem"):
        numbers = [str(n) for n in range(1, 1000)]
        found = [code for number in numbers if (code := said(scheme, number)) is not None and len(code) == 3]
        assert len(found) == len(set(found)), scheme
        assert len(found) > 170, scheme


def test_every_member_of_the_united_nations_has_a_number_of_cow_and_of_gleditsch_and_ward() -> None:
    members = {country.iso3 for country in all_countries() if country.kind == "un_member"}
    for scheme in ("cow", "gw"):
        assert members == {code for n in range(1, 1000) if (code := said(scheme, str(n))) in members}


def test_a_unit_apart_is_no_country_and_no_country_is_apart() -> None:
    for unit in all_apart():
        assert identified("name", unit.name, 2022) == unit
        assert unit.kind == "historical"
        with pytest.raises(UnknownCountry):
            resolve(unit.name)
    assert not {unit.code for unit in all_apart()} & {country.iso3 for country in all_countries() if country.kind == "un_member"}


def test_every_name_of_the_table_still_means_its_country() -> None:
    for country in all_countries():
        for name in (country.name_en, country.name_ru, country.name_fr, country.name_es):
            assert identified("name", name, 2022) == country


def test_there_is_no_other_scheme() -> None:
    assert SCHEMES == ("name", "iso3", "cow", "gw", "vdem")
    assert isinstance(identified("name", "Soviet Union", 1980), Apart)
    assert by_iso3("SUN") is None
