"""Conditions of rules: atoms on one subject each, joined by all, any and n_of. There is no negation and no arithmetic."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import field, frozen

from ratingengine.errors import Place

NUMERIC = ("at_least", "more_than", "at_most", "less_than")


@frozen
class Atom:
    """A test of one subject.

    `subject`: indicator, measure, finding, level or prior. `test`: at_least, more_than, at_most, less_than, is, one_of; for a
    finding `holds`. `operands` are the words or digits as written.
    """

    subject: str
    name: str
    test: str
    operands: tuple[str, ...]
    place: Place = field(eq=False)
    operand_place: Place = field(eq=False)

    def __str__(self) -> str:
        if self.subject == "finding":
            return f"finding {self.name}"
        lead = "" if self.subject in ("indicator", "measure") else f"{self.subject} "
        return f"{lead}{self.name} {self.test.replace('_', ' ')} {' or '.join(self.operands)}"


@frozen
class All:
    """Every part holds."""

    parts: tuple[Condition, ...]


@frozen
class AnyOf:
    """One part holds or more."""

    parts: tuple[Condition, ...]


@frozen
class NOf:
    """At least `count` parts hold."""

    count: int
    parts: tuple[Condition, ...]
    place: Place = field(eq=False)


Condition = Atom | All | AnyOf | NOf


def atoms(condition: Condition) -> Iterator[Atom]:
    """The atoms of a condition in written order."""
    if isinstance(condition, Atom):
        yield condition
        return
    for part in condition.parts:
        yield from atoms(part)


def describe(condition: Condition, joined: bool = False) -> str:
    """The condition as one line of words; parentheses where it is part of another."""
    if isinstance(condition, Atom):
        return str(condition)
    parts = [describe(part, joined=len(condition.parts) > 1) for part in condition.parts]
    if isinstance(condition, NOf):
        text = f"{condition.count} of: " + "; ".join(parts)
    else:
        text = (" and " if isinstance(condition, All) else " or ").join(parts)
    return f"({text})" if joined and len(parts) > 1 else text
