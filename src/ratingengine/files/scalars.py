"""Shapes of single values: text, choice, exact number, day, schema line."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

from attrs import frozen

from ratingengine.files.collect import Collector, Located
from ratingengine.files.nodes import Node, Scalar, near
from ratingengine.model.window import FIRST_YEAR, LAST_YEAR

NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,9})?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What a terminal acts upon, and what makes text read otherwise than it stands."""
LONGEST = 10_000
DIGITS = ("1", "2026.1", "1e5")
BOOLEANS = ("true", "false", "yes", "no", "on", "off")


def scalar_text(node: Node, collector: Collector, wanted: str) -> Scalar | None:
    """The scalar, or None after recording that it is something else or empty."""
    if not isinstance(node, Scalar):
        collector.wrong_kind(node, wanted)
        return None
    if node.empty:
        collector.add("F118", f"expected {wanted}, found nothing", node.place, "write a value or leave the key out")
        return None
    return node


@frozen
class Text:
    """A text; with `pattern`, the whole text must match it; with `longest`, be no longer."""

    what: str = "text"
    pattern: str | None = None
    longest: int = LONGEST
    example: str = ""

    def read(self, node: Node, collector: Collector) -> Located[str] | None:
        """The text without surrounding space, prose joined to one line."""
        scalar = scalar_text(node, collector, self.what)
        if scalar is None:
            return None
        text = " ".join(scalar.text.split())
        located = Located(text, scalar.text, scalar.place)
        if self.pattern is not None and not re.fullmatch(self.pattern, text):
            collector.add_at("F118", f"not {self.what}", located, f"for example {self.example}" if self.example else "")
            return None
        if CONTROL.search(text):
            collector.add_at("F118", f"{self.what} with a control character", located, "take it out")
            return None
        if len(scalar.text.strip()) > self.longest:
            collector.add_at("F118", f"{self.what} of more than {self.longest} characters", located, "shorten it")
            return None
        return located

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of this shape."""
        if self.pattern is None:
            some = r"\S" if self.longest == LONGEST else rf"^\s*\S(?:[\s\S]{{0,{self.longest - 2}}}\S)?\s*$"
            return {"type": ["string", "number", "boolean"], "pattern": some, "description": self.what}
        spaced = self.pattern.replace(" ", r"\s+")
        return {"type": self._types(), "pattern": rf"^\s*(?:{spaced})\s*$", "description": self.what}

    def _types(self) -> str | list[str]:
        """Where the pattern takes `5` or `yes`, an editor may have read a number or a boolean."""
        kinds = (("number", DIGITS), ("boolean", BOOLEANS))
        loose = [kind for kind, texts in kinds if any(re.fullmatch(self.pattern or "", text) for text in texts)]
        return ["string", *loose] if loose else "string"


@frozen
class Choice:
    """One of the given words."""

    words: tuple[str, ...]
    what: str = "one of the words"

    def read(self, node: Node, collector: Collector) -> Located[str] | None:
        """The word, as written."""
        scalar = scalar_text(node, collector, self.what)
        if scalar is None:
            return None
        located = Located(scalar.text, scalar.text, scalar.place)
        if scalar.text not in self.words:
            hint = near(scalar.text, self.words) or "write one of: " + ", ".join(self.words)
            collector.add_at("F117", f"not {self.what}", located, hint)
            return None
        return located

    def schema(self) -> dict[str, Any]:
        """YAML readers of editors may turn yes/no/on/open into other types, so booleans pass where such a word is allowed."""
        loose: list[Any] = list(self.words)
        loose += [True] if {"yes", "on"} & set(self.words) else []
        loose += [False] if {"no", "off"} & set(self.words) else []
        return {"enum": loose, "description": self.what}


@frozen
class Number:
    """An exact decimal number: no exponent, NaN or infinity."""

    what: str = "a number"
    lowest: Decimal | None = None
    highest: Decimal | None = None
    whole: bool = False

    def read(self, node: Node, collector: Collector) -> Located[Decimal] | None:
        """The number as Decimal."""
        scalar = scalar_text(node, collector, self.what)
        if scalar is None:
            return None
        if not NUMBER.fullmatch(scalar.text) or (self.whole and "." in scalar.text):
            found = Located(scalar.text, scalar.text, scalar.place)
            example = "12" if self.whole else "12 or 0.50"
            collector.add_at("F116", f"not {self.what}", found, f"write digits, for example {example}")
            return None
        value = Decimal(scalar.text)
        located = Located(value, scalar.text, scalar.place)
        if self.lowest is not None and value < self.lowest:
            collector.add_at("F116", f"{self.what} below {self.lowest}", located, f"write {self.lowest} or more")
            return None
        if self.highest is not None and value > self.highest:
            collector.add_at("F116", f"{self.what} above {self.highest}", located, f"write {self.highest} or less")
            return None
        return located

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of this shape."""
        kind = "integer" if self.whole else "number"
        lowest = -(10**15) if self.lowest is None else _plain(self.lowest)
        highest = 10**15 if self.highest is None else _plain(self.highest)
        quoted = f"^(?:{NUMBER.pattern})$"
        return {"type": [kind, "string"], "minimum": lowest, "maximum": highest, "pattern": quoted, "description": self.what}


def _plain(value: Decimal) -> int | float:
    return int(value) if value == int(value) else float(value)


COVERED = date.max
"""Stands for the end of the period that the source covers, until the source is known."""


@frozen
class Day:
    """A calendar day; `open` allows the word open, `by` the form `by DATE` (begun no later) and the word by (COVERED)."""

    what: str = "a date"
    open: bool = False
    by: bool = False

    def read(self, node: Node, collector: Collector) -> Located[date | None] | None:
        """The day; None as value stands for `open`."""
        scalar = scalar_text(node, collector, self.what)
        if scalar is None:
            return None
        text = scalar.text
        if self.open and text == "open":
            return Located(None, text, scalar.place)
        if self.by and text == "by":
            return Located(COVERED, text, scalar.place)
        digits = text.removeprefix("by ") if self.by else text
        try:
            day = date.fromisoformat(digits) if DAY.fullmatch(digits) else None
        except ValueError:
            day = None
        if day is None:
            example = "2022-01-05" + (" or open" if self.open else "") + (" or by 2022-01-05" if self.by else "")
            collector.add_at("F115", f"not {self.what}", Located(text, text, scalar.place), f"write {example}")
            return None
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            hint = "correct the year"
            collector.add_at("F115", f"{self.what} outside {FIRST_YEAR} to {LAST_YEAR}", Located(text, text, scalar.place), hint)
            return None
        return Located(day, text, scalar.place)

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of this shape; a day that the calendar lacks is left to the reader."""
        pattern = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
        pattern = f"(by|(by )?{pattern})" if self.by else pattern
        pattern = f"({pattern}|open)" if self.open else pattern
        return {"type": "string", "pattern": f"^{pattern}$", "description": self.what}


@frozen
class Schema:
    """The first line of every file: which format and version it has."""

    name: str

    def read(self, node: Node, collector: Collector) -> Located[str] | None:
        """The schema name."""
        scalar = scalar_text(node, collector, f"the schema '{self.name}'")
        if scalar is None:
            return None
        if scalar.text != self.name:
            located = Located(scalar.text, scalar.text, scalar.place)
            collector.add_at("F119", "another schema than expected here", located, f"write schema: {self.name}")
            return None
        return Located(scalar.text, scalar.text, scalar.place)

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of this shape."""
        return {"const": self.name}
