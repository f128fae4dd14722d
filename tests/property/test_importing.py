"""Any file of any cells: every row is told of once, every value is an observation, missing or refused, and tables keep them."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.imported import CODEBOOK, COUNTRY, YEAR, Made, balanced, import_of, mapping_of

from ratingengine.evidence.tables.form import Row
from ratingengine.evidence.tables.read import evidence_of, read_table
from ratingengine.importing.command import import_file
from ratingengine.importing.dating import Release

VALUES = "indicators:\n  - {indicator: vdem.v2x_civlib, columns: [a]}\n  - {indicator: vdem.v2cseeorgs, columns: [b]}\n"
COUNTS = "covers: {countries: listed}\nindicators:\n  - {indicator: cpj.journalists_killed, sum: [a]}\n"
NAMES = ["Kazakhstan", "CHL", "Congo", "USSR", "Atlantis", "West Bank", "", "Somaliland"]
COUNTRIES = st.sampled_from(NAMES) | st.text('xé" ,\n\x00', max_size=5)
YEARS = st.integers(1990, 1996).map(str) | st.sampled_from(["", "1990.0", "soon", "12", "99999"])
ODD = ["", "NA", "x", "1e-2", "-", "inf", "٣", "1e30", "-1e30", "1e999", "1000000000000", "1" * 40]
NUMBERS = st.decimals("-12", "12", allow_nan=False, places=4).map(str) | st.sampled_from(ODD)
WHOLE_ROWS = st.tuples(COUNTRIES, YEARS, NUMBERS, NUMBERS)
RAGGED = st.lists(NUMBERS, min_size=1, max_size=6).map(lambda cells: ("CHL", *cells)).filter(lambda cells: len(cells) != 4)
ROWS = st.lists(WHOLE_ROWS | RAGGED, max_size=25)


def file_of(rows: list[tuple[str, ...]], folder: Path, headings: tuple[str, ...] = ("country", "year", "a", "b")) -> Path:
    path = folder / "made.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([headings, *rows])
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
    found = import_of(mapping, file_of(shuffled, folder))
    assert {_plain(row) for row in found.rows} == {_plain(row) for row in one.rows}
    assert balanced(one.tally)
    for row in one.rows:
        said = [cells[2] for cells in rows if _is(cells, row)]
        whole = [int(Decimal(text)) for text in said if _whole(text)]
        assert (row.value if row.value is not None else row.low) == sum(whole)
        assert (row.value is None) >= (len(whole) < len(said)), "a total with a share that is unknown is a lower bound"


SPELLS = """country:
  - {columns: [country], by: name, separator: ;}
units:
  - {written: Zone, apart: A zone, of: [KAZ, CHL]}
time:
  from: [from]
  to: [to]
  forms: ['%Y']
  open: {columns: [state], is: [open]}
only:
  - {columns: [state], is: [open, ended]}
indicators:
  - {indicator: stop.shutdowns, rows: count}
