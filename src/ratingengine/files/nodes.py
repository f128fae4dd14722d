"""Text to located nodes: the only module that reads YAML.

A strict subset: no anchors, aliases, tags or second documents; every scalar stays text, so `NO` is a country, not False.
"""

from __future__ import annotations

import codecs
import difflib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from attrs import field, frozen

from ratingengine.errors import Place, Problem
from ratingengine.files.bounded import MOST_VALUES, read_bytes

MAX_DEPTH = 32
NOTHING = ("", "~", "null", "Null", "NULL")
"""Plain texts that YAML takes for no value."""
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_UNPRINTABLE = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@frozen
class Scalar:
    """A text with its place; `quoted` tells `''` from nothing."""

    text: str
    place: Place
    quoted: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing stands there: no text, or a plain `~` or `null`."""
        return not self.text.strip() or (not self.quoted and self.text in NOTHING)


@frozen
class Sequence:
    """A list with its place."""

    items: tuple[Node, ...]
    place: Place


@frozen
class Mapping:
    """Keys and values in file order; duplicates are kept, for the reader to refuse."""

    entries: tuple[tuple[Scalar, Node], ...]
    place: Place


Node = Scalar | Sequence | Mapping


@frozen
class Document:
    """One file: its root node (None when nothing could be read), its lines for excerpts, and its bytes for hashing."""

    path: str
    root: Node | None
    lines: tuple[str, ...] = field(repr=False)
    raw: bytes = field(repr=False)

    def problem(self, code: str, message: str, place: Place, hint: str = "", width: int = 1) -> Problem:
        """A problem of this file, with the line it is on."""
        excerpt = self.lines[place.line - 1] if 0 < place.line <= len(self.lines) else ""
        return Problem(code, message, place, hint=hint, excerpt=excerpt, width=width)


def near(word: str, words: Iterator[str] | tuple[str, ...] | list[str]) -> str:
    """`; did you mean 'x'?`, or nothing when no word is near."""
    close = difflib.get_close_matches(word, list(words), n=1, cutoff=0.6)
    return f"did you mean '{close[0]}'?" if close else ""


def read_document(path: Path, shown: str | None = None) -> tuple[Document, tuple[Problem, ...]]:
    """Read one YAML file. Returns the document and its problems; never raises for bad input."""
    name = shown or str(path)
    raw, problems = read_bytes(path, name)
    return (Document(name, None, (), b""), problems) if raw is None else parse(raw, name)


def decoded(raw: bytes, name: str) -> tuple[Document, str, tuple[Problem, ...]]:
    """UTF-8 bytes as text, with the document of its lines; a problem where they are something else."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as failure:
        place = _after(failure.object[: failure.start].decode("utf-8", "replace"), name)
        what = "it looks like UTF-16" if raw.startswith(_UTF_16) else f"byte 0x{failure.object[failure.start]:02x}"
        problem = Problem("F103", f"not UTF-8 text: {what}", place, hint="save the file as UTF-8")
        return Document(name, None, (), raw), "", (problem,)
    return Document(name, None, tuple(text.splitlines()), raw), text, ()


def parse(raw: bytes, name: str) -> tuple[Document, tuple[Problem, ...]]:
    """Parse the bytes of one YAML file; see `read_document`."""
    found, text, problems = decoded(raw.removeprefix(codecs.BOM_UTF8), name)
    document = Document(name, None, found.lines, raw)
    if problems:
        return document, problems
    unprintable = _UNPRINTABLE.search(text)
    if unprintable is not None:
        message = f"not a text file: it has the control character U+{ord(unprintable.group()):04X}"
        return document, (document.problem("F104", message, _after(text[: unprintable.start()], name), "save it as UTF-8 text"),)
    builder = _Builder(document)
    try:
        root = builder.build(text) if text.strip() else None
    except yaml.YAMLError as failure:
        return document, (_syntax_problem(document, failure),)
    except _Refused as refused:
        return document, (refused.problem,)
    if root is None or (isinstance(root, Scalar) and root.empty):
        message = "the file has only comments" if text.strip() else "the file is empty"
        return document, (Problem("F105", message, Place(name, 1, 1), hint="start with a schema line"),)
    return Document(name, root, document.lines, raw), ()


def _after(text: str, name: str) -> Place:
    """The place of the character that follows a text."""
    lines = f"{text}|".splitlines()
    return Place(name, len(lines), len(lines[-1]))


def _syntax_problem(document: Document, failure: yaml.YAMLError) -> Problem:
    mark = getattr(failure, "problem_mark", None)
    place = Place(document.path, mark.line + 1, mark.column + 1) if mark else Place(document.path, 1, 1)
    what = getattr(failure, "problem", None) or getattr(failure, "reason", None) or "cannot be parsed"
    return document.problem("F104", f"not valid YAML: {what}", place, hint="check indentation, quotes and colons")


class _Refused(Exception):
    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.message)


class _Builder:
    """Builds nodes from parser events, which alone show anchors, aliases and tags."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._values = 0

    def build(self, text: str) -> Node | None:
        events = iter(yaml.parse(text, Loader=_Loader))
        root: Node | None = None
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    raise self._refuse(event, "F108", "a second document starts here", "one document a file")
                root = self._node(next(events), events, 1)
        return root

    def _refuse(self, event: Any, code: str, message: str, hint: str) -> _Refused:
        return _Refused(self._document.problem(code, message, self._place(event), hint))

    def _place(self, event: Any) -> Place:
        mark = event.start_mark
        return Place(self._document.path, mark.line + 1, mark.column + 1)

    def _node(self, event: Any, events: Iterator[Any], depth: int) -> Node:
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            raise self._refuse(event, "F106", f"anchors and aliases are not read: '{event.anchor}'", "write the value out")
        if event.tag is not None and event.tag != "!":
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            raise self._refuse(event, "F107", f"tags are not read: '{tag}'", "leave the tag out; the schema gives the type")
        if depth > MAX_DEPTH:
            raise self._refuse(event, "F109", f"nested deeper than {MAX_DEPTH} levels", "flatten the conditions")
        self._values += 1
        if self._values > MOST_VALUES:
            raise self._refuse(event, "F102", f"more than {MOST_VALUES:,} values", "split it: all files of a folder are loaded")
        place = self._place(event)
        if isinstance(event, yaml.ScalarEvent):
            return Scalar(event.value, place, event.style not in (None, ""))
        if isinstance(event, yaml.SequenceStartEvent):
            return Sequence(tuple(self._items(events, depth)), place)
        return Mapping(tuple(self._entries(events, depth)), place)

    def _items(self, events: Iterator[Any], depth: int) -> Iterator[Node]:
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            yield self._node(event, events, depth + 1)

    def _entries(self, events: Iterator[Any], depth: int) -> Iterator[tuple[Scalar, Node]]:
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            key = self._node(event, events, depth + 1)
            if not isinstance(key, Scalar):
                raise _Refused(self._document.problem("F110", "a key must be a word", key.place, "write key: value"))
            yield key, self._node(next(events), events, depth + 1)
