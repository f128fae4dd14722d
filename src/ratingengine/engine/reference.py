"""The reference engine: a program becomes one plain Python function. It defines result and trace.

The function tests the alternatives of each rule in stratum order and appends a step prepared beforehand, so that a run costs
comparisons and appends only, and knows what the steps establish without reading them again. `tests/differential` holds it to a
naive interpreter of the rule language.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from typing import Any

from ratingengine.model.program import Outcome, Program, ProgramRule, Step, StepTable, Test

Explained = tuple[tuple[Step, ...], Outcome]

WIDE = 9
"""From so many alternatives on, one look-up of which tests hold costs less than trying the alternatives."""


class ReferenceEngine:
    """Executes a program as generated Python, made anew from the program each time: code is never kept."""

    name = "reference"

    def __init__(self, program: Program, table: StepTable | None = None) -> None:
        self.program = program
        table = table or StepTable(program)
        names: dict[str, Any] = {"O": _Outcomes(program.facets)}
        for number, rule in enumerate(program.rules):
            names[f"T{number}"] = _Wide(table, number, rule) if _wide(rule) else _Steps(table, number)
        exec(compile(generate(program), "<ratingengine program>", "exec"), names)  # of numbers and generated names alone
        self.explain: Callable[[Sequence[int]], Explained] = names["explain"]
        """The canonical steps and what they establish, as `conclude` finds it, in one go."""

    def run(self, values: Sequence[int]) -> tuple[Step, ...]:
        """The canonical steps for one integer a variable."""
        return self.explain(values)[0]


class _Steps(dict[int, Step]):
    """Steps of one rule by the set of alternatives that hold; a dictionary, since its lookup costs no call."""

    def __init__(self, table: StepTable, number: int) -> None:
        super().__init__()
        self._table = table
        self._number = number

    def __missing__(self, mask: int) -> Step:
        step = self[mask] = self._table.step(self._number, mask)
        return step


class _Wide(dict[tuple[int, ...], Step | None]):
    """The step of a rule with many alternatives by which of its tests hold; None where no alternative does."""

    def __init__(self, table: StepTable, number: int, rule: ProgramRule) -> None:
        super().__init__()
        self._table = table
        self._number = number
        self._rule = rule
        self._tests = _tests(rule)

    def __missing__(self, holding: tuple[int, ...]) -> Step | None:
        held = {test for test, holds in zip(self._tests, holding, strict=True) if holds}
        mask = sum(1 << bit for bit, alternative in enumerate(self._rule.alternatives) if held.issuperset(alternative))
        step = self[holding] = self._table.step(self._number, mask) if mask else None
        return step


class _Outcomes(dict[tuple[int, ...], Outcome]):
    """Outcomes by rating, gate, watchlist and the facets' levels; there are few, and making one costs as much as ten rules."""

    def __init__(self, facets: tuple[str, ...]) -> None:
        super().__init__()
        self._facets = facets

    def __missing__(self, key: tuple[int, ...]) -> Outcome:
        rating, gate, watchlist, *levels = key
        outcome = self[key] = Outcome(rating, dict(zip(self._facets, levels, strict=True)), gate > 0, watchlist > 0)
        return outcome


def _wide(rule: ProgramRule) -> bool:
    return len(rule.alternatives) >= WIDE


def _tests(rule: ProgramRule) -> list[Test]:
    return sorted(rule.tests)


def source_digest(programs: Mapping[str, Program]) -> str:
    """What identifies the functions of programs by name."""
    return sha256("".join(f"{name}\n{generate(program)}" for name, program in sorted(programs.items())).encode()).hexdigest()


def generate(program: Program) -> str:
    """The source of `explain(values)`. Only integers and generated names enter it, never text from a rule file."""
    findings = sorted({rule.target.name for rule in program.rules if rule.target.kind == "finding"})
    names = {name: f"f{n}" for n, name in enumerate(findings)}
    names |= {facet: f"l{n}" for n, facet in enumerate(program.facets)}
    lines = ["def explain(values):"]
    if program.variables:
        lines.append(f"    ({''.join(f'v{n}, ' for n in range(len(program.variables)))}) = values")
    lines.append(f"    {' = '.join([*names.values(), 'rating', 'gate', 'watchlist'])} = 0")
    lines += ["    steps = []", "    add = steps.append"]
    for number, rule in enumerate(program.rules):
        lines += [*_when(number, rule, names), *_then(rule, names)]
    reached = ", ".join(["rating", "gate", "watchlist", *(names[facet] for facet in program.facets)])
    return "\n".join([*lines, f"    return tuple(steps), O[{reached}]", ""])


def _when(number: int, rule: ProgramRule, names: dict[str, str]) -> list[str]:
    """The condition of a rule and the step it adds."""
    if _wide(rule):
        holding = ", ".join(_test(test, names) for test in _tests(rule))
        return [f"    step = T{number}[{holding},]", "    if step is not None:", "        add(step)"]
    tests = [" and ".join(_test(test, names) for test in alternative) or "True" for alternative in rule.alternatives]
    # Most rules do not hold, so which alternatives do is looked at only when one does.
    masks = " | ".join(f"({1 << bit} if {test} else 0)" for bit, test in enumerate(tests)) if len(tests) > 1 else "1"
    return [f"    if {' or '.join(tests) or 'False'}:", f"        add(T{number}[{masks}])"]


def _then(rule: ProgramRule, names: dict[str, str]) -> list[str]:
    target = rule.target
    if target.kind == "finding":
        return [f"        {names[target.name]} = 1"]
    if target.kind in ("upgrade_gate", "watchlist"):
        return [f"        {'gate' if target.kind == 'upgrade_gate' else 'watchlist'} = 1"]
    ceiling = names[target.name] if target.kind == "level" else "rating"
    return [f"        if {ceiling} < {target.severity}:", f"            {ceiling} = {target.severity}"]


def _test(test: Test, names: dict[str, str]) -> str:
    if test.kind == "finding":
        return names.get(test.name, "0")
    subject = names[test.name] if test.kind == "level" else f"v{test.variable}"
    return f"{subject} >= {test.threshold}"
