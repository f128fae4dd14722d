"""Inputs tried one after another, smallest first: the comparison where z3 is not installed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product
from math import prod

from attrs import field, frozen

from ratingengine.model.assessment import Prior
from ratingengine.model.indicator import base_of
from ratingengine.proofs.rules_diff.region import (
    DIFFERENT,
    ENUMERATION,
    SAME,
    UNKNOWN,
    Meaning,
    Region,
    Witness,
    by_mildness,
    choices_of,
    countries,
)
from ratingengine.proofs.rules_diff.side import Side
from ratingengine.proofs.rules_diff.space import (
    ESTABLISHED,
    RATING,
    Aspect,
    Interval,
    Point,
    answers,
    aspects,
    priors_read,
    read_by,
)
from ratingengine.world.countries import Country

MOST_POINTS = 8_000
"""So many inputs are tried by hand where z3 is not installed."""


def tried(old: Side, new: Side, profile: str, most: int) -> Meaning:
    """Without z3: every input where there are few, else those with little known."""
    sides, found = (old, new), _Trying(most)
    names = read_by(sides, profile)
    places = countries(sides, profile)
    choices = {name: choices_of(name, sides, profile, places[0]) for name in names}
    priors = _priors(sides, profile)
    few = prod(len(choice) + 1 for choice in choices.values()) * len(priors) * len(places) <= MOST_POINTS
    # Between two cuts nothing changes but a measure that is no count, and what population makes of a number.
    exact = len(places) == 1 and all(m.of == "count" for side in sides for m in side.measures(profile).values())
    for number, point in enumerate(_points(choices, priors, places[0])):
        if number >= MOST_POINTS:
            few = False
            break
        before, after = (answers(side, profile, point) for side in sides)
        for aspect in aspects(new):
            pair = (aspect.read(before[aspect.end].outcome), aspect.read(after[aspect.end].outcome))
            found.add(aspect, pair, point)
    regions = found.regions(whole=few and exact)
    if regions:
        return Meaning(profile, DIFFERENT, ENUMERATION, regions=regions)
    if few and exact and not _both_ways(sides, profile):
        return Meaning(profile, SAME, ENUMERATION)
    return Meaning(profile, UNKNOWN, why="there are too many inputs to try: install ratingengine[prove]")


def _both_ways(sides: tuple[Side, Side], profile: str) -> bool:
    """Whether some indicator is read in both directions: then bounds on both sides would have to be tried as well."""
    directions: dict[str, set[bool]] = {}
    for side in sides:
        for variable in side.method.programs[profile].variables:
            directions.setdefault(base_of(variable.name), set()).add(variable.mirrored)
    return any(len(direction) > 1 for direction in directions.values())


def _priors(sides: tuple[Side, Side], profile: str) -> tuple[Prior | None, ...]:
    if not priors_read(sides, profile):
        return (None,)
    ratings = range(sides[0].method.scale.worst + 1)
    found = (Prior(*one) for one in product(ratings, ratings, range(3)))
    return (None, *(prior for prior in found if _consistent(prior)))


def _consistent(prior: Prior) -> bool:
    if prior.assessed > prior.rating:
        return prior.pressure == 2
    return prior.pressure == 1 or (prior.pressure == 0 and prior.assessed < prior.rating)


def _points(choices: Mapping[str, Sequence[Interval]], priors: Sequence[Prior | None], country: Country) -> Iterator[Point]:
    for count in range(len(choices) + 1):
        for names in combinations(choices, count):
            for known in by_mildness({name: choices[name] for name in names}):
                yield from (Point(known, prior, country) for prior in priors)


@frozen
class _Trying:
    most: int
    _found: dict[tuple[Aspect, int, int], list[Point]] = field(factory=dict)
    _more: set[tuple[Aspect, int, int]] = field(factory=set)

    def add(self, aspect: Aspect, pair: tuple[int, int], point: Point) -> None:
        """Keep a point where the sides differ, unless a smaller one tells the same."""
        if pair[0] == pair[1]:
            return
        kept = self._found.setdefault((aspect, *pair), [])
        if any(set(one.known) <= set(point.known) for one in kept):
            return
        if len(kept) < self.most:
            kept.append(point)
        else:
            self._more.add((aspect, *pair))

    def regions(self, whole: bool) -> tuple[Region, ...]:
        """What was found; an aspect that differs where it is established is not told again where it is possible."""
        settled = {(aspect.kind, aspect.facet) for aspect, _, _ in self._found if aspect.end == ESTABLISHED}
        return tuple(
            Region(key[0], key[1], key[2], tuple(Witness(p, _statable(p)) for p in points), whole and key not in self._more)
            for key, points in sorted(self._found.items(), key=lambda item: _order(item[0]))
            if key[0].end == ESTABLISHED or (key[0].kind, key[0].facet) not in settled
        )


def _order(key: tuple[Aspect, int, int]) -> tuple[object, ...]:
    aspect, old, new = key
    return (aspect.end, aspect.kind != RATING, aspect.kind, aspect.facet, old, new)


def _statable(point: Point) -> bool:
    return point.prior is None or point.prior.assessed == point.prior.rating
