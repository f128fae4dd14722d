"""The engines behind the command: each gives the same answer, and one that cannot run here is stood in for."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from assets.toy import OPTIONS
from e2e.command import Ran, execute, rate

WORDS = ("BVT", "--year", "2003", *OPTIONS)
WITHOUT_DURABLE = (
    "import sys; sys.modules['durable'] = None; sys.modules['durable.engine'] = None\n"
    "from ratingengine.cli import run; sys.exit(run(sys.argv[1:]))"
)
DURABLE = sys.version_info < (3, 13)
needs_durable = pytest.mark.skipif(not DURABLE, reason="durable-rules does not run on Python 3.13 or later")


def without_durable(*words: str) -> Ran:
    return execute([sys.executable, "-c", WITHOUT_DURABLE, *words])


@pytest.mark.parametrize(
    ("engine", "names"),
    [
        ("reference", ["reference"]),
        pytest.param("durable", ["durable"], marks=needs_durable),
        pytest.param("both", ["reference", "durable"], marks=needs_durable),
    ],
)
def test_the_answer_names_the_engines_that_spoke(engine: str, names: list[str]) -> None:
    found = rate(*WORDS, "--engine", engine, "--format", "json").json
    assert (found["engines"], found["remarks"]) == (names, [])


@needs_durable
@pytest.mark.parametrize("words", [WORDS, ("kaz", "--year", "2022"), ("kaz", "--year", "2011")], ids=" ".join)
def test_every_engine_gives_the_same_answer_and_trace(words: tuple[str, ...]) -> None:
    answers = [rate(*words, "--engine", engine, "--format", "json").json for engine in ("reference", "durable", "both")]
    for found in answers:
        del found["engines"]
    assert answers[0] == answers[1] == answers[2]


@needs_durable
def test_both_engines_speak_unless_one_is_asked_for() -> None:
    rate(*WORDS, "--verbose").answered("reference and durable agree")


@pytest.mark.parametrize("engine", ["both", "durable"])
def test_without_durable_rules_the_reference_engine_answers_and_says_so(engine: str) -> None:
    ran = without_durable(*WORDS, "--engine", engine, "--format", "json")
    ran.answered()
    found = ran.json
    assert found["engines"] == ["reference"]
    (remark,) = found["remarks"]
    assert remark.startswith("durable-rules ")
    assert remark.endswith("; the reference engine answers")
    reference = rate(*WORDS, "--engine", "reference", "--format", "json").json
    assert {**found, "remarks": []} == reference


@pytest.mark.parametrize("form", ["text", "md"])
def test_the_remark_stands_in_the_text_too(form: str) -> None:
    ran = without_durable(*WORDS, "--format", form)
    ran.answered("OBSTRUCTED")
    assert "the reference engine answers" in " ".join(ran.out.split())


def test_the_reference_engine_alone_makes_no_remark() -> None:
    assert without_durable(*WORDS, "--engine", "reference", "--format", "json").json["remarks"] == []


def _python(version: str) -> str | None:
    """An interpreter of another version that has what ratingengine needs."""
    for name in (f"python{version}", os.environ.get("RATINGENGINE_TEST_PYTHON", "")):
        path = shutil.which(name) if name else None
        needs = f"import attrs, yaml, typer, sys; assert sys.version.startswith('{version}')"
        if path and subprocess.run([path, "-c", needs], capture_output=True, check=False).returncode == 0:
            return path
    return None


def test_on_python_3_13_the_reference_engine_answers() -> None:
    python = _python("3.13")
    if python is None:
        pytest.skip("no python3.13 with attrs, PyYAML and typer on the path (or name one in RATINGENGINE_TEST_PYTHON)")
    source = Path(__file__).resolve().parents[2] / "src"
    start = "from ratingengine.cli import main; main()"
    ran = execute([python, "-c", start, *WORDS, "--format", "json"], env={"PYTHONPATH": str(source)})
    ran.answered()
    assert ran.json["engines"] == ["reference"]
    assert ran.json["remarks"] == ["durable-rules does not run on Python 3.13 or later; the reference engine answers"]
