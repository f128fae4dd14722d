"""The door to polars of backtests: a Parquet table of ratings as the cells of a CSV."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ratingengine.backtest.csv_file import CsvFile, table_of
from ratingengine.errors import InvalidInput, NotFound, Place, Problem
from ratingengine.nodes import read_bytes
from ratingengine.reading.files import shown_path

MOST_BYTES = 4 * 1024**3


def read_parquet(path: Path, needed: Sequence[str], optional: Sequence[str] = ()) -> CsvFile:
    """The columns that are read, row by row; problems count the heading as line 1.

    Raises NotFound where polars is not installed, InvalidInput with every problem.
    """
    name = shown_path(path)
    raw, problems = read_bytes(path, name, MOST_BYTES)
    if raw is None:
        raise InvalidInput(problems)
    try:
        import polars as pl
    except ImportError:
        raise NotFound(f"'{name}' is Parquet, which needs polars: pip install polars, or write the ratings as CSV") from None
    try:
        frame = pl.read_parquet(raw)
        wanted = [column for column in frame.columns if column in ("iso3", "year", *needed, *optional)]
        text = frame.select(wanted).write_csv()
    except pl.exceptions.PolarsError as failure:
        said = str(failure).partition("\n")[0]
        problem = Problem("F101", f"no Parquet file: {said}", Place(name, 1, 1), hint="write it anew, or as CSV")
        raise InvalidInput([problem]) from None
    return table_of(name, text.encode(), needed, optional)
