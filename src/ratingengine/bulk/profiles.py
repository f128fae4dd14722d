"""One profile on every row of a frame: what is established, what is not excluded, and what is published after the year before."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve, frozen

from ratingengine.bulk.columnar import Circuit, circuit, expressions, heaviest
from ratingengine.bulk.dialect import Expr
from ratingengine.bulk.ends import Ends
from ratingengine.bulk.measuring import Columns, measured
from ratingengine.model.compiled import Compiled
from ratingengine.model.program import Test

BEST, WORST = "b", "w"
"""Prefixes of the columns of an end: what is established, and what is not excluded."""
PRIOR = {"rating": "y_r", "assessed": "y_a", "pressure": "y_p"}
"""Columns of what the year before handed on; null where it handed on nothing."""


@frozen
class Plan:
    """All that a profile needs to rate rows: made once for a method and the columns at hand.

    `early` and `late` are columns in stages: those that do not depend on the year before, and those that do. `reading` are the
    columns of the circuit among the late ones.
    """

    name: str
    compiled: Compiled
    circuit: Circuit
    ends: Ends
    measures: Mapping[str, Columns]
    reading: frozenset[str]
    early: tuple[tuple[Expr, ...], ...] = ()
    late: tuple[tuple[Expr, ...], ...] = ()


def plan_of(compiled: Compiled, profile: str, ends: Ends) -> Plan:
    """The plan of a profile."""
    found = circuit(compiled.programs[profile])
    variables = found.program.variables
    of_prior = [column for column, test in found.test_columns().items() if variables[test.variable].subject == "prior"]
    measures, measuring = measured(compiled.measures[profile], ends)
    plan = Plan(profile, compiled, found, ends, measures, found.depending_on(of_prior))
    gates = frozenset(gate.column for stage in found.stages for gate in stage)
    early = (*measuring, (*_tests(plan, reading=False), *_known(plan)), *_gates(plan, gates - plan.reading))
    return evolve(plan, early=early, late=(_tests(plan, reading=True), *_gates(plan, plan.reading)))


def _tests(plan: Plan, *, reading: bool) -> tuple[Expr, ...]:
    tests = {column: test for column, test in plan.circuit.test_columns().items() if (column in plan.reading) == reading}
    return tuple(_test(plan, test, end).alias(end + column) for end in (BEST, WORST) for column, test in tests.items())


def _gates(plan: Plan, columns: frozenset[str]) -> tuple[tuple[Expr, ...], ...]:
    dialect = plan.ends.dialect
    return tuple(
        tuple(column for end in (BEST, WORST) for column in expressions(stage, dialect, end.__add__))
        for stage in plan.circuit.only(columns)
    )


def _test(plan: Plan, test: Test, end: str) -> Expr:
    """A test on a variable at one end. A mirrored one reads the other end and asks for no more than a severity."""
    variable = plan.circuit.program.variables[test.variable]
    worst = (end == WORST) != variable.mirrored
    bound = -test.threshold if variable.mirrored else test.threshold
    if variable.subject == "prior":
        severity = plan.ends.dialect.col(PRIOR[variable.name])
        held = severity <= bound if variable.mirrored else severity >= bound
        return held.fill_null(end == WORST)  # of no year before anything may be true
    if variable.subject == "measure":
        return plan.measures[variable.name].test(bound, worst=worst, at_least=not variable.mirrored)
    return plan.ends.severity(variable.name, bound, worst=worst, at_least=not variable.mirrored)


def _known(plan: Plan) -> list[Expr]:
    """`k_lack` and, a facet, `k_lackN` (its required group has no known member) and `k_anyN` (anything is known of it).

    `k_told` and `k_watch`: whether the row tells anything of what the rules read, and of what the watchlist rules read.
    """
    scale, dialect, codebook = plan.compiled.scale, plan.ends.dialect, plan.ends.codebook
    groups = [group for group in scale.required if group.profile == plan.name]
    lacking = {
        facet: [~dialect.any_of([plan.ends.known(name) for name in group.any_of]) for group in groups if group.facet == facet]
        for facet in scale.facet_ids
    }
    others = plan.compiled.read_elsewhere(plan.name)
    found = [dialect.any_of([part for parts in lacking.values() for part in parts]).alias("k_lack")]
    watched = plan.compiled.watched.get(plan.name)
    told = {"k_told": plan.compiled.reads[plan.name], "k_watch": () if watched is None else watched.indicators}
    found += [dialect.any_of([plan.ends.told(name) for name in names]).alias(column) for column, names in told.items()]
    for number, facet in enumerate(scale.facet_ids):
        names = [name for name in plan.ends.held if codebook[name].facet == facet and name not in others]
        found.append(dialect.any_of(lacking[facet]).alias(f"k_lack{number}"))
        found.append(dialect.any_of([plan.ends.known(name) for name in names]).alias(f"k_any{number}"))
    return found


def rating_of(plan: Plan, end: str) -> Expr:
    """The severity of the rating that the rules give at an end."""
    return heaviest(plan.circuit.rules_giving("rating"), plan.ends.dialect, end.__add__)


def level_of(plan: Plan, facet: str, end: str) -> Expr:
    """The severity of a facet's level at an end."""
    return heaviest(plan.circuit.rules_giving("level", facet), plan.ends.dialect, end.__add__)


def flag_of(plan: Plan, kind: str) -> Expr:
    """Whether an established rule opens a gate, or puts the country on the watchlist."""
    dialect = plan.ends.dialect
    given = plan.circuit.rules_giving(kind)
    return dialect.any_of([dialect.col(BEST + column) for columns in given.values() for column in columns])
