"""Changes of rating from year to year: how many of the published ones are called, how many of ours are false, how early."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from attrs import frozen

DOWN, UP = "downgrades", "upgrades"
DIRECTIONS = (DOWN, UP)
NEAR, FAR = 1, 3
"""Years apart at which a change still counts as called, and at most which the lead is measured over."""

Series = Mapping[int, int]
"""The severity of each year of one country."""

Event = tuple[str, int]
"""A country and the year in which its rating is another than the year before."""


@frozen
class Matching:
    """How many published changes and ours there are, and how many of them meet, each with one other at most."""

    published: int
    ours: int
    met: int

    @property
    def precision(self) -> Fraction | None:
        """The share of ours that meet a published one; None where ours are none."""
        return Fraction(self.met, self.ours) if self.ours else None

    @property
    def recall(self) -> Fraction | None:
        """The share of the published ones that meet one of ours; None where there are none."""
        return Fraction(self.met, self.published) if self.published else None


@frozen
class Direction:
    """Downgrades or upgrades: met in the very year, and within a year of it.

    `leads` are the years by which ours came before the published one (negative: after), for each that meets one of ours within
    FAR years. `already`: published changes to a rating that ours had reached the year before, or one beyond it.
    `unrated`: published changes in a pair of years for which we have no two ratings; they count as missed.
    """

    exact: Matching
    near: Matching
    leads: tuple[int, ...]
    already: int
    unrated: int

    @property
    def mean_lead(self) -> Fraction | None:
        """The mean of the leads in years."""
        return Fraction(sum(self.leads), len(self.leads)) if self.leads else None


@frozen
class Changes:
    """What is called of the published changes, and what is called where nothing changed.

    `pairs` are two years running in which a rating was published, `rated` those with two ratings of ours; in `stable` ones of
    these nothing changed. `false` counts changes of ours among the stable ones, `excused` those of them that a published change
    in the same direction one year earlier or later explains.
    """

    pairs: int
    rated: int
    stable: int
    false: Mapping[str, int]
    excused: Mapping[str, int]
    of: Mapping[str, Direction]


def changes(published: Mapping[str, Series], ours: Mapping[str, Series]) -> Changes:
    """All changes of all countries; a pair counts when ratings were published in both years."""
    pairs = [(iso3, year) for iso3, series in published.items() for year in series if year - 1 in series]
    rated = [(iso3, year) for iso3, year in pairs if _both(ours.get(iso3, {}), year)]
    theirs = {way: _events(pairs, published, way) for way in DIRECTIONS}
    mine = {way: _events(rated, ours, way) for way in DIRECTIONS}
    changed = {*theirs[DOWN], *theirs[UP]}
    stable = {pair for pair in rated if pair not in changed}
    false = {way: [event for event in mine[way] if event in stable] for way in DIRECTIONS}
    excused = {
        way: [(iso3, year) for iso3, year in false[way] if {(iso3, year - 1), (iso3, year + 1)} & set(theirs[way])]
        for way in DIRECTIONS
    }
    return Changes(
        len(pairs),
        len(rated),
        len(stable),
        {way: len(found) for way, found in false.items()},
        {way: len(found) for way, found in excused.items()},
        {way: _direction(theirs[way], mine[way], published, ours, way) for way in DIRECTIONS},
    )


def _both(series: Series, year: int) -> bool:
    return year in series and year - 1 in series


def _events(pairs: Iterable[Event], series: Mapping[str, Series], way: str) -> list[Event]:
    sign = 1 if way == DOWN else -1
    return [(iso3, year) for iso3, year in pairs if sign * (series[iso3][year] - series[iso3][year - 1]) > 0]


def _direction(
    theirs: Sequence[Event], mine: Sequence[Event], published: Mapping[str, Series], ours: Mapping[str, Series], way: str
) -> Direction:
    at, near, far = (_met(theirs, mine, within) for within in (0, NEAR, FAR))
    sign = 1 if way == DOWN else -1
    unrated = [event for event in theirs if not _both(ours.get(event[0], {}), event[1])]
    already = [
        (iso3, year)
        for iso3, year in theirs
        if year - 1 in ours.get(iso3, {}) and sign * (ours[iso3][year - 1] - published[iso3][year]) >= 0
    ]
    counts = len(theirs), len(mine)
    return Direction(Matching(*counts, len(at)), Matching(*counts, len(near)), tuple(far), len(already), len(unrated))


def _met(theirs: Sequence[Event], mine: Sequence[Event], within: int) -> list[int]:
    """The lead of each published change that meets one of ours."""
    countries = sorted({iso3 for iso3, _ in theirs})
    return [
        lead
        for iso3 in countries
        for lead in meetings(
            sorted(year for name, year in theirs if name == iso3), sorted(year for name, year in mine if name == iso3), within
        )
    ]


def meetings(theirs: Sequence[int], mine: Sequence[int], within: int) -> tuple[int, ...]:
    """Sorted years paired off, at most `within` apart: as many pairs as can be, of these the nearest; each pair's lead.

    In order, since crossing pairs never gain anything on a line.
    """
    best: dict[tuple[int, int], tuple[int, int, tuple[int, ...]]] = {}

    def upto(left: int, right: int) -> tuple[int, int, tuple[int, ...]]:
        if not left or not right:
            return 0, 0, ()
        if (left, right) not in best:
            found = [upto(left - 1, right), upto(left, right - 1)]
            lead = theirs[left - 1] - mine[right - 1]
            if abs(lead) <= within:
                met, apart, leads = upto(left - 1, right - 1)
                found.append((met + 1, apart - abs(lead), (*leads, lead)))
            best[left, right] = max(found, key=lambda one: one[:2])
        return best[left, right]

    return upto(len(theirs), len(mine))[2]
