"""`rate diff`: what is asked, what is refused, and commands that give what is promised."""

from __future__ import annotations

import json
import shlex
import shutil
from pathlib import Path

import pytest
from assets.toy import OPTIONS, RECORDS, RULES

from ratingengine.cli import run

ROOT = Path(__file__).parents[4]
RULED = ("--rules", str(RULES))


def asked(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, object]:
    assert run([*words, "--format", "json"]) == 0
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("2002", "2003"), 2, "write: rate diff COUNTRY YEAR YEAR"),
        (("bvt",), 2, "write: rate diff COUNTRY YEAR YEAR"),
        (("bvt", "1699", "2003"), 2, "the year 1699 is outside 1700 to 2200\n"),
        (("bvt", "2002-13-01", "2003"), 2, "the day is not a date: '2002-13-01'"),
        (("bvt", "2002", "2003", "--known-at", "x"), 2, "--known-at is not a date: 'x'"),
        (("bvt", "2002", "2003", "--known-from", "x"), 2, "--known-from is not a date: 'x'"),
        (("bvt", "2002", "2003", "--known-to", "x"), 2, "--known-to is not a date: 'x'"),
        (("nowhere", "2002", "2003"), 3, "nowhere"),
        (
            ("bvt", "2002", "2003", "--term", "expression.papers"),
            3,
            "--term expression.papers: no input of that name differs; did you mean 'expression.papers_closed'?\n",
        ),
        (("bvt", "2003", "2003", "--term", "x"), 2, "the two sides are the same"),
        (("bvt", "2002", "2003", "--format", "yaml"), 2, "--format yaml: write one of text, json, md, csv\n"),
    ],
)
def test_what_has_no_meaning_is_refused(words: tuple[str, ...], code: int, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["diff", *words, *OPTIONS]) == code
    printed = capsys.readouterr()
    assert printed.out == ""
    assert said in printed.err


def test_other_codebooks_are_not_compared(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    shutil.copytree(RECORDS, tmp_path / "records")
    book = tmp_path / "records/codebook"
    for path in book.iterdir():
        path.write_text(path.read_text("utf-8").replace("Papers closed", "Papers shut"), "utf-8")
    words = ["diff", "bvt", "2003", *RULED, "--records-from", str(RECORDS), "--records-to", str(tmp_path / "records")]
    assert run(words) == 2
    said = "error: the two sides have different codebooks, so their values cannot be compared; use records with the same one\n"
    assert capsys.readouterr().err == said


def test_other_scales_are_not_compared(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    shutil.copytree(RULES, tmp_path / "rules")
    scale = tmp_path / "rules/scale.yaml"
    scale.write_text(scale.read_text("utf-8").replace("id: open", "id: free"), "utf-8")
    assert run(["diff", "bvt", "2003", *OPTIONS, "--rules-to", str(tmp_path / "rules")]) == 2
    said = "error: the two rule sets have different scales or profiles, so their ratings cannot be compared\n"
    assert capsys.readouterr().err == said


def test_rules_that_differ_are_attributed_to_the_rules_at_four_corners(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    shutil.copytree(RULES, tmp_path / "rules")
    coded = tmp_path / "rules/coded.yaml"
    coded.write_text(coded.read_text("utf-8").replace("papers_closed, at_least: 2", "papers_closed, at_least: 3"), "utf-8")
    found = asked(capsys, "diff", "bvt", "2003", *OPTIONS, "--rules-to", str(tmp_path / "rules"))
    attribution = found["attribution"]
    assert isinstance(attribution, dict)
    assert [(one["kind"], one["share"]) for one in attribution["terms"]] == [("rules", "-1.000")]
    assert (attribution["from"], attribution["to"]) == ("obstructed", "narrowed")
    assert len(attribution["corners"]) == 4
    for corner in attribution["corners"]:
        assert asked(capsys, *shlex.split(corner["command"])[1:])["rating"] == corner["published"]


def test_a_revision_of_the_records_is_attributed_to_the_revision(capsys: pytest.CaptureFixture[str]) -> None:
    # The papers were reported closed in January 2004; until then nothing was known of them.
    found = asked(capsys, "diff", "bvt", "2003", *OPTIONS, "--known-from", "2003-12-31")
    attribution = found["attribution"]
    assert isinstance(attribution, dict)
    assert [(one["kind"], one["share"]) for one in attribution["terms"]] == [("revision", "+1.000")]


@pytest.mark.slow
@pytest.mark.parametrize("start", [("diff", "bvt", "2002", "2003", *OPTIONS), ("diff", "kazakhstan", "2021", "2022")])
def test_each_command_that_is_printed_gives_what_is_promised(
    start: tuple[str, ...], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    attribution = asked(capsys, *start)["attribution"]
    assert isinstance(attribution, dict)
    tried = 0
    for corner in attribution["corners"]:
        assert asked(capsys, *shlex.split(corner["command"])[1:])["rating"] == corner["published"]
    for term in attribution["terms"]:
        told = asked(capsys, *shlex.split(term["command"])[1:])
        assert (told["share"], told["fraction"]) == (term["share"], term["fraction"])
        smallest = told["smallest"]
        assert isinstance(smallest, dict)
        for key, command in zip(("without", "with"), smallest["commands"], strict=False):
            answer = asked(capsys, *shlex.split(command)[1:])["answer"]
            assert isinstance(answer, dict)
            assert answer["rating"] == smallest[key]
            tried += 1
    assert tried >= 4


def test_brief_leaves_the_lists_out_of_text_and_nothing_out_of_json(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["diff", "bvt", "2002", "2003", *OPTIONS]
    whole, brief = (asked(capsys, *words, *more) for more in ((), ("--brief",)))
    assert whole["differences"] == brief["differences"]
    assert run([*words, "--brief"]) == 0
    text = capsys.readouterr().out
    assert "Rules that hold" not in text
    assert "What differs" in text
