"""Files written whole or not at all: beside their place first, then renamed, so that nobody ever finds half of one.

What stands at the place is replaced only by its like: never an input of the same run, a key, or a file of another kind.
"""

from __future__ import annotations

import codecs
import contextlib
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from attrs import define, field

from ratingengine.errors import CannotWrite
from ratingengine.files.bounded import is_input

HEAD = 1 << 16
KINDS = (
    ("a key or a certificate in PEM", re.compile(rb"\s*-----BEGIN ")),
    ("a Parquet file", re.compile(rb"PAR1")),
    ("an SVG", re.compile(rb"\s*(<\?xml[^>]*>\s*)?<svg")),
    ("a page of HTML", re.compile(rb"\s*<(!doctype html|html)", re.IGNORECASE)),
    ("a certificate of a rating", re.compile(rb'\{"answer":')),
    ("a provenance", re.compile(rb'\s*\{\s*"@context"')),
)
SCHEMA = re.compile(rb'\s*(?:#.*\n)*(?:\{\s*"schema"\s*:\s*"|schema:\s*"?)([^"\s]+)')
TABLES = (
    ("a table of observations", {b"iso3", b"year", b"indicator", b"value", b"reported"}),
    ("a table of ratings", {b"iso3", b"year", b"rating", b"assessed"}),
)
"""Kinds of tables, by columns that each has."""


def cannot_write(place: Path, failure: Exception) -> CannotWrite:
    """What the system or a library says of a file, under the file's name."""
    reason = getattr(failure, "strerror", None) or str(failure).splitlines()[0]
    return CannotWrite(f"cannot write '{place}': {reason.lower()}")


def kind_of(path: Path) -> str:
    """What a file is, by its beginning; nothing where there is none, or it is empty. Raises OSError."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return ""
    if not stat.S_ISREG(found.st_mode):
        return "" if stat.S_ISDIR(found.st_mode) else "a device or a pipe"
    with path.open("rb") as file:
        head = file.read(HEAD)
    return "" if not head else next((kind for kind, form in KINDS if form.match(head)), _text_kind(head))


def _text_kind(head: bytes) -> str:
    """JSON and YAML by their schema, tables by their columns, else a text."""
    schema = SCHEMA.match(head)
    if schema is not None:
        return f"a file of schema {schema[1].decode()}"
    names = set(head.removeprefix(codecs.BOM_UTF8).partition(b"\n")[0].replace(b'"', b"").strip().split(b","))
    if b"iso3" in names:
        columns = b", ".join(sorted(names)).decode("utf-8", "replace")
        return next((kind for kind, wanted in TABLES if names >= wanted), f"a table of {columns[:80]}")
    return "a text" if b"\0" not in head else "of a kind that is not known"


@define
class Beside:
    """A file beside its place, for what is written in many steps: `keep` it or `drop` it. A link at the place stays one.

    What stands there keeps its mode. It may be an input of the run only where it is `rewritten`. Raises CannotWrite.
    """

    place: Path
    rewritten: bool = False
    path: Path = field(init=False)

    def __attrs_post_init__(self) -> None:
        target = self._target()
        self.path = target.with_name(f".{target.name}.new-{os.getpid()}")
        if not self.rewritten:
            self._refuse_input(target)

    def check(self) -> None:
        """Refuse to replace what is not of the kind that was written."""
        target = self._target()
        if not self.rewritten:
            self._refuse_input(target)
        try:
            old, new = kind_of(target), kind_of(self.path)
        except OSError as failure:
            raise cannot_write(self.place, failure) from failure
        if old not in ("", new):
            said = f"it is {old}, and what is written is {new}; name another file, or remove this one"
            raise CannotWrite(f"cannot write '{self.place}': {said}")

    def keep(self) -> None:
        """Put it into its place, with all bytes on the disk first. Raises CannotWrite, and then nothing is left."""
        try:
            self.check()
            target = self._target()
            with self.path.open("rb+") as file:
                os.fsync(file.fileno())
            with contextlib.suppress(FileNotFoundError):
                self.path.chmod(stat.S_IMODE(target.stat().st_mode))
            self.path.replace(target)
        except OSError as failure:
            raise cannot_write(self.place, failure) from failure
        finally:
            self.drop()

    def _target(self) -> Path:
        try:
            return self.place.resolve()
        except (OSError, RuntimeError) as loop:
            raise CannotWrite(f"cannot write '{self.place}': the links there lead in a circle") from loop

    def _refuse_input(self, target: Path) -> None:
        with contextlib.suppress(OSError):
            if is_input(target.stat()):
                raise CannotWrite(f"cannot write '{self.place}': it is a file that is read; name another one")

    def drop(self) -> None:
        """Leave nothing behind; what is at the place stays as it is."""
        with contextlib.suppress(OSError):
            self.path.unlink(missing_ok=True)


@contextlib.contextmanager
def whole_file(place: Path, *, rewritten: bool = False) -> Iterator[Path]:
    """The path beside to write to. Raises CannotWrite for any OSError of the block."""
    beside = Beside(place, rewritten)
    try:
        yield beside.path
        beside.keep()
    except OSError as failure:
        raise cannot_write(place, failure) from failure
    finally:
        beside.drop()
