"""A finding as a value: a problem whose severity comes from its code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import evolve, frozen

from ratingengine.errors import Place, Problem
from ratingengine.errors.codes import CODES
from ratingengine.files.nodes import Document

ERROR, WARNING, NOTE = "error", "warning", "note"
SEVERITIES = (ERROR, WARNING, NOTE)


@frozen
class Files:
    """The files that were read, by the path that places name: findings quote their lines."""

    documents: Mapping[str, Document]

    @classmethod
    def of(cls, documents: Iterable[Document]) -> Files:
        """The files of these documents."""
        return cls({document.path: document for document in documents})

    def finding(self, code: str, message: str, place: Place, hint: str, width: int = 1) -> Problem:
        """A finding at a place of one of the files."""
        return evolve(self.documents[place.file].problem(code, message, place, hint, width), severity=CODES[code].severity)
