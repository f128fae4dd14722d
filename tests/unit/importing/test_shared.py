"""The shared data sets through their mappings, against counts taken from the files by other means."""

from __future__ import annotations

import csv
import gzip
import io
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from support.imported import Made, balanced, import_as_it_is, import_of, shipped_mapping
from support.published_rows import shared

from ratingengine.importing.coverage import ALL, Statement
from ratingengine.importing.dating import Release
from ratingengine.world.countries import by_iso3
from ratingengine.world.countries.folding import fold
from ratingengine.world.countries.resolve import by_name

FILES = {
    "vdem": "data/vdem_v15_cliar/vdem_v15_cliar_1990_2024.csv.gz",
    "vdem-12": "data/vdem_v12_demspaces/vdem_v12_demspaces_1970_2021.csv.gz",
    "vdem-owid": "data/vdem_v16_owid/vdem_v16_owid_1789_2025.csv.gz",
    "freedom-house": "data/freedom_house/fiw_subscores_ed2013_2024.csv",
    "rsf": "data/rsf_press_freedom/rsf_2014_2023.csv",
    "pts": "data/political_terror_scale/PTS-2024.csv",
    "stop": "data/accessnow_stop/access_now_2016_2025.csv",
    "cpj": "data/cpj_journalists/cpj_killed_1992_2025.csv",
    "acled": "data/acled_eca_weekly/acled_eca_country_year_subtype.csv",
}


SAID = {
    "stop": Statement((date(2016, 1, 1), date(2025, 12, 31)), frozenset({ALL})),
    "cpj": Statement((date(1992, 1, 1), date(2025, 6, 6)), frozenset({ALL})),
}
"""What the user says that these files cover, as `make results` does."""


@cache
def made(name: str) -> Made:
    release = Release(said=SAID.get(name, Statement()))
    return import_as_it_is(shipped_mapping(name.removesuffix("-12")), shared(FILES[name]), release)


@cache
def rows(name: str) -> tuple[Mapping[str, str], ...]:
    return tuple(_rows(shared(FILES[name])))


def _rows(path: Path) -> Iterator[Mapping[str, str]]:
    raw = path.read_bytes()
    text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8-sig")
    yield from csv.DictReader(io.StringIO(text, newline=""))


def differing(one: Mapping[Any, Any], other: Mapping[Any, Any]) -> list[object]:
    """The first keys in which two mappings differ; to show all of them would take minutes."""
    return sorted((key for key in {*one, *other} if one.get(key) != other.get(key)), key=str)[:5]


def code(text: str) -> str | None:
    country = by_iso3(text) or by_name(fold(text))
    return None if country is None else country.iso3


@pytest.mark.parametrize("name", FILES)
def test_every_row_of_the_file_is_told_of(name: str) -> None:
    tally = made(name).tally
    assert tally.read == len(rows(name))
    assert balanced(tally)
    assert tally.refused == tally.refused_values == tally.duplicates == 0
    assert tally.unrecognised_rows == 0, dict(tally.unrecognised)


@pytest.mark.parametrize("name", ["vdem", "vdem-12"])
def test_each_value_of_v_dem_is_that_of_the_file(name: str) -> None:
    found, country = made(name), "country_code" if name == "vdem" else "country_text_id"
    wanted: dict[tuple[str, int, str], str] = {}
    for row in rows(name):
        iso3 = {"SML": "XSL"}.get(row[country], row[country])
        until = {"RUS": 1991, "SRB": 2005, "CZE": 1992, "YEM": 1990, "DEU": 1990, "VNM": 1975}.get(iso3, 0)
        if iso3 not in ("DDR", "YMD", "VDR") and int(row["year"]) > until:
            wanted |= {(iso3, int(row["year"]), f"vdem.{column}"): row[column] for column in found.outcome.used if row[column]}
    rounded = {key: Decimal(text).quantize(Decimal("0.001")) for key, text in wanted.items()}
    assert differing(rounded, {key: row.value for key, row in found.said.items()}) == []


