"""Rated frames to tables on disk: whole or not at all."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from attrs import define, field

from ratingengine.bulk.files import SUFFIXES
from ratingengine.bulk.frames import failures, library
from ratingengine.errors import CannotWrite
from ratingengine.files.whole import Beside, whole_file


@contextmanager
def writing(name: str, backend: str = "polars") -> Iterator[None]:
    """Raises CannotWrite where the place cannot be written, or the disk is full."""
    try:
        yield
    except failures(backend) as failure:
        reason = getattr(failure, "strerror", None)
        why = reason.lower() if reason else str(failure).partition("\n")[0]
        raise CannotWrite(f"cannot write '{name}': {why}") from failure


@define
class Output:
    """A table written part by part beside its place, and put there by renaming; `-` is CSV on stdout, all of it at the end.

    As a context: put into its place where the block ends well, and dropped where it does not. Raises CannotWrite.
    """

    path: str
    _beside: Beside | None = field(default=None, init=False)
    _writer: Any = field(default=None, init=False)
    _file: Any = field(default=None, init=False)
    _begun: bool = field(default=False, init=False)

    def __attrs_post_init__(self) -> None:
        if self.path == "-":
            return
        place = Path(self.path)
        if place.suffix.lower() not in SUFFIXES:
            raise CannotWrite(f"cannot write '{self.path}': end the name in .csv or .parquet")
        if place.is_dir() or not place.parent.is_dir():
            raise CannotWrite(f"cannot write '{self.path}': is a directory, or there is none to put it into")
        self._beside = Beside(place)

    def __enter__(self) -> Output:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            self.finish()
        else:
            self.drop()

    def add(self, part: Any) -> None:
        """The next rows, a polars frame."""
        with writing(self.path):
            if self.path.lower().endswith(".parquet"):
                self._add_parquet(part)
            else:
                if self._file is None:
                    self._file = self._opened()
                self._file.write(part.write_csv(include_header=not self._begun))
        self._begun = True

    def _opened(self) -> Any:
        if self._beside is None:
            return tempfile.TemporaryFile("w+", encoding="utf-8", newline="")
        return self._beside.path.open("w", encoding="utf-8", newline="")

    def _add_parquet(self, part: Any) -> None:
        library("pyarrow")
        from pyarrow import parquet

        table = part.to_arrow()
        if self._writer is None and self._beside is not None:
            self._writer = parquet.ParquetWriter(self._beside.path, table.schema, compression="zstd")
        self._writer.write_table(table.cast(self._writer.schema))

    def finish(self) -> None:
        """Put it into its place."""
        try:
            with writing(self.path):
                if self._writer is not None:
                    self._writer.close()
                if self._beside is not None:
                    if self._file is not None:
                        self._file.close()
                    self._beside.keep()
            if self._beside is None and self._file is not None:
                self._file.seek(0)
                shutil.copyfileobj(self._file, sys.stdout)
        finally:
            self.drop()

    def drop(self) -> None:
        """Leave nothing behind."""
        for one in (self._writer, self._file):
            with suppress(OSError):  # what cannot be written at last is not wanted
                if one is not None:
                    one.close()
        if self._beside is not None:
            self._beside.drop()


def write_native(done: Any, output: str, backend: str) -> None:
    """A rated frame of Spark to one file, by its own writer. Raises CannotWrite, and leaves nothing behind."""
    place = Path(output)
    with writing(output, backend), tempfile.TemporaryDirectory(dir=place.parent) as folder:
        parts = Path(folder) / "parts"
        writer = done.orderBy("iso3", "year").coalesce(1).write
        if place.suffix.lower() == ".parquet":
            writer.parquet(str(parts))
        else:
            writer.csv(str(parts), header=True)
        (part,) = parts.glob("part-*")
        with whole_file(place) as made:
            shutil.move(part, made)
