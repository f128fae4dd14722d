"""One error code."""

from __future__ import annotations

from attrs import frozen


@frozen
class Code:
    """A code, its title, why it matters for a rating, and the smallest wrong and right text."""

    code: str
    title: str
    explanation: str
    bad: str
    good: str
