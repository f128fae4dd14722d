"""What reading a document yields: located values, and every problem of the document at once."""

from __future__ import annotations

from collections.abc import Mapping as AbstractMapping
from typing import Any, Generic, TypeVar

from attrs import frozen

from ratingengine.errors import Place, Problem
from ratingengine.files.nodes import Document, Node, Scalar, Sequence

T_co = TypeVar("T_co", covariant=True)


@frozen
class Located(Generic[T_co]):
    """A value, the text it was read from, and where."""

    value: T_co
    text: str
    place: Place


@frozen
class Fields:
    """The keys of one mapping that could be read."""

    values: AbstractMapping[str, Located[Any]]
    keys: AbstractMapping[str, Place]
    place: Place

    def __contains__(self, key: object) -> bool:
        return key in self.values

    def at(self, key: str) -> Located[Any]:
        """The located value; KeyError when it was absent or unreadable."""
        return self.values[key]

    def get(self, key: str, default: Any = None) -> Any:
        """The value, or the default when it was absent or unreadable."""
        found = self.values.get(key)
        return default if found is None else found.value

    def broken(self, *keys: str) -> bool:
        """Whether one of the keys, or of all where none is named, is there and could not be read."""
        return any(key in self.keys and key not in self.values for key in keys or self.keys)

    def place_of(self, key: str) -> Place:
        """Where the key's value stands, or the mapping where it is absent."""
        found = self.values.get(key)
        return self.place if found is None else found.place


class Collector:
    """Gathers the problems of one document while it is read."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.problems: list[Problem] = []

    def add(self, code: str, message: str, place: Place, hint: str = "", width: int = 1) -> None:
        """Record a problem at a place of this document."""
        self.problems.append(self.document.problem(code, message, place, hint, width))

    def add_at(self, code: str, message: str, located: Located[Any], hint: str = "") -> None:
        """Record a problem with the text of a located value."""
        self.add(code, f"{message}: '{shorten(located.text)}'", located.place, hint, max(1, len(located.text)))

    def wrong_kind(self, node: Node, wanted: str, hint: str = "") -> None:
        """Record that a node is not the wanted list, mapping or text."""
        self.add("F110", f"expected {wanted}, found {kind_of(node)}", node.place, hint)


def kind_of(node: Node) -> str:
    """How a node is called in a message."""
    if isinstance(node, Scalar):
        return "nothing" if node.empty else "text"
    return "a list" if isinstance(node, Sequence) else "a mapping"


def shorten(text: str, limit: int = 60) -> str:
    """The text on one line, cut with an ellipsis, control characters escaped."""
    line = " ".join(text.split())
    line = "".join(c if c.isprintable() else repr(c)[1:-1] for c in line)
    return line if len(line) <= limit else line[: limit - 1] + "…"
