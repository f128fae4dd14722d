from __future__ import annotations

import json
from contextlib import suppress
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ratingengine.errors import Place
from ratingengine.files.plain import NotPlain, read, written
from ratingengine.model.program import Support, Target, Test

SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.text(), st.dates(), st.decimals(allow_nan=False), st.fractions(),
    st.builds(Target, st.text(), st.text(), st.integers()), st.builds(Place, st.text(), st.integers(), st.integers()),
)  # fmt: skip
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner), st.lists(inner).map(tuple), st.frozensets(SCALARS), st.sets(SCALARS), st.dictionaries(SCALARS, inner)
    ),
    max_leaves=8,
)


def same(one: Any, other: Any) -> bool:
    """Equal also in kind: True is not 1, a list no tuple."""
    return repr(one) == repr(other) if not isinstance(one, (set, frozenset)) else one == other


@given(VALUES)
def test_what_is_written_is_read_again(value: Any) -> None:
    found = read(written(value))
    assert found == value
    assert type(found) is type(value)


def test_kinds_stay_apart_and_equal_parts_are_one() -> None:
    test = Test("variable", 1, 2)
    value = (
        True,
        1,
        "1",
        [test],
        {test: Support("indicator", "a", "at_least", "2")},
        date(2001, 2, 3),
        Decimal("1.50"),
        Fraction(1, 3),
    )
    found = read(written(value))
    assert same(found, value)
    assert found[3][0] is next(iter(found[4]))


@pytest.mark.parametrize("value", [print, object(), 1.5, b"raw", Target])
def test_what_is_no_value_of_the_model_is_not_written(value: object) -> None:
    with pytest.raises((NotPlain, AttributeError)):
        written(value)


@pytest.mark.parametrize(
    "name",
    ["os:system", "subprocess:Popen", "ratingengine.files.whole:Beside", "ratingengine.model.program:date", "builtins:eval", "x"],
)
def test_no_name_but_of_a_class_of_the_model_is_looked_up(name: str) -> None:
    with pytest.raises(NotPlain):
        read(json.dumps([[name], ["touch ran", [8, 0]]]).encode())


@given(st.recursive(st.one_of(st.none(), st.integers(-2, 12), st.text(max_size=3)), st.lists, max_leaves=8))
def test_no_other_json_gives_more_than_an_error(content: Any) -> None:
    with suppress(Exception):  # any will do: the cache takes each for an entry that is not there
        read(json.dumps(content).encode())
