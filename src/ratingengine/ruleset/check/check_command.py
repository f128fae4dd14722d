"""`rate check`: problems and findings to stdout, since they are the answer here."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

from attrs import evolve

from ratingengine.errors.codes import LINT
from ratingengine.files.nodes import near
from ratingengine.interface.asked import Usage, choice, write
from ratingengine.interface.exit_codes import DONE, FOUND
from ratingengine.interface.options import Argument, Option
from ratingengine.ruleset.check.check_page import FORMATS, written_check
from ratingengine.ruleset.check.checking import Report, check


def _codes(asked: Sequence[str], option: str) -> frozenset[str]:
    """Codes of findings as they are asked for, alone or joined by commas. An error can be neither picked nor passed over."""
    known = [code.code for code in LINT]
    words = [word.strip().upper() for text in asked for word in text.split(",")]
    for word in words:
        if word not in known:
            hint = near(word, known) or f"write one of {', '.join(known)}"
            raise Usage(f"{option} {word}: no finding has this code, and errors are always told; {hint}")
    return frozenset(words)


def _chosen(report: Report, shown: frozenset[str], hidden: frozenset[str]) -> Report:
    kept = (finding for finding in report.findings if finding.code not in hidden and (not shown or finding.code in shown))
    return evolve(report, findings=tuple(kept))


def check_command(
    folders: Annotated[
        list[str] | None, Argument(metavar="[DIR]...", help="Rule sets or records. [default: the shipped ones]")
    ] = None,
    documents: Annotated[
        str | None,
        Option("--documents", metavar="DIR", help="The coded documents; locators and wording are checked against them."),
    ] = None,
    select: Annotated[list[str] | None, Option("--select", metavar="CODE", help="Only these findings; repeatable.")] = None,
    ignore: Annotated[list[str] | None, Option("--ignore", metavar="CODE", help="Leave out these findings; repeatable.")] = None,
    strict: Annotated[bool, Option("--strict", help="Exit code 1 for warnings and notes too.")] = False,
    format_: Annotated[str, Option("--format", metavar="text|json|sarif|github", help="Form of the answer.")] = "text",
) -> int:
    """Check rule sets, codebook and records for errors.

    Likely mistakes are reported as warnings or notes. Exit code 1 when there are errors.

    rate check
    rate check rules/ indicators/ --strict
    """
    choice(format_, FORMATS, "--format")
    shown, hidden = _codes(select or (), "--select"), _codes(ignore or (), "--ignore")
    report = _chosen(
        check(tuple(Path(folder) for folder in folders or ()), Path(documents) if documents else None), shown, hidden
    )
    write(written_check(report, format_))
    return FOUND if report.problems or (strict and report.findings) else DONE
