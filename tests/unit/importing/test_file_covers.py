"""A file of events covers its own days and countries, and no more unless the user says so: a cut file looks like a whole one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.imported import COUNT, COUNTRY, YEAR, Made, balanced, import_as_it_is, mapping_of, shipped_mapping, totals, written

from ratingengine.importing.coverage import ALL, Statement
from ratingengine.importing.dating import Release

EVENTS: Mapping[str, tuple[str, str]] = {
    "ucdp": (
        "id,year,type_of_violence,side_a,country,country_id,date_start,date_end,best",
        "7,{year},3,Government of {country},{country},,{day},{day},4",
    ),
    "acled": (
        "event_id_cnty,event_date,year,event_type,sub_event_type,country,fatalities",
        "X1,{day},{year},Protests,Excessive force against protesters,{country},4",
    ),
    "cpj": ("country,year,startDisplay,status,motiveConfirmed,type", "{country},{year},{day},Killed,Confirmed,Journalist"),
    "stop": (
        "country,count_year,start_date,end_date,shutdown_status,geo_scope",
        "{country},{year},{day},{day},Ended,Level 3",
    ),
}
DAYS = (date(2021, 1, 1), date(2022, 12, 31))
WORLD = frozenset({ALL})


def file_of(name: str, folder: Path, *rows: tuple[str, str]) -> Path:
    """A file in the columns of a publisher with an event a row: a country and a day."""
    heading, form = EVENTS[name]
    return written(folder, [heading, *(form.format(country=country, day=day, year=day[:4]) for country, day in rows)])


def made(name: str, file: Path, said: Statement | None = None) -> Made:
    found = import_as_it_is(shipped_mapping(name), file, Release(said=said or Statement()))
    assert balanced(found.tally)
    return found


@pytest.mark.parametrize("name", EVENTS)
def test_a_file_that_ends_or_begins_within_a_year_has_lower_bounds(name: str, tmp_path: Path) -> None:
    for days in (("2022-01-01", "2022-03-20"), ("2022-03-20", "2022-12-31"), ("2022-02-02", "2022-02-02")):
        found = made(name, file_of(name, tmp_path, *(("Chad", day) for day in days)))
        assert found.rows
        assert all(row.value is None and row.low for row in found.rows), days
        assert all(f"the file covers the year from {days[0]} to {days[1]}" in (row.note or "") for row in found.rows)
    assert found.tally.none == 0


@pytest.mark.parametrize("name", EVENTS)
def test_a_file_of_some_countries_says_nothing_of_others(name: str, tmp_path: Path) -> None:
    file = file_of(name, tmp_path, ("Chad", "2021-01-01"), ("Chad", "2022-12-31"), ("Peru", "2022-06-01"), ("Peru", "2021-06-01"))
    found = made(name, file)
    assert {row.iso3 for row in found.rows} == {"TCD", "PER"}
    assert all(row.value is not None for row in found.rows)


@pytest.mark.parametrize("name", EVENTS)
def test_the_user_says_which_days_and_countries_a_file_covers(name: str, tmp_path: Path) -> None:
    file = file_of(name, tmp_path, ("Chad", "2021-02-02"), ("Peru", "2021-07-01"))
    whole = made(name, file, Statement(DAYS, WORLD))
    assert {row.iso3 for row in whole.rows} > {"TCD", "PER", "SYR", "NOR", "PSE", "XKX"}
    assert {(row.iso3, row.year, row.value) for row in whole.rows if row.iso3 == "SYR"} == {
        ("SYR", 2021, Decimal(0)),
        ("SYR", 2022, Decimal(0)),
    }
    assert whole.tally.least == 0
    some = made(name, file, Statement(DAYS, frozenset({"TCD", "SYR"})))
    assert {row.iso3 for row in some.rows} == {"TCD", "PER", "SYR"}
    assert {row.value is None for row in some.rows if row.iso3 == "PER"} == {True}, "of Peru the file may have a part"
    assert {row.value is None for row in some.rows if row.iso3 != "PER"} == {False}
    days = made(name, file, Statement(DAYS))
    assert {row.iso3 for row in days.rows} == {"TCD", "PER"}
    assert made(name, file, Statement(None, WORLD)).tally.none == 0, "of which no year is whole"


def test_an_indicator_of_which_a_file_has_no_row_at_all_may_have_been_left_out_of_it(tmp_path: Path) -> None:
    file = file_of("acled", tmp_path, ("Chad", "2021-01-01"), ("Peru", "2021-12-31"))
    assert {row.indicator for row in made("acled", file).rows} == {"acled.excessive_force", "acled.protest_deaths"}
    said = made("acled", file, Statement(None, frozenset({"TCD"})))
    assert said.value("TCD", 2021, "acled.arrests") == "0"
    assert ("PER", 2021, "acled.arrests") not in said.said


def test_a_spell_that_a_publisher_repeats_in_a_later_year_does_not_begin_what_a_file_covers(tmp_path: Path) -> None:
    heading, _ = EVENTS["stop"]
    rows = ["Chad,2021,2017-05-01,2021-12-31,Ended,Level 3", *(f"Peru,2021,{day},{day},Ended,Level 3" for day in DAYS[:1])]
    file = written(tmp_path, [heading, *rows, "Peru,2022,2022-12-31,2022-12-31,Ended,Level 3"])
    found = made("stop", file)
    assert totals(found, "PER") == {2021: "1", 2022: "1"}
    assert totals(found, "TCD") == {2021: "1", 2022: "0"}, "nothing is said of Chad from 2017 to 2020"


@pytest.mark.parametrize(
    ("covers", "said", "bounds"),
    [
        ("countries: world", None, {2018, 2021}),
        ("countries: listed", None, {2018, 2021}),
        ("countries: world, from: 2018", None, {2021}),
        ("countries: world, from: 2018, to: 2021", None, set()),
        ("countries: world, from: 2018, to: 2021-06-30", None, {2021}),
        ("countries: world, from: 1990, to: 2024", None, {2018, 2021}),
        ("countries: world", (date(2018, 1, 1), date(2020, 12, 31)), {2021}),
        ("countries: world", (date(2017, 1, 1), date(2021, 12, 31)), set()),
    ],
)
def test_a_file_of_years_alone_may_have_a_part_of_its_first_and_last_year(
    covers: str, said: tuple[date, date] | None, bounds: set[int], tmp_path: Path
) -> None:
    mapping = mapping_of(f"{COUNTRY}{YEAR}covers: {{{covers}}}\n{COUNT}", tmp_path)
    file = written(tmp_path, ["country,year", "Chad,2018", "Chad,2020", "Chad,2021"])
    found = totals(import_as_it_is(mapping, file, Release(said=Statement(said))), "TCD")
    assert {year for year, text in found.items() if text is None} == bounds
    assert found[2019] == "0"
    assert said is None or 2017 not in found or said[0].year == 2017


def test_a_file_without_a_row_means_none_where_the_user_says_what_it_covers(tmp_path: Path) -> None:
    file = file_of("cpj", tmp_path)
    assert made("cpj", file).rows == ()
    found = made("cpj", file, Statement(DAYS, frozenset({"NOR"})))
    assert totals(found, "NOR", "cpj.journalists_killed") == {2021: "0", 2022: "0"}
    assert found.tally.none == len(found.rows) == 2


def test_what_is_said_to_be_covered_is_not_known_before_it_ended(tmp_path: Path) -> None:
    file = file_of("cpj", tmp_path, ("Chad", "2030-02-02"))
    found = made("cpj", file, Statement((date(2030, 1, 1), date(2030, 12, 31)), WORLD))
    assert {(row.value is None, row.reported) for row in found.rows} == {(False, date(2030, 12, 31))}


KINDS = ("Arrests", "Sexual violence", "Protest with intervention")
MAPPED = """covers: {countries: world}
indicators:
  - {indicator: acled.arrests, rows: count, where: [{columns: [kind], is: [Arrests]}]}
  - {indicator: acled.violence_against_civilians, rows: count, where: [{columns: [kind], is: [Sexual violence]}]}
  - {indicator: acled.protests_with_intervention, rows: count, where: [{columns: [kind], is: [Protest with intervention]}]}
