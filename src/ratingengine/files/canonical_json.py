"""Canonical JSON (RFC 8785) written, and any JSON read strictly with places. The one door to rfc8785."""

from __future__ import annotations

import json
import math
import re
from bisect import bisect_right
from itertools import accumulate
from typing import Any

from attrs import evolve

from ratingengine.errors import Place, Problem
from ratingengine.files.bounded import MOST_VALUES
from ratingengine.files.nodes import MAX_DEPTH, Document, Mapping, Node, Scalar, Sequence, decoded

LARGEST = 2**53 - 1
"""Beyond it a JSON number is no longer exact everywhere."""
_TOKEN = re.compile(
    r"[ \t\n\r]*+(?:(?P<mark>[\[\]{}:,])"
    r'|(?P<text>"(?:[^"\\\x00-\x1f]++|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})*+")'
    r"|(?P<number>-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?+(?:[eE][+-]?[0-9]++)?+)(?![0-9A-Za-z_.+-])"
    r"|(?P<word>true|false|null)(?![0-9A-Za-z_]))"
)
_WORDS = {"true": True, "false": False, "null": None}
_CONTROLS = bytes(range(32))
_FEWER = "no certificate has as many"
_SPACE = re.compile(r"[ \t\n\r]*")


def canonical(value: Any) -> bytes:
    """The canonical bytes of a JSON value; ValueError where it has none (NaN, a lone surrogate, a number too large)."""
    import rfc8785

    found: bytes = rfc8785.dumps(value)
    return found


def read_json(raw: bytes, name: str) -> tuple[Document, Any, tuple[Problem, ...]]:
    """One JSON text: its document with located nodes, its plain value, and the first problem if there is one."""
    if len(raw) - len(raw.translate(None, _CONTROLS)) > MOST_VALUES:
        few = Problem("F102", f"more than {MOST_VALUES:,} lines", Place(name, 1, 1), hint=_FEWER)
        return Document(name, None, (), raw), None, (few,)
    document, text, problems = decoded(raw, name)
    if problems:
        return document, None, problems
    reader = _Reader(document, text)
    try:
        root, value = reader.value(1)
        reader.end()
    except _Refused as refused:
        return document, None, (refused.problem,)
    return evolve(document, root=root), value, ()


class _Refused(Exception):
    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.message)


class _Reader:
    """Reads tokens to nodes and plain values together."""

    def __init__(self, document: Document, text: str) -> None:
        self._document = document
        self._text = text
        self._at = self._values = 0
        self._starts = [0, *accumulate(len(line) for line in text.splitlines(keepends=True))]

    def value(self, depth: int) -> tuple[Node, Any]:
        """The value that starts here."""
        kind, piece, place = self._next("a value")
        self._values += 1
        if self._values > MOST_VALUES:
            raise self._refused("F102", f"more than {MOST_VALUES:,} values", place, _FEWER)
        if depth > MAX_DEPTH:
            raise self._refused("F109", f"nested deeper than {MAX_DEPTH} levels", place, "no certificate is as deep")
        if piece == "{":
            return self._mapping(place, depth)
        if piece == "[":
            return self._list(place, depth)
        if kind == "text":
            text = self._unquoted(piece, place)
            return Scalar(text, place, quoted=True), text
        if kind == "number":
            return Scalar(piece, place), self._number(piece, place)
        if kind == "word":
            return Scalar(piece, place), _WORDS[piece]
        raise self._unexpected(piece, "a value", place)

    def end(self) -> None:
        """Nothing but space may follow the value."""
        found = _SPACE.match(self._text, self._at)
        self._at = found.end() if found else self._at
        if self._at < len(self._text):
            raise self._unexpected(self._text[self._at], "the end of the file", self._place(self._at))

    def _mapping(self, start: Place, depth: int) -> tuple[Node, Any]:
        entries: list[tuple[Scalar, Node]] = []
        values: dict[str, Any] = {}
        kind, piece, place = self._next("a key or '}'")
        while piece != "}":
            if kind != "text":
                raise self._unexpected(piece, "a key in double quotes", place)
            key = self._unquoted(piece, place)
            if key in values:
                raise self._refused("F112", f"key '{key[:60]}' stands twice", place, "keep one of them", len(piece))
            self._mark(":", "':' after the key")
            node, values[key] = self.value(depth + 1)
            entries.append((Scalar(key, place, quoted=True), node))
            if self._mark(",}", "',' or '}'") == "}":
                break
            kind, piece, place = self._next("a key")
            if piece == "}":
                raise self._unexpected(piece, "a key", place)
        return Mapping(tuple(entries), start), values

    def _list(self, start: Place, depth: int) -> tuple[Node, Any]:
        found: list[tuple[Node, Any]] = []
        at = self._at
        if self._next("a value or ']'")[1] != "]":
            self._at = at
            found.append(self.value(depth + 1))
            while self._mark(",]", "',' or ']'") == ",":
                found.append(self.value(depth + 1))
        return Sequence(tuple(node for node, _ in found), start), [value for _, value in found]

    def _next(self, wanted: str) -> tuple[str, str, Place]:
        found = _TOKEN.match(self._text, self._at)
        if found is None or found.lastgroup is None:
            space = _SPACE.match(self._text, self._at)
            at = space.end() if space else self._at
            raise self._unexpected(self._text[at : at + 1], wanted, self._place(at))
        self._at = found.end()
        return found.lastgroup, found.group(found.lastgroup), self._place(found.start(found.lastgroup))

    def _mark(self, allowed: str, wanted: str) -> str:
        kind, piece, place = self._next(wanted)
        if kind != "mark" or piece not in allowed:
            raise self._unexpected(piece, wanted, place)
        return piece

    def _unquoted(self, piece: str, place: Place) -> str:
        text: str = json.loads(piece)
        if any("\ud800" <= letter <= "\udfff" for letter in text):
            raise self._refused("F122", "half of a surrogate pair is no letter", place, "write the letter itself", len(piece))
        return text

    def _number(self, piece: str, place: Place) -> int | float:
        whole = piece.lstrip("-").isdigit()
        number = math.inf if len(piece) > 400 else int(piece) if whole and len(piece) < 18 else float(piece)
        if abs(number) > LARGEST:
            hint = f"numbers go to {LARGEST:,}, where they are exact everywhere"
            raise self._refused("F116", f"number too large: {piece[:30]}", place, hint, len(piece))
        return number

    def _place(self, at: int) -> Place:
        line = max(1, min(bisect_right(self._starts, at), len(self._starts) - 1))
        return Place(self._document.path, line, at - self._starts[line - 1] + 1)

    def _unexpected(self, piece: str, wanted: str, place: Place) -> _Refused:
        shown = (
            f"'{piece[:30]}'" if piece.isprintable() and piece else f"U+{ord(piece[0]):04X}" if piece else "the end of the file"
        )
        return self._refused(
            "F122", f"not valid JSON: expected {wanted}, found {shown}", place, "name a file that was not edited"
        )

    def _refused(self, code: str, message: str, place: Place, hint: str, width: int = 1) -> _Refused:
        return _Refused(self._document.problem(code, message, place, hint, width))
