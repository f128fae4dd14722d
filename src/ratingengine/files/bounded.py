"""Files of others as bytes: regular files only, within bounds that are known before anything is read whole.

What is read is noted by digest, so that who keeps a result can tell of which bytes it is.
"""

from __future__ import annotations

import os
import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from hashlib import file_digest, sha256
from io import BufferedReader
from pathlib import Path
from typing import IO, BinaryIO

from ratingengine.errors import InvalidInput, Place, Problem

MOST_BYTES = 8 * 1024 * 1024
"""Of a text that people write."""
MOST_VALUES = 200_000
"""Values and keys of one file: reading each costs ten times its bytes in memory, and some microseconds."""
LONGEST_LINE = 1 << 20
"""Characters of a line of a table; the longest known one, of V-Dem with its 4,600 columns, has 50,000."""
MOST_COLUMNS = 16_384
"""As many as a workbook has."""
MOST_UNPACKED = 128 * 1024 * 1024
"""Bytes of a workbook when unpacked: its reader holds all of it."""
PACKED = 100
"""So many times its own size, and no more, a compressed file may have when unpacked; texts have ten or twenty times it."""
BLOCK = 1 << 20
_inputs: ContextVar[set[tuple[int, int]] | None] = ContextVar("inputs", default=None)
_noted: ContextVar[dict[str, set[str]] | None] = ContextVar("noted", default=None)


@contextmanager
def noting() -> Iterator[dict[str, set[str]]]:
    """Gathers the SHA-256 of all that `read_bytes` gives while it is open, by absolute path; also for one that it lies within."""
    outer, noted = _noted.get(), dict[str, set[str]]()
    token = _noted.set(noted)
    try:
        yield noted
    finally:
        _noted.reset(token)
        if outer is not None:
            for path, digests in noted.items():
                outer.setdefault(path, set()).update(digests)


@contextmanager
def inputs() -> Iterator[None]:
    """While it is open, what `opened` opens is an input, which nothing may replace; see `is_input`."""
    token = _inputs.set(set())
    try:
        yield
    finally:
        _inputs.reset(token)


def is_input(found: os.stat_result) -> bool:
    """Whether this file, under whatever name, has been opened as an input."""
    return (found.st_dev, found.st_ino) in (_inputs.get() or ())


@contextmanager
def opened(path: Path, name: str, hint: str = "name a file") -> Iterator[BufferedReader]:
    """A regular file, open; a pipe is not waited for. Raises InvalidInput, under the name, for what is none or does not open."""
    try:
        # A pipe without a writer would be waited for, and what lies there may change between a look and the opening.
        number = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except OSError as failure:
        raise _unreadable(path, name, failure, hint) from failure
    with os.fdopen(number, "rb") if stat.S_ISREG(os.fstat(number).st_mode) else _Closing(number) as file:
        if isinstance(file, _Closing):
            raise _refused("F101", _kind(os.fstat(number).st_mode), name, hint)
        found, read = os.fstat(number), _inputs.get()
        if read is not None:
            read.add((found.st_dev, found.st_ino))
        yield file


def read_bytes(
    path: Path, name: str, most: int = MOST_BYTES, hint: str = "name a .yaml file"
) -> tuple[bytes | None, tuple[Problem, ...]]:
    """The bytes of a regular file of at most so many, or the problem that stands in the way."""
    try:
        with opened(path, name, hint) as file:
            size = os.fstat(file.fileno()).st_size
            raw = file.read(most + 1) if size <= most else b""
    except InvalidInput as invalid:
        return None, invalid.problems
    except OSError as failure:
        return None, _unreadable(path, name, failure, hint).problems
    if size > most or len(raw) > most:
        text = f"file has {max(size, len(raw)):,} bytes; at most {most:,} are read"
        return None, (Problem("F102", text, Place(name, 1, 1), hint="split it: all files of a folder are loaded"),)
    note(path, sha256(raw).hexdigest())
    return raw, ()


def bytes_of(path: Path, most: int = MOST_BYTES) -> bytes:
    """As `read_bytes`; raises InvalidInput."""
    raw, problems = read_bytes(path, str(path), most, "name a file")
    if raw is None:
        raise InvalidInput(problems)
    return raw


def digest_of(path: Path) -> str:
    """SHA-256 of a regular file of any size, as it lies there. Raises InvalidInput."""
    with opened(path, str(path)) as file:
        return file_digest(file, "sha256").hexdigest()


