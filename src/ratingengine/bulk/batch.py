"""`rate batch` without its words: a table of country-years to a table of ratings, or one row's trace."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from attrs import frozen

from ratingengine.assess import Method
from ratingengine.bulk.admission import admitted, duplicates
from ratingengine.bulk.files import CHUNK, Output, checked, collected, in_chunks, of_backend, scanned, write_native
from ratingengine.bulk.frames import as_polars, kinds_of, library, taken
from ratingengine.bulk.layout import Layout, layout_of
from ratingengine.bulk.long import is_long, wide_of
from ratingengine.bulk.method import method_of
from ratingengine.bulk.rating import plans_of, rate_taken, rated
from ratingengine.bulk.tracing import traced
from ratingengine.chain import Link
from ratingengine.errors import InvalidInput, NotFound, Place, Problem
from ratingengine.model.compiled import Compiled


@frozen
class Counted:
    """How many country-years were rated, how many got each rating (None: insufficient), and each status."""

    rows: int
    ratings: Mapping[str | None, int]
    statuses: Mapping[str, int]


def batch(
    records: Path | Sequence[Path],
    output: str,
    compiled: Compiled,
    backend: str = "polars",
    *,
    explain: bool = False,
    rows: int = CHUNK,
) -> Counted:
    """Rate a table, or several tables of observations together, and write the answer.

    Raises InvalidInput with every problem; then nothing is written.
    """
    paths = (records,) if isinstance(records, Path) else tuple(records)
    records = paths[0]
    frame = scanned(checked(records))
    names = frame.collect_schema().names()
    if backend != "polars" and not is_long(names) and len(paths) == 1:
        return _elsewhere(records, output, compiled, backend, explain)
    place = Output(output)
    told: Counter[tuple[str | None, str]] = Counter()
    problems: list[Problem] = []
    try:
        for part in _parts(paths, frame, names, compiled, rows):
            try:
                done = _rated(part, compiled, backend, explain, str(records))
            except InvalidInput as invalid:
                problems += invalid.problems
                continue
            told.update(_told(done))
            if not problems:
                place.add(done)
        if problems:
            raise InvalidInput(problems)
        place.finish()
    except BaseException:
        place.drop()
        raise
    return counted(told)


def _parts(records: Sequence[Path], frame: Any, names: list[str], compiled: Compiled, rows: int) -> Any:
    """The table in parts; tables of observations whole, since they are put together first."""
    if is_long(names) or len(records) > 1:
        return [wide_of(_observations(records), compiled.codebook)]
    return in_chunks(records[0], frame, rows)


def _observations(records: Sequence[Path], iso3: str | None = None) -> Mapping[str, Any]:
    """Tables of observations by name, of all countries or of one. Raises InvalidInput where one of several is wide."""
    pl = library("polars")
    found, problems = {}, []
    for path in records:
        frame = scanned(checked(path))
        if not is_long(frame.collect_schema().names()):
            hint = "rate a table with a row a country-year by itself; several tables have a row an observation each"
            problems.append(Problem("B502", "there is no column 'indicator'", Place(str(path), 1, 1), hint=hint))
            continue
        found[str(path)] = collected(frame if iso3 is None else frame.filter(pl.col("iso3") == iso3), path)
    if problems:
        raise InvalidInput(problems)
    return found


def _rated(part: Any, compiled: Compiled, backend: str, explain: bool, file: str) -> Any:
    if isinstance(part, tuple):
        frame, layout = part
        found = taken(frame, backend)
        return found.give(rated(plans_of(compiled, layout, found.dialect), found.frame, found, explain=explain))
    found = taken(part, backend)
    return found.give(rate_taken(found, compiled, explain=explain, file=file))


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


def _elsewhere(records: Path, output: str, compiled: Compiled, backend: str, explain: bool) -> Counted:
    """DuckDB and Spark read and write by themselves, and keep to their own bounds of memory."""
    if output != "-":
        Output(output)
    found = taken(of_backend(records, backend), backend)
    done = found.give(rate_taken(found, compiled, explain=explain, file=str(records)))
    if output == "-":
        Output(output).add(library("polars").from_arrow(_arrow(done, backend)).sort("iso3", "year"))
        done_at = done
    else:
        write_native(done, output, backend)
        done_at = of_backend(Path(output), backend)
    return counted(_counts(done_at, backend))


def _arrow(done: Any, backend: str) -> Any:
    return done.toArrow() if backend == "spark" else done.to_arrow_table()


def _counts(done: Any, backend: str) -> Mapping[tuple[str | None, str], int]:
    if backend == "duckdb":
        rows = done.aggregate("rating, status, count(*)", "rating, status").fetchall()
    else:
        rows = [tuple(row) for row in done.groupBy("rating", "status").count().collect()]
    return {(rating or None, status): count for rating, status, count in rows}


def trace(records: Path | Sequence[Path], method: Method, iso3: str, year: int) -> tuple[str, Mapping[str, Link]]:
    """The whole trace of one row: the profile that carries the rating, and every profile's link of the chain.

    Raises NotFound where the table has no such row.
    """
    paths = (records,) if isinstance(records, Path) else tuple(records)
    frame = scanned(checked(paths[0]))
    if is_long(frame.collect_schema().names()) or len(paths) > 1:
        part, layout = wide_of(_observations(paths, iso3), method.codebook)
    else:
        part, layout = _own(
            collected(frame.filter(library("polars").col("iso3") == iso3), paths[0]), method.compiled, str(paths[0])
        )
    return _traced(part, layout, method, iso3, year, ", ".join(map(str, paths)))


def trace_frame(frame: Any, iso3: str, year: int, method: str | Method | None = None) -> tuple[str, Mapping[str, Link]]:
    """As `trace`, of a row of a wide frame of any kind."""
    whole, found = as_polars(frame), method_of(method)
    own, layout = _own(whole.filter(library("polars").col("iso3") == iso3), found.compiled, "frame")
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
    paths = (records,) if isinstance(records, Path) else tuple(records)
    return " ".join(sha256(path.read_bytes()).hexdigest() for path in paths)


def admitted_table(records: Path | Sequence[Path], compiled: Compiled) -> tuple[Any, Layout]:
    """A whole table in whole numbers. Raises InvalidInput with every problem, also of country-years in more than one row."""
    paths = (records,) if isinstance(records, Path) else tuple(records)
    records = paths[0]
    frame = collected(scanned(checked(records)), records)
    if is_long(frame.columns) or len(paths) > 1:
        return wide_of(_observations(paths), compiled.codebook)
    made, layout = _own(frame, compiled, str(records))
    problems = duplicates(made, taken(made, "polars").dialect, str(records))
    if problems:
        raise InvalidInput(problems)
    return made, layout


def _own(frame: Any, compiled: Compiled, file: str) -> tuple[Any, Layout]:
    found = taken(frame, "polars")
    layout = layout_of(kinds_of(found.frame), compiled.codebook, file)
    return admitted(found.frame, layout, found.dialect, file), layout
