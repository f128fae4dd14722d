"""A frame of country-years rated by every profile of a method, the first sufficient one (or told of) carrying the rating."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from attrs import frozen

from ratingengine.bulk.admission import admitted, duplicates
from ratingengine.bulk.chaining import INSUFFICIENT, outcomes, with_priors
from ratingengine.bulk.dialect import Dialect, Expr, Frame
from ratingengine.bulk.ends import Ends, People
from ratingengine.bulk.frames import Taken, as_polars, kinds_of, library, taken, without_points
from ratingengine.bulk.identity import versions
from ratingengine.bulk.layout import Layout, layout_of
from ratingengine.bulk.profiles import BEST, Plan, plan_of
from ratingengine.errors import InvalidInput
from ratingengine.model.assessment import BOUNDED as IS_BOUNDED
from ratingengine.model.assessment import DETERMINED as IS_DETERMINED
from ratingengine.model.assessment import INSUFFICIENT as IS_INSUFFICIENT
from ratingengine.model.assessment import NOT_RATED as IS_NOT_RATED
from ratingengine.model.compiled import Compiled
from ratingengine.model.normal import PRESSURE
from ratingengine.world.countries.table import all_countries

STATUSES = (IS_INSUFFICIENT, IS_DETERMINED, IS_BOUNDED)
OF_FACETS = (*STATUSES, IS_NOT_RATED)
CHANGES = ("downgrade", "upgrade", "hold", "unchanged")
SEVERITIES = ("rating", "assessed", "ceiling", "possible_worst", "previous")


@frozen
class Plans:
    """The plans of all profiles for frames of one layout."""

    compiled: Compiled
    layout: Layout
    dialect: Dialect
    people: People
    profiles: tuple[Plan, ...]


def plans_of(compiled: Compiled, layout: Layout, dialect: Dialect) -> Plans:
    """The expressions of a method for the columns at hand; raises InvalidInput (C408) where 64 bits do not hold a measure."""
    ends = Ends(dialect, compiled.codebook, layout.held)
    profiles = tuple(plan_of(compiled, profile, ends) for profile in compiled.scale.profiles)
    return Plans(compiled, layout, dialect, ends.people, profiles)


def rate_taken(found: Taken, compiled: Compiled, *, explain: bool = False, any_unit: bool = False, file: str = "frame") -> Frame:
    """The rated frame on its backend. Raises InvalidInput with everything that is wrong with the frame."""
    layout = layout_of(kinds_of(found.frame), compiled.codebook, file, found.named)
    plans = plans_of(compiled, layout, found.dialect)
    frame = admitted(found.frame, layout, found.dialect, file, any_unit=any_unit)
    problems = duplicates(frame, found.dialect, file)
    if problems:
        raise InvalidInput(problems)
    return rated(plans, frame, found, explain=explain)


def rated(plans: Plans, frame: Frame, found: Taken, *, explain: bool = False) -> Frame:
    """An admitted frame, rated."""
    done, shown = _through(plans, with_people(plans, frame, found), found.beside, explain=explain)
    return _answers(plans, done, shown)


def passed(plans: Plans, frame: Any) -> Any:
    """The published severities of a polars frame that has its people, as a series: what simulations need of an answer."""
    done, _ = _through(plans, frame, lambda small: small, explain=False)
    return done.select(_carried(plans, "rating").alias("severity"))["severity"]


def _through(plans: Plans, frame: Frame, beside: Callable[[Any], Frame], *, explain: bool) -> tuple[Frame, list[str]]:
    """Every profile's answer in columns that begin with `q0_`, `q1_` …, and the columns of rules and measures."""
    dialect, years, empty = plans.dialect, _years(frame), _empty(plans, frame)
    inputs = frame.collect_schema().names()
    kept: list[str] = []
    shown: list[str] = []
    for number, plan in enumerate(plans.profiles):
        frame = dialect.through(frame, plan.early)
        frame = with_priors(plan, frame, years, dialect.through(empty, plan.early), beside)
        frame = outcomes(plan, dialect.through(frame, plan.late), f"q{number}_")
        kept += [name for name in frame.collect_schema().names() if name.startswith(f"q{number}_")]
        rules = zip(plan.circuit.rules, plan.circuit.program.rules, strict=True)
        held = [dialect.col(BEST + column).alias(rule.id) for column, rule in rules] if explain else []
        named = {name if name not in shown else f"{plan.name}.{name}": found for name, found in plan.measures.items()}
        held += [column for name, found in named.items() for column in found.shown(without_points(name))] if explain else []
        frame = frame.select(*inputs, *kept, *map(without_points, shown), *held)
        shown += [rule.id for rule in plan.circuit.program.rules if explain]
        shown += [f"{name}{end}" for name in named for end in ("", "__low", "__high") if explain]
    return frame, shown


def _years(frame: Frame) -> Sequence[int]:
    return sorted(as_polars(Dialect.here(frame.select("year").unique()))["year"].to_list())


