"""Why not another rating: every minimal set of facts that would have to differ, and how little each would have to.

The sets are found by dualize-and-advance on a monotone property of sets: none is smaller, and there is no other;
within a set the nearest values are found by search on each fact's thresholds. `mixed` finds what more facts give together.
"""

from __future__ import annotations

from fractions import Fraction

from attrs import frozen

from ratingengine.engine.chain import publish
from ratingengine.explain.climbing import MOST_SETS, Positions, nearest
from ratingengine.explain.course import Course, with_moves
from ratingengine.explain.dualize import TooMany, bits, bounded, dualize
from ratingengine.explain.facts import Facts, Move


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


def change_of(facts: Facts, course: Course, positions: Positions) -> Change:
    """What a position gives."""
    moves = course.moves(positions)
    moved = with_moves(facts, moves)
    outcome = moved.engine.explain(moved.established)[1]
    return Change(moves, outcome.rating, publish(outcome.rating, moved.prior, outcome.gate, facts.method.scale.free).rating)
