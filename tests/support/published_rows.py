"""The shared data sets as records: one file a country or territory, written from the publisher's own rows.

What a row becomes is said here, not in the program: importers are another matter. Nothing of the data is kept in the project.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from pathlib import Path

import pytest
from attrs import frozen

from ratingengine.world.countries import Country, all_countries

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
SOURCES = """schema: ratingengine/sources/1
references:
  - id: published
    type: dataset
    title: What the publisher gives, row by row
    issued: 1900-01-01
"""


@frozen
class Row:
    """What is published of a unit in a year: the text of each indicator."""

    unit: str
    year: int
    said: Mapping[str, str]


def shared(path: str) -> Path:
    """A file of the shared data; the test is skipped where it is not at hand."""
    found = SHARED / path
    if not found.exists():
        pytest.skip(f"the shared data are not at hand: {path}")
    return found


def rows_of(path: str) -> Iterator[dict[str, str]]:
    """The rows of a shared CSV file."""
    found = shared(path)
    with found.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def units(rows: Iterable[Row]) -> Mapping[str, Country]:
    """Each unit of a data set under the code of some country: publishers rate territories and past states that have none.

    Whose code it is has no meaning: these methods read nothing of a country but its evidence.
    """
    names = sorted({row.unit for row in rows})
    return {name: _country(country.iso3, name) for name, country in zip(names, all_countries()[: len(names)], strict=True)}


def _country(code: str, name: str) -> Country:
    empty = {"iso2": None, "numeric": None, "population": None, "aliases": (), "kind": "territory", "continent": "", "region": ""}
    return Country(iso3=code, name_en=name, name_ru=name, name_fr=name, name_es=name, **empty)  # type: ignore[arg-type]


def write_records(folder: Path, rows: Iterable[Row], countries: Mapping[str, Country]) -> None:
    """The rows as record files below a folder, with a bibliography beside them."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "sources.yaml").write_text(SOURCES, "utf-8")
    of_unit: dict[str, list[Row]] = {}
    for row in rows:
        of_unit.setdefault(row.unit, []).append(row)
    for unit, found in of_unit.items():
        code = countries[unit].iso3
        place = folder / code / "published.yaml"
        place.parent.mkdir(exist_ok=True)
        place.write_text(_file(code, found), "utf-8")


def _file(code: str, rows: Iterable[Row]) -> str:
    number = count(1)
    entries = (
        f"""  - id: {code}-{next(number):04}
    indicator: {indicator}
    value: {text}
    from: {row.year}-01-01
    to: {row.year}-12-31
    reported: {row.year + 1}-01-01
    sources: [{{source: published, locator: row {row.year}}}]
    coder: publisher
    confidence: high
"""
        for row in rows
        for indicator, text in row.said.items()
    )
    return f"schema: ratingengine/record/1\ncountry: {code}\nobservations:\n{''.join(entries)}"
