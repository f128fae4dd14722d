"""The door to polars for tables of observations: rows to Parquet in parts, and a table to the rows of one country.

polars is loaded by the functions, so that a command that reads no table does not wait for it.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from attrs import define, field

from ratingengine.errors import NotFound
from ratingengine.errors.extras import to_install_extra
from ratingengine.evidence.tables.form import COLUMNS, DECIMALS, DIGITS, Row
from ratingengine.files.whole import cannot_write, whole_file

Frame = Any
"""A polars LazyFrame."""


class BrokenTable(Exception):
    """A file that is no Parquet file; the message says how."""


PART = 100_000
"""Rows held in memory while a table is written."""


def frames() -> Any:
    """polars, or NotFound with the extra that brings it."""
    try:
        import polars as pl
    except ImportError as missing:
        needs = "a table in Parquet needs polars, which is not installed"
        raise NotFound(f"{needs}; write and read .csv, or install it with: {to_install_extra('bulk')}") from missing
    return pl


def schema() -> dict[str, Any]:
    """The type of each column."""
    pl = frames()
    number = pl.Decimal(DIGITS, DECIMALS)
    days, numbers = ("from", "to", "reported"), ("value", "low", "high")
    kinds = dict.fromkeys(days, pl.Date) | dict.fromkeys(numbers, number) | {"year": pl.Int32}
    return {name: kinds.get(name, pl.String) for name in COLUMNS}


@define
class ParquetParts:
    """Writes rows to a Parquet file part by part; nothing stands at its place before all of them are there.

    Raises CannotWrite where there is no room.
    """

    path: Path
    _held: list[Row] = field(factory=list, init=False)
    _parts: list[Path] = field(factory=list, init=False)
    _folder: Path = field(init=False)

    def __attrs_post_init__(self) -> None:
        frames()
        self._folder = Path(tempfile.mkdtemp(prefix=f".{self.path.name}.", dir=self.path.parent))

    def add(self, row: Row) -> None:
        """One more row."""
        self._held.append(row)
        if len(self._held) >= PART:
            self._flush()

    def finish(self, metadata: Mapping[str, str]) -> None:
        """Join the parts and put the file into its place."""
        pl = frames()
        self._flush()
        with self._telling(), whole_file(self.path) as beside:
            pl.scan_parquet(self._parts).sink_parquet(beside, metadata=dict(metadata))
        self.drop()

    def drop(self) -> None:
        """Leave nothing behind."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def _flush(self) -> None:
        pl = frames()
        part = self._folder / f"{len(self._parts):06}.parquet"
        with self._telling():
            pl.DataFrame(self._held, schema=schema(), orient="row").write_parquet(part)
        self._parts.append(part)
        self._held.clear()

    @contextlib.contextmanager
    def _telling(self) -> Iterator[None]:
        """A full disk is told now by an error of polars, now by the system's."""
        try:
            yield
        except OSError as failure:
            raise cannot_write(self.path, failure) from failure
        except frames().exceptions.PolarsError as failure:
            said = OSError(f"{str(failure).splitlines()[0]}; is there room on the disk?")
            raise cannot_write(self.path, said) from failure


def parquet_frame(path: Path) -> Frame:
    """The table, not yet read."""
    return frames().scan_parquet(path)


def csv_frame(path: Path) -> Frame:
    """The table, not yet read, in the types of its columns; those that may be absent are null."""
    pl = frames()
    frame = pl.scan_csv(path, infer_schema=False)
    names = frame.collect_schema().names()
    columns = {name: pl.col(name) if name in names else pl.lit(None, pl.String) for name in COLUMNS}
    return frame.select(_typed(columns[name], kind).alias(name) for name, kind in schema().items())


def _typed(text: Any, kind: Any) -> Any:
    """A column of texts in its type."""
    pl = frames()
    if kind == pl.Date:
        return text.str.to_date("%Y-%m-%d")
    return text if kind == pl.String else text.cast(kind)


def parquet_columns(path: Path) -> Sequence[str]:
    """The names of its columns; raises BrokenTable where it is no Parquet file, or a column is of another type."""
    pl = frames()
    try:
        found = pl.read_parquet_schema(path)
    except (pl.exceptions.PolarsError, OSError) as failure:
        raise BrokenTable(f"not a Parquet file: {str(failure).splitlines()[0]}") from failure
    for name, wanted in schema().items():
        kind = found.get(name, wanted)
        if kind not in (wanted, pl.Null) and not _alike(kind, wanted):
            raise BrokenTable(f"not a table of observations: column '{name}' is {kind}, not {wanted}")
    return tuple(found)


def _alike(kind: Any, wanted: Any) -> bool:
    """Texts that are kept as categories are texts, exact numbers are exact numbers, and a year is a year."""
    pl = frames()
    texts = (pl.String, pl.Categorical, pl.Enum)
    if kind.is_integer() or kind.is_decimal():
        return bool(kind.is_integer() == wanted.is_integer() and kind.is_decimal() == wanted.is_decimal())
    return kind in texts and wanted in texts


def parquet_metadata(path: Path) -> Mapping[str, str]:
    """What was written beside the rows; raises BrokenTable where it is no Parquet file."""
    pl = frames()
    try:
        return dict(pl.read_parquet_metadata(path))
    except (pl.exceptions.PolarsError, OSError) as failure:
        raise BrokenTable(f"not a Parquet file: {str(failure).splitlines()[0]}") from failure


def parquet_rows(path: Path, iso3: str | None) -> Iterable[tuple[int, Mapping[str, Any]]]:
    """The rows of one country, or (None) of all, with their numbers from 1."""
    pl = frames()
    frame = pl.scan_parquet(path, row_index_name="row")
    frame = (frame if iso3 is None else frame.filter(pl.col("iso3") == iso3)).collect()
    return ((row.pop("row") + 1, row) for row in frame.iter_rows(named=True))


def parquet_countries(path: Path) -> set[str]:
    """The codes in the table."""
    pl = frames()
    return set(pl.scan_parquet(path).select(pl.col("iso3").unique()).collect()["iso3"].drop_nulls().to_list())
