"""Frames of every kind go in and come out as what they were; libraries that are missing are named with their remedy."""

from __future__ import annotations

import re
import sys
from typing import Any

import narwhals as nw
import polars as pl
import pytest

from ratingengine.bulk import BackendAbsent, rate_frame, trace_frame
from ratingengine.bulk.frames import as_polars, kind_of, library, taken
from ratingengine.errors import InvalidInput
from ratingengine.errors.extras import to_install_extra

FRAME = pl.DataFrame({"iso3": ["KAZ", "FIN", "KAZ"], "year": [2022, 2022, 2021], "rsf.score": [48.28, None, 50.0]})
RATINGS = {("KAZ", 2021): "difficult", ("KAZ", 2022): "difficult", ("FIN", 2022): None}


def told(frame: Any) -> dict[tuple[str, int], str | None]:
    return {(row["iso3"], row["year"]): row["rating"] for row in as_polars(frame).rows(named=True)}


@pytest.mark.parametrize("backend", [None, "polars"])
def test_polars_gives_polars(backend: str | None) -> None:
    rated = rate_frame(FRAME, "rsf-situations", backend)
    assert isinstance(rated, pl.DataFrame)
    assert told(rated) == RATINGS


def test_a_lazy_frame_is_collected() -> None:
    assert told(rate_frame(FRAME.lazy(), "rsf-situations")) == RATINGS


@pytest.mark.parametrize("backend", [None, "polars"])
def test_pandas_gives_pandas(backend: str | None) -> None:
    pandas = pytest.importorskip("pandas")
    rated = rate_frame(FRAME.to_pandas(), "rsf-situations", backend)
    assert isinstance(rated, pandas.DataFrame)
    assert told(rated) == RATINGS


@pytest.mark.parametrize("backend", [None, "polars"])
def test_arrow_gives_arrow(backend: str | None) -> None:
    rated = rate_frame(FRAME.to_arrow(), "rsf-situations", backend)
    assert kind_of(rated) == "arrow"
    assert told(rated) == RATINGS


@pytest.mark.parametrize("backend", [None, "polars"])
def test_duckdb_gives_duckdb(backend: str | None) -> None:
    duckdb = pytest.importorskip("duckdb")
    rated = rate_frame(duckdb.from_arrow(FRAME.to_arrow()), "rsf-situations", backend)
    assert kind_of(rated) == "duckdb"
    assert told(rated) == RATINGS


@pytest.mark.parametrize("kind", [pl.Categorical, pl.Enum(["FIN", "KAZ"])])
def test_texts_that_are_kept_as_categories_are_texts(kind: Any) -> None:
    frame = FRAME.with_columns(pl.col("iso3").cast(kind), pl.col("rsf.score").cast(pl.String).cast(pl.Categorical))
    assert told(rate_frame(frame, "rsf-situations")) == RATINGS
    assert trace_frame(frame, "KAZ", 2022, "rsf-situations")[0] == "scores"


@pytest.mark.parametrize("backend", [None, "polars"])
def test_categories_of_pandas_are_texts(backend: str | None) -> None:
    pytest.importorskip("pandas")
    frame = FRAME.to_pandas().astype({"iso3": "category"})
    assert told(rate_frame(frame, "rsf-situations", backend)) == RATINGS


def test_enumerations_of_duckdb_are_texts() -> None:
    duckdb = pytest.importorskip("duckdb")
    relation = duckdb.from_arrow(FRAME.to_arrow()).select("* REPLACE (iso3::ENUM('KAZ', 'FIN') AS iso3)")
    assert told(rate_frame(relation, "rsf-situations")) == RATINGS


def test_a_frame_of_narwhals_is_taken_for_what_it_holds() -> None:
    assert told(rate_frame(nw.from_native(FRAME), "rsf-situations")) == RATINGS


def test_the_trace_of_a_row_of_a_frame() -> None:
    profile, links = trace_frame(FRAME, "KAZ", 2022, "rsf-situations")
    assert [step.rule for step in links[profile].assessment.steps if step.target.kind == "rating"][-1] == "RSF-023"
    assert links[profile].published.change == "unchanged"


def test_what_is_no_frame_is_refused() -> None:
    with pytest.raises(TypeError, match="dict is no frame"):
        rate_frame({"iso3": ["KAZ"]}, "rsf-situations")


@pytest.mark.parametrize("backend", ["excel", "duckdb"])
def test_an_unknown_backend_is_refused(backend: str) -> None:
    with pytest.raises(ValueError, match="one of polars, spark"):
        taken(FRAME, backend)


def test_a_missing_library_is_named_with_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(BackendAbsent, match=re.escape(f"duckdb is not installed; install it with: {to_install_extra('duckdb')}")):
        library("duckdb")


def test_problems_of_a_frame_name_its_rows() -> None:
    wrong = FRAME.with_columns(pl.Series("rsf.score", [48.281, float("nan"), 500.0]))
    with pytest.raises(InvalidInput) as refused:
        rate_frame(wrong, "rsf-situations")
    assert [problem.code for problem in refused.value.problems] == ["B503"] * 3
    text = str(refused.value)
    assert "KAZ 2022, column 'rsf.score': more digits than rsf.score keeps: '48.281'" in text
    assert "outside the range" in text
