"""Each crash bound of durable-rules, provoked on the bare library; and what the engine gives it, which is never of that form.

The table of docs/fuzzing.md names these tests.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.strategies import codebooks, rule_sets, vectors
from unit.engine import programs
from unit.engine.bare import BEYOND, PROGRAM, SHAPES, outcome

from ratingengine.engine.bounds import EXACT, MOST_PROPERTIES, layout
from ratingengine.engine.durable import TRIES, DurableEngine
from ratingengine.engine.reference import ReferenceEngine
from ratingengine.errors import EngineFailure, InvalidInput
from ratingengine.method.compiler import compile_profile
from ratingengine.model.program import Program, Target

pytest.importorskip("durable.engine", reason="durable-rules does not run on this Python", exc_type=ImportError)

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(("code", "make", "size"), BEYOND, ids=str)
def test_beyond_a_bound_the_library_fails_and_the_engine_refuses(
    monkeypatch: pytest.MonkeyPatch, code: str, make: str, size: int
) -> None:
    said = outcome(PROGRAM.format(make=make, size=size))
    if said.isdigit():
        pytest.skip(f"this durable-rules runs {make} {size}")
    assert any(end in said for end in BEYOND[code, make, size].split(" or "))
    monkeypatch.setitem(sys.modules, "durable", None)
    with pytest.raises(InvalidInput) as refused:
        DurableEngine(getattr(programs, make)(size))
    assert {problem.code for problem in refused.value.problems} == {code}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_form_that_the_engine_never_gives_fails_in_the_bare_library(shape: str) -> None:
    script, expected = SHAPES[shape]
    end, _, right = expected.partition(" unless by luck ")
    said = outcome(script)
    if said == right:
        pytest.skip("it reads past the end of its memory and finds nothing there this time")
    assert end in said


@pytest.mark.parametrize("seed", [2, 4, 10])
def test_programs_near_several_bounds_at_once_run(seed: int) -> None:
    script = f"""
from unit.engine.programs import crowded
from ratingengine.engine.durable import DurableEngine
from ratingengine.engine.reference import ReferenceEngine
program = crowded({seed})
durable, reference = DurableEngine(program), ReferenceEngine(program)
for value in (0, 1, 2, 64, 100):
    values = [value - n % 2 for n in range(len(program.variables))]
    assert durable.run(values) == reference.run(values), value
print("agree")
"""
    assert outcome(script, 300) == "agree"


class Given:
    """All that a host of the library is given."""

    def __init__(self, engine: DurableEngine) -> None:
        self.facts: list[dict[str, Any]] = []
        self.live: set[str] = set()
        self.most_live = 0
        host = engine._host
        self._kept = host.assert_fact, host.assert_facts, host.delete_state
        host.assert_fact, host.assert_facts, host.delete_state = self._fact, self._facts, self._delete

    def _note(self, fact: dict[str, Any]) -> None:
        self.facts.append(dict(fact))
        self.live.add(fact["sid"])
        self.most_live = max(self.most_live, len(self.live))

    def _fact(self, ruleset: str, fact: dict[str, Any]) -> Any:
        self._note(fact)
        return self._kept[0](ruleset, fact)

    def _facts(self, ruleset: str, facts: list[dict[str, Any]]) -> Any:
        for fact in facts:
            self._note(fact)
        return self._kept[1](ruleset, facts)

    def _delete(self, ruleset: str, sid: str) -> None:
        self.live.discard(sid)
        self._kept[2](ruleset, sid)


def leaves(value: object) -> Iterator[object]:
    """Every number and text of a definition, keys too."""
    if isinstance(value, dict):
        for key, entry in value.items():
            yield key
            yield from leaves(entry)
    elif isinstance(value, list):
        for entry in value:
            yield from leaves(entry)
    else:
        yield value


@given(st.data())
def test_the_library_is_given_whole_numbers_in_one_live_state_and_nothing_else(data: st.DataObject) -> None:
    codebook = data.draw(codebooks())
    program = compile_profile(data.draw(rule_sets(codebook)), codebook, "coded")
    engine = DurableEngine(program)
    found = list(leaves(engine.definitions()))
    assert {type(leaf) for leaf in found} <= {int, str}
    words = {leaf for leaf in found if isinstance(leaf, str)}
    assert {word for word in words if word[0] not in "rc" and word != "go"} <= {"all", "$and", "$gte", "i", "v"}
    assert max((abs(leaf) for leaf in found if isinstance(leaf, int)), default=0) < EXACT
    given_to = Given(engine)
    for _ in range(3):
        engine.run(data.draw(vectors(program)))
    assert given_to.most_live == 1
    assert not given_to.live
    ids = set()
    for fact in given_to.facts:
        assert sorted(fact) == ["i", "id", "sid", "v"]
        assert len(fact) < MOST_PROPERTIES
        assert {type(fact[key]) for key in ("i", "id", "v")} == {int}
        assert abs(fact["v"]) < EXACT
        assert fact["sid"].isdecimal()
        ids.add((fact["sid"], fact["id"]))
    assert len(ids) == len(given_to.facts)
    assert all(0 <= fact["i"] <= layout(program).go for fact in given_to.facts)


def chained() -> Program:
    """A finding in two ways, a level from it, a rating from the level, and a rating beside it."""
    lethal, level = Target("finding", "assembly.lethal"), Target("level", "peaceful_assembly", 3)
    return programs.program(
        [
            programs.rule(4, (programs.at(0, 1),), (programs.at(1, 5),), target=lethal),
            programs.rule(3, (programs.finding("assembly.lethal"),), stratum=2, target=level),
            programs.rule(2, (programs.level("peaceful_assembly", 2),), stratum=3),
            programs.rule(1, (programs.at(0, 1),)),
        ],
        2,
    )


def leaping(monkeypatch: pytest.MonkeyPatch, at_actions: set[int]) -> None:
    """A clock that leaps eleven seconds during the actions of these numbers, counted over all runs."""
    import durable.engine

    clock, skipped, count = durable.engine._unix_now, [0], [0]
    monkeypatch.setattr(durable.engine, "_unix_now", lambda: clock() + skipped[0])
    make = DurableEngine._action

    def action(engine: DurableEngine, number: int, alternative: int) -> Any:
        act = make(engine, number, alternative)

        def slow(closure: Any) -> None:
            count[0] += 1
            skipped[0] += 11 * (count[0] in at_actions)
            act(closure)

        return slow

    monkeypatch.setattr(DurableEngine, "_action", action)


@pytest.mark.parametrize("which", range(1, 6))
def test_a_run_that_the_library_ends_early_is_run_again(monkeypatch: pytest.MonkeyPatch, which: int) -> None:
    leaping(monkeypatch, {which})
    engine = DurableEngine(chained())
    steps = engine.run((1, 5))
    assert len(steps) == 4
    assert steps == ReferenceEngine(chained()).run((1, 5))


def test_a_run_that_is_ended_early_every_time_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    leaping(monkeypatch, set(range(1, 100)))
    engine = DurableEngine(chained())
    with pytest.raises(EngineFailure) as failure:
        engine.run((1, 5))
    why = "an action lasted more than 10 seconds, or the clock was put forward"
    assert str(failure.value) == f"durable-rules stopped before the last rule {TRIES} times: {why}"
