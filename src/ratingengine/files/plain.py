"""Values of the model as plain JSON and back: nothing that is read can run, name code, or be nested without end.

A value becomes a flat list of entries, each a plain scalar or `[kind, places of its parts]`, parts first; equal entries are one.
Kinds are those below and, after them, classes of attrs by name: only of the model, and of the module that asks.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, cast

from attrs import define, field

PLAIN = (str, int, bool, type(None))
MODEL = "ratingengine.model."
PLACE = "ratingengine.errors:Place"


class NotPlain(Exception):
    """A value, or a text, that this form does not have."""


def _pairs(parts: list[Any]) -> dict[Any, Any]:
    return dict(zip(parts[::2], parts[1::2], strict=True))


def _one(make: Callable[[str], Any]) -> Callable[[list[Any]], Any]:
    return lambda parts: make(*parts)


MAKERS: tuple[tuple[type, Callable[[list[Any]], Any]], ...] = (
    (tuple, tuple),
    (dict, _pairs),
    (list, list),
    (frozenset, frozenset),
    (set, set),
    (date, _one(date.fromisoformat)),
    (Decimal, _one(Decimal)),
    (Fraction, _one(Fraction)),
)
NUMBERS = {kind: number for number, (kind, _) in enumerate(MAKERS)}


@define
class _Writer:
    """Gathers entries; `places` finds an entry that is there already."""

    module: str
    entries: list[Any] = field(factory=list)
    classes: dict[str, int] = field(factory=dict)
    places: dict[Any, int] = field(factory=dict)

    def place(self, value: Any) -> int:
        """Where the value stands."""
        kind = type(value)
        if kind in PLAIN:
            return self._put((kind, value), value)
        if isinstance(value, Mapping):
            number, parts = NUMBERS[dict], [part for pair in value.items() for part in pair]
        elif kind in NUMBERS:
            number, parts = NUMBERS[kind], [str(value)] if kind in (date, Decimal, Fraction) else list(value)
        else:
            number, parts = self._class(kind), [getattr(value, name) for name in _fields(kind)]
        entry = (number, *(self.place(part) for part in parts))
        return self._put(entry, list(entry))

    def _put(self, key: Any, entry: Any) -> int:
        found = self.places.setdefault(key, len(self.entries))
        if found == len(self.entries):
            self.entries.append(entry)
        return found

    def _class(self, kind: type) -> int:
        name = f"{kind.__module__}:{kind.__qualname__}"
        if _found(name, self.module) is not kind:
            raise NotPlain(name)
        return self.classes.setdefault(name, len(MAKERS) + len(self.classes))


def _fields(kind: type) -> tuple[str, ...]:
    return tuple(one.name for one in cast("Any", kind).__attrs_attrs__ if one.init)


def _found(name: str, module: str) -> type:
    """The class of that name. Raises NotPlain where it is none that may be made."""
    home, _, own = name.partition(":")
    if not (home.startswith(MODEL) or home == module or name == PLACE):
        raise NotPlain(name)
    found = getattr(importlib.import_module(home), own, None)
    if not isinstance(found, type) or found.__module__ != home or not hasattr(found, "__attrs_attrs__"):
        raise NotPlain(name)
    if any(one.kw_only or one.alias != one.name for one in found.__attrs_attrs__ if one.init):
        raise NotPlain(name)
    return found


def written(value: Any, module: str = "") -> bytes:
    """The value as JSON; `module` is the one whose classes may stand in it beside the model's. Raises NotPlain."""
    writer = _Writer(module)
    writer.place(value)
    return json.dumps([list(writer.classes), writer.entries], separators=(",", ":")).encode()


def read(raw: bytes, module: str = "") -> Any:
    """The value of such a JSON. Raises NotPlain, or what a class says of values that it does not take."""
    names, entries = json.loads(raw)
    makers: list[Callable[[list[Any]], Any]] = [make for _, make in MAKERS]
    makers += [_maker(_found(name, module)) for name in names]
    made: list[Any] = []
    for entry in entries:
        if type(entry) is not list:
            made.append(entry)
            continue
        number, *parts = entry
        if not 0 <= number < len(makers) or any(not 0 <= part < len(made) for part in parts):
            raise NotPlain(f"entry {len(made)}")
        made.append(makers[number]([made[part] for part in parts]))
    return made[-1]


def _maker(kind: type) -> Callable[[list[Any]], Any]:
    return lambda parts: kind(*parts)
