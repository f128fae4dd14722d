"""One code of a problem or a finding."""

from __future__ import annotations

from attrs import frozen


@frozen
class Code:
    """A code, its title, why it matters for a rating, the smallest wrong and right text; only an `error` stops a rating."""

    code: str
    title: str
    explanation: str
    bad: str
    good: str
    severity: str = "error"
