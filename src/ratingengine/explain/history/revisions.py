"""How the rating for each year was known over time: as known on its own last day, then on each later day that changed it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from attrs import evolve, frozen

from ratingengine.engine.chain import Link
from ratingengine.engine.rating import Loaded, carrying, history
from ratingengine.model.assessment import watchlist_of
from ratingengine.model.evidence import Evidence
from ratingengine.model.value import IndicatorValue
from ratingengine.model.window import last_day
from ratingengine.world.countries import Country

WATCHED = ("rating", "assessed", "status", "possible", "watchlist")
"""What a report must change for the day to count as a revision."""


@frozen
class Reported:
    """What became known on a day: records by id, and the sources they cite."""

    day: date
    observations: tuple[str, ...]
    searches: tuple[str, ...]
    sources: tuple[str, ...]


@frozen
class View:
    """The answer for a year as known on a day; `changed` names what differs from the view before, nothing on the first.

    `known` counts the records known by then, `bearing` those of them that count on the as-of day.
    """

    known_at: date
    rating: str | None
    assessed: str | None
    status: str
    possible: tuple[str, ...]
    watchlist: bool | None
    changed: tuple[str, ...]
    known: int
    bearing: int


@frozen
class Year:
    """The views of one year, in the order in which they were held."""

    as_of: date
    views: tuple[View, ...]


@frozen
class Revisions:
    """All years, and what became known on each day on which anything did."""

    years: tuple[Year, ...]
    reported: tuple[Reported, ...]


def revisions(loaded: Loaded, country: Country, evidence: Evidence, years: Sequence[int]) -> Revisions:
    """The views of these years. Each state of knowledge is rated once, whichever years ask for it."""
    days = report_days(evidence)
    ends = [last_day(year) for year in years]
    states: dict[date | None, _State] = {}

    def view(as_of: date, known_at: date) -> View:
        # Nothing is reported between two report days, so the latest of them stands for every day until the next.
        latest = max((day for day in days if day <= known_at), default=None)
        if latest not in states:
            following = min((day for day in days if day > known_at), default=date.max)
            until = max(end for end in ends if end < following)
            states[latest] = _State(loaded, country, evidence, latest or known_at, until)
        return states[latest].view(as_of, known_at)

    found = []
    for as_of in ends:
        views = [view(as_of, as_of)]
        for day in (day for day in days if day > as_of):
            later = view(as_of, day)
            changed = tuple(name for name in WATCHED if getattr(later, name) != getattr(views[-1], name))
            if changed:
                views.append(evolve(later, changed=changed))
        found.append(Year(as_of, tuple(views)))
    return Revisions(tuple(found), tuple(_reported(evidence, day) for day in days))


def report_days(evidence: Evidence) -> tuple[date, ...]:
    """The days on which something surely became known: the later ends of the reports."""
    return tuple(sorted({entry.reported[1] for entry in evidence.entries}))


def _reported(evidence: Evidence, day: date) -> Reported:
    observations = [entry for entry in evidence.observations if entry.reported[1] == day]
    searches = [search for search in evidence.searches if search.reported[1] == day]
    sources = {citation.source for entry in observations for citation in entry.sources}
    sources |= {search.source.source for search in searches}
    ids = tuple(entry.id for entry in observations), tuple(search.id for search in searches)
    return Reported(day, *ids, tuple(sorted(sources)))


class _State:
    """One state of knowledge: the chain of each profile, by the last day of each year."""

    def __init__(self, loaded: Loaded, country: Country, evidence: Evidence, known_at: date, until: date) -> None:
        self._asked = loaded, country
        self._evidence = evidence
        self._known_at = known_at
        self._known = len(evidence.known_at(known_at).entries)
        self._links = self._chained(until)

    def _chained(self, until: date) -> Mapping[date, Mapping[str, Link]]:
        chains = history(*self._asked, until, self._known_at, self._evidence)
        found: dict[date, dict[str, Link]] = {}
        for profile, links in chains.items():
            for link in links:
                found.setdefault(link.as_of, {})[profile] = link
        return found

    def view(self, as_of: date, known_at: date) -> View:
        """The answer for the year that ends on `as_of`; one before the first evidence is a chain of its own."""
        links = self._links.get(as_of) or self._chained(as_of)[as_of]
        link = links[carrying(links)]
        published, found = link.published, link.assessment
        return View(
            known_at=known_at,
            rating=None if published.rating is None else self._asked[0].method.scale.word(published.rating),
            assessed=found.assessed,
            status=found.status,
            possible=found.possible,
            watchlist=watchlist_of(one.assessment for one in links.values()),
            changed=(),
            known=self._known,
            bearing=len(bearing(found.values)),
        )


def bearing(values: Mapping[str, IndicatorValue]) -> frozenset[str]:
    """The records, by id, that count on the as-of day of these values."""
    return frozenset(entry.id for value in values.values() for entry in value.entries)
