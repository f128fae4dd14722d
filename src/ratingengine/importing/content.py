"""The bytes of a file, unpacked where it is an archive, within bounds: the one place that says how much a file may unpack to."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import IO, cast

from attrs import evolve, frozen

from ratingengine.errors import InvalidInput, NotFound, Place, Problem
from ratingengine.files.bounded import MOST_UNPACKED, PACKED, check_swelling, check_unpacked
from ratingengine.files.bounded import opened as regular
from ratingengine.files.declared import shown_path
from ratingengine.importing.kinds import HEAD, NAMED, UNPACK, kind_of

FREE = 64 * 1024 * 1024
"""So many bytes may come out of any archive, and of a larger one `files.PACKED` times its size."""
TABLES = (".csv", ".tsv", ".tab", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".parquet", ".dta")
"""How the name of a table in an archive ends; notes and codebooks lie beside it."""
OF_THE_SYSTEM = "__MACOSX/"
"""What macOS adds to an archive."""
SHOWN = 8
BROKEN = (OSError, EOFError, ValueError, RuntimeError, zlib.error, zipfile.BadZipFile)
"""What the standard library raises of an archive that is broken, encrypted, or packed in a way that it does not know."""


@frozen
class Content:
    """What can be read, as often as needed: `kind` as in `kinds`, `part` the file in an archive, `unread` the others in it."""

    name: str
    kind: str
    opened: Callable[[], IO[bytes]]
    part: str = ""
    unread: tuple[str, ...] = ()

    def problem(self, message: str, hint: str) -> InvalidInput:
        """A problem of the whole file."""
        return InvalidInput([Problem("I325", message, Place(self.name, 1, 1), hint=hint)])


class _Bounded(io.RawIOBase):
    """A stream that gives an error instead of more bytes than an archive may hold."""

    def __init__(self, stream: IO[bytes], content: Content, most: int) -> None:
        self._stream, self._content, self._left = stream, content, most

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]  # a buffer is all that is asked for
        try:
            piece = self._stream.read(len(buffer))
        except BROKEN as failure:
            raise self._content.problem(f"a broken archive: {failure}", "download it again") from failure
        self._left -= len(piece)
        if self._left < 0:
            raise too_large(self._content)
        buffer[: len(piece)] = piece
        return len(piece)

    def close(self) -> None:
        self._stream.close()
        super().close()


def too_large(content: Content) -> InvalidInput:
    """An archive that unpacks to more than a table would."""
    message = f"unpacks to more than {FREE:,} bytes and {PACKED} times its size"
    return InvalidInput([Problem("F102", message, Place(content.name, 1, 1), hint="unpack it and look at it")])


def content_of(path: Path, part: str) -> Content:
    """What is in a file, or in the `part` of an archive. Raises NotFound, or InvalidInput where it is nothing that is read."""
    if not path.exists():
        raise NotFound(f"no such file: '{path}'")
    with regular(path, shown_path(path)):
        pass  # a pipe or a device is refused before anything waits for it
    outer = _recognised(Content(shown_path(path), "", lambda: path.open("rb")))
    if outer.kind == "gzip":
        check_swelling(path, outer.name)
        return _inner(evolve(outer, opened=lambda: _bounded(cast("IO[bytes]", gzip.open(path)), outer, _most(path))), _most(path))
    if outer.kind != "zip":
        return _named(outer)
    names = _members(outer, _most(path))
    if _is_office(names):
        check_unpacked(path, outer.name)
        return _office(outer, names)
    name = _chosen(outer, sorted(names), part)
    return _inner(evolve(outer, opened=lambda: _member(outer, path, name), part=name, unread=_beside(names, name)), _most(path))


def _beside(names: frozenset[str], name: str) -> tuple[str, ...]:
    return tuple(sorted(other for other in names if other != name and not other.startswith(OF_THE_SYSTEM)))


def _inner(content: Content, most: int) -> Content:
    """What was packed: a workbook is an archive itself, and another archive is not looked into."""
    content = _recognised(content)
    if content.kind == "zip" and _is_office(names := _members(content, min(most, MOST_UNPACKED))):
        return _office(content, names)
    return _named(content)


def _recognised(content: Content) -> Content:
    with content.opened() as stream:
        return evolve(content, kind=kind_of(stream.read(HEAD)))


def _named(content: Content) -> Content:
    """The content; one that is not read is named for what it is."""
    if content.kind not in NAMED or (content.kind == "utf-16" and _has_mark(content)):
        return content
    what, remedy = NAMED[content.kind]
    raise content.problem(f"{content.part + ' is ' if content.part else ''}{what}", remedy)


def _has_mark(content: Content) -> bool:
    with content.opened() as stream:
        return stream.read(2) in {b"\xff\xfe", b"\xfe\xff"}


def _most(path: Path) -> int:
    return max(FREE, PACKED * path.stat().st_size)


def _bounded(stream: IO[bytes], content: Content, most: int) -> IO[bytes]:
    return io.BufferedReader(_Bounded(stream, content, most))


def _members(content: Content, most: int) -> frozenset[str]:
    """The names of the files in an archive; those of a workbook are held against their checksums."""
    try:
        with content.opened() as stream, zipfile.ZipFile(_seekable(stream)) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            if sum(member.file_size for member in members) > most:
                raise too_large(content)
            names = frozenset(member.filename for member in members)
            broken = archive.testzip() if _is_office(names) else None
    except BROKEN as failure:
        raise content.problem(f"a broken archive or workbook: {failure}", "download it again, or save it as .csv") from failure
    if broken is not None:
        raise content.problem(f"a broken workbook, in {broken}", "download it again, or save it as .csv")
    return names


def _seekable(stream: IO[bytes]) -> IO[bytes]:
    return stream if stream.seekable() else io.BytesIO(stream.read())


def _is_office(names: frozenset[str]) -> bool:
    return "[Content_Types].xml" in names or "mimetype" in names


def _office(content: Content, names: frozenset[str]) -> Content:
    """A workbook, or a document that is none."""
    sheets = any(name.startswith("xl/") for name in names) or "content.xml" in names
    return _named(evolve(content, kind="workbook" if sheets else "document"))


def _member(outer: Content, path: Path, name: str) -> IO[bytes]:
    try:
        stream = zipfile.ZipFile(path).open(name)  # noqa: SIM115  # the member holds it open, and closes it with itself
    except BROKEN as failure:
        raise outer.problem(f"{name} cannot be unpacked: {failure}", UNPACK) from failure
    return _bounded(stream, outer, _most(path))


def _chosen(outer: Content, names: list[str], part: str) -> str:
    """The one table of an archive, or the one that was asked for."""
    if part:
        found = [name for name in names if part in (name, name.rpartition("/")[2])]
        if len(found) == 1:
            return found[0]
        raise outer.problem(f"the archive has no one file '{part}'; it has: {_listed(names)}", "name one of them: --part NAME")
    names = [name for name in names if not name.startswith(OF_THE_SYSTEM)]
    tables = [name for name in names if name.lower().endswith(TABLES)] or names
    if len(tables) == 1:
        return tables[0]
    if not tables:
        raise outer.problem("an archive without a file", "download it again")
    raise outer.problem(f"an archive of {len(tables)} files: {_listed(tables)}", "say which one is meant: --part NAME")


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more
