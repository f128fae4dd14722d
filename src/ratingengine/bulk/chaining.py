"""From assessed to published over a country's years, as `chain` does it for one country, for all countries at once.

Each year is one step for all countries, on the few small columns that a step reads; the step is made once. A year without a row
between two others is a year of which nothing is known.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ratingengine.bulk.columnar import heaviest, leaves
from ratingengine.bulk.dialect import Expr, Frame
from ratingengine.bulk.frames import as_polars, library
from ratingengine.bulk.profiles import BEST, PRIOR, WORST, Plan, flag_of, level_of, rating_of
from ratingengine.engine.chain import BETTER, NONE, WORSE

BASE, STEP = 64, 4
"""A prior as one number: (rating * 64 + assessed) * 4 + pressure."""


def with_priors(plan: Plan, frame: Frame, years: Sequence[int], empty: Frame, beside: Callable[[Frame], Frame]) -> Frame:
    """With what the year before handed on, in the columns of PRIOR.

    `frame` and `empty`, a row of nothing known, have passed `early`.

    The steps run in polars on the few small columns that they read; what they find goes back `beside` the frame.
    """
    dialect = plan.ends.dialect
    space = dialect.space
    if len(years) < 2:
        return frame.with_columns(*(space.lit(None, dtype=space.Int64).alias(name) for name in PRIOR.values()))
    frame = frame.with_columns(*_reached(plan))
    read = sorted(_read(plan))
    missing = empty.with_columns(*_reached(plan)).select(*read).row(0)
    narrow = as_polars(frame.select("iso3", "year", *read)).with_row_index("row")
    handed = _handed(plan, narrow, dict(zip(read, missing, strict=True)))
    if dialect.native:
        frame = frame.with_columns(handed["y"])
    else:
        known = narrow.select("iso3", "year").with_columns(handed["y"]).drop_nulls("y")
        frame = frame.join(beside(known), on=["iso3", "year"], how="left")
    coded = dialect.col("y")
    return frame.with_columns(
        (coded // (BASE * STEP)).alias(PRIOR["rating"]),
        (coded // STEP % BASE).alias(PRIOR["assessed"]),
        (coded % STEP).alias(PRIOR["pressure"]),
    )


def _handed(plan: Plan, narrow: Frame, missing: Mapping[str, int | bool]) -> Frame:
    """`y`, what each row was handed as one number, in the order of the rows; null where that is nothing."""
    pl = library("polars")
    units = narrow.select("iso3").unique(maintain_order=True).with_row_index("unit")
    rows = narrow.join(units, on="iso3", how="left", maintain_order="left").drop("iso3")
    nothing = [pl.lit(None, pl.Int64).alias(name) for name in PRIOR.values()]
    state = rows.group_by("unit").agg(pl.col("year").min().alias("first")).sort("unit").with_columns(nothing)
    told = []
    dialect, stages = plan.ends.dialect, _step(plan, missing)
    parts = {key[0]: part for key, part in rows.partition_by("year", as_dict=True, include_key=False).items()}
    nobody = rows.clear().drop("year")
    for year in range(min(parts), max(parts) + 1):
        own = state.join(parts.get(year, nobody), on="unit", how="left", maintain_order="left")
        frame = own.with_columns(pl.lit(year, pl.Int64).alias("now"))
        done = as_polars(dialect.through(dialect.wrapped(frame), stages))
        told.append(done.select("row", "y").drop_nulls("row"))
        state = done.select("unit", "first", *PRIOR.values())
    return pl.concat(told).sort("row")


def _reached(plan: Plan) -> list[Expr]:
    """`c_b` and `c_w`, the rating of the rules that do not read the year before, and `c_g`, their gate, as numbers."""
    dialect = plan.ends.dialect
    own = {
        severity: [column for column in columns if column not in plan.reading]
        for severity, columns in plan.circuit.rules_giving("rating").items()
    }
    found = [heaviest(own, dialect, end.__add__).alias(f"c_{end}") for end in (BEST, WORST)]
    gates = [column for columns in plan.circuit.rules_giving("upgrade_gate").values() for column in columns]
    held = dialect.any_of([dialect.col(BEST + column) for column in gates if column not in plan.reading])
    return [*found, held.alias("c_g")]


def _read(plan: Plan) -> set[str]:
    """The columns of `early` that a year's step reads."""
    read = leaves(plan.circuit.only(plan.reading)) - plan.reading
    return {"k_lack", "c_b", "c_w", "c_g", *(end + column for end in (BEST, WORST) for column in read)}


