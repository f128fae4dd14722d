"""Rows that are events or persons: each year's total, none where the data cover a country, and at least where a row was lost."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from support.imported import COUNT, COUNTRY, SPELLS, YEAR, balanced, import_of, mapping_of, shipped_mapping, totals, written


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
