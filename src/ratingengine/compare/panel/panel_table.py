"""The panel as a table."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from attrs import asdict, fields

from ratingengine.compare.panel.panel import PanelRow
from ratingengine.engine.rating import Loaded
from ratingengine.files.parquet import parquet_of
from ratingengine.interface.tables import Table, csv_text
from ratingengine.interface.words import other_clocks

SHOWN = ("iso3", "country", "year", "rating", "best", "worst", "change", "watchlist", "profile", "known")
"""What fits a screen; JSON, CSV and files have every column."""


def panel_table(rows: Iterable[PanelRow], loaded: Loaded, known_at: date | None) -> Table:
    """A row a country-year."""
    compiled = loaded.method.compiled
    title = f"All country-years on record, by {compiled.name} {compiled.version}{other_clocks(known_at, compiled.day)}"
    columns = tuple((name, name) for name in SHOWN)
    return Table(title, "ratingengine/panel/1", columns, tuple(map(asdict, rows)), "there are no records")


def panel_bytes(table: Table, name: str) -> bytes:
    """The panel as a file of that name: Parquet, or CSV; every column, also where there is no row."""
    names = [field.name for field in fields(PanelRow)]
    if name.lower().endswith(".parquet"):
        return parquet_of({column: [row[column] for row in table.rows] for column in names}, name)
    return csv_text(table.rows, names).encode()
