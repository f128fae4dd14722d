"""The door to z3: a point at which two formulas differ, or the proof that there is none."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

from ratingengine.ruleset.test.formula import Formula, Ranges, Reach


def at_hand() -> bool:
    """Whether z3 is installed (extra `prove`)."""
    return find_spec("z3") is not None


def differing_point(first: Formula, second: Formula, ranges: Ranges) -> dict[str, int] | None:
    """Severities at which exactly one of two formulas holds; None where z3 proves that there are none.

    Integers between bounds are decidable, so there is always an answer.
    """
    import z3

    numbers = {name: z3.Int(name) for name in ranges}
    solver = z3.Solver()
    for name, (lowest, highest) in ranges.items():
        solver.add(numbers[name] >= lowest, numbers[name] <= highest)
    solver.add(z3.Xor(_term(first, numbers, z3), _term(second, numbers, z3)))
    if solver.check() == z3.unsat:
        return None
    model = solver.model()
    return {name: model.eval(number, model_completion=True).as_long() for name, number in numbers.items()}


def _term(formula: Formula, numbers: dict[str, Any], z3: Any) -> Any:
    if isinstance(formula, Reach):
        number = numbers[formula.name]
        return number <= formula.threshold if formula.better else number >= formula.threshold
    return z3.AtLeast(*(_term(part, numbers, z3) for part in formula.parts), formula.count)
