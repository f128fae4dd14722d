"""The columnar engine on vectors of variables: the rules that hold and the outcome are those of the reference engine."""

from __future__ import annotations

from typing import Any

import narwhals as nw
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.entries import codebook_of, method_of
from support.strategies import codebook_entries, rule_sets, vectors

from ratingengine.bulk.columnar import ColumnarEngine, Joined, circuit
from ratingengine.bulk.dialect import Dialect
from ratingengine.engine.rating import load
from ratingengine.engine.reference import ReferenceEngine
from ratingengine.model.program import Program, ProgramRule, Target, Test, Variable

Vectors = list[tuple[int, ...]]


@st.composite
def runs(draw: st.DrawFn) -> tuple[Program, Vectors]:
    codebook = codebook_of(draw(codebook_entries(2, 5)))
    program = method_of(draw(rule_sets(codebook)), codebook).programs["coded"]
    return program, draw(st.lists(vectors(program), min_size=1, max_size=6))


def explained(program: Program, rows: Vectors, space: Any) -> list[tuple[Any, ...]]:
    columns = [f"v{number}" for number in range(len(program.variables))]
    schema = {"row": pl.Int64, **dict.fromkeys(columns, pl.Int64)}
    frame = pl.DataFrame([(n, *row) for n, row in enumerate(rows)], schema=schema, orient="row")
    engine = ColumnarEngine(program, Dialect(space))
    return [tuple(row) for row in engine.explain(frame if space is pl else nw.from_native(frame)).rows()]


def by_reference(program: Program, rows: Vectors) -> list[tuple[Any, ...]]:
    engine, told = ReferenceEngine(program), []
    for row in rows:
        steps, outcome = engine.explain(row)
        fired = {step.rule for step in steps}
        levels = [outcome.levels[facet] for facet in program.facets]
        told.append((outcome.rating, *levels, outcome.gate, outcome.watchlist, *(rule.id in fired for rule in program.rules)))
    return told


@settings(max_examples=60)
@given(runs())
def test_generated_programs_hold_where_the_reference_says_so(drawn: tuple[Program, Vectors]) -> None:
    for space in (pl, nw):
        assert explained(*drawn, space) == by_reference(*drawn)


@given(st.data())
@settings(max_examples=10)
def test_the_default_program_holds_where_the_reference_says_so(data: st.DataObject) -> None:
    program = load(engine="reference").method.programs["coded"]
    rows = data.draw(st.lists(vectors(program), min_size=1, max_size=20))
    assert explained(program, rows, pl) == by_reference(program, rows)


def rule(name: str, *alternatives: tuple[Test, ...]) -> ProgramRule:
    return ProgramRule(name, 1, Target("rating", severity=1), "rating at most closed", alternatives)


def program_of(*rules: ProgramRule) -> Program:
    variables = tuple(Variable("indicator", f"a.v{number}") for number in range(4))
    return Program("coded", variables, rules, {}, (), 1)


A, B, C, D = (Test("variable", number, 1) for number in range(4))


def test_what_alternatives_have_in_common_is_drawn_out() -> None:
    found = circuit(program_of(rule("X-001", (A, B), (A, C), (A, D))))
    ((gate,),) = found.stages
    assert gate.formula == Joined(True, frozenset({"t0", Joined(False, frozenset({"t1", "t2", "t3"}))}))


def test_what_rules_share_is_computed_once() -> None:
    found = circuit(program_of(rule("X-001", (A, B), (A, C)), rule("X-002", (D, B), (D, C))))
    assert [[gate.column for gate in stage] for stage in found.stages] == [["s0"], ["r0", "r1"]]


@pytest.mark.parametrize(("alternatives", "held"), [((), False), (((),), True), (((A,), ()), True)])
def test_a_rule_of_nothing_and_one_that_asks_nothing(alternatives: tuple[tuple[Test, ...], ...], held: bool) -> None:
    program = program_of(rule("X-001", *alternatives))
    assert explained(program, [(0, 0, 0, 0)], pl) == [(int(held), False, False, held)]