"""
FROM = "time:\n  year: [year]\n  from: [day]\n"
ENDS = st.sampled_from([date(year, month, day) for year in (2019, 2020, 2021) for month, day in ((1, 1), (6, 3), (12, 31))])
ROWS = st.lists(st.tuples(st.sampled_from(["Chad", "Peru", "Mali"]), ENDS, st.sampled_from(KINDS)), min_size=1, max_size=20)
SOME = st.sets(st.sampled_from(["Chad", "Peru", "Mali"]), min_size=1)


@given(rows=ROWS, countries=SOME, kinds=st.sets(st.sampled_from(KINDS), min_size=1), days=st.tuples(ENDS, ENDS).map(sorted))
def test_no_file_that_was_cut_to_days_countries_or_kinds_says_anything_that_the_whole_one_denies(
    rows: list[tuple[str, date, str]],
    countries: set[str],
    kinds: set[str],
    days: list[date],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("cut")
    mapping = mapping_of(COUNTRY + FROM + MAPPED, folder)

    def lines(kept: list[tuple[str, date, str]]) -> list[str]:
        return ["country,day,year,kind", *(f"{country},{day},{day.year},{kind}" for country, day, kind in kept)]

    known = Statement((date(2019, 1, 1), date(2021, 12, 31)), WORLD)
    whole = import_as_it_is(mapping, written(folder, lines(rows)), Release(said=known)).said
    cut = [row for row in rows if row[0] in countries and days[0] <= row[1] <= days[1] and row[2] in kinds]
    for row in import_as_it_is(mapping, written(folder, lines(cut))).rows:
        true = whole[row.iso3, row.year, row.indicator].value
        assert true is not None
        assert row.value in (None, true)
        assert row.low is None or row.low <= true
