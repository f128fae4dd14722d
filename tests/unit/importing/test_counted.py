"""Rows that are events or persons: each year's total, none where the data cover a country, and at least where a row was lost."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from imported import COUNTRY, YEAR, Made, balanced, import_of, mapping_of, shipped_mapping, written

from ratingengine.countries import all_countries
from ratingengine.importing import counted
from ratingengine.importing.run import Release

COUNT = "indicators:\n  - {indicator: stop.shutdowns, rows: count}\n"
SPELLS = """time:
  from: [start]
  to: [end]
  forms: ['%Y-%m-%d']
  open: {columns: [state], is: [Ongoing]}
"""


def totals(made: Made, iso3: str, indicator: str = "stop.shutdowns") -> dict[int, str | None]:
    return {
        row.year: made.value(iso3, row.year, indicator) for row in made.rows if row.iso3 == iso3 and row.indicator == indicator
    }


def test_a_spell_counts_in_every_year_that_it_touches(tmp_path: Path) -> None:
    lines = [
        "country,start,end,state",
        "Chad,2018-12-30,2019-01-02,Ended",
        "Chad,2019-05-01,2019-05-02,Ended",
        "Chad,2017-03-01,,Unknown",
        "Togo,2018-06-01,,Ongoing",
        "Mali,2020-02-18,2020-02-12,Ended",
    ]
    made = import_of(mapping_of(COUNTRY + SPELLS + COUNT, tmp_path), written(tmp_path, lines))
    assert totals(made, "TCD") == {2017: "1", 2018: "1", 2019: "2"}
    assert totals(made, "TGO") == {2018: "1", 2019: "1"}, "an open spell goes on as far as the file does"
    assert totals(made, "MLI") == {}
    (refusal,) = made.tally.refusals
    assert (refusal.line, refusal.text) == (6, "2020-02-12")
    assert made.said["TCD", 2019, "stop.shutdowns"].locator == "lines 2, 3"
    assert balanced(made.tally)


def test_a_year_column_says_in_which_year_the_publisher_counts_it(tmp_path: Path) -> None:
    lines = ["start_date,end_date,country,geo_scope,shutdown_status,count_year"]
    lines += [f'2013-09-11,,Turkey,"One city, county, or village",Ongoing,{year}' for year in (2016, 2017)]
    made = import_of(shipped_mapping("stop"), written(tmp_path, lines))
    assert totals(made, "TUR") == {2016: "1", 2017: "1"}
    assert totals(made, "TUR", "stop.wide_shutdowns") == {2016: "0", 2017: "0"}


def test_where_the_data_cover_the_world_no_row_means_none(tmp_path: Path) -> None:
    text = COUNTRY + "time:\n  year: [year]\ncovers: {countries: world, from: 2019}\n" + COUNT
    made = import_of(mapping_of(text, tmp_path), written(tmp_path, ["country,year", "Chad,2020"]))
    assert totals(made, "TCD") == {2019: "0", 2020: "1"}
    assert totals(made, "KAZ") == {2019: "0", 2020: "0"}
    assert totals(made, "GUF") == {}, "a territory may be counted with its state"
    assert made.said["KAZ", 2020, "stop.shutdowns"].locator == "no row"
    assert made.tally.none == made.tally.observations - 1


def test_a_listed_country_is_covered_from_its_first_to_its_last_year(tmp_path: Path) -> None:
    text = COUNTRY + "time:\n  year: [year]\ncovers: {countries: listed}\n" + COUNT
    made = import_of(mapping_of(text, tmp_path), written(tmp_path, ["country,year", "Chad,2018", "Chad,2020", "Mali,2019"]))
    assert totals(made, "TCD") == {2018: "1", 2019: "0", 2020: "1"}
    assert totals(made, "MLI") == {2019: "1"}


def test_a_row_that_may_belong_to_a_country_makes_its_total_a_lower_bound(tmp_path: Path) -> None:
    text = COUNTRY + (
        "units:\n  - {written: Israel and Palestine, apart: Israel and Palestine, of: [ISR, PSE]}\n"
        "time:\n  year: [year]\ncovers: {countries: world}\n"
    )
    lines = ["country,year", "Israel,2020", "Israel and Palestine,2020", "Chad,2020", "Chad,soon", "Chad,2021"]
    made = import_of(mapping_of(text + COUNT, tmp_path), written(tmp_path, lines))
    israel = made.said["ISR", 2020, "stop.shutdowns"]
    assert (israel.value, israel.low, israel.high) == (None, Decimal(1), None)
    assert ("PSE", 2020, "stop.shutdowns") not in made.said, "at least none says nothing"
    assert made.value("PSE", 2021, "stop.shutdowns") == "0"
    assert [made.said["TCD", year, "stop.shutdowns"].low for year in (2020, 2021)] == [1, 1], "the refused row may be of any year"
    assert dict(made.tally.apart) == {"Israel and Palestine (apart)": 1}


def test_several_countries_in_one_cell_are_each_counted(tmp_path: Path) -> None:
    lines = ["country,count_year,geo_scope,shutdown_status", "Burundi; Kenya; Atlantis,2019,,Ended"]
    made = import_of(shipped_mapping("stop"), written(tmp_path, lines))
    assert [made.said[iso3, 2019, "stop.shutdowns"].low for iso3 in ("BDI", "KEN")] == [1, 1], "Atlantis may be any country"
    assert set(totals(made, "KAZ")) == {2016, 2017, 2018}
    assert dict(made.tally.unrecognised) == {"Atlantis": 1}
    assert balanced(made.tally)


def units_of_the_world() -> list[str]:
    return [country.iso3 for country in all_countries() if country.kind in counted.WORLD]


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


@pytest.mark.parametrize("text", ["1e30", "1e999", "1000000000001", "-1", "-1e30", "0.5"])
def test_a_number_that_is_no_count_is_refused_and_the_rest_is_a_lower_bound(text: str, tmp_path: Path) -> None:
    mapping = mapping_of(COUNTRY + YEAR + "indicators:\n  - {indicator: ucdp.one_sided_deaths, sum: [n]}\n", tmp_path)
    made = import_of(mapping, written(tmp_path, ["country,year,n", f"Chad,2020,{text}", "Chad,2020,7", f"Togo,2020,{text}"]))
    assert [(row.iso3, row.value, row.low) for row in made.rows] == [("TCD", None, Decimal(7))]
    assert [(one.line, one.column, one.text) for one in made.tally.refusals] == [(2, "n", text), (4, "n", text)]
    assert made.tally.refused_values == 2


def test_a_total_above_what_a_table_keeps_is_refused_with_its_reason(tmp_path: Path) -> None:
    mapping = mapping_of(COUNTRY + YEAR + "indicators:\n  - {indicator: ucdp.one_sided_deaths, sum: [n]}\n", tmp_path)
    lines = ["country,year,n", "Chad,2020,600000000000", "Chad,2020,600000000000", "Togo,2020,1"]
    made = import_of(mapping, written(tmp_path, lines))
    assert [(row.iso3, row.value) for row in made.rows] == [("TGO", Decimal(1))]
    (refusal,) = made.tally.refusals
    assert (refusal.line, refusal.column, refusal.text) == (2, "TCD 2020", "1200000000000")
    assert refusal.reason.startswith(f"outside the range of ucdp.one_sided_deaths, 0 to {10**12}: a total of 2 rows")
    assert made.tally.refused_values == 1


EVENTS = (
    "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,inter1,iso,region,country,"
    "admin1,location,source,notes,fatalities,tags,timestamp"
)


def event(day: str, kind: str, sub: str, country: str, deaths: str) -> str:
    return f'X1,{day},{day[-4:]},1,d,{kind},{sub},a,5,1,r,{country},b,c,s,"a note, with a comma",{deaths},,1'


def test_events_of_acled_in_its_own_columns(tmp_path: Path) -> None:
    lines = [
        EVENTS,
        event("05 January 2022", "Protests", "Excessive force against protesters", "Kazakhstan", "12"),
        event("06 January 2022", "Protests", "Protest with intervention", "Kazakhstan", "0"),
        event("07 January 2022", "Riots", "Violent demonstration", "Kazakhstan", "5"),
        event("07 January 2022", "Strategic developments", "Arrests", "Kazakhstan", "0"),
        event("08 January 2022", "Violence against civilians", "Attack", "Kazakhstan", "1"),
        event("08 January 2022", "Violence against civilians", "Abduction/forced disappearance", "Kazakhstan", "0"),
    ]
    made = import_of(shipped_mapping("acled"), written(tmp_path, lines))
    found = {row.indicator.removeprefix("acled."): f"{row.value}" for row in made.rows}
    assert found == {
        "abductions": "1",
        "arrests": "1",
        "excessive_force": "1",
        "protest_deaths": "12",
        "protests_with_intervention": "1",
        "violence_against_civilians": "2",
    }
    assert made.tally.outside == 1


def test_weekly_aggregates_of_acled_count_as_many_events_as_they_say(tmp_path: Path) -> None:
    lines = [
        "WEEK,REGION,COUNTRY,ADMIN1,EVENT_TYPE,SUB_EVENT_TYPE,EVENTS,FATALITIES",
        "2022-01-01,Caucasus and Central Asia,Kazakhstan,Almaty,Protests,Protest with intervention,4,0",
        "2022-01-08,Caucasus and Central Asia,Kazakhstan,Almaty,Protests,Protest with intervention,3,2",
        "2022-01-08,Caucasus and Central Asia,Kazakhstan,Almaty,Protests,Protest with intervention,,1",
    ]
    made = import_of(shipped_mapping("acled"), written(tmp_path, lines))
    row = made.said["KAZ", 2022, "acled.protests_with_intervention"]
    assert (row.value, row.low) == (None, Decimal(7)), "one row does not say how many"
    assert made.value("KAZ", 2022, "acled.protest_deaths") == "3"
    assert made.tally.missing == 1


GED = (
    "id,relid,year,active_year,code_status,type_of_violence,conflict_name,side_a,side_b,country,country_id,region,"
    "date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low,gwnoa,gwnob"
)


def ged(year: int, kind: int, side: str, country: str, gw: int, best: str) -> str:
    return f"1,r,{year},1,Clear,{kind},c,{side},b,{country},{gw},x,1,{year}-02-01 00:00:00.000,,0,0,{best},0,{best},9,1,,"


def test_deaths_of_ucdp_in_its_own_columns(tmp_path: Path) -> None:
    lines = [
        GED,
        ged(2021, 3, "Government of Myanmar (Burma)", "Myanmar (Burma)", 775, "40"),
        ged(2021, 3, "IS", "Myanmar (Burma)", 775, "2"),
        ged(2021, 1, "Government of Myanmar (Burma)", "Myanmar (Burma)", 775, "7"),
        ged(2021, 2, "A", "Myanmar (Burma)", 775, "9"),
        ged(1991, 1, "Government of Soviet Union", "Russia (Soviet Union)", 365, "9"),
        ged(1991, 2, "A", "Poland", 290, "0"),
        ged(2021, 1, "Government of Yemen", "Yemen (North Yemen)", 678, "many"),
    ]
    made = import_of(shipped_mapping("ucdp"), written(tmp_path, lines))
    found = {row.indicator: f"{row.value}" for row in made.rows if (row.iso3, row.year) == ("MMR", 2021)}
    assert found == {"ucdp.one_sided_deaths": "42", "ucdp.state_one_sided_deaths": "40", "ucdp.state_based_deaths": "7"}
    assert dict(made.tally.apart) == {"Soviet Union (apart)": 1}
    assert ("KAZ", 1991, "ucdp.state_based_deaths") not in made.said, "it was in the Soviet Union then"
    assert made.value("KAZ", 1991, "ucdp.one_sided_deaths") == "0"
    assert made.value("POL", 1991, "ucdp.state_based_deaths") == "0"
    assert ("YEM", 2021, "ucdp.state_based_deaths") not in made.said
    assert made.value("YEM", 2021, "ucdp.one_sided_deaths") == "0"
    assert made.tally.refusals[0].reason == "not a number"
    assert balanced(made.tally)
