"""Why not another rating: every minimal set of facts that would have to differ, and how little each would have to.

The sets are found by dualize-and-advance on a monotone property of sets (audit.dualize), so there is no smaller one and no other;
within a set the nearest values are found by search on each fact's thresholds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import frozen

from ratingengine.audit.course import Course, with_moves
from ratingengine.audit.dualize import TooMany, bits, bounded, dualize
from ratingengine.audit.facts import Facts, Move
from ratingengine.chain import publish

MOST_SETS = 2_000
MOST_STEPS = 40
"""Where a set can be moved in several ways, so many steps are weighed against each other; with more, one way is given."""

Positions = Mapping[int, int]


@frozen
class Change:
    """A minimal set of moves, the assessed severity that it gives, and the one that would be published."""

    moves: tuple[Move, ...]
    reached: int
    published: int | None

    @property
    def rank(self) -> tuple[int, int, list[tuple[str, int]]]:
        """Smaller sets first, then those that move less."""
        moves = self.moves
        return len(moves), sum(move.crossed for move in moves), [(move.indicator, move.wanted) for move in moves]


@frozen
class WhyNot:
    """The minimal sets of moves that give the severity asked for, or one beyond it unless `exactly`.

    `alone` are the facts that suffice by themselves; `never` those that no minimal set contains: changing them does not help,
    alone or with others. `up_to`: sets of more facts are not listed (None: all are). `runs` of the reference engine were needed.
    `one_way`: some set can be moved in further ways that are as near.
    `non_monotone`: a rule points in the better direction, so that smaller or other sets are not excluded.
    """

    severity: int
    wanted: int
    worse: bool
    exactly: bool
    changes: tuple[Change, ...]
    alone: tuple[str, ...]
    never: tuple[str, ...]
    up_to: int | None
    runs: int
    one_way: bool
    non_monotone: bool


def why_not(facts: Facts, wanted: int, *, exactly: bool = False) -> WhyNot:
    """What would give the severity `wanted`, or one beyond it: better ones when it is better than assessed, else worse ones."""
    severity = facts.outcome(facts.names).rating
    worse = wanted > severity
    course = Course(facts, wanted - 1 if worse else wanted, worse=worse)
    sets, up_to = _sets(course) if wanted != severity else ((), None)
    ways = [nearest(course, found) for found in sets]
    changes = [_change(facts, course, positions) for way in ways for positions in way.positions]
    if exactly:
        changes = [change for change in changes if change.reached == wanted]
    names = [ladder.name for ladder in course.ladders]
    used = {names[number] for found in sets for number in bits(found)}
    read = facts.method.compiled.reads[facts.profile] if worse else facts.names
    return WhyNot(
        severity=severity,
        wanted=wanted,
        worse=worse,
        exactly=exactly,
        changes=tuple(sorted(changes, key=lambda change: change.rank)),
        alone=tuple(sorted({change.moves[0].indicator for change in changes if len(change.moves) == 1})),
        never=tuple(name for name in read if name not in used) if up_to is None else (),
        up_to=up_to,
        runs=course.runs,
        one_way=not all(way.whole for way in ways),
        non_monotone=course.slice.mirrored,
    )


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
        return Ways((_greedy(course, least, top),), whole=False)
    steps = [(number, step) for number in top for step in range(least[number] + 1, top[number] + 1)]

    def positions_of(members: int) -> Positions:
        return climbed(least, (steps[member] for member in bits(members)))

    try:
        supports = dualize(len(steps), lambda members: course.beyond(positions_of(members)) == course.worse, MOST_SETS).supports
    except TooMany:
        return Ways((_greedy(course, least, top),), whole=False)
    return Ways(tuple(positions_of(support) for support in supports), whole=True)


def climbed(least: Positions, steps: Iterable[tuple[int, int]]) -> Positions:
    """Positions after these steps (ladder, rung), lowest first; a step counts only where the one before it is taken."""
    positions = dict(least)
    for number, step in steps:
        if step == positions.get(number, 0) + 1:
            positions[number] = step
    return positions


def _least(course: Course, top: Positions, number: int) -> int:
    """The fewest rungs of one ladder that suffice when the others are climbed to their ends."""
    low, high = 1, top[number]
    while low < high:
        middle = (low + high) // 2
        if course.beyond({**top, number: middle}) == course.worse:
            high = middle
        else:
            low = middle + 1
    return low


def _greedy(course: Course, least: Positions, top: Positions) -> Positions:
    """One way that cannot be shortened: each ladder in turn goes back as far as the others allow."""
    positions = dict(top)
    for number in top:
        positions[number] = max(least[number], _least(course, positions, number))
    return positions


def _change(facts: Facts, course: Course, positions: Positions) -> Change:
    moves = course.moves(positions)
    moved = with_moves(facts, moves)
    outcome = moved.engine.explain(moved.established)[1]
    return Change(moves, outcome.rating, publish(outcome.rating, moved.prior, outcome.gate, facts.method.scale.free).rating)
