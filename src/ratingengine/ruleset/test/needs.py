"""What the cases of a rule have to show, and what none of them does."""

from __future__ import annotations

from attrs import frozen

from ratingengine.model.rule import Rule

KINDS = ("rules", "conditions", "thresholds", "missing", "decisive")


@frozen
class Gap:
    """What no case shows: of a rule, or of one of its conditions or inputs (`atom`)."""

    kind: str
    rule: str
    atom: str
    what: str


Need = tuple[str, Gap | None]
"""A kind, and the gap where it is not shown."""


def need(kind: str, rule: Rule, atom: str, what: str, shown: bool) -> Need:
    """Something to show of a rule, and whether it is."""
    return kind, None if shown else Gap(kind, rule.id, atom, what)
