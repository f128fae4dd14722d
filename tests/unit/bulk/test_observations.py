"""Rows of observations: what the readers of records refuse is refused here too, at the same place."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from ratingengine.bulk.long import wide_of
from ratingengine.bulk.method import compiled_of
from ratingengine.errors import InvalidInput, Problem

CODEBOOK = compiled_of(None).codebook
RSF = compiled_of("rsf-situations").codebook
DETAINED = "assembly.protesters_detained"
DAYS = {"from": "2021-01-05", "to": "2021-01-05"}
ROW = {"iso3": "KAZ", "year": 2021, "indicator": DETAINED, "value": "60", "text": None, "low": None, "high": None, **DAYS}
SCORE = {"indicator": "rsf.score", "value": "50", "source": "rsf"}


def table(*rows: dict[str, Any]) -> Any:
    kinds = dict.fromkeys(("iso3", "value", "text", "low", "high", "source", "event"), pl.String)
    return pl.DataFrame([{**ROW, "source": "A", "event": None, **row} for row in rows], schema_overrides=kinds)


def refused(codebook: Any, **tables: Any) -> list[Problem]:
    with pytest.raises(InvalidInput) as found:
        wide_of(tables, codebook)
    return list(found.value.problems)


def test_an_observation_stands_once() -> None:
    (problem,) = refused(CODEBOOK, one=table({}, {}))
    assert str(problem.place) == "one:3:1"
    assert problem.code == "B505"
    assert problem.message == f"row 2 (KAZ 2021): A-KAZ-2021-{DETAINED} stands twice; first in one, line 2"
    (problem,) = refused(CODEBOOK, one=table({}), other=table({"iso3": "FIN"}, {}))
    assert str(problem.place) == "other:3:1"
    assert "first in one, line 2" in problem.message


@pytest.mark.parametrize("other", [{"source": "B"}, {"event": "E-1"}, {"year": 2020}, {"iso3": "FIN"}])
def test_another_source_event_year_or_country_is_another_observation(other: dict[str, Any]) -> None:
    wide_of({"one": table({}, other)}, CODEBOOK)


def test_an_empty_event_or_source_is_none() -> None:
    assert len(refused(CODEBOOK, one=table({"event": ""}, {"event": None}))) == 1
    assert len(refused(CODEBOOK, one=table({}).drop("source"), other=table({}).drop("source"))) == 1


def test_of_many_the_first_are_shown_and_the_others_counted() -> None:
    rows = [{"year": year} for year in range(1990, 2015)]
    problems = refused(CODEBOOK, one=table(*rows, *rows))
    assert len(problems) == 21
    assert problems[-1].message == "5 more observations stand twice from here on"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({**SCORE, "low": "60", "high": "40"}, "low is above high"),
        ({**SCORE, "low": "-5", "high": "60"}, "outside the range of rsf.score: '-5'"),
        ({**SCORE, "low": "40", "high": "400"}, "outside the range of rsf.score: '400'"),
        ({**SCORE, "low": "40", "high": "60.001"}, "more digits"),
        ({**SCORE, "value": "nan"}, "not a number"),
        ({**SCORE, "value": "50.00001"}, "more digits"),
        ({**SCORE, "value": None}, "no value, and no low or high"),
        ({**SCORE, "iso3": "ind"}, "no country has the ISO3 code 'ind'"),
        ({**SCORE, "iso3": None}, "column 'iso3': is empty"),
        ({**SCORE, "year": 1492}, "'1492' is no year"),
        ({**SCORE, "from": "1492-01-01"}, "from 1492-01-01 to 2021-01-05 is no period"),
        ({**SCORE, "from": "2021-1-1"}, "is no period"),
        ({**SCORE, "from": "2021-02-30", "to": "2021-03-01"}, "is no period"),
        ({**SCORE, "to": "9999-12-31"}, "is no period"),
        ({**SCORE, "to": "2020-01-05"}, "is no period"),
    ],
)
def test_what_is_wrong_is_told(row: dict[str, Any], said: str) -> None:
    (problem,) = refused(RSF, one=table(row))
    assert said in problem.message
    assert str(problem.place) == "one:2:1"


def test_a_number_beside_a_word_is_refused() -> None:
    regime = {"indicator": "assembly.authorisation_regime", "value": None, "text": "authorisation"}
    wide_of({"one": table(regime)}, CODEBOOK)
    (problem,) = refused(CODEBOOK, one=table({**regime, "low": "1"}))
    assert "'1'" in problem.message


@pytest.mark.parametrize(("name", "kind"), [("year", pl.Float64), ("from", pl.Int64), ("value", pl.Boolean)])
def test_columns_of_other_types_are_refused(name: str, kind: Any) -> None:
    wrong = table({}).with_columns(pl.lit(1).cast(kind).alias(name))
    (problem,) = refused(CODEBOOK, one=wrong)
    assert problem.message == f"column '{name}' is of another type"


def drawn_from(codebook: Any, *rows: dict[str, Any]) -> tuple[Any, ...]:
    """Ends, point and band of the only indicator in the last year."""
    frame, layout = wide_of({"one": table(*rows)}, codebook)
    (held,) = layout.held.values()
    return tuple(frame.row(-1, named=True)[name] for name in (held.low, held.high, *(cell.target for cell in layout.cells)))


def test_a_band_is_handed_on_beside_its_value() -> None:
    year = {**SCORE, "from": "2021-01-01", "to": "2021-12-31"}
    assert drawn_from(RSF, {**year, "low": "41", "high": "57"}) == (5000, 5000, 5000, 4100, 5700)
    assert drawn_from(RSF, {**year, "low": "41"}) == (5000,) * 5
    assert drawn_from(RSF, {**year, "value": None, "low": "41", "high": "57"}) == (4100, 5700, None, 4100, 5700)


def test_an_end_that_nobody_stated_is_not_drawn() -> None:
    # Reported events bound a year's sum from below only.
    low, _, *drawn = drawn_from(CODEBOOK, {})
    assert (low, drawn) == (60, [None, None, None])
    low, high, *drawn = drawn_from(RSF, {**SCORE, "value": None, "low": "41"})
    assert (low, high, drawn) == (4100, 10000, [None, None, None])


def test_a_mean_of_values_is_drawn_around_it_with_the_mean_of_their_bands() -> None:
    name = next(entry.id for entry in CODEBOOK.coded if entry.aggregation == "mean" and entry.decimals == 3)
    rows = [
        {
            "indicator": name,
            "year": year,
            "value": value,
            "low": low,
            "high": high,
            "from": f"{year}-01-01",
            "to": f"{year}-12-31",
        }
        for year, value, low, high in ((2020, "0.500", "0.400", "0.600"), (2021, "0.501", "0.400", "0.700"))
    ]
    assert drawn_from(CODEBOOK, *rows) == (500, 501, 500, 400, 650)
    plain = [{**row, "low": None, "high": None} for row in rows]
    assert drawn_from(CODEBOOK, *plain) == (500, 501, None, 500, 501)


def test_the_band_of_a_whole_year_is_handed_on_and_that_of_a_part_is_not() -> None:
    band = {"low": "50", "high": "80"}
    year = {"from": "2021-01-01", "to": "2021-12-31"}
    low, high, point, *drawn = drawn_from(CODEBOOK, {**year, **band})
    assert (low, high, point, drawn) == (60, 60, 60, [50, 80])
    low, _, *cells = drawn_from(CODEBOOK, band)
    assert (low, cells) == (60, [None, None, None])
