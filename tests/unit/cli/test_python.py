"""The Python interface: the same answers as the commands, for names, codes, years and days; clear errors."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, assert_type

import pytest
from assets.toy import OPTIONS

import ratingengine
from ratingengine import Diff, History, InvalidInput, NotFound, Panel, Rater, Rating, WhatIf, Why, WhyNot
from ratingengine.cli import run

RULES, RECORDS = OPTIONS[1], OPTIONS[3]
ISLANDS = ratingengine.load(records=RECORDS, rules=RULES)
SET = {"assembly.banners_taken": 0}

SAME: dict[str, tuple[Callable[[], Any], tuple[str, ...]]] = {
    "rate": (lambda: ISLANDS.rate("BVT", 2003), ("bvt", "--year", "2003")),
    "rate, a day": (lambda: ISLANDS.rate("Bouvet Island", "2003-05-03"), ("bvt", "--on", "2003-05-03")),
    "rate, a date": (lambda: ISLANDS.rate("BVT", date(2003, 5, 3)), ("bvt", "--on", "2003-05-03")),
    "rate, the last year": (lambda: ISLANDS.rate("BVT"), ("bvt",)),
    "rate, known": (lambda: ISLANDS.rate("BVT", 2003, known_at="2003-05-03"), ("bvt", "2003", "--known-at", "2003-05-03")),
    "rate, a prior": (lambda: ISLANDS.rate("BVT", 2003, prior="closed"), ("bvt", "2003", "--prior", "closed")),
    "history": (lambda: ISLANDS.history("BVT"), ("history", "bvt")),
    "history, some years": (lambda: ISLANDS.history("BVT", 2002, 2004), ("history", "bvt", "2002-2004")),
    "why": (lambda: ISLANDS.why("BVT", 2003), ("why", "bvt", "2003")),
    "why, a rule": (
        lambda: ISLANDS.why("BVT", 2003, rule="INV-031", full=True),
        ("why", "bvt", "2003", "--rule", "INV-031", "--full"),
    ),
    "why-not": (lambda: ISLANDS.why_not("BVT", "narrowed", 2003), ("why-not", "bvt", "2003", "--rating", "narrowed")),
    "what-if": (
        lambda: ISLANDS.what_if("BVT", 2003, suppose=SET, remove="penguin-post"),
        ("what-if", "bvt", "2003", "--set", "assembly.banners_taken=0", "--remove", "penguin-post"),
    ),
}


@pytest.mark.parametrize("name", SAME)
def test_an_answer_is_that_of_the_command_in_every_form(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    ask, words = SAME[name]
    answer = ask()
    assert run([*words, *OPTIONS, "--format", "json"]) == 0
    assert answer.to_dict() == json.loads(capsys.readouterr().out)
    assert run([*words, *OPTIONS]) == 0
    assert str(answer) == capsys.readouterr().out


def test_a_difference_is_that_of_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    answer = ISLANDS.diff("BVT", 2002, "2003-12-31")
    assert run(["diff", "BVT", "2002", "2003", "--rules", RULES, "--records", RECORDS, "--format", "json"]) == 0
    assert answer.to_dict() == json.loads(capsys.readouterr().out)
    assert repr(answer) == "<Diff BVT 2002 2003: narrowed to obstructed>"


def test_what_is_given_is_typed() -> None:
    assert_type(ratingengine.load(), Rater)
    assert_type(ISLANDS.rate("BVT", 2003), Rating)
    assert_type(ISLANDS.rate("BVT", 2003).rating, str | None)
    assert_type(ISLANDS.history("BVT"), History)
    assert_type(ISLANDS.why("BVT", 2003), Why)
    assert_type(ISLANDS.why_not("BVT", "narrowed", 2003), WhyNot)
    assert_type(ISLANDS.diff("BVT", 2002, 2003), Diff)
    assert_type(ISLANDS.what_if("BVT", 2003, suppose=SET), WhatIf)
    assert_type(ISLANDS.panel(), Panel)


def test_the_shipped_rules_and_records_answer_where_none_are_given() -> None:
    assert ratingengine.rate("KAZ", 2022).rating == ratingengine.load().rate("Казахстан", 2022).rating == "repressed"
    assert len(ratingengine.panel()) == len(ratingengine.load().panel())
    assert {row["iso3"] for row in ratingengine.panel()} > {"KAZ", "FIN"}
    assert ratingengine.why("KAZ", 2022).sufficient
    assert ratingengine.what_if("KAZ", 2022, suppose={"assembly.lethal_force": False}).before == "repressed"


@pytest.mark.parametrize(
    ("ask", "error", "said"),
    [
        (lambda: ISLANDS.rate("Nowhere", 2003), NotFound, "Nowhere"),
        (lambda: ISLANDS.rate("BVT", 99999), ValueError, "99999 is outside"),
        (lambda: ISLANDS.rate("BVT", "soon"), ValueError, "is not a date: 'soon'"),
        (lambda: ISLANDS.rate("BVT", 2003, known_at="soon"), ValueError, "known_at is not a date"),
        (lambda: ISLANDS.rate("BVT", 2003, prior="fine"), ValueError, "fine"),
        (lambda: ISLANDS.rate("FRA"), NotFound, "no last year"),
        (lambda: ISLANDS.why("BVT", 2003, rule="INV-999"), NotFound, "no rule 'INV-999'"),
        (lambda: ISLANDS.why_not("BVT", "fine", 2003), ValueError, "fine"),
        (lambda: ISLANDS.what_if("BVT", 2003, suppose={"nothing.at_all": 1}), ValueError, "nothing.at_all"),
        (lambda: ISLANDS.what_if("BVT", 2003, remove=["nothing"]), NotFound, "nothing"),
        (lambda: ISLANDS.history("BVT", 2004, 2002), ValueError, "after"),
        (lambda: ratingengine.load(rules="no-such-rules"), NotFound, "no-such-rules"),
        (lambda: ratingengine.load(records="no-such-folder"), NotFound, "no-such-folder"),
        (lambda: ratingengine.load(engine="steam"), ValueError, "steam"),
    ],
)
def test_an_error_says_what_is_wrong(ask: Callable[[], Any], error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=said):
        ask()


def test_problems_of_a_file_come_with_their_places(tmp_path: Path) -> None:
    (tmp_path / "table.csv").write_text("iso3,year,indicator\nKAZ,2022,nothing.at_all\n", encoding="utf-8")
    with pytest.raises(InvalidInput) as invalid:
        ratingengine.load(records=tmp_path / "table.csv").rate("KAZ", 2022)
    assert all(problem.code and problem.message for problem in invalid.value.problems)


def test_importing_the_package_loads_nothing_of_it() -> None:
    script = "import sys, ratingengine\nprint([name for name in sys.modules if name.startswith(('ratingengine.', 'attr'))])"
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout == "[]\n"
