"""Theorems on the step from assessed to published, and on what comes of evidence that stays as it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from attrs import evolve

from ratingengine.proofs.change import Row
from ratingengine.proofs.days import Assessed, Day
from ratingengine.proofs.figures import People
from ratingengine.proofs.ground import Ground, refuted
from ratingengine.proofs.histories import History
from ratingengine.proofs.pairs import better
from ratingengine.proofs.priors import PriorState
from ratingengine.proofs.semantics import Ladder, concluded
from ratingengine.proofs.solver import Formula, Solver, every, implies, negation, same, some
from ratingengine.proofs.verdicts import PROVED, Finding

PERIODS = 4
"""Within so many periods after the first year on constant evidence the published rating is at rest."""


def one_band(ground: Ground) -> Finding:
    """A published rating lies at most one band from the one before; without transition it is the assessed one."""

    def far(row: Row) -> bool:
        prior, rating = row.prior, row.published.rating
        if ground.change.free:
            return rating != row.assessed
        return prior is not None and rating is not None and abs(rating - prior.rating) > 1

    return ground.settle(lambda found: ground.change.where(found, far), "the published rating moves by more than it may")


def towards_assessed(ground: Ground) -> Finding:
    """Published lies between the year before and assessed, moves up only through an open gate, and is named after its move."""

    def astray(row: Row) -> bool:
        assessed, prior, gate, published = row.assessed, row.prior, row.gate, row.published
        if assessed is None or published.rating is None:
            return published.change is not None
        if prior is None:
            return published.rating != assessed or published.change is not None
        low, high = sorted((prior.rating, assessed))
        moved = published.rating - prior.rating
        still = "unchanged" if assessed == prior.rating else "hold"
        word = "downgrade" if moved > 0 else "upgrade" if moved < 0 else still
        inside = low <= published.rating <= high and (moved > 0 or assessed <= prior.rating)
        inside = inside and (moved >= 0 or gate or ground.change.free)
        return not inside or published.change != word

    said = "the published rating moves away from the assessed one, upwards without an open gate, or is misnamed"
    return ground.settle(lambda found: ground.change.where(found, astray), said)


def no_upgrade_from_silence(ground: Ground) -> Finding:
    """What the year before left undecided opens no gate."""
    first = ground.day()
    second = Assessed.of(Day.of(ground.profile, "y", first.day.people, ground.change.handed_on(first)))
    if Solver(*first.day.axioms(), *second.day.axioms()).find(_from_silence(ground, first, second)) is None:
        return Finding(PROVED)
    sight = ground.seen(lambda histories: _from_silence(ground, *histories[0].years[-2:]), 1, years=2)
    sight = sight or ground.seen(lambda histories: _from_silence(ground, *histories[0].years[-2:]), 1, years=3)
    return refuted(sight, "an upgrade rests on nothing but a year whose evidence did not exclude the rating then published")


def _from_silence(ground: Ground, before: Assessed, year: Assessed) -> Formula:
    """The year is upgraded, no gate would be open without the pressure, and the year before may have been as bad as published."""
    prior = year.day.prior
    unpressed = concluded(
        year.day.profile.program, evolve(year.day, prior=evolve(prior, pressure=(True, True, False))).reads(worst=False)
    )
    upgraded = ground.change.where(year, lambda row: row.published.change == "upgrade")
    undecided = every(implies(step, possible) for step, possible in zip(prior.rating, before.possible, strict=False))
    return every((upgraded, negation(unpressed.gate), prior.given, undecided))


def fixed_point(ground: Ground) -> Finding:
    """On constant evidence the published rating never turns back, rests within four periods, at assessed where gates are open."""
    worst = ground.profile.scale.worst
    first = Assessed.of(Day.of(ground.profile, "x", People.any(), PriorState.any("x", worst)))
    years = list(_constant(ground, first, PERIODS + 2))
    if Solver(*first.day.axioms()).find(_restless(ground, years)) is None:
        return Finding(PROVED)

    def claim(histories: tuple[History, ...]) -> Formula:
        """The last years of the history have the evidence of the first of them."""
        years = histories[0].years
        tail = years[-(PERIODS + 2) :]
        alike = [one.equal(two) for year in tail[1:] for one, two in tail[0].day.pairs(year.day)]
        return every((*alike, _restless(ground, tail)))

    sight = None
    for before in (0, 1, 2):
        sight = sight or ground.seen(claim, 1, PERIODS + 2 + before)
    return refuted(sight, "on evidence that stays as it is, the published rating turns back, does not rest, or rests elsewhere")


def _constant(ground: Ground, first: Assessed, count: int) -> Iterator[Assessed]:
    """Years with the evidence of the first."""
    year = first
    for _ in range(count):
        yield year
        year = Assessed.of(evolve(first.day, prior=ground.change.handed_on(year)))


def _restless(ground: Ground, years: Sequence[Assessed]) -> Formula:
    """Some published rating turns back, or the last two years differ, or every gate is open and the rest is not the assessed."""
    ratings: list[Ladder] = [ground.change.published(year) for year in years]
    start = years[0].day.prior
    steps = list(pairwise(ratings))
    up = [every((start.given, better(start.rating, ratings[0]))), *(better(a, b) for a, b in steps)]
    down = [every((start.given, better(ratings[0], start.rating))), *(better(b, a) for a, b in steps)]
    turned = every((some(up), some(down)))
    states = [ground.change.handed_on(year) for year in years[-2:]]
    moving = negation(states[0].equal(states[1]))
    gates = every(year.best.gate for year in years)
    rest, assessed = ratings[PERIODS], years[PERIODS].best.rating[: len(ratings[PERIODS])]
    elsewhere = every((gates, some(negation(same(a, b)) for a, b in zip(rest, assessed, strict=True))))
    return every((years[0].day.sufficient, some((turned, moving, elsewhere))))
