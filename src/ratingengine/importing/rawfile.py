"""A file as its publisher shaped it, as headings and rows of texts; read as a stream, so that its size does not matter."""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

from attrs import evolve, frozen

from ratingengine.errors import InvalidInput, Place, Problem
from ratingengine.files.parquet import text_rows_of
from ratingengine.importing.cells import YEAR, Refused, edition_year_of
from ratingengine.importing.content import Content, content_of
from ratingengine.importing.mapping import Form, Mapping, Wide
from ratingengine.importing.stata import stata_rows
from ratingengine.importing.texts import Numbered, encoding_of, text_rows
from ratingengine.importing.workbook import Workbook

HXL = re.compile(r"#[a-z][a-z0-9_]*(\s*\+[a-z0-9_]+)*")
SEARCHED = 10
"""So many rows of a sheet are looked at for the headings: publishers put titles above them."""
Block = tuple[str, str, dict[str, int]]
"""An edition, its year under review, and the positions of its columns."""


@frozen
class RawFile:
    """Headings, rows with the number of their first line (`unit` line) or of their row in a sheet (`unit` row), decimal sign.

    `part`: the sheets, or the file of an archive, that are read; `unread`: those that are not.
    """

    name: str
    part: str
    unit: str
    headings: tuple[str, ...]
    rows: Iterator[Numbered]
    decimal: str
    unread: tuple[str, ...] = ()

    def problem(self, message: str, hint: str) -> InvalidInput:
        """A problem of the whole file."""
        return InvalidInput([Problem("I325", message, Place(self.name, 1, 1), hint=hint)])


def open_raw(path: Path, mapping: Mapping, part: str = "") -> RawFile:
    """The file, or its `part`, as the mapping says it is shaped. Raises NotFound, or InvalidInput where it is no such table."""
    content = content_of(path, part)
    if content.kind == "workbook":
        return _sheets(content, mapping, part)
    if content.kind in {"parquet", "stata"}:
        stream = io.BytesIO(_whole(content))
        rows = stata_rows(stream, content.name) if content.kind == "stata" else text_rows_of(stream, content.name)
        return _headed(RawFile(content.name, content.part, "row", (), enumerate(rows), ".", content.unread), mapping)
    encoding = encoding_of(content, mapping.encoding)

    def text(form: Form) -> RawFile:
        rows = text_rows(content, form.separator, encoding)
        return _headed(RawFile(content.name, content.part, "line", (), rows, form.decimal, content.unread), mapping)

    for form in mapping.forms:
        with contextlib.suppress(InvalidInput):
            return text(form)
    return text(mapping.forms[0])  # what is wrong with a file of no form is told of the first


def _whole(content: Content) -> bytes:
    with content.opened() as stream:
        return stream.read()


def _sheets(content: Content, mapping: Mapping, part: str) -> RawFile:
    """The sheets whose names begin as was asked for, else as the mapping says, one below the other; else the first one."""
    book = Workbook(io.BytesIO(_whole(content)), content.name)
    starts = (part,) if part and part != content.part else mapping.sheets
    names = [name for name in book.sheets if name.startswith(starts)] if starts else list(book.sheets[:1])
    if not names:
        message = f"no sheet begins with {' or '.join(starts)}; there are: {', '.join(book.sheets)}"
        raise content.problem(message, "name one: --part NAME, or in a mapping of your own file: sheets:")
    sign = mapping.forms[0].decimal
    raws = [_headed(RawFile(content.name, name, "row", (), _numbered(book, name, names[0]), sign), mapping) for name in names]
    for raw in raws[1:]:
        if raw.headings != raws[0].headings:
            message = f"the sheets '{raws[0].part}' and '{raw.part}' have other columns"
            raise content.problem(message, "import them one by one: --part NAME")
    shown = "; ".join(name.strip() for name in names)
    part = f"{content.part}, {shown}" if content.part else shown
    unread = (*content.unread, *(name.strip() for name in book.sheets if name not in names))
    return evolve(raws[0], part=part, unread=unread, rows=chain.from_iterable(raw.rows for raw in raws))


class SheetRow(int):
    """The number of a row in a sheet that is not the first, which is shown with it."""

    sheet: str

    def __str__(self) -> str:
        return f"{int(self)} of sheet {self.sheet}"


def _numbered(book: Workbook, name: str, first: str) -> Iterator[Numbered]:
    for number, cells in enumerate(book.rows(name), start=1):
        row = SheetRow(number)
        row.sheet = name.strip()
        yield (number if name == first else row), cells


def _headed(raw: RawFile, mapping: Mapping) -> RawFile:
    """The file from its headings on. Raises InvalidInput where none names a column of countries."""
    rows, head, sheet = raw.rows, list[Numbered](), raw.unit == "row"
    for row in rows:
        head.append(row)
        if _is_heading(row[1], mapping):
            return evolve(raw, headings=_cleaned(row[1]), rows=_untagged(rows))
        if len(head) == (SEARCHED if sheet or mapping.wide else 1):
            break
    if mapping.wide is not None and len(head) >= mapping.wide.headings:
        return _unfolded(raw, mapping.wide, mapping.when.shift, head, rows)
    raise raw.problem(*_no_heading(head, mapping))


def _untagged(rows: Iterator[Numbered]) -> Iterator[Numbered]:
    """The rows without a row of tags (#country+name) below the headings, as the Humanitarian Data Exchange puts one there."""
    first = next(rows, None)
    if first is None:
        return rows
    texts = [cell for cell in first[1] if cell.strip()]
    return rows if texts and all(HXL.fullmatch(text.strip()) for text in texts) else chain((first,), rows)


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


def _unfolded(raw: RawFile, wide: Wide, shift: int, head: list[Numbered], rows: Iterator[Numbered]) -> RawFile:
    """A sheet of blocks as one row a country and block, with the headings that the mapping knows."""
    names = _cleaned(head[wide.names - 1][1])
    blocks = [_dated(raw, block, shift) for block in _blocks(wide, head, names)]
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


def _dated(raw: RawFile, block: Block, shift: int) -> Block:
    """The block; where its edition names no year, the plain year under review says it, and where both do they must agree."""
    edition, year, columns = block
    if YEAR.fullmatch(year) is None:
        return block
    try:
        said = edition_year_of(edition) + shift
    except Refused:
        return f"{int(year[:4]) - shift}", year, columns
    if said != int(year[:4]):
        raise raw.problem(f"edition {edition} would be about {said}, and stands above {year}", "mend the headings of the sheet")
    return block


def _blocks(wide: Wide, head: list[Numbered], names: Sequence[str]) -> list[Block]:
    """Each block's edition, year, and the position of its columns by name; a block begins where an edition is named."""
    editions = _cleaned(head[wide.edition - 1][1])
    years = _cleaned(head[wide.year - 1][1]) if wide.year else ()
    blocks: list[Block] = []
    for at, name in enumerate(names):
        if at == 0:
            continue
        if at < len(editions) and editions[at]:
            blocks.append((editions[at], years[at] if at < len(years) else "", {}))
        if blocks and name:
            blocks[-1][2].setdefault(name, at)
    return blocks