def test_units_that_are_gone_are_apart_under_every_mapping_of_v_dem() -> None:
    owid = {(row.iso3, row.year) for row in made("vdem-owid").rows}
    assert ("PSE", 1948) not in owid, "the British Mandate is no Palestine"
    for name in ("vdem", "vdem-12"):
        own = {(row.iso3, row.year) for row in made(name).rows}
        assert {iso3 for iso3, _ in own - owid} <= {"PSE", "PSG"}, "of which Our World in Data has none in these years"
    assert made("vdem-12").tally.apart["West Germany (historical)"] == 21
    assert made("vdem-12").tally.apart["North Vietnam (historical)"] == 6
    assert made("vdem-owid").tally.apart["Palestine under the British Mandate (apart)"] == 31


def test_kazakhstan_2022_in_v_dem_as_the_data_s_own_page_prints_it() -> None:
    values = {"v2cseeorgs": "-0.450", "v2csreprss": "0.209", "v2caassemb": "-0.738", "v2x_civlib": "0.515", "v2cafexch": "0.152"}
    assert {name: made("vdem").value("KAZ", 2022, f"vdem.{name}") for name in values} == values
    assert made("vdem-owid").value("KAZ", 2022, "vdem.v2x_freexp_altinf") == "0.389"
    assert made("rsf").value("KAZ", 2021, "rsf.score") == "48.28"
    assert made("pts").value("KAZ", 2022, "pts.amnesty") == "4.00"
    assert made("freedom-house").value("KAZ", 2022, "fiw.total") == "23.00"
    assert {year: made("stop").value("KAZ", year, "stop.shutdowns") for year in range(2016, 2026)} == {
        2016: "0", 2017: "0", 2018: "1", 2019: "3", 2020: "0", 2021: "2", 2022: "2", 2023: "0", 2024: "1", 2025: "0",
    }  # fmt: skip
    assert made("cpj").value("KAZ", 2009, "cpj.journalists_killed") == "1"
    assert made("cpj").value("KAZ", 2022, "cpj.journalists_killed") == "0"
    weeks = made("acled").said["KAZ", 2022, "acled.excessive_force"]
    assert (weeks.value, weeks.low) == (None, Decimal(4)), (
        "four weeks of a district, in each of which there may have been several"
    )
    assert "weeks of a first-level district" in (weeks.note or "")
    assert made("acled").value("KAZ", 2021, "acled.excessive_force") == "0"


def test_freedom_house_gives_what_the_file_has_of_countries_that_are_recognised() -> None:
    found = made("freedom-house")
    wanted = Counter(row["D1"] for row in rows("freedom-house") if code(row["Country/Territory"]))
    assert Counter(f"{row.value:.0f}" for row in found.rows if row.indicator == "fiw.d1") == wanted
    assert sum(found.tally.apart.values()) == sum(1 for row in rows("freedom-house") if not code(row["Country/Territory"]))
    assert ("SOM", 2022, "fiw.d1") in found.said
    assert ("XSL", 2022, "fiw.d1") in found.said
    assert found.value("SOM", 2022, "fiw.total") != found.value("XSL", 2022, "fiw.total")
    assert not [row for row in found.rows if row.iso3 == "PSE"], "West Bank and Gaza are no Palestine"


def test_rsf_describes_the_year_before_its_edition() -> None:
    own = {"XKO": "XKX"}
    published = {
        (own.get(row["iso3"], row["iso3"]), int(row["edition"])): Decimal(row["score"])
        for row in rows("rsf")
        if by_iso3(row["iso3"]) or row["iso3"] in own
    }
    scores = {(row.iso3, row.year + 1): row.value for row in made("rsf").rows if row.indicator == "rsf.score"}
    assert differing(scores, published) == []


def test_the_political_terror_scale_says_none_of_what_was_not_scored() -> None:
    wanted = Counter(
        float(row[column])
        for row in rows("pts")
        for column in ("PTS_A", "PTS_H", "PTS_S")
        if row[column] and row["Country"] != ""
    )
    apart = Counter(
        float(row[column])
        for row in rows("pts")
        for column in ("PTS_A", "PTS_H", "PTS_S")
        if row[column] and code(row["Country"]) is None and row["Country"] != "Congo"
    )
    found = made("pts")
    assert Counter(float(row.value) for row in found.rows if row.value is not None) == wanted - apart
    none = [row for row in found.rows if row.value is None]
    assert {(row.text, row.low, row.high) for row in none} == {("none", None, None)}
    assert len(none) == found.tally.none == found.tally.observations - (wanted - apart).total()


