"""The entries of rule, codebook and record files, as `ratingengine.testing` writes them; the shapes that its codebooks have."""

from __future__ import annotations

from ratingengine.testing.drawn_codebooks import KEYS, SHAPES
from ratingengine.testing.files import (
    COUNTRY,
    FACETS,
    RATINGS,
    SOURCES,
    Entry,
    Files,
    codebook_files,
    codebook_of,
    evidence_in,
    evidence_of,
    listed,
    method_of,
    record_text,
    rule_file,
    rules_in,
    rules_of,
    scale_text,
    written,
)

__all__ = [
    "COUNTRY",
    "FACETS",
    "KEYS",
    "RATINGS",
    "SHAPES",
    "SOURCES",
    "Entry",
    "Files",
    "codebook_files",
    "codebook_of",
    "evidence_in",
    "evidence_of",
    "listed",
    "method_of",
    "record_text",
    "rule_file",
    "rules_in",
    "rules_of",
    "scale_text",
    "written",
]
