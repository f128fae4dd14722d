"""A file as its publisher shaped it, as headings and rows of texts; read as a stream, so that its size does not matter."""

from __future__ import annotations

import contextlib
import csv
import gzip
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

from attrs import evolve, frozen

from ratingengine.errors import InvalidInput, NotFound, Place, Problem
from ratingengine.files import bounded_columns, bounded_lines, check_swelling, check_unpacked, opened
from ratingengine.importing.mapping import Form, Mapping, Wide
from ratingengine.importing.workbook import sheet_rows
from ratingengine.reading.files import shown_path

WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
LONGEST_CELL = 10 * 1024 * 1024
SEARCHED = 10
"""So many rows of a sheet are looked at for the headings: publishers put titles above them."""
Numbered = tuple[int, Sequence[str]]


@frozen
class RawFile:
    """Headings, rows with the number of their first line (`unit` line) or of their row in a sheet (`unit` row), decimal sign."""

    name: str
    unit: str
    headings: tuple[str, ...]
    rows: Iterator[Numbered]
    decimal: str

    def problem(self, message: str, hint: str) -> InvalidInput:
        """A problem of the whole file."""
        return InvalidInput([Problem("I325", message, Place(self.name, 1, 1), hint=hint)])


def open_raw(path: Path, mapping: Mapping) -> RawFile:
    """The file as the mapping says it is shaped. Raises NotFound, or InvalidInput where it is no such table."""
    if not path.exists():
        raise NotFound(f"no such file: '{path}'")
    with opened(path, shown_path(path)):
        pass  # a pipe or a device is refused before anything waits for it
    if path.suffix.lower() in WORKBOOKS:
        check_unpacked(path, shown_path(path))
        rows = enumerate(sheet_rows(path, mapping.sheets), start=1)
        return _headed(RawFile(shown_path(path), "row", (), rows, mapping.forms[0].decimal), mapping)
    for form in mapping.forms:
        with contextlib.suppress(InvalidInput):
            return _headed(_text_file(path, form), mapping)
    return _headed(_text_file(path, mapping.forms[0]), mapping)  # what is wrong with a file of no form is told of the first


def _text_file(path: Path, form: Form) -> RawFile:
    return RawFile(shown_path(path), "line", (), _lines(path, form.separator), form.decimal)


def _headed(raw: RawFile, mapping: Mapping) -> RawFile:
    """The file from its headings on. Raises InvalidInput where none names a column of countries."""
    rows, head, sheet = raw.rows, list[Numbered](), raw.unit == "row"
    for row in rows:
        head.append(row)
        if _is_heading(row[1], mapping):
            return evolve(raw, headings=_cleaned(row[1]), rows=rows)
        if len(head) == (SEARCHED if sheet or mapping.wide else 1):
            break
    if mapping.wide is not None and len(head) >= mapping.wide.headings:
        return _unfolded(raw, mapping.wide, head, rows)
    raise raw.problem(*_no_heading(head, mapping))


def _no_heading(head: list[Numbered], mapping: Mapping) -> tuple[str, str]:
    wanted = ", ".join(dict.fromkeys(name for column in mapping.country for name in column.columns))
    if not head:
        return "the file is empty", "name the file of the data set"
    shown = ", ".join(head[0][1][:6])
    message = f"no heading has a column of countries ({wanted}); the first row is: {shown[:100]}"
    return message, "is it the file of this mapping, and its separator? A mapping of your own can name other columns"


def _is_heading(cells: Sequence[str], mapping: Mapping) -> bool:
    found = set(_cleaned(cells))
    return any(name in found for column in mapping.country for name in column.columns)


def _cleaned(cells: Sequence[str]) -> tuple[str, ...]:
    return tuple(" ".join(cell.split()) for cell in cells)


def _lines(path: Path, separator: str) -> Iterator[Numbered]:
    """The rows of a text file with the line that each begins on."""
    csv.field_size_limit(LONGEST_CELL)
    place = Place(shown_path(path), 1, 1)
    begun = 1
    try:
        with _text_of(path) as file:
            reader = csv.reader(bounded_lines(file, place.file), delimiter=separator, strict=True)
            for cells in reader:
                bounded_columns(len(cells), place.file)
                if cells:
                    yield begun, cells
                begun = reader.line_num + 1
    except UnicodeDecodeError as failure:
        message = f"not UTF-8 text: byte 0x{failure.object[failure.start]:02x}"
        raise InvalidInput([Problem("F103", message, place, hint="save the file as UTF-8")]) from failure
    except (csv.Error, gzip.BadGzipFile, EOFError, zlib.error) as failure:
        where = Place(place.file, begun, 1)
        problem = Problem("I325", f"not a table of texts: {failure}", where, hint="open it and save it anew as .csv")
        raise InvalidInput([problem]) from failure


def _text_of(path: Path) -> IO[str]:
    if path.suffix.lower() == ".gz":
        check_swelling(path, shown_path(path))
        return gzip.open(path, "rt", encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")


def _unfolded(raw: RawFile, wide: Wide, head: list[Numbered], rows: Iterator[Numbered]) -> RawFile:
    """A sheet of blocks as one row a country and block, with the headings that the mapping knows."""
    names = _cleaned(head[wide.names - 1][1])
    blocks = _blocks(wide, head, names)
    if not blocks:
        hint = f"file: wide: says that row {wide.edition} names the editions and row {wide.names} their columns"
        raise raw.problem("no block of columns names its edition", hint)
    known = tuple(dict.fromkeys(wide.renamed.get(name, name) for _, _, columns in blocks for name in columns))
    headings = (wide.country, "edition", "year", *known)

    def unfolded() -> Iterator[Numbered]:
        for number, cells in (*head[wide.headings :], *rows):
            if not cells or not cells[0].strip():
                continue
            for edition, year, columns in blocks:
                named = {wide.renamed.get(name, name): at for name, at in columns.items()}
                found = (cells[named[name]] if name in named and named[name] < len(cells) else "" for name in known)
                yield number, (cells[0], edition, year, *found)

    return evolve(raw, headings=headings, rows=unfolded())


def _blocks(wide: Wide, head: list[Numbered], names: Sequence[str]) -> list[tuple[str, str, dict[str, int]]]:
    """Each block's edition, year, and the position of its columns by name; a block begins where an edition is named."""
    editions = _cleaned(head[wide.edition - 1][1])
    years = _cleaned(head[wide.year - 1][1]) if wide.year else ()
    blocks: list[tuple[str, str, dict[str, int]]] = []
    for at, name in enumerate(names):
        if at == 0:
            continue
        if at < len(editions) and editions[at]:
            blocks.append((editions[at], years[at] if at < len(years) else "", {}))
        if blocks and name:
            blocks[-1][2].setdefault(name, at)
    return blocks
