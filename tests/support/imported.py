"""Mappings and files made for tests, and what an import makes of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from attrs import evolve, frozen

from ratingengine.errors import Problem
from ratingengine.evidence.tables.form import Row
from ratingengine.importing.coverage import ALL, Statement
from ratingengine.importing.dating import Release
from ratingengine.importing.mapping import Covers
from ratingengine.importing.mapping import Mapping as ImportMapping
from ratingengine.importing.outcome import Outcome, Tally
from ratingengine.importing.rawfile import open_raw
from ratingengine.importing.reader import mapping_path, read_mapping
from ratingengine.importing.run import run
from ratingengine.method.codebook import read_codebook
from ratingengine.model.indicator import Codebook

ROOT = Path(__file__).resolve().parents[2]
CODEBOOK: Codebook = read_codebook(ROOT / "indicators/codebook")[0]
HEAD = """schema: ratingengine/import/1
name: made
source:
  id: made
  type: dataset
  title: An invented data set
  publisher: An invented office
  issued: 2024-01-01
  URL: https://example.org
version: first
licence: invented
"""
COUNTRY = "country:\n  - {columns: [country], by: name}\n"
YEAR = "time:\n  year: [year]\n"
COUNT = "indicators:\n  - {indicator: stop.shutdowns, rows: count}\n"
SPELLS = """time:
  from: [start]
  to: [end]
  forms: ['%Y-%m-%d']
  open: {columns: [state], is: [Ongoing]}
"""


@frozen
class Made:
    """The observations of an import by country, year and indicator, and the outcome."""

    rows: tuple[Row, ...]
    outcome: Outcome
    said: Mapping[tuple[str, int, str], Row]

    @property
    def tally(self) -> Tally:
        """What became of each row."""
        return self.outcome.tally

    def value(self, iso3: str, year: int, indicator: str) -> str | None:
        """A value as text; KeyError where there is no observation."""
        row = self.said[iso3, year, indicator]
        return row.text if row.value is None else f"{row.value:f}"


def mapping_of(text: str, folder: Path) -> ImportMapping:
    """The mapping that the parts after HEAD give."""
    path = folder / "made.yaml"
    path.write_text(HEAD + text, encoding="utf-8")
    found, problems = problems_of(path)
    assert found is not None, "\n".join(map(str, problems))
    return found


def problems_of(path: Path) -> tuple[ImportMapping | None, tuple[Problem, ...]]:
    """A mapping against the shipped codebook."""
    found, _, problems = read_mapping(path, CODEBOOK)
    return found, problems


def shipped_mapping(name: str) -> ImportMapping:
    """A mapping that comes with the program."""
    found, problems = problems_of(mapping_path(name))
    assert found is not None, "\n".join(map(str, problems))
    return found


def import_of(mapping: ImportMapping, file: Path, release: Release | None = None) -> Made:
    """What the file gives where the user says that it has all that its mapping covers, and whole years."""
    release = release or Release()
    if mapping.counts and release.said == Statement():
        release = evolve(release, said=_whole(mapping, file, release))
    return import_as_it_is(mapping, file, release)


def import_as_it_is(mapping: ImportMapping, file: Path, release: Release | None = None) -> Made:
    """What the file gives where the user says no more than the release."""
    rows: list[Row] = []
    outcome = run(mapping, open_raw(file, mapping), CODEBOOK, release or Release(), rows.append)
    return Made(tuple(rows), outcome, {(row.iso3, row.year, row.indicator): row for row in rows})


def _whole(mapping: ImportMapping, file: Path, release: Release) -> Statement:
    coverage = import_as_it_is(mapping, file, release).outcome.coverage
    if coverage is None or coverage.seen.years is None:
        return Statement()
    low, high = coverage.seen.years
    covers = mapping.covers or Covers("listed", None, None)
    end = min(covers.last or date(high, 12, 31), release.day or mapping.data.issued[1])
    world = frozenset({ALL}) if covers.countries == "world" else None
    return Statement((covers.first or date(low, 1, 1), end), world)


def written(folder: Path, lines: Iterable[str], name: str = "made.csv") -> Path:
    """A file of these lines."""
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def balanced(tally: Tally) -> bool:
    """Whether every row read was told of once."""
    told = tally.mapped + tally.empty + tally.outside + tally.cut + tally.refused + tally.apart_rows + tally.unrecognised_rows
    return tally.read == told + tally.duplicates


def totals(made: Made, iso3: str, indicator: str = "stop.shutdowns") -> dict[int, str | None]:
    """A country's totals by year; None where one is a lower bound."""
    return {
        row.year: made.value(iso3, row.year, indicator) for row in made.rows if row.iso3 == iso3 and row.indicator == indicator
    }
