"""Rows of a text file with the line that each begins on, in whatever encoding it is written."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Sequence

from ratingengine.errors import InvalidInput, Place, Problem
from ratingengine.files.bounded import LONGEST_LINE, bounded_columns, bounded_lines
from ratingengine.importing.content import Content

Numbered = tuple[int, Sequence[str]]
PIECE = 1 << 20


def encoding_of(content: Content, other: str) -> str:
    """UTF-16 where its mark says so, `other` (empty: none) where the bytes are no UTF-8, else UTF-8."""
    if content.kind == "utf-16":
        return "utf-16"
    return other if other and not _is_utf8(content) else "utf-8-sig"


def _is_utf8(content: Content) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    with content.opened() as stream:
        try:
            while piece := stream.read(PIECE):
                decoder.decode(piece)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def text_rows(content: Content, separator: str, encoding: str) -> Iterator[Numbered]:
    """The rows of a text. Raises InvalidInput at the line that cannot be read."""
    csv.field_size_limit(LONGEST_LINE)
    begun = 1
    try:
        with io.TextIOWrapper(content.opened(), encoding, newline="") as file:
            reader = csv.reader(bounded_lines(file, content.name), delimiter=separator, strict=True)
            for cells in reader:
                bounded_columns(len(cells), content.name)
                if cells:
                    yield begun, cells
                begun = reader.line_num + 1
    except UnicodeError as failure:
        raise InvalidInput([_undecoded(failure, encoding, content)]) from failure
    except csv.Error as failure:
        place = Place(content.name, begun, 1)
        problem = Problem("I325", f"not a table of texts: {failure}", place, hint="open it and save it anew as .csv")
        raise InvalidInput([problem]) from failure


def _undecoded(failure: UnicodeError, encoding: str, content: Content) -> Problem:
    named, line = ("UTF-8", _first_undecoded(content)) if encoding == "utf-8-sig" else (encoding, 1)
    byte = f": byte 0x{failure.object[failure.start]:02x}" if isinstance(failure, UnicodeDecodeError) else ""
    hint = "save the file as UTF-8; a mapping of your own can name its encoding (file: encoding: windows-1252)"
    return Problem("F103", f"not {named} text{byte}", Place(content.name, line, 1), hint=hint)


def _first_undecoded(content: Content) -> int:
    """The line of the first bytes that are no UTF-8."""
    with content.opened() as stream:
        for number, line in enumerate(stream, start=1):
            try:
                line.decode()
            except UnicodeDecodeError:
                return number
    return 1
