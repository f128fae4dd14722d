"""Whether two rule sets mean the same: the inputs on which they disagree, smallest first, or the proof that there are none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product
from math import prod

from attrs import evolve, field, frozen

from ratingengine.countries import Country, by_iso3
from ratingengine.model.assessment import Prior
from ratingengine.model.indicator import base_of
from ratingengine.revising import solver
from ratingengine.revising.side import Side, identical, incomparable
from ratingengine.revising.solver import Comparison, NotKnown
from ratingengine.revising.space import (
    GIVEN,
    LEVEL,
    RATING,
    Aspect,
    Interval,
    Point,
    answers,
    aspects,
    companions_read,
    cuts,
    intervals,
    lacking,
    priors_read,
    read_by,
)

SAME, DIFFERENT, UNKNOWN, INCOMPARABLE = "same", "different", "not known", "not comparable"
IDENTITY, Z3, ENUMERATION = "the same tests and conclusions", "z3", "enumeration"
MOST_POINTS = 8_000
"""So many inputs are tried by hand where z3 is not installed."""
MOST_SMALLER = 1_000
"""So many values are tried to make a witness milder; the first that still tells is the mildest."""
DESERTED = "BVT"
PEOPLED = ("IND", "BRA", "BEL", "ISL", "GRL", "PCN")
"""Where rates per million are read: countries from many people to few, since a witness should rest on rates only where counts do not
tell. What is told of them is invented."""


@frozen
class Witness:
    """An input, and whether one record and `--prior` can state it."""

    point: Point
    stated: bool


@frozen
class Region:
    """The inputs on which an aspect comes to `old` in the one and `new` in the other rule set.

    `whole` tells that each of them has all the indicators known that one of the witnesses has.
    """

    aspect: Aspect
    old: int
    new: int
    witnesses: tuple[Witness, ...]
    whole: bool


@frozen
class Meaning:
    """One profile: the answer, how it was found (empty where it is not known), why it has none, and the regions."""

    profile: str
    answer: str
    by: str = ""
    why: str = ""
    regions: tuple[Region, ...] = ()


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
    found = _asked(old, new, profile, most) if z3 else _tried(old, new, profile, most)
    if not given:
        return found
    return evolve(found, answer=DIFFERENT, by=found.by or ENUMERATION, regions=(*given, *found.regions))


def countries(sides: Sequence[Side], profile: str) -> tuple[Country, ...]:
    """Which countries witnesses are told of: a deserted island, and where rates are read those of all sizes."""
    names = PEOPLED if companions_read(sides, profile) else (DESERTED,)
    return tuple(country for country in map(by_iso3, names) if country is not None)


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
                    known = [set(one.point.known) for one in witnesses]
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
            without = [set(one.point.known) for one in found]
            point = question.disagreement(aspect, pair, stated=stated, without=without, fewest=True)
            if point is None:
                break
            found.append(Witness(_mildest(self.old, self.new, self.profile, point, aspect, pair), stated))
            if not point.known:
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
    choices = {name: _choices(name, sides, profile, point.country) for name in point.known}
    if prod(map(len, choices.values())) <= MOST_SMALLER:
        whole = (evolve(point, known=milder) for milder in _by_mildness(choices))
        return next((candidate for candidate in whole if tells(candidate)), point)
    for name, choice in choices.items():
        # Too many to try together: each in turn as mild as the others leave it.
        single = (evolve(point, known={**point.known, name: interval}) for interval in choice)
        point = next((candidate for candidate in single if tells(candidate)), point)
    return point


def _choices(name: str, sides: tuple[Side, Side], profile: str, country: Country) -> tuple[Interval, ...]:
    found = cuts(name, sides, profile, country.population)
    return intervals(sides[0].method.codebook[name], found)


def _by_mildness(choices: Mapping[str, Sequence[Interval]]) -> Iterator[dict[str, Interval]]:
    """Every choice of one interval for each indicator, those with the fewest steps from the best first."""
    names = list(choices)
    steps = product(*(range(len(choices[name])) for name in names))
    for found in sorted(steps, key=lambda found: (sum(found), found)):
        yield {name: choices[name][step] for name, step in zip(names, found, strict=True)}


def _tried(old: Side, new: Side, profile: str, most: int) -> Meaning:
    """Without z3: every input where there are few, else those with little known."""
    sides, found = (old, new), _Trying(most)
    names = read_by(sides, profile)
    places = countries(sides, profile)
    choices = {name: _choices(name, sides, profile, places[0]) for name in names}
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
    return any(len(found) > 1 for found in directions.values())


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
            for known in _by_mildness({name: choices[name] for name in names}):
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
        settled = {(aspect.kind, aspect.facet) for aspect, _, _ in self._found if aspect.end == "established"}
        return tuple(
            Region(key[0], key[1], key[2], tuple(Witness(p, _statable(p)) for p in points), whole and key not in self._more)
            for key, points in sorted(self._found.items(), key=lambda item: _order(item[0]))
            if key[0].end == "established" or (key[0].kind, key[0].facet) not in settled
        )


def _order(key: tuple[Aspect, int, int]) -> tuple[object, ...]:
    aspect, old, new = key
    return (aspect.end, aspect.kind != RATING, aspect.kind, aspect.facet, old, new)


def _statable(point: Point) -> bool:
    return point.prior is None or point.prior.assessed == point.prior.rating


def _given(old: Side, new: Side, profile: str) -> Iterator[Region]:
    """Where one side gives a rating and the other does not: required facts that only one asks for. 0 is given, 1 is not."""
    codebook = new.method.codebook
    country = countries((), profile)[0]
    for pair, one, other in (((0, 1), old, new), ((1, 0), new, old)):
        known = _enough_for(one, other, profile)
        if known is not None:
            values = {name: (codebook[name].lowest, codebook[name].lowest) for name in known}
            best = {
                name: ends if codebook[name].worse == "higher" else (codebook[name].highest, codebook[name].highest)
                for name, ends in values.items()
            }
            yield Region(Aspect(GIVEN), *pair, (Witness(Point(best, None, country), stated=True),), whole=False)


def _enough_for(one: Side, other: Side, profile: str) -> frozenset[str] | None:
    """Indicators that suffice for one side's required groups and miss one of the other's; None where that cannot be."""
    wanted = [group for group in one.rule_set.scale.required if group.profile == profile]
    asked = [set(group.any_of) for group in other.rule_set.scale.required if group.profile == profile]
    found: list[frozenset[str]] = []
    for missed in asked:
        picks = [sorted(set(group.any_of) - missed) for group in wanted]
        if all(picks):
            found.append(frozenset(pick[0] for pick in picks))
    usable = [known for known in found if lacking(other, profile, known) and not lacking(one, profile, known)]
    return min(usable, key=lambda known: (len(known), sorted(known)), default=None)
