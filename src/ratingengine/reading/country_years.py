"""Tables keyed by country and year, CSV or Parquet, read strictly: every problem of a file at once, each with its place."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from io import StringIO
from pathlib import Path

from attrs import field, frozen

from ratingengine.countries import by_iso3
from ratingengine.errors import InvalidInput, Place, Problem
from ratingengine.nodes import Document, decoded, read_bytes
from ratingengine.reading.files import shown_path

MOST_BYTES = 64 * 1024 * 1024
YEARS = range(1900, 2201)


@frozen
class Cell:
    """The text of a cell and where it stands."""

    text: str
    place: Place


@frozen
class Row:
    """The cells of a line by column, with the country and the year that they are of."""

    iso3: str
    year: int
    cells: Mapping[str, Cell]

    def text(self, column: str) -> str:
        """What stands in a column; nothing where there is no such column."""
        found = self.cells.get(column)
        return "" if found is None else found.text


@frozen
class CountryYears:
    """Rows in file order, the column names, and what problems of single cells need."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    document: Document = field(repr=False)

    def problem(self, code: str, message: str, cell: Cell, hint: str) -> Problem:
        """A problem of one cell."""
        return self.document.problem(code, message, cell.place, hint, len(cell.text))


def read_table(
    path: Path,
    needed: Sequence[str],
    optional: Sequence[str] = (),
    further: Sequence[str] = (),
    years: tuple[int, int] | None = None,
) -> CountryYears:
    """The table in a file, Parquet where its name ends so. `further` columns and the limit of `years` are for Parquet alone.

    Raises InvalidInput, and NotFound where polars is missing.
    """
    if path.suffix.lower() == ".parquet":
        from ratingengine.reading.parquet import csv_of

        name = shown_path(path)
        return table_of(name, csv_of(path, name, {"iso3", "year", *needed, *optional, *further}, years), needed, optional)
    return read_csv(path, needed, optional)


def read_csv(path: Path, needed: Sequence[str], optional: Sequence[str] = ()) -> CountryYears:
    """Read a CSV that has `iso3`, `year` and the needed columns; further columns are passed over.

    A column whose name is nearly an optional one is refused, since what it says would be lost. Raises InvalidInput.
    """
    name = shown_path(path)
    raw, problems = read_bytes(path, name, MOST_BYTES)
    if raw is None:
        raise InvalidInput(problems)
    return table_of(name, raw, needed, optional)


def table_of(name: str, raw: bytes, needed: Sequence[str], optional: Sequence[str] = ()) -> CountryYears:
    """The same of a file's bytes; `name` is what problems call it."""
    document, text, problems = decoded(raw.removeprefix(codecs.BOM_UTF8), name)
    if problems:
        raise InvalidInput(problems)
    lines, problems = _lines(document, text)
    if problems:
        raise InvalidInput(problems)
    heading, *others = lines
    wrong = list(_columns(document, heading, ("iso3", "year", *needed), optional))
    if wrong:
        raise InvalidInput(wrong)
    columns = tuple(cell.text for cell in heading)
    rows: list[Row] = []
    for cells in others:
        row, said = _row(document, columns, cells)
        wrong += said
        rows += [row] if row is not None else []
    wrong += _twice(document, rows)
    if wrong:
        raise InvalidInput(wrong)
    return CountryYears(columns, tuple(rows), document)


def _lines(document: Document, text: str) -> tuple[list[list[Cell]], tuple[Problem, ...]]:
    """Every line that is not empty as cells, the heading first."""
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    found: list[list[Cell]] = []
    last = 0
    try:
        for texts in reader:
            if texts:
                found.append(list(_cells(document, texts, last + 1)))
            last = reader.line_num
    except csv.Error as failure:
        message, hint = f"a quotation is not closed, or goes on after it is: {failure}", 'double a quotation mark in a cell: ""'
        return [], (document.problem("I330", message, Place(document.path, last + 1, 1), hint),)
    if len(found) < 2:
        message = "there is no row below the heading" if found else "the file is empty"
        return [], (document.problem("F105", message, Place(document.path, 1, 1), "write a heading, and a row a country-year"),)
    return found, ()


def _cells(document: Document, texts: Sequence[str], line: int) -> Iterator[Cell]:
    written, column = document.lines[line - 1] if line <= len(document.lines) else "", 0
    for text in texts:
        at = written.find(text, column)
        column = max(at, column)
        yield Cell(text.strip(), Place(document.path, line, column + 1))
        column += len(text)


def _columns(document: Document, heading: Sequence[Cell], needed: Sequence[str], optional: Sequence[str]) -> Iterator[Problem]:
    names = [cell.text for cell in heading]
    for name in needed:
        if name not in names:
            meant = get_close_matches(name, [other for other in names if other not in needed], n=1, cutoff=0.6)
            hint = f"write it in place of '{meant[0]}'" if meant else f"the heading must have: {', '.join(needed)}"
            yield document.problem("F114", f"there is no column '{name}'", heading[0].place, hint, len(heading[0].text))
    for number, cell in enumerate(heading):
        if cell.text in names[:number]:
            hint = "keep one of the two"
            yield document.problem("F112", f"the column '{cell.text}' stands twice", cell.place, hint, len(cell.text))
        meant = get_close_matches(cell.text, [name for name in optional if name not in names], n=1, cutoff=0.75)
        if meant and cell.text not in needed:
            hint = f"write '{meant[0]}', or a name that is less like it"
            yield document.problem("F111", f"unknown column '{cell.text}'", cell.place, hint, len(cell.text))


def _row(document: Document, columns: Sequence[str], cells: Sequence[Cell]) -> tuple[Row | None, list[Problem]]:
    if len(cells) != len(columns):
        message = f"the row has {len(cells)} cells, the heading {len(columns)}"
        hint = "put a cell with a comma in it into quotation marks, and write nothing between two commas for none"
        return None, [document.problem("I330", message, cells[0].place, hint)]
    by_name = dict(zip(columns, cells, strict=True))
    problems: list[Problem] = []
    code, year = by_name["iso3"], by_name["year"]
    if by_iso3(code.text) is None:
        message, hint = f"no country has the ISO3 code '{code.text}'", "write it in capitals, for example KAZ"
        problems.append(document.problem("I313", message, code.place, hint, len(code.text)))
    digits = year.text.isascii() and year.text.isdigit() and len(year.text) == 4
    if not digits or int(year.text) not in YEARS:
        message, hint = f"not a year: '{year.text}'", f"write four digits, {YEARS[0]} to {YEARS[-1]}"
        problems.append(document.problem("F116", message, year.place, hint, len(year.text)))
    return (None, problems) if problems else (Row(code.text, int(year.text), by_name), [])


def _twice(document: Document, rows: Sequence[Row]) -> Iterator[Problem]:
    first: dict[tuple[str, int], int] = {}
    for row in rows:
        cell = row.cells["iso3"]
        before = first.setdefault((row.iso3, row.year), cell.place.line)
        if before != cell.place.line:
            message, hint = f"{row.iso3} {row.year} stands twice; first in line {before}", "keep the row that is meant"
            yield document.problem("I331", message, cell.place, hint, len(cell.text))
