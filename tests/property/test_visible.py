"""Whatever stands in a file, nothing that leaves acts upon a terminal, a browser or an editor."""

from __future__ import annotations

import json
import re
import shutil
import unicodedata
from pathlib import Path

import pytest
from assets.toy import RECORDS, RULES
from hypothesis import given, settings
from hypothesis import strategies as st

from ratingengine.cli import run
from ratingengine.errors.visible import one_line, visible
from ratingengine.interface.json import dump
from ratingengine.interface.page import Grid, Heading, Item, Lines, Page, Points, written
from ratingengine.interface.tables import Table, render

ACTING = ("Cc", "Zl", "Zp", "Cs")
TURNING = {"\u061c", "\u200e", "\u200f", *map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))}
HOSTILE = "\x1b]0;pwned\x07\x1b[31m\x7f\x9b2J\u202e<script>|\u2028\r"
ALLOWED = "<script>|"
"""What the readers of rules and records let pass; controls they refuse."""
TEXTS = st.one_of(st.text(), st.text(st.sampled_from([*HOSTILE, "\n", "\\", '"', "a", "\ud800"])))
NAMES = "title|note|locator|rationale|publisher|author|question|anchor|reason|meaning"
FIELD = re.compile(rf"^(\s*(?:- )?(?:{NAMES}): )([^\s\[{{|>\"'].*)$")


def acting(text: str) -> set[str]:
    """What in the text is not only shown; the end of a line is allowed."""
    return {c for c in text if c != "\n" and (unicodedata.category(c) in ACTING or c in TURNING)}


@given(TEXTS)
def test_nothing_acting_is_left_and_json_says_the_same(text: str) -> None:
    assert acting(visible(text)) == acting(one_line(text)) == set()
    assert "\n" not in one_line(text)
    assert visible(visible(text)) == visible(text)
    assert json.loads(visible(dump({text: [text]}))) == {text: [text]}


@settings(max_examples=50)
@given(TEXTS)
def test_no_text_leaves_its_cell_its_line_or_its_heading(text: str) -> None:
    grid = Grid((text, "b"), ((text, text), ("c", "d")))
    page = Page(text, (Heading(text), Lines((text,)), grid, Points((Item(text, (Item(text),)),))))
    table = Table(text, "s", (("a", text), ("b", "B")), ({"a": text, "b": [text]},))
    for form in ("text", "md"):
        shown = [visible(written(page, {}, form)), visible(render(table, form))]
        assert not acting("".join(shown))
    assert "<" not in "".join(shown)
    assert sum(line.startswith("| ") for line in shown[0].split("\n")) == 3
    rows = [re.sub(r"\\\|", "", line) for line in shown[0].split("\n") if line.startswith("| ")]
    assert {row.count("|") for row in rows} == {3}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented rules and records with terminal escapes in every field of words."""
    folder = tmp_path_factory.mktemp("hostile")
    shutil.copytree(RULES, folder / "rules")
    shutil.copytree(RECORDS, folder / "records")
    changed = 0
    for path in folder.rglob("*.yaml"):
        lines = path.read_text("utf-8").splitlines()
        found = [FIELD.sub(lambda m: f"{m[1]}{json.dumps(m[2] + ALLOWED)}", line) for line in lines]
        changed += sum(one != other for one, other in zip(lines, found, strict=True))
        path.write_text("\n".join([*found, ""]), "utf-8")
    assert changed > 50
    return folder


@pytest.mark.parametrize("form", ["text", "md", "json"])
@pytest.mark.parametrize(
    "command",
    [
        "BVT --year 2003",
        "why BVT --year 2003 --full",
        "sources BVT --year 2003",
        "history BVT",
        "diff BVT 2001 2003",
        "summary --year 2003",
    ],
)
def test_no_field_of_a_file_acts_upon_the_terminal(
    command: str, form: str, hostile: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    places = ["--rules", str(hostile / "rules"), "--records", str(hostile / "records")]
    assert run([*command.split(), *places, "--format", form]) == 0
    told = capsys.readouterr()
    assert told.out
    assert not acting(told.out + told.err)
    if form == "json":
        assert json.loads(told.out)
    if form == "md":
        assert "<script" not in re.sub(r"(?ms)^```.*?^```$", "", told.out)  # in a fence it is shown as it is


def test_an_error_and_a_map_carry_nothing_that_acts(hostile: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    places = ["--rules", str(hostile / "rules"), "--records", str(hostile / "records")]
    assert run(["map", "--year", "2003", *places, "-o", str(tmp_path / "m.svg")]) == 0
    assert not acting((tmp_path / "m.svg").read_text("utf-8"))
    bad = tmp_path / "bad.yaml"
    bad.write_text(json.dumps({"schema": HOSTILE, HOSTILE: HOSTILE}), "utf-8")
    assert run(["kazakhstan", "--year", "2003", "--records", str(bad)]) == 4
    told = capsys.readouterr()
    assert "\\u001b" in told.err
    assert not acting(told.out + told.err)


@pytest.mark.parametrize("form", ["text", "md", "json"])
def test_no_cell_of_a_table_acts_upon_the_terminal(form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    raw = tmp_path / "raw.csv"
    lines = ["Country,Year,PTS_A,PTS_H,PTS_S", "Albania,2020,2,,2", f'"{HOSTILE}",2020,2,,2', f'Angola,2020,"{HOSTILE}",,2']
    raw.write_text("\n".join([*lines, ""]), "utf-8", newline="")
    assert run(["import", "pts", str(raw), "-o", str(tmp_path / "t.csv"), "--format", form]) == 0
    told = capsys.readouterr()
    assert "\\u001b" in told.out
    assert not acting(told.out + told.err)
    assert form != "md" or "<script" not in told.out
    table = tmp_path / "t.csv"
    rows = table.read_text("utf-8").splitlines()
    at = rows[0].split(",").index("locator")
    cells = rows[1].split(",")
    cells[at] = f'"{HOSTILE}"'
    table.write_text("\n".join([rows[0], ",".join(cells), ""]), "utf-8", newline="")
    asked = ["albania", "--year", "2020", "--rules", "political-terror", "--records", str(table), "--format", form]
    assert run(asked) in (0, 4)
    told = capsys.readouterr()
    assert not acting(told.out + told.err)
