"""Conditions as plain formulas over integers, for coverage, for equal mutants, and for proving two conditions equal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from attrs import frozen

from ratingengine.model.condition import All, AnyOf, Atom, Condition, atoms
from ratingengine.ruleset.cases import Bench
from ratingengine.ruleset.cases.judge import key_of


@frozen
class Reach:
    """The severity of a name is at or above a threshold; when `better`, at or below it. A finding is 0 or 1."""

    name: str
    threshold: int
    better: bool

    def holds(self, severity: int) -> bool:
        """Whether a severity meets it."""
        return severity <= self.threshold if self.better else severity >= self.threshold


@frozen
class Join:
    """At least `count` of the parts hold."""

    count: int
    parts: tuple[Formula, ...]


Formula = Reach | Join
Ranges = Mapping[str, tuple[int, int]]
"""The lowest and highest severity of each name."""


def formula(condition: Condition, profile: str, bench: Bench) -> Formula:
    """The formula of a condition; parts that say the same in another order, or in other words, become equal."""
    if isinstance(condition, Atom):
        return reach(condition, profile, bench)
    parts = sorted((formula(part, profile, bench) for part in condition.parts), key=repr)
    if isinstance(condition, All):
        return Join(len(parts), tuple(parts))
    return Join(1 if isinstance(condition, AnyOf) else condition.count, tuple(parts))


def reach(atom: Atom, profile: str, bench: Bench) -> Reach:
    """An atom in numbers."""
    if atom.subject == "finding":
        return Reach(key_of(atom), 1, False)
    normal, _ = bench.meaning(atom, profile)
    return Reach(key_of(atom), normal.threshold, normal.better)


def ranges(condition: Condition, profile: str, bench: Bench) -> Ranges:
    """What each name of a condition can be."""
    found: dict[str, tuple[int, int]] = {}
    for atom in atoms(condition):
        if atom.subject == "finding":
            found[key_of(atom)] = (0, 1)
        else:
            subject = bench.meaning(atom, profile)[1]
            found[key_of(atom)] = (subject.lowest, subject.highest)
    return found


def evaluate(found: Formula, holds: Callable[[Reach], bool]) -> bool:
    """Whether a formula holds, given which of its atoms do."""
    if isinstance(found, Reach):
        return holds(found)
    return sum(evaluate(part, holds) for part in found.parts) >= found.count


def leaves(found: Formula) -> Iterator[Reach]:
    """The atoms of a formula."""
    if isinstance(found, Reach):
        yield found
        return
    for part in found.parts:
        yield from leaves(part)
