"""Shapes of mappings and lists; keys have a fixed order, and unknown or repeated keys are errors."""

from __future__ import annotations

from typing import Any, Protocol

from attrs import frozen

from ratingengine.files.collect import Collector, Fields, Located, shorten
from ratingengine.files.nodes import Mapping, Node, Scalar, Sequence, near


class Shape(Protocol):
    """Reads a node and can say what it reads as JSON Schema."""

    def read(self, node: Node, collector: Collector) -> Located[Any] | None:
        """The located value, or None after recording why there is none."""

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of this shape."""


@frozen
class Key:
    """A key of a mapping: its name, the shape of its value, and whether it must be there."""

    name: str
    shape: Shape
    required: bool = True


@frozen
class ListOf:
    """A list of one shape, `least` to `most` long; a `strict` one is read whole or not at all."""

    shape: Shape
    what: str
    least: int = 1
    most: int = 100_000
    strict: bool = False

    def read(self, node: Node, collector: Collector) -> Located[tuple[Located[Any], ...]] | None:
        """The readable items, in file order."""
        if not isinstance(node, Sequence):
            collector.wrong_kind(node, f"a list of {self.what}")
            return None
        if not self.least <= len(node.items) <= self.most:
            message = f"expected {self._bounds()} {self.what}, found {len(node.items)}"
            collector.add("F121", message, node.place, "complete the list, or leave the key out where it may be absent")
            return None
        items = [self.shape.read(item, collector) for item in node.items]
        read = tuple(item for item in items if item is not None)
        return None if self.strict and len(read) < len(items) else Located(read, "", node.place)

    def _bounds(self) -> str:
        if self.least == self.most:
            return str(self.least)
        return f"{self.least} or more" if self.most == 100_000 else f"{self.least} to {self.most}"

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of this shape."""
        return {"type": "array", "items": self.shape.schema(), "minItems": self.least, "maxItems": self.most}


@frozen
class OneOrPair:
    """A single value, or a list of two (earliest and latest)."""

    shape: Shape
    what: str

    def read(self, node: Node, collector: Collector) -> Located[tuple[Any, Any]] | None:
        """Both ends; equal for a single value."""
        if isinstance(node, Scalar):
            found = self.shape.read(node, collector)
            return None if found is None else Located((found.value, found.value), found.text, found.place)
        pair = ListOf(self.shape, self.what, 2, 2, strict=True).read(node, collector)
        if pair is None:
            return None
        text = " to ".join(end.text for end in pair.value)
        return Located((pair.value[0].value, pair.value[1].value), text, pair.place)

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of this shape."""
        return {"anyOf": [self.shape.schema(), ListOf(self.shape, self.what, 2, 2).schema()]}


@frozen
class Record:
    """A mapping with these keys in this order; of each group in `one_of` exactly one key stands."""

    what: str
    keys: tuple[Key, ...]
    one_of: tuple[tuple[str, ...], ...] = ()

    def read(self, node: Node, collector: Collector) -> Located[Fields] | None:
        """The readable keys; None when the node is no mapping."""
        if not isinstance(node, Mapping):
            collector.wrong_kind(node, f"{self.what} (a mapping)", "write key: value")
            return None
        shapes = {key.name: key.shape for key in self.keys}
        values: dict[str, Located[Any]] = {}
        seen: dict[str, Scalar] = {}
        for key, child in node.entries:
            if not self._known(key, shapes, seen, collector):
                continue
            seen[key.text] = key
            found = shapes[key.text].read(child, collector)
            if found is not None:
                values[key.text] = found
        self._check_order(tuple(seen.values()), collector)
        self._check_present(node, seen, collector)
        return Located(Fields(values, {name: key.place for name, key in seen.items()}, node.place), "", node.place)

    def _known(self, key: Scalar, shapes: dict[str, Shape], seen: dict[str, Scalar], collector: Collector) -> bool:
        width = max(1, len(key.text))
        if key.text not in shapes:
            hint = near(key.text, tuple(shapes)) or "known here: " + ", ".join(shapes)
            collector.add("F111", f"unknown key '{shorten(key.text)}' in {self.what}", key.place, hint, width)
            return False
        if key.text in seen:
            message = f"key '{key.text}' stands twice in {self.what}"
            collector.add("F112", message, key.place, f"first at line {seen[key.text].place.line}; keep one", width)
            return False
        return True

    def _check_order(self, keys: tuple[Scalar, ...], collector: Collector) -> None:
        order = [key.name for key in self.keys]
        highest = -1
        for key in keys:
            rank = order.index(key.text)
            if rank < highest:
                hint = "the order is: " + ", ".join(order)
                collector.add("F113", f"key '{key.text}' is out of order", key.place, hint, len(key.text))
            highest = max(highest, rank)

    def _check_present(self, node: Mapping, seen: dict[str, Scalar], collector: Collector) -> None:
        for key in self.keys:
            if key.required and key.name not in seen:
                message = f"key '{key.name}' is missing in {self.what}"
                collector.add("F114", message, node.place, f"add {key.name}:")
        for group in self.one_of:
            found = [name for name in group if name in seen]
            if len(found) != 1:
                message = f"expected exactly one of {', '.join(group)} in {self.what}, found {' and '.join(found) or 'none'}"
                place = seen[found[1]].place if len(found) > 1 else node.place
                collector.add("F120", message, place, "keep or write one of them")

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of this shape; order and repetition of keys are left to the reader."""
        schema: dict[str, Any] = {
            "type": "object",
            "additionalProperties": False,
            "properties": {key.name: key.shape.schema() for key in self.keys},
            "required": [key.name for key in self.keys if key.required],
        }
        if self.one_of:
            schema["allOf"] = [{"oneOf": [{"required": [name]} for name in group]} for group in self.one_of]
        return schema


@frozen
class Choices:
    """A mapping of one of several kinds, told by the first of its keys that names one."""

    what: str
    kinds: tuple[tuple[str, Shape], ...]

    def read(self, node: Node, collector: Collector) -> Located[Any] | None:
        """What the shape of that kind reads."""
        if not isinstance(node, Mapping):
            collector.wrong_kind(node, f"{self.what} (a mapping)", self._hint())
            return None
        shapes = dict(self.kinds)
        for key, _ in node.entries:
            if key.text in shapes:
                return shapes[key.text].read(node, collector)
        collector.add("F110", f"not {self.what}", node.place, self._hint())
        return None

    def _hint(self) -> str:
        return "it has one of: " + ", ".join(name for name, _ in self.kinds)

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of this shape."""
        return {"oneOf": [shape.schema() for _, shape in self.kinds]}
