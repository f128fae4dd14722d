"""`rate check`: its formats, what it shows and when it fails."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema
import pytest
from support.bad_files import BAD, FRAME, place

from ratingengine.cli import run
from ratingengine.errors.codes import CODES

URI = {"type": "object", "required": ["uri"], "properties": {"uri": {"type": "string"}, "uriBaseId": {"type": "string"}}}
TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
POSITIVE = {"type": "integer", "minimum": 1}
SARIF = {
    "type": "object",
    "required": ["version", "runs"],
    "additionalProperties": False,
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["tool"],
                "additionalProperties": False,
                "properties": {
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "tool": {
                        "type": "object",
                        "required": ["driver"],
                        "additionalProperties": False,
                        "properties": {
                            "driver": {
                                "type": "object",
                                "required": ["name"],
                                "additionalProperties": False,
                                "properties": {
                                    "name": {"type": "string"},
                                    "semanticVersion": {"type": "string", "pattern": r"^\d+\.\d+\.\d+"},
                                    "rules": {
                                        "type": "array",
                                        "uniqueItems": True,
                                        "items": {
                                            "type": "object",
                                            "required": ["id"],
                                            "additionalProperties": False,
                                            "properties": {
                                                "id": {"type": "string"},
                                                "shortDescription": TEXT,
                                                "fullDescription": TEXT,
                                                "help": TEXT,
                                                "defaultConfiguration": {"type": "object", "properties": {"level": LEVEL}},
                                            },
                                        },
                                    },
                                },
                            }
                        },
                    },
                    "results": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["message"],
                            "additionalProperties": False,
                            "properties": {
                                "ruleId": {"type": "string"},
                                "ruleIndex": {"type": "integer", "minimum": 0},
                                "level": LEVEL,
                                "message": TEXT,
                                "properties": {"type": "object"},
                                "locations": {
                                    "type": "array",
                                    "items": {
                                        "type": "object",
                                        "additionalProperties": False,
                                        "properties": {
                                            "physicalLocation": {
                                                "type": "object",
                                                "required": ["artifactLocation"],
                                                "additionalProperties": False,
                                                "properties": {
                                                    "artifactLocation": URI,
                                                    "region": {
                                                        "type": "object",
                                                        "additionalProperties": False,
                                                        "properties": {
                                                            "startLine": POSITIVE,
                                                            "startColumn": POSITIVE,
                                                            "endColumn": POSITIVE,
                                                        },
                                                    },
                                                },
                                            }
                                        },
                                    },
                                },
                            },
                        },
                    },
                },
            },
        },
    },
}
"""The part of the schema of SARIF 2.1.0 that the output uses: names, kinds, and what must be there."""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(FRAME, tmp_path / "here")
    monkeypatch.chdir(tmp_path / "here")
    place(BAD / "lint/L501-behind-a-finding", tmp_path / "here")
    return tmp_path / "here"


def spoil(here: Path) -> None:
    shutil.copy(BAD / "records/I303-negative-count.yaml", here / "records/BVT/bad: 1,2.yaml")


def answered(capsys: pytest.CaptureFixture[str], *options: str, code: int = 0) -> str:
    assert run(["check", "rules", "records", *options]) == code
    printed = capsys.readouterr()
    assert printed.err == ""
    return printed.out


def test_findings_alone_fail_only_when_asked(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = answered(capsys)
    assert "rules/more.yaml:4:9: L501 warning: rule BAD-001 never changes an outcome" in text
    assert re.search(r"^no problem found, \d+ warnings, 1 note$|^no problem found, \d+ warnings$", text, re.MULTILINE)
    assert answered(capsys, "--strict", code=1) == text
    assert answered(capsys, "--strict", "--select", "L510").splitlines()[-1] == "no problem found"


def test_findings_are_picked_and_passed_over_by_code(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def codes(*options: str) -> set[str]:
        return {found["code"] for found in json.loads(answered(capsys, "--format", "json", *options))["findings"]}

    everything = codes()
    assert {"L501", "L505"} <= everything
    assert codes("--select", "l501") == {"L501"}
    assert codes("--select", "L501,L505", "--ignore", "L505") == {"L501"}
    assert codes("--ignore", "L505", "--ignore", "L501") == everything - {"L501", "L505"}


@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_an_error_can_be_neither_picked_nor_passed_over(option: str, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", option, "R206"]) == 2
    assert "errors are always told" in capsys.readouterr().err
    assert run(["check", option, "L51"]) == 2
    assert "did you mean" in capsys.readouterr().err
    assert run(["check", "--format", "xml"]) == 2


def test_errors_come_alone_and_fail(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(here)
    content = json.loads(answered(capsys, "--format", "json", "--ignore", "L501", code=1))
    assert [(found["code"], found["severity"]) for found in content["problems"]] == [("I303", "error")]
    assert content["findings"] == []
    assert answered(capsys, code=1).splitlines()[-1] == "1 problem"


def test_json_says_where_each_code_is_explained(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = json.loads(answered(capsys, "--format", "json"))
    assert all(found["page"] == f"docs/lint.md#{found['code'].lower()}" for found in content["findings"])
    assert all(found["severity"] == CODES[found["code"]].severity for found in content["findings"])
    assert all(found["remedy"] for found in content["findings"])


def test_sarif_keeps_to_the_standard_and_says_what_json_says(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for code in (0, 1):
        content = json.loads(answered(capsys, "--format", "json", code=code))
        log = json.loads(answered(capsys, "--format", "sarif", code=code))
        jsonschema.Draft202012Validator(SARIF).validate(log)
        (one,) = log["runs"]
        results, rules = one["results"], one["tool"]["driver"]["rules"]
        assert [shown(result) for result in results] == [told(found) for found in content["problems"] + content["findings"]]
        assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in results)
        assert len({rule["id"] for rule in rules}) == len(rules) == len({result["ruleId"] for result in results})
        spoil(here)


def test_the_schema_of_sarif_refuses_what_is_none(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = json.loads(answered(capsys, "--format", "sarif"))
    log["runs"][0]["results"][0]["level"] = "grave"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(SARIF).validate(log)


def shown(result: dict[str, Any]) -> tuple[object, ...]:
    where = result["locations"][0]["physicalLocation"]
    region = where["region"]
    assert region["endColumn"] > region["startColumn"]
    assert where["artifactLocation"]["uriBaseId"] == "SRCROOT"
    place_ = (unquote(where["artifactLocation"]["uri"]), region["startLine"], region["startColumn"])
    return (result["ruleId"], result["level"], *result["message"]["text"].split("\n"), *place_)


def told(found: dict[str, Any]) -> tuple[object, ...]:
    return tuple(found[name] for name in ("code", "severity", "message", "remedy", "file", "line", "column"))


def test_github_gets_one_annotation_a_line(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = answered(capsys, "--format", "github", "--select", "L501").splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("::warning file=rules/more.yaml,line=4,col=9,title=L501::rule BAD-001 never changes")
    assert answered(capsys, "--format", "github", "--select", "L510") == ""
    spoil(here)
    (line,) = answered(capsys, "--format", "github", code=1).splitlines()
    assert line.startswith("::error file=records/BVT/bad%3A 1%2C2.yaml,line=")


def test_a_file_outside_of_the_working_directory_has_an_address_of_its_own(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert run(["check", str(here / "rules"), str(here / "records"), "--format", "sarif", "--select", "L501"]) == 0
    where = json.loads(capsys.readouterr().out)["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert where["artifactLocation"] == {"uri": (here / "rules/more.yaml").as_uri()}
