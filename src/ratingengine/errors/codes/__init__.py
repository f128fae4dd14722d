"""Every code with what it means for a rating: those of errors (docs/errors.md) and those of findings (docs/lint.md)."""

from __future__ import annotations

from ratingengine.errors import Problem
from ratingengine.errors.codes.code import Code
from ratingengine.errors.codes.engines import ENGINES
from ratingengine.errors.codes.files import FILES
from ratingengine.errors.codes.lint import LINT
from ratingengine.errors.codes.records import RECORDS
from ratingengine.errors.codes.rules import RULES
from ratingengine.errors.codes.tables import TABLES

GROUPS: tuple[tuple[str, tuple[Code, ...]], ...] = (
    ("Files", FILES),
    ("Rule sets", RULES),
    ("Codebook, records and sources", RECORDS),
    ("Bounds of the engines", ENGINES),
    ("Tables of country-years", TABLES),
)
CODES: dict[str, Code] = {code.code: code for code in (*(code for _, group in GROUPS for code in group), *LINT)}

__all__ = ["CODES", "GROUPS", "LINT", "Code", "page_of"]


def page_of(problem: Problem) -> str:
    """Where the code is explained, below the root of the project."""
    name = "errors" if problem.severity == "error" else "lint"
    return f"docs/{name}.md#{problem.code.lower()}"
