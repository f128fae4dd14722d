"""Fields of a condition to `Condition`; the words are checked against codebook and scale in `terms`."""

from __future__ import annotations

from ratingengine.errors import Place
from ratingengine.files.collect import Collector, Fields, Located
from ratingengine.method.rulefile.shapes import COMPARISONS
from ratingengine.model.condition import All, AnyOf, Atom, Condition, NOf

SUBJECTS = ("indicator", "measure", "level", "prior")


def condition(fields: Fields, collector: Collector) -> Condition | None:
    """The condition, or None when a part of it could not be read (its problem is recorded)."""
    for key, join in (("all", All), ("any", AnyOf)):
        if key in fields.keys:
            parts = _parts(fields, key, collector)
            return None if parts is None else join(parts)
    if "n_of" in fields.keys:
        return _n_of(fields, collector)
    return atom(fields)


def _parts(fields: Fields, key: str, collector: Collector) -> tuple[Condition, ...] | None:
    found: tuple[Located[Fields], ...] = fields.get(key, ())
    parts = [condition(part.value, collector) for part in found]
    read = tuple(part for part in parts if part is not None)
    return read if read and len(read) == len(parts) else None


def _n_of(fields: Fields, collector: Collector) -> Condition | None:
    parts = _parts(fields, "of", collector)
    if parts is None or "n_of" not in fields:
        return None
    count = int(fields.get("n_of"))
    if not 1 <= count <= len(parts):
        hint = f"write 1 to {len(parts)}, or add conditions"
        collector.add_at("R214", f"n_of cannot hold with {len(parts)} conditions", fields.at("n_of"), hint)
        return None
    return NOf(count, parts, fields.place_of("n_of"))


def atom(fields: Fields) -> Atom | None:
    """One test of an indicator, measure, level, prior value or finding."""
    if "finding" in fields.keys:
        place = fields.place_of("finding")
        return Atom("finding", fields.get("finding"), "holds", (), place, place) if "finding" in fields else None
    subject = next((name for name in SUBJECTS if name in fields), None)
    test = next((name for name in COMPARISONS if name in fields), None)
    if subject is None or test is None:
        return None
    operands, place = _operands(fields, test)
    return Atom(subject, fields.get(subject), test, operands, fields.place_of(subject), place)


def _operands(fields: Fields, test: str) -> tuple[tuple[str, ...], Place]:
    value = fields.get(test)
    if test == "one_of":
        return tuple(item.value for item in value), fields.place_of(test)
    return (value,), fields.place_of(test)
