"""`rate check`: problems and findings to stdout, since they are the answer here."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from attrs import evolve

from ratingengine.errors.codes import LINT
from ratingengine.files.nodes import near
from ratingengine.interface.asked import Usage, choice, write
from ratingengine.interface.exit_codes import DONE, FOUND
from ratingengine.ruleset.check.check_page import FORMATS, written_check
from ratingengine.ruleset.check.checking import Report, check


def show_check(
    folders: Sequence[str], documents: str | None, select: Sequence[str], ignore: Sequence[str], strict: bool, format_: str
) -> int:
    """Check what is named; findings alone are told and fail only with `strict`."""
    choice(format_, FORMATS, "--format")
    shown, hidden = _codes(select, "--select"), _codes(ignore, "--ignore")
    report = _chosen(check(tuple(Path(folder) for folder in folders), Path(documents) if documents else None), shown, hidden)
    write(written_check(report, format_))
    return FOUND if report.problems or (strict and report.findings) else DONE


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
    kept = (one for one in report.findings if one.code not in hidden and (not shown or one.code in shown))
    return evolve(report, findings=tuple(kept))
