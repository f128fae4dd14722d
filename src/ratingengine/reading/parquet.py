"""Parquet tables as the text of a CSV, a door to polars."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from ratingengine.errors import InvalidInput, NotFound, Place, Problem


def csv_of(path: Path, name: str, wanted: Collection[str], years: tuple[int, int] | None) -> bytes:
    """The wanted columns that are there, of the years from first to last; a cell's line is its row, the heading the first.

    `name` is what problems call the file. Raises NotFound where polars is missing, InvalidInput where this is no Parquet.
    """
    try:
        import polars as pl
    except ImportError:
        raise NotFound(
            f"reading '{name}' needs polars; install the extra: pip install 'ratingengine[bulk]', or write the table as .csv"
        ) from None
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
    return text.encode()
