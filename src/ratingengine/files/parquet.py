"""Parquet tables as the text of a CSV, a door to polars."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import IO

from ratingengine.errors import InvalidInput, NotFound, Place, Problem
from ratingengine.errors.extras import to_install_extra

PIECE = 10_000
MOST_CELLS = 1_000_000_000
"""A few kilobytes can say that they are billions of rows; the widest table known has 128 million cells."""


def csv_of(path: Path, name: str, wanted: Collection[str], years: tuple[int, int] | None) -> bytes:
    """The wanted columns that are there, of the years from first to last; a cell's line is its row, the heading the first.

    `name` is what problems call the file. Raises NotFound where polars is missing, InvalidInput where this is no Parquet.
    """
    try:
        import polars as pl
    except ImportError:
        raise _needs_polars(name) from None
    try:
        frame = pl.scan_parquet(path)
        names = frame.collect_schema().names()
        if years is not None and "year" in names:
            year = pl.col("year").cast(pl.Int64, strict=False)
            frame = frame.filter(year.is_between(*years) | year.is_null())
        text = frame.select([column for column in names if column in wanted]).collect().write_csv()
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError) as failure:
        raise _broken(failure, name) from None
    return text.encode()


def text_rows_of(stream: IO[bytes], name: str) -> Iterator[list[str]]:
    """The names of the columns, then the rows as texts: a missing cell is empty. Raises as `csv_of` does."""
    try:
        import polars as pl
    except ImportError:
        raise _needs_polars(name) from None
    try:
        lazy = pl.scan_parquet(stream)
        names = lazy.collect_schema().names()
        if len(names) * lazy.select(pl.len()).collect().item() > MOST_CELLS:
            problem = Problem("F101", f"more than {MOST_CELLS:,} cells", Place(name, 1, 1), hint="is it the file that you mean?")
            raise InvalidInput([problem])
        yield names
        for piece in lazy.collect().iter_slices(PIECE):
            for row in piece.select(pl.all().cast(pl.String)).iter_rows():
                yield ["" if cell is None else cell for cell in row]
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError) as failure:
        raise _broken(failure, name) from None


def parquet_of(columns: Mapping[str, Sequence[object]], name: str) -> bytes:
    """Columns of equal length as a Parquet file; raises NotFound where polars is missing."""
    try:
        import polars as pl
    except ImportError:
        raise NotFound(
            f"writing '{name}' needs polars; write the table as .csv, or install it with: {to_install_extra('bulk')}"
        ) from None
    stream = BytesIO()
    frame = pl.DataFrame(dict(columns), strict=False).with_columns(pl.col(pl.Null).cast(pl.String))
    frame.write_parquet(stream)
    return stream.getvalue()


def _needs_polars(name: str) -> NotFound:
    return NotFound(f"reading '{name}' needs polars; write the table as .csv, or install it with: {to_install_extra('bulk')}")


def _broken(failure: BaseException, name: str) -> InvalidInput:
    message = f"not a Parquet file, or a broken one: {str(failure).splitlines()[0]}"
    return InvalidInput([Problem("F101", message, Place(name, 1, 1), hint="write the table anew")])
