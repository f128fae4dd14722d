"""Checks of evidence against sources, documents and codebook: citations, locators, wording, contradictions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from attrs import frozen

from ratingengine.errors import Place, Problem
from ratingengine.model.evidence import Citation, Evidence, Observation, Search, Source
from ratingengine.model.indicator import Codebook, Indicator
from ratingengine.nodes import Document, near
from ratingengine.records.documents import Text, longest_shared_run
from ratingengine.records.reader import RecordFile
from ratingengine.sources import paragraphs_of

MOST_SHARED_WORDS = 7
"""Eight words running are a quotation; facts carry over, sentences do not."""


@frozen
class RecordContext:
    """One country's evidence with what it is checked against."""

    evidence: Evidence
    codebook: Codebook
    files: Mapping[str, Document]
    texts: Mapping[str, Text]

    def problem(self, code: str, message: str, place: Place, hint: str, width: int = 1) -> Problem:
        """A problem at a place of one of the record files."""
        return self.files[place.file].problem(code, message, place, hint, width)


def check_evidence(context: RecordContext) -> tuple[Problem, ...]:
    """Every problem of one country's records."""
    checks = (_cited, _located, _worded, _contradicted)
    return tuple(problem for check in checks for problem in check(context))


def _entries(context: RecordContext) -> Iterator[tuple[Observation | Search, tuple[Citation, ...]]]:
    for observation in context.evidence.observations:
        yield observation, observation.sources
    for search in context.evidence.searches:
        yield search, (search.source,)


def _cited(context: RecordContext) -> Iterator[Problem]:
    """Sources that the bibliography does not have."""
    for entry, cited in _entries(context):
        for citation in cited:
            if citation.source not in context.evidence.sources:
                hint = near(citation.source, list(context.evidence.sources)) or "add it to sources.yaml"
                message = f"{entry.id}: no such source: '{citation.source}'"
                yield context.problem("I305", message, citation.place, hint, len(citation.source))


def _located(context: RecordContext) -> Iterator[Problem]:
    """Locators outside the extent of their source, or outside the document at hand."""
    for entry, cited in _entries(context):
        for citation in cited:
            source = context.evidence.sources.get(citation.source)
            if source is None or source.paragraphs is None or not citation.locator:
                continue
            reason = _outside(citation, source, context.texts.get(source.document))
            if reason:
                hint = f"{source.id} has para {source.paragraphs[0]} to {source.paragraphs[1]}"
                message = f"{entry.id}: {reason}: '{citation.locator}'"
                yield context.problem("I307", message, citation.place, hint, len(citation.source))


def _outside(citation: Citation, source: Source, text: Text | None) -> str:
    cited = paragraphs_of(citation.locator)
    if cited is None:
        return "the locator names no paragraph"
    if source.paragraphs is None or not source.paragraphs[0] <= cited[0] <= cited[1] <= source.paragraphs[1]:
        return "the locator lies outside its source"
    if text is not None and cited[1] > len(text.paragraphs):
        return "the locator lies beyond the end of the document"
    return ""


def _worded(context: RecordContext) -> Iterator[Problem]:
    """Notes that share a run of words with a document at hand."""
    for observation in context.evidence.observations:
        for citation in observation.sources:
            source = context.evidence.sources.get(citation.source)
            text = context.texts.get(source.document) if source else None
            run = longest_shared_run(observation.note, text) if text else ()
            if len(run) > MOST_SHARED_WORDS:
                message = f"{observation.id}: the note repeats {len(run)} words of {citation.source}: '{' '.join(run)}'"
                yield context.problem("I308", message, observation.place, "say it in your own words", len(observation.id))


def _contradicted(context: RecordContext) -> Iterator[Problem]:
    """Searches that found none where another entry of the same days found some."""
    for search in context.evidence.searches:
        for entry in context.evidence.observations:
            if entry.indicator not in search.indicators:
                continue
            if _speaks_of_some(entry, context.codebook[entry.indicator], search):
                message = f"{search.id} found none of {entry.indicator}, but {entry.id} reports it"
                hint = "shorten the search, or take the indicator out of it"
                yield context.problem("I315", message, search.place, hint, len(search.id))


def _speaks_of_some(entry: Observation, indicator: Indicator, search: Search) -> bool:
    """Whether the entry states more than none within the days of the search: an event by its start, others by overlap."""
    if entry.claim.lowest is None or entry.claim.lowest <= indicator.lowest:
        return False
    if indicator.time == "event":
        return search.begun <= entry.begun <= search.ended
    last = entry.ended or (date.max if indicator.basis == "law" else entry.reported[0])
    return entry.begun <= search.ended and last >= search.begun


def country_problem(file: RecordFile, known: bool) -> Iterator[Problem]:
    """A record file of a code that is no country."""
    if not known:
        message, hint = f"no such country: '{file.country}'", "write its three-letter code"
        yield file.document.problem("I313", message, file.place, hint, len(file.country))


def documents_in(folder: Path) -> tuple[Path, ...]:
    """The text files of a folder of documents, sorted."""
    return tuple(sorted(path for path in folder.rglob("*.txt") if path.is_file()))
