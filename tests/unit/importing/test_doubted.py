"""Rows that are left out: all totals that they may belong to are lower bounds, whatever keeps them out, and no other total is."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.imported import COUNT, COUNTRY, SPELLS, YEAR, balanced, import_of, mapping_of, totals, written

from ratingengine.importing import coverage
from ratingengine.importing.dating import Release
from ratingengine.world.countries import all_countries


def units_of_the_world() -> list[str]:
    return [country.iso3 for country in all_countries() if country.kind in coverage.WORLD]


ZONE = "units:\n  - {written: Zone, apart: A zone, of: [ISR]}\n"
WORLD = "covers: {countries: world, from: 2018, to: 2022}\n"
TWO = """indicators:
  - {indicator: stop.shutdowns, rows: count, where: [{columns: [kind], is: [cut]}]}
  - {indicator: cpj.journalists_killed, rows: count, where: [{columns: [kind], is: [killed]}]}
"""
CHAD = "Chad,2018-01-01,2022-01-01,Ended"


@pytest.mark.parametrize(
    ("line", "doubted"),
    [
        ("Zone,2019-03-01,2021-04-01,Ended", {"ISR": {2019, 2020, 2021}}),
        ("Zone,2020-03-01,,Ongoing", {"ISR": {2020, 2021, 2022}}),
        ("Zone,soon,,Ended", {"ISR": set(range(2018, 2023))}),
        ("Kenya,soon,,Ended", {"KEN": set(range(2018, 2023))}),
        ("Kenia Land,2019-03-01,2021-04-01,Ended", {"ISR": {2019, 2020, 2021}, "KEN": {2019, 2020, 2021}}),
        ("Kenia Land,soon,,Ended", {"ISR": set(range(2018, 2023)), "KEN": set(range(2018, 2023))}),
        (",2019-03-01,2019-04-01,Ended", {"ISR": {2019}, "KEN": {2019}}),
        (";,2019-03-01,2019-04-01,Ended", {"ISR": {2019}, "KEN": {2019}}),
        ("Kenya,2019-03-01,2019-04-01,Ended,!", {"ISR": set(range(2018, 2023)), "KEN": set(range(2018, 2023))}),
        ("Kenya,2019-03-01", {"ISR": set(range(2018, 2023)), "KEN": set(range(2018, 2023))}),
    ],
)
def test_a_row_that_is_left_out_doubts_all_that_it_may_belong_to(line: str, doubted: dict[str, set[int]], tmp_path: Path) -> None:
    mapping = mapping_of(COUNTRY.replace("name}", "name, separator: ;}") + ZONE + SPELLS + WORLD + COUNT, tmp_path)
    made = import_of(mapping, written(tmp_path, ["country,start,end,state", CHAD, line]))
    for iso3 in ("ISR", "KEN"):
        sure = set(range(2018, 2023)) - doubted.get(iso3, set())
        assert totals(made, iso3) == dict.fromkeys(sure, "0"), iso3
    chad = [made.said["TCD", year, "stop.shutdowns"] for year in range(2018, 2023)]
    everybody = len(doubted) > 1
    assert [row.value is None for row in chad] == [everybody and row.year in doubted["ISR"] for row in chad]
    assert {row.value or row.low for row in chad} == {1}
    assert made.tally.least == len([row for row in made.rows if row.value is None])
    assert made.tally.observations + made.tally.withheld == 5 * len(units_of_the_world())
    assert balanced(made.tally)


@pytest.mark.parametrize("line", [",,,", " ,", ",,,,,"])
def test_a_row_of_empty_cells_is_no_row(line: str, tmp_path: Path) -> None:
    made = import_of(
        mapping_of(COUNTRY + SPELLS + WORLD + COUNT, tmp_path), written(tmp_path, ["country,start,end,state", CHAD, line])
    )
    assert (made.tally.read, made.tally.outside, made.tally.refused) == (2, 1, 0)
    assert totals(made, "KEN") == dict.fromkeys(range(2018, 2023), "0")


@pytest.mark.parametrize("line", ["365,1990-01-01,1992-06-01,Ended", "365,1991-01-01,,Ongoing"])
def test_a_spell_over_the_end_of_a_state_is_of_none_of_its_codes_alone(line: str, tmp_path: Path) -> None:
    units = "units:\n  - {written: '365', apart: Soviet Union, of: [KAZ, RUS], to: 1991}\n"
    text = COUNTRY.replace("by: name", "by: gw") + units + SPELLS + "covers: {countries: world, from: 1989, to: 1993}\n" + COUNT
    lines = ["country,start,end,state", "365,1992-01-01,1993-01-01,Ended", "290,1989-01-01,1989-01-02,Ended", line]
    made = import_of(mapping_of(text, tmp_path), written(tmp_path, lines))
    (refusal,) = made.tally.refusals
    assert (refusal.text, refusal.reason) == ("365", "means another unit in a later year of the row")
    sure = {1989, 1993} if "1992" in line else {1989, 1990}
    assert set(totals(made, "KAZ")) == sure
    assert [made.said["RUS", year, "stop.shutdowns"].low for year in (1992, 1993)] == ([1, None] if 1993 in sure else [1, 1])
    assert totals(made, "POL") == {1989: "1", 1990: "0", 1991: "0", 1992: "0", 1993: "0"}
    assert balanced(made.tally)


def test_a_unit_apart_is_of_other_countries_in_other_years(tmp_path: Path) -> None:
    units = "units:\n  - {written: Zone, apart: Z, of: [ISR], to: 2019}\n  - {written: Zone, apart: Z, of: [KEN], from: 2020}\n"
    mapping = mapping_of(COUNTRY + units + SPELLS + WORLD + COUNT, tmp_path)
    file = written(tmp_path, ["country,start,end,state", CHAD, "Zone,2019-03-01,2020-04-01,Ended"])
    for iso3 in ("ISR", "KEN"):
        assert set(totals(import_of(mapping, file), iso3)) == {2018, 2021, 2022}


def test_a_row_doubts_only_what_it_would_have_counted_for(tmp_path: Path) -> None:
    lines = ["country,year,kind", "Chad,2020,cut", "Kenia Land,2020,cut", "Kenia Land,2020,rumour"]
    made = import_of(mapping_of(COUNTRY + YEAR + WORLD + TWO, tmp_path), written(tmp_path, lines))
    assert set(totals(made, "KEN")) == {2018, 2019, 2021, 2022}
    assert set(totals(made, "KEN", "cpj.journalists_killed")) == set(range(2018, 2023))


def test_a_country_that_a_cell_names_twice_is_counted_once(tmp_path: Path) -> None:
    text = COUNTRY.replace("name}", "name, separator: ;}") + YEAR
    lines = ["country,year,n", "Chad; Chad,2020,5", "Peru;Perú,2020,6", "Atlantis;Atlantis;Lemuria,2020,1"]
    made = import_of(mapping_of(text + COUNT, tmp_path), written(tmp_path, lines[:3]))
    assert (totals(made, "TCD"), totals(made, "PER")) == ({2020: "1"}, {2020: "1"})
    values = mapping_of(text + "indicators:\n  - {indicator: rsf.score, columns: [n]}\n", tmp_path)
    made = import_of(values, written(tmp_path, lines))
    assert [(row.iso3, f"{row.value:f}") for row in made.rows] == [("TCD", "5.00"), ("PER", "6.00")]
    assert dict(made.tally.unrecognised) == {"Atlantis": 1, "Lemuria": 1}, "names are told once a row"


@pytest.mark.parametrize("wanted", [Release(first=2005), Release(last=2005), Release(first=2003, last=2007)])
def test_the_years_that_are_wanted_do_not_change_what_is_said_of_them(wanted: Release, tmp_path: Path) -> None:
    lines = ["country,start,end,state", "Chad,2001-01-01,,Ended", "Chad,2010-01-01,,Ended", "Togo,2002-01-01,,Ongoing"]
    lines += ["Mali,2004-01-01,2006-01-01,Ended", "Zone,2001-01-01,2006-05-05,Ended", "Israel,1999-01-01,,Ended"]
    mapping = mapping_of(COUNTRY + ZONE + SPELLS + "covers: {countries: listed}\n" + COUNT, tmp_path)
    file = written(tmp_path, lines)
    whole, some = import_of(mapping, file), import_of(mapping, file, wanted)
    assert some.rows == tuple(row for row in whole.rows if wanted.first <= row.year <= wanted.last)
    assert {2005, 2006} & set(totals(whole, "TCD"))
    assert balanced(some.tally)


def test_a_spell_that_goes_on_lasts_as_long_as_the_data_are_said_to_cover(tmp_path: Path) -> None:
    text = COUNTRY + SPELLS + "covers: {countries: world, to: 2021}\n" + COUNT
    made = import_of(mapping_of(text, tmp_path), written(tmp_path, ["country,start,end,state", "Togo,2018-06-01,,Ongoing"]))
    assert totals(made, "TGO") == {2018: "1", 2019: "1", 2020: "1", 2021: "1"}
    assert totals(made, "TCD") == {2018: "0", 2019: "0", 2020: "0", 2021: "0"}


def test_a_row_counts_once_for_an_indicator_that_two_entries_map(tmp_path: Path) -> None:
    text = (
        COUNTRY
        + YEAR
        + (
            "indicators:\n"
            "  - {indicator: stop.shutdowns, sum: [a], where: [{columns: [kind], is: [x]}]}\n"
            "  - {indicator: stop.shutdowns, sum: [b], where: [{columns: [size], is: [big]}]}\n"
        )
    )
    lines = ["country,year,kind,size,a,b", "Chad,2020,x,big,1,10", "Chad,2020,y,big,2,20", "Chad,2020,x,small,4,40"]
    made = import_of(mapping_of(text, tmp_path), written(tmp_path, lines))
    assert totals(made, "TCD") == {2020: "25"}


def test_two_sums_of_other_columns_are_two_entries_and_the_first_that_the_file_has_is_taken(tmp_path: Path) -> None:
    text = COUNTRY + YEAR + "indicators:\n  - {indicator: stop.shutdowns, sum: [a]}\n  - {indicator: stop.shutdowns, sum: [b]}\n"
    mapping = mapping_of(text, tmp_path)
    assert totals(import_of(mapping, written(tmp_path, ["country,year,a,b", "Chad,2020,1,10"])), "TCD") == {2020: "1"}
    assert totals(import_of(mapping, written(tmp_path, ["country,year,b", "Chad,2020,10"])), "TCD") == {2020: "10"}
