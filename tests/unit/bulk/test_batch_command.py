"""`rate batch`, `simulate` and `sensitivity` from inside this process: answers in three forms, and what is wrong in one line."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import polars as pl
import pytest
from support.leaves import unsaid

from ratingengine.cli import run
from ratingengine.errors.extras import to_install_extra

TABLE = "iso3,year,rsf.score,rsf.score__low,rsf.score__high\nKAZ,2021,50,,\nKAZ,2022,48.28,45,52\nIND,2022,41,38,43\n"
RSF = ("--rules", "rsf-situations")
SAID_ELSEWHERE = {"schema", "known.no_value", "profiles.watchlist"}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "t.csv").write_text(TABLE, "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    "words",
    [
        ("batch", "t.csv", "-o", "out.csv", *RSF),
        ("batch", "t.csv", "--trace", "KAZ:2022", *RSF),
        ("simulate", "t.csv", "--draws", "200", *RSF),
        ("sensitivity", "t.csv", *RSF),
    ],
)
def test_text_and_markdown_say_all_that_json_says(here: Path, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    lacking = unsaid(list(words), SAID_ELSEWHERE, capsys)
    assert [one for one in lacking if not one.endswith(": –")] == []


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("batch", "t.csv"), 2, "give -o FILE"),
        (("batch", "t.csv", "-o", "o.csv", "--trace", "KAZ:2022"), 2, "one of them"),
        (("batch", "t.csv", "-o", "t.csv"), 2, "name another file"),
        (("batch", "t.csv", "-o", "o.csv", "--backend", "excel"), 2, "polars, spark"),
        (("batch", "t.csv", "--trace", "KAZ"), 2, "ISO3:YEAR"),
        (("batch", "t.csv", "--trace", "KAZ:1999"), 3, "it has 2021 to 2022"),
        (("batch", "none.csv", "-o", "o.csv"), 3, "no such table"),
        (("batch", "t.csv", "-o", "o.txt"), 1, "end the name in .csv or .parquet"),
        (("simulate", "t.csv", "--draws", "0"), 2, "write 1 or more"),
        (("sensitivity", "t.csv", "--share", "0"), 2, "a per cent"),
    ],
)
def test_what_is_wrong_is_said_in_a_line(
    here: Path, words: tuple[str, ...], code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*words, *RSF]) == code
    printed = capsys.readouterr()
    assert said in printed.err
    assert printed.out == ""
    assert sorted(path.name for path in here.iterdir()) == ["t.csv"]


def test_a_wrong_cell_is_told_with_its_place(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "t.csv").write_text(TABLE.replace("48.28", "48.281"), "utf-8")
    assert run(["batch", "t.csv", "-o", "out.csv", *RSF]) == 4
    printed = capsys.readouterr().err
    assert printed.startswith("t.csv:3:1: B503 row 2 (KAZ 2022), column 'rsf.score': more digits than rsf.score keeps: '48.281'")
    assert printed.endswith("1 problem; nothing was rated\n")


def test_a_missing_backend_is_a_line_with_its_remedy(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)
    assert run(["batch", "t.csv", "-o", "out.csv", "--backend", "spark", *RSF]) == 2
    assert capsys.readouterr().err == f"error: pyspark.errors is not installed; install it with: {to_install_extra('spark')}\n"
    monkeypatch.setitem(sys.modules, "polars", None)
    for command in ("batch", "simulate", "sensitivity"):
        words = [command, "t.csv", *(("-o", "out.csv") if command == "batch" else ()), *RSF]
        assert run(words) == 2
        assert capsys.readouterr().err == f"error: polars is not installed; install it with: {to_install_extra('bulk')}\n"


def test_ratings_to_stdout_leave_the_summary_to_stderr(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["batch", "t.csv", "-o", "-", *RSF]) == 0
    printed = capsys.readouterr()
    assert printed.out.startswith("iso3,year,rating,")
    assert "3 country-years rated" in printed.err


def test_probabilities_are_written_and_add_up(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["simulate", "t.csv", "--draws", "300", "-o", "p.parquet", "--format", "json", *RSF]) == 0
    content = json.loads(capsys.readouterr().out)
    assert content["more_than_one_rating"] == 2
    shares = pl.read_parquet("p.parquet").drop("iso3", "year")
    assert shares.select(pl.sum_horizontal(pl.all()).round(12).alias("all"))["all"].to_list() == [1.0, 1.0, 1.0]


def test_help_loads_no_library_of_frames(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("polars", "narwhals", "pyarrow", "duckdb", "pyspark"):
        monkeypatch.setitem(sys.modules, name, None)
    for words in (["--help"], ["batch", "--help"], ["simulate", "--help"]):
        assert run(words) == 0


def test_a_territory_that_is_no_country_is_rated_where_that_is_asked_for(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "t.csv").write_text("iso3,year,rsf.score\nFIN,2019,90\nNagorno-Karabakh,2019,31\n", "utf-8")
    assert run(["batch", "t.csv", "-o", "-", *RSF]) == 4
    assert "Nagorno-Karabakh" in capsys.readouterr().err
    assert run(["batch", "t.csv", "-o", "-", "--any-unit", *RSF]) == 0
    said = capsys.readouterr()
    assert "\nNagorno-Karabakh,2019,very_serious," in said.out
    assert "a code of no country is a unit of the table" in said.err
    assert run(["batch", "t.csv", "--trace", "Nagorno-Karabakh:2019", "--any-unit", *RSF]) == 0
    assert "Rating very_serious" in capsys.readouterr().out
