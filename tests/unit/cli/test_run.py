"""Failures become exit codes: what the parts raise, what is said, and what is saved of a case that engines disagree on."""

from __future__ import annotations

import json
import re
import shlex
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from assets.toy import OPTIONS

from ratingengine.cli import country as country_module
from ratingengine.cli import run
from ratingengine.engine import opening
from ratingengine.engine.execution import Engine
from ratingengine.engine.reference import ReferenceEngine
from ratingengine.errors import EngineFailure, InvalidInput, Place, Problem
from ratingengine.interface.exit_codes import BUG, DONE, INVALID, NOT_FOUND
from ratingengine.model.program import Program, Step

WORDS = ("BVT", "--year", "2003", *OPTIONS)


class Forgetful(ReferenceEngine):
    """An engine with a bug: it forgets the last step."""

    name = "forgetful"

    def run(self, values: Sequence[int]) -> tuple[Step, ...]:
        return super().run(values)[:-1]


def two_engines(program: Program, _engine: str, _code: bytes = b"") -> tuple[tuple[Engine, ...], tuple[str, ...]]:
    return (ReferenceEngine(program), Forgetful(program)), ()


@pytest.fixture
def disagreeing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """`rate` with two engines that differ; returns the folder in which it may save the case."""
    monkeypatch.setattr(opening, "open_engines", two_engines)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_engines_that_disagree_are_a_bug_that_is_told_and_saved(disagreeing: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(WORDS) == BUG
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(
        "error: the engines reference and forgetful disagree: this is a bug in one of them\nthe case is saved in "
    )
    assert "Traceback" not in said.err
    (saved,) = disagreeing.iterdir()
    assert f"the case is saved in {saved}; please report it" in said.err


def test_the_saved_case_holds_the_values_and_the_steps_of_each_engine(
    disagreeing: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(WORDS)
    (saved,) = disagreeing.iterdir()
    content = json.loads(saved.read_text("utf-8"))
    assert content["profile"] == "coded"
    assert {"subject", "name", "mirrored", "severity"} == content["values"][0].keys()
    assert {entry["name"] for entry in content["values"]} >= {"assembly.permit", "expression.papers_closed"}
    first, second = content["steps"]["reference"], content["steps"]["forgetful"]
    assert first[:-1] == second
    assert first[-1].keys() == {"rule", "stratum", "conclusion", "supports"}


def test_each_disagreement_is_saved_in_a_file_of_its_own(disagreeing: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        run(WORDS)
    assert len(list(disagreeing.iterdir())) == 2


def test_engines_that_disagree_end_a_list_of_ratings_too(disagreeing: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(("history", "BVT", *OPTIONS)) == BUG
    assert re.search("disagree.*the case is saved in", capsys.readouterr().err, re.DOTALL)


def raising(failure: BaseException) -> Callable[..., int]:
    def answer(**_asked: object) -> int:
        raise failure

    return answer


@pytest.mark.parametrize(
    ("failure", "code", "said"),
    [
        (EngineFailure("durable-rules refused a fact"), BUG, "error: durable-rules refused a fact\n"),
        (
            InvalidInput([Problem("X1", "one", Place("a.yaml", 1, 1))]),
            INVALID,
            "a.yaml:1:1: X1 one\nerror: 1 problem; nothing was rated\n",
        ),
        (
            InvalidInput([Problem("X1", "one"), Problem("X2", "two")]),
            INVALID,
            "X1 one\nX2 two\nerror: 2 problems; nothing was rated\n",
        ),
        (RecursionError(), INVALID, "error: the input is nested too deeply\n"),
        (
            PermissionError(13, "Permission denied", "rules/x.yaml"),
            NOT_FOUND,
            "error: cannot read 'rules/x.yaml': permission denied\n",
        ),
        (OSError(36, "File name too long", "x" * 5000), NOT_FOUND, f"error: cannot read '{'x' * 100}…': file name too long\n"),
        (KeyboardInterrupt(), 130, "stopped\n"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, BaseException) else "",
)
def test_a_failure_ends_with_its_code_and_no_answer(
    failure: BaseException, code: int, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(country_module, "answer", raising(failure))
    assert run(WORDS) == code
    assert capsys.readouterr() == ("", said)


def test_an_answer_goes_to_stdout_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(WORDS) == DONE
    said = capsys.readouterr()
    assert said.out.startswith("Bouvet Island (BVT), 31 December 2003\n")
    assert said.err == ""


def test_a_text_that_is_no_unicode_can_be_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(("rules", "show", "\udcff", *OPTIONS)) == NOT_FOUND
    assert "no rule '" in capsys.readouterr().err


def test_what_nobody_foresaw_is_one_sentence_and_a_saved_case(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(country_module, "answer", raising(ZeroDivisionError("invented")))
    assert run(WORDS) == BUG
    said = capsys.readouterr()
    (saved,) = tmp_path.iterdir()
    assert said.out == ""
    assert said.err == f"error: this is a bug in ratingengine\nthe case is saved in {saved}; please report it\n"
    kept = saved.read_text("utf-8")
    assert kept.startswith(f"rate BVT --year 2003 {shlex.join(OPTIONS)}\nratingengine ")
    assert kept.endswith("ZeroDivisionError: invented\n")
