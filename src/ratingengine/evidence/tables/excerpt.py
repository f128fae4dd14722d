"""The part of a table that one country's evidence is read from, as text: a smaller table of the same digest."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import Any

from attrs import frozen

from ratingengine.evidence.tables import frames
from ratingengine.evidence.tables.form import SOURCES, columns_in, sidecar
from ratingengine.evidence.tables.read import columns_of, country_rows
from ratingengine.evidence.tables.rows import plain
from ratingengine.files.bounded import bytes_of


@frozen
class Excerpt:
    """A CSV table of one country's rows, and the bibliography of the whole table."""

    name: str
    rows: bytes
    sources: bytes


def excerpt(path: Path, iso3: str) -> Excerpt:
    """The rows in their order; cells are written as they enter the digest of the evidence."""
    parquet = path.suffix.lower() == ".parquet"
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    columns = columns_in(columns_of(path))
    writer.writerow(columns)
    writer.writerows(_cells(row, columns) for _, row in country_rows(path, iso3))
    sources = frames.parquet_metadata(path).get(SOURCES, "").encode() if parquet else bytes_of(sidecar(path))
    return Excerpt(f"{path.stem}.csv", text.getvalue().encode(), sources)


def _cells(row: Mapping[str, Any], columns: Sequence[str]) -> list[str]:
    return [plain(row.get(name)) for name in columns]
