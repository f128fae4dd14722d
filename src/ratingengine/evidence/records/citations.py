"""Checks of what entries cite: sources that are there, places inside them, and wording that is not theirs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from attrs import frozen

from ratingengine.errors import Place, Problem
from ratingengine.evidence.records.documents import Text, longest_shared_run
from ratingengine.files.nodes import Document, near
from ratingengine.method.sources import paragraphs_of
from ratingengine.model.evidence import Citation, Source

MOST_SHARED_WORDS = 7
"""Eight words running are a quotation; facts carry over, sentences do not."""


@frozen
class Citing:
    """An entry that cites: its id and place, its citations, and what it says in its author's own words."""

    id: str
    place: Place
    citations: tuple[Citation, ...]
    words: str = ""


@frozen
class Library:
    """What citations are checked against: sources by id, documents at hand by digest, and the files that cite.

    `whole`: every source's id could be read; otherwise what cites a source that is not there is not at fault.
    """

    sources: Mapping[str, Source]
    texts: Mapping[str, Text]
    files: Mapping[str, Document]
    whole: bool = True

    def problem(self, code: str, message: str, place: Place, hint: str, width: int = 1) -> Problem:
        """A problem at a place of one of the files."""
        return self.files[place.file].problem(code, message, place, hint, width)


def check_citations(entries: Iterable[Citing], library: Library) -> Iterator[Problem]:
    """Every problem of the entries' citations and of their wording."""
    for entry in entries:
        for citation in entry.citations:
            source = library.sources.get(citation.source)
            if source is None:
                if library.whole:
                    hint = near(citation.source, list(library.sources)) or "add it to sources.yaml"
                    message = f"{entry.id}: no such source: '{citation.source}'"
                    yield library.problem("I305", message, citation.place, hint, len(citation.source))
                continue
            text = library.texts.get(source.document)
            yield from _located(entry, citation, source, text, library)
            yield from _worded(entry, citation, text, library)


def _located(entry: Citing, citation: Citation, source: Source, text: Text | None, library: Library) -> Iterator[Problem]:
    """A locator outside the extent of its source, or outside the document at hand."""
    reason = _outside(citation, source, text) if citation.locator else ""
    if reason and source.paragraphs is not None:
        hint = f"{source.id} has para {source.paragraphs[0]} to {source.paragraphs[1]}"
        message = f"{entry.id}: {reason}: '{citation.locator}'"
        yield library.problem("I307", message, citation.place, hint, len(citation.source))


def _outside(citation: Citation, source: Source, text: Text | None) -> str:
    if source.paragraphs is None:
        return ""
    cited = paragraphs_of(citation.locator)
    if cited is None:
        return "the locator names no paragraph"
    if not source.paragraphs[0] <= cited[0] <= cited[1] <= source.paragraphs[1]:
        return "the locator lies outside its source"
    if text is not None and cited[1] > len(text.paragraphs):
        return "the locator lies beyond the end of the document"
    return ""


def _worded(entry: Citing, citation: Citation, text: Text | None, library: Library) -> Iterator[Problem]:
    """Own words that share a run of words with a document at hand."""
    run = longest_shared_run(entry.words, text) if text else ()
    if len(run) > MOST_SHARED_WORDS:
        message = f"{entry.id}: the note repeats {len(run)} words of {citation.source}: '{' '.join(run)}'"
        yield library.problem("I308", message, entry.place, "say it in your own words", len(entry.id))
