"""Indicators whose words answer a search."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from ratingengine.model.indicator import Codebook, Indicator

IMPORTED = "indices_"
"""How the names of codebook files begin whose indicators come from data sets of others."""


def searched(codebook: Codebook, text: str) -> tuple[Indicator, ...]:
    """The indicators that have every word of the text, a plural or not: hand-coded ones first, then by where the words stand.

    Looked at are title, name, question, values with their anchors, tags and standards, in this order.
    """
    words = _words(text)
    placed = ((_place(entry, words), entry) for entry in codebook.coded)
    hits = sorted((imported(entry), place, entry.id) for place, entry in placed if words and place is not None)
    return tuple(codebook[name] for _, _, name in hits)


def imported(indicator: Indicator) -> bool:
    """Whether its values come from a data set of others, and are not coded by hand."""
    return Path(indicator.place.file).name.startswith(IMPORTED)


def _place(indicator: Indicator, words: list[str]) -> int | None:
    """The first text, with those before it, in which every word is found; None where one is nowhere."""
    seen: set[str] = set()
    for number, text in enumerate(_texts(indicator)):
        seen |= set(_words(text))
        if seen.issuperset(words):
            return number
    return None


def _texts(indicator: Indicator) -> Iterator[str]:
    yield indicator.title
    yield indicator.id
    yield indicator.question
    yield " ".join(f"{value.id} {value.anchor}" for value in indicator.values)
    yield " ".join((*indicator.tags, *indicator.standard))


def _words(text: str) -> list[str]:
    """Words in small letters, plurals without their s."""
    words = re.findall(r"[^\W_]+", text.casefold())
    return [word.removesuffix("s") if len(word) > 3 else word for word in words]
