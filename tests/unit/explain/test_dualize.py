from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ratingengine.explain.dualize import TooMany, bits, bounded, dualize, ordered

COUNT = 6
EVERYTHING = (1 << COUNT) - 1
FAMILIES = st.lists(st.integers(0, EVERYTHING).filter(lambda members: members.bit_count() <= 4), max_size=8)


def minimal(sets: list[int]) -> set[int]:
    return {found for found in sets if not any(other != found and other & ~found == 0 for other in sets)}


def holds_for(family: list[int]) -> list[int]:
    return [members for members in range(1 << COUNT) if any(one & ~members == 0 for one in family)]


@given(FAMILIES)
def test_supports_are_exactly_the_minimal_sets_that_hold(family: list[int]) -> None:
    holding = set(holds_for(family))
    assert set(dualize(COUNT, holding.__contains__).supports) == minimal(list(holding))


@given(FAMILIES)
def test_blocks_are_exactly_the_minimal_sets_whose_absence_fails(family: list[int]) -> None:
    holding = set(holds_for(family))
    blocking = [members for members in range(1 << COUNT) if EVERYTHING & ~members not in holding]
    assert set(dualize(COUNT, holding.__contains__).blocks) == minimal(blocking)


@given(FAMILIES, st.integers(1, 30))
def test_bounded_gives_all_minimal_sets_up_to_its_size(family: list[int], most: int) -> None:
    holding = set(holds_for(family))
    found, size = bounded(COUNT, holding.__contains__, most)
    assert set(found) == {members for members in minimal(list(holding)) if members.bit_count() <= size}


@given(FAMILIES)
def test_bounded_without_a_bound_gives_all(family: list[int]) -> None:
    holding = set(holds_for(family))
    assert bounded(COUNT, holding.__contains__, 10_000) == (dualize(COUNT, holding.__contains__).supports, COUNT)


def test_two_ways_of_two_members() -> None:
    found = dualize(4, lambda s: s & 0b0011 == 0b0011 or s & 0b1100 == 0b1100)
    assert found.supports == (0b0011, 0b1100)
    assert found.blocks == (0b0101, 0b1001, 0b0110, 0b1010)


def test_a_property_of_every_set_needs_nothing_and_cannot_be_blocked() -> None:
    found = dualize(3, lambda _: True)
    assert (found.supports, found.blocks) == ((0,), ())


def test_a_property_of_no_set_has_no_support_and_is_blocked_by_nothing() -> None:
    found = dualize(3, lambda _: False)
    assert (found.supports, found.blocks) == ((), (0,))


def test_more_sets_than_the_limit_are_refused() -> None:
    with pytest.raises(TooMany):
        dualize(10, lambda s: s.bit_count() >= 5, most=50)


def test_sets_are_ordered_by_size_then_by_members() -> None:
    assert ordered([0b110, 0b1, 0b101, 0b10]) == (0b1, 0b10, 0b101, 0b110)
    assert bits(0b1101) == (0, 2, 3)