ELSEWHERE = {
    ("BGD", 2020): 1, ("IND", 2017): 2, ("IND", 2018): 2, ("IND", 2019): 1, ("IND", 2020): 1, ("IND", 2022): 1, ("IRN", 2018): 1,
    ("JOR", 2018): 1, ("PAK", 2016): 1, ("PAK", 2017): 1, ("YEM", 2016): 1, ("YEM", 2017): 1, ("YEM", 2018): 1,
}  # fmt: skip
"""Shutdowns in force in a year in which Access Now has no row of them, found in the file by hand."""


def test_shutdowns_and_killings_are_as_many_as_the_rows_of_their_country_and_year() -> None:
    for name, year, column in (("stop", "count_year", "country"), ("cpj", "year", "location")):
        own = {"Congo": "COG", "Republic of Congo": "COG", "Bosnia": "BIH"}
        wanted: Counter[tuple[str, int]] = Counter()
        for row in rows(name):
            for part in row[column].split(";") if name == "stop" else [row[column]]:
                iso3 = own.get(part.strip()) or code(part.strip())
                if iso3:
                    wanted[iso3, int(row[year])] += 1
        wanted.update(ELSEWHERE if name == "stop" else {})
        indicator = "stop.shutdowns" if name == "stop" else "cpj.journalists_killed"
        told = [row for row in made(name).rows if row.indicator == indicator]
        found = {(row.iso3, row.year): int(row.value if row.value is not None else row.low or 0) for row in told}
        assert differing({key: number for key, number in found.items() if number}, wanted) == []
        assert found["NOR", 2020] == 0
    for iso3 in ("SRB", "MNE", "XKX"):
        none = {year for year in range(1992, 2006) if (iso3, year, "cpj.journalists_killed") not in made("cpj").said}
        assert none == {1999, 2001}, "journalists listed for Yugoslavia may be of any of the three"
    lost = made("cpj").said.get(("ISR", 2023, "cpj.journalists_killed"))
    assert lost is None or lost.value is None, "journalists listed for Israel and Palestine together may be of either"


def test_a_spell_counts_in_each_year_that_it_touches_and_says_where_the_publisher_counts_it() -> None:
    iran = made("stop").said["IRN", 2018, "stop.shutdowns"]
    assert (iran.value, iran.note) == (Decimal(4), "1 of 4 counted by the publisher in another year"), "2017-12-30 to 2018-01-13"
    assert not [row for row in made("stop").rows if row.year > 2025], "one ends in 2026, of which the file tells nothing else"
    days = [(row["start_date"], row["end_date"], row["count_year"], row["country"]) for row in rows("stop")]
    for begun, ended, year, name in days:
        if ";" in name:
            continue
        for touched in {int(begun[:4]), int(ended[:4] or year), int(year)} & set(range(2016, 2026)):
            found = made("stop").said[{"Congo": "COG"}.get(name) or code(name) or "", touched, "stop.shutdowns"]
            assert found.value, (begun, ended, name, touched)


def test_rows_whose_reach_is_not_known_leave_no_exact_number_of_wide_shutdowns() -> None:
    unclear = [row for row in rows("stop") if row["geo_scope"] in ("", "Not sure")]
    assert len(unclear) == 10
    for row in unclear:
        found = made("stop").said.get((code(row["country"]) or "", int(row["count_year"]), "stop.wide_shutdowns"))
        assert found is None or found.value is None, row["country"]
    assert made("stop").value("GAB", 2021, "stop.shutdowns") == "1"


def test_years_that_a_file_has_only_in_part_have_no_exact_totals() -> None:
    killed = [row for row in made("cpj").rows if row.year == 2025]
    assert {(row.value, row.reported) for row in killed} == {(None, date(2025, 6, 6))}
    assert len(killed) == 4
    assert all(row.low and "2025-01-01 to 2025-06-06" in (row.note or "") for row in killed)
    for year in (2017, 2025):
        part = [row for row in made("acled").rows if row.year == year]
        assert part
        assert all(row.value is None and row.low for row in part)
    for name in ("stop", "cpj", "acled"):
        assert max(row.reported for row in made(name).rows) <= shipped_mapping(name).data.issued[1]


@pytest.mark.parametrize(
    ("name", "counts"), [("stop", (3997, 3280, 3, 3)), ("cpj", (6539, 5984, 4, 32)), ("acled", (1926, 1098, 828, 0))]
)
def test_the_numbers_that_the_documentation_gives(name: str, counts: tuple[int, ...]) -> None:
    tally = made(name).tally
    assert (tally.observations, tally.none, tally.least, tally.withheld) == counts


