"""All minimal supports and all minimal blocks of a monotone property of sets.

A support is a minimal set for which the property holds; a block a minimal set that meets every support, so that without its
members the property fails. Found together by dualize-and-advance: the hitting sets of the supports known so far are tried, and
each that does not block shows a further support. Source: D. Gunopulos et al., ACM TODS 28 (2003) 140-174.
Sets are bit masks: member n is the bit 1 << n.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from attrs import frozen

Holds = Callable[[int], bool]


MOST_WORK = 2_000_000
"""So many comparisons of sets are made in one search, about a second's worth; then it is cut as if there were too many sets."""


class TooMany(Exception):
    """More supports or blocks than the limit, or too long a search; what was found is not all."""


class Budget:
    """Counts the comparisons of one search."""

    def __init__(self, left: int = MOST_WORK) -> None:
        self.left = left

    def spend(self, work: int) -> None:
        """Note work about to be done; raises TooMany when none is left."""
        self.left -= work
        if self.left < 0:
            raise TooMany


@frozen
class Dual:
    """All minimal supports and all minimal blocks, each sorted by size, then by members."""

    supports: tuple[int, ...]
    blocks: tuple[int, ...]


def bits(members: int) -> tuple[int, ...]:
    """The numbers of the members of a set, ascending."""
    return tuple(number for number in range(members.bit_length()) if members >> number & 1)


def dualize(count: int, holds: Holds, most: int = 20_000) -> Dual:
    """Enumerate both sides for `count` members. `holds` must be monotone: true for a set, true for every larger one.

    A property that no set has gives no support and the empty block; one that the empty set has, the empty support and no block.
    Raises TooMany beyond `most` of either.
    """
    everything = (1 << count) - 1
    supports: list[int] = []
    blocks = [0]
    budget = Budget()
    proved: set[int] = set()
    while True:
        untried = next((block for block in blocks if block not in proved), None)
        if untried is None:
            return Dual(ordered(supports), ordered(blocks))
        if not holds(everything & ~untried):
            proved.add(untried)
            continue
        found = shrink(everything & ~untried, holds)
        supports.append(found)
        blocks = meet(blocks, found, budget)
        if max(len(supports), len(blocks)) > most:
            raise TooMany


def shrink(members: int, holds: Holds) -> int:
    """A minimal part for which the property still holds: each member is dropped where it can be."""
    kept = members
    for number in bits(members):
        smaller = kept & ~(1 << number)
        if holds(smaller):
            kept = smaller
    return kept


def meet(blocks: list[int], support: int, budget: Budget) -> list[int]:
    """The minimal sets that meet what the blocks met, and the new support too (Berge's step). Raises TooMany."""
    meeting = [block for block in blocks if block & support]
    members = [1 << number for number in bits(support)]
    # A grown set can only contain a meeting one that meets the support in the very member it grew by.
    by_member = {member: [other for other in meeting if other & support == member] for member in members}
    missing = len(blocks) - len(meeting)
    budget.spend(len(blocks) + missing * sum(1 + len(others) for others in by_member.values()))
    grown = dict.fromkeys(
        block | member
        for block in blocks
        if not block & support
        for member in members
        if not any(other & ~(block | member) == 0 for other in by_member[member])
    )
    return meeting + list(grown)


def bounded(count: int, reaches: Holds, most: int) -> tuple[tuple[int, ...], int]:
    """All minimal sets that reach the goal up to the largest size at which there are no more than `most`, and that size.

    A set that fails is grown until one more member would reach; what it then lacks must be met by every set that reaches, so the
    candidates of each size are the sets that meet all that was learnt so far.
    """
    size = 0
    found: tuple[int, ...] = ()
    to_meet: list[int] = []
    budget = Budget()
    while size < count:
        try:
            found = _up_to(count, reaches, size + 1, to_meet, most, budget)
        except TooMany:
            break
        size += 1
    return found, size


def smallest(count: int, reaches: Holds, most: int) -> tuple[tuple[int, ...], int]:
    """All minimal sets of the smallest size that reach the goal, and that size; none and the number of members where no set does.

    Where the search would keep more than `most` candidates: none, and the size below which there is none.
    """
    to_meet: list[int] = []
    budget = Budget()
    for size in range(count + 1):
        try:
            found = _up_to(count, reaches, size, to_meet, most, budget)
        except TooMany:
            return (), size
        if found:
            return found, size
    return (), count


def _up_to(count: int, reaches: Holds, size: int, to_meet: list[int], most: int, budget: Budget) -> tuple[int, ...]:
    """All minimal sets of at most that size; what failing sets lack is added to `to_meet`, for the next size to start from."""
    everything = (1 << count) - 1
    candidates = [0]
    for lack in to_meet:
        candidates = _narrowed(candidates, lack, size, most, budget)
    proved: set[int] = set()
    while True:
        untried = next((candidate for candidate in candidates if candidate not in proved), None)
        if untried is None:
            return ordered(candidates)
        if reaches(untried):
            proved.add(untried)
            continue
        lack = everything & ~grow(untried, everything, reaches)
        to_meet.append(lack)
        candidates = _narrowed(candidates, lack, size, most, budget)


def _narrowed(candidates: list[int], lack: int, size: int, most: int, budget: Budget) -> list[int]:
    kept = [found for found in meet(candidates, lack, budget) if found.bit_count() <= size]
    if len(kept) > most:
        raise TooMany
    return kept


def grow(members: int, everything: int, reaches: Holds) -> int:
    """A maximal set around these members that does not reach the goal."""
    kept = members
    for number in bits(everything & ~members):
        larger = kept | 1 << number
        if not reaches(larger):
            kept = larger
    return kept


def ordered(sets: Iterable[int]) -> tuple[int, ...]:
    """Sets by size, then by members."""
    return tuple(sorted(sets, key=lambda found: (found.bit_count(), bits(found))))
