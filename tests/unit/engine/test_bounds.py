"""Where durable-rules crashes, hangs or answers wrongly, the program is refused first; up to there it answers rightly."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from unit.engine import programs
from unit.engine.programs import at, finding, level, program, rule

from ratingengine.engine.bounds import check_bounds, collisions, fact_id, fnv1a, layout
from ratingengine.engine.durable import DurableEngine
from ratingengine.engine.execution import EngineAbsent
from ratingengine.errors import InvalidInput
from ratingengine.model.program import Program, Target

TESTS = Path(__file__).resolve().parents[2]
EXACT = 2**53
LETHAL = Target("finding", "assembly.lethal")
ASSEMBLY = Target("level", "peaceful_assembly", 3)
Make = Callable[[int], Program]
BOUNDS: tuple[tuple[str, str, int], ...] = (
    ("C401", "wide", 16),
    ("C402", "shared", 255),
    ("C403", "distinct", 510),
    ("C403", "scattered", 510),
    ("C404", "thresholds", 64),
    ("C405", "far", EXACT - 1),
    ("C407", "paired", 4095),
)


@pytest.fixture
def library() -> Any:
    return pytest.importorskip("durable.engine", reason="durable-rules does not run on this Python", exc_type=ImportError)


@pytest.mark.parametrize(("code", "make", "most"), BOUNDS)
def test_a_program_one_beyond_a_bound_is_refused_before_the_library_is_loaded(
    monkeypatch: pytest.MonkeyPatch, code: str, make: str, most: int
) -> None:
    monkeypatch.setitem(sys.modules, "durable", None)
    beyond: Program = getattr(programs, make)(most + 1)
    with pytest.raises(InvalidInput) as refused:
        DurableEngine(beyond)
    assert {problem.code for problem in refused.value.problems} == {code}
    assert all(problem.hint for problem in refused.value.problems)


SPLIT = "split the rule with findings, or run with --engine reference"


@pytest.mark.parametrize(
    ("make", "size", "code", "message", "hint"),
    [
        ("wide", 17, "C401", "rule RUL-00001 has 17 conditions at once; durable-rules takes 16", SPLIT),
        ("shared", 256, "C402", "256 alternatives share one condition; durable-rules takes 255", SPLIT),
        ("distinct", 511, "C403", "511 distinct conditions; durable-rules takes 510", "run with --engine reference"),
        (
            "thresholds",
            65,
            "C404",
            "one fact can match 65 conditions at once; durable-rules takes 64",
            "use fewer thresholds on one indicator, or run with --engine reference",
        ),
        (
            "far",
            EXACT,
            "C405",
            "rule RUL-00001 has a threshold beyond 2^53, where durable-rules is no longer exact",
            "use fewer decimals or a smaller unit in the codebook",
        ),
        (
            "far",
            -EXACT,
            "C405",
            "rule RUL-00001 has a threshold beyond 2^53, where durable-rules is no longer exact",
            "use fewer decimals or a smaller unit in the codebook",
        ),
        ("paired", 4096, "C407", "4096 alternatives; durable-rules takes 4095 rules", SPLIT),
    ],
)
def test_a_bound_says_what_is_too_many_and_what_to_do(make: str, size: int, code: str, message: str, hint: str) -> None:
    (problem,) = check_bounds(getattr(programs, make)(size))
    assert (problem.code, problem.message, problem.hint) == (code, message, hint)


def test_every_fact_has_a_number_of_its_own() -> None:
    built = program([rule(1, (finding("b.read"), at(0, 7)), target=Target("finding", "a.given")), rule(2, (at(1, -3),))], 2)
    numbers = layout(built)
    assert numbers.findings == {"a.given": 2, "b.read": 3}
    assert numbers.levels == {
        **{("association", severity): 4 + severity for severity in range(5)},
        **{("peaceful_assembly", severity): 9 + severity for severity in range(5)},
    }
    assert (numbers.go, fact_id(0), fact_id(numbers.go)) == (14, 1, 15)
    assert numbers.condition(at(1, -3)) == (1, -3)
    assert numbers.condition(finding("b.read")) == (3, 1)
    assert numbers.condition(level("peaceful_assembly", 2)) == (11, 1)


@pytest.mark.parametrize(("code", "make", "most"), BOUNDS)
def test_a_program_at_a_bound_is_not_refused(code: str, make: str, most: int) -> None:
    assert check_bounds(getattr(programs, make)(most)) == ()


AT_THE_BOUND = """
import sys
from unit.engine import programs
from ratingengine.engine.durable import DurableEngine
from ratingengine.engine.reference import ReferenceEngine
program = getattr(programs, sys.argv[1])(int(sys.argv[2]))
durable, reference = DurableEngine(program), ReferenceEngine(program)
for value in (0, 1, 64, 2**53 - 1):
    values = [value] * len(program.variables)
    steps = reference.run(values)
    assert durable.run(values) == steps, value
print(len(steps))
"""


@pytest.mark.parametrize(
    ("make", "most", "steps"), [(make, most, most) for _, make, most in BOUNDS if make not in ("wide", "far")]
)
def test_at_a_bound_every_rule_fires_and_the_engines_agree(library: Any, make: str, most: int, steps: int) -> None:
    assert run_apart(make, most) == steps


@pytest.mark.parametrize(("make", "most"), [("wide", 16), ("far", EXACT - 1)])
def test_the_widest_rule_and_the_farthest_threshold_fire(library: Any, make: str, most: int) -> None:
    assert run_apart(make, most) == 1


def run_apart(make: str, most: int) -> int:
    """Both engines on a program in a process of its own: at a wrong bound the library takes the process down."""
    command = [sys.executable, "-c", AT_THE_BOUND, make, str(most)]
    done = subprocess.run(command, cwd=TESTS, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


def test_texts_with_the_same_hash_are_a_problem() -> None:
    assert fnv1a("costarring") == fnv1a("liquid")
    (problem,) = collisions(["open", "costarring", "closed", "liquid", "open"])
    assert problem.code == "C406"
    assert problem.message == "durable-rules cannot tell 'costarring' from 'liquid' (same 32-bit hash)"
    assert problem.hint == "run with --engine reference"


@pytest.mark.parametrize(("text", "value"), [("", 0x811C9DC5), ("a", 0xE40C292C), ("foobar", 0xBF9CF968)])
def test_the_hash_is_that_of_its_definition(text: str, value: int) -> None:
    assert fnv1a(text) == value


@pytest.mark.parametrize(("beyond_go", "codes"), [(-13, {"C406"}), (0, {"C406"}), (1, set())])
def test_a_program_whose_facts_the_library_would_take_for_one_another_is_refused(
    monkeypatch: pytest.MonkeyPatch, beyond_go: int, codes: set[str]
) -> None:
    monkeypatch.setitem(sys.modules, "durable", None)
    built = program([rule(1, (at(0, 1),))], 4)
    names = {0: "costarring", layout(built).go + beyond_go: "liquid"}
    monkeypatch.setattr("ratingengine.engine.bounds.fact_id", lambda subject: names.get(subject, subject))
    assert {problem.code for problem in check_bounds(built)} == codes
    with pytest.raises(InvalidInput if codes else EngineAbsent):
        DurableEngine(built)


def test_no_two_of_the_first_fifty_thousand_facts_have_the_same_hash() -> None:
    assert list(collisions(map(str, range(1, 50_001)))) == []


def test_several_bounds_are_reported_at_once() -> None:
    broken = program([rule(n, (at(0, EXACT),)) for n in range(256)])
    assert {problem.code for problem in check_bounds(broken)} == {"C402", "C405"}
