"""Published ratings beside our answers, pair by pair, and the groups that they are reported in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from attrs import frozen

from ratingengine.backtest.agreement import Tally, tally
from ratingengine.backtest.given import Given, Key, silent
from ratingengine.backtest.published import Published
from ratingengine.world.countries import by_iso3

RATING, ASSESSED = "rating", "assessed"
SIDES = (RATING, ASSESSED)
"""Of our answer what is compared: the published rating of the chain, or what the evidence of the year alone establishes."""


@frozen
class Pair:
    """A published rating and our answer; `ours` is the severity that is compared, None where we give no rating."""

    published: Published
    given: Given
    ours: int | None

    @property
    def key(self) -> Key:
        """Country and year."""
        return self.published.iso3, self.published.year

    @property
    def exact(self) -> bool:
        """Whether both are the same."""
        return self.ours == self.published.severity


def paired(rows: Iterable[Published], answers: Mapping[Key, Given], side: str, worst: int) -> tuple[Pair, ...]:
    """Each published rating with our answer; where there is none, with one that gives no rating, so that no pair is lost."""
    found = []
    for row in rows:
        given = answers.get((row.iso3, row.year), silent(worst))
        # Too little for a rating is too little for an assessment; a judgement never stands here.
        found.append(Pair(row, given, given.rating if side == RATING else given.assessed))
    return tuple(found)


def answered(pairs: Iterable[Pair]) -> dict[str, list[tuple[int, int]]]:
    """The severities of pairs with an answer, by country."""
    found: dict[str, list[tuple[int, int]]] = {}
    for pair in pairs:
        if pair.ours is not None:
            found.setdefault(pair.published.iso3, []).append((pair.published.severity, pair.ours))
    return found


@frozen
class Group:
    """The pairs that have something in common: how many there are, how many of them we answer, and how these agree."""

    name: str
    pairs: int
    tally: Tally

    @property
    def unanswered(self) -> int:
        """The pairs without a rating of ours."""
        return self.pairs - self.tally.n


def grouped(pairs: Sequence[Pair], name: Callable[[Pair], str]) -> tuple[Group, ...]:
    """One group a name, by name."""
    members: dict[str, list[Pair]] = {}
    for pair in pairs:
        members.setdefault(name(pair), []).append(pair)
    return tuple(
        Group(of, len(some), tally(pair for ours in answered(some).values() for pair in ours))
        for of, some in sorted(members.items())
    )


def year_of(pair: Pair) -> str:
    """The year as text."""
    return str(pair.published.year)


def continent_of(pair: Pair) -> str:
    """The region of M49 that the country table gives."""
    country = by_iso3(pair.published.iso3)
    return "" if country is None else country.continent


def region_of(pair: Pair) -> str:
    """The sub-region of M49 that the country table gives, after its region."""
    country = by_iso3(pair.published.iso3)
    return "" if country is None else f"{country.continent}: {country.region}"


def published_status(pair: Pair) -> str:
    """How the published rating is known."""
    return pair.published.status


def profile_of(pair: Pair) -> str:
    """The profile that carries our answer."""
    return pair.given.profile or "none"


@frozen
class Calibration:
    """The pairs of one status of ours.

    `covered`: the published rating is among the assessments that the evidence leaves possible; where there is no rating, it is no
    better than the ceiling.
    """

    group: Group
    covered: int


def calibrated(pairs: Sequence[Pair]) -> tuple[Calibration, ...]:
    """Each status of ours apart."""

    def status(pair: Pair) -> str:
        return pair.given.status

    found = []
    for group in grouped(pairs, status):
        inside = [pair for pair in pairs if pair.given.status == group.name and _covers(pair)]
        found.append(Calibration(group, len(inside)))
    return tuple(found)


def _covers(pair: Pair) -> bool:
    return pair.given.best <= pair.published.severity <= pair.given.worst
