"""Tables with a row an observation: put together in columns as `values` does it for one country, on every 31 December."""

from __future__ import annotations

from datetime import date
from typing import Any

from entries import codebook_of
from frames import polars
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import codebook_entries, days

from ratingengine.bulk.long import wide_of
from ratingengine.bulk.tracing import values_of
from ratingengine.countries import resolve
from ratingengine.errors import Place
from ratingengine.model.evidence import Claim, Evidence, Observation
from ratingengine.model.indicator import Codebook
from ratingengine.model.window import last_day
from ratingengine.values import indicator_values

COLUMNS = ("iso3", "year", "indicator", "value", "text", "low", "high", "from", "to", "event")


@st.composite
def observations(draw: st.DrawFn, codebook: Codebook) -> tuple[Observation, ...]:
    """Observations as an importer writes them: closed periods, a value, a band or one end of it."""
    found = []
    for number in range(draw(st.integers(1, 7))):
        entry = draw(st.sampled_from(codebook.coded))
        top = min(entry.highest, 12 * 10**entry.decimals)
        low, high = sorted((draw(st.integers(entry.lowest, top)), draw(st.integers(entry.lowest, top))))
        ends = draw(st.sampled_from(((low, low), (low, high), (low, None), (None, high), (high, high))))
        if entry.words:
            ends = (low, low)
        begun = draw(days())
        whole = draw(st.booleans())
        begun = date(begun.year, 1, 1) if whole else begun
        ended = date(begun.year + draw(st.integers(0, 1)), 12, 31) if whole else max(begun, draw(days()))
        event = f"E-{draw(st.integers(1, 2))}" if draw(st.booleans()) else ""
        claim = Claim("between", *ends, "")
        place = Place("", 1, 1)
        found.append(
            Observation(
                f"o{number}", "KAZ", entry.id, claim, begun, False, ended, event, (ended, ended), (), "A", "high", "", place
            )
        )
    return tuple(found)


def table_of(observed: tuple[Observation, ...], codebook: Codebook) -> Any:
    rows = []
    for entry in observed:
        indicator = codebook[entry.indicator]
        low, high = entry.claim.lowest, entry.claim.highest
        exact = low == high
        number = [None if end is None else end / 10**indicator.decimals for end in (low, high)]
        text = indicator.number(low) if indicator.words and low is not None else None
        value = None if indicator.words or not exact else number[0]
        band = (None, None) if exact or indicator.words else tuple(number)
        rows.append(("KAZ", entry.begun.year, entry.indicator, value, text, *band, entry.begun, entry.ended, entry.event or None))
    kinds = {
        "value": polars.Float64,
        "text": polars.String,
        "low": polars.Float64,
        "high": polars.Float64,
        "event": polars.String,
    }
    return polars.DataFrame(rows, schema=COLUMNS, schema_overrides=kinds, orient="row")


@st.composite
def bodies(draw: st.DrawFn) -> tuple[Codebook, tuple[Observation, ...]]:
    codebook = codebook_of(draw(codebook_entries(1, 4)))
    return codebook, draw(observations(codebook))


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=100)
@given(bodies())
def test_every_year_has_the_intervals_that_the_evidence_gives(drawn: tuple[Codebook, tuple[Observation, ...]]) -> None:
    codebook, observed = drawn
    evidence = Evidence("KAZ", observed, (), {}, "")
    frame, layout = wide_of({"": table_of(observed, codebook)}, codebook)
    rows = frame.rows(named=True)
    years = {day.year for entry in observed for day in (entry.begun, entry.ended) if day is not None}
    assert [row["year"] for row in rows] == list(range(min(years), max(years) + 1))
    for row in rows:
        by_columns = values_of(row, layout, "KAZ")
        wanted = indicator_values(evidence, codebook, last_day(row["year"]), resolve("KAZ").population)
        for name, value in wanted.items():
            assert (by_columns[name].lowest, by_columns[name].highest) == (value.lowest, value.highest), (name, row["year"])
