"""The kept answers again, from inside this process: what a command prints does not hang on how it is started."""

from __future__ import annotations

from pathlib import Path

import pytest
from golden.test_answers import ANSWERS, CODES, EXPECTED, FORMATS, KINDS, normalised

from ratingengine.cli import run

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", ANSWERS)
def test_the_answer_is_the_kept_one(
    name: str, form: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    assert run([*ANSWERS[name], "--format", form]) == CODES.get(name, 0)
    assert normalised(capsys.readouterr().out) == (EXPECTED / f"{name}.{KINDS[form]}").read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["why", "kazakhstan", "--year", "2022", "--full"], 0, "Trace"),
        (["why", "kazakhstan", "--year", "2011"], 0, "standing facts are missing"),
        (["why-not", "kazakhstan", "--year", "2011", "--rating", "open"], 0, "move the ceiling"),
        (["why-not", "kazakhstan", "--year", "2022", "--rating", "closed"], 0, "closed or worse"),
        (["check", "rules/", "indicators/"], 0, "no problem found"),
        (["check", "rules/", "--format", "json"], 0, "ratingengine/check/1"),
        (["agreement"], 0, "Krippendorff's alpha"),
        (["agreement", "--format", "json"], 0, "ratingengine/agreement/1"),
        (["schema", "record"], 0, "json-schema.org"),
        (["schema", "nothing"], 2, "write one of"),
        (["test", "--coverage", "--mutate"], 0, "MC/DC"),
        (["test", "--mutate", "--least", "-1"], 2, "write a per cent"),
        (["test", "--cases", "nowhere"], 3, "no such folder of cases"),
        (["changes", "--from", "2020", "--to", "2010"], 2, "is after"),
        (["watchlist", "--on", "2022-03-15"], 0, "Kazakhstan"),
        (["rules", "show", "RAT-05"], 3, "RAT-005"),
        (["overrides", "list"], 0, "no override"),
        (["overrides", "stale"], 0, "no override"),
        (["overrides", "list", "--format", "xml"], 2, "write one of"),
        (["--version"], 0, "ratingengine"),
    ],
)
def test_a_command_answers_or_says_what_is_wrong(
    words: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    assert run(words) == code
    printed = capsys.readouterr()
    assert said in (printed.out if code == 0 else printed.err)
