"""A CSV table by country: the rows of each are those that reading all of it gives, and it is read once."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ratingengine.evidence.tables import places
from ratingengine.evidence.tables.form import COLUMNS, NEEDED
from ratingengine.evidence.tables.places import csv_columns, csv_countries, csv_rows
from ratingengine.files.csv_table import open_csv

CELLS = st.text('aé"\n\r,; ж\u2028𝄞', max_size=4)
ROWS = st.lists(st.tuples(st.sampled_from(["KAZ", "CHL", "XSL", ""]), CELLS, CELLS) | st.tuples(), max_size=20)
HEADINGS = st.permutations(["iso3", "note", "edition"])


def text_of(headings: list[str], rows: list[tuple[str, ...]], end: str) -> str:
    """The rows as texts under the headings; an empty tuple is a blank line."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator=end, quoting=csv.QUOTE_ALL)
    writer.writerow(headings)
    for row in rows:
        named = dict(zip(("iso3", "note", "edition"), row, strict=False))
        writer.writerow([named[name] for name in headings if row])
    return file.getvalue()


def by_reading_all(path: Path, iso3: str) -> list[tuple[int, Mapping[str, Any]]]:
    """The rows of a country as Python's own reader has them, with the line behind the row before."""
    kept, before = list[tuple[int, Mapping[str, Any]]](), 1
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        headings = next(reader)
        for cells in reader:
            row = dict(zip(headings, (cell.strip() for cell in cells), strict=False))
            if row.get("iso3") == iso3:
                kept.append((before + 1, {name: row.get(name) or None for name in COLUMNS}))
            before = reader.line_num
    return kept


@given(rows=ROWS, headings=HEADINGS, end=st.sampled_from(["\n", "\r\n", "\r"]), mark=st.sampled_from(["", "\ufeff"]))
def test_the_rows_of_a_country_are_those_that_reading_all_gives(
    rows: list[tuple[str, ...]], headings: list[str], end: str, mark: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("made") / "t.csv"
    path.write_bytes((mark + text_of(headings, rows, end)).encode())
    assert csv_columns(path) == tuple(headings)
    for iso3 in ("KAZ", "CHL", "XSL", "NOR"):
        wanted = by_reading_all(path, iso3)
        assert list(csv_rows(path, iso3)) == wanted
        assert (iso3 in csv_countries(path)) == bool(wanted)
    assert "" not in csv_countries(path)


def test_a_table_is_read_once_for_all_its_countries_and_anew_when_it_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, reads = tmp_path / "t.csv", 0
    own = open_csv

    def opened(path: Path, name: str) -> Any:
        nonlocal reads
        reads += 1
        return own(path, name)

    monkeypatch.setattr(places, "open_csv", opened)
    heading, rest = ",".join(NEEDED) + "\n", "," * (len(NEEDED) - 2)
    path.write_text(f"{heading}KAZ,2020{rest}\nCHL,2021{rest}\nKAZ,2022{rest}\n", "utf-8")
    found = {iso3: [row["year"] for _, row in csv_rows(path, iso3)] for iso3 in (*csv_countries(path), "NOR")}
    assert (found, reads) == ({"KAZ": ["2020", "2022"], "CHL": ["2021"], "NOR": []}, 1)
    path.write_text(f"{heading}KAZ,2020{rest}\nKAZ,20210{rest}\n", "utf-8")
    assert [line for line, _ in csv_rows(path, "KAZ")] == [2, 3]
    assert (csv_countries(path), reads) == ({"KAZ"}, 2)
