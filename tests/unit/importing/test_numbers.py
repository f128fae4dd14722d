"""A number is the same however a program wrote it, wherever a mapping compares: 1 is 1.0 and 001."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.imported import (
    COUNT,
    COUNTRY,
    HEAD,
    YEAR,
    balanced,
    import_of,
    mapping_of,
    problems_of,
    shipped_mapping,
    totals,
    written,
)

from ratingengine.importing.cells import texts_of, words_of

WRITTEN = ["1", "1.0", "001", "1.", "+1", "1e0", " 1.00 "]
TESTED = """indicators:
  - {indicator: stop.shutdowns, rows: count, where: [{columns: [kind], is: ['1']}]}
  - {indicator: stop.wide_shutdowns, rows: count, where: [{columns: [kind], is: ['2'], unclear: ['1']}]}
"""
SPELLS = """time:
  from: [start]
  to: [end]
  forms: ['%Y']
  open: {columns: [kind], is: ['01']}
"""
WORDS = """missing: ['-9']
indicators:
  - {indicator: fiw.status, columns: [status], words: [{written: '1', value: free}, {written: '2.0', value: not_free}]}
"""
CODES = """country:
  - {columns: [country], by: gw}
units:
  - {written: '20', is: NOR}
"""


@pytest.mark.parametrize("one", WRITTEN)
def test_a_test_that_a_row_must_pass(one: str, tmp_path: Path) -> None:
    made = import_of(mapping_of(COUNTRY + YEAR + TESTED, tmp_path), written(tmp_path, ["country,year,kind", f"Chad,2020,{one}"]))
    assert totals(made, "TCD") == {2020: "1"}
    assert made.tally.outside == 0


@pytest.mark.parametrize("one", WRITTEN)
def test_a_text_that_leaves_open_whether_a_row_passes(one: str, tmp_path: Path) -> None:
    lines = ["country,year,kind", f"Chad,2020,{one}", "Chad,2020,2"]
    made = import_of(mapping_of(COUNTRY + YEAR + TESTED, tmp_path), written(tmp_path, lines))
    assert made.said["TCD", 2020, "stop.wide_shutdowns"].low == 1


@pytest.mark.parametrize("one", WRITTEN)
def test_rows_that_are_meant_and_rows_that_go_on(one: str, tmp_path: Path) -> None:
    only = "only:\n  - {columns: [kind], is: ['1', '2']}\n"
    mapping = mapping_of(COUNTRY + SPELLS + only + COUNT, tmp_path)
    made = import_of(mapping, written(tmp_path, ["country,start,end,kind", f"Chad,2019,,{one}", "Chad,2021,2021,2.0"]))
    assert totals(made, "TCD") == {2019: "1", 2020: "1", 2021: "2"}


@pytest.mark.parametrize(("code", "missing"), [("1", "-9"), ("1.0", "-9.0"), ("001", "-09")])
def test_words_and_what_means_no_value(code: str, missing: str, tmp_path: Path) -> None:
    lines = ["country,year,status", f"Chad,2020,{code}", f"Togo,2020,{missing}", "Mali,2020,2"]
    made = import_of(mapping_of(COUNTRY + YEAR + WORDS, tmp_path), written(tmp_path, lines))
    assert (made.value("TCD", 2020, "fiw.status"), made.value("MLI", 2020, "fiw.status")) == ("free", "not_free")
    assert (made.tally.missing, made.tally.refused_values) == (1, 0)


@pytest.mark.parametrize("code", ["20", "20.0", "020", "20.00"])
def test_codes_of_countries_and_units(code: str, tmp_path: Path) -> None:
    with_unit = import_of(mapping_of(CODES + YEAR + COUNT, tmp_path), written(tmp_path, ["country,year", f"{code},2020"]))
    assert totals(with_unit, "NOR") == {2020: "1"}
    text = (CODES + YEAR + COUNT).replace("'20'", "'21'")
    assert totals(import_of(mapping_of(text, tmp_path), written(tmp_path, ["country,year", f"{code},2020"])), "CAN") == {
        2020: "1"
    }


def test_a_decimal_comma_is_one_in_tests_too(tmp_path: Path) -> None:
    text = "file: {separator: ;, decimal: ','}\n" + COUNTRY + YEAR + TESTED
    made = import_of(mapping_of(text, tmp_path), written(tmp_path, ["country;year;kind", "Chad;2020;1,0", "Chad;2020;1.0"]))
    assert totals(made, "TCD") == {2020: "2"}


def test_an_edition_written_as_a_decimal_is_named_as_a_year(tmp_path: Path) -> None:
    lines = ["Country/Territory,Edition,Total", "Chad,2024.0,17.0"]
    made = import_of(shipped_mapping("freedom-house"), written(tmp_path, lines))
    assert made.said["TCD", 2023, "fiw.total"].edition == "2024"


def test_events_of_ucdp_saved_anew_by_a_statistics_program_are_the_same_events(tmp_path: Path) -> None:
    headings = "id,year,type_of_violence,side_a,country,country_id,date_start,best"
    rows = [(1, 2, 1, "Government of Peru", 4), (2, 5, 3, "Government of Peru", 9), (3, 9, 2, "A band", 3)]
    forms = []
    for tail in ("", ".0"):
        lines = [
            f"{number}{tail},2019{tail},{kind}{tail},{side},Peru,135{tail},2019-0{month}-01,{best}{tail}"
            for number, month, kind, side, best in rows
        ]
        made = import_of(shipped_mapping("ucdp"), written(tmp_path, [headings, *lines]))
        assert balanced(made.tally)
        forms.append({(row.indicator, row.low if row.value is None else row.value) for row in made.rows if row.iso3 == "PER"})
    assert forms[0] == forms[1]
    assert ("ucdp.state_based_deaths", Decimal(4)) in forms[0]
    assert ("ucdp.state_one_sided_deaths", Decimal(9)) in forms[0]


def test_a_mapping_that_says_a_number_twice_is_told(tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text(HEAD + COUNTRY + YEAR + WORDS.replace("'2.0'", "'1.0'"), "utf-8")
    assert [problem.code for problem in problems_of(path)[1]] == ["I324"]


@given(number=st.integers(-(10**30), 10**30), zeros=st.integers(0, 5), tail=st.sampled_from(["", ".", ".0", ".00", "e0"]))
def test_any_writing_of_a_whole_number_is_that_number(number: int, zeros: int, tail: str) -> None:
    cell = f"{'-' if number < 0 else ''}{'0' * zeros}{abs(number)}{tail}"
    assert cell in texts_of([str(number)], ".")
    assert cell not in texts_of([str(number + 1), "a text"], ".")
    assert words_of({str(number): "this", str(number + 1): "that"}, ".").word(cell) == "this"


@given(text=st.text(max_size=6))
def test_texts_that_are_no_numbers_are_compared_letter_by_letter(text: str) -> None:
    assert (text in texts_of(["Level 3", "1 "], ".")) == (text in ("Level 3", "1 "))
    assert words_of({"F": "free"}, ".").word(text) == ("free" if text == "F" else text)
