"""`rate batch` without its words: a table of country-years to a table of ratings, or one row's trace."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from attrs import evolve, field, frozen

from ratingengine.bulk.admission import admitted, duplicates
from ratingengine.bulk.files import CHUNK, checked, collected, in_chunks, of_backend, reading, scanned
from ratingengine.bulk.frames import as_polars, kinds_of, library, taken
from ratingengine.bulk.layout import ROW, Layout, layout_of
from ratingengine.bulk.long import is_long, wide_of
from ratingengine.bulk.method import method_of
from ratingengine.bulk.output import Output, write_native
from ratingengine.bulk.rating import plans_of, rate_taken, rated
from ratingengine.bulk.tracing import traced
from ratingengine.bulk.unread import left_out
from ratingengine.engine.assess import Method
from ratingengine.engine.chain import Link
from ratingengine.errors import InvalidInput, NotFound, Place, Problem
from ratingengine.evidence.tables.form import COLUMNS
from ratingengine.files.bounded import digest_of
from ratingengine.files.nodes import near
from ratingengine.model.compiled import Compiled


@frozen
class Counted:
    """How many country-years were rated, how many got each rating (None: insufficient), and each status.

    `left_out`: rows of tables of observations, by the indicator that the codebook lacks.
    """

    rows: int
    ratings: Mapping[str | None, int]
    statuses: Mapping[str, int]
    left_out: Mapping[str, int] = field(factory=dict)


@frozen
class Tables:
    """The tables that are rated together, in their order: lazy frames by their files."""

    frames: Mapping[Path, Any]

    @property
    def first(self) -> Path:
        """The file of the first table, which is the only one where it is wide."""
        return next(iter(self.frames))

    @property
    def long(self) -> bool:
        """Whether they have a row an observation; several tables must."""
        return len(self.frames) > 1 or is_long(self.names(self.first))

    def names(self, path: Path) -> list[str]:
        """The columns of a table."""
        found: list[str] = self.frames[path].collect_schema().names()
        return found

    def observations(self, iso3: str | None = None) -> Mapping[str, Any]:
        """Tables of observations by name, of all countries or of one. Raises InvalidInput where one of several is wide."""
        pl = library("polars")
        hint = "rate a table with a row a country-year by itself; several tables have a row an observation each"
        problems = [
            Problem("B502", "there is no column 'indicator'", Place(str(path), 1, 1), hint=hint)
            for path in self.frames
            if not is_long(self.names(path))
        ]
        problems += [problem for path in self.frames for problem in _unknown(self.names(path), path)]
        if problems:
            raise InvalidInput(problems)
        return {
            str(path): collected(frame if iso3 is None else frame.filter(pl.col("iso3") == iso3), path)
            for path, frame in self.frames.items()
        }


def _unknown(names: Sequence[str], path: Path) -> Iterator[Problem]:
    """Columns of a table of observations that nothing is read from; one rating refuses them too."""
    for number, name in enumerate(name for name in names if name != ROW):
        if name not in COLUMNS and is_long(list(names)):
            meant = near(name, [column for column in COLUMNS if column not in names])
            yield Problem("B501", f"unknown column '{name}'", Place(str(path), 1, number + 1), hint=meant or "leave it out")


def paths_of(records: Path | Sequence[Path]) -> tuple[Path, ...]:
    """One table or several; raises InvalidInput where one is named twice."""
    paths = (records,) if isinstance(records, Path) else tuple(records)
    twice = [path for n, path in enumerate(paths) if path.resolve() in [other.resolve() for other in paths[:n]]]
    if twice:
        hint = "name each table once"
        raise InvalidInput(Problem("B505", "the table is named twice", Place(str(path), 1, 1), hint=hint) for path in twice)
    return paths


def opened(records: Path | Sequence[Path]) -> Tables:
    """The tables by their files. Raises NotFound or InvalidInput."""
    return Tables({path: scanned(checked(path)) for path in paths_of(records)})


def batch(
    records: Path | Sequence[Path],
    output: str,
    compiled: Compiled,
    backend: str = "polars",
    *,
    explain: bool = False,
    any_unit: bool = False,
    rows: int = CHUNK,
) -> Counted:
    """Rate a table, or several tables of observations together, and write the answer.

    With `any_unit` codes that are of no country are rated too. Raises InvalidInput with every problem; then nothing is written.
    """
    place = Output(output)
    tables = opened(records)
    how = {"explain": explain, "any_unit": any_unit}
    if backend != "polars" and not tables.long:
        return _elsewhere(tables.first, output, compiled, backend, **how)
    told: Counter[tuple[str | None, str]] = Counter()
    problems: list[Problem] = []
    with place:
        for part in _parts(tables, compiled, rows, any_unit):
            try:
                done = _rated(part, compiled, backend, str(tables.first), **how)
            except InvalidInput as invalid:
                problems += invalid.problems
                continue
            told.update(_told(done))
            if not problems:
                place.add(done)
        if problems:
            raise InvalidInput(problems)
    others = left_out(tables.observations(), compiled.codebook) if tables.long else {}
    return evolve(counted(told), left_out=others)


def _parts(tables: Tables, compiled: Compiled, rows: int, any_unit: bool) -> Any:
    """The table in parts; tables of observations whole, since they are put together first."""
    if tables.long:
        return [wide_of(tables.observations(), compiled.codebook, any_unit=any_unit)]
    return in_chunks(tables.first, tables.frames[tables.first], rows)


def _rated(part: Any, compiled: Compiled, backend: str, file: str, *, explain: bool, any_unit: bool) -> Any:
    if isinstance(part, tuple):
        frame, layout = part
        found = taken(frame, backend)
        return found.give(rated(plans_of(compiled, layout, found.dialect), found.frame, found, explain=explain))
    found = taken(part, backend)
    return found.give(rate_taken(found, compiled, explain=explain, any_unit=any_unit, file=file))


def _told(done: Any) -> Counter[tuple[str | None, str]]:
    counts = done.group_by("rating", "status").len()
    return Counter({(row[0], row[1]): row[2] for row in counts.rows()})


def counted(told: Mapping[tuple[str | None, str], int]) -> Counted:
    """The totals by rating and by status."""
    ratings: Counter[str | None] = Counter()
    statuses: Counter[str] = Counter()
    for (rating, status), rows in told.items():
        ratings[rating] += rows
        statuses[status] += rows
    return Counted(sum(told.values()), ratings, statuses)


def _elsewhere(records: Path, output: str, compiled: Compiled, backend: str, *, explain: bool, any_unit: bool) -> Counted:
    """Spark keeps to its own bounds of memory, and writes by itself."""
    given = of_backend(records)
    with reading(records, backend):
        found = taken(given, backend)
        done = rate_taken(found, compiled, explain=explain, any_unit=any_unit, file=str(records)).to_native()
    if output != "-":
        write_native(done, output, backend)
        return counted(_told(collected(scanned(Path(output)).select("rating", "status"), Path(output))))
    frame = as_polars(done).sort("iso3", "year")
    with Output(output) as place:
        place.add(frame)
    return counted(_told(frame))


def trace(
    records: Path | Sequence[Path], method: Method, iso3: str, year: int, *, any_unit: bool = False
) -> tuple[str, Mapping[str, Link]]:
    """The whole trace of one row: the profile that carries the rating, and every profile's link of the chain.

    Raises NotFound where the table has no such row.
    """
    tables = opened(records)
    if tables.long:
        part, layout = wide_of(tables.observations(iso3), method.codebook, any_unit=any_unit)
    else:
        own = tables.frames[tables.first].filter(library("polars").col("iso3") == iso3)
        part, layout = _own(collected(own, tables.first), method.compiled, str(tables.first), any_unit=any_unit)
    return _traced(part, layout, method, iso3, year, ", ".join(map(str, tables.frames)))


def trace_frame(
    frame: Any, iso3: str, year: int, method: str | Method | None = None, *, any_unit: bool = False
) -> tuple[str, Mapping[str, Link]]:
    """As `trace`, of a row of a wide frame of any kind."""
    whole, found = taken(frame, "polars").frame, method_of(method)
    own, layout = _own(whole.filter(library("polars").col("iso3") == iso3), found.compiled, "frame", any_unit=any_unit)
    return _traced(own, layout, found, iso3, year, "frame")


def _traced(part: Any, layout: Layout, method: Method, iso3: str, year: int, file: str) -> tuple[str, Mapping[str, Link]]:
    rows = part.rows(named=True)
    if not any(row["year"] == year for row in rows):
        years = sorted(row["year"] for row in rows)
        there = f"it has {years[0]} to {years[-1]}" if years else "nor of that country in any other year"
        raise NotFound(f"no row of {iso3} {year} in '{file}'; {there}")
    return traced(method, rows, layout, iso3, year)


def content_of(records: Path | Sequence[Path]) -> str:
    """What identifies the bytes of the tables."""
    return " ".join(digest_of(checked(path)) for path in paths_of(records))


def admitted_table(records: Path | Sequence[Path], compiled: Compiled) -> tuple[Any, Layout]:
    """A whole table in whole numbers. Raises InvalidInput with every problem, also of country-years in more than one row."""
    tables = opened(records)
    if tables.long:
        return wide_of(tables.observations(), compiled.codebook)
    file = str(tables.first)
    made, layout = _own(collected(tables.frames[tables.first], tables.first), compiled, file)
    problems = duplicates(made, taken(made, "polars").dialect, file)
    if problems:
        raise InvalidInput(problems)
    return made, layout


def _own(frame: Any, compiled: Compiled, file: str, *, any_unit: bool = False) -> tuple[Any, Layout]:
    found = taken(frame, "polars")
    layout = layout_of(kinds_of(found.frame), compiled.codebook, file)
    return admitted(found.frame, layout, found.dialect, file, any_unit=any_unit), layout
