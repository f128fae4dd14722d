"""Rows of tables of observations: one by hand, any number drawn, and a table of them with its source."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from ratingengine.evidence.tables.form import Row
from ratingengine.evidence.tables.write import TableSource, open_writer

TABLE_INDICATORS = (
    ("vdem.v2x_civlib", 3, 0, 1000),
    ("vdem.v2cseeorgs", 3, -9999, 9999),
    ("cpj.journalists_killed", 0, 0, 10**12 - 1),
)


@st.composite
def observation_rows(draw: st.DrawFn) -> Row:
    """A row of a table of observations, of an index of the shipped codebook, exact."""
    indicator, decimals, low, high = draw(st.sampled_from(TABLE_INDICATORS))
    year = draw(st.integers(1900, 2100))
    value = Decimal(draw(st.integers(low, high))).scaleb(-decimals)
    text = st.none() | st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=12)
    return Row(
        iso3=draw(st.sampled_from(["KAZ", "CHL", "XSL"])),
        year=year,
        indicator=indicator,
        value=value,
        text=None,
        low=draw(st.none() | st.just(value)),
        high=None,
        begun=date(year, 1, 1),
        ended=date(year, 12, 31),
        reported=date(year + draw(st.integers(0, 5)), 12, 31),
        source="made",
        locator=f"line {draw(st.integers(1, 10**6))}, column {indicator}",
        event=None,
        total=draw(st.sampled_from(("yes", "no", None))),
        edition=draw(text) or None,
        note=draw(text) or None,
    )


YEAR = date(2022, 1, 1), date(2022, 12, 31), date(2023, 12, 31)
ISSUED = YEAR[0], YEAR[2]
SOURCE = TableSource("made", "dataset", 'A "made" set: ж', "A. Uthor", ISSUED, "An office", "v1", "https://e.org", "Free.")


def row(indicator: str = "vdem.v2x_civlib", value: str | None = "0.521", **other: Any) -> Row:
    """A row of 2022, with other cells where they are given."""
    number = None if value is None else Decimal(value)
    rest = {
        "text": None,
        "low": None,
        "high": None,
        "event": None,
        "total": None,
        "edition": "v1",
        "note": None,
        "iso3": "KAZ",
        "year": 2022,
    }
    days = dict(zip(("begun", "ended", "reported"), YEAR, strict=True))
    fields: dict[str, Any] = {
        "indicator": indicator,
        "value": number,
        "source": "made",
        "locator": "line 2",
        **rest,
        **days,
        **other,
    }
    return Row(**{name: fields[name] for name in Row._fields})


def table(path: Path, *rows: Row) -> Path:
    """The rows in a file, by its ending."""
    writer = open_writer(path)
    for one in rows:
        writer.add(one)
    writer.finish([SOURCE])
    return path
