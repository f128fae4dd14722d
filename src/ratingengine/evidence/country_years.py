"""Tables keyed by country and year, CSV or Parquet, read strictly: every problem of a file at once, each with its place."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from io import StringIO
from pathlib import Path

from attrs import evolve, field, frozen

from ratingengine.errors import InvalidInput, Place, Problem
from ratingengine.files.bounded import read_bytes
from ratingengine.files.csv_table import CsvRow, CsvTable, cells_of, columns_of, csv_table
from ratingengine.files.declared import shown_path
from ratingengine.files.nodes import Document, decoded
from ratingengine.model.window import FIRST_YEAR, LAST_YEAR
from ratingengine.world.countries import by_iso3

MOST_BYTES = 64 * 1024 * 1024
MOST_LINES = 100
"""Lines that one row may be spread over and its cells still be found."""
YEARS = range(FIRST_YEAR, LAST_YEAR + 1)


@frozen
class Cell:
    """The text of a cell and where it stands."""

    text: str
    place: Place


@frozen
class Row:
    """What stands in the columns that are read, with the country and the year that it is of, and the line it begins in."""

    iso3: str
    year: int
    line: int
    texts: Mapping[str, str]

    def text(self, column: str) -> str:
        """What stands in a column; nothing where there is no such column."""
        return self.texts.get(column, "")


@frozen
class CountryYears:
    """Rows in file order, the column names, what is wrong with rows, and what problems of single cells need.

    Who reads on adds what is wrong by its own lights, so that all problems of a file are told at once.
    """

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]
    document: Document = field(repr=False)

    def problem(self, code: str, message: str, row: Row, column: str, hint: str) -> Problem:
        """A problem of one cell."""
        return _problem(self.document, self.columns, code, message, row.line, column, hint)


def _problem(document: Document, columns: Sequence[str], code: str, message: str, line: int, column: str, hint: str) -> Problem:
    # Where a cell begins is looked for only when it is to be told: a table may have millions of them.
    texts = cells_of("\n".join(document.lines[line - 1 : line + MOST_LINES]))
    cell = list(_cells(document, texts, line))[columns.index(column)]
    return document.problem(code, message, cell.place, hint, len(cell.text))


def read_table(
    path: Path,
    needed: Sequence[str],
    optional: Sequence[str] = (),
    further: Sequence[str] = (),
    years: tuple[int, int] | None = None,
) -> CountryYears:
    """The table in a file, Parquet where its name ends so; there the limit of `years` is kept to.

    `further` columns are read where they are there, whatever others are named.

    Raises InvalidInput where it is no such table, and NotFound where polars is missing.
    """
    if path.suffix.lower() == ".parquet":
        from ratingengine.files.parquet import csv_of

        name = shown_path(path)
        return table_of(name, csv_of(path, name, {"iso3", "year", *needed, *optional, *further}, years), needed, optional)
    return read_csv(path, needed, optional, further)


def read_csv(path: Path, needed: Sequence[str], optional: Sequence[str] = (), further: Sequence[str] = ()) -> CountryYears:
    """Read a CSV that has `iso3`, `year` and the needed columns, and of the further ones those that are there.

    A column whose name is nearly an optional one is refused, since what it says would be lost. Raises InvalidInput for what is
    wrong with the file or its heading.
    """
    name = shown_path(path)
    raw, problems = read_bytes(path, name, MOST_BYTES)
    if raw is None:
        raise InvalidInput(problems)
    return table_of(name, raw, needed, optional, (*needed, *optional, *further))


def table_of(
    name: str, raw: bytes, needed: Sequence[str], optional: Sequence[str] = (), read: Sequence[str] | None = None
) -> CountryYears:
    """The same of a file's bytes; `name` is what problems call it, `read` the columns whose cells are kept (None: all)."""
    document, text, problems = decoded(raw.removeprefix(codecs.BOM_UTF8), name)
    if problems:
        raise InvalidInput(problems)
    document = evolve(document, lines=tuple(re.split("\r\n|\r|\n", text)))
    table = csv_table(StringIO(text, newline=""), name)
    lines = list(table.rows)
    _some(table, lines, document)
    heading = tuple(_cells(document, table.headings, table.line))
    wrong = list(_columns(document, heading, ("iso3", "year", *needed), optional))
    if wrong:
        raise InvalidInput(wrong)
    asked = None if read is None else {"iso3", "year", *read}
    kept = [(number, column) for number, column in enumerate(table.headings) if asked is None or column in asked]
    rows: list[Row] = []
    wrong += table.problems
    for line in lines:
        row, said = _row(document, table.headings, kept, line)
        wrong += said
        rows += [row] if row is not None else []
    return CountryYears(table.headings, tuple(rows), (*wrong, *_twice(document, table.headings, rows)), document)


def _some(table: CsvTable, rows: Sequence[CsvRow], document: Document) -> None:
    """Raises InvalidInput where nothing stands below the heading."""
    if not rows and not table.problems:
        message = "there is no row below the heading" if table.headings else "the file is empty"
        place, hint = Place(document.path, 1, 1), "write a heading, and a row a country-year"
        raise InvalidInput([document.problem("F105", message, place, hint)])


def _cells(document: Document, texts: Sequence[str], line: int) -> Iterator[Cell]:
    for text, column in zip(texts, columns_of(document.lines[line - 1], texts), strict=True):
        yield Cell(text, Place(document.path, line, column))


def _columns(document: Document, heading: Sequence[Cell], needed: Sequence[str], optional: Sequence[str]) -> Iterator[Problem]:
    names = [cell.text for cell in heading]
    for name in needed:
        if name not in names:
            meant = get_close_matches(name, [other for other in names if other not in needed], n=1, cutoff=0.6)
            hint = f"write it in place of '{meant[0]}'" if meant else f"the heading must have: {', '.join(needed)}"
            yield document.problem("F114", f"there is no column '{name}'", heading[0].place, hint, len(heading[0].text))
    for cell in heading:
        meant = get_close_matches(cell.text, [name for name in optional if name not in names], n=1, cutoff=0.75)
        if meant and cell.text not in needed:
            hint = f"write '{meant[0]}', or a name that is less like it"
            yield document.problem("F111", f"unknown column '{cell.text}'", cell.place, hint, len(cell.text))


def _row(
    document: Document, columns: Sequence[str], kept: Sequence[tuple[int, str]], csv_row: CsvRow
) -> tuple[Row | None, list[Problem]]:
    line, read = csv_row.line, {column: csv_row.cells[number] for number, column in kept}
    problems: list[Problem] = []
    code, year = read["iso3"], read["year"]
    if by_iso3(code) is None:
        message, hint = f"no country has the ISO3 code '{code}'", "write it in capitals, for example KAZ"
        problems.append(_problem(document, columns, "I313", message, line, "iso3", hint))
    digits = year.isascii() and year.isdigit() and len(year) == 4
    if not digits or int(year) not in YEARS:
        message, hint = f"not a year: '{year}'", f"write four digits, {YEARS[0]} to {YEARS[-1]}"
        problems.append(_problem(document, columns, "F116", message, line, "year", hint))
    return (None, problems) if problems else (Row(code, int(year), line, read), [])


def _twice(document: Document, columns: Sequence[str], rows: Sequence[Row]) -> Iterator[Problem]:
    first: dict[tuple[str, int], int] = {}
    for row in rows:
        before = first.setdefault((row.iso3, row.year), row.line)
        if before != row.line:
            message, hint = f"{row.iso3} {row.year} stands twice; first in line {before}", "keep the row that is meant"
            yield _problem(document, columns, "I331", message, row.line, "iso3", hint)