def note(path: Path, digest: str) -> None:
    """Tell that bytes of this digest were read from the path."""
    noted = _noted.get()
    if noted is not None:
        noted.setdefault(str(path.absolute()), set()).add(digest)


def bounded_lines(file: IO[str], name: str) -> Iterator[str]:
    """The lines of a text file with their ends. Raises InvalidInput for one that is too long to be a line of a table."""
    number = 0
    while line := file.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            raise _refused("F102", f"the line has more than {LONGEST_LINE:,} characters", name, _TABLE, number)
        yield line


def bounded_columns(count: int, name: str) -> None:
    """Raises InvalidInput for more columns than any table has."""
    if count > MOST_COLUMNS:
        raise _refused("F102", f"more than {MOST_COLUMNS:,} columns", name, _TABLE)


def check_unpacked(path: Path, name: str) -> None:
    """Raises InvalidInput for a zip archive, as a workbook is, that unpacks to more than is read, whatever it declares."""
    from zipfile import BadZipFile, ZipFile  # felt at every start, needed at few

    with opened(path, name) as file:
        most = _most_unpacked(os.fstat(file.fileno()).st_size)
        try:
            with ZipFile(file) as archive:
                entries = archive.infolist()
                left = most - sum(entry.file_size for entry in entries)
                for entry in entries if left >= 0 else ():
                    left -= max(0, _unpacked(file, entry.header_offset, entry.compress_size, most) - entry.file_size)
        except (BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
            return  # no archive, or a broken one: its reader says so
    if left < 0:
        raise _refused("F102", f"unpacks to more than {most:,} bytes", name, "save the sheet as .csv")


def check_swelling(path: Path, name: str) -> None:
    """Raises InvalidInput for a file of gzip whose beginning unpacks to far more than any table does."""
    with opened(path, name) as file:
        unpacking, found = zlib.decompressobj(31), 0
        while (piece := file.read(BLOCK // 16)) and not unpacking.eof:
            while piece:
                try:
                    found += len(unpacking.decompress(piece, BLOCK))
                except zlib.error:
                    return  # its reader says so
                piece = unpacking.unconsumed_tail
                if found > 16 * BLOCK:
                    if found > PACKED * (file.tell() - len(piece)):
                        raise _refused("F102", f"unpacks to more than {PACKED} times its size", name, "unpack it and look at it")
                    return


_TABLE = "is it the table that was meant, with one row a line?"


def _most_unpacked(packed: int) -> int:
    return min(MOST_UNPACKED, max(16 * BLOCK, PACKED * packed))


def _unpacked(file: BinaryIO, header: int, packed: int, most: int) -> int:
    """How many bytes an entry of an archive really unpacks to, counted up to `most`; archives may declare what they like."""
    file.seek(header)
    lead = file.read(30)
    if len(lead) < 30 or lead[8:10] != b"\x08\x00":
        return packed  # stored as it is
    file.seek(header + 30 + int.from_bytes(lead[26:28], "little") + int.from_bytes(lead[28:30], "little"))
    unpacking, found = zlib.decompressobj(-15), 0
    while packed > 0 and found <= most and not unpacking.eof:
        piece = file.read(min(BLOCK, packed))
        packed -= len(piece) or packed
        while piece and found <= most:
            try:
                found += len(unpacking.decompress(piece, BLOCK))
            except zlib.error:
                return found
            piece = unpacking.unconsumed_tail
    return found


class _Closing:
    """A descriptor that is only closed."""

    def __init__(self, number: int) -> None:
        self._number = number

    def __enter__(self) -> _Closing:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._number)


def _kind(mode: int) -> str:
    return "is a directory, not a file" if stat.S_ISDIR(mode) else "is a device or a pipe, not a file"


def _unreadable(path: Path, name: str, failure: OSError, hint: str) -> InvalidInput:
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):  # a socket does not open at all
            return _refused("F101", _kind(mode), name, hint)
    except (OSError, ValueError):
        pass
    reason = (failure.strerror or "it does not open").lower()
    return _refused("F101", f"cannot read the file: {reason}", name, "check its name and permissions")


def _refused(code: str, message: str, name: str, hint: str, line: int = 1) -> InvalidInput:
    return InvalidInput([Problem(code, message, Place(name, line, 1), hint=hint)])
