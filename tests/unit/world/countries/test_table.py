"""The country table: who is in it, under which codes and names."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from attrs.exceptions import FrozenInstanceError

from ratingengine.world.atlas.world import NOT_DRAWN
from ratingengine.world.countries import LANGS, Country, all_countries, by_iso3, resolve
from ratingengine.world.countries.folding import fold
from ratingengine.world.countries.shared_names import SHARED_NAMES
from ratingengine.world.countries.table import COLUMNS

PROJECT = Path(__file__).resolve().parents[4]
TABLE = PROJECT / "src" / "ratingengine" / "world" / "countries" / "countries.csv"
EXTRAS = PROJECT / "tools" / "country_extras.csv"
BENCHMARK = PROJECT.parent / "shared" / "benchmark"


def country(iso3: str) -> Country:
    found = by_iso3(iso3)
    assert found is not None, iso3
    return found


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_kazakhstan_has_its_codes_names_region_and_population() -> None:
    kazakhstan = country("KAZ")
    assert (kazakhstan.iso2, kazakhstan.numeric, kazakhstan.kind) == ("KZ", "398", "un_member")
    assert kazakhstan.names == {"en": "Kazakhstan", "ru": "Казахстан", "fr": "Kazakhstan", "es": "Kazajistán"}
    assert kazakhstan.name() == "Kazakhstan"
    assert kazakhstan.name("es") == "Kazajistán"
    assert "Қазақстан" in kazakhstan.aliases
    assert (kazakhstan.continent, kazakhstan.region) == ("Asia", "Central Asia")
    assert kazakhstan.population == 20_260_000
    assert str(kazakhstan) == "Kazakhstan (KAZ)"


def test_the_table_has_all_193_members_of_the_united_nations_and_its_two_observers() -> None:
    kinds = Counter(c.kind for c in all_countries())
    assert kinds["un_member"] == 193
    assert [c.iso3 for c in all_countries() if c.kind == "un_observer"] == ["PSE", "VAT"]


def test_parts_of_states_are_no_states() -> None:
    parts = [c for c in all_countries() if c.kind == "part"]
    assert len(parts) == 16
    assert {c.iso3 for c in parts} & set(NOT_DRAWN) == {c.iso3 for c in parts}
    assert {c.iso3[0] for c in parts} == {"X"}


def test_disputed_countries_are_marked_as_such() -> None:
    assert [c.iso3 for c in all_countries() if c.kind == "disputed"] == ["ESH", "TWN", "XKX", "XSL"]


@pytest.mark.parametrize(
    ("unit", "whole"),
    [
        ("XSL", "SOM"),
        ("ZZB", "TZA"),
        ("PSG", "PSE"),
        ("HKG", "CHN"),
        ("MAC", "CHN"),
        ("PRI", "USA"),
        ("XTB", "CHN"),
        ("XWB", "PSE"),
    ],
)
def test_a_unit_that_data_sets_treat_apart_is_a_row_of_its_own(unit: str, whole: str) -> None:
    assert country(unit) != country(whole)
    assert {fold(name) for name in country(unit).names.values()}.isdisjoint(
        fold(name) for name in (*country(whole).names.values(), *country(whole).aliases)
    )


@pytest.mark.parametrize("unit", ["PSG", "XSL", "ZZB", "XNK"])
def test_a_unit_without_standard_codes_has_neither_code_nor_population(unit: str) -> None:
    found = country(unit)
    assert (found.iso2, found.numeric, found.population) == (None, None, None)


def test_kosovo_has_the_codes_in_use_and_no_number() -> None:
    assert (country("XKX").iso2, country("XKX").numeric) == ("XK", None)


def test_countries_are_ordered_by_a_code_that_occurs_once() -> None:
    codes = [c.iso3 for c in all_countries()]
    assert codes == sorted(set(codes))
    assert len(codes) == 269


def test_codes_have_their_standard_form_and_are_not_shared() -> None:
    iso2 = [c.iso2 for c in all_countries() if c.iso2]
    numeric = [c.numeric for c in all_countries() if c.numeric]
    assert len(iso2) == len(set(iso2)) == 250
    assert len(numeric) == len(set(numeric)) == 249
    assert all(re.fullmatch("[A-Z]{3}", c.iso3) for c in all_countries())
    assert all(re.fullmatch("[A-Z]{2}", code) for code in iso2)
    assert all(re.fullmatch("[0-9]{3}", code) for code in numeric)


def test_every_country_has_a_name_in_each_language_and_a_region() -> None:
    for found in all_countries():
        assert all(found.name(lang).strip() == found.name(lang) != "" for lang in LANGS), found
        assert found.region, found


def test_regions_are_the_22_of_m49_and_antarctica_each_in_one_continent() -> None:
    placed = {(c.continent, c.region) for c in all_countries()}
    assert len(placed) == len({region for _, region in placed}) == 23
    members = Counter(c.continent for c in all_countries() if c.kind == "un_member")
    assert members == {"Africa": 54, "Americas": 35, "Asia": 47, "Europe": 43, "Oceania": 14}
    assert country("XKX").region == "Southern Europe"
    assert country("XSL").region == country("ZZB").region == "Eastern Africa"


def test_names_are_written_in_the_letters_of_their_language() -> None:
    assert [c.iso3 for c in all_countries() if not re.match("[А-ЯЁ]", c.name_ru)] == []
    assert [c.iso3 for c in all_countries() if re.search("[А-Яа-я]", c.name_en + c.name_fr + c.name_es)] == []


def test_russian_names_are_written_in_full() -> None:
    assert country("SLB").name_ru == "Соломоновы острова"
    assert country("SHN").name_ru == "Остров Святой Елены"
    assert country("COK").name_ru == "Острова Кука"


def test_populations_are_counted_in_people() -> None:
    assert country("IND").population == 1_409_130_000
    assert 7_800_000_000 < sum(c.population or 0 for c in all_countries()) < 8_400_000_000


def test_no_two_countries_share_a_name_an_alias_or_a_code() -> None:
    owners = defaultdict(set)
    for found in all_countries():
        for name in (*found.names.values(), *found.aliases, found.iso3, found.iso2 or found.iso3):
            owners[fold(name)].add(found.iso3)
    assert {name: codes for name, codes in owners.items() if len(codes) > 1} == {}
    assert "" not in owners
    assert owners.keys().isdisjoint(SHARED_NAMES)


def test_a_shared_name_belongs_to_two_countries_of_the_table() -> None:
    for codes in SHARED_NAMES.values():
        assert [country(code).iso3 for code in codes] == sorted(set(codes))
        assert len(codes) == 2


def test_an_alias_is_listed_once_and_differs_from_the_names() -> None:
    for found in all_countries():
        keys = [fold(alias) for alias in found.aliases]
        assert len(keys) == len(set(keys)), found
        assert set(keys).isdisjoint(fold(name) for name in found.names.values()), found


def test_a_country_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        country("KAZ").name_en = "Qazaqstan"  # type: ignore[misc]


@pytest.mark.parametrize("code", ["kaz", "KZ", "398", "XXX", ""])
def test_by_iso3_takes_only_iso3_codes_in_capitals(code: str) -> None:
    assert by_iso3(code) is None


def test_the_file_has_the_documented_columns() -> None:
    assert tuple(rows(TABLE)[0]) == COLUMNS


def test_the_file_ends_its_lines_alike_everywhere() -> None:
    content = TABLE.read_bytes()
    assert b"\r" not in content
    assert content.endswith(b"\n")


def test_every_hand_kept_name_reached_the_table() -> None:
    for row in rows(EXTRAS):
        if row["what"].startswith(("name_", "aliases_")):
            assert {resolve(name).iso3 for name in row["text"].split("|")} == {row["iso3"]}, row


@pytest.mark.skipif(not BENCHMARK.is_dir(), reason="shared/benchmark does not lie beside the project")
@pytest.mark.parametrize(("file", "column"), [("published_ratings.csv", "country"), ("indicators_2012_2025.csv", "country_name")])
def test_the_benchmarks_codes_and_names_are_in_the_table(file: str, column: str) -> None:
    for iso3, name in sorted({(row["iso3"], row[column]) for row in rows(BENCHMARK / file)}):
        assert country(iso3)
        assert not name or resolve(name).iso3 == iso3, name
