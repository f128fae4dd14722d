"""Tables of country-years: the same rows from CSV and Parquet, and what of them is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from ratingengine.errors import InvalidInput
from ratingengine.evidence.country_years import CountryYears, read_table, table_of

TEXT = "iso3,year,rating,R-1,beside\nKAZ,2021,obstructed,true,x\nKAZ,2022,repressed,,y\n"


def cells(table: CountryYears) -> list[tuple[str, int, str]]:
    return [(row.iso3, row.year, row.text("rating")) for row in table.rows]


def test_both_forms_give_the_same_rows_and_places(tmp_path: Path) -> None:
    polars = pytest.importorskip("polars")
    (tmp_path / "t.csv").write_text(TEXT, encoding="utf-8")
    polars.read_csv(tmp_path / "t.csv").write_parquet(tmp_path / "t.parquet")
    written = read_table(tmp_path / "t.csv", ("rating",))
    kept = read_table(tmp_path / "t.parquet", ("rating",), further=("R-1",))
    assert cells(written) == cells(kept) == [("KAZ", 2021, "obstructed"), ("KAZ", 2022, "repressed")]
    assert [row.line for row in kept.rows] == [2, 3]
    assert kept.columns == ("iso3", "year", "rating", "R-1")
    assert kept.rows[0].text("R-1") == "true"


def test_of_parquet_only_the_years_that_are_asked_for_are_read(tmp_path: Path) -> None:
    polars = pytest.importorskip("polars")
    polars.DataFrame({"iso3": ["KAZ"] * 3, "year": [2020, 2021, 2022], "rating": ["open"] * 3}).write_parquet(
        tmp_path / "t.parquet"
    )
    assert [row.year for row in read_table(tmp_path / "t.parquet", ("rating",), years=(2021, 2021)).rows] == [2021]


def test_what_is_no_parquet_is_told(tmp_path: Path) -> None:
    pytest.importorskip("polars")
    (tmp_path / "t.parquet").write_text(TEXT, encoding="utf-8")
    with pytest.raises(InvalidInput, match="F101 not a Parquet file, or a broken one"):
        read_table(tmp_path / "t.parquet", ("rating",))


def test_all_problems_stand_with_their_places() -> None:
    table = table_of("t.csv", b"iso3,year,rating\nkaz,2022,open\nKAZ,22,open\nFIN,2020,open\nFIN,2020,open\n", ("rating",))
    found = [(one.code, one.place.line, one.place.column) for one in table.problems if one.place is not None]
    assert found == [("I313", 2, 1), ("F116", 3, 5), ("I331", 5, 1)]
    with pytest.raises(InvalidInput, match="F114 there is no column 'rating'"):
        table_of("t.csv", b"iso3,year\nkaz,2022\n", ("rating",))
