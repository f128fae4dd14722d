"""Any file of any cells: every row is told of once, every value is an observation, missing or refused, and tables keep them."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from imported import CODEBOOK, COUNTRY, YEAR, Made, balanced, import_of, mapping_of

from ratingengine.importing.command import import_file
from ratingengine.importing.rawfile import open_raw
from ratingengine.importing.run import Release, run
from ratingengine.tables.form import Row
from ratingengine.tables.read import evidence_of, read_table

VALUES = "indicators:\n  - {indicator: vdem.v2x_civlib, columns: [a]}\n  - {indicator: vdem.v2cseeorgs, columns: [b]}\n"
COUNTS = "covers: {countries: listed}\nindicators:\n  - {indicator: cpj.journalists_killed, sum: [a]}\n"
NAMES = ["Kazakhstan", "CHL", "Congo", "USSR", "Atlantis", "West Bank", "", "Somaliland"]
COUNTRIES = st.sampled_from(NAMES) | st.text('xé" ,\n\x00', max_size=5)
YEARS = st.integers(1990, 1996).map(str) | st.sampled_from(["", "1990.0", "soon", "12", "99999"])
NUMBERS = st.decimals("-12", "12", allow_nan=False, places=4).map(str) | st.sampled_from(["", "NA", "x", "1e-2", "-", "inf", "٣"])
ROWS = st.lists(st.tuples(COUNTRIES, YEARS, NUMBERS, NUMBERS), max_size=25)


def file_of(rows: list[tuple[str, ...]], folder: Path) -> Path:
    path = folder / "made.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("country", "year", "a", "b"), *rows])
    return path


@given(rows=ROWS)
def test_values_of_any_file_are_told_of_once_and_come_back(
    rows: list[tuple[str, ...]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("made")
    mapping, file = mapping_of(COUNTRY + YEAR + VALUES, folder), file_of(rows, folder)
    made = import_of(mapping, file)
    tally = made.tally
    assert tally.read == len(rows)
    assert balanced(tally)
    assert 2 * (tally.mapped + tally.empty) == tally.observations + tally.missing + tally.refused_values
    assert tally.observations == len(made.rows) == len(made.said)
    if made.rows:
        import_file(mapping, file, CODEBOOK, Release(), folder / "out.csv")
        assert _read_back(folder / "out.csv", made) == {(row.iso3, row.year, row.indicator): row.value for row in made.rows}


def _read_back(path: Path, made: Made) -> dict[tuple[str, int, str], Decimal]:
    found = {}
    for iso3 in {row.iso3 for row in made.rows}:
        for one in evidence_of(read_table(path), iso3, CODEBOOK).observations:
            assert one.claim.lowest is not None
            assert one.claim.lowest == one.claim.highest
            found[iso3, one.begun.year, one.indicator] = Decimal(one.claim.lowest).scaleb(-CODEBOOK[one.indicator].decimals)
    return found


@given(rows=ROWS, order=st.randoms(use_true_random=False))
def test_totals_do_not_hang_on_the_order_of_rows_and_are_never_too_high(
    rows: list[tuple[str, ...]], order: object, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("made")
    mapping = mapping_of(COUNTRY + YEAR + COUNTS, folder)
    one = import_of(mapping, file_of(rows, folder))
    shuffled = list(rows)
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    found: list[Row] = []
    run(mapping, open_raw(file_of(shuffled, folder), mapping), CODEBOOK, Release(), found.append)
    assert {_plain(row) for row in found} == {_plain(row) for row in one.rows}
    assert balanced(one.tally)
    for row in one.rows:
        said = [cells[2] for cells in rows if _is(cells, row)]
        whole = [int(Decimal(text)) for text in said if _whole(text)]
        assert (row.value if row.value is not None else row.low) == sum(whole)
        assert (row.value is None) >= (len(whole) < len(said)), "a total with a share that is unknown is a lower bound"


def _plain(row: Row) -> tuple[object, ...]:
    return row._replace(locator="")


def _is(cells: tuple[str, ...], row: Row) -> bool:
    names = {"KAZ": ("Kazakhstan",), "CHL": ("CHL",), "XSL": ("Somaliland",)}.get(row.iso3, ())
    return cells[0] in names and cells[1].removesuffix(".0") == str(row.year)


def _whole(text: str) -> bool:
    try:
        number = Decimal(text)
    except ArithmeticError:
        return False
    return text.isascii() and number.is_finite() and number >= 0 and number == int(number)
