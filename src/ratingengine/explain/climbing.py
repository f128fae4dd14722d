"""How far the facts of a set have to be moved: the ways that suffice, none of which goes further than another in every fact."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from attrs import frozen

from ratingengine.explain.course import Course
from ratingengine.explain.dualize import TooMany, bits, dualize

MOST_SETS = 2_000


MOST_STEPS = 40
"""Where a set can be moved in several ways, so many steps are weighed against each other; with more, one way is given."""


Positions = Mapping[int, int]


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
