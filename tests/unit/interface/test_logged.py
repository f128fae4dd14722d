"""`--log`: every rating of a command is logged, and none is given that could not be."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from assets.toy import OPTIONS

from ratingengine.cli import run

ENGINE = ("--engine", "reference")


def logged(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        (["BVT", "--year", "2003"], [("BVT", 2003)]),
        (["country", "BVT", "--on", "2003-05-05"], [("BVT", 2003)]),
        (["history", "BVT"], [("BVT", year) for year in range(2001, 2006)]),
        (["changes", "--from", "2004", "--to", "2004"], [("BVT", 2004), ("HMD", 2004)]),
        (["watchlist", "--year", "2003"], [("BVT", 2003), ("HMD", 2003)]),
    ],
)
def test_each_rating_is_a_line_and_the_answer_is_the_same(
    words: list[str], lines: list[tuple[str, int]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = tmp_path / "log.jsonl"
    assert run([*words, *OPTIONS, *ENGINE]) == 0
    without = capsys.readouterr()
    assert run([*words, *OPTIONS, *ENGINE, "--log", str(log)]) == 0
    assert capsys.readouterr() == without
    assert [(one["country"], int(one["as_of"][:4])) for one in logged(log)] == lines


def test_a_line_is_the_answer_in_short(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = tmp_path / "log.jsonl"
    assert run(["BVT", "--year", "2003", *OPTIONS, *ENGINE, "--log", str(log), "--format", "json"]) == 0
    assert run(["history", "BVT", "--to", "2003", *OPTIONS, *ENGINE, "--log", str(log)]) == 0
    first, *_, last = logged(log)
    answer = json.loads(capsys.readouterr().out.partition("\n}\n")[0] + "\n}")
    for key in set(first) - {"schema", "time", "country"}:
        assert first[key] == answer[key], key
    assert {**last, "time": ""} == {**first, "time": ""}


@pytest.mark.parametrize(
    "words",
    [
        ["BVT", "--year", "2003"],
        ["history", "BVT"],
        ["changes", "--from", "2001", "--to", "2004"],
        ["watchlist", "--year", "2003"],
    ],
)
def test_a_rating_that_cannot_be_logged_is_not_given(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "notes").write_text("mine\n", "utf-8")
    for log, said in ((tmp_path, "not a regular file"), (tmp_path / "notes", "is not a decision log")):
        assert run([*words, *OPTIONS, *ENGINE, "--log", str(log)]) == 1
        printed = capsys.readouterr()
        assert printed.out == ""
        assert said in printed.err
        assert "no rating is given that is not logged" in printed.err
    assert run([*words, *OPTIONS, *ENGINE, "--log", " "]) == 2


def test_nothing_is_logged_of_a_question_that_is_refused(tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    for words, code in (
        (["nowhere", "--year", "2003"], 3),
        (["BVT", "2003", "--year", "2003"], 2),
        (["BVT", "--year", "2003", "--prior", "bad"], 2),
    ):
        assert run([*words, *OPTIONS, "--log", str(log)]) == code
    assert not log.exists()