def with_people(plans: Plans, frame: Frame, found: Taken) -> Frame:
    """With the counts that reach each threshold per million, by country."""
    if not plans.people.counts:
        return frame
    countries = [country for country in all_countries() if country.population]
    polars = library("polars")
    columns = {name: [count(country.population or 1) for country in countries] for name, count in plans.people.counts.items()}
    types = {"iso3": polars.String, **dict.fromkeys(columns, polars.Int64)}
    small = polars.DataFrame({"iso3": [country.iso3 for country in countries], **columns}, schema=types)
    how = {"maintain_order": "left"} if found.dialect.native else {}
    return frame.join(found.beside(small), on="iso3", how="left", **how)


def _empty(plans: Plans, frame: Frame) -> Frame:
    """A row of which nothing is known, in the dialect of the plans."""
    polars = library("polars")
    types = {name: polars.Boolean if name in _truths(plans.layout) else polars.Int64 for name in frame.collect_schema().names()}
    row = polars.DataFrame({name: [None] for name in types}, schema=types)
    return row if plans.dialect.native else library("narwhals").from_native(row)


def _truths(layout: Layout) -> set[str]:
    return {held.none for held in layout.held.values() if held.none}


def _answers(plans: Plans, frame: Frame, shown: Sequence[str]) -> Frame:
    """Keys, the answer of the profile that carries the rating in words, and what shows how: rules and measures."""
    dialect, scale = plans.dialect, plans.compiled.scale

    def carried(name: str) -> Expr:
        return _carried(plans, name)

    profile = _first(plans, [dialect.space.lit(name) for name in scale.profiles])
    words = [dialect.word(carried(name), scale.words).alias(name) for name in SEVERITIES]
    rating, assessed, ceiling, worst, previous = words
    levels = [
        column
        for number, facet in enumerate(scale.facet_ids)
        for column in (
            dialect.word(carried(f"level{number}"), scale.words).alias(facet),
            dialect.word(carried(f"status{number}"), OF_FACETS).alias(f"{facet}_status"),
        )
    ]
    return frame.select(
        *("iso3", "year", rating, assessed, dialect.word(carried("status"), STATUSES).alias("status"), ceiling, worst),
        *(previous, dialect.word(carried("change"), CHANGES).alias("change")),
        dialect.word(carried("pressure"), PRESSURE).alias("pressure"),
        _watchlist(plans).alias("watchlist"),
        profile.alias("profile"),
        *levels,
        dialect.space.lit(versions(plans.compiled)).alias("versions"),
        *(dialect.col(without_points(name)).alias(name) for name in shown),
    )


def _carried(plans: Plans, name: str) -> Expr:
    """The column of the profile that carries the rating."""
    return _first(plans, [plans.dialect.col(f"q{number}_{name}") for number in range(len(plans.profiles))])


def _first(plans: Plans, parts: Sequence[Expr]) -> Expr:
    """The part of the first sufficient profile, else of the first of which anything is known, else of the first one."""
    dialect, found = plans.dialect, parts[0]
    if len(parts) == 1:
        return found
    told = [dialect.col(f"q{number}_told") for number in range(len(parts))]
    sufficient = [dialect.col(f"q{number}_status") != INSUFFICIENT for number in range(len(parts))]
    for conditions in (told, sufficient):
        for held, part in reversed(tuple(zip(conditions, parts, strict=True))):
            found = dialect.choose(held, part, found)
    return found


def _watchlist(plans: Plans) -> Expr:
    """On by a rule of any profile; null where nothing is known of what the watchlist rules read."""
    dialect, numbers = plans.dialect, range(len(plans.profiles))
    held, watched = (dialect.any_of([dialect.col(f"q{n}_{name}") for n in numbers]) for name in ("watchlist", "watched"))
    nothing = dialect.space.lit(None, dtype=dialect.space.Boolean)
    return dialect.choose(held, dialect.truth(True), dialect.choose(watched, dialect.truth(False), nothing))


def rate_frame(
    frame: Any, method: Any = None, backend: str | None = None, *, explain: bool = False, any_unit: bool = False
) -> Any:
    """Rate a wide frame of country-years; the answer is of the kind that came in.

    `frame` is of polars, pandas, Arrow, DuckDB or Spark, keyed `iso3, year`, with a column an indicator; `method` a rule set's
    name or folder, or a compiled one (the default rules without it). With `explain` there is one Boolean column a rule, and
    three columns a measure: its value, and its ends where they differ. With `any_unit` codes in `iso3` that are of no country are
    rated too (made-up units, parts of countries): nothing is known of them per million people.
    Raises InvalidInput with every problem of the frame, BackendAbsent where a library is not installed.
    """
    from ratingengine.bulk.method import compiled_of

    found = taken(frame, backend)
    return found.give(rate_taken(found, compiled_of(method), explain=explain, any_unit=any_unit))
