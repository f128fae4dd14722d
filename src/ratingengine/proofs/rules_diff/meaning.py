"""Whether two rule sets mean the same: the inputs on which they disagree, smallest first, or the proof that there are none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from math import prod

from attrs import evolve, frozen

from ratingengine.model.indicator import Indicator
from ratingengine.proofs.rules_diff import solver
from ratingengine.proofs.rules_diff.region import (
    DIFFERENT,
    ENUMERATION,
    IDENTITY,
    INCOMPARABLE,
    SAME,
    UNKNOWN,
    Z3,
    Meaning,
    Region,
    Witness,
    by_mildness,
    choices_of,
    countries,
)
from ratingengine.proofs.rules_diff.side import Side, identical, incomparable
from ratingengine.proofs.rules_diff.solver import Comparison, NotKnown
from ratingengine.proofs.rules_diff.space import GIVEN, LEVEL, RATING, Aspect, Interval, Point, answers, aspects, best_stated
from ratingengine.proofs.rules_diff.trying import tried

MOST_SMALLER = 1_000
"""So many values are tried to make a witness milder; the first that still tells is the mildest."""


def meanings(old: Side, new: Side, most: int = 3, use_z3: bool | None = None) -> tuple[Meaning, ...]:
    """Each profile of the new side; at most so many witnesses for each pair of outcomes. `use_z3` None: where it is installed."""
    why = incomparable(old, new)
    if why:
        return (Meaning("", INCOMPARABLE, why=why),)
    z3 = solver.at_hand() if use_z3 is None else use_z3
    return tuple(_meaning(old, new, profile, most, z3) for profile in new.rule_set.scale.profiles)


def _meaning(old: Side, new: Side, profile: str, most: int, z3: bool) -> Meaning:
    if identical(old, new, profile):
        return Meaning(profile, SAME, IDENTITY)
    given = tuple(_given(old, new, profile))
    found = _asked(old, new, profile, most) if z3 else tried(old, new, profile, most)
    if not given:
        return found
    return evolve(found, answer=DIFFERENT, by=found.by or ENUMERATION, regions=(*given, *found.regions))


def _asked(old: Side, new: Side, profile: str, most: int) -> Meaning:
    """By z3: first whether there is any difference at all, then the smallest inputs of each kind."""
    regions: list[Region] = []
    differing: set[tuple[str, str]] = set()
    search = _Asking(old, new, profile, most, Comparison(old, new, profile, None), [])
    try:
        for aspect in aspects(new):
            if (aspect.kind, aspect.facet) in differing or search.anywhere.disagreement(aspect, stated=False) is None:
                continue  # where what is established differs, what is possible does as well
            differing.add((aspect.kind, aspect.facet))
            regions += [region for pair in _pairs(aspect, new) if (region := search.region(aspect, pair)) is not None]
    except NotKnown:
        return Meaning(profile, DIFFERENT if regions else UNKNOWN, Z3 if regions else "", "z3 gave up", tuple(regions))
    if differing and not regions:
        return Meaning(profile, UNKNOWN, why="they differ, but for none of the populations that were tried")
    return Meaning(profile, DIFFERENT if regions else SAME, Z3, regions=tuple(regions))


def _pairs(aspect: Aspect, side: Side) -> Iterator[tuple[int, int]]:
    worst = side.method.scale.worst if aspect.kind in (RATING, LEVEL) else 1
    yield from ((old, new) for old, new in product(range(worst + 1), repeat=2) if old != new)


@frozen
class _Asking:
    old: Side
    new: Side
    profile: str
    most: int
    anywhere: Comparison
    _opened: list[Comparison]

    def region(self, aspect: Aspect, pair: tuple[int, int]) -> Region | None:
        """The region of a pair of outcomes, if it has any input."""
        if self.anywhere.disagreement(aspect, pair, stated=False) is None:
            return None
        for question in self._questions():
            for stated in (True, False):
                witnesses = self._witnesses(question, aspect, pair, stated)
                if witnesses:
                    known = [set(witness.point.told) for witness in witnesses]
                    rest = self.anywhere.disagreement(aspect, pair, stated=False, without=known) if all(known) else None
                    return Region(aspect, *pair, tuple(witnesses), rest is None)
        return None

    def _questions(self) -> Iterator[Comparison]:
        """The comparison for each place, built when the places before it do not tell."""
        for number, country in enumerate(countries((self.old, self.new), self.profile)):
            if number == len(self._opened):
                self._opened.append(Comparison(self.old, self.new, self.profile, country))
            yield self._opened[number]

    def _witnesses(self, question: Comparison, aspect: Aspect, pair: tuple[int, int], stated: bool) -> list[Witness]:
        found: list[Witness] = []
        while len(found) < self.most:
            without = [set(one.point.told) for one in found]
            point = question.disagreement(aspect, pair, stated=stated, without=without, fewest=True)
            if point is None:
                break
            found.append(Witness(_mildest(self.old, self.new, self.profile, point, aspect, pair), stated))
            if not point.told:
                break
        return found


def comes_to(sides: tuple[Side, Side], profile: str, point: Point, aspect: Aspect) -> tuple[int, int]:
    """What the two sides make of an aspect at a point, by the reference engine."""
    old, new = (aspect.read(answers(side, profile, point, (aspect.end,))[aspect.end].outcome) for side in sides)
    return old, new


def _mildest(old: Side, new: Side, profile: str, point: Point, aspect: Aspect, pair: tuple[int, int]) -> Point:
    """The same indicators known at the least severities that still tell; without a prior where none is needed."""
    sides = (old, new)

    def tells(other: Point) -> bool:
        return comes_to(sides, profile, other, aspect) == pair

    if point.prior is not None and tells(evolve(point, prior=None)):
        point = evolve(point, prior=None)
    choices = {name: choices_of(name, sides, profile, point.country) for name in point.known}
    if prod(map(len, choices.values())) <= MOST_SMALLER:
        whole = (evolve(point, known=milder) for milder in by_mildness(choices))
        return next((candidate for candidate in whole if tells(candidate)), point)
    for name, choice in choices.items():
        # Too many to try together: each in turn as mild as the others leave it.
        single = (evolve(point, known={**point.known, name: interval}) for interval in choice)
        point = next((candidate for candidate in single if tells(candidate)), point)
    return point


def _given(old: Side, new: Side, profile: str) -> Iterator[Region]:
    """Where one side gives a rating and the other does not: required facts that only one asks for. 0 is given, 1 is not."""
    codebook = new.method.codebook
    country = countries((), profile)[0]
    one, other = (_required(side, profile) for side in (old, new))
    for before, after, known in ((0, 1, enough_for(one, other)), (1, 0, enough_for(other, one))):
        if known is not None:
            best = {name: _best(codebook[name]) for name in known}
            yield Region(Aspect(GIVEN), before, after, (Witness(Point(best, None, country), stated=True),), whole=False)


def _required(side: Side, profile: str) -> list[frozenset[str]]:
    return [frozenset(group.any_of) for group in side.rule_set.scale.required if group.profile == profile]


def _best(indicator: Indicator) -> Interval:
    end = indicator.severity(best_stated(indicator))
    return end, end


def enough_for(wanted: Sequence[frozenset[str]], asked: Sequence[frozenset[str]]) -> frozenset[str] | None:
    """Names of which each wanted group has one, and some asked group none: the fewest; None where there are none."""
    found = []
    for missed in asked:
        picks = [sorted(group - missed) for group in wanted]
        if all(picks):
            found.append(frozenset(pick[0] for pick in picks))
    return min(found, key=lambda known: (len(known), sorted(known)), default=None)