@pytest.mark.parametrize("name", ["stop", "cpj", "acled"])
def test_the_years_that_are_wanted_are_those_of_the_whole_file(name: str) -> None:
    release = Release(first=2019, last=2021, said=SAID.get(name, Statement()))
    some = import_as_it_is(shipped_mapping(name), shared(FILES[name]), release)
    assert some.rows == tuple(row for row in made(name).rows if 2019 <= row.year <= 2021)


def test_the_publishers_own_workbook_gives_the_ratings_of_the_sheet_of_scores(tmp_path: Path) -> None:
    """Three rows of headings, a block of columns an edition, a dash where there was no rating: made from the real values."""
    published = list(_rows(shared("data/freedom_house/fiw_status_1972_2023.csv")))
    years = sorted({int(row["year"]) for row in published})
    words = {"Free": "F", "Partially Free": "PF", "Partly Free": "PF", "Not Free": "NF"}
    said = {(row["country"], int(row["year"])): row for row in published}
    book = xlsxwriter.Workbook(str(tmp_path / "ratings.xlsx"))
    page = book.add_worksheet("Country Ratings, Statuses ")
    page.write_row(0, 0, ["Survey Edition", *(cell for year in years for cell in (year + 1, "", ""))])
    page.write_row(1, 0, ["Year(s) Under Review", *(cell for year in years for cell in (year, "", ""))])
    page.write_row(2, 0, ["", *["PR", "CL", "Status"] * len(years)])
    for at, country in enumerate(dict.fromkeys(row["country"] for row in published), start=3):
        cells: list[object] = [country]
        for year in years:
            one = said.get((country, year))
            texts = ("", "", "")
            if one is not None:
                texts = (one["political_rights"], one["civil_liberties"], words.get(one["status"], ""))
            cells += [int(text) if text.isdigit() else text or "-" for text in texts]
        page.write_row(at, 0, cells)
    book.close()
    wide, long = import_of(shipped_mapping("freedom-house"), tmp_path / "ratings.xlsx"), made("freedom-house")
    assert balanced(wide.tally)
    assert wide.tally.refused == wide.tally.unrecognised_rows == wide.tally.duplicates == 0, wide.tally
    names = ("fiw.political_rights_rating", "fiw.civil_liberties_rating", "fiw.status")
    shared_keys = [key for key in wide.said if key in long.said and key[2] in names]
    assert len(shared_keys) > 6500
    pairs = [[(one.said[key].value, one.said[key].text) for one in (wide, long)] for key in shared_keys]
    others = [key for key, (first, second) in zip(shared_keys, pairs, strict=True) if first != second]
    assert len(others) <= len(shared_keys) // 100, others[:10]
    assert {row.year for row in wide.rows} == set(years)
    assert dict(wide.tally.apart)["Soviet Union (historical)"] > 10


BENCHMARK = {
    "vdem": {f"vdem15_{name}": f"vdem.{name}" for name in ("v2cseeorgs", "v2csreprss", "v2caassemb", "v2x_cspart", "v2cafexch")},
    "vdem-owid": {f"vdem16_{name}": f"vdem.{name}" for name in ("v2x_freexp_altinf", "v2x_civlib", "v2x_rule")},
    "freedom-house": {"fh_D1": "fiw.d1", "fh_E1": "fiw.e1", "fh_CL": "fiw.civil_liberties_score", "fh_Total": "fiw.total"},
    "rsf": {"rsf_score_next_edition": "rsf.score"},
    "cpj": {"cpj_killed": "cpj.journalists_killed"},
}


@pytest.mark.parametrize("name", BENCHMARK)
def test_the_benchmark_gathered_by_others_has_the_same_values(name: str) -> None:
    compared = 0
    for row in _rows(shared("benchmark/indicators_2012_2025.csv")):
        for column, indicator in BENCHMARK[name].items():
            found = made(name).said.get((row["iso3"], int(row["year"]), indicator))
            if row[column] and found is not None:
                value = found.low if found.value is None else found.value
                assert value == Decimal(row[column]), (row["iso3"], row["year"], column)
                compared += 1
    assert compared > 1500 * len(BENCHMARK[name])
