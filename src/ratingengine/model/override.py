"""A judgement that departs from the rules: who gave which rating to a country, when, why and for which days."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from hashlib import sha256

from attrs import field, frozen

from ratingengine.errors import Place
from ratingengine.model.evidence import Citation
from ratingengine.model.window import last_day


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

    @property
    def year_ends(self) -> tuple[date, ...]:
        """Each 31 December that it governs: what is published then is handed on to the next year."""
        days = (last_day(year) for year in range(self.first.year, self.last.year + 1))
        return tuple(day for day in days if self.governs(day))

    def bears_on(self, day: date) -> bool:
        """Whether it governs the day itself, or the end of a year before it, whose rating is handed on."""
        return self.governs(day) or any(end < day for end in self.year_ends)

    def known(self, day: date | None) -> bool:
        """Whether it was made by that day; None stands for all that is known."""
        return day is None or self.when <= day


def governing(overrides: Iterable[Override], day: date) -> Override | None:
    """The override that governs a day; of several (the reader refuses them) the one made last, then by id."""
    found = sorted((entry for entry in overrides if entry.governs(day)), key=lambda entry: (entry.when, entry.id))
    return found[-1] if found else None


def of_country(overrides: Iterable[Override], country: str, known_at: date | None) -> tuple[Override, ...]:
    """The overrides of a country that were known."""
    return tuple(entry for entry in overrides if entry.country == country and entry.known(known_at))


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
