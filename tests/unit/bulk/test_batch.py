"""`rate batch` from file to file: the same ratings in whatever parts and forms, and nothing written where something is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from ratingengine.bulk.batch import admitted_table, batch, trace
from ratingengine.bulk.method import compiled_of
from ratingengine.engine.opening import codebook_folder, load_method, rules_folder
from ratingengine.errors import CannotWrite, InvalidInput, NotFound

RSF = compiled_of("rsf-situations")
COUNTRIES = ("AFG", "FIN", "IND", "KAZ", "USA")


def table(path: Path, order: str = "sorted") -> Path:
    rows = [(iso3, year, round(10.0 + 7.3 * n + year % 7, 2)) for n, iso3 in enumerate(COUNTRIES) for year in range(2015, 2023)]
    if order == "mixed":
        rows.reverse()
    frame = pl.DataFrame(rows, schema=["iso3", "year", "rsf.score"], orient="row")
    if path.suffix == ".csv":
        frame.write_csv(path)
    else:
        frame.write_parquet(path)
    return path


def answers(path: Path) -> list[tuple[Any, ...]]:
    frame = pl.read_csv(path) if path.suffix == ".csv" else pl.read_parquet(path)
    return frame.select(pl.all().exclude("watchlist").cast(pl.String)).rows()


@pytest.mark.parametrize("order", ["sorted", "mixed"])
@pytest.mark.parametrize("given", [".csv", ".parquet"])
@pytest.mark.parametrize("rows", [7, 500_000])
def test_parts_and_forms_make_no_difference(tmp_path: Path, order: str, given: str, rows: int) -> None:
    whole, parts = tmp_path / "whole.csv", tmp_path / "parts.csv"
    batch(table(tmp_path / "sorted.csv"), str(whole), RSF)
    found = batch(table(tmp_path / f"t{given}", order), str(parts), RSF, rows=rows)
    assert found.rows == 40
    assert sum(found.ratings.values()) == 40
    assert answers(parts) == answers(whole)


def test_a_table_of_observations_is_put_together(tmp_path: Path) -> None:
    wide, long = tmp_path / "wide.csv", tmp_path / "long.csv"
    frame = pl.read_csv(table(tmp_path / "t.csv"))
    rows = [
        (r["iso3"], r["year"], "rsf.score", r["rsf.score"], f"{r['year']}-01-01", f"{r['year']}-12-31")
        for r in frame.rows(named=True)
    ]
    pl.DataFrame(rows, schema=["iso3", "year", "indicator", "value", "from", "to"], orient="row").write_csv(tmp_path / "o.csv")
    batch(tmp_path / "t.csv", str(wide), RSF)
    batch(tmp_path / "o.csv", str(long), RSF, rows=7)
    assert answers(long) == answers(wide)


def test_with_explain_there_is_a_column_for_each_rule(tmp_path: Path) -> None:
    batch(table(tmp_path / "t.csv"), str(tmp_path / "out.parquet"), RSF, explain=True)
    frame = pl.read_parquet(tmp_path / "out.parquet")
    rules = [rule.id for program in RSF.programs.values() for rule in program.rules]
    assert frame.columns[-len(rules) :] == rules
    assert frame.select(rules).dtypes == [pl.Boolean] * len(rules)


def test_where_something_is_wrong_nothing_is_written(tmp_path: Path) -> None:
    frame = pl.read_csv(table(tmp_path / "t.csv")).with_columns(pl.lit(500.0).alias("rsf.score"))
    frame.write_parquet(tmp_path / "wrong.parquet")
    with pytest.raises(InvalidInput) as refused:
        batch(tmp_path / "wrong.parquet", str(tmp_path / "out.csv"), RSF, rows=7)
    assert len(refused.value.problems) == 40
    assert sorted(path.name for path in tmp_path.iterdir()) == ["t.csv", "wrong.parquet"]


def test_files_that_are_none(tmp_path: Path) -> None:
    (tmp_path / "t.xlsx").write_bytes(b"PK")
    (tmp_path / "empty.csv").write_bytes(b"")
    with pytest.raises(NotFound, match="no such table"):
        batch(tmp_path / "nothing.csv", str(tmp_path / "out.csv"), RSF)
    for name in ("t.xlsx", "empty.csv"):
        with pytest.raises(InvalidInput, match="B506"):
            batch(tmp_path / name, str(tmp_path / "out.csv"), RSF)
    for name in ("out.txt", "none/out.csv"):
        with pytest.raises(CannotWrite):
            batch(table(tmp_path / "t.csv"), str(tmp_path / name), RSF)


def test_the_trace_of_a_row(tmp_path: Path) -> None:
    folder = rules_folder("rsf-situations")
    method = load_method(folder, codebook_folder((), folder), "reference")
    profile, links = trace(table(tmp_path / "t.csv"), method, "KAZ", 2022)
    assert profile == "scores"
    batch(tmp_path / "t.csv", str(tmp_path / "out.csv"), RSF)
    row = pl.read_csv(tmp_path / "out.csv").filter((pl.col("iso3") == "KAZ") & (pl.col("year") == 2022)).row(0, named=True)
    published = links[profile].published
    assert (row["rating"], row["change"]) == (method.scale.word(published.rating or 0), published.change)
    with pytest.raises(NotFound, match="it has 2015 to 2022"):
        trace(tmp_path / "t.csv", method, "KAZ", 2030)
    with pytest.raises(NotFound, match="nor of that country"):
        trace(tmp_path / "t.csv", method, "XXX", 2030)


def test_a_whole_table_has_each_country_year_once(tmp_path: Path) -> None:
    frame = pl.read_csv(table(tmp_path / "t.csv"))
    pl.concat([frame, frame.head(1)]).write_csv(tmp_path / "twice.csv")
    with pytest.raises(InvalidInput, match="B505"):
        admitted_table(tmp_path / "twice.csv", RSF)
