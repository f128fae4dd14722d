from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ratingengine.errors import Problem
from ratingengine.files.bounded import MOST_BYTES
from ratingengine.files.nodes import MAX_DEPTH, Mapping, Node, Scalar, Sequence, near, parse, read_document


def read(text: str | bytes) -> Node:
    document, problems = parse(text if isinstance(text, bytes) else text.encode(), "f.yaml")
    assert problems == ()
    assert document.root is not None
    return document.root


def refused(text: str | bytes) -> Problem:
    document, problems = parse(text if isinstance(text, bytes) else text.encode(), "f.yaml")
    assert document.root is None
    (problem,) = problems
    return problem


def plain(node: Node) -> object:
    """The node without places."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return [(key.text, plain(value)) for key, value in node.entries]


def test_every_scalar_stays_the_text_that_was_written() -> None:
    texts = ["NO", "yes", "off", "2022-01-05", "0.50", "1e400", ".nan", "0x1F", "012", "12:30", "1_000", "null"]
    assert plain(read("[" + ", ".join(texts) + "]")) == texts


def test_quotes_are_taken_off_and_remembered() -> None:
    node = read("""[a, "b", 'c', "~", ~]""")
    assert isinstance(node, Sequence)
    scalars = [item for item in node.items if isinstance(item, Scalar)]
    assert [item.text for item in scalars] == ["a", "b", "c", "~", "~"]
    assert [item.quoted for item in scalars] == [False, True, True, True, False]
    assert [item.empty for item in scalars] == [False, False, False, False, True]


def test_places_count_lines_columns_and_letters_from_one() -> None:
    node = read("жизнь: [a,\n  ü, c]\n")
    assert isinstance(node, Mapping)
    (key, value), *_ = node.entries
    assert isinstance(value, Sequence)
    found = [key.place, value.place, *(item.place for item in value.items)]
    assert [(place.line, place.column) for place in found] == [(1, 1), (1, 8), (1, 9), (2, 3), (2, 6)]
    assert {place.file for place in found} == {"f.yaml"}


def test_repeated_keys_are_all_kept_for_the_reader_to_refuse() -> None:
    assert plain(read("a: 1\na: 2\n")) == [("a", "1"), ("a", "2")]


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    node = read(b"\xef\xbb\xbfa: 1\n")
    assert plain(node) == [("a", "1")]
    assert node.place.column == 1


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_endings_of_every_system_give_the_same_places(ending: str) -> None:
    node = read(ending.join(["a: 1", "", "b: 2", ""]))
    assert isinstance(node, Mapping)
    assert [key.place.line for key, _ in node.entries] == [1, 3]


@pytest.mark.parametrize(
    ("text", "code", "where"),
    [
        ("a: &x 1", "F106", (1, 4)),
        ("a: *x", "F106", (1, 4)),
        ("&x {a: 1}", "F106", (1, 1)),
        ("a: !!str 1", "F107", (1, 4)),
        ("a: !own 1", "F107", (1, 4)),
        ("a: 1\n---\nb: 2", "F108", (2, 1)),
        ("? [a]\n: 1", "F110", (1, 3)),
        ("? {a: b}\n: 1", "F110", (1, 3)),
        ("a: [1,", "F104", (2, 1)),
        ("a: 'x", "F104", (1, 6)),
        ("a: b: c", "F104", (1, 5)),
        ("%YAML 7.0\n---\na: 1", "F104", (1, 1)),
        ("", "F105", (1, 1)),
        (" \n\t\n", "F105", (1, 1)),
        ("# only a comment\n", "F105", (1, 1)),
        ("---\n", "F105", (1, 1)),
        ("null\n", "F105", (1, 1)),
        ("ж: 1\nb: \x00", "F104", (2, 4)),
        ("a: \x1b[31m", "F104", (1, 4)),
    ],
)
def test_what_the_subset_does_not_have_is_refused_at_its_place(text: str, code: str, where: tuple[int, int]) -> None:
    problem = refused(text)
    assert problem.place is not None
    assert (problem.code, problem.place.line, problem.place.column) == (code, *where)
    assert problem.hint


@pytest.mark.parametrize(
    ("raw", "where"),
    [
        (b"a: 1\nb: caf\xe9\n", (2, 7)),
        ("b: ж".encode() + b"\xff", (1, 5)),
        ("a: 1".encode("utf-16"), (1, 1)),
        (b"\xef\xbb\xbfa: \xff", (1, 4)),
        (b"\r\n\xff", (2, 1)),
    ],
)
def test_bytes_that_are_not_utf_8_are_shown_by_line_and_letter(raw: bytes, where: tuple[int, int]) -> None:
    problem = refused(raw)
    assert problem.place is not None
    assert (problem.code, problem.place.line, problem.place.column) == ("F103", *where)


def test_utf_16_is_called_by_its_name() -> None:
    assert "UTF-16" in refused("a: 1".encode("utf-16")).message


def test_the_deepest_nesting_allowed_is_read_and_one_more_is_refused() -> None:
    depth = MAX_DEPTH - 1
    read("[" * depth + "a" + "]" * depth)
    assert refused("[" * (depth + 1) + "a" + "]" * (depth + 1)).code == "F109"


def test_an_excerpt_carries_nothing_that_a_terminal_acts_upon() -> None:
    problem = refused("a: \x1b[31m")
    assert str(problem).splitlines()[1] == "     1 | a:  [31m"


def test_a_directory_a_missing_file_and_a_broken_link_are_named(tmp_path: Path) -> None:
    link = tmp_path / "link.yaml"
    link.symlink_to("gone.yaml")
    for path, said in ((tmp_path, "directory"), (tmp_path / "no.yaml", "no such file"), (link, "no such file")):
        document, (problem,) = read_document(path, "shown.yaml")
        assert document.root is None
        assert problem.code == "F101"
        assert said in problem.message
        assert str(problem.place) == "shown.yaml:1:1"


def test_a_file_that_may_not_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("a: 1\n", encoding="utf-8")

    def denied(_: Path, __: int) -> int:
        raise PermissionError(13, "Permission denied")

    # Simulated, since nothing can be denied to root.
    monkeypatch.setattr(os, "open", denied)
    _, (problem,) = read_document(path)
    assert (problem.code, problem.message) == ("F101", "cannot read the file: permission denied")


def test_a_device_or_a_pipe_is_refused_instead_of_read() -> None:
    # The null device stands for both: waiting for a pipe would hang the test where the code is wrong.
    _, (problem,) = read_document(Path(os.devnull))
    assert (problem.code, problem.message) == ("F101", "is a device or a pipe, not a file")


def test_the_largest_file_allowed_is_read_and_one_byte_more_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "f.yaml"
    path.write_bytes(b"a: 1\n#" + b"x" * (MOST_BYTES - 6))
    assert read_document(path)[1] == ()
    path.write_bytes(path.read_bytes() + b"x")
    _, (problem,) = read_document(path)
    assert problem.code == "F102"


def test_a_near_word_is_offered_and_a_far_one_is_not() -> None:
    assert near("at_leats", ["at_least", "at_most"]) == "did you mean 'at_least'?"
    assert near("zzz", ["at_least"]) == ""


@given(st.binary(max_size=200))
def test_no_bytes_whatever_raise_an_exception(raw: bytes) -> None:
    document, problems = parse(raw, "f.yaml")
    assert (document.root is None) == bool(problems)


MARKS = [
    "a",
    "b: ",
    "- ",
    "\n",
    "  ",
    "[",
    "]",
    "{",
    "}",
    ",",
    ": ",
    "? ",
    '"',
    "'",
    "|",
    "> ",
    "&a ",
    "*a ",
    "!t ",
    "#",
    "%",
    "~",
]
PIECES = st.sampled_from([*MARKS, "---", "ж", "\u2028", "\t", "\r", "\ufeff", "\x1b"])


@given(st.lists(PIECES, max_size=40).map("".join))
def test_no_text_raises_an_exception_and_every_place_lies_in_the_file(text: str) -> None:
    document, problems = parse(text.encode(), "f.yaml")
    assert (document.root is None) == bool(problems)
    for problem in problems:
        assert problem.place is not None
        assert 1 <= problem.place.line <= len(document.lines) + 1
