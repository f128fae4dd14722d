"""Coded documents: paragraphs counted as locators count them, words as the wording check compares them."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ratingengine.evidence.records.documents import longest_shared_run, plain_words, read_texts, text_of

WORDS = st.lists(st.sampled_from("abcd"), max_size=12)


def test_a_paragraph_is_a_line_with_text() -> None:
    assert text_of("\n One \n\n\t\nTwo\r\n   \nThree").paragraphs == ("One", "Two", "Three")


def test_an_empty_document_has_no_paragraph_and_no_word() -> None:
    empty = text_of(" \n\t\n")
    assert (empty.paragraphs, empty.words) == ((), ())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Police took 12 banners away.", ("took", "banners", "away")),
        ("the EU's office and the people’s banners", ("the", "office", "and", "the", "people’s", "banners")),
        ("re-opened — well_known", ("re", "opened", "well", "known")),
        ("в Алматы задержали людей", ("в", "задержали", "людей")),
        ("", ()),
    ],
)
def test_names_and_figures_are_facts_and_do_not_count_as_words(text: str, words: tuple[str, ...]) -> None:
    assert plain_words(text) == words


def test_documents_are_found_by_their_content(tmp_path: Path) -> None:
    raw = b"one two\n\xff\n"
    (tmp_path / "any name.txt").write_bytes(raw)
    found = read_texts([tmp_path / "any name.txt"])
    assert list(found) == [sha256(raw).hexdigest()]
    assert found[sha256(raw).hexdigest()].paragraphs[0] == "one two"


def test_a_shared_run_does_not_end_at_a_line_of_the_document() -> None:
    assert longest_shared_run("one two three", text_of("one two\nthree four")) == ("one", "two", "three")


@given(WORDS, WORDS)
def test_the_longest_shared_run_stands_in_both_texts_and_none_longer_does(note: list[str], content: list[str]) -> None:
    def runs(words: list[str]) -> set[tuple[str, ...]]:
        return {tuple(words[start:end]) for start in range(len(words) + 1) for end in range(start, len(words) + 1)}

    run = longest_shared_run(" ".join(note), text_of(" ".join(content)))
    shared = runs(note) & runs(content)
    assert run in shared
    assert len(run) == max(map(len, shared))