def _coded(plan: Plan) -> Expr:
    """What a year is handed as one number."""
    rated, assessed, pressure = (plan.ends.dialect.col(PRIOR[name]) for name in ("rating", "assessed", "pressure"))
    return ((rated * BASE + assessed) * STEP + pressure).alias("y")


def _cells(plan: Plan, missing: Mapping[str, int | bool]) -> list[Expr]:
    """The columns of `early` as the year has them, or as they are where nothing is known."""
    return [plan.ends.dialect.col(name).fill_null(blank) for name, blank in missing.items()]


def _step(plan: Plan, missing: Mapping[str, int | bool]) -> list[Sequence[Expr]]:
    """From what a year is handed to what it hands on, in stages; the year is in the column `now`."""
    dialect = plan.ends.dialect
    found = {
        severity: [column for column in columns if column in plan.reading]
        for severity, columns in plan.circuit.rules_giving("rating").items()
    }
    reached = [
        dialect.most([dialect.col(f"c_{end}"), heaviest(found, dialect, end.__add__)]).alias(f"n_{end}") for end in (BEST, WORST)
    ]
    gates = [
        column for columns in plan.circuit.rules_giving("upgrade_gate").values() for column in columns if column in plan.reading
    ]
    gate = dialect.any_of([dialect.col("c_g"), *(dialect.col(BEST + column) for column in gates)])
    published = _published(plan, dialect.col("n_b"), dialect.col("n_g")).cast(dialect.space.Int64).alias("n_r")
    handed = (_coded(plan), *_cells(plan, missing))
    return [handed, *plan.late, (*reached, gate.alias("n_g")), (published,), _handed_on(plan)]


def _published(plan: Plan, assessed: Expr, gate: Expr) -> Expr:
    """The published severity of a row whose year before stands in the columns of PRIOR, as `chain.publish` has it."""
    dialect = plan.ends.dialect
    before = dialect.col(PRIOR["rating"])
    free = plan.compiled.scale.free
    worse = assessed if free else before + 1
    better = assessed if free else dialect.choose(gate, before - 1, before)
    moved = dialect.choose(assessed > before, worse, dialect.choose(assessed < before, better, before))
    return dialect.choose(before.is_null(), assessed, moved)


def _handed_on(plan: Plan) -> tuple[Expr, ...]:
    """The columns of PRIOR for the year after, as `chain.handed_on` has them; nothing before a country's first year."""
    dialect = plan.ends.dialect
    space = dialect.space
    published, assessed = dialect.col("n_r"), dialect.col("n_b")
    worst = dialect.most([dialect.col("n_b"), dialect.col("n_w")])
    # A better year counts as one only where its evidence excludes that it was not.
    shown = dialect.choose(worst < published, dialect.number(BETTER), dialect.number(NONE))
    pressure = dialect.choose(
        assessed == published, dialect.number(NONE), dialect.choose(assessed < published, shown, dialect.number(WORSE))
    )
    nothing = space.lit(None, dtype=space.Int64)
    lacking = dialect.col("k_lack") | (dialect.col("first") > dialect.col("now"))
    values = {"rating": published, "assessed": assessed, "pressure": pressure}
    return tuple(dialect.choose(lacking, nothing, value.cast(space.Int64)).alias(PRIOR[name]) for name, value in values.items())


