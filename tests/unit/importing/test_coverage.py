"""Which years a file tells everything of: only their totals are exact, and only in them no row means none."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from support.imported import COUNT, COUNTRY, HEAD, YEAR, balanced, import_of, mapping_of, problems_of, totals, written

from ratingengine.importing.dating import Release
from ratingengine.importing.mapping import Covers

LINES = ["country,year", "Chad,2018", "Chad,2020", "Chad,2021", "Togo,2017"]


@pytest.mark.parametrize(
    ("covers", "exact", "least"),
    [
        ("from: 2018, to: 2021", {2018: "1", 2019: "0", 2020: "1", 2021: "1"}, set()),
        ("from: 2018-01-01, to: 2021-12-31", {2018: "1", 2019: "0", 2020: "1", 2021: "1"}, set()),
        ("from: 2018-01-02, to: 2021-12-30", {2019: "0", 2020: "1"}, {2018, 2021}),
        ("from: 2019, to: 2020-06-30", {2019: "0"}, {2018, 2020, 2021}),
        ("from: 2019-02-01, to: 2019-11-30", {}, {2018, 2020, 2021}),
        ("to: 2020", {2017: "0", 2018: "1", 2019: "0", 2020: "1"}, {2021}),
        ("from: 2018", {2018: "1", 2019: "0", 2020: "1", 2021: "1"}, set()),
    ],
)
def test_totals_are_exact_in_years_wholly_covered_and_at_least_in_others(
    covers: str, exact: dict[int, str], least: set[int], tmp_path: Path
) -> None:
    mapping = mapping_of(f"{COUNTRY}{YEAR}covers: {{countries: world, {covers}}}\n{COUNT}", tmp_path)
    made = import_of(mapping, written(tmp_path, LINES))
    assert {year: text for year, text in totals(made, "TCD").items() if text is not None} == exact
    bounds = [row for row in made.rows if row.iso3 == "TCD" and row.value is None]
    assert {row.year for row in bounds} == least
    assert all(row.low == 1 and "at least: the file " in (row.note or "") for row in bounds)
    assert totals(made, "KAZ") == dict.fromkeys(exact, "0"), "where there is no row a year covered in part says nothing"
    assert totals(made, "XNK") == {}, "what is counted of a state is not said of its parts"
    assert made.tally.least == len([row for row in made.rows if row.value is None])
    assert balanced(made.tally)


def test_the_note_says_which_part_of_the_year_is_covered(tmp_path: Path) -> None:
    mapping = mapping_of(f"{COUNTRY}{YEAR}covers: {{countries: world, from: 2018-03-01, to: 2020-06-30}}\n{COUNT}", tmp_path)
    notes = {row.year: row.note for row in import_of(mapping, written(tmp_path, LINES)).rows if row.iso3 == "TCD"}
    assert notes == {
        2018: "at least: the file covers the year from 2018-03-01 to 2018-12-31",
        2019: None,
        2020: "at least: the file covers the year from 2020-01-01 to 2020-06-30",
        2021: "at least: the file does not cover the year",
    }


@pytest.mark.parametrize("covers", ["", "covers: {countries: listed}\n", "covers: {countries: world, to: 2024}\n"])
def test_nothing_is_covered_after_the_release(covers: str, tmp_path: Path) -> None:
    mapping = mapping_of(COUNTRY + YEAR + "reported:\n  years_after: 1\n" + covers + COUNT, tmp_path)
    file = written(tmp_path, LINES)
    made = import_of(mapping, file, Release(day=date(2021, 6, 6)))
    row = made.said["TCD", 2021, "stop.shutdowns"]
    assert (row.value, row.low, row.reported) == (None, Decimal(1), date(2021, 6, 6))
    assert row.note == "at least: the file covers the year from 2021-01-01 to 2021-06-06"
    assert made.value("TCD", 2020, "stop.shutdowns") == "1"
    assert ("KAZ", 2021, "stop.shutdowns") not in made.said
    assert max(row.reported for row in made.rows) == date(2021, 6, 6)
    assert import_of(mapping, file).value("TCD", 2021, "stop.shutdowns") == "1", "issued says 2024-01-01"


def test_a_listed_country_is_covered_within_its_own_years_and_those_of_the_data(tmp_path: Path) -> None:
    mapping = mapping_of(f"{COUNTRY}{YEAR}covers: {{countries: listed, from: 2018, to: 2022}}\n{COUNT}", tmp_path)
    made = import_of(mapping, written(tmp_path, ["country,year", "Chad,2019", "Chad,2021", "Togo,2017", "Togo,2019"]))
    assert totals(made, "TCD") == {2019: "1", 2020: "0", 2021: "1"}
    assert totals(made, "TGO") == {2017: None, 2018: "0", 2019: "1"}


def test_a_year_or_a_day_may_begin_and_end_what_is_covered(tmp_path: Path) -> None:
    mapping = mapping_of(COUNTRY + YEAR + "covers: {countries: world, from: 2018, to: 2021-02-03}\n" + COUNT, tmp_path)
    assert mapping.covers == Covers("world", date(2018, 1, 1), date(2021, 2, 3))


AGGREGATES = """weight: [events, weeks]
at_least:
  columns: [weeks, WEEK]
  why: counted are weeks
