"""All findings of rule sets and record folders that have no errors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from attrs import frozen

from ratingengine.engine.rating import countries_on_record, load
from ratingengine.errors import InvalidInput, Problem
from ratingengine.evidence.records.overrides import read_override_file
from ratingengine.evidence.records.reader import RecordFile, read_record_file
from ratingengine.files.nodes import Document
from ratingengine.files.shipped import CODEBOOK, yaml_below
from ratingengine.importing.reader import indicators_of
from ratingengine.method.codebook import read_codebook
from ratingengine.method.rulefile.reader import read_rules
from ratingengine.method.sources import Bibliography, read_sources
from ratingengine.model.evidence import Observation, Source
from ratingengine.model.indicator import Codebook
from ratingengine.ruleset.cases.folder import case_folder, read_folder
from ratingengine.ruleset.check.finding import Files
from ratingengine.ruleset.check.on_record import uncrossed
from ratingengine.ruleset.check.records import counted_twice, over_new_year, overlapping
from ratingengine.ruleset.check.references import cited_by_rules, uncited, unread_indicators, unsourced_standards
from ratingengine.ruleset.check.rules import UnderLint, rule_findings


@frozen
class Folder:
    """A folder of records as read, in the terms of a codebook: each coding's files, the bibliography, what the overrides cite."""

    path: Path
    codebook: Codebook
    codings: tuple[tuple[RecordFile, ...], ...]
    bibliography: Bibliography
    cited_by_overrides: frozenset[str]

    @property
    def observations(self) -> tuple[Observation, ...]:
        """The observations that ratings rest on."""
        return tuple(entry for file in self.codings[0] for entry in file.entries if isinstance(entry, Observation))


def lint(
    rule_sets: Sequence[Path], records: Sequence[Path], codebook: Path, codings: Sequence[str], mappings: Sequence[Path] = ()
) -> tuple[Problem, ...]:
    """Every finding of what is named, by place. All of it has been checked and has no error.

    Of indicators that one of the `mappings` fills, it is no finding that no rule reads them.
    """
    entries, documents, _ = read_codebook(codebook)
    under = [_under_lint(path, entries, documents) for path in rule_sets]
    own = _answering(rule_sets, records)
    folders = [_folder(path, under[0].codebook if path in own else entries, codings) for path in records]
    found = [problem for one in under for problem in rule_findings(one)]
    if any((path / "codebook") == codebook for path in records):
        shared = [one for one in under if one.codebook is entries]
        found += _of_codebook(entries, Files.of(documents), shared, folders, indicators_of(mappings, entries))
    for path, one in zip(rule_sets, under, strict=True):
        found += uncited(one.rule_set.sources, cited_by_rules(one), one.files, one.files, "rule or standard")
        answering = records if one.codebook is entries else own
        if one.codebook is not entries:
            found += _of_codebook(one.codebook, one.files, [one], [folder for folder in folders if folder.path in answering])
        if answering:
            found += _on_record(path, one, answering)
    for folder in folders:
        found += _of_records(folder)
    return tuple(dict.fromkeys(sorted(found, key=Problem.sort_key)))


def _under_lint(path: Path, codebook: Codebook, documents: Sequence[Document]) -> UnderLint:
    read, _ = read_rules(path)
    suite, _, _ = read_folder(case_folder(path))
    if (path / CODEBOOK).is_dir():
        codebook, documents, _ = read_codebook(path / CODEBOOK)
    return UnderLint(read.rule_set, codebook, suite, Files.of((*documents, *read.documents)))


def _folder(path: Path, codebook: Codebook, codings: Sequence[str]) -> Folder:
    if (path / CODEBOOK).is_dir():
        codebook = read_codebook(path / CODEBOOK)[0]
    read = tuple(tuple(_files(path / name, codebook)) for name in ("", *codings))
    bibliography, _ = read_sources(path / "sources.yaml")
    overrides = path / "overrides.yaml"
    file = read_override_file(overrides, ())[0] if overrides.exists() else None
    judged = () if file is None else file.overrides
    cited = frozenset(citation.source for entry in judged for citation in entry.sources)
    return Folder(path, codebook, read, bibliography, cited)


def _files(folder: Path, codebook: Codebook) -> Iterator[RecordFile]:
    for iso3 in countries_on_record([folder]):
        for path in yaml_below(folder / iso3) if (folder / iso3).is_dir() else ():
            file, _ = read_record_file(path, codebook)
            if file is not None:
                yield file


def _answering(rule_sets: Sequence[Path], records: Sequence[Path]) -> list[Path]:
    """The records that answer a rule set with a codebook of its own: those without one, where it is the only rule set."""
    return [folder for folder in records if not (folder / CODEBOOK).is_dir()] if len(rule_sets) == 1 else []


def _of_codebook(
    codebook: Codebook,
    files: Files,
    under: Sequence[UnderLint],
    folders: Sequence[Folder],
    imported: frozenset[str] = frozenset(),
) -> Iterator[Problem]:
    """Needs a rule set beside it: without one, nothing is known of what reads and what standards mean."""
    if under:
        coded = {entry.indicator for folder in folders for entry in folder.observations}
        yield from unread_indicators(codebook, files, [one.rule_set for one in under], coded, imported)
        sources: dict[str, Source] = {}
        for one in under:
            sources |= one.rule_set.sources
        yield from unsourced_standards(codebook, files, sources)


def _on_record(path: Path, under: UnderLint, records: Sequence[Path]) -> tuple[Problem, ...]:
    try:
        return tuple(uncrossed(under, load(str(path), records, "reference")))
    except InvalidInput:  # sound rules and sound records, but not for each other
        return ()


def _of_records(folder: Folder) -> Iterator[Problem]:
    files = Files.of(file.document for coding in folder.codings for file in coding)
    for finding in (counted_twice, overlapping, over_new_year):
        yield from finding(folder.observations, folder.codebook, files)
    entries = [entry for coding in folder.codings for file in coding for entry in file.entries]
    cited = {citation.source for entry in entries if isinstance(entry, Observation) for citation in entry.sources}
    cited |= {entry.source.source for entry in entries if not isinstance(entry, Observation)} | folder.cited_by_overrides
    document = folder.bibliography.document
    if document is not None:
        own, everywhere = Files.of([document]), Files.of([document, *files.documents.values()])
        yield from uncited(folder.bibliography.sources, cited, own, everywhere, "record or override")
