"""Tables on disk, CSV or Parquet, to frames; a table of any length in bounded memory, countries by countries."""

from __future__ import annotations

import tempfile
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from ratingengine.bulk.frames import failures, library, spark_session, with_texts
from ratingengine.bulk.layout import ROW
from ratingengine.errors import CannotWrite, InvalidInput, NotFound, Place, Problem
from ratingengine.files.bounded import opened
from ratingengine.files.csv_table import open_csv, plain_bytes, row_a_line
from ratingengine.files.declared import shown_path

SUFFIXES = (".csv", ".parquet")
CHUNK = 500_000
"""Rows rated at a time; a country is never divided."""
PART = 50_000
"""Rows of CSV held as Python has them."""


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
    """The table as a lazy polars frame with row numbers; cells of CSV are text, and a row number is that of its line less two.

    CSV is what `reading.csv_table` makes of it: polars reads by itself only what that reader would read alike. Raises
    InvalidInput where it is no table.
    """
    pl = library("polars")
    if path.suffix.lower() == ".parquet":
        with reading(path):
            return with_texts(pl.scan_parquet(path, row_index_name=ROW), pl)
    frame = _csv_frame(path)
    names = frame.collect_schema().names()
    digits = pl.when(pl.col("year").str.contains("^[0-9]{4}$")).then("year").cast(pl.Int64)
    return frame.with_columns(digits.alias("year")) if "year" in names else frame


def _csv_frame(path: Path) -> Any:
    """Texts without the space around them; rows of empty cells are left out."""
    pl = library("polars")
    name = shown_path(path)
    with open_csv(path, name) as table:
        headings, first = table.headings, table.line
    if not headings:
        raise _no_table(path, "the file is empty")
    plain = plain_bytes(path)
    if plain.odd:
        even, blank = row_a_line(path, len(headings)), True
    else:
        even, blank = _even(path, len(headings))
    if not even or first > 1:
        _told(path, name)
        return pl.concat(_strictly(path, name)).lazy()
    with reading(path):
        frame = pl.scan_csv(path, infer_schema=False, row_index_name=ROW)
        written = [column for column in frame.collect_schema().names() if column != ROW]
    if plain.spaced:
        named = zip(written, headings, strict=True)
        frame = frame.select(ROW, *(pl.col(column).str.strip_chars().alias(heading) for column, heading in named))
    something = pl.any_horizontal((pl.col(column) != "").fill_null(False) for column in headings)
    return frame.filter(something) if blank or plain.spaced else frame


def _told(path: Path, name: str) -> None:
    """Raises InvalidInput with everything that the strict reader finds wrong."""
    with open_csv(path, name) as table:
        deque(table.rows, maxlen=0)
        if table.problems:
            raise InvalidInput(table.problems)


def _strictly(path: Path, name: str) -> Iterator[Any]:
    """The rows of a table that polars would read otherwise: with lone CR, rows over several lines, or blank ones between."""
    pl = library("polars")
    with open_csv(path, name) as table:
        kinds = {ROW: pl.UInt32} | dict.fromkeys(table.headings, pl.String)
        rows = ((row.line - 2, *(cell or None for cell in row.cells)) for row in table.rows)
        yield pl.DataFrame(schema=kinds)
        while part := list(islice(rows, PART)):
            yield pl.DataFrame(part, schema=kinds, orient="row")


def _even(path: Path, cells: int) -> tuple[bool, bool]:
    """Whether each line of a table without quotation marks has so many cells, and whether some have nothing in them."""
    pl = library("polars")
    line = pl.col("line").fill_null("")
    empty = line.str.strip_chars() == ""
    nothing = line.str.strip_chars(", \t") == ""
    other = (line.str.count_matches(",", literal=True) + 1 != cells) & ~empty
    lines = pl.scan_lines(path, name="line").select(other.any().alias("other"), nothing.any().alias("nothing"))
    row = collected(lines, path).row(0)
    return not row[0], bool(row[1])


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


def of_backend(path: Path) -> Any:
    """The table for Spark: Parquet as it reads it, CSV as `scanned` does."""
    frame = scanned(path)  # tells what is wrong with a file in the same words for every backend
    # What lies in this machine's folder for temporary files, the workers of a cluster do not find.
    return collected(frame, path) if path.suffix.lower() == ".csv" else spark_session().read.parquet(str(path))
