"""Tables as files: what is broken in them told with its line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from ratingengine.bulk.batch import batch
from ratingengine.bulk.files import scanned
from ratingengine.bulk.method import compiled_of
from ratingengine.errors import InvalidInput

RSF = compiled_of("rsf-situations")
HEAD = "iso3,year,country,rsf.score\n"


def said_of(path: Path, **how: Any) -> list[str]:
    """What is refused, or the rating of each row."""
    try:
        batch(path, str(path.with_name("out.csv")), RSF, **how)
    except InvalidInput as invalid:
        return [f"{problem.place.line if problem.place else 0} {problem.code} {problem.message}" for problem in invalid.problems]
    return pl.read_csv(path.with_name("out.csv"))["rating"].to_list()


@pytest.mark.parametrize("year", ["2021.6", "2e3", "2,021", "+2021", "02021", "x"])
def test_a_year_is_digits(tmp_path: Path, year: str) -> None:
    (tmp_path / "t.csv").write_text(f'{HEAD}IND,"{year}",,50\n', "utf-8")
    assert said_of(tmp_path / "t.csv") == ["2 B502 row 1 (IND None), column 'year': is empty or not in its form"]


@pytest.mark.parametrize("mark", [";", "|", "\t"])
def test_cells_are_divided_by_commas(tmp_path: Path, mark: str) -> None:
    (tmp_path / "t.csv").write_text(f"{HEAD}IND,2021,,50\n".replace(",", mark), "utf-8")
    assert said_of(tmp_path / "t.csv")[0].startswith("1 B502 there is no column 'iso3'")


@pytest.mark.parametrize("rows", [1, 500_000])
@pytest.mark.parametrize(
    ("line", "cells"), [("KAZ,2021", "2 cells"), ("KAZ", "1 cell"), ("KAZ,2021,,50,", "5 cells"), ('"K,Z",2021,50', "3 cells")]
)
def test_a_row_has_as_many_cells_as_the_line_of_names(tmp_path: Path, line: str, cells: str, rows: int) -> None:
    (tmp_path / "t.csv").write_text(f"{HEAD}IND,2021,,50\n{line}\nIND,2022,,50\n", "utf-8")
    assert said_of(tmp_path / "t.csv", rows=rows) == [f"3 I330 the row has {cells}, the heading 4"]


def test_every_uneven_row_is_told(tmp_path: Path) -> None:
    for mark in ("", '"'):
        (tmp_path / "t.csv").write_text(HEAD + f"{mark}IND{mark},2021\n" * 30, "utf-8")
        assert len(said_of(tmp_path / "t.csv")) == 30


def test_commas_and_ends_of_lines_in_quotation_marks_divide_nothing(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(f'\ufeff{HEAD}IND,2021,"India, ""the""\nrepublic",50\r\nKAZ,2021,,90\r\n', "utf-8")
    assert said_of(tmp_path / "t.csv") == ["difficult", "good"]


@pytest.mark.parametrize("rows", [1, 500_000])
@pytest.mark.parametrize("quoted", [False, True])
def test_another_encoding_is_refused(tmp_path: Path, rows: int, quoted: bool) -> None:
    text = f"{HEAD}CIV,2020,Côte,60\n" + ('IND,2020,"a, b",50\n' if quoted else "")
    (tmp_path / "t.csv").write_bytes(text.encode("latin-1"))
    assert said_of(tmp_path / "t.csv", rows=rows) == ["2 F103 not UTF-8 text: byte 0xf4"]


@pytest.mark.parametrize("rows", [1, 500_000])
def test_texts_that_a_file_keeps_as_categories_are_texts(tmp_path: Path, rows: int) -> None:
    # Written in an order of their own, which is not that of the words.
    frame = pl.DataFrame({"iso3": ["KAZ", "IND", "FIN"], "year": [2021] * 3, "rsf.score": ["90", "50", "72"]})
    kinds = {"iso3": pl.Enum(["KAZ", "IND", "FIN"]), "rsf.score": pl.Categorical}
    # The stubs of polars want one kind of key and of value in the whole mapping.
    frame.cast(kinds).write_parquet(tmp_path / "t.parquet")  # type: ignore[arg-type]
    assert said_of(tmp_path / "t.parquet", rows=rows) == ["satisfactory", "difficult", "good"]


def test_a_country_that_is_asked_for_is_found_among_categories(tmp_path: Path) -> None:
    frame = pl.DataFrame({"iso3": ["KAZ", "FIN"]}, schema={"iso3": pl.Enum(["KAZ", "FIN"])})
    frame.write_parquet(tmp_path / "t.parquet")
    assert scanned(tmp_path / "t.parquet").filter(pl.col("iso3") == "FIN").collect()["iso3"].to_list() == ["FIN"]
