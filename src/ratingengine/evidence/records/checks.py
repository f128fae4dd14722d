"""Checks of evidence against sources, documents and codebook: what it cites, and what contradicts it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from attrs import frozen

from ratingengine.errors import Place, Problem
from ratingengine.evidence.records.citations import Citing, Library, check_citations
from ratingengine.evidence.records.documents import Text
from ratingengine.evidence.records.reader import RecordFile
from ratingengine.files.nodes import Document
from ratingengine.model.evidence import Evidence, Observation, Search
from ratingengine.model.indicator import Codebook, Indicator


@frozen
class RecordContext:
    """One country's evidence with what it is checked against."""

    evidence: Evidence
    codebook: Codebook
    files: Mapping[str, Document]
    texts: Mapping[str, Text]
    sources_whole: bool = True

    def problem(self, code: str, message: str, place: Place, hint: str, width: int = 1) -> Problem:
        """A problem at a place of one of the record files."""
        return self.files[place.file].problem(code, message, place, hint, width)


def check_evidence(context: RecordContext) -> tuple[Problem, ...]:
    """Every problem of one country's records."""
    library = Library(context.evidence.sources, context.texts, context.files, context.sources_whole)
    return (*check_citations(_citing(context), library), *_contradicted(context))


def _citing(context: RecordContext) -> Iterator[Citing]:
    for observation in context.evidence.observations:
        yield Citing(observation.id, observation.place, observation.sources, observation.note)
    for search in context.evidence.searches:
        yield Citing(search.id, search.place, (search.source,))


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
