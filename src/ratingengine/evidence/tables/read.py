"""Reads tables of observations: a whole one as a frame, or one country's rows as a file of records.

A table is written by a program, so a row that is not in its form is a problem of the table: it is told with its line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from attrs import define, field, frozen

from ratingengine.errors import InvalidInput, Place, Problem
from ratingengine.evidence.records.collecting import collect_evidence
from ratingengine.evidence.records.reader import RecordFile
from ratingengine.evidence.tables import frames
from ratingengine.evidence.tables.form import COLUMNS, NEEDED, SOURCES, columns_in, sidecar
from ratingengine.evidence.tables.places import MOST_TABLES, State, csv_columns, csv_countries, csv_rows, state_of
from ratingengine.evidence.tables.rows import REMEDY, RowReader
from ratingengine.files.declared import shown_path
from ratingengine.files.nodes import Document, parse
from ratingengine.method.sources import Bibliography, bibliography_of, read_sources
from ratingengine.model.evidence import Evidence, Source
from ratingengine.model.indicator import Codebook


@frozen
class Table:
    """A whole table, not yet read into memory, and its sources by id."""

    path: Path
    frame: frames.Frame
    sources: Mapping[str, Source]


def read_table(path: Path) -> Table:
    """A table as a polars frame. Raises InvalidInput where it is none, NotFound without polars."""
    problems = _form_problems(path)
    sources, wrong = ({}, ()) if problems else sources_of(path)
    if problems or wrong:
        raise InvalidInput([*problems, *wrong])
    if path.suffix.lower() == ".parquet":
        return Table(path, frames.parquet_frame(path), sources)
    return Table(path, frames.csv_frame(path), sources)


def evidence_of(table: Table, iso3: str, codebook: Codebook) -> Evidence:
    """One country's evidence from a table alone. Raises InvalidInput with every problem of its rows."""
    file, problems = country_file(table.path, iso3, codebook)
    evidence, wrong = collect_evidence(iso3, () if file is None else (file,), table.sources)
    if problems or wrong:
        raise InvalidInput([*problems, *wrong])
    return evidence


def sources_of(path: Path) -> tuple[Mapping[str, Source], tuple[Problem, ...]]:
    """The bibliography in the metadata of a Parquet table or beside a CSV one."""
    beside = sidecar(path)
    if path.suffix.lower() != ".parquet":
        found, problems = read_sources(beside)
    else:
        try:
            text = frames.parquet_metadata(path).get(SOURCES)
        except frames.BrokenTable as failure:
            return {}, (_problem(path, 1, "I325", str(failure)),)
        found, problems = Bibliography({}, None), ()
        if text is not None:
            found, problems = bibliography_of(*parse(text.encode(), f"{shown_path(path)} (sources)"))
    if not found.sources and not problems:
        what = "no sources in its metadata" if path.suffix.lower() == ".parquet" else f"no file {beside.name} beside it"
        problems = (_problem(path, 1, "I325", f"a table without sources: {what}"),)
    return found.sources, problems


def countries_in(path: Path) -> set[str]:
    """The codes of the countries in a table. Raises InvalidInput where it cannot be read."""
    problems = _form_problems(path)
    if problems:
        raise InvalidInput(problems)
    return frames.parquet_countries(path) if path.suffix.lower() == ".parquet" else csv_countries(path)


def country_rows(path: Path, iso3: str | None) -> Iterable[tuple[int, Mapping[str, Any]]]:
    """The rows of one country, or (None) of all, with their numbers or lines."""
    return frames.parquet_rows(path, iso3) if path.suffix.lower() == ".parquet" else csv_rows(path, iso3)


def country_file(path: Path, iso3: str, codebook: Codebook) -> tuple[RecordFile | None, tuple[Problem, ...]]:
    """The observations of one country, in the form in which a file of records is handed on."""
    problems = _form_problems(path)
    if problems:
        return None, problems
    reader = RowReader(shown_path(path), codebook, columns_in(columns_of(path)))
    # A table is sound or it is not, whichever country is asked for, as it is to `rate batch`; it is looked through once.
    sound = _sound.has(path, codebook)
    rows = country_rows(path, iso3 if sound else None)
    try:
        entries = [entry for number, row in rows if (entry := reader.observation(number, row, iso3)) is not None]
    except InvalidInput as invalid:
        return None, invalid.problems
    if not sound and not reader.problems:
        _sound.add(path, codebook)
    raw = sha256("\n".join(sorted(reader.said)).encode()).hexdigest().encode()
    document = Document(shown_path(path), None, (), raw)
    return RecordFile(iso3, tuple(entries), (), Place(document.path, 1, 1), document, reader.left_out), tuple(reader.problems)


def _problem(path: Path, line: int, code: str, message: str) -> Problem:
    return Problem(code, message, Place(shown_path(path), line, 1), hint=REMEDY)


def columns_of(path: Path) -> Sequence[str]:
    """The headings of a table. Raises OSError, UnicodeDecodeError, csv.Error or BrokenTable."""
    return frames.parquet_columns(path) if path.suffix.lower() == ".parquet" else csv_columns(path)


def _form_problems(path: Path) -> tuple[Problem, ...]:
    try:
        names = columns_of(path)
    except InvalidInput as invalid:
        return invalid.problems
    except frames.BrokenTable as failure:
        return (_problem(path, 1, "I325", str(failure)),)
    lacking = [f"no column {name}" for name in NEEDED if name not in names]
    unknown = [f"unknown column '{name}'" for name in names if name not in COLUMNS]
    return tuple(_problem(path, 1, "I325", f"not a table of observations: {what}") for what in lacking[:1] or unknown)


@define
class _Sound:
    """Tables that were looked through and found sound by a codebook, for as long as the process runs and the files stay."""

    known: list[tuple[Path, State, Codebook]] = field(factory=list)

    def has(self, path: Path, codebook: Codebook) -> bool:
        """Whether the table was found sound as it is now."""
        place, state = path.resolve(), state_of(path)
        return any((place, state) == entry[:2] and codebook is entry[2] for entry in self.known)

    def add(self, path: Path, codebook: Codebook) -> None:
        """Remember it."""
        self.known = [*self.known[-MOST_TABLES:], (path.resolve(), state_of(path), codebook)]


_sound = _Sound()
