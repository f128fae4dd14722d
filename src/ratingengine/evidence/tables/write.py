"""Writes a table of observations with its bibliography: whole or not at all."""

from __future__ import annotations

import contextlib
import csv
import json
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import IO, Any, Protocol

from attrs import define, field, frozen

from ratingengine.errors import CannotWrite
from ratingengine.evidence.tables.form import COLUMNS, SOURCES, SUFFIXES, Row, sidecar
from ratingengine.evidence.tables.frames import ParquetParts
from ratingengine.files.whole import Beside, cannot_write, whole_file


@frozen
class TableSource:
    """A bibliographic entry of a table, in the terms of sources.yaml."""

    id: str
    type: str
    title: str
    author: str
    issued: tuple[date, date]
    publisher: str
    number: str
    url: str
    note: str


class Writer(Protocol):
    """Takes rows and puts the table into its place at the end. Each step may raise CannotWrite; then `drop` what there is."""

    def add(self, row: Row) -> None:
        """One more row."""

    def finish(self, sources: Iterable[TableSource]) -> None:
        """All rows are there."""

    def drop(self) -> None:
        """Something went wrong: leave nothing behind, and what was there as it was."""


def open_writer(path: Path) -> Writer:
    """A writer for the file's ending. Raises CannotWrite, or NotFound where the library is missing."""
    try:
        if path.is_dir():
            raise CannotWrite(f"cannot write '{path}': is a directory; name a file in it")
        if path.suffix.lower() == ".csv":
            return CsvWriter(path)
        if path.suffix.lower() == ".parquet":
            return ParquetWriter(path)
    except OSError as failure:
        raise cannot_write(path, failure) from failure
    raise CannotWrite(f"cannot write '{path}': a table ends in {' or '.join(SUFFIXES)}")


@define
class ParquetWriter:
    """Rows to Parquet; the bibliography is in its metadata."""

    path: Path
    _parts: ParquetParts = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._parts = ParquetParts(self.path)

    def add(self, row: Row) -> None:
        """One more row."""
        self._parts.add(row)

    def finish(self, sources: Iterable[TableSource]) -> None:
        """All rows are there."""
        self._parts.finish({SOURCES: bibliography(sources)})

    def drop(self) -> None:
        """Leave nothing behind."""
        self._parts.drop()


@define
class CsvWriter:
    """Rows to CSV; the bibliography is in a file beside it."""

    path: Path
    _beside: Beside = field(init=False)
    _file: IO[str] = field(init=False)
    _rows: Any = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._beside = Beside(self.path)
        self._file = self._beside.path.open("w", encoding="utf-8", newline="")
        self._rows = csv.writer(self._file, lineterminator="\n")
        self._rows.writerow(COLUMNS)

    def add(self, row: Row) -> None:
        """One more row."""
        try:
            self._rows.writerow([_text(cell) for cell in row])
        except OSError as failure:
            raise cannot_write(self.path, failure) from failure

    def finish(self, sources: Iterable[TableSource]) -> None:
        """All rows are there. The sources come first, so that no table ever stands without them."""
        try:
            self._file.close()
        except OSError as failure:
            raise cannot_write(self.path, failure) from failure
        self._beside.check()
        with whole_file(sidecar(self.path)) as beside:
            beside.write_text(bibliography(sources), encoding="utf-8", newline="\n")
        self._beside.keep()

    def drop(self) -> None:
        """Leave nothing behind."""
        with contextlib.suppress(OSError):
            self._file.close()  # what is still to be written finds no room again
        self._beside.drop()


def bibliography(sources: Iterable[TableSource]) -> str:
    """The sources as a sources.yaml; a JSON string is a quoted text in YAML too."""
    lines = ["schema: ratingengine/sources/1", "references:"]
    for source in sources:
        first, last = source.issued
        issued = str(first) if first == last else f"[{first}, {last}]"
        entries = {
            "id": source.id,
            "type": source.type,
            "title": _quoted(source.title),
            "author": f"[{{literal: {_quoted(source.author)}}}]" if source.author else "",
            "issued": issued,
            "publisher": _quoted(source.publisher),
            "number": _quoted(source.number),
            "URL": source.url,
            "note": _quoted(source.note),
        }
        said = [f"{key}: {text}" for key, text in entries.items() if text and text != '""']
        lines += [f"  - {said[0]}", *(f"    {line}" for line in said[1:])]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _text(cell: object) -> object:
    if isinstance(cell, Decimal):
        return f"{cell.normalize():f}" if cell else "0"
    return "" if cell is None else cell