def outcomes(plan: Plan, frame: Frame, mark: str) -> Frame:
    """With the answer of each row in columns that begin with `mark`: severities, status, change and pressure as numbers."""
    dialect = plan.ends.dialect
    scale = plan.compiled.scale
    reached = [
        rating_of(plan, BEST).alias("n_b"),
        rating_of(plan, WORST).alias("n_w"),
        flag_of(plan, "upgrade_gate").alias("n_g"),
    ]
    for number, facet in enumerate(scale.facet_ids):
        reached += [level_of(plan, facet, end).alias(f"n_{end}{number}") for end in (BEST, WORST)]
    frame = frame.with_columns(*reached)
    lacking, assessed = dialect.col("k_lack"), dialect.col("n_b")
    nothing = dialect.space.lit(None, dtype=dialect.space.Int8)
    published = _published(plan, assessed, dialect.col("n_g"))
    worst = dialect.most([assessed, dialect.col("n_w")])
    frame = frame.with_columns(
        dialect.choose(lacking, nothing, published.cast(dialect.space.Int8)).alias(f"{mark}rating"),
        dialect.col(PRIOR["rating"]).cast(dialect.space.Int8).alias(f"{mark}previous"),
        dialect.choose(lacking, nothing, assessed).alias(f"{mark}assessed"),
        assessed.alias(f"{mark}ceiling"),
        worst.alias(f"{mark}possible_worst"),
        _status(plan, lacking, assessed, worst).alias(f"{mark}status"),
        flag_of(plan, "watchlist").alias(f"{mark}watchlist"),
        _watched(plan).alias(f"{mark}watched"),
        dialect.col("k_told").alias(f"{mark}told"),
        dialect.col("n_g").alias(f"{mark}gate"),
        *_levels(plan, mark),
    )
    return frame.with_columns(_change(plan, mark).alias(f"{mark}change"), _pressure(plan, mark).alias(f"{mark}pressure"))


def _watched(plan: Plan) -> Expr:
    """Whether anything is known of what the watchlist rules of the profile read."""
    found, dialect = plan.compiled.watched.get(plan.name), plan.ends.dialect
    expr = dialect.col("k_watch")
    return expr | ~dialect.col(PRIOR["rating"]).is_null() if found is not None and found.prior else expr


INSUFFICIENT, DETERMINED, BOUNDED, NOT_RATED = 0, 1, 2, 3
DOWNGRADE, UPGRADE, HOLD, UNCHANGED = 0, 1, 2, 3


def _status(plan: Plan, silent: Expr, best: Expr, worst: Expr) -> Expr:
    dialect = plan.ends.dialect
    expr = dialect.choose(worst <= best, dialect.number(DETERMINED), dialect.number(BOUNDED))
    return dialect.choose(silent, dialect.number(INSUFFICIENT), expr)


def _levels(plan: Plan, mark: str) -> list[Expr]:
    """A facet's level (null where there is not enough evidence), the worst that is not excluded, and its status."""
    dialect = plan.ends.dialect
    nothing = dialect.space.lit(None, dtype=dialect.space.Int8)
    found = []
    rated = plan.compiled.programs[plan.name].rated
    for number, facet in enumerate(plan.compiled.scale.facet_ids):
        silent = dialect.col(f"k_lack{number}") | ~dialect.col(f"k_any{number}")
        best, worst = dialect.col(f"n_{BEST}{number}"), dialect.col(f"n_{WORST}{number}")
        level, status = dialect.choose(silent, nothing, best), _status(plan, silent, best, worst)
        if facet not in rated:
            level, status = nothing, dialect.number(NOT_RATED)
        found.append(level.alias(f"{mark}level{number}"))
        found.append(dialect.most([best, worst]).alias(f"{mark}worst{number}"))
        found.append(status.alias(f"{mark}status{number}"))
    return found


def _change(plan: Plan, mark: str) -> Expr:
    dialect = plan.ends.dialect
    nothing = dialect.space.lit(None, dtype=dialect.space.Int8)
    assessed, before = dialect.col(f"{mark}assessed"), dialect.col(f"{mark}previous")
    may = dialect.truth(True) if plan.compiled.scale.free else dialect.col(f"{mark}gate")
    better = dialect.choose(may, dialect.number(UPGRADE), dialect.number(HOLD))
    moved = dialect.choose(assessed < before, better, dialect.number(UNCHANGED))
    moved = dialect.choose(assessed > before, dialect.number(DOWNGRADE), moved)
    return dialect.choose(assessed.is_null() | before.is_null(), nothing, moved)


def _pressure(plan: Plan, mark: str) -> Expr:
    """What is left between the published and the assessed rating."""
    dialect = plan.ends.dialect
    assessed, published = dialect.col(f"{mark}assessed"), dialect.col(f"{mark}rating")
    left = dialect.choose(assessed > published, dialect.number(WORSE), dialect.number(NONE))
    return dialect.choose(assessed < published, dialect.number(BETTER), left)
