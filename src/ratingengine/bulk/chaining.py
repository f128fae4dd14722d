"""From assessed to published over a country's years, as `chain` does it for one country, for all countries at once.

Each country becomes one row with what its years say, so that the years are steps over columns and not over rows; what each year is
handed is then joined to the rows of the frame. A year without a row between two others is a year of which nothing is known.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ratingengine.bulk.frames import as_polars
from ratingengine.bulk.profiles import BEST, PRIOR, WORST, Plan, flag_of, level_of, rating_of, with_stages
from ratingengine.chain import BETTER, NONE, WORSE
from ratingengine.engines.columnar import heaviest, leaves
from ratingengine.engines.dialect import Dialect, Expr, Frame

BASE, STEP = 64, 4
"""A prior as one number: (rating * 64 + assessed) * 4 + pressure."""


def with_priors(plan: Plan, frame: Frame, years: Sequence[int], empty: Frame, beside: Callable[[Frame], Frame]) -> Frame:
    """With what the year before handed on, in the columns of PRIOR; `frame` and `empty`, a row of nothing known, have passed `early`.

    The steps run in polars on the few small columns that they read; what they find goes back `beside` the frame.
    """
    dialect = plan.ends.dialect
    space = dialect.space
    if len(years) < 2:
        return frame.with_columns(*(space.lit(None, dtype=space.Int64).alias(name) for name in PRIOR.values()))
    frame = frame.with_columns(*_reached(plan))
    read = sorted(_read(plan))
    missing = empty.with_columns(*_reached(plan)).select(*read).row(0)
    narrow = frame.select("iso3", "year", *read)
    if not dialect.native:
        narrow = space.from_native(as_polars(narrow.to_native()))
    found = _states(plan, _by_country(plan, narrow, years, read), years, dict(zip(read, missing, strict=True)))
    states = found if dialect.native else beside(found.to_native())
    coded = space.col("y")
    return _joined(dialect, frame, states).with_columns(
        (coded // (BASE * STEP)).alias(PRIOR["rating"]),
        (coded // STEP % BASE).alias(PRIOR["assessed"]),
        (coded % STEP).alias(PRIOR["pressure"]),
    )


def _joined(dialect: Dialect, frame: Frame, states: Frame) -> Frame:
    """The frame with `y` of its country and year."""
    if dialect.native:  # spares hundreds of columns the way through a join
        keys = frame.select("iso3", "year").join(states, on=["iso3", "year"], how="left", maintain_order="left")
        return frame.with_columns(keys["y"])
    return frame.join(states, on=["iso3", "year"], how="left")


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


def _by_country(plan: Plan, frame: Frame, years: Sequence[int], read: Sequence[str]) -> Frame:
    """A row a country; `first` is its first year, and `NAME@YEAR` what each column of `early` says of each year, null without a row."""
    dialect = plan.ends.dialect
    space = dialect.space
    year = dialect.col("year")
    nothing = space.lit(None, dtype=space.Int8)
    cells = [
        dialect.choose(year == number, dialect.col(name).cast(space.Int8), nothing).max().alias(f"{name}@{number}")
        for number in years
        for name in read
    ]
    return frame.group_by("iso3").agg(year.min().alias("first"), *cells)


def _states(plan: Plan, frame: Frame, years: Sequence[int], missing: Mapping[str, int | bool]) -> Frame:
    """What each year was handed, as one number by country and year; only where it was handed anything."""
    dialect = plan.ends.dialect
    space = dialect.space
    frame = frame.with_columns(*(space.lit(None, dtype=space.Int64).alias(name) for name in PRIOR.values()))
    for year in range(min(years), max(years) + 1):
        rated, handed = PRIOR["rating"], PRIOR["assessed"]
        coded = (dialect.col(rated) * BASE + dialect.col(handed)) * STEP + dialect.col(PRIOR["pressure"])
        frame = frame.with_columns(coded.alias(str(year)), *_cells(plan, year, year in years, missing))
        frame = _step(plan, frame, year)
    kept = frame.select("iso3", *(str(year) for year in years))
    long = kept.unpivot(on=[str(year) for year in years], index="iso3", variable_name="year", value_name="y")
    return long.filter(~dialect.col("y").is_null()).with_columns(dialect.col("year").cast(space.Int64))


def _cells(plan: Plan, year: int, there: bool, missing: Mapping[str, int | bool]) -> list[Expr]:
    """The columns of `early` as this year has them, or as they are where nothing is known."""
    dialect = plan.ends.dialect
    found = []
    for name, blank in missing.items():
        cell = dialect.col(f"{name}@{year}").fill_null(int(blank)) if there else dialect.number(int(blank))
        found.append((cell if name in ("c_b", "c_w") else cell == 1).alias(name))
    return found


def _step(plan: Plan, frame: Frame, year: int) -> Frame:
    """From what a year is handed to what it hands on."""
    dialect = plan.ends.dialect
    frame = with_stages(frame, plan.late)
    found = {
        severity: [column for column in columns if column in plan.reading]
        for severity, columns in plan.circuit.rules_giving("rating").items()
    }
    reached = [
        dialect.most([dialect.col(f"c_{end}"), heaviest(found, dialect, end.__add__)]).alias(f"n_{end}") for end in (BEST, WORST)
    ]
    gates = [column for columns in plan.circuit.rules_giving("upgrade_gate").values() for column in columns if column in plan.reading]
    gate = dialect.any_of([dialect.col("c_g"), *(dialect.col(BEST + column) for column in gates)])
    frame = frame.with_columns(*reached, gate.alias("n_g"))
    published = _published(plan, dialect.col("n_b"), dialect.col("n_g"))
    return _handed_on(plan, frame.with_columns(published.cast(dialect.space.Int64).alias("n_r")), year)


def _published(plan: Plan, assessed: Expr, gate: Expr) -> Expr:
    """The published severity of a row whose year before stands in the columns of PRIOR, as `chain.publish` has it."""
    dialect = plan.ends.dialect
    before = dialect.col(PRIOR["rating"])
    free = plan.compiled.scale.free
    worse = assessed if free else before + 1
    better = assessed if free else dialect.choose(gate, before - 1, before)
    moved = dialect.choose(assessed > before, worse, dialect.choose(assessed < before, better, before))
    return dialect.choose(before.is_null(), assessed, moved)


def _handed_on(plan: Plan, frame: Frame, year: int) -> Frame:
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
    lacking = dialect.col("k_lack") | (dialect.col("first") > year)
    values = {"rating": published, "assessed": assessed, "pressure": pressure}
    return frame.with_columns(
        *(dialect.choose(lacking, nothing, value.cast(space.Int64)).alias(PRIOR[name]) for name, value in values.items())
    )


def outcomes(plan: Plan, frame: Frame, mark: str) -> Frame:
    """With the answer of each row in columns that begin with `mark`: severities, status, change and pressure as numbers."""
    dialect = plan.ends.dialect
    scale = plan.compiled.scale
    reached = [rating_of(plan, BEST).alias("n_b"), rating_of(plan, WORST).alias("n_w"), flag_of(plan, "upgrade_gate").alias("n_g")]
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
        dialect.col("n_g").alias(f"{mark}gate"),
        *_levels(plan, mark),
    )
    return frame.with_columns(_change(plan, mark).alias(f"{mark}change"), _pressure(plan, mark).alias(f"{mark}pressure"))


INSUFFICIENT, DETERMINED, BOUNDED = 0, 1, 2
DOWNGRADE, UPGRADE, HOLD, UNCHANGED = 0, 1, 2, 3


def _status(plan: Plan, silent: Expr, best: Expr, worst: Expr) -> Expr:
    dialect = plan.ends.dialect
    told = dialect.choose(worst <= best, dialect.number(DETERMINED), dialect.number(BOUNDED))
    return dialect.choose(silent, dialect.number(INSUFFICIENT), told)


def _levels(plan: Plan, mark: str) -> list[Expr]:
    """A facet's level (null where too little is known), the worst that is not excluded, and its status."""
    dialect = plan.ends.dialect
    nothing = dialect.space.lit(None, dtype=dialect.space.Int8)
    found = []
    for number, _ in enumerate(plan.compiled.scale.facet_ids):
        silent = dialect.col(f"k_lack{number}") | ~dialect.col(f"k_any{number}")
        best, worst = dialect.col(f"n_{BEST}{number}"), dialect.col(f"n_{WORST}{number}")
        found.append(dialect.choose(silent, nothing, best).alias(f"{mark}level{number}"))
        found.append(dialect.most([best, worst]).alias(f"{mark}worst{number}"))
        found.append(_status(plan, silent, best, worst).alias(f"{mark}status{number}"))
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
