"""The form of a property."""

from __future__ import annotations

from collections.abc import Callable

from attrs import frozen

from ratingengine.testing.cases import Case, Cases
from ratingengine.testing.subject import RulesUnderTest


@frozen
class Property:
    """A name, the sentence that holds of every case, the cases, and the check: what contradicts the sentence, or None."""

    name: str
    statement: str
    cases: Cases
    check: Callable[[RulesUnderTest, Case], str | None]
