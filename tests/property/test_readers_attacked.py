"""The readers of tools/fuzz_readers.py on the shipped and the broken files, cut and changed byte by byte: problems or nothing."""

from __future__ import annotations

import random

import pytest
from fuzzing.readers import LONGEST, READERS, Unsound, sound
from hypothesis import given
from hypothesis import strategies as st

from ratingengine.errors import InvalidInput, Place, Problem

SIGNS = (b": ", b"- ", b"{", b"}", b"[", b"]", b"&a ", b"*a", b"!t ", b"---\n", b"\xff", b"\x00", b"\xe2\x80\xa8", b"9" * 40, b"")


def changed(raw: bytes, seed: int) -> bytes:
    """The bytes with a few stretches taken out, put elsewhere or exchanged for a sign."""
    chance = random.Random(seed)  # noqa: S311 - a sequence that can be repeated is wanted
    for _ in range(chance.randint(1, 4)):
        start = chance.randrange(len(raw) + 1)
        end = min(len(raw), start + chance.choice((0, 0, 1, 3, 12, 80)))
        other = chance.randrange(len(raw) + 1)
        piece = chance.choice((*SIGNS, raw[other : other + 20], bytes([chance.randrange(256)])))
        raw = raw[:start] + piece + raw[end:]
    return raw[:LONGEST]


@pytest.mark.parametrize("name", READERS)
def test_every_file_of_the_corpus_is_read_or_refused(name: str) -> None:
    reader = READERS[name]
    corpus = reader.corpus()
    assert len(corpus) >= 3, "no corpus to start from"
    for raw in corpus:
        reader.attack(raw)


@pytest.mark.parametrize("name", READERS)
@given(data=st.data())
def test_changed_files_are_read_or_refused(name: str, data: st.DataObject) -> None:
    reader = READERS[name]
    raw = data.draw(st.sampled_from(reader.corpus()))
    reader.attack(changed(raw, data.draw(st.integers(0, 2**32))))


def test_an_attack_lets_no_other_exception_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    from attrs import evolve

    def crash(raw: bytes) -> None:
        raise KeyError("x")

    def refuse(raw: bytes) -> None:
        raise InvalidInput([Problem("F104", "broken", Place("x", 1, 1))])

    evolve(READERS["yaml"], run=refuse).attack(b"")
    with pytest.raises(KeyError):
        evolve(READERS["yaml"], run=crash).attack(b"")
    with pytest.raises(Unsound):
        sound([Problem("F104", "broken", Place("x", 0, 1))])
    with pytest.raises(Unsound):
        sound([Problem("X104", "broken")])
