"""Reads tables of observations: a whole one as a frame, or one country's rows as a file of records.

A table is written by a program, so a row that is not in its form is a problem of the table: it is told with its line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from pathlib import Path
from typing import Any

from attrs import define, field, frozen

from ratingengine.errors import InvalidInput, Place, Problem
from ratingengine.model.evidence import Citation, Claim, Evidence, Observation, Source
from ratingengine.model.indicator import Codebook, Indicator, has_totals, is_derived
from ratingengine.nodes import Document, near, parse
from ratingengine.reading.files import shown_path
from ratingengine.records.reader import RecordFile, collect_evidence
from ratingengine.sources import Bibliography, bibliography_of, read_sources
from ratingengine.tables import frames
from ratingengine.tables.form import COLUMNS, NEEDED, SOURCES, TOTAL, columns_in, sidecar
from ratingengine.tables.others import of_others
from ratingengine.tables.places import csv_columns, csv_countries, csv_rows
from ratingengine.terms import NO_VALUE, NotInTerms, scaled

REMEDY = "write the table anew with rate import"


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
    """The codes of the countries in a table; none where it cannot be read, which is told when one of them is."""
    if _form_problems(path):
        return set()
    if path.suffix.lower() == ".parquet":
        return frames.parquet_countries(path)
    try:
        return csv_countries(path)
    except InvalidInput:
        return set()


def country_rows(path: Path, iso3: str) -> Iterable[tuple[int, Mapping[str, Any]]]:
    """The rows of one country with their numbers or lines."""
    return frames.parquet_rows(path, iso3) if path.suffix.lower() == ".parquet" else csv_rows(path, iso3)


def country_file(path: Path, iso3: str, codebook: Codebook) -> tuple[RecordFile | None, tuple[Problem, ...]]:
    """The observations of one country, in the form in which a file of records is handed on."""
    problems = _form_problems(path)
    if problems:
        return None, problems
    rows = country_rows(path, iso3)
    reader = _Reader(shown_path(path), codebook, columns_in(columns_of(path)))
    try:
        found = [reader.observation(number, row) for number, row in rows]
    except InvalidInput as invalid:
        return None, invalid.problems
    kept = tuple(entry for entry in found if entry is not None)
    raw = sha256("\n".join(sorted(reader.said)).encode()).hexdigest().encode()
    document = Document(shown_path(path), None, (), raw)
    return RecordFile(iso3, kept, (), Place(document.path, 1, 1), document, reader.left_out), tuple(reader.problems)


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
    lacking = [name for name in NEEDED if name not in names]
    unknown = [name for name in names if name not in COLUMNS]
    found = [f"no column {name}" for name in lacking[:1]] + [f"unknown column '{name}'" for name in unknown[:1]]
    return tuple(_problem(path, 1, "I325", f"not a table of observations: {what}") for what in found[:1])


class _Wrong(Exception):
    """What is wrong with a row."""

    def __init__(self, code: str, message: str, hint: str = REMEDY) -> None:
        self.code, self.message, self.hint = code, message, hint
        super().__init__(message)


@define
class _Reader:
    """Turns rows into observations and keeps what is wrong with them."""

    name: str
    codebook: Codebook
    columns: Sequence[str]
    problems: list[Problem] = field(factory=list)
    said: list[str] = field(factory=list)
    left_out: Counter[str] = field(factory=Counter)
    known: dict[str, bool | None] = field(factory=dict)

    def observation(self, line: int, row: Mapping[str, Any]) -> Observation | None:
        """The observation of a row; None after keeping its problem."""
        self.said.append("\0".join(plain(row.get(name)) for name in self.columns))
        place = Place(self.name, line, 1)
        try:
            indicator = self._indicator(str(row["indicator"]))
            if indicator is None:
                self.left_out[str(row["indicator"])] += 1
                return None
            if _says_none(row) and not indicator.may_be_none and NO_VALUE not in indicator.words:
                return None  # these rules do not ask whether there was a value
            return _observation(row, indicator, place, total=has_totals(indicator) and self._total(row))
        except _Wrong as wrong:
            self.problems.append(Problem(wrong.code, wrong.message, place, hint=wrong.hint))
        except NotInTerms as wrong:
            self.problems.append(Problem("I303", wrong.reason, place, hint=wrong.remedy))
        return None

    def _total(self, row: Mapping[str, Any]) -> bool:
        """Whether a row speaks of all that there was in its period."""
        event, said = plain(row.get("event")), plain(row.get(TOTAL)) if TOTAL in self.columns else ""
        if said not in ("yes", "no", ""):
            raise _Wrong("F117", f"total is neither yes nor no: '{said}'", "write yes, no or nothing")
        if said == "yes" and event:
            raise _Wrong("I326", "total: yes stands beside an event", "leave one of the two empty")
        return said == "yes" or (TOTAL not in self.columns and not event)

    def _indicator(self, name: str) -> Indicator | None:
        """None where other methods read it."""
        if name not in self.known:
            self.known[name] = None if of_others((name,), self.codebook) else name in self.codebook
        if self.known[name] is None:
            return None
        if not self.known[name]:
            hint = near(name, [entry.id for entry in self.codebook]) or REMEDY
            raise _Wrong("I302", f"no such indicator in the codebook: '{name}'", hint)
        if is_derived(self.codebook[name]):
            raise _Wrong("I302", f"a derived indicator is not coded: '{name}'", "give the count; the rest is computed")
        return self.codebook[name]


def _observation(row: Mapping[str, Any], indicator: Indicator, place: Place, *, total: bool) -> Observation:
    begun, ended, reported = (_day(row[key]) for key in ("from", "to", "reported"))
    if begun is None or ended is None or reported is None:
        raise _Wrong("F115", "from, to or reported is not a date")
    if ended < begun or reported < begun:
        raise _Wrong("I304", f"ends {ended} or is reported {reported}, before it began {begun}")
    source, event = plain(row["source"]), plain(row.get("event"))
    parts = (source, row["iso3"], str(row["year"]), indicator.id, *([event] if event else []))
    return Observation(
        id="-".join(parts),
        country=row["iso3"],
        indicator=indicator.id,
        claim=_claim(row, indicator),
        begun=begun,
        begun_by=False,
        ended=ended,
        event=event,
        reported=(reported, reported),
        sources=(Citation(source, plain(row["locator"]), place),),
        coder="import",
        confidence="high",
        note="; ".join(filter(None, (plain(row.get("edition")), _band(row), plain(row.get("note"))))),
        place=place,
        total=total,
    )


def plain(cell: Any) -> str:
    """A cell as text; numbers without trailing zeros, and nothing for none."""
    if isinstance(cell, Decimal):
        return f"{cell.normalize():f}" if cell else "0"
    return "" if cell is None else str(cell)


def _day(cell: Any) -> date | None:
    if isinstance(cell, date):
        return cell
    try:
        return date.fromisoformat(cell)
    except (TypeError, ValueError):
        return None


def _claim(row: Mapping[str, Any], indicator: Indicator) -> Claim:
    """The point where there is one; else the band, or the one end of it that is known."""
    low, high = (None if row.get(key) is None else _scaled(row[key], indicator) for key in ("low", "high"))
    if low is not None and high is not None and low > high:
        raise NotInTerms("low is above high", REMEDY)
    said = row.get("text") if indicator.words else row["value"]
    if indicator.may_be_none and _says_none(row):
        return Claim("value", None, None, NO_VALUE)
    if said is not None:
        number = _scaled(said, indicator)
        return Claim("value", number, number, indicator.number(number))
    if low is None and high is None:
        raise NotInTerms("a row without value, text, low or high", REMEDY)
    form = "between" if low is not None and high is not None else "at_most" if low is None else "at_least"
    return Claim(form, low, high, " to ".join(indicator.number(end) for end in (low, high) if end is not None))


def _says_none(row: Mapping[str, Any]) -> bool:
    """Whether a row says that its source gives no value."""
    return row.get("text") == NO_VALUE and all(row.get(name) is None for name in ("value", "low", "high"))


def _scaled(cell: Any, indicator: Indicator) -> int:
    if indicator.words:
        return _in_terms(str(cell), indicator)
    try:
        number = Decimal(cell)
    except InvalidOperation:
        raise NotInTerms(f"not a number: '{cell}'", REMEDY) from None
    if not number.is_finite():
        raise NotInTerms(f"not a number: '{cell}'", REMEDY)
    return _in_terms(plain(number), indicator)


def _in_terms(text: str, indicator: Indicator) -> int:
    try:
        return scaled(indicator, text)
    except NotInTerms as wrong:
        raise NotInTerms(f"{wrong.reason}: '{text}'", wrong.remedy) from None


def _band(row: Mapping[str, Any]) -> str:
    """The band beside a point, in words."""
    low, high = plain(row.get("low")), plain(row.get("high"))
    return f"from {low} to {high}" if low and high and row.get("value") is not None else ""
