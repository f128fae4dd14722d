"""All minimal supports and all minimal blocks of a monotone property of sets.

A support is a minimal set for which the property holds; a block a minimal set that meets every support, so that without its
members the property fails. Found together by dualize-and-advance: the hitting sets of the supports known so far are tried, and
each that does not block shows a further support. Source: D. Gunopulos et al., ACM TODS 28 (2003) 140-174.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from attrs import frozen

Holds = Callable[[frozenset[int]], bool]


class TooMany(Exception):
    """More supports or blocks than the limit; what was found is not all."""


@frozen
class Dual:
    """All minimal supports and all minimal blocks, each sorted by size, then by members."""

    supports: tuple[frozenset[int], ...]
    blocks: tuple[frozenset[int], ...]


def dualize(members: Iterable[int], holds: Holds, most: int = 20_000) -> Dual:
    """Enumerate both sides. `holds` must be monotone: true for a set, true for every larger one.

    A property that no set has gives no support and the empty block; one that the empty set has, the empty support and no block.
    Raises TooMany beyond `most` of either.
    """
    everything = frozenset(members)
    supports: list[frozenset[int]] = []
    blocks: list[frozenset[int]] = [frozenset()]
    proved: set[frozenset[int]] = set()
    while True:
        untried = next((block for block in blocks if block not in proved), None)
        if untried is None:
            return Dual(_ordered(supports), _ordered(blocks))
        if not holds(everything - untried):
            proved.add(untried)
            continue
        found = shrink(everything - untried, holds)
        supports.append(found)
        blocks = meet(blocks, found)
        proved &= set(blocks)
        if max(len(supports), len(blocks)) > most:
            raise TooMany


def shrink(members: frozenset[int], holds: Holds) -> frozenset[int]:
    """A minimal part for which the property still holds: each member is dropped where it can be."""
    kept = members
    for member in sorted(members):
        smaller = kept - {member}
        if holds(smaller):
            kept = smaller
    return kept


def meet(blocks: list[frozenset[int]], support: frozenset[int]) -> list[frozenset[int]]:
    """The minimal sets that meet what the blocks met, and the new support too (Berge's step)."""
    meeting = [block for block in blocks if block & support]
    missing = [block for block in blocks if not block & support]
    grown = {block | {member} for block in missing for member in support}
    fresh = [block for block in grown if not any(other <= block for other in meeting)]
    return meeting + [block for block in fresh if not any(other < block for other in fresh)]


def _ordered(sets: Iterable[frozenset[int]]) -> tuple[frozenset[int], ...]:
    return tuple(sorted(sets, key=lambda found: (len(found), sorted(found))))
