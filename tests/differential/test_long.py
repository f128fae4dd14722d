"""Tables with a row an observation: put together in columns as `values` does it, and rated and drawn as a wide table is."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.entries import codebook_of
from support.frames import polars
from support.strategies import codebook_entries, days

from ratingengine.bulk.batch import batch
from ratingengine.bulk.long import wide_of
from ratingengine.bulk.method import compiled_of
from ratingengine.bulk.simulating import simulate
from ratingengine.bulk.tracing import values_of
from ratingengine.errors import Place
from ratingengine.evidence.values import indicator_values
from ratingengine.model.evidence import Claim, Evidence, Observation
from ratingengine.model.indicator import Codebook, has_totals
from ratingengine.model.window import last_day
from ratingengine.world.countries import resolve

pytestmark = pytest.mark.deep

COLUMNS = ("iso3", "year", "indicator", "value", "text", "low", "high", "from", "to", "event", "total", "source")


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
        total = not event and has_totals(entry) and draw(st.booleans())
        claim = Claim("between", *ends, "")
        place = Place("", 1, 1)
        found.append(
            Observation(
                f"o{number}",
                "KAZ",
                entry.id,
                claim,
                begun,
                False,
                ended,
                event,
                (ended, ended),
                (),
                "A",
                "high",
                "",
                place,
                total,
            )
        )
    return tuple(found)


def table_of(observed: tuple[Observation, ...], codebook: Codebook) -> Any:
    rows: list[tuple[Any, ...]] = []
    for entry in observed:
        indicator = codebook[entry.indicator]
        low, high = entry.claim.lowest, entry.claim.highest
        exact = low == high
        number = [None if end is None else end / 10**indicator.decimals for end in (low, high)]
        text = indicator.number(low) if indicator.words and low is not None else None
        value = None if indicator.words or not exact else number[0]
        # A band beside a value says nothing to the rules; here it goes as far as there is room.
        around = (
            (indicator.lowest / 10**indicator.decimals, low / 10**indicator.decimals) if exact and low is not None else number
        )
        band = (None, None) if indicator.words or (exact and len(rows) % 2) else tuple(around)
        rows.append(
            (
                "KAZ",
                entry.begun.year,
                entry.indicator,
                value,
                text,
                *band,
                entry.begun,
                entry.ended,
                entry.event or None,
                "yes" if entry.total else None,
                entry.id,
            )
        )
    kinds = {
        "value": polars.Float64,
        "text": polars.String,
        "low": polars.Float64,
        "high": polars.Float64,
        "event": polars.String,
        "total": polars.String,
        "source": polars.String,
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


SCORES = st.none() | st.integers(3000, 6500)


def _in_order(cell: tuple[Any, Any, Any]) -> tuple[Any, ...]:
    """A value, and the lower end of its band first."""
    return cell if None in cell[1:] else (cell[0], *sorted(cell[1:]))


CELLS = st.tuples(SCORES, SCORES, SCORES).map(_in_order)


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=25)
@given(st.lists(CELLS, min_size=1, max_size=6))
def test_a_long_and_a_wide_table_of_the_same_rows_are_rated_and_drawn_alike(drawn: list[tuple[Any, ...]]) -> None:
    rsf = compiled_of("rsf-situations")
    rows: list[tuple[Any, ...]] = [
        (iso3, year, *(None if end is None else end / 100 for end in cell))
        for iso3, years in (("IND", drawn), ("KAZ", drawn[::-1]))
        for year, cell in enumerate(years, start=2015)
    ]
    said = [row for row in rows if row[2:] != (None, None, None)]
    if not said:
        return
    # A long table has the years from a country's first observation to its last.
    spans = {iso3: [year for other, year, *_ in said if other == iso3] for iso3 in ("IND", "KAZ")}
    rows = [row for row in rows if spans[row[0]][0] <= row[1] <= spans[row[0]][-1]]
    names = ["iso3", "year", "rsf.score", "rsf.score__low", "rsf.score__high"]
    kinds = dict.fromkeys(names[2:], polars.Float64)
    with TemporaryDirectory() as folder:
        wide, long = Path(folder) / "wide.parquet", Path(folder) / "long.csv"
        polars.DataFrame(rows, schema=names, schema_overrides=kinds, orient="row").write_parquet(wide)
        cells = [(*row, "rsf.score", f"{row[1]}-01-01", f"{row[1]}-12-31") for row in said]
        columns = ["iso3", "year", "value", "low", "high", "indicator", "from", "to"]
        overrides = dict.fromkeys(("value", "low", "high"), polars.Float64)
        polars.DataFrame(cells, schema=columns, schema_overrides=overrides, orient="row").write_csv(long)
        answers = []
        for table in (wide, long):
            batch(table, f"{table}.out.parquet", rsf)
            found = simulate(table, rsf, 40, 1, None, lambda *_: None)
            answers.append((polars.read_parquet(f"{table}.out.parquet").rows(), found.frame.rows(), found.drawn))
    assert answers[0] == answers[1]
