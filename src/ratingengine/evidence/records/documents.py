"""Coded documents at hand: their paragraphs and words, found by content hash. They are read, never copied."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from attrs import frozen

from ratingengine.files.bounded import bytes_of

MOST_BYTES = 64 * 1024 * 1024
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@frozen
class Text:
    """A document: its paragraphs (lines with text, counted from 1) and its words in lower case without proper names."""

    paragraphs: tuple[str, ...]
    words: tuple[str, ...]
    first_at: Mapping[str, tuple[int, ...]]


def read_texts(paths: Iterable[Path]) -> Mapping[str, Text]:
    """Documents by the SHA-256 of their bytes."""
    found: dict[str, Text] = {}
    for path in paths:
        raw = bytes_of(path, MOST_BYTES)
        found[hashlib.sha256(raw).hexdigest()] = text_of(raw.decode("utf-8", "replace"))
    return found


def text_of(content: str) -> Text:
    """Paragraphs and plain words of a text."""
    words = plain_words(content)
    places: dict[str, list[int]] = {}
    for index, word in enumerate(words):
        places.setdefault(word, []).append(index)
    paragraphs = tuple(line.strip() for line in content.splitlines() if line.strip())
    return Text(paragraphs, words, {word: tuple(at) for word, at in places.items()})


def plain_words(content: str) -> tuple[str, ...]:
    """The words of a text in lower case. Capitalised words and numbers are left out: names and figures are facts."""
    return tuple(word.lower() for word in WORD.findall(content) if not word[0].isupper() and not word[0].isdigit())


def longest_shared_run(note: str, text: Text) -> tuple[str, ...]:
    """The longest run of plain words that a note shares with a text."""
    words = plain_words(note)
    best: tuple[str, ...] = ()
    for start, word in enumerate(words):
        for place in text.first_at.get(word, ()):
            length = 0
            while (
                start + length < len(words)
                and place + length < len(text.words)
                and words[start + length] == text.words[place + length]
            ):
                length += 1
            if length > len(best):
                best = words[start : start + length]
    return best
