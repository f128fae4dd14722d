"""The durable engine: what it gives the library, what it makes of its answers, and what it does without it."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from unit.engine.programs import at, finding, level, program, rule

from ratingengine.engine.bounds import layout
from ratingengine.engine.durable import RULESET, DurableEngine
from ratingengine.engine.execution import EngineAbsent
from ratingengine.engine.rating import open_engines
from ratingengine.engine.reference import ReferenceEngine
from ratingengine.errors import EngineFailure
from ratingengine.model.program import Program, StepTable, Target

EXACT = 2**53
LETHAL = Target("finding", "assembly.lethal")
ASSEMBLY = Target("level", "peaceful_assembly", 3)


@pytest.fixture
def library() -> Any:
    return pytest.importorskip("durable.engine", reason="durable-rules does not run on this Python", exc_type=ImportError)


def chained() -> Program:
    """Three strata: a finding in two ways, a level from it, a rating from the level."""
    return program(
        [
            rule(3, (at(0, 1),), (at(1, 5), at(2, -7)), target=LETHAL),
            rule(2, (finding("assembly.lethal"),), stratum=2, target=ASSEMBLY),
            rule(1, (level("peaceful_assembly", 2), at(1, 0)), stratum=3),
        ],
        3,
    )


def leaves(value: object) -> Iterator[object]:
    """Every number and text of a definition."""
    if isinstance(value, dict):
        for item in value.values():
            yield from leaves(item)
    elif isinstance(value, list):
        for item in value:
            yield from leaves(item)
    else:
        yield value


def test_definitions_are_equalities_first_then_one_threshold_in_whole_numbers(library: Any) -> None:
    definitions = DurableEngine(chained()).definitions()
    assert sorted(definitions) == ["go", "r0a0", "r0a1", "r1a0", "r2a0"]
    for definition in definitions.values():
        assert list(definition) == ["all"]
        for condition in definition["all"]:
            ((_, body),) = condition.items()
            ((operator, (equality, threshold)),) = body.items()
            assert (operator, list(equality), list(threshold), list(threshold["$gte"])) == ("$and", ["i"], ["$gte"], ["v"])
    assert {type(leaf) for leaf in leaves(definitions)} == {int}
    assert definitions["r0a1"] == {
        "all": [{"c0": {"$and": [{"i": 1}, {"$gte": {"v": 5}}]}}, {"c1": {"$and": [{"i": 2}, {"$gte": {"v": -7}}]}}]
    }


@pytest.mark.parametrize(
    ("values", "fired"),
    [
        ((0, 0, 0), []),
        ((1, 0, 0), ["RUL-00003", "RUL-00002", "RUL-00001"]),
        ((1, -1, 0), ["RUL-00003", "RUL-00002"]),
        ((0, 5, -7), ["RUL-00003", "RUL-00002", "RUL-00001"]),
        ((0, 5, -8), []),
        ((0, 4, -7), []),
    ],
)
def test_conclusions_pass_from_stratum_to_stratum(library: Any, values: tuple[int, ...], fired: list[str]) -> None:
    steps = DurableEngine(chained()).run(values)
    assert [step.rule for step in steps] == fired
    assert steps == ReferenceEngine(chained()).run(values)


def test_a_program_without_rules_runs(library: Any) -> None:
    assert DurableEngine(program([], 0)).run([]) == ()


def test_no_thread_is_started(library: Any) -> None:
    before = threading.enumerate()
    DurableEngine(chained()).run((1, 1, 1))
    assert threading.enumerate() == before


def test_values_that_are_not_exact_are_refused(library: Any) -> None:
    engine = DurableEngine(chained())
    assert len(engine.run((EXACT - 1, -EXACT + 1, 0))) == 2
    for value in (EXACT, -EXACT):
        with pytest.raises(EngineFailure) as failure:
            engine.run((1, value, 0))
        assert str(failure.value) == "a value beyond 2^53 cannot be given to durable-rules exactly"


def deleted(engine: DurableEngine, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """What the engine does to states from now on."""
    seen: list[tuple[str, str]] = []
    host = engine._host
    assert_facts, delete_state = host.assert_facts, host.delete_state

    def asserting(ruleset: str, facts: list[dict[str, Any]]) -> Any:
        seen.append(("facts", facts[0]["sid"]))
        return assert_facts(ruleset, facts)

    def deleting(ruleset: str, sid: str) -> None:
        seen.append(("deleted", sid))
        delete_state(ruleset, sid)

    monkeypatch.setattr(host, "assert_facts", asserting)
    monkeypatch.setattr(host, "delete_state", deleting)
    return seen


def test_each_run_has_a_state_of_its_own_which_is_deleted(library: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = DurableEngine(chained())
    seen = deleted(engine, monkeypatch)
    engine.run((1, 1, 1))
    engine.run((1, 1, 1))
    assert seen == [("facts", "1"), ("deleted", "1"), ("facts", "2"), ("deleted", "2")]
    with pytest.raises(Exception, match="error code: 309"):
        engine._host.get_facts(RULESET, "1")


def test_three_thousand_runs_leave_no_state_behind(library: Any) -> None:
    # The library has room for 1,024 states of a rule set; the next one is a MemoryError.
    engine = DurableEngine(chained())
    assert all(len(engine.run((1, 1, 1))) == 3 for _ in range(3000))


def test_a_fact_that_nothing_reads_is_a_failure_and_the_state_is_deleted(library: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = DurableEngine(chained())
    seen = deleted(engine, monkeypatch)
    monkeypatch.setattr(engine, "_lowest", {0: -100, 1: 0, 2: -7})
    with pytest.raises(EngineFailure, match=r"durable-rules refused a fact: \[\{'id': 1, 'i': 0, 'v': -50, 'sid': '1'\}"):
        engine.run((-50, 1, 1))
    assert [what for what, _ in seen] == ["facts", "deleted"]
    assert len(engine.run((1, 1, 1))) == 3


def test_two_facts_of_one_number_are_a_failure(library: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = DurableEngine(chained())
    monkeypatch.setattr("ratingengine.engine.durable.fact_id", lambda subject: max(subject, 1))
    with pytest.raises(EngineFailure, match="refused a fact"):
        engine.run((1, 1, 1))


def test_an_exception_in_an_action_is_not_swallowed(library: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(engine: DurableEngine, number: int, alternative: int) -> Callable[[Any], None]:
        def act(closure: Any) -> None:
            raise ValueError(f"rule {number} failed")

        return act

    monkeypatch.setattr(DurableEngine, "_action", failing)
    engine = DurableEngine(chained())
    seen = deleted(engine, monkeypatch)
    with pytest.raises(EngineFailure, match="rule 0 failed"):
        engine.run((1, 0, 0))
    assert [what for what, _ in seen] == ["facts", "deleted"]
    assert engine.run((0, 0, 0)) == ()


def test_a_conclusion_that_the_library_refuses_is_a_failure(library: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    unread = (99,)
    monkeypatch.setattr(DurableEngine, "_conclusion", lambda _engine, _target: unread)
    engine = DurableEngine(chained())
    with pytest.raises(EngineFailure, match="refused a conclusion"):
        engine.run((1, 0, 0))


@pytest.mark.parametrize("engine", ["both", "durable"])
def test_without_the_library_the_reference_answers_and_says_so(monkeypatch: pytest.MonkeyPatch, engine: str) -> None:
    monkeypatch.setitem(sys.modules, "durable", None)
    with pytest.raises(EngineAbsent):
        DurableEngine(chained())
    (only,), (remark,) = open_engines(chained(), engine)
    assert only.name == "reference"
    assert [step.rule for step in only.run((1, 0, 0))] == ["RUL-00003", "RUL-00002", "RUL-00001"]
    assert "durable-rules" in remark
    assert "the reference engine answers" in remark


def test_the_reference_engine_alone_needs_no_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "durable", None)
    engines, remarks = open_engines(chained(), "reference")
    assert ([engine.name for engine in engines], remarks) == (["reference"], ())


def absent(monkeypatch: pytest.MonkeyPatch, failure: ImportError, version: tuple[int, int]) -> str:
    """The reason that is given where the import of the library fails so on that Python."""

    class Failing:
        def find_spec(self, name: str, *_: object) -> None:
            if name.partition(".")[0] == "durable":
                raise failure

    for name in [name for name in sys.modules if name.partition(".")[0] == "durable"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [Failing(), *sys.meta_path])
    monkeypatch.setattr(sys, "version_info", version)
    with pytest.raises(EngineAbsent) as found:
        DurableEngine(chained())
    return str(found.value)


@pytest.mark.parametrize(
    ("failure", "version", "reason"),
    [
        (ImportError("undefined symbol"), (3, 13), "durable-rules does not run on Python 3.13 or later"),
        (ModuleNotFoundError("durable"), (3, 14), "durable-rules does not run on Python 3.13 or later"),
        (
            ModuleNotFoundError("durable"),
            (3, 12),
            "durable-rules is not installed (pip install durable-rules builds it, with gcc and the Python headers)",
        ),
        (ImportError("undefined symbol"), (3, 11), "durable-rules cannot be loaded: undefined symbol"),
    ],
)
def test_the_reason_why_the_library_is_absent_is_told(
    monkeypatch: pytest.MonkeyPatch, failure: ImportError, version: tuple[int, int], reason: str
) -> None:
    assert absent(monkeypatch, failure, version) == reason


def test_an_engine_tells_its_program_and_shares_the_steps_of_a_table(library: Any) -> None:
    built = chained()
    table = StepTable(built)
    engine = DurableEngine(built, table)
    assert engine.program is built
    assert all(step is table.step(number, 1) for number, step in enumerate(engine.run((1, 0, 0))))


def test_a_step_rests_on_every_alternative_that_holds(library: Any) -> None:
    built = program(
        [rule(1, (at(0, 1),), (at(1, 1),), (at(2, 1),), target=LETHAL), rule(2, (finding("assembly.lethal"),), stratum=2)], 3
    )
    engine, reference = DurableEngine(built), ReferenceEngine(built)
    for values in ((0, 0, 0), (1, 0, 0), (0, 1, 1), (1, 1, 1), (1, 0, 1)):
        assert engine.run(values) == reference.run(values)


def test_the_library_is_given_the_facts_that_something_reads_then_go_and_each_conclusion_once(
    library: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = DurableEngine(chained())
    host = engine._host
    given: list[dict[str, Any]] = []
    assert_facts, assert_fact, conclude = host.assert_facts, host.assert_fact, library.Closure.assert_fact

    def together(ruleset: str, facts: list[dict[str, Any]]) -> Any:
        given.extend(dict(fact) for fact in facts)
        return assert_facts(ruleset, facts)

    def alone(ruleset: str, fact: dict[str, Any]) -> Any:
        given.append(dict(fact))
        return assert_fact(ruleset, fact)

    def concluded(closure: Any, fact: dict[str, Any]) -> Any:
        given.append(dict(fact))
        return conclude(closure, fact)

    monkeypatch.setattr(host, "assert_facts", together)
    monkeypatch.setattr(host, "assert_fact", alone)
    monkeypatch.setattr(library.Closure, "assert_fact", concluded)
    engine.run((1, -1, -7))
    numbers = layout(chained())
    lethal, reached = numbers.findings["assembly.lethal"], numbers.levels["peaceful_assembly", 2]
    first = [{"id": subject + 1, "i": subject, "v": value, "sid": "1"} for subject, value in ((0, 1), (2, -7), (numbers.go, 1))]
    assert [fact for fact in given if "sid" in fact] == first
    conclusions = [{"id": subject + 1, "i": subject, "v": 1} for subject in (lethal, reached)]
    assert [fact for fact in given if "sid" not in fact] == conclusions
