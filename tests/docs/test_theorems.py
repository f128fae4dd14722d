"""docs/theorems.md states every theorem of the catalogue in its own words, and has a time for each."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ratingengine.proofs.theorems import THEOREMS, Theorem, theorem

PAGE = (Path(__file__).parents[2] / "docs" / "theorems.md").read_text("utf-8")
STATED, TIMES = PAGE.split("## Times")


@pytest.mark.parametrize("entry", THEOREMS, ids=lambda entry: entry.number)
def test_a_theorem_is_stated_with_its_words_and_has_its_time(entry: Theorem) -> None:
    found = re.search(rf"^\*\*{entry.number} {entry.name}\.\*\* (.*?)\n\n", STATED, re.MULTILINE | re.DOTALL)
    assert found is not None
    stated = " ".join(found[1].split()).lower()
    assert entry.says.lower() in stated
    assert re.search(rf"^\| {entry.number} {entry.name} \| proved \| [0-9]+\.[0-9]{{2}} \|$", TIMES, re.MULTILINE)


def test_no_other_theorem_is_stated_or_timed() -> None:
    assert re.findall(r"^\*\*(T[0-9]+) ", STATED, re.MULTILINE) == [entry.number for entry in THEOREMS]
    assert re.findall(r"^\| (T[0-9]+) ", TIMES, re.MULTILINE) == [entry.number for entry in THEOREMS]


def test_a_theorem_is_found_by_number_and_by_name_and_by_nothing_else() -> None:
    assert theorem("t4") is theorem("monotone") is THEOREMS[3]
    assert theorem("mono") is None