covers: {countries: listed}
"""


@pytest.mark.parametrize(
    ("headings", "cells", "exact"),
    [
        ("events", "3", True),
        ("events,weeks", "3,2", True),
        ("events,WEEK", "3,w", True),
        ("weeks", "3", False),
        ("WEEK", "w", False),
        ("other", "w", True),
    ],
)
def test_aggregates_without_counts_say_at_least(headings: str, cells: str, exact: bool, tmp_path: Path) -> None:
    mapping = mapping_of(COUNTRY + YEAR + AGGREGATES + COUNT, tmp_path)
    lines = [f"country,year,{headings}", f"Chad,2018,{cells}", f"Chad,2020,{cells}"]
    made = import_of(mapping, written(tmp_path, lines))
    number = Decimal(3 if "3" in cells else 1)
    row = made.said["TCD", 2020, "stop.shutdowns"]
    assert (row.value, row.low, row.note) == ((number, None, None) if exact else (None, number, "at least: counted are weeks"))
    assert made.value("TCD", 2019, "stop.shutdowns") == "0", "no week with one event or more is no event"


def test_a_sum_is_not_of_weeks(tmp_path: Path) -> None:
    text = COUNTRY + YEAR + AGGREGATES + "indicators:\n  - {indicator: ucdp.one_sided_deaths, sum: [dead]}\n"
    made = import_of(mapping_of(text, tmp_path), written(tmp_path, ["country,year,dead,WEEK", "Chad,2020,5,w"]))
    assert made.value("TCD", 2020, "ucdp.one_sided_deaths") == "5"


UNCLEAR = """indicators:
  - {indicator: stop.shutdowns, rows: count}
  - {indicator: stop.wide_shutdowns, rows: count, where: [{columns: [reach], is: [wide], unclear: [Not sure]}]}
"""


@pytest.mark.parametrize("reach", ["Not sure", "", "NA"])
def test_a_row_that_may_or_may_not_pass_a_test_makes_the_total_a_lower_bound(reach: str, tmp_path: Path) -> None:
    lines = ["country,year,reach", f"Gabon,2021,{reach}", f"Chad,2021,{reach}", "Chad,2021,wide", "Togo,2021,narrow"]
    made = import_of(mapping_of(COUNTRY + YEAR + "covers: {countries: world}\n" + UNCLEAR, tmp_path), written(tmp_path, lines))
    assert ("GAB", 2021, "stop.wide_shutdowns") not in made.said
    assert made.said["TCD", 2021, "stop.wide_shutdowns"].low == 1
    assert totals(made, "TGO", "stop.wide_shutdowns") == {2021: "0"}
    assert [totals(made, iso3) for iso3 in ("GAB", "TCD", "TGO")] == [{2021: "1"}, {2021: "2"}, {2021: "1"}]
    assert (made.tally.least, made.tally.withheld) == (1, 1)


def test_a_row_that_may_or_may_not_be_meant_is_left_out_and_doubted(tmp_path: Path) -> None:
    only = "only:\n  - {columns: [state], is: [sure], unclear: [maybe]}\n"
    lines = ["country,year,state", "Chad,2020,sure", "Chad,2020,maybe", "Togo,2020,maybe", "Mali,2020,no", "Mali,2020,sure"]
    made = import_of(
        mapping_of(COUNTRY + YEAR + only + "covers: {countries: world}\n" + COUNT, tmp_path), written(tmp_path, lines)
    )
    assert made.said["TCD", 2020, "stop.shutdowns"].low == 1
    assert (totals(made, "TGO"), totals(made, "MLI"), made.tally.outside) == ({}, {2020: "1"}, 3)
    assert balanced(made.tally)


def test_what_is_covered_is_checked(tmp_path: Path) -> None:
    for covers, code in (("from: 2018-02-30", "F115"), ("from: 2019, to: 2018-12-31", "I304"), ("from: soon", "F118")):
        path = tmp_path / "bad.yaml"
        path.write_text(f"{HEAD}{COUNTRY}{YEAR}covers: {{countries: world, {covers}}}\n{COUNT}", "utf-8")
        assert [problem.code for problem in problems_of(path)[1]] == [code], covers
