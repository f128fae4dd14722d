"""The one reader of CSV text that this program rates from: strict, as a stream, every row with the line it begins on.

Tables of observations, country-years, ratings and populations are all read here (`rate import` reads publishers' files, which
follow no rule, by `importing.rawfile`). `bulk.files` lets polars read what `plain_bytes` and this reader have found sound.

A row ends with LF, CRLF or CR. A cell is quoted whole or not at all, with `""` for a quotation mark in it. White space around a
cell means nothing, nor does a row of empty cells. Every row has as many cells as the heading, and no heading stands twice.

What a file may cost is bounded by LONGEST_ROW here and the columns in `files`, looked at before a row is parsed. No more
than one row is held at a time.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import StringIO, TextIOWrapper
from pathlib import Path
from typing import IO, Final, NamedTuple

from attrs import define, field, frozen

from ratingengine.errors import InvalidInput, Place, Problem
from ratingengine.files.bounded import bounded_columns, opened

LONGEST_ROW: Final = 131_072
"""Characters of a row; a quotation that is never closed is found after so many."""
MOST_PROBLEMS: Final = 1_000
"""Rows of another length that are told; then reading ends."""
SHOWN: Final = 2_000
"""Characters of a row that are kept to show it."""
CONTROLS: Final = bytes([*range(9), 11, 12, *range(14, 32), 127])
"""What no text has, and a terminal acts upon."""
MARK: Final = b"\xef\xbb\xbf"
BLOCK: Final = 1 << 20
_CONTROL = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f]")
_CELL = r'(?:"(?:[^"]++|"")*+"|[^",\r\n]*+)'
_WHOLE = re.compile(rf"{_CELL}(?:,{_CELL})*+(?:\r\n|\r|\n)?+")
"""A row of cells that are quoted whole or not at all."""
UNQUOTED = "put a cell with a comma in it into quotation marks, and write nothing between two commas for none"


class CsvRow(NamedTuple):
    """The cells of a row without the space around them, the line it begins on, and its first byte and the one behind its last."""

    line: int
    cells: list[str]
    begin: int
    end: int


@frozen
class CsvTable:
    """Headings, and the rows below them as they are read. Rows of another length are left out, and told in `problems`.

    `problems` is whole once the rows are read to their end; both it and the rows raise InvalidInput where no row can be told from
    the next any more.
    """

    name: str
    headings: tuple[str, ...]
    line: int
    """Where the heading stands."""
    rows: Iterator[CsvRow]
    problems: list[Problem]


@contextmanager
def open_csv(path: Path, name: str) -> Iterator[CsvTable]:
    """The table in a file, which problems call `name`. Raises InvalidInput where it is none that can be read."""
    try:
        with opened(path, name, "name a .csv file") as raw:
            first = len(MARK) if raw.read(len(MARK)) == MARK else 0
            raw.seek(first)
            with TextIOWrapper(raw, encoding="utf-8", newline="") as file:
                yield csv_table(file, name, first)
    except UnicodeDecodeError:
        raise InvalidInput([_undecodable(path, name)]) from None


def csv_table(file: IO[str], name: str, begin: int = 0) -> CsvTable:
    """The table in a text that is opened with `newline=""`; its heading begins at byte `begin`."""
    lines, problems = _Lines(file, name, begin), list[Problem]()
    rows = _rows(lines)
    heading = next(rows, None)
    if heading is None:
        return CsvTable(name, (), 1, iter(()), problems)
    headings = tuple(heading.cells)
    bounded_columns(len(headings), name)
    seen, wrong = set[str](), list[Problem]()
    for cell, column in zip(headings, columns_of(lines.text[0], headings), strict=True):
        if cell in seen:
            wrong.append(lines.problem("F112", f"the column '{cell}' stands twice", "keep one of the two", column, len(cell)))
        seen.add(cell)
    if wrong:
        raise InvalidInput(wrong)
    return CsvTable(name, headings, heading.line, _even(rows, lines, len(headings), problems), problems)


def columns_of(text: str, cells: Iterable[str]) -> Iterator[int]:
    """The column at which each cell begins in the text of its row, from 1."""
    at = 0
    for cell in cells:
        at = max(at, text.find(cell, at))
        yield at + 1
        at += len(cell)


def cells_of(text: str) -> list[str]:
    """The cells of the row that a text begins with, which was read before."""
    row = next(rows_of(text, "", 0), None)
    return [] if row is None else row.cells


def rows_of(text: str, name: str, lines: int) -> Iterator[CsvRow]:
    """Rows of a table that was found sound, from the text that they are; so many lines stand before it in the file."""
    before = _Lines(StringIO(text, newline=""), name, 0, lines, lines + 1)
    return _rows(before)


def _even(rows: Iterator[CsvRow], lines: _Lines, cells: int, problems: list[Problem]) -> Iterator[CsvRow]:
    """The rows of as many cells as the heading; those of another length become problems."""
    for row in rows:
        if len(row.cells) == cells:
            yield row
            continue
        if len(problems) == MOST_PROBLEMS:
            message = (
                f"more than {MOST_PROBLEMS:,} rows have another number of cells than the heading; the rest was not looked at"
            )
            problems.append(lines.problem("I330", message, UNQUOTED))
            return
        count = f"{len(row.cells)} cell{'' if len(row.cells) == 1 else 's'}"
        problems.append(lines.problem("I330", f"the row has {count}, the heading {cells}", UNQUOTED))


@define
class _Lines:
    """The lines of a file, with what was read of the present row and how far the file is read."""

    file: IO[str]
    name: str
    bytes: int
    line: int = 0
    begun: int = 1
    text: list[str] = field(factory=list)
    length: int = 0

    def __iter__(self) -> Iterator[str]:
        readline = self.file.readline
        while line := readline(LONGEST_ROW + 1):
            self.text.append(line)
            self.length += len(line)
            if self.length > LONGEST_ROW:
                raise InvalidInput([self.too_long()])
            self.line += 1
            self.bytes += len(line) if line.isascii() else len(line.encode())
            yield line

    def next_row(self) -> None:
        """What comes next belongs to another row."""
        self.begun, self.length = self.line + 1, 0
        self.text.clear()

    def too_long(self) -> Problem:
        message = f"the row that begins here has more than {LONGEST_ROW:,} characters"
        hint = "is a quotation mark not closed?" if any('"' in text for text in self.text) else "is it a table of texts?"
        return self.problem("F102", message, hint)

    def problem(self, code: str, message: str, hint: str, column: int = 1, width: int = 1) -> Problem:
        """What is wrong with the present row."""
        shown = "".join(c if c.isprintable() else " " for c in self.text[0].rstrip("\r\n")[:SHOWN]) if self.text else ""
        return Problem(code, message, Place(self.name, self.begun, column), hint=hint, excerpt=shown, width=width)


def _rows(lines: _Lines) -> Iterator[CsvRow]:
    """Every row that says anything. Raises InvalidInput where a row is no row."""
    reader = csv.reader(lines, strict=True)
    while True:
        start = lines.bytes
        try:
            cells = next(reader, None)
        except csv.Error as failure:
            message, hint = (
                f"a quotation is not closed, or goes on after it is: {failure}",
                'double a quotation mark in a cell: ""',
            )
            raise InvalidInput([lines.problem("I330", message, hint)]) from failure
        if cells is None:
            return
        _sound(lines)
        cells = [cell.strip() for cell in cells]
        if any(cells):
            yield CsvRow(lines.begun, cells, start, lines.bytes)
        lines.next_row()


def _sound(lines: _Lines) -> None:
    """Raises InvalidInput where a row has what no text has, or a quotation mark within a cell that is not quoted."""
    text = "".join(lines.text)
    if '"' in text and not _WHOLE.fullmatch(text):
        hint = 'put the whole cell into quotation marks, and double the mark in it: "5"" wide"'
        raise InvalidInput([lines.problem("I330", "a quotation mark in the middle of a cell", hint)])
    if not text.isprintable() and (control := _CONTROL.search(text)) is not None:
        message = f"not a text file: it has the control character U+{ord(control.group()):04X}"
        raise InvalidInput([lines.problem("F104", message, "save it as UTF-8 text", control.start() + 1)])


def _undecodable(path: Path, name: str) -> Problem:
    """The first line that is not UTF-8."""
    with path.open("rb") as file:
        lines: Iterable[bytes] = iter(lambda: file.readline(LONGEST_ROW), b"")
        for number, line in enumerate(lines, start=1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError as failure:
                byte = failure.object[failure.start]
                column = len(line[: failure.start].decode("utf-8", "replace")) + 1
                what = "it looks like UTF-16" if number == 1 and line[:2] in (b"\xff\xfe", b"\xfe\xff") else f"byte 0x{byte:02x}"
                return Problem("F103", f"not UTF-8 text: {what}", Place(name, number, column), hint="save the file as UTF-8")
    return Problem("F103", "not UTF-8 text", Place(name, 1, 1), hint="save the file as UTF-8")


@frozen
class PlainBytes:
    """What the bytes of a file show without parsing: whether another reader of CSV can take it as it is.

    `odd`: quotation marks, lone CR, control characters, what is not UTF-8, or too long a line, which this reader must look at;
    `spaced`: white space, which may stand around cells.
    """

    odd: bool
    spaced: bool


def plain_bytes(path: Path) -> PlainBytes:
    """What is seen in a file without parsing it."""
    spaced = False
    with path.open("rb") as file:
        for block in whole_lines(file):
            if b'"' in block or (b"\r" in block and block.count(b"\r") != block.count(b"\r\n")) or _long(block):
                return PlainBytes(odd=True, spaced=True)
            if len(block.translate(None, CONTROLS)) != len(block) or not _utf8(block):
                return PlainBytes(odd=True, spaced=True)
            spaced = spaced or b" " in block or b"\t" in block or not block.isascii()
    return PlainBytes(odd=False, spaced=spaced)


def row_a_line(path: Path, cells: int) -> bool:
    """Whether each line of a file is one sound row of so many cells, some of them quoted; at a glance, without parsing it."""
    cell = r'(?:"(?:[^"\r\n]++|"")*+"|[^",\r\n]*+)'
    lines = re.compile(rf"(?:{cell}(?:,{cell}){{{cells - 1}}}+(?:\r?\n|\Z)(?<!\n\n)(?<!\n\r\n))*+")
    with path.open("rb") as file:
        for block in whole_lines(file):
            if _long(block) or len(block.translate(None, CONTROLS)) != len(block) or not _utf8(block):
                return False
            if not lines.fullmatch(block.decode("utf-8")):
                return False
    return True


def whole_lines(file: IO[bytes]) -> Iterator[bytes]:
    """A file in blocks of whole lines of about a megabyte; a line longer than a row may be is cut."""
    block = file.read(len(MARK)).removeprefix(MARK)
    while block := block + file.read(BLOCK):
        yield block + file.readline(LONGEST_ROW + 1)
        block = b""


def _long(block: bytes) -> bool:
    """Whether a line is longer than a row may be."""
    begin = 0
    while len(block) - begin > LONGEST_ROW:
        end = block.rfind(b"\n", begin, begin + LONGEST_ROW)
        if end < 0:
            return True
        begin = end + 1
    return False


def _utf8(block: bytes) -> bool:
    try:
        return block.isascii() or bool(block.decode("utf-8"))
    except UnicodeDecodeError:
        return False
