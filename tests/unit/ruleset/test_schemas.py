"""The published schemas and the readers agree: what a reader takes, an editor with the schema takes too."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from support.bad_files import BAD, FRAME, kept, name_of

from ratingengine.files.collect import Collector
from ratingengine.files.nodes import Node, Scalar, Sequence, parse
from ratingengine.ruleset.schemas import SHAPES, schema_of

ROOT = Path(__file__).parents[3]
WORDS = {"true": True, "True": True, "TRUE": True, "yes": True, "on": True}
WORDS |= {"false": False, "False": False, "FALSE": False, "no": False, "off": False}
INTEGER, DECIMAL = re.compile(r"[-+]?[0-9]+"), re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")


def plain(node: Node) -> Any:
    """What an editor makes of the text: numbers, booleans and nothing for what looks like them, else text."""
    if isinstance(node, Scalar):
        return node.text if node.quoted else _typed(node.text)
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {key.text: plain(value) for key, value in node.entries}


def _typed(text: str) -> Any:
    if text in ("", "~", "null", "Null", "NULL"):
        return None
    if text in WORDS:
        return WORDS[text]
    if INTEGER.fullmatch(text):
        return int(text)
    return float(text) if DECIMAL.fullmatch(text) else text


@cache
def validator(kind: str) -> Draft202012Validator:
    return Draft202012Validator(schema_of(kind))


def taken_by_reader(kind: str, node: Node, text: str) -> bool:
    document, _ = parse(text.encode(), "f.yaml")
    collector = Collector(document)
    SHAPES[kind][0].read(node, collector)
    return not collector.problems


def good_files() -> Iterator[tuple[str, Path]]:
    for root in (ROOT / "rules", ROOT / "indicators", ROOT / "imports", ROOT / "tests/assets", FRAME):
        for path in sorted(root.rglob("*.yaml")):
            head = re.search(r"^schema: ratingengine/(\w+)/1$", path.read_text("utf-8"), re.MULTILINE)
            assert head is not None, path
            yield head.group(1), path


GOOD = list(good_files())
SMALL = [
    (kind, path.read_text("utf-8"))
    for kind, path in GOOD
    if path.is_relative_to(FRAME) or path.is_relative_to(ROOT / "tests/assets")
]


@pytest.mark.parametrize("kind", SHAPES)
def test_a_schema_is_a_schema_and_published_as_it_is(kind: str) -> None:
    Draft202012Validator.check_schema(schema_of(kind))
    assert json.loads((ROOT / f"docs/schemas/{kind}.json").read_text("utf-8")) == schema_of(kind)


def test_there_are_good_files_of_every_kind() -> None:
    assert {kind for kind, _ in GOOD} == set(SHAPES)


@pytest.mark.parametrize(
    ("kind", "path"), GOOD, ids=lambda value: str(value.relative_to(ROOT)) if isinstance(value, Path) else ""
)
def test_a_schema_takes_every_good_file_of_the_project(kind: str, path: Path) -> None:
    document, problems = parse(path.read_bytes(), path.name)
    assert problems == ()
    assert document.root is not None
    assert [error.message for error in validator(kind).iter_errors(plain(document.root))] == []


KIND_OF_FOLDER = {"records": "record", "imports": "import"}
# What a schema cannot say: order and repetition of keys, the calendar, control characters, one of two keys with another.
BEYOND_SCHEMAS = {
    "cases/F112-fact-twice",
    "cases/F118-name-of-a-fact",
    "imports/F115-covers",
    "records/F112-duplicate-key",
    "records/F113-key-order",
    "records/F114-neither-observations-nor-searches",
    "records/F115-no-such-day",
    "records/F115-year-out-of-calendar",
    "records/F118-control-character",
    "records/F120-about-without-tolerance",
}
OTHERWISE = ("folders", "certificates", "tables", "published", "bulk")
"""Tables have no schema, and the form of certificates is held by tests/docs."""
STRUCTURAL = [
    path
    for path in kept()
    if path.parent.name not in OTHERWISE
    and re.match(r"F11|F12", path.stem)
    and path.stem != "F110-list-as-key"
    and name_of(path) not in BEYOND_SCHEMAS
]


@pytest.mark.parametrize("path", STRUCTURAL, ids=name_of)
def test_a_schema_refuses_what_is_wrong_in_form(path: Path) -> None:
    document, problems = parse(path.read_bytes(), path.name)
    assert problems == ()
    assert document.root is not None
    kind = KIND_OF_FOLDER.get(path.parent.name, path.parent.name)
    assert not validator(kind).is_valid(plain(document.root))


@pytest.mark.parametrize("name", sorted(BEYOND_SCHEMAS))
def test_what_a_schema_cannot_say_is_left_to_the_reader(name: str) -> None:
    path = BAD / f"{name}.yaml"
    document, _ = parse(path.read_bytes(), path.name)
    assert document.root is not None
    kind = KIND_OF_FOLDER.get(path.parent.name, path.parent.name)
    assert validator(kind).is_valid(plain(document.root))


REPLACEMENTS = [
    "x", "X-001", "KAZ", "NO", "NOR", "yes", "no", "true", "~", "null", "''", "'7'", "7", "-7", "0", "1.50", "'1.50'",
    "1e5", ".5", "1e400", ".nan", "999999999999999.999999999", "open", "on", "a.b", "A.B", "half_up", "ratingengine/rules/1",
    "2022-01-05", "'2022-01-05'", "by 2022-01-05", "[]", "[a]", "[1, 2]", "[2022-01-05, 2022-01-06]", "{}", "{a: b}",
    "{at_least: 1}", "{finding: a.b}", "'  padded  '", "'" + "x" * 71 + "'", "'" + "x" * 40 + "   '",
    "https://example.org/a b", "ICCPR  art. 6", "' ICCPR art. 6 '",
]  # fmt: skip
TOKEN = re.compile(r"(?<=[:\[{,-] )[^\s\[\]{},][^,\[\]{}\n]*")


@st.composite
def mutations(draw: st.DrawFn) -> tuple[str, str]:
    """A good file with some of its values replaced, or some of its lines taken out."""
    kind, text = draw(st.sampled_from(SMALL))
    for _ in range(draw(st.integers(1, 3))):
        spans = [match.span() for match in TOKEN.finditer(text)]
        start, end = draw(st.sampled_from(spans))
        text = text[:start] + draw(st.sampled_from(REPLACEMENTS)) + text[end:]
    if draw(st.integers(0, 4)) == 0:
        lines = text.splitlines(keepends=True)
        del lines[draw(st.integers(0, len(lines) - 1))]
        text = "".join(lines)
    return kind, text


@given(mutations())
def test_what_a_reader_takes_its_schema_takes(mutated: tuple[str, str]) -> None:
    kind, text = mutated
    document, _ = parse(text.encode(), "f.yaml")
    if document.root is not None and taken_by_reader(kind, document.root, text):
        assert [error.message for error in validator(kind).iter_errors(plain(document.root))] == []


def test_the_mutations_try_both_what_is_taken_and_what_is_not() -> None:
    taken = set()
    kind, text = SMALL[0]
    for start, end in (match.span() for match in TOKEN.finditer(text)):
        for new in REPLACEMENTS:
            document, _ = parse((text[:start] + new + text[end:]).encode(), "f.yaml")
            if document.root is not None:
                taken.add(taken_by_reader(kind, document.root, text))
    assert taken == {True, False}


def keys_of(schema: Any) -> set[str]:
    """Every key that a schema names, at any depth."""
    if isinstance(schema, list):
        return set().union(*map(keys_of, schema))
    if not isinstance(schema, dict):
        return set()
    return set(schema.get("properties", ())).union(*map(keys_of, schema.values()))


KEYS = sorted(set().union(*(keys_of(schema_of(kind)) for kind in SHAPES)))
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=9), st.sampled_from(REPLACEMENTS))
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=6), max_leaves=30
)


@given(st.sampled_from(sorted(SHAPES)), st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=6))
def test_no_content_whatever_raises_an_exception_in_a_reader(kind: str, content: dict[str, Any]) -> None:
    text = json.dumps(content, ensure_ascii=False)
    document, problems = parse(text.encode("utf-8", "replace"), "f.yaml")
    assert (document.root is None) == bool(problems)
    if document.root is not None:
        taken_by_reader(kind, document.root, text)


def test_the_schema_of_another_kind_is_no_schema() -> None:
    with pytest.raises(KeyError):
        schema_of("ratings")
