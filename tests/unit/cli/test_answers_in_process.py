"""The kept answers again, from inside this process: what a command prints does not hang on how it is started."""

from __future__ import annotations

from pathlib import Path

import pytest
from assets.toy import RATINGS, TABLES
from support.kept_answers import ANSWERS, CODES, EXPECTED, FORMATS, KINDS, normalised

from ratingengine.cli import run

ROOT = Path(__file__).parents[3]
BARE = str(TABLES / "bare.csv")


@pytest.mark.deep  # the text of each is tried by tests/golden
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
        (["why", "kazakhstan", "--year", "2011"], 0, "laws or conditions in force are missing"),
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
        (["watchlist", "--year", "2003", "--ratings", RATINGS], 0, "Pitcairn"),
        (["watchlist", "--year", "2003", "--ratings", BARE], 3, "has no column 'watchlist'"),
        (["compare", "KAZ", "kazakhstan", "--year", "2022"], 2, "two or more different countries"),
        (["compare", "BVT", "FIN", "--year", "2003", "--ratings", RATINGS], 3, "no row of Finland"),
        (["summary", "--year", "2003", "--ratings", ""], 2, "--ratings is empty"),
        (["summary", "--year", "2003", "--ratings", RATINGS, "--log", "x"], 2, "--log goes with records"),
        (["summary", "--year", "2003", "--ratings", RATINGS], 0, "populations: ratings.csv"),
        (["summary", "--year", "2003", "--ratings", BARE], 0, "populations: the country table"),
        (["summary", "--year", "2003", "--ratings", RATINGS, "--population", " "], 2, "--population is empty"),
        (["summary", "--year", "1999", "--ratings", RATINGS], 3, "its rows are of 2001 to 2004"),
        (["map", "--year", "2003", "--ratings", RATINGS, "-o", "-"], 0, "Tokelau (TKL): narrowed"),
        (["map", "--year", "2003", "--ratings", RATINGS, "-o", "map.pdf"], 2, "ending in .svg or .html"),
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
