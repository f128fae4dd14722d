"""Tables on disk, CSV or Parquet, to frames and back; a table of any length in bounded memory, countries by countries."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from attrs import define, field

from ratingengine.bulk.frames import library, spark_session
from ratingengine.bulk.layout import ROW
from ratingengine.errors import CannotWrite, InvalidInput, NotFound, Place, Problem

SUFFIXES = (".csv", ".parquet")
CHUNK = 500_000
"""Rows rated at a time; a country is never divided."""


def checked(path: Path) -> Path:
    """The path of a table that is there; raises NotFound or InvalidInput."""
    if not path.is_file():
        raise NotFound(f"no such table: '{path}'")
    if path.suffix.lower() not in SUFFIXES:
        raise InvalidInput([_problem(path, f"'{path.suffix}' is no table")])
    return path


def _problem(path: Path, said: str) -> Problem:
    return Problem(
        "B506", said, Place(str(path), 1, 1), hint="write a CSV file in UTF-8 with a line of column names, or Parquet (.parquet)"
    )


def scanned(path: Path) -> Any:
    """The table as a lazy polars frame with row numbers; cells of CSV are text. Raises InvalidInput where it is no table."""
    pl = library("polars")
    try:
        if path.suffix.lower() == ".parquet":
            frame = pl.scan_parquet(path, row_index_name=ROW)
        else:
            frame = pl.scan_csv(path, infer_schema=False, row_index_name=ROW)
        names = frame.collect_schema().names()
    except (pl.exceptions.PolarsError, OSError) as failure:
        raise InvalidInput([_problem(path, f"cannot be read as a table: {str(failure).splitlines()[0]}")]) from failure
    if path.suffix.lower() == ".csv" and "year" in names:
        frame = frame.with_columns(pl.col("year").cast(pl.Int64, strict=False))
    return frame


def collected(frame: Any, path: Path) -> Any:
    """The rows of a lazy frame. Raises InvalidInput where the file is broken further down."""
    pl = library("polars")
    try:
        return frame.collect(engine="streaming")
    except pl.exceptions.PolarsError as failure:
        raise InvalidInput([_problem(path, f"cannot be read as a table: {str(failure).splitlines()[0]}")]) from failure


def in_chunks(path: Path, frame: Any, rows: int = CHUNK) -> Iterator[Any]:
    """The table in parts of whole countries, sorted by country and year; about `rows` rows each.

    A table sorted by country is read once, in memory that does not grow with it; of another one every country is counted first.
    """
    pl = library("polars")
    if "iso3" not in frame.collect_schema().names():
        yield collected(frame, path)
        return
    with tempfile.TemporaryDirectory() as folder:
        total = collected(frame.select(pl.len()), path).item()
        if total > rows and path.suffix.lower() == ".csv":
            frame.sink_parquet(Path(folder) / "table.parquet")  # which can be read from the middle
            frame = pl.scan_parquet(Path(folder) / "table.parquet")
        if total <= rows or collected(frame.select(pl.col("iso3").is_null().any()), path).item():
            parts: Iterator[Any] = iter([collected(frame, path)])
        elif _sorted(path, frame, total, rows):
            parts = _slices(path, frame, total, rows)
        else:
            parts = _between(path, frame, rows)
        for part in parts:
            yield part.sort([name for name in ("iso3", "year") if name in part.columns], maintain_order=True)


def _sorted(path: Path, frame: Any, total: int, rows: int) -> bool:
    """Whether countries stand in the order of their codes."""
    last = ""
    for first in range(0, total, rows):
        codes = collected(frame.slice(first, rows).select("iso3"), path)["iso3"]
        if not codes.is_sorted() or codes[0] < last:
            return False
        last = codes[-1]
    return True


def _slices(path: Path, frame: Any, total: int, rows: int) -> Iterator[Any]:
    """Rows in their order; those of a slice's last country wait for the next slice."""
    pl = library("polars")
    waiting = None
    for first in range(0, total, rows):
        part = collected(frame.slice(first, rows), path)
        part = part if waiting is None else pl.concat([waiting, part])
        last = pl.col("iso3") == part["iso3"][-1]
        waiting = part.filter(last)
        ready = part.filter(~last)
        if len(ready):
            yield ready
    yield waiting


