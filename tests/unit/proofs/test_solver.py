"""The door to z3: bools are folded, what is undecided is said so, and what the engine does not confirm stops the run."""

from __future__ import annotations

from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.proofs_method import ground, method

from ratingengine.cli import run
from ratingengine.errors import EngineFailure
from ratingengine.proofs import exhibits, solver
from ratingengine.proofs.prove import verdict
from ratingengine.proofs.reaching import reachable
from ratingengine.proofs.solver import Solver, Undecided, at_least, at_most, boolean, every, implies, negation, same, some
from ratingengine.proofs.theorems import THEOREMS
from ratingengine.proofs.verdicts import UNDECIDED

NAMES = tuple(boolean(f"n{number}") for number in range(3))


@given(st.lists(st.sampled_from([True, False, 0, 1, 2]), max_size=4), st.integers(-1, 5))
def test_joined_formulas_mean_what_they_mean_of_bools(drawn: list[bool | int], count: int) -> None:
    parts = [part if isinstance(part, bool) else NAMES[part] for part in drawn]
    for values in product((False, True), repeat=len(NAMES)):
        settled = [part if isinstance(part, bool) else values[part] for part in drawn]
        fixed = [same(name, value) for name, value in zip(NAMES, values, strict=True)]
        meant = {
            every(parts): all(settled),
            some(parts): any(settled),
            at_least(count, parts): sum(settled) >= count,
            at_most(count, parts): sum(settled) <= count,
            implies(every(parts), NAMES[0]): not all(settled) or values[0],
        }
        joined = Solver(*fixed)
        for formula, truth in meant.items():
            assert (joined.find(formula) is not None) == truth
            assert (joined.find(negation(formula)) is None) == truth


def test_a_settled_formula_never_reaches_the_solver() -> None:
    assert every(()) is True
    assert some(()) is False
    assert every((NAMES[0], False)) is False
    assert same(True, NAMES[0]) is NAMES[0]


def pigeons(count: int) -> list[solver.Formula]:
    """More pigeons than holes, which takes a solver very long."""
    inside = {(p, h): boolean(f"{p} in {h}") for p in range(count + 1) for h in range(count)}
    each = [some(inside[(p, h)] for h in range(count)) for p in range(count + 1)]
    alone = [
        negation(every((inside[(p, h)], inside[(q, h)]))) for h in range(count) for p, q in combinations(range(count + 1), 2)
    ]
    return [*each, *alone]


def test_what_takes_too_long_is_undecided(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solver, "SECONDS", 0.05)
    with pytest.raises(Undecided):
        Solver(*pigeons(14)).find()


def test_a_theorem_on_which_the_solver_gives_up_is_undecided(monkeypatch: pytest.MonkeyPatch) -> None:
    def give_up(*_: object) -> None:
        raise Undecided("out of time")

    monkeypatch.setattr(Solver, "find", give_up)
    for theorem in THEOREMS:
        found = verdict(ground(method()), theorem)
        assert (found.status, found.counted) == (UNDECIDED, "the solver gave up after 120 s: out of time")


def test_a_model_that_the_engine_does_not_confirm_stops_the_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(exhibits, "_of_engine", lambda *_: ())
    with pytest.raises(EngineFailure, match="z3 and the reference engine disagree on 2020"):
        reachable(ground(method()))
    assert run(["prove", "--theorem", "T2"]) == 70
    assert "schema: ratingengine/record/1" in capsys.readouterr().err
