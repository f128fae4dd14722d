"""One rating and `rate batch` read a table alike: either refuses it, or both give every country-year the same rating."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ratingengine.bulk.batch import batch
from ratingengine.engine.rating import load, rate
from ratingengine.errors import InvalidInput
from ratingengine.evidence.tables.form import COLUMNS, sidecar
from ratingengine.model.window import last_day
from ratingengine.world.countries import by_iso3

ROW = {
    "iso3": "KAZ", "year": "2020", "indicator": "rsf.score", "value": "61.5", "text": "", "low": "", "high": "",
    "from": "2020-01-01", "to": "2020-12-31", "reported": "2021-04-20", "source": "survey", "locator": "row 4", "event": "",
    "total": "", "edition": "", "note": "",
}  # fmt: skip
SOURCES = "schema: ratingengine/sources/1\nreferences:\n  - {id: survey, type: report, title: A survey, issued: 2021-04-20}\n"
COMMAS = "," * (len(COLUMNS) - 1)
ODD: dict[str, list[str]] = {
    "iso3": ["KAZ", "FIN", "kaz", " KAZ", "KAZ ", "", "XX"],
    "year": ["2020", "2021", "1699", "20", " 2020", "2020.0", ""],
    "indicator": ["rsf.score", "rsf.scores", " rsf.score ", "RSF.score", ""],
    "value": [
        "61.5",
        "92",
        "61.555",
        "-0",
        "061",
        "1e1",
        "+5",
        " 70",
        "7_0",
        "101",
        "70.50",
        "70.0000000000000001",
        "nan",
        "",
        "x",
    ],
    "text": ["", "good"],
    "low": ["", "40", "x", "80.25"],
    "high": ["", "80.25", "40", "1e1"],
    "from": ["2020-01-01", "20200101", "2020-02-30", "2021-01-01", "2020-W01-1", " 2020-01-01", ""],
    "to": ["2020-12-31", "2019-12-31", "2201-01-01", "2022-06-30", ""],
    "reported": ["2021-04-20", "2019-01-01", "2020-01-01", "x", ""],
    "event": ["", "e1", "e 2"],
    "total": ["", "yes", "no", "x"],
    "note": ["", 'he said "so"', "two\nlines", "a, b", " ж ", "a\x1bb", "\u2028", "a\rb"],
}


LAST = 2024
"""No year that is still to come is rated, and a period may reach into one."""


@st.composite
def rows(draw: st.DrawFn) -> dict[str, str]:
    """A row that is sound but for one cell or two, of some year."""
    year = draw(st.integers(2018, 2022))
    made = {**ROW, "year": str(year), "from": f"{year}-01-01", "to": f"{year}-12-31", "reported": f"{year + 1}-04-20"}
    made["iso3"], made["value"] = draw(st.sampled_from(["KAZ", "FIN"])), str(draw(st.integers(0, 100)))
    for name in draw(st.lists(st.sampled_from(sorted(ODD)), max_size=2)) if draw(st.integers(0, 2)) == 0 else ():
        made[name] = draw(st.sampled_from(ODD[name]))
    return made


@st.composite
def texts(draw: st.DrawFn) -> str:
    """A table as a text: rows in any order of columns, under any end of lines, and now and then a row that is none."""
    columns, made = draw(st.permutations(COLUMNS)), draw(st.lists(rows(), min_size=1, max_size=5))
    file = io.StringIO(newline="")
    writer = csv.writer(
        file,
        lineterminator=draw(st.sampled_from(["\n", "\n", "\r\n", "\r"])),
        quoting=csv.QUOTE_ALL if draw(st.booleans()) else csv.QUOTE_MINIMAL,
    )
    odd = draw(st.integers(0, 5))
    writer.writerow([*columns, *(["iso3"] if odd == 1 else ["extra"] if odd == 2 else [])])
    for row in made:
        cells = [row[name] for name in columns]
        writer.writerow([*cells, *([row["iso3"]] if odd == 1 else ["1"] if odd == 2 else [])])
        if odd == 3:
            file.write(
                draw(
                    st.sampled_from(
                        [
                            "\n",
                            "\r\n",
                            " \n",
                            COMMAS + "\n",
                            "KAZ,2020\n",
                            '"open\n',
                            'a"b' + COMMAS + "\n",
                        ]
                    )
                )
            )
    return draw(st.sampled_from(["", "", "\ufeff"])) + file.getvalue()


def plain(*changed: dict[str, Any]) -> str:
    """A sound table with these cells changed, a row each."""
    return "\n".join([",".join(COLUMNS), *(",".join({**ROW, **row}.values()) for row in changed)]) + "\n"


def by_batch(path: Path) -> dict[tuple[str, int], str | None] | None:
    """The rating of each country-year; None where the table is refused."""
    loaded = load("rsf-situations", [path], "reference")
    out = path.with_name("out.csv")
    try:
        batch(path, str(out), loaded.method.compiled)
    except InvalidInput:
        return None
    return {(row[0], int(row[1])): row[2] for row in pl.read_csv(out, infer_schema=False)["iso3", "year", "rating"].rows()}


def by_rate(path: Path, asked: list[tuple[str, int]]) -> dict[tuple[str, int], str | None] | None:
    """The same from ratings one by one."""
    loaded = load("rsf-situations", [path], "reference")
    try:
        countries = {iso3: by_iso3(iso3) for iso3, _ in asked}
        return {
            (iso3, year): rate(loaded, country, last_day(year)).rating
            for iso3, year in asked
            if (country := countries[iso3]) is not None
        }
    except InvalidInput:
        return None


@settings(deadline=None)
@given(text=texts())
@example(text=plain({"iso3": "kaz"}))
@example(text=plain({}, {"iso3": "FIN ", "value": "20"}))
@example(text=plain({}, {"iso3": "fin", "value": "20"}))
@example(text=plain({"iso3": "FIN", "note": '"he said so'}, {}))
@example(text=plain({}).replace("\n", "\r"))
@example(text=plain({}) + "KAZ,2021\n")
@example(text=plain({}) + plain({"year": "2021"}).splitlines()[1] + ",more\n")
@example(text=plain({"reported": "2019-01-01"}))
@example(text=plain({"iso3": "FIN", "reported": "2019-01-01"}, {}))
@example(text=plain({}, {"iso3": "FIN", "value": "70.0000000000000001"}))
@example(text=plain({}, {}))
@example(text=plain({"iso3": "FIN"}, {"iso3": "FIN"}, {}))
def test_either_refuses_a_table_or_both_rate_it_alike(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("made") / "t.csv"
    path.write_bytes(text.encode())
    sidecar(path).write_text(SOURCES, "utf-8")
    batched = by_batch(path)
    asked = [("KAZ", 2020)] if batched is None else [key for key in batched if key[1] <= LAST] or [("KAZ", 2020)]
    single = by_rate(path, asked)
    if batched is None or single is None:
        assert (batched, single) == (None, None)
    else:
        assert single == {key: batched.get(key) for key in asked}
