"""Tables of ratings in Parquet, as the cells of a CSV: where answers about tables know polars."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ratingengine.backtest.csv_file import CsvFile, table_of
from ratingengine.errors import InvalidInput, NotFound, Place, Problem
from ratingengine.reading.files import shown_path


def read_parquet(
    path: Path,
    needed: Sequence[str],
    optional: Sequence[str] = (),
    further: Sequence[str] = (),
    years: tuple[int, int] | None = None,
) -> CsvFile:
    """The columns that are read, of the wanted years alone; a cell's line is its row, the heading the first.

    `further` columns are taken where they are there, whatever others are named.
    Raises NotFound where polars is missing, InvalidInput with every problem.
    """
    name = shown_path(path)
    try:
        import polars as pl
    except ImportError:
        raise NotFound(f"reading '{name}' needs polars: pip install polars, or write the table as CSV") from None
    wanted = {"iso3", "year", *needed, *optional, *further}
    try:
        frame = pl.scan_parquet(path)
        names = frame.collect_schema().names()
        if years is not None and "year" in names:
            year = pl.col("year").cast(pl.Int64, strict=False)
            frame = frame.filter(year.is_between(*years) | year.is_null())
        text = frame.select([column for column in names if column in wanted]).collect().write_csv()
    except (pl.exceptions.PolarsError, OSError) as failure:
        message = f"not a Parquet file, or a broken one: {str(failure).splitlines()[0]}"
        raise InvalidInput([Problem("F101", message, Place(name, 1, 1), hint="write the table anew")]) from None
    return table_of(name, text.encode(), needed, optional)
