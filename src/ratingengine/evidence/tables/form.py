"""The columns of a table of observations, and a row of it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final, NamedTuple

COLUMNS: Final = (
    "iso3", "year", "indicator", "value", "text", "low", "high", "from", "to", "reported", "source", "locator", "event",
    "total", "edition", "note",
)  # fmt: skip
TOTAL: Final = "total"
"""The column that says `yes` where a row speaks of all that there was in its period. In an older table, which lacks it,
each row without an event does."""
NEEDED: Final = ("iso3", "year", "indicator", "value", "from", "to", "reported", "source", "locator")
SUFFIXES: Final = (".parquet", ".csv")
SOURCES: Final = "ratingengine.method.sources"
"""Key of the Parquet metadata, and ending of the file beside a CSV table, that hold the bibliography."""
DIGITS, DECIMALS = 18, 6
"""What a number in the table keeps: Decimal(18, 6)."""


NUMBER: Final = r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,9})?"
DAY: Final = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
"""How cells of numbers and days are written in a table of texts; one rating and `rate batch` take nothing else."""


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
    total: str | None
    edition: str | None
    note: str | None


def columns_in(names: Collection[str]) -> tuple[str, ...]:
    """The columns that a table with these headings has of those known here; what may stay empty is taken as there."""
    return tuple(name for name in COLUMNS if name != TOTAL or name in names)


def is_table(path: Path) -> bool:
    """Whether a file of records is a table, by its ending."""
    return path.suffix.lower() in SUFFIXES


def sidecar(path: Path) -> Path:
    """The bibliography beside a CSV table."""
    return path.with_name(f"{path.name}.sources.yaml")
