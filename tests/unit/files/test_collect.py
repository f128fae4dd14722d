from __future__ import annotations

import pytest

from ratingengine.errors import Place
from ratingengine.files.collect import Collector, Located, kind_of, shorten
from ratingengine.files.nodes import parse


@pytest.mark.parametrize(("text", "shown"), [("a\n  b\tc", "a b c"), ("a\x1bb", "a\\x1bb"), ("é", "é"), ("x" * 60, "x" * 60)])
def test_a_text_is_shown_on_one_line_without_control_characters(text: str, shown: str) -> None:
    assert shorten(text) == shown


def test_a_long_text_is_cut_with_an_ellipsis() -> None:
    assert shorten("x" * 61) == "x" * 59 + "…"


@pytest.mark.parametrize(("text", "kind"), [("a", "text"), ("''", "nothing"), ("[a]", "a list"), ("{a: b}", "a mapping")])
def test_nodes_are_called_by_everyday_words(text: str, kind: str) -> None:
    document, _ = parse(f"- {text}".encode(), "f")
    assert document.root is not None
    assert kind_of(document.root) == "a list"
    item = document.root.items[0]  # type: ignore[union-attr]
    assert kind_of(item) == kind


def test_a_problem_at_a_located_value_quotes_it_and_its_line() -> None:
    document, _ = parse(b"a: wrong\n", "f")
    collector = Collector(document)
    collector.add_at("F118", "not a word", Located("wrong", "wrong", Place("f", 1, 4)), "write a word")
    assert str(collector.problems[0]).splitlines() == [
        "f:1:4: F118 not a word: 'wrong'",
        "     1 | a: wrong",
        "       |    ^^^^^",
        "   write a word",
    ]


def test_a_place_beyond_the_file_has_no_excerpt() -> None:
    document, _ = parse(b"a: 1\n", "f")
    assert document.problem("F104", "x", Place("f", 9, 1)).excerpt == ""
