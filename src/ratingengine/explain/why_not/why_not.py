"""Why not another rating: every minimal set of facts that would have to differ, and how little each would have to.

The sets are found by dualize-and-advance on a monotone property of sets (audit.dualize), so there is no smaller one and no other;
within a set the nearest values are found by search on each fact's thresholds. audit.mixed finds what more facts give together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from attrs import frozen

from ratingengine.engine.chain import publish
from ratingengine.explain.course import Course, with_moves
from ratingengine.explain.dualize import TooMany, bits, bounded, dualize
from ratingengine.explain.facts import Facts, Move

MOST_SETS = 2_000
MOST_STEPS = 40
"""Where a set can be moved in several ways, so many steps are weighed against each other; with more, one way is given."""

Positions = Mapping[int, int]


@frozen
class Change:
    """A set of moves, none of which can be shorter; the assessed severity that it gives, and the one that would be published."""

    moves: tuple[Move, ...]
    reached: int
    published: int | None

    @property
    def rank(self) -> tuple[int, Fraction, list[tuple[str, int]]]:
        """Fewer facts first, then the lesser sum of distances."""
        return len(self.moves), self.distance, [(move.indicator, move.wanted) for move in self.moves]

    @property
    def distance(self) -> Fraction:
        """How far the facts move, all together."""
        return sum((move.distance for move in self.moves), Fraction(0))


@frozen
class WhyNot:
    """The minimal sets of moves that give the severity asked for, or one beyond it unless `exactly`.

    `sets` are the facts of each, by name,
    whatever they give. `alone` are the facts that suffice by themselves. `up_to`: sets of more facts are not listed (None: all
    are). `runs` of the reference engine were needed.
    `one_way`: some set can be moved in further ways that are as near.
    `non_monotone`: a rule points in the better direction, so that smaller or other sets are not excluded.
    """

    severity: int
    wanted: int
    worse: bool
    exactly: bool
    changes: tuple[Change, ...]
    sets: tuple[frozenset[str], ...]
    alone: tuple[str, ...]
    up_to: int | None
    runs: int
    one_way: bool
    non_monotone: bool


def why_not(facts: Facts, wanted: int, *, exactly: bool = False) -> WhyNot:
    """What would give the severity `wanted`, or one beyond it: better ones when it is better than assessed, else worse ones."""
    severity = facts.outcome(facts.names).rating
    course = course_to(facts, wanted, severity)
    sets, up_to = _sets(course) if wanted != severity else ((), None)
    ways = [nearest(course, found) for found in sets]
    changes = [change_of(facts, course, positions) for way in ways for positions in way.positions]
    if exactly:
        changes = [change for change in changes if change.reached == wanted]
    return WhyNot(
        severity=severity,
        wanted=wanted,
        worse=course.worse,
        exactly=exactly,
        changes=tuple(sorted(changes, key=lambda change: change.rank)),
        sets=tuple(frozenset(course.ladders[number].name for number in bits(found)) for found in sets),
        alone=tuple(sorted({change.moves[0].indicator for change in changes if len(change.moves) == 1})),
        up_to=up_to,
        runs=course.runs,
        one_way=not all(way.whole for way in ways),
        non_monotone=course.slice.mirrored,
    )


def course_to(facts: Facts, wanted: int, severity: int) -> Course:
    """The way from the severity that is assessed to the one that is asked for."""
    worse = wanted > severity
    return Course(facts, wanted - 1 if worse else wanted, worse=worse)


def _sets(course: Course) -> tuple[tuple[int, ...], int | None]:
    """All minimal sets of ladders that reach the goal; where they are too many, all up to a size."""
    count = len(course.ladders)
    everything = (1 << count) - 1

    def reaches(members: int) -> bool:
        return course.beyond_at_top(members) == course.worse

    try:
        if course.worse:
            return dualize(count, reaches, MOST_SETS).supports, None
        return dualize(count, lambda kept: not reaches(everything & ~kept), MOST_SETS).blocks, None
    except TooMany:
        found, size = bounded(count, reaches, MOST_SETS)
        return found, None if size == count else size


@frozen
class Ways:
    """The ways to move one set of facts, and whether they are all."""

    positions: tuple[Positions, ...]
    whole: bool


def nearest(course: Course, found: int) -> Ways:
    """The ways to move exactly these facts that suffice, none of which moves every fact at least as far as another."""
    top = {number: course.top[number] for number in bits(found)}
    least = {number: _least(course, top, number) for number in top}
    if course.beyond(least) == course.worse:
        return Ways((least,), whole=True)
    # Several ways: each further step of a ladder is a member, which counts only when the steps before it are taken too.
    if sum(top[number] - least[number] for number in top) > MOST_STEPS:
        return Ways((balanced(course, top),), whole=False)
    steps = [(number, step) for number in top for step in range(least[number] + 1, top[number] + 1)]

    def positions_of(members: int) -> Positions:
        return climbed(least, (steps[member] for member in bits(members)))

    try:
        supports = dualize(len(steps), lambda members: course.beyond(positions_of(members)) == course.worse, MOST_SETS).supports
    except TooMany:
        return Ways((balanced(course, top),), whole=False)
    return Ways(tuple(positions_of(support) for support in supports), whole=True)


def climbed(least: Positions, steps: Iterable[tuple[int, int]]) -> Positions:
    """Positions after these steps (ladder, rung), lowest first; a step counts only where the one before it is taken."""
    positions = dict(least)
    for number, step in steps:
        if step == positions.get(number, 0) + 1:
            positions[number] = step
    return positions


FINEST = 1 << 20
"""Distances are balanced to this part of a range."""


def balanced(course: Course, members: Iterable[int]) -> Positions:
    """A way to move these facts in which the greatest distance is the least that will do, and none can then be shorter.

    Of facts that can go back altogether nothing is left. `members` climbed to their ends must reach the goal.
    """
    numbers = tuple(members)

    def apart(part: int) -> Positions:
        return {number: max(1, course.within(number, Fraction(part, FINEST))) for number in numbers}

    low, high = 0, FINEST
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if course.beyond(apart(middle)) == course.worse else (middle + 1, high)
    return shortened(course, apart(low), numbers)


def shortened(course: Course, positions: Positions, order: Iterable[int]) -> Positions:
    """The same with each fact in turn gone back as far as the others allow, to where it stands if need be."""
    left = dict(positions)
    for number in order:
        without = {other: position for other, position in left.items() if other != number}
        if course.beyond(without) == course.worse:
            left = without
        else:
            left[number] = _least(course, left, number)
    return left


def _least(course: Course, top: Positions, number: int) -> int:
    """The fewest rungs of one ladder that suffice when the others stay where they are."""
    low, high = 1, top[number]
    while low < high:
        middle = (low + high) // 2
        if course.beyond({**top, number: middle}) == course.worse:
            high = middle
        else:
            low = middle + 1
    return low


def change_of(facts: Facts, course: Course, positions: Positions) -> Change:
    """What a position gives."""
    moves = course.moves(positions)
    moved = with_moves(facts, moves)
    outcome = moved.engine.explain(moved.established)[1]
    return Change(moves, outcome.rating, publish(outcome.rating, moved.prior, outcome.gate, facts.method.scale.free).rating)
