"""Canonical JSON as RFC 8785 has it, and a reader that takes JSON and nothing else."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ratingengine.files.canonical_json import canonical, read_json
from ratingengine.files.nodes import Mapping, Scalar

LETTERS = st.text(st.characters(codec="utf-8"), max_size=8)
NUMBERS = st.one_of(st.integers(-(2**53) + 1, 2**53 - 1), st.floats(-1e15, 1e15))
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), NUMBERS, LETTERS),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(LETTERS, inner, max_size=4)),
    max_leaves=12,
)


def refused(text: str | bytes) -> str:
    raw = text.encode() if isinstance(text, str) else text
    _, value, problems = read_json(raw, "x.json")
    assert value is None
    assert len(problems) == 1, problems
    found = problems[0]
    assert found.place is not None
    return f"{found.place.line}:{found.place.column} {found.code} {found.message}"


def test_the_example_of_the_standard() -> None:
    value = {
        "numbers": [333333333.33333329, 1e21, 4.50, 2e-3, 1e-27],
        "string": '€$\x0f\nA\'B"\\\\"/',
        "literals": [None, True, False],
    }
    wanted = '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+21,4.5,0.002,1e-27],'
    assert canonical(value).decode() == wanted + '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'


@pytest.mark.parametrize("value", [math.nan, math.inf, 2**53, "\ud800", {"\ud800": 1}, {1: 2}, {"a": {1, 2}}])
def test_what_has_no_canonical_form_is_refused(value: Any) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # several kinds, all below ValueError
        canonical(value)


@given(VALUES)
def test_what_is_written_is_read_again(value: Any) -> None:
    raw = canonical(value)
    document, found, problems = read_json(raw, "x.json")
    assert problems == ()
    assert canonical(found) == raw
    assert document.root is not None


@given(VALUES, st.sampled_from([None, 1, "\t"]))
def test_json_in_any_layout_is_read_as_the_standard_library_reads_it(value: Any, indent: Any) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=indent is None)
    _, found, problems = read_json(f" {text}\r\n".encode(), "x.json")
    assert problems == ()
    assert canonical(found) == canonical(json.loads(text))


@given(VALUES, st.data())
def test_a_damaged_text_is_read_as_the_standard_library_reads_it_or_refused(value: Any, data: st.DataObject) -> None:
    text = json.dumps(value, ensure_ascii=data.draw(st.booleans()))
    at = data.draw(st.integers(0, len(text)))
    text = (
        text[:at] + data.draw(st.sampled_from([*'{}[]",:\\-+.eE0 1tfnu\x00\n', ""])) + text[at + data.draw(st.integers(0, 2)) :]
    )
    _, found, problems = read_json(text.encode("utf-8", "replace"), "x.json")
    if not problems:
        assert canonical(found) == canonical(json.loads(text))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "1:1 F122 not valid JSON: expected a value, found the end of the file"),
        ('{"a": 1,}', "1:9 F122 not valid JSON: expected a key, found '}'"),
        ('{"a": 1\n "b": 2}', "2:2 F122 not valid JSON: expected ',' or '}', found '\"b\"'"),
        ("{a: 1}", "1:2 F122 not valid JSON: expected a key or '}', found 'a'"),
        ("[1,]", "1:4 F122 not valid JSON: expected a value, found ']'"),
        ("[01]", "1:2 F122 not valid JSON: expected a value or ']', found '0'"),
        ("[1.]", "1:2 F122 not valid JSON: expected a value or ']', found '1'"),
        ("[nullx]", "1:2 F122 not valid JSON: expected a value or ']', found 'n'"),
        ("[Infinity]", "1:2 F122 not valid JSON: expected a value or ']', found 'I'"),
        ('["\x07"]', "1:2 F122 not valid JSON: expected a value or ']', found '\"'"),
        ("[] x", "1:4 F122 not valid JSON: expected the end of the file, found 'x'"),
        ("\ufeff[]", "1:1 F122 not valid JSON: expected a value, found U+FEFF"),
        ('["\\ud800"]', "1:2 F122 half of a surrogate pair is no letter"),
        ('[\n{"a": 1, "a": 1}]', "2:10 F112 key 'a' stands twice"),
        ("[9007199254740992]", "1:2 F116 number too large: 9007199254740992"),
        ("[1e999]", "1:2 F116 number too large: 1e999"),
        ("[" + "9" * 5000 + "]", "1:2 F116 number too large: " + "9" * 30),
        ("[" * 100_000, "1:33 F109 nested deeper than 32 levels"),
        (b'["\xff"]', "1:3 F103 not UTF-8 text: byte 0xff"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(text: str | bytes, said: str) -> None:
    assert refused(text) == said


def test_a_file_of_too_many_values_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ratingengine.files.canonical_json.MOST_VALUES", 4)
    assert refused("[1,2,3,4,5]") == "1:8 F102 more than 4 values"


def test_nodes_have_places_and_tell_texts_from_numbers() -> None:
    document, value, _ = read_json(b'{"a": "1",\n "b": 1}', "x.json")
    assert value == {"a": "1", "b": 1}
    assert isinstance(document.root, Mapping)
    (_, one), (_, other) = document.root.entries
    assert isinstance(one, Scalar)
    assert isinstance(other, Scalar)
    assert (one.quoted, other.quoted) == (True, False)
    assert (other.place.line, other.place.column) == (2, 7)
