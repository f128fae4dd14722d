"""A judgement that departs from the rules: who gave which rating to a country, when, why and for which days."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from hashlib import sha256

from attrs import field, frozen

from ratingengine.errors import Place
from ratingengine.model.evidence import Citation


@frozen
class Override:
    """A published rating set by judgement on the as-of days from `first` to `last`, both included.

    `when` is the day the judgement was made; before it nobody knew of it. The assessed rating stays what the rules say.
    """

    id: str
    country: str
    rating: str
    who: str
    role: str
    when: date
    reason: str
    first: date
    last: date
    sources: tuple[Citation, ...]
    place: Place = field(eq=False)

    def governs(self, day: date) -> bool:
        """Whether the judgement is about the state on that day."""
        return self.first <= day <= self.last

    def known(self, day: date | None) -> bool:
        """Whether it was made by that day; None stands for all that is known."""
        return day is None or self.when <= day


def governing(overrides: Iterable[Override], day: date) -> Override | None:
    """The override that governs a day; of several (the reader refuses them) the one made last, then by id."""
    found = sorted((entry for entry in overrides if entry.governs(day)), key=lambda entry: (entry.when, entry.id))
    return found[-1] if found else None


def applying(overrides: Iterable[Override], country: str, as_of: date, known_at: date | None) -> tuple[Override, ...]:
    """The overrides of a country that can bear on a day: made by then as far as is known, and begun by it."""
    return tuple(entry for entry in overrides if entry.country == country and entry.first <= as_of and entry.known(known_at))


def overrides_digest(overrides: Sequence[Override]) -> str:
    """SHA-256 of what overrides say, whatever their order and place; empty for none."""
    if not overrides:
        return ""
    told = sorted(
        [
            *(entry.id, entry.country, entry.rating, entry.who, entry.role, str(entry.when), entry.reason),
            *(str(entry.first), str(entry.last), *(f"{cited.source} {cited.locator}" for cited in entry.sources)),
        ]
        for entry in overrides
    )
    return sha256(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


@frozen
class Overrides:
    """All overrides of some files, by id."""

    entries: tuple[Override, ...]
