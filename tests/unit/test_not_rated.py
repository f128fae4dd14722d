"""A facet of which no rule sets a level is not rated, wherever it is shown; measures stand in tables and traces."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from support.weighed import RULES, method, records, rule

from ratingengine.cli import run

NOBODY = "not rated (no rule sets its level)"


@pytest.fixture
def folders(tmp_path: Path) -> list[str]:
    mine, kept = method(tmp_path / "mine"), records(tmp_path / "records", press=50, courts=80, polls=60)
    return ["--rules", str(mine), "--records", str(kept)]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    rows = "iso3,year,bank.press,bank.courts,bank.polls\nBVT,2021,50,80,60\nBVT,2022,90,,80\nBVT,2023,90,70,30\n"
    (tmp_path / "t.csv").write_text(rows + "HMD,2021,70,70,69\n", "utf-8")
    return tmp_path / "t.csv"


def printed(capsys: pytest.CaptureFixture[str], *asked: str) -> str:
    assert run(asked) == 0
    return capsys.readouterr().out


def test_in_answers(folders: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("BVT", "--year", "2021", *folders)
    assert f"offices             {NOBODY}\n" in printed(capsys, *asked)
    assert f"| offices | {NOBODY} | – |" in printed(capsys, *asked, "--format", "md")
    content = json.loads(printed(capsys, *asked, "--format", "json"))
    freedom = content["freedoms"]["offices"]
    assert [freedom[key] for key in ("level", "ceiling", "worst_possible", "status")] == [None, None, None, "not_rated"]
    assert content["profiles"]["coded"]["levels"] == {"answers": "poor", "offices": None}


def test_in_comparisons(folders: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    page = printed(capsys, "compare", "BVT", "HMD", "--year", "2021", *folders)
    rows = [line.split() for line in page.splitlines() if "offices" in line]
    assert rows == [["level", "of", "offices", "–"]]  # the same in both, and no rule of it is looked for
    content = json.loads(printed(capsys, "compare", "BVT", "HMD", "--year", "2021", *folders, "--format", "json"))
    assert [set(one["deciding"]) for one in content["countries"]] == [{"rating", "answers"}] * 2


def test_in_what_a_rule_reads(tmp_path: Path, folders: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    when = "when: {all: [{level: offices, at_most: poor}, {indicator: bank.press, less_than: 60}]}"
    reading = method(tmp_path / "reading", (*RULES, rule("WGH-005", "rating", when, "{rating_at_most: poor}")))
    page = printed(capsys, "why", "BVT", "--year", "2021", "--rules", str(reading), *folders[2:], "--rule", "WGH-005")
    assert "    level offices at most poor: not rated → excluded\n" in page


def test_by_one_profile_and_not_by_the_other(tmp_path: Path, folders: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    both = method(tmp_path / "both")
    scale = (both / "scale.yaml").read_text("utf-8").replace("[coded]", "[coded, other]")
    (both / "scale.yaml").write_text(scale, "utf-8")
    other = rule("OTH-001", "level", "when: {indicator: bank.polls, less_than: 70}", "{facet: offices, level_at_most: poor}")
    (both / "other.yaml").write_text(f"schema: ratingengine/rules/1\nprofile: other\nrules:\n{other}", "utf-8")
    page = printed(capsys, "BVT", "--year", "2021", "--rules", str(both), *folders[2:])
    assert f"offices             {NOBODY}\n" in page
    beside = "Other basis         other – good; range good only (determined by the evidence); offices not known (at most poor)\n"
    assert " ".join(beside.split()) in " ".join(page.split())


def test_in_tables(folders: list[str], table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    printed(capsys, "batch", str(table), *folders[:2], "-o", str(tmp_path / "out.csv"), "--explain")
    with (tmp_path / "out.csv").open(encoding="utf-8") as file:
        rows = {(row["iso3"], row["year"]): row for row in csv.DictReader(file)}
    assert {row["offices"] + row["offices_status"] for row in rows.values()} == {"not_rated"}
    measured = {key: [row[f"bank.short{end}"] for end in ("", "__low", "__high")] for key, row in rows.items()}
    # 0.5 × press + 0.3 × courts + 0.2 × polls, short of 100; with one of three not known there is none.
    assert measured == {
        ("BVT", "2021"): ["39.0"] * 3,
        ("BVT", "2022"): [""] * 3,
        ("BVT", "2023"): ["28.0"] * 3,
        ("HMD", "2021"): ["30.2"] * 3,
    }


def test_in_the_trace_of_a_row(folders: list[str], table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("batch", str(table), *folders[:2], "--trace", "HMD:2021")
    page = printed(capsys, *asked)
    assert "  offices  –      not rated\n" in page
    assert "  bank.short  30.2  30.2\n" in page
    content = json.loads(printed(capsys, *asked, "--format", "json"))
    inputs = ["bank.press", "bank.courts", "bank.polls"]
    assert content["profiles"][0]["measures"] == [
        {"measure": "bank.short", "known": True, "low": "30.2", "high": "30.2", "inputs": inputs}
    ]
    content = json.loads(printed(capsys, *asked[:-1], "BVT:2022", "--format", "json"))
    assert content["profiles"][0]["measures"] == [
        {"measure": "bank.short", "known": False, "low": None, "high": None, "inputs": inputs}
    ]
