"""Rows that are country-years: values, bands, words, what is missing, and what is refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from support.imported import COUNTRY, YEAR, balanced, import_of, mapping_of, shipped_mapping, written

from ratingengine.importing.dating import Release

INDICATORS = "indicators:\n  - {indicator: vdem.v2x_civlib, columns: [lib, liberties]}\n"


def test_a_value_is_of_its_country_and_year_with_its_place(tmp_path: Path) -> None:
    made = import_of(
        mapping_of(COUNTRY + YEAR + INDICATORS, tmp_path), written(tmp_path, ["country,year,lib", "Kazakhstan,2022,0.521"])
    )
    (row,) = made.rows
    assert (row.iso3, row.year, row.indicator, f"{row.value}") == ("KAZ", 2022, "vdem.v2x_civlib", "0.521")
    assert (row.begun, row.ended) == (date(2022, 1, 1), date(2022, 12, 31))
    assert (row.locator, row.source, row.edition) == ("line 2, column lib", "made", "first")
    assert row.reported == date(2024, 1, 1)


def test_columns_have_other_names_in_other_releases(tmp_path: Path) -> None:
    made = import_of(
        mapping_of(COUNTRY + YEAR + INDICATORS, tmp_path), written(tmp_path, ["country,year,liberties", "KAZ,2022,0.5"])
    )
    assert made.value("KAZ", 2022, "vdem.v2x_civlib") == "0.500"
    assert made.outcome.used == ("liberties",)


def test_what_a_publisher_counts_the_other_way_is_turned_round(tmp_path: Path) -> None:
    mapping = mapping_of(
        COUNTRY + "time:\n  year: [edition]\n  shift: -1\nreported: {in: [edition]}\nedition: [edition]\n"
        "indicators:\n  - {indicator: rsf.score, columns: [points], times: -1, plus: 100}\n",
        tmp_path,
    )
    made = import_of(mapping, written(tmp_path, ["country,edition,points", "Norway,2021,6.72"]))
    (row,) = made.rows
    assert (row.year, f"{row.value}", row.edition, row.reported) == (2020, "93.28", "2021", date(2021, 12, 31))


def test_a_band_stands_beside_its_value_rounded_outwards_and_turns_with_it(tmp_path: Path) -> None:
    text = COUNTRY + YEAR + "bands: {low: _low, high: _high}\nindicators:\n  - {indicator: vdem.v2x_civlib, columns: [lib]"
    lines = ["country,year,lib,lib_low,lib_high", "Chad,2020,0.4,0.35012,0.45012", "Togo,2020,0.4,,0.45"]
    made = import_of(mapping_of(text + "}\n", tmp_path), written(tmp_path, lines))
    chad, togo = made.rows
    assert [f"{end}" for end in (chad.value, chad.low, chad.high)] == ["0.400", "0.350", "0.451"]
    assert (togo.low, togo.high) == (None, None)
    turned = import_of(mapping_of(text + ", times: -1, plus: 1}\n", tmp_path), written(tmp_path, lines)).rows[0]
    assert [f"{end}" for end in (turned.value, turned.low, turned.high)] == ["0.600", "0.549", "0.650"]


def test_words_stand_for_words(tmp_path: Path) -> None:
    text = "indicators:\n  - indicator: fiw.status\n    columns: [status]\n    words:\n      - {written: NF, value: not_free}\n"
    made = import_of(
        mapping_of(COUNTRY + YEAR + text, tmp_path), written(tmp_path, ["country,year,status", "Chad,2020,NF", "Togo,2020,X"])
    )
    assert made.value("TCD", 2020, "fiw.status") == "not_free"
    (refusal,) = made.tally.refusals
    assert (refusal.line, refusal.column, refusal.text) == (3, "status", "X")
    assert "no word of fiw.status" in refusal.reason


def test_every_row_and_every_value_is_told_of_once(tmp_path: Path) -> None:
    lines = [
        "country,year,lib",
        "Kazakhstan,2022,0.5",  # mapped
        "Kazakhstan,2022,0.5",  # the same again
        "Kazakhstan,2022,0.6",  # another value of the same year
        "Chad,2020,",  # nothing in it
        "Togo,2020,high",  # no number
        "Benin,2020,1.5",  # beyond the range
        "Soviet Union,1980,0.1",  # apart
        "Congo,2020,0.1",  # a name that two countries share
        "Atlantis,2020,0.1",  # nobody
        "Mali,MMXX,0.1",  # no year
        ",2020,0.1",  # no country
        "Niger,2020",  # too few cells
        "Ghana,2020,0.12345",  # more decimals than are kept
    ]
    made = import_of(mapping_of(COUNTRY + YEAR + INDICATORS, tmp_path), written(tmp_path, lines))
    tally = made.tally
    assert balanced(tally)
    assert (tally.read, tally.mapped, tally.empty, tally.refused, tally.duplicates) == (13, 2, 3, 3, 2)
    assert (tally.missing, tally.refused_values, tally.observations, tally.rounded) == (1, 2, 2, 1)
    assert dict(tally.apart) == {"Soviet Union (historical)": 1}
    assert dict(tally.unrecognised) == {"Congo": 1, "Atlantis": 1}
    assert [(one.line, one.reason.split(",")[0]) for one in tally.refusals] == [
        (6, "not a number"),
        (7, "outside the range of vdem.v2x_civlib"),
        (11, "not a year"),
        (12, "no country"),
        (13, "2 cells under 3 headings"),
    ]
    assert [(one.line, one.first, one.same) for one in tally.duplicate_rows] == [(3, 2, True), (4, 2, False)]
    assert made.value("KAZ", 2022, "vdem.v2x_civlib") == "0.500"
    assert made.value("GHA", 2020, "vdem.v2x_civlib") == "0.123"


def test_a_break_of_method_is_noted_from_its_year_on(tmp_path: Path) -> None:
    lines = [
        "iso3,country,edition,score",
        "NOR,Norway,2021,93.28",
        "NOR,Norway,2022,92.65",
        "XKO,Kosovo,2022,67",
        "XCD,OECS,2022,70",
    ]
    made = import_of(shipped_mapping("rsf"), written(tmp_path, lines))
    notes = {(row.iso3, row.year): row.note for row in made.rows}
    assert notes["NOR", 2020] == "editions of 2013 to 2021: a score from 0 to 100"
    assert "2022" in (notes["NOR", 2021] or "")
    assert ("XKX", 2021) in notes
    assert sum(made.tally.apart.values()) == 1


def test_the_years_wanted_and_the_release_are_the_users(tmp_path: Path) -> None:
    lines = ["country,year,lib", "Chad,2018,0.1", "Chad,2019,0.2", "Chad,2020,0.3"]
    release = Release("v15", date(2025, 3, 13), 2019, 2019)
    made = import_of(mapping_of(COUNTRY + YEAR + INDICATORS, tmp_path), written(tmp_path, lines), release)
    (row,) = made.rows
    assert (row.year, row.edition, row.reported) == (2019, "v15", date(2025, 3, 13))
    assert (made.tally.cut, made.tally.outside) == (2, 0)


@pytest.mark.parametrize("reported", ["", "reported:\n  years_after: 1\n", "reported:\n  in: [year]\n"])
def test_nothing_is_reported_after_the_release_or_before_its_year_begins(reported: str, tmp_path: Path) -> None:
    mapping = mapping_of(COUNTRY + YEAR + reported + INDICATORS, tmp_path)
    lines = written(tmp_path, ["country,year,lib", *(f"Chad,{year},0.1" for year in (2024, 2025, 2030))])
    for release in (Release(), Release(None, date(2025, 6, 6))):
        day = release.day or date(2024, 1, 1)
        made = import_of(mapping, lines, release)
        assert [row.reported for row in made.rows] == [max(day, date(row.year, 1, 1)) for row in made.rows]
    early = import_of(mapping, written(tmp_path, ["country,year,lib", "Chad,2020,0.1"])).rows[0]
    assert early.reported == {"": date(2024, 1, 1), "r": date(2021, 12, 31)}[reported[:1]] or "in:" in reported


def test_of_two_entries_of_an_indicator_the_first_whose_tests_a_row_passes_is_read(tmp_path: Path) -> None:
    text = (
        COUNTRY
        + YEAR
        + (
            "indicators:\n"
            "  - {indicator: rsf.score, columns: [new], where: [{columns: [kind], is: [new]}]}\n"
            "  - {indicator: rsf.score, columns: [score]}\n"
            "  - {indicator: rsf.score, columns: [spare]}\n"
        )
    )
    lines = ["country,year,kind,new,score,spare", "Chad,2020,new,1,2,3", "Chad,2021,old,1,2,3", "Chad,2022,old,1,,3"]
    made = import_of(mapping_of(text, tmp_path), written(tmp_path, lines))
    assert [(row.year, f"{row.value:f}", row.locator) for row in made.rows] == [
        (2020, "1.00", "line 2, column new"),
        (2021, "2.00", "line 3, column score"),
    ]
    assert made.outcome.used == ("new", "score"), "no row is read by the spare one"
    assert made.tally.missing == 1
    made = import_of(mapping_of(text, tmp_path), written(tmp_path, ["country,year,kind,new,spare", "Chad,2021,old,1,3"]))
    assert made.value("TCD", 2021, "rsf.score") == "3.00"


@pytest.mark.parametrize(
    ("text", "kept"), [("100.004", "100.00"), ("-0.004", "0.00"), ("100.006", None), ("1e30", None), ("-1e999", None)]
)
def test_a_number_is_held_against_the_range_however_large_it_is(text: str, kept: str | None, tmp_path: Path) -> None:
    text_of = COUNTRY + YEAR + "bands: {low: _l, high: _h}\nindicators:\n  - {indicator: rsf.score, columns: [n]}\n"
    end = text.strip("-")
    lines = ["country,year,n,n_l,n_h", f"Chad,2020,{text},,", f"Chad,2021,5,0,{end}"]
    made = import_of(mapping_of(text_of, tmp_path), written(tmp_path, lines))
    found = made.said.get(("TCD", 2020, "rsf.score"))
    assert (None if found is None else abs(found.value or 0)) == (None if kept is None else Decimal(kept))
    assert made.tally.refused_values == sum((kept is None, Decimal(end) > 100))


def test_a_value_of_several_years_is_given_for_those_that_are_wanted(tmp_path: Path) -> None:
    text = COUNTRY + "time:\n  from: [begun]\n  to: [ended]\n  forms: ['%Y']\n" + INDICATORS
    lines = ["country,begun,ended,lib", "Chad,2018,2022,0.5", "Chad,2010,2019,0.4", "Chad,2021,,0.3"]
    mapping, file = mapping_of(text, tmp_path), written(tmp_path, lines)
    made = import_of(mapping, file, Release(first=2020, last=2021))
    assert [(row.year, f"{row.value}") for row in made.rows] == [(2020, "0.500"), (2021, "0.500")]
    assert (made.tally.cut, [one.line for one in made.tally.duplicate_rows]) == (1, [4])
    assert balanced(made.tally)


def test_a_mapping_says_what_a_blank_means(tmp_path: Path) -> None:
    text = COUNTRY + YEAR + "missing: ['-9']\nindicators:\n"
    text += "  - {indicator: pts.amnesty, columns: [a], blank: none}\n  - {indicator: pts.human_rights_watch, columns: [b]}\n"
    text += "  - {indicator: pts.state_department, columns: [c], blank: missing}\n"
    lines = ["country,year,a,b,c", "Chad,2020,3,,", "Togo,2020,,2,-9", "Mali,2020,-9.0,NA,1", "Peru,2020,,,"]
    made = import_of(mapping_of(text, tmp_path), written(tmp_path, lines))
    said = {(row.iso3, row.indicator.partition(".")[2]): (row.value, row.text) for row in made.rows}
    none = (None, "none")
    assert said == {
        ("TCD", "amnesty"): (3, None),
        ("TGO", "amnesty"): none,
        ("TGO", "human_rights_watch"): (2, None),
        ("MLI", "amnesty"): none,
        ("MLI", "state_department"): (1, None),
        ("PER", "amnesty"): none,
    }
    assert (made.tally.none, made.tally.missing, made.tally.mapped) == (3, 6, 4)
    assert balanced(made.tally)
