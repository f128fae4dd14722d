"""Tables on disk, CSV or Parquet, to frames; a table of any length in bounded memory, countries by countries."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ratingengine.bulk.frames import failures, library, spark_session, with_texts
from ratingengine.bulk.layout import ROW
from ratingengine.errors import CannotWrite, InvalidInput, NotFound, Place, Problem
from ratingengine.files import check_table, opened

SUFFIXES = (".csv", ".parquet")
CHUNK = 500_000
"""Rows rated at a time; a country is never divided."""
SHOWN = 20
"""Lines with a wrong number of cells that are written out."""


def checked(path: Path) -> Path:
    """The path of a table that is there; raises NotFound or InvalidInput."""
    if not path.exists():
        raise NotFound(f"no such table: '{path}'")
    with opened(path, str(path)):
        pass  # a pipe or a device is refused before anything waits for it
    if path.suffix.lower() not in SUFFIXES:
        raise _no_table(path, f"'{path.suffix}' is no table")
    return path


def _no_table(path: Path, said: str) -> InvalidInput:
    hint = "write a CSV file in UTF-8 with a line of column names, or Parquet (.parquet)"
    return InvalidInput([Problem("B506", said, Place(str(path), 1, 1), hint=hint)])


@contextmanager
def reading(path: Path, backend: str = "polars") -> Iterator[None]:
    """Raises InvalidInput where the backend finds that the file is broken."""
    try:
        yield
    except failures(backend) as failure:
        raise _no_table(path, f"cannot be read as a table: {str(failure).splitlines()[0]}") from failure


def scanned(path: Path) -> Any:
    """The table as a lazy polars frame with row numbers; cells of CSV are text.

    Raises InvalidInput where it is no table, or a line of CSV has more or fewer cells than the line of names.
    """
    pl = library("polars")
    if path.suffix.lower() == ".parquet":
        with reading(path):
            return with_texts(pl.scan_parquet(path, row_index_name=ROW), pl)
    check_table(path, str(path))
    with reading(path):
        frame = pl.scan_csv(path, infer_schema=False, row_index_name=ROW)
        names = frame.collect_schema().names()
    _even(path, len(names) - 1)
    digits = pl.when(pl.col("year").str.contains("^[0-9]{4}$")).then("year").cast(pl.Int64)
    return frame.with_columns(digits.alias("year")) if "year" in names else frame


def _even(path: Path, cells: int) -> None:
    """Raises InvalidInput with the lines that have another number of cells; blank ones are left to those who need a country."""
    pl = library("polars")
    line = pl.col("line").fill_null("")
    quoted = line.str.contains('"', literal=True).alias("quoted")
    count = (line.str.count_matches(",", literal=True) + 1).alias("cells")
    lines = pl.scan_lines(path, name="line", row_index_name=ROW).select(ROW, quoted, count, (line == "").alias("blank"))
    odd = collected(lines.filter(pl.col("quoted") | ((pl.col("cells") != cells) & ~pl.col("blank"))), path)
    uneven = [(row[ROW] + 1, row["cells"]) for row in odd.head(SHOWN).rows(named=True)]
    if odd["quoted"].any():
        uneven = list(_uneven(path, cells))
    hint = "put a cell with a comma in it into quotation marks, and write nothing between two commas for none"
    if uneven:
        raise InvalidInput(
            Problem(
                "B506",
                f"the row has {count} cell{'s' if count > 1 else ''}, the line of names {cells}",
                Place(str(path), n, 1),
                hint=hint,
            )
            for n, count in uneven
        )


def _uneven(path: Path, cells: int) -> Iterator[tuple[int, int]]:
    """Lines with a wrong number of cells, and how many they have, of a table with cells in quotation marks."""
    found = 0
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        try:
            for row in reader:
                if row and len(row) != cells:
                    yield reader.line_num, len(row)
                    found += 1
                    if found == SHOWN:
                        return
        except (csv.Error, UnicodeDecodeError) as failure:
            raise _no_table(path, f"cannot be read as a table: {failure}") from failure


def collected(frame: Any, path: Path) -> Any:
    """The rows of a lazy frame. Raises InvalidInput where the file is broken further down."""
    with reading(path):
        return frame.collect(engine="streaming")


def as_parquet(path: Path, frame: Any, folder: str) -> Path:
    """A table of CSV as Parquet, which can be read from the middle and looks the same to every backend."""
    made = Path(folder) / "table.parquet"
    try:
        with reading(path):
            frame.sink_parquet(made)
    except InvalidInput as failure:
        if isinstance(failure.__cause__, OSError):
            raise CannotWrite(f"cannot write '{made}': {failure.__cause__}; TMPDIR names another place") from failure
        raise
    return made


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
            frame = pl.scan_parquet(as_parquet(path, frame, folder))
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


def of_backend(path: Path, backend: str, folder: str) -> Any:
    """The table for DuckDB or Spark: Parquet as they read it, CSV as `scanned` does, by way of a file in `folder`."""
    frame = scanned(path)  # tells what is wrong with a file in the same words for every backend
    csv_given = path.suffix.lower() == ".csv"
    if backend == "duckdb":
        with reading(path, backend):
            return library("duckdb").read_parquet(str(as_parquet(path, frame, folder) if csv_given else path))
    # What lies in this machine's folder for temporary files, the workers of a cluster do not find.
    return collected(frame, path) if csv_given else spark_session().read.parquet(str(path))
