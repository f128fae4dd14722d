"""Suppositions: what a setting means, what is left out, and what is refused in which words."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from assets.toy import OPTIONS, RECORDS, RULES, island, loaded

from ratingengine.cli import run
from ratingengine.engine.differences import differences
from ratingengine.explain.settings import WrongSetting, setting, setting_text
from ratingengine.explain.what_if.what_if import what_if

LOADED = loaded()
CODEBOOK = LOADED.method.codebook
DAY = date(2003, 12, 31)
MOST = CODEBOOK["assembly.banners_taken"].highest
WHERE = ["BVT", "--year", "2003", *OPTIONS]


@pytest.mark.parametrize(
    ("text", "ends", "shortest"),
    [
        ("assembly.banners_taken=7", (7, 7), ""),
        ("assembly.banners_taken=3..5", (3, 5), ""),
        ("assembly.banners_taken=3..", (3, MOST), ""),
        ("assembly.banners_taken=..5", (0, 5), ""),
        ("assembly.banners_taken=0..5", (0, 5), "assembly.banners_taken=..5"),
        ("assembly.banners_taken=unknown", (0, MOST), ""),
        ("assembly.banners_taken=..", (0, MOST), "assembly.banners_taken=unknown"),
        ("expression.insult_law=yes", (1, 1), ""),
        ("assembly.permit=notice..", (1, 2), ""),
        ("expression.press_index=12.5", (125, 125), ""),
    ],
)
def test_a_setting_is_an_interval_and_is_written_back(text: str, ends: tuple[int, int], shortest: str) -> None:
    name, found = setting(text, CODEBOOK)
    assert found == ends
    assert setting_text(CODEBOOK[name], *found) == (shortest or text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("banners", "'banners' is no setting; write INDICATOR=VALUE"),
        ("assembly.banners=1", "no indicator 'assembly.banners' that is coded; did you mean 'assembly.banners_taken'?"),
        ("no=1", "no indicator 'no' that is coded; see: rate codebook"),
        ("assembly.banners_taken=5..3", "assembly.banners_taken=5..3: the higher end stands first; write LOWEST..HIGHEST"),
    ],
)
def test_what_is_no_setting_is_refused(text: str, said: str) -> None:
    with pytest.raises(WrongSetting) as wrong:
        setting(text, CODEBOOK)
    assert str(wrong.value) == said


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--set", "expression.insult_law=2"), 2, "--set expression.insult_law=2: "),
        (("--set", "assembly.permit=leave"), 2, "write one of: none, notice, permission"),
        (
            ("--set", "expression.insult_law=yes", "--set", "expression.insult_law=no"),
            2,
            "--set expression.insult_law: set twice; give one value\n",
        ),
        (("--remove", "BVT-2003-01"), 3, "nothing of BVT to leave out is named 'BVT-2003-01'; did you mean 'BVT-2003-001'?\n"),
        (("--remove", "?"), 3, "'?'; name a record, an event, an indicator or a source that stands in the records\n"),
    ],
)
def test_the_command_refuses(words: tuple[str, ...], code: int, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["what-if", *WHERE, *words]) == code
    printed = capsys.readouterr()
    assert printed.out == ""
    assert said in printed.err


def test_without_two_papers_expression_is_not_repressed_and_neither_is_the_rating() -> None:
    found = what_if(LOADED, island(), DAY, None, None, {"expression.papers_closed": (1, 1)}, ())
    assert (found.before.chosen.assessed, found.after.chosen.assessed) == ("repressed", "narrowed")
    told = differences(found.before, found.after)
    assert {step.rule for step in told.lost} == {"INV-021", "INV-031"}
    assert [step.rule for step in told.gained] == []
    assert [(pair.name, pair.before, pair.after) for pair in told.levels] == [("expression", "repressed", "narrowed")]


@pytest.mark.parametrize(
    ("name", "removed"),
    [
        ("BVT-2003-004", ("BVT-2003-004",)),
        ("BVT-2003-banner-day", ("BVT-2003-002", "BVT-2003-003")),
        ("assembly.banners_taken", ("BVT-2003-002", "BVT-2003-003")),
        # What the gazette reports too keeps that citation.
        ("penguin-post", ("BVT-2003-003", "BVT-2005-001", "BVT-2005-S01", "BVT-2005-S02")),
    ],
)
def test_a_record_an_event_an_indicator_and_a_source_are_left_out_of_all_years(name: str, removed: tuple[str, ...]) -> None:
    assert what_if(LOADED, island(), DAY, None, None, {}, (name,)).removed == removed


def test_no_file_is_touched(capsys: pytest.CaptureFixture[str]) -> None:
    def digests() -> dict[Path, str]:
        return {path: sha256(path.read_bytes()).hexdigest() for root in (RULES, RECORDS) for path in root.rglob("*.yaml")}

    before = digests()
    assert run(["what-if", *WHERE, "--set", "expression.papers_closed=9", "--remove", "penguin-post"]) == 0
    assert "penguin" in RECORDS.joinpath("sources.yaml").read_text("utf-8")
    assert digests() == before
    assert "Supposed" in capsys.readouterr().out


def test_strict_follows_the_supposed_answer(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["what-if", *WHERE, "--strict"]) == 0
    assert run(["what-if", *WHERE, "--strict", "--set", "expression.papers_closed=unknown"]) == 5
    assert "nothing" not in capsys.readouterr().err
