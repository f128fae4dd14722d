"""A page says the same in text and Markdown."""

from __future__ import annotations

import json

import pytest

from ratingengine.interface.page import Grid, Heading, Item, Lines, Page, Points, written

PAGE = Page(
    "Why a_b",
    (
        Lines(("one line", "another line")),
        Heading("Values"),
        Grid(("name", "value"), (("deaths", "3|4"), ("assembly.x", "10"))),
        Points((Item("first", (Item("below first"),)), Item("second"))),
        Heading("Nothing follows"),
    ),
)
TEXT = """\
Why a_b

one line
another line

Values
  name        value
  deaths      3|4
  assembly.x  10

  first
    below first
  second

Nothing follows
"""
MARKDOWN = """\
# Why a\\_b

one line  
another line

## Values

| name | value |
|---|---|
| deaths | 3\\|4 |
| assembly.x | 10 |

- first
  - below first
- second

## Nothing follows
"""  # noqa: W291  # two spaces end a line in Markdown


def test_text() -> None:
    assert written(PAGE, {}, "text") == TEXT


def test_markdown() -> None:
    assert written(PAGE, {}, "md") == MARKDOWN


def test_json_shows_the_content() -> None:
    assert json.loads(written(PAGE, {"schema": "x/1", "rows": [1]}, "json")) == {"schema": "x/1", "rows": [1]}


@pytest.mark.parametrize("form", ["text", "md"])
def test_every_word_of_the_page_is_written(form: str) -> None:
    found = written(PAGE, {}, form)
    assert all(word in found for word in ("another line", "deaths", "10", "below first", "second", "Nothing follows"))
