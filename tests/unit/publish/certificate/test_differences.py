"""Where two answers differ."""

from __future__ import annotations

from typing import Any

import pytest

from ratingengine.publish.certificate.differences import differences


@pytest.mark.parametrize(
    ("certified", "derived", "said"),
    [
        ({"a": 1}, {"a": 1.0}, []),
        ({"a": 1}, {"a": True}, ["a: certificate 1, derived true"]),
        (
            {"a": {"b": [1, 2]}},
            {"a": {"b": [1, 3, 4]}},
            ["a.b[1]: certificate 2, derived 3", "a.b[2]: certificate absent, derived 4"],
        ),
        ({"a": [1, "x\ny"]}, {"a": [1]}, ["a[1]: certificate x y, derived absent"]),
        ({"a": None}, {"b": {"c": "d"}}, ['b: certificate absent, derived {"c":"d"}', "a: certificate nothing, derived absent"]),
        ({"a": [1]}, {"a": {"b": 1}}, ['a: certificate [1], derived {"b":1}']),
        ({"a": "x" * 90}, {"a": 1}, [f"a: certificate {'x' * 79}…, derived 1"]),
    ],
)
def test_every_leaf_that_differs_is_told(certified: Any, derived: Any, said: list[str]) -> None:
    assert [str(found) for found in differences(certified, derived)] == said
