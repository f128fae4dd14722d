"""All record files of one country as one body of evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from attrs import evolve

from ratingengine.errors import Problem
from ratingengine.evidence.records.reader import RecordFile
from ratingengine.files.declared import digest
from ratingengine.files.scalars import COVERED
from ratingengine.model.evidence import Entry, Evidence, Observation, Search, Source


def collect_evidence(
    country: str, files: tuple[RecordFile, ...], sources: Mapping[str, Source]
) -> tuple[Evidence, tuple[Problem, ...]]:
    """All files of one country as one body of evidence, entries by id; the same id twice is a problem."""
    problems: list[Problem] = []
    seen: dict[str, Entry] = {}
    for file in files:
        for entry in _dated(file, sources, problems):
            first = seen.setdefault(entry.id, entry)
            if first is not entry:
                hint = f"first at {first.place}; give one of them another id"
                message = f"record id '{entry.id}' stands twice"
                problems.append(file.document.problem("I301", message, entry.place, hint, len(entry.id)))
    entries = [seen[key] for key in sorted(seen)]
    observations = tuple(entry for entry in entries if isinstance(entry, Observation))
    searches = tuple(entry for entry in entries if isinstance(entry, Search))
    text = digest(file.document for file in files)
    left_out: Counter[str] = sum((Counter(file.left_out) for file in files), Counter())
    return Evidence(country, observations, searches, sources, text, dict(sorted(left_out.items()))), tuple(problems)


def _dated(file: RecordFile, sources: Mapping[str, Source], problems: list[Problem]) -> Iterator[Entry]:
    """The entries of a file; what is only known to have begun in the period that a source covers has begun by its end."""
    for entry in file.entries:
        if not isinstance(entry, Observation) or entry.begun != COVERED:
            yield entry
            continue
        covered = [source.covers for name in entry.sources if (source := sources.get(name.source)) is not None]
        ends = [period[1] for period in covered if period is not None]
        if not ends or (entry.ended is not None and entry.ended < min(ends)) or entry.reported[1] < min(ends):
            said = f"ends {min(ends)}, after it ended or was reported" if ends else "is not said"
            message = f"{entry.id} began by the end of the period that its source covers, which {said}"
            hint = "write covers: {from: DATE, to: DATE} at the source, or from: by DATE here"
            problems.append(file.document.problem("I328", message, entry.place, hint, len(entry.id)))
            continue
        yield evolve(entry, begun=min(ends))
