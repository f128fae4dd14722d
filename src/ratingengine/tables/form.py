"""The columns of a table of observations, and a row of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final, NamedTuple

COLUMNS: Final = (
    "iso3", "year", "indicator", "value", "text", "low", "high", "from", "to", "reported", "source", "locator", "event",
    "edition", "note",
)  # fmt: skip
NEEDED: Final = ("iso3", "year", "indicator", "value", "from", "to", "reported", "source", "locator")
SUFFIXES: Final = (".parquet", ".csv")
SOURCES: Final = "ratingengine.sources"
"""Key of the Parquet metadata, and ending of the file beside a CSV table, that hold the bibliography."""
DIGITS, DECIMALS = 18, 6
"""What a number in the table keeps: Decimal(18, 6)."""


class Row(NamedTuple):
    """One observation of one country.

    `value` is exact (None where low and high give a band, or only a lower bound); a band stands beside a point estimate. Words
    of categories and of yes and no are in `text`.
    """

    iso3: str
    year: int
    indicator: str
    value: Decimal | None
    text: str | None
    low: Decimal | None
    high: Decimal | None
    begun: date
    ended: date
    reported: date
    source: str
    locator: str
    event: str | None
    edition: str | None
    note: str | None


def is_table(path: Path) -> bool:
    """Whether a file of records is a table, by its ending."""
    return path.suffix.lower() in SUFFIXES


def sidecar(path: Path) -> Path:
    """The bibliography beside a CSV table."""
    return path.with_name(f"{path.name}.sources.yaml")
