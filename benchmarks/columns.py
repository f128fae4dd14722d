"""Engines that take all country-years at once: this project's columns on polars, the same rules by hand, clingo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import median
from time import perf_counter, process_time
from typing import Any

from attrs import define, field
from country_years import CountryYear
from peers import NotInstalled, Reached, steps_of
from peers.by_hand import PolarsByHand, sql
from peers.clingo_ import Clingo
from peers.clingo_ import library_version as clingo_version

from ratingengine.bulk.columnar import ColumnarEngine
from ratingengine.bulk.dialect import Dialect
from ratingengine.engine.reference import ReferenceEngine
from ratingengine.model.indicator import Codebook
from ratingengine.model.program import Outcome, Program, conclude
from ratingengine.model.rule import RuleSet

CLINGO_ROWS = 500


@define
class Timed:
    """Seconds of every repeat, by the clock and of all cores' work."""

    key: str
    name: str
    rows: int
    seconds: list[float] = field(factory=list)
    worked: list[float] = field(factory=list)
    equal: bool = True
    absent: str = ""

    @property
    def per_second(self) -> float | None:
        """Country-years a second by the clock, the median."""
        return self.rows / median(self.seconds) if self.seconds else None

    @property
    def per_core_second(self) -> float | None:
        """Country-years a second of work, which other programs on the machine do not lengthen."""
        return self.rows / median(self.worked) if self.worked else None


def frame_of(rows: Sequence[CountryYear], count: int, seed: int) -> Any:
    """`count` country-years: the given ones over and over, shuffled, a column a variable of the narrowest type."""
    import polars as pl

    names = [f"v{number}" for number in range(len(rows[0].best))]
    base = pl.DataFrame([row.best for row in rows], schema=dict.fromkeys(names, pl.Int64), orient="row").with_row_index("n")
    cut = base.with_columns(pl.col(names).clip(-(2**15), 2**15 - 1))
    clipped = cut.with_columns(*(cut[name].shrink_dtype() for name in names))
    return clipped.sample(count, with_replacement=True, shuffle=True, seed=seed)


def contests(rule_set: RuleSet, codebook: Codebook, program: Program, frame: Any) -> dict[str, tuple[str, Callable[[], Any]]]:
    """What is measured: a name, and a call that gives a polars frame of answers."""
    import duckdb
    import narwhals
    import polars as pl

    values = frame.drop("n")
    own, by_hand = ColumnarEngine(program, Dialect(pl)), PolarsByHand(rule_set, codebook, program)
    translated = ColumnarEngine(program, Dialect(narwhals))
    connection = duckdb.connect()
    connection.execute("SET threads = 2")
    connection.register("given", values.to_arrow())
    connection.execute("CREATE TABLE country_years AS SELECT * FROM given")
    statement = sql(rule_set, codebook, program, "country_years")

    return {
        "polars": (f"columnar, polars {pl.__version__}", lambda: own.explain(values)),
        "polars_by_hand": ("polars expression by hand", lambda: by_hand.explain(values)),
        "narwhals_polars": (
            "columnar, polars through narwhals",
            lambda: translated.explain(narwhals.from_native(values)).to_native(),
        ),
        "duckdb_sql": ("DuckDB SQL by hand", lambda: connection.sql(statement).to_arrow_table()),
    }


def measured(
    found: dict[str, tuple[str, Callable[[], Any]]], frame: Any, rows: Sequence[CountryYear], program: Program, repeat: int
) -> list[Timed]:
    """Every contest in turn, repeat after repeat, so that a slow moment hits each alike; answers are compared first."""
    import polars as pl

    wanted = _by_reference(rows, program)
    results = {key: Timed(key, name, len(frame)) for key, (name, _) in found.items()}
    for key, (_, run) in found.items():
        answer = run()
        told = answer if isinstance(answer, pl.DataFrame) else pl.from_arrow(answer)
        results[key].equal = _equal(told, frame["n"], wanted)
    for _ in range(repeat):
        for key, (_, run) in found.items():
            start, worked = perf_counter(), process_time()
            run()
            results[key].seconds.append(perf_counter() - start)
            results[key].worked.append(process_time() - worked)
    return list(results.values())


def _by_reference(rows: Sequence[CountryYear], program: Program) -> Any:
    """The reference engine's outcome and rules of each distinct country-year, as a frame."""
    import polars as pl

    engine = ReferenceEngine(program)
    told = []
    for row in rows:
        steps, outcome = engine.explain(row.best)
        fired = {step.rule for step in steps}
        levels = (outcome.levels[facet] for facet in program.facets)
        told.append((outcome.rating, *levels, outcome.gate, outcome.watchlist, *(rule.id in fired for rule in program.rules)))
    numbers = ["rating", *(f"l{number}" for number in range(len(program.facets)))]
    truths = ["gate", "watchlist", *(f"r{number}" for number in range(len(program.rules)))]
    return pl.DataFrame(told, schema={**dict.fromkeys(numbers, pl.Int8), **dict.fromkeys(truths, pl.Boolean)}, orient="row")


def _equal(told: Any, numbers: Any, wanted: Any) -> bool:
    import polars as pl

    expected = wanted[numbers]
    kinds = [pl.col(name).cast(kind) for name, kind in wanted.schema.items()]
    return bool(told.select(kinds).equals(expected))


def clingo_timed(program: Program, rows: Sequence[CountryYear], repeat: int) -> Timed:
    """clingo on a sample, all rows of it in one program."""
    sample = rows[:CLINGO_ROWS]
    result = Timed("clingo", "clingo", len(sample))
    try:
        peer = Clingo(program)
        result.name = f"clingo {clingo_version()}"
    except NotInstalled as absent:
        result.absent = str(absent)
        return result
    judge = ReferenceEngine(program)
    for row, reached in zip(sample, peer.rate_all([row.best for row in sample]), strict=True):
        result.equal = result.equal and _same(program, judge, row, reached)
    for _ in range(max(1, repeat // 2)):
        start, worked = perf_counter(), process_time()
        peer.rate_all([row.best for row in sample])
        result.seconds.append(perf_counter() - start)
        result.worked.append(process_time() - worked)
    return result


def _same(program: Program, judge: ReferenceEngine, row: CountryYear, reached: Reached) -> bool:
    steps = judge.run(row.best)
    outcome: Outcome = conclude(program, steps)
    return (steps_of(program, reached.fired), reached.outcome) == (steps, outcome)
