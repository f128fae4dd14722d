"""`rate check` of a rule set with a codebook of its own: its sources, its indicators, and records in its terms."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from ratingengine.cli import run
from ratingengine.files.shipped import shipped

RECORD = """\
schema: ratingengine/record/1
country: ISL
observations:
  - id: ISL-2020-001
    indicator: pts.amnesty
    value: 2
    from: 2020-01-01
    to: 2020-12-31
    reported: 2020-12-31
    sources:
      - {source: told, locator: p. 1}
    coder: A
    confidence: high
"""
SOURCES = "schema: ratingengine/sources/1\nreferences:\n  - {id: told, type: report, title: A report, issued: 2021-01-01}\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(shipped("rules") / "political-terror", tmp_path / "mine")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def findings(capsys: pytest.CaptureFixture[str], *words: str) -> list[tuple[str, str]]:
    assert run(["check", *words, "--format", "json"]) == 0
    content = json.loads(capsys.readouterr().out)
    return [(found["code"], found["message"]) for found in content["findings"]]


def test_a_whole_method_is_no_folder_of_records(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert findings(capsys, "mine") == []


def test_an_indicator_of_its_own_that_no_rule_reads_is_told(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = here / "mine" / "codebook" / "physical_integrity.yaml"
    head, _, last = path.read_text("utf-8").rpartition("\n  - id: pts.state_department")
    path.write_text(f"{head}\n  - id: pts.state_department{last}\n  - id: pts.unread{last}", "utf-8")
    assert findings(capsys, "mine") == [("L505", "no rule reads pts.unread")]


def test_records_in_its_terms_are_held_to_its_thresholds(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "records" / "ISL").mkdir(parents=True)
    (here / "records" / "ISL" / "2020.yaml").write_text(RECORD, "utf-8")
    (here / "records" / "sources.yaml").write_text(SOURCES, "utf-8")
    (found,) = findings(capsys, "mine", "records")
    assert found[0] == "L504"
    assert "none of 1 country-years on record meets" in found[1]
    assert "pts.mean at least 1.5 (PTS-011)" in found[1]
