"""`rate backtest` in this process: what is asked of it, what is refused, and what it says while it works."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from assets.toy import INVENTED, OPTIONS

from ratingengine.cli import run

AGAINST = ("backtest", "--against", str(INVENTED.parent / "published.csv"))
ISLANDS = (*AGAINST, *OPTIONS, "--draws", "5")
RATINGS = "iso3,year,rating\nBVT,2003,repressed\nBVT,2004,obstructed\nHMD,2004,\n"


@pytest.fixture
def ratings(tmp_path: Path) -> str:
    path = tmp_path / "ours.csv"
    path.write_text(RATINGS, "utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ((*ISLANDS, "--of", "score"), 2, "--of score"),
        ((*ISLANDS, "--profile", "incidents"), 2, "--profile incidents"),
        ((*ISLANDS, "--from", "2006", "--to", "2001"), 2, "--from 2006 is after --to 2001"),
        ((*ISLANDS, "--to", "1"), 2, "--to 1 is outside"),
        ((*AGAINST, *OPTIONS, "--draws", "0"), 2, "--draws 0"),
        ((*ISLANDS, "--countries-in", " "), 2, "--countries-in is empty"),
        ((*ISLANDS, "--format", "xml"), 2, "--format xml"),
        ((*ISLANDS, "--from", "2050"), 3, "no published rating to judge"),
        ((*ISLANDS, "--baseline", "expression.press"), 3, "no indicator 'expression.press' for --baseline"),
        ((*ISLANDS, "--baseline", "nowhere.csv:x"), 3, "no such file"),
        (("backtest", "--against", "nowhere.csv", *OPTIONS), 3, "no such file"),
    ],
)
def test_what_has_no_meaning_is_refused(words: tuple[str, ...], code: int, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(words) == code
    printed = capsys.readouterr()
    assert said in printed.err
    assert printed.out == ""


def test_a_file_of_ratings_needs_no_records(ratings: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run((*AGAINST, "--rules", OPTIONS[1], "--ratings", ratings, "--format", "json")) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["n"], found["exact"], found["insufficient"], found["answers"][0].endswith("ours.csv")) == (2, 1.0, 7, True)
    assert found["profile"] is None
    assert {one["name"] for one in found["by_profile"]} == {"none"}


@pytest.mark.parametrize("more", [("--chain",), ("--suggest",), ("--profile", "coded"), OPTIONS[2:]])
def test_a_file_of_ratings_stands_in_place_of_the_rules(
    more: tuple[str, ...], ratings: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run((*AGAINST, *OPTIONS[:2], "--ratings", ratings, *more)) == 2
    assert f"{more[0]} asks the rules, and --ratings puts a file in their place" in capsys.readouterr().err


def test_an_indicator_needs_records(ratings: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run((*AGAINST, *OPTIONS[:2], "--ratings", ratings, "--baseline", "expression.press_index")) == 2
    assert "with --ratings there are no records" in capsys.readouterr().err


def test_rules_with_problems_are_told_before_a_file_is_read(
    ratings: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "rules").mkdir()
    assert run((*AGAINST, "--rules", str(tmp_path / "rules"), "--ratings", ratings)) == 4
    assert "scale.yaml" in capsys.readouterr().err


def test_a_part_of_the_split_is_rated_with_the_whole_and_judged_alone(capsys: pytest.CaptureFixture[str]) -> None:
    pairs = 0
    for part in ("development", "held-out"):
        if run((*ISLANDS, "--countries-in", part, "--format", "json")) == 0:
            found = json.loads(capsys.readouterr().out)
            assert found["split"] == part
            pairs += found["pairs"]
    assert pairs == 9


def test_the_seed_and_the_draws_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run((*AGAINST, *OPTIONS, "--seed", "7", "--draws", "9", "--from", "2002", "--to", "2004", "--format", "json")) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["resampling"] == {"unit": "country", "draws": 9, "seed": 7, "level": 0.95}
    assert found["against"]["years"] == "2002 to 2004"


def test_a_page_cut_short_says_how_much_is_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    assert run((*ISLANDS, "--max", "1")) == 0
    assert "and 1 more (--max, or --format json)" in capsys.readouterr().out
