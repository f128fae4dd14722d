from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ratingengine.audit.dualize import TooMany, dualize

MEMBERS = range(6)
FAMILIES = st.lists(st.frozensets(st.integers(0, 5), max_size=4), max_size=8)
SUBSETS = [frozenset(chosen) for size in range(7) for chosen in combinations(MEMBERS, size)]


def minimal(sets: list[frozenset[int]]) -> set[frozenset[int]]:
    return {found for found in sets if not any(other < found for other in sets)}


@given(FAMILIES)
def test_supports_are_exactly_the_minimal_sets_that_hold(family: list[frozenset[int]]) -> None:
    def holds(found: frozenset[int]) -> bool:
        return any(member <= found for member in family)

    assert set(dualize(MEMBERS, holds).supports) == minimal([found for found in SUBSETS if holds(found)])


@given(FAMILIES)
def test_blocks_are_exactly_the_minimal_sets_whose_absence_fails(family: list[frozenset[int]]) -> None:
    def holds(found: frozenset[int]) -> bool:
        return any(member <= found for member in family)

    everything = frozenset(MEMBERS)
    assert set(dualize(MEMBERS, holds).blocks) == minimal([found for found in SUBSETS if not holds(everything - found)])


def test_two_ways_of_two_members() -> None:
    found = dualize(range(4), lambda s: {0, 1} <= s or {2, 3} <= s)
    assert found.supports == (frozenset({0, 1}), frozenset({2, 3}))
    assert found.blocks == (frozenset({0, 2}), frozenset({0, 3}), frozenset({1, 2}), frozenset({1, 3}))


def test_a_property_of_every_set_needs_nothing_and_cannot_be_blocked() -> None:
    found = dualize(range(3), lambda _: True)
    assert (found.supports, found.blocks) == ((frozenset(),), ())


def test_a_property_of_no_set_has_no_support_and_is_blocked_by_nothing() -> None:
    found = dualize(range(3), lambda _: False)
    assert (found.supports, found.blocks) == ((), (frozenset(),))


def test_more_sets_than_the_limit_are_refused() -> None:
    with pytest.raises(TooMany):
        dualize(range(10), lambda s: len(s) >= 5, most=50)