"""
ALL = {"Kazakhstan": {"KAZ"}, "CHL": {"CHL"}, "Chile": {"CHL"}, "Zone": {"KAZ", "CHL"}}
CELLS = st.lists(st.sampled_from([*ALL, "Atlantis", " "]), min_size=1, max_size=3).map(";".join)
SPELL_YEARS = st.sampled_from(["1990", "1992", "1994", "1996", "soon"])
SPELL_ROWS = st.lists(
    st.tuples(CELLS, SPELL_YEARS, SPELL_YEARS | st.just(""), st.sampled_from(["open", "ended", "ended", "none"]))
    | st.tuples(CELLS, SPELL_YEARS),
    max_size=8,
)
COVERS = st.sampled_from(["", "covers: {countries: listed}\n", "covers: {countries: world}\n"])


@given(rows=SPELL_ROWS, covers=COVERS)
def test_an_exact_total_is_of_all_rows_that_may_belong_to_it(
    rows: list[tuple[str, ...]], covers: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("made")
    mapping = mapping_of(SPELLS.replace("indicators:", f"{covers}indicators:"), folder)
    file = file_of(rows, folder, ("country", "from", "to", "state"))
    made = import_of(mapping, file)
    assert balanced(made.tally)
    spans = [_span(cells) for cells in rows if _taken(cells)]
    # What is still open goes on as far as the file does, whomever its last row is of.
    end = max((last or first for first, last in map(_span, filter(_placed, rows))), default=0)
    for row in made.rows:
        sure = sum(_counts(cells, row, end) for cells in rows)
        assert (row.value if row.value is not None else row.low) == sure
        assert (row.value is None) == any(_may_count(cells, row.iso3, row.year) for cells in rows)
        assert sure or covers
    if "world" in covers and spans:
        first = min(begun for begun, _ in spans)
        silent = {(iso3, year) for iso3 in ("KAZ", "CHL", "NOR") for year in range(first, end + 1)}
        for iso3, year in silent - {(row.iso3, row.year) for row in made.rows}:
            assert any(_may_count(cells, iso3, year) for cells in rows), "none is said where no row may count"
    for wanted in (Release(first=1993), Release(last=1993), Release(first=1991, last=1994)):
        kept = tuple(row for row in made.rows if wanted.first <= row.year <= wanted.last)
        assert import_of(mapping, file, wanted).rows == kept


def _span(cells: tuple[str, ...]) -> tuple[int, int | None]:
    first, last = cells[1], cells[2]
    return int(first), int(last or first) if last or cells[3] != "open" else None


def _names(cells: tuple[str, ...]) -> set[str]:
    return {name.strip() for name in cells[0].split(";")} - {""}


def _readable(cells: tuple[str, ...]) -> bool:
    return "soon" not in cells[1:3] and (not cells[2] or cells[2] >= cells[1])


def _taken(cells: tuple[str, ...]) -> bool:
    return len(cells) == 4 and cells[3] != "none" and _readable(cells) and bool(_names(cells) & {"Kazakhstan", "CHL", "Chile"})


def _placed(cells: tuple[str, ...]) -> bool:
    """Whether a row has years and says whom it is of, be it a unit that is no country."""
    return len(cells) == 4 and cells[3] != "none" and _readable(cells) and bool(_names(cells) - {"Atlantis"})


def _counts(cells: tuple[str, ...], row: Row, end: int) -> bool:
    if not _taken(cells):
        return False
    first, last = _span(cells)
    named = set().union(*(ALL[name] for name in _names(cells) - {"Zone", "Atlantis"}))
    return row.iso3 in named and first <= row.year <= (end if last is None else last)


def _may_count(cells: tuple[str, ...], iso3: str, year: int) -> bool:
    """A row of the wrong length may be of anything; one with a name that cannot be placed, of what its years leave open."""
    if len(cells) != 4:
        return True
    if cells[3] == "none":
        return False
    names = _names(cells)
    lost = not names or "Atlantis" in names or (iso3 in ALL["Zone"] and "Zone" in names)
    if not _readable(cells):
        return lost or iso3 in set().union(*(ALL.get(name, set()) for name in names))
    first, last = _span(cells)
    return lost and first <= year and (last is None or year <= last)


def _plain(row: Row) -> tuple[object, ...]:
    return row._replace(locator="")


def _is(cells: tuple[str, ...], row: Row) -> bool:
    names = {"KAZ": ("Kazakhstan",), "CHL": ("CHL",), "XSL": ("Somaliland",), "XWB": ("West Bank",)}.get(row.iso3, ())
    return len(cells) == 4 and cells[0] in names and cells[1].removesuffix(".0") == str(row.year)


def _whole(text: str) -> bool:
    try:
        number = Decimal(text)
    except ArithmeticError:
        return False
    return text.isascii() and number.is_finite() and 0 <= number <= 10**12 and number == int(number)
