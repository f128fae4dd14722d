"""Problems and findings as SARIF 2.1.0 (OASIS, 27 March 2020), for code-scanning views."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from ratingengine.errors import Problem
from ratingengine.errors.codes import CODES, Code, page_of
from ratingengine.model.version import __version__

VERSION = "2.1.0"
SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
BASE = "SRCROOT"
"""What relative addresses of files are relative to: the folder in which the command ran."""


def sarif(problems: Sequence[Problem]) -> dict[str, Any]:
    """One run with a result for each problem; the codes that occur are its rules."""
    codes = sorted({problem.code for problem in problems})
    driver = {
        "name": "ratingengine",
        "semanticVersion": __version__,
        "rules": [_rule(CODES[code]) for code in codes],
    }
    results = [_result(problem, codes.index(problem.code)) for problem in problems]
    # Columns count characters, as Python does, not the UTF-16 units that are the default of the format.
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": SCHEMA, "version": VERSION, "runs": [run]}


def _rule(code: Code) -> dict[str, Any]:
    help_text = f"Not:\n\n{code.bad}\n\nBut:\n\n{code.good}"
    return {
        "id": code.code,
        "shortDescription": {"text": code.title},
        "fullDescription": {"text": code.explanation},
        "help": {"text": help_text},
        "defaultConfiguration": {"level": code.severity},
    }


def _result(problem: Problem, index: int) -> dict[str, Any]:
    text = f"{problem.message}\n{problem.hint}" if problem.hint else problem.message
    result: dict[str, Any] = {
        "ruleId": problem.code,
        "ruleIndex": index,
        "level": problem.severity,
        "message": {"text": text},
        "properties": {"page": page_of(problem)},
    }
    if problem.place is not None:
        place = problem.place
        region = {"startLine": place.line, "startColumn": place.column, "endColumn": place.column + max(1, problem.width)}
        result["locations"] = [{"physicalLocation": {"artifactLocation": _address(place.file), "region": region}}]
    return result


def _address(name: str) -> dict[str, str]:
    path = PurePath(name)
    if path.is_absolute():
        return {"uri": path.as_uri()}
    return {"uri": quote(path.as_posix()), "uriBaseId": BASE}
