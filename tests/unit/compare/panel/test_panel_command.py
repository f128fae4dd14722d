"""`rate panel`: to the screen, as CSV and JSON, and into files."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import polars as pl
import pytest
from assets.toy import OPTIONS

from ratingengine.cli import run


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_every_form_has_the_same_rows(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["panel", *OPTIONS, "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)["rows"]
    assert run(["panel", *OPTIONS, "--format", "csv"]) == 0
    printed = capsys.readouterr().out
    assert [row["rating"] for row in rows_of(printed)] == [row["rating"] or "" for row in rows]
    for name in ("panel.csv", "panel.parquet"):
        assert run(["panel", *OPTIONS, "-o", str(tmp_path / name)]) == 0
        assert f"{len(rows)} country-years written to " in capsys.readouterr().err
    assert (tmp_path / "panel.csv").read_text("utf-8") == printed
    assert pl.read_parquet(tmp_path / "panel.parquet").to_dicts() == rows
    assert run(["panel", *OPTIONS, "-o", "-"]) == 0
    assert capsys.readouterr().out == printed
    assert run(["panel", *OPTIONS]) == 0
    assert "BVT   Bouvet Island" in capsys.readouterr().out


def test_without_a_row_the_columns_are_there(tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    empty = ["--records", str(tmp_path / "none")]
    for name in ("panel.csv", "panel.parquet"):
        assert run(["panel", *empty, "-o", str(tmp_path / name)]) == 0
    names = (tmp_path / "panel.csv").read_text("utf-8").strip().split(",")
    assert names == pl.read_parquet(tmp_path / "panel.parquet").columns
    assert names[:3] == ["iso3", "country", "name_ru"]


@pytest.mark.parametrize(("output", "said"), [("panel.xlsx", "ends in .csv or .parquet"), ("", "ends in .csv or .parquet")])
def test_another_kind_of_file_is_refused(output: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["panel", *OPTIONS, "-o", output]) == 2
    assert said in capsys.readouterr().err
