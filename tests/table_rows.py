"""Strategy for rows of tables of observations."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from ratingengine.tables.form import Row

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
        edition=draw(text) or None,
        note=draw(text) or None,
    )
