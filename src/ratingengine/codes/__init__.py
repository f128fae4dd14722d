"""Every code with what it means for a rating: those of errors (docs/errors.md) and those of findings (docs/lint.md)."""

from __future__ import annotations

from ratingengine.codes.code import Code
from ratingengine.codes.engines import ENGINES
from ratingengine.codes.files import FILES
from ratingengine.codes.lint import LINT
from ratingengine.codes.records import RECORDS
from ratingengine.codes.rules import RULES
from ratingengine.codes.tables import TABLES

GROUPS: tuple[tuple[str, tuple[Code, ...]], ...] = (
    ("Files", FILES),
    ("Rule sets", RULES),
    ("Codebook, records and sources", RECORDS),
    ("Bounds of the engines", ENGINES),
    ("Tables of country-years", TABLES),
)
CODES: dict[str, Code] = {code.code: code for code in (*(code for _, group in GROUPS for code in group), *LINT)}

__all__ = ["CODES", "GROUPS", "LINT", "Code"]
