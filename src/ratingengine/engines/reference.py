"""The reference engine: a program becomes one plain Python function. It defines result and trace.

The function tests the alternatives of each rule in stratum order and appends a step prepared beforehand, so that a run costs
comparisons and appends only. `tests/differential` holds it to a naive interpreter of the rule language.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Sequence
from typing import Any

from ratingengine.model.program import Program, ProgramRule, Step, StepTable, Test

Run = Callable[[Sequence[int]], tuple[Step, ...]]


class ReferenceEngine:
    """Executes a program as generated Python; `code` may bring what `code_of` made of the same program."""

    name = "reference"

    def __init__(self, program: Program, code: bytes = b"", table: StepTable | None = None) -> None:
        self.program = program
        table = table or StepTable(program)
        names: dict[str, Any] = {f"T{number}": _Steps(table, number) for number in range(len(program.rules))}
        exec(marshal.loads(code or code_of(program)), names)  # noqa: S302  # made by code_of, here or in the user's own cache
        self._run: Run = names["run"]

    def run(self, values: Sequence[int]) -> tuple[Step, ...]:
        """The canonical steps for one integer a variable."""
        return self._run(values)


class _Steps(dict[int, Step]):
    """Steps of one rule by the set of alternatives that hold; a dictionary, since its lookup costs no call."""

    def __init__(self, table: StepTable, number: int) -> None:
        super().__init__()
        self._table = table
        self._number = number

    def __missing__(self, mask: int) -> Step:
        step = self[mask] = self._table.step(self._number, mask)
        return step


def code_of(program: Program) -> bytes:
    """The generated function, compiled; valid for this version of Python."""
    return marshal.dumps(compile(generate(program), "<ratingengine program>", "exec"))


def generate(program: Program) -> str:
    """The source of `run(values)`. Only integers and generated names enter it, never text from a rule file."""
    findings = sorted({rule.target.name for rule in program.rules if rule.target.kind == "finding"})
    names = {name: f"f{n}" for n, name in enumerate(findings)}
    names |= {facet: f"l{n}" for n, facet in enumerate(program.facets)}
    lines = ["def run(values):"]
    if program.variables:
        lines.append(f"    ({''.join(f'v{n}, ' for n in range(len(program.variables)))}) = values")
    lines += [f"    {name} = 0" for name in names.values()]
    lines += ["    steps = []", "    add = steps.append"]
    for number, rule in enumerate(program.rules):
        lines += _rule_lines(number, rule, names)
    return "\n".join([*lines, "    return tuple(steps)", ""])


def _rule_lines(number: int, rule: ProgramRule, names: dict[str, str]) -> list[str]:
    tests = [" and ".join(_test(test, names) for test in alternative) or "True" for alternative in rule.alternatives]
    if len(tests) == 1:
        lines = [f"    if {tests[0]}:", f"        add(T{number}[1])"]
    else:
        masks = " | ".join(f"({1 << bit} if {test} else 0)" for bit, test in enumerate(tests)) or "0"
        lines = [f"    mask = {masks}", "    if mask:", f"        add(T{number}[mask])"]
    if rule.target.kind == "finding":
        lines.append(f"        {names[rule.target.name]} = 1")
    elif rule.target.kind == "level":
        level = names[rule.target.name]
        lines += [f"        if {level} < {rule.target.severity}:", f"            {level} = {rule.target.severity}"]
    return lines


def _test(test: Test, names: dict[str, str]) -> str:
    if test.kind == "finding":
        return names.get(test.name, "0")
    subject = names[test.name] if test.kind == "level" else f"v{test.variable}"
    return f"{subject} >= {test.threshold}"