def _between(path: Path, frame: Any, rows: int) -> Iterator[Any]:
    """Countries from one code to another, as many as have about `rows` rows."""
    pl = library("polars")
    counts = collected(frame.group_by("iso3").agg(pl.len().alias("rows")), path).sort("iso3")
    part = (counts["rows"].cum_sum() - 1) // rows
    for _, own in counts.with_columns(part.alias("part")).group_by("part", maintain_order=True):
        first, last = (pl.lit(own["iso3"][end]) for end in (0, -1))
        yield collected(frame.filter(pl.col("iso3").is_between(first, last)), path)


@define
class Output:
    """A table written part by part beside its place, and put there by renaming; `-` is CSV on stdout."""

    path: str
    _beside: Path | None = field(default=None, init=False)
    _writer: Any = field(default=None, init=False)
    _file: Any = field(default=None, init=False)
    _begun: bool = field(default=False, init=False)

    def __attrs_post_init__(self) -> None:
        if self.path == "-":
            self._file = sys.stdout
            return
        place = Path(self.path)
        if place.suffix.lower() not in SUFFIXES:
            raise CannotWrite(f"cannot write '{self.path}': end the name in .csv or .parquet")
        if place.is_dir() or not place.parent.is_dir():
            raise CannotWrite(f"cannot write '{self.path}': is a directory, or there is none to put it into")
        self._beside = place.with_name(f".{place.name}.new-{os.getpid()}")

    def add(self, part: Any) -> None:
        """The next rows, a polars frame."""
        if self.path.lower().endswith(".parquet"):
            self._add_parquet(part)
        else:
            if self._file is None and self._beside is not None:
                self._file = self._beside.open("w", encoding="utf-8", newline="")
            self._file.write(part.write_csv(include_header=not self._begun))
        self._begun = True

    def _add_parquet(self, part: Any) -> None:
        library("pyarrow")
        from pyarrow import parquet

        table = part.to_arrow()
        if self._writer is None:
            self._writer = parquet.ParquetWriter(self._beside, table.schema, compression="zstd")
        self._writer.write_table(table.cast(self._writer.schema))

    def finish(self) -> None:
        """Put it into its place."""
        if self._writer is not None:
            self._writer.close()
        if self._beside is not None:
            if self._file is not None:
                self._file.close()
            self._beside.replace(self.path)

    def drop(self) -> None:
        """Leave nothing behind."""
        if self._writer is not None:
            self._writer.close()
        if self._beside is not None:
            if self._file is not None:
                self._file.close()
            self._beside.unlink(missing_ok=True)


def of_backend(path: Path, backend: str) -> Any:
    """The table as DuckDB or Spark reads it; cells of CSV are text."""
    scanned(path)  # tells what is wrong with a file in the same words for every backend
    if backend == "duckdb":
        duckdb = library("duckdb")
        if path.suffix.lower() == ".parquet":
            return duckdb.read_parquet(str(path))
        table = duckdb.read_csv(str(path), all_varchar=True)
        return table.select("* REPLACE (TRY_CAST(year AS BIGINT) AS year)") if "year" in table.columns else table
    session = spark_session()
    if path.suffix.lower() == ".parquet":
        return session.read.parquet(str(path))
    table = session.read.csv(str(path), header=True)
    return table.withColumn("year", table["year"].try_cast("bigint")) if "year" in table.columns else table


def write_native(done: Any, output: str, backend: str) -> None:
    """A rated frame of DuckDB or Spark to one file, by its own writer."""
    place = Path(output)
    if backend == "duckdb":
        ordered = done.order("iso3, year")
        beside = place.with_name(f".{place.name}.new-{os.getpid()}")
        (ordered.write_parquet if place.suffix.lower() == ".parquet" else ordered.write_csv)(str(beside))
        beside.replace(place)
        return
    with tempfile.TemporaryDirectory(dir=place.parent) as folder:
        parts = Path(folder) / "parts"
        writer = done.orderBy("iso3", "year").coalesce(1).write
        if place.suffix.lower() == ".parquet":
            writer.parquet(str(parts))
        else:
            writer.csv(str(parts), header=True)
        (part,) = parts.glob("part-*")
        shutil.move(part, place)
