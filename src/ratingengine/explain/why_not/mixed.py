"""Moves of more facts than a minimal set has, each of which goes less far: a mean gives way to several, or a lower threshold.

Positions of ladders form a monotone property too, so with few rungs in all every move that cannot be shortened is found by
dualize-and-advance on single steps. With many, sets of facts are tried in order of size, within a bound.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from attrs import frozen

from ratingengine.explain.climbing import Positions, balanced, climbed, shortened
from ratingengine.explain.course import Course
from ratingengine.explain.dualize import TooMany, bits, dualize
from ratingengine.explain.facts import Facts
from ratingengine.explain.why_not.why_not import Change, WhyNot, change_of, course_to

MOST_STEPS = 120
"""So many rungs of all ladders together are searched whole."""
MOST_MOVES = 2_000
MOST_RUNS = 12_000
"""So many runs of the reference engine are spent on sets that are tried one by one."""


@frozen
class Mixed:
    """Further moves, nearest first; none can be shortened, and each moves more facts than some minimal set that it contains.

    `whole`: there are no others. Else one way a set is given, and every set of up to `tried` facts was tried (None: of any size).
    `never`: facts in no move that gives the rating and cannot be shortened, which is proved. `unseen`: in none that was found.
    """

    changes: tuple[Change, ...]
    whole: bool
    tried: int | None
    never: tuple[str, ...]
    unseen: tuple[str, ...]
    runs: int


def mixed(facts: Facts, answer: WhyNot) -> Mixed:
    """What more facts give together than the minimal sets of `answer`."""
    course = course_to(facts, answer.wanted, answer.severity)
    smallest = set(answer.sets)
    ladders = [ladder.name for ladder in course.ladders]
    # A fact that no ladder stands for is on no way: whatever reads it is certain, or excluded, wherever the others stand.
    read = facts.method.compiled.reads[facts.profile] if answer.worse else facts.names
    apart = tuple(name for name in read if name not in ladders)
    if answer.wanted == answer.severity or answer.non_monotone:
        return Mixed((), whole=False, tried=0, never=(), unseen=(), runs=0)
    try:
        moves, whole, tried = _all_moves(course), True, None
    except TooMany:
        search = _Search(course)
        tried = search.by_size()
        search.each_last()
        moves, whole = search.moves, False
    used = {ladders[number] for positions in moves for number in positions} | set().union(*smallest)
    idle = tuple(name for name in ladders if name not in used)
    further = [positions for positions in moves if frozenset(ladders[number] for number in positions) not in smallest]
    changes = [change_of(facts, course, positions) for positions in further]
    if answer.exactly:
        changes = [change for change in changes if change.reached == answer.wanted]
    return Mixed(
        changes=tuple(sorted(changes, key=lambda change: change.rank)),
        whole=whole,
        tried=tried,
        never=(*apart, *idle) if whole else apart,
        unseen=() if whole else idle,
        runs=course.runs,
    )


def _all_moves(course: Course) -> list[Positions]:
    """Every position that reaches the goal and cannot be shortened; raises TooMany."""
    if course.from_none or sum(course.top.values()) > MOST_STEPS:
        raise TooMany
    steps = [(number, step) for number, top in course.top.items() for step in range(1, top + 1)]

    def positions_of(members: int) -> Positions:
        return climbed({}, (steps[member] for member in bits(members)))

    def reaches(members: int) -> bool:
        return course.beyond(positions_of(members)) == course.worse

    return [positions_of(support) for support in dualize(len(steps), reaches, MOST_MOVES).supports]


class _Search:
    """Moves found by trying sets of facts, one a set."""

    def __init__(self, course: Course) -> None:
        self.course = course
        self._found: dict[frozenset[int], Positions] = {}

    @property
    def moves(self) -> list[Positions]:
        """What was found."""
        return list(self._found.values())

    @property
    def _spent(self) -> bool:
        return self.course.runs > MOST_RUNS or len(self._found) > MOST_MOVES

    def by_size(self) -> int | None:
        """Try all sets in order of size; the size up to which none was left out, None for all."""
        numbers = tuple(self.course.top)
        for size in range(1, len(numbers) + 1):
            for members in combinations(numbers, size):
                if self._spent:
                    self._try(numbers)
                    return size - 1
                self._try(members)
        return None

    def each_last(self) -> None:
        """Try to need each fact that no move contains yet: all others go back before it does."""
        numbers = tuple(self.course.top)
        used = {number for members in self._found for number in members}
        for number in numbers:
            others = tuple(other for other in numbers if other != number)
            for order in (others, others[::-1]):
                if number not in used and not self.course.runs > 2 * MOST_RUNS:
                    self._keep(shortened(self.course, self.course.top, (*order, number)))

    def _try(self, members: tuple[int, ...]) -> None:
        top = {number: self.course.top[number] for number in members}
        if self.course.beyond(top) != self.course.worse:
            return
        wanted = frozenset(members)
        for positions in self._ways(members):
            self._keep(positions)
            if wanted in self._found:
                return

    def _ways(self, members: tuple[int, ...]) -> Iterable[Positions]:
        yield balanced(self.course, members)
        top = {number: self.course.top[number] for number in members}
        for last in members:
            yield shortened(self.course, top, (*(number for number in members if number != last), last))

    def _keep(self, positions: Positions) -> None:
        self._found.setdefault(frozenset(positions), positions)
