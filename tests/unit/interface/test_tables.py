"""Lists of answers as text, JSON and Markdown."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ratingengine.interface.tables import Table, cell, columns, csv_text, render

TABLE = Table(
    "A list",
    "ratingengine/invented/1",
    (("year", "year"), ("rating", "rating"), ("watchlist", "watchlist"), ("possible", "possible")),
    (
        {"year": 2003, "rating": "obstructed", "watchlist": True, "possible": ["repressed", "closed"], "unseen": "x"},
        {"year": 2004, "rating": None, "watchlist": False, "possible": []},
    ),
)


@pytest.mark.parametrize(
    ("value", "words"),
    [(None, "–"), (True, "on"), (False, "off"), ([], "–"), (["a", "b"], "a, b"), (("a",), "a"), (0, "0"), ("x", "x")],
)
def test_a_value_becomes_a_cell(value: Any, words: str) -> None:
    assert cell(value) == words


def test_the_columns_of_the_text_are_aligned() -> None:
    assert render(TABLE, "text") == (
        "A list\n\n"
        "year  rating      watchlist  possible\n"
        "2003  obstructed  on         repressed, closed\n"
        "2004  –           off        –\n"
    )


def test_the_markdown_is_a_table() -> None:
    assert render(TABLE, "md") == (
        "# A list\n\n"
        "| year | rating | watchlist | possible |\n"
        "|---|---|---|---|\n"
        "| 2003 | obstructed | on | repressed, closed |\n"
        "| 2004 | – | off | – |\n"
    )


def test_a_bar_in_a_cell_does_not_end_it_in_markdown() -> None:
    assert "| a\\|b |" in render(Table("T", "s", (("k", "k"),), ({"k": "a|b"},)), "md")


def test_the_json_has_every_value_and_its_type() -> None:
    content = json.loads(render(TABLE, "json"))
    assert content == {"schema": "ratingengine/invented/1", "title": "A list", "rows": [dict(row) for row in TABLE.rows]}


@pytest.mark.parametrize(("form", "text"), [("text", "Empty\nno country\n"), ("md", "# Empty\n\nno country\n")])
def test_an_empty_list_says_so(form: str, text: str) -> None:
    assert render(Table("Empty", "s", (("k", "k"),), (), "no country"), form) == text


def test_an_empty_list_has_no_rows_in_json() -> None:
    assert json.loads(render(Table("Empty", "s", (("k", "k"),), ()), "json"))["rows"] == []


def test_no_line_ends_in_spaces() -> None:
    assert columns([["a", "b"], ["long", ""]], 100) == ["a     b", "long"]


def test_cells_fold_where_a_line_would_be_too_long_the_widest_first() -> None:
    grid = [["code", "why it is so"], ["KAZ", "deaths at protests and mass arrest"]]
    assert columns(grid, 24) == ["code  why it is so", "KAZ   deaths at protests", "      and mass arrest"]
    assert columns(grid, 40) == ["code  why it is so", "KAZ   deaths at protests and mass arrest"]


def test_a_command_is_never_folded() -> None:
    grid = [["input", "to compute it again"], ["deaths at protests", "rate diff KAZ 2021 2022 --term assembly.deaths"]]
    assert any(line.endswith("rate diff KAZ 2021 2022 --term assembly.deaths") for line in columns(grid, 30))


@given(st.lists(st.lists(st.text("ab ", max_size=30), min_size=3, max_size=3), min_size=1, max_size=4), st.integers(1, 60))
def test_a_folded_table_holds_every_word_and_keeps_to_its_width_unless_a_word_is_longer(grid: list[list[str]], most: int) -> None:
    lines = columns(grid, most)
    assert sorted(" ".join(lines).split()) == sorted(word for row in grid for text in row for word in text.split())
    longest = [max((len(word) for row in grid for word in row[n].split()), default=0) for n in range(3)]
    assert max(map(len, lines)) <= max(most, sum(longest) + 4)


def test_csv_has_what_json_has_a_line_a_row() -> None:
    rows = (
        {"code": "KAZ", "on": True, "none": None, "list": ["a", "b"], "text": 'says "no", thrice\nand more', "map": {"é": 1}},
        {"code": "FIN", "more": "=1+1"},
    )
    text = csv_text(rows)
    read = list(csv.DictReader(io.StringIO(text)))
    assert text.count("\n") == 3
    assert list(read[0]) == ["code", "on", "none", "list", "text", "map", "more"]
    assert (read[0]["on"], read[0]["none"], read[0]["list"], read[0]["more"]) == ("true", "", "a|b", "")
    assert (read[0]["text"], read[0]["map"]) == ('says "no", thrice and more', '{"é": 1}')
    assert read[1]["more"] == "=1+1"
    assert csv_text((), ["a", "b"]) == "a,b\n"


def test_a_table_without_rows_has_its_columns_in_csv() -> None:
    assert render(Table("Empty", "s", (("k", "K"), ("l", "L")), ()), "csv") == "k,l\n"
