"""What `rate check` found: as text, JSON, workflow commands of GitHub, and (in `sarif`) SARIF."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ratingengine.errors import Problem
from ratingengine.errors.codes import page_of
from ratingengine.interface.json import dump
from ratingengine.ruleset.check.checking import Report

FORMATS = ("text", "json", "sarif", "github")
COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}
"""What GitHub calls the three severities."""


def written_check(report: Report, form: str) -> str:
    """The report in one of the formats."""
    if form == "json":
        return dump(check_json(report))
    if form == "sarif":
        from ratingengine.ruleset.check.sarif import sarif

        return dump(sarif((*report.problems, *report.findings)))
    if form == "github":
        return "".join(f"{_workflow_command(problem)}\n" for problem in (*report.problems, *report.findings))
    return "\n".join(_lines(report)) + "\n"


def check_json(report: Report) -> dict[str, Any]:
    """What was checked, problems, findings and remarks as plain values."""
    return {
        "schema": "ratingengine/check/1",
        "checked": list(report.checked),
        "problems": [problem_json(problem) for problem in report.problems],
        "findings": [problem_json(problem) for problem in report.findings],
        "remarks": list(report.remarks),
    }


def problem_json(problem: Problem) -> dict[str, object]:
    """A problem as plain values."""
    place = problem.place
    return {
        "code": problem.code,
        "severity": problem.severity,
        "message": problem.message,
        "file": place.file if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "remedy": problem.hint or None,
        "page": page_of(problem),
    }


def _lines(report: Report) -> Iterator[str]:
    yield from (str(problem) for problem in (*report.problems, *report.findings))
    yield from (*report.checked, *report.remarks)
    told = [counted(report.findings, severity) for severity in ("warning", "note")]
    found = counted(report.problems, "problem") if report.problems else "no problem found"
    yield ", ".join([found, *filter(None, told)])


def counted(problems: Sequence[Problem], what: str) -> str:
    """`2 warnings`, nothing for none; of `problem` all are counted."""
    count = sum(what in ("problem", problem.severity) for problem in problems)
    return f"{count} {what}{'s' if count != 1 else ''}" if count else ""


def _workflow_command(problem: Problem) -> str:
    """One annotation: `::warning file=…,line=…,col=…,title=…::message`."""
    place = problem.place
    named = [("title", problem.code)]
    if place is not None:
        named = [("file", place.file), ("line", str(place.line)), ("col", str(place.column)), *named]
    properties = ",".join(f"{name}={_escaped(value, ':,')}" for name, value in named)
    text = f"{problem.message}; {problem.hint}" if problem.hint else problem.message
    return f"::{COMMANDS[problem.severity]} {properties}::{_escaped(text)}"


def _escaped(text: str, more: str = "") -> str:
    """What the reader of the command would take for its end, in its own writing."""
    for sign in ("%", "\r", "\n", *more):
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text
