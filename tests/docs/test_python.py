"""docs/python.md: its examples give what it says, and it documents every public name and no other."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

import ratingengine
from ratingengine.cli import python

PAGE = Path(__file__).parents[2] / "docs/python.md"


@pytest.mark.parametrize("kind", ["page", "docstrings"])
def test_the_examples_give_what_is_written(kind: str) -> None:
    if kind == "page":
        failed, tried = doctest.testfile(str(PAGE), module_relative=False)
    else:
        failed, tried = doctest.testmod(python)
    assert failed == 0
    assert tried > 8


def test_every_public_name_is_documented_and_no_other() -> None:
    text = PAGE.read_text("utf-8")
    functions = set(re.findall(r"^\| `(\w+)\(", text, re.MULTILINE)) | {"load"}
    answers = set(re.findall(r"^\| `\w+\([^|]*\| `(\w+)` \|", text, re.MULTILINE)) | {"Rater"}
    rest = set(re.findall(r"`ratingengine\.(\w+)`", text))
    assert functions | answers | rest == set(ratingengine.__all__) == set(dir(ratingengine))
    for name in ratingengine.__all__:
        assert getattr(ratingengine, name).__doc__
    with pytest.raises(AttributeError, match="public are Diff, "):
        _ = ratingengine.nothing
