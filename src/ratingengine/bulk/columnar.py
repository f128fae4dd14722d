"""The columnar engine: a program as Boolean expressions over columns, one column a rule.

The alternatives of a rule are factored (`a and b, or a and c` becomes `a and (b or c)`), parts that several rules have in common
become columns of their own, and gates are sorted into stages of which each reads only earlier ones. The same stages run in every
backend, at the best ends of the evidence and at the worst.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from attrs import frozen

from ratingengine.bulk.dialect import Dialect, Expr, Frame
from ratingengine.model.program import Program, ProgramRule, Test


@frozen(cache_hash=True)
class Joined:
    """All of the parts, or any of them; a part is a column or joined itself. All of nothing is true, any of nothing false."""

    every: bool
    parts: frozenset[Formula]


Formula = str | Joined
Alternatives = frozenset[frozenset[Formula]]


@frozen
class Gate:
    """A Boolean column and what it is made of."""

    column: str
    formula: Formula


@frozen
class Circuit:
    """A program for columns.

    `tests` are those on variables, `t0`, `t1` … in this order; `rules` are the columns of the program's rules in its order.
    """

    program: Program
    tests: tuple[Test, ...]
    stages: tuple[tuple[Gate, ...], ...]
    rules: tuple[str, ...]

    def test_columns(self) -> Mapping[str, Test]:
        """The column of each test."""
        return {f"t{number}": test for number, test in enumerate(self.tests)}

    def depending_on(self, columns: Iterable[str]) -> frozenset[str]:
        """The gates that read these columns, directly or through other gates."""
        reached = set(columns)
        for gate in (gate for stage in self.stages for gate in stage):
            if reached & _leaves(gate.formula):
                reached.add(gate.column)
        return frozenset(reached)

    def only(self, columns: Iterable[str]) -> tuple[tuple[Gate, ...], ...]:
        """The stages with these gates alone."""
        kept = set(columns)
        stages = (tuple(gate for gate in stage if gate.column in kept) for stage in self.stages)
        return tuple(stage for stage in stages if stage)

    def rules_giving(self, kind: str, name: str = "") -> Mapping[int, tuple[str, ...]]:
        """The columns of the rules with such a target by its severity, the heaviest first."""
        found: dict[int, list[str]] = {}
        for column, rule in zip(self.rules, self.program.rules, strict=True):
            if rule.target.kind == kind and name in ("", rule.target.name):
                found.setdefault(rule.target.severity, []).append(column)
        return {severity: tuple(found[severity]) for severity in sorted(found, reverse=True)}


def circuit(program: Program) -> Circuit:
    """The program as stages of gates."""
    tests = tuple(sorted(test for test in program.tests if test.kind == "variable"))
    columns: dict[Test, str] = {test: f"t{number}" for number, test in enumerate(tests)}
    formulas = {f"r{number}": _formula(rule, program, columns) for number, rule in enumerate(program.rules)}
    gates = _shared(formulas)
    return Circuit(program, tests, _staged(gates), tuple(formulas))


def expressions(stage: Iterable[Gate], dialect: Dialect, name: Callable[[str], str]) -> list[Expr]:
    """The gates of a stage as expressions; `name` turns a column of the circuit into one of the frame."""
    return [_expression(gate.formula, dialect, name).alias(name(gate.column)) for gate in stage]


def heaviest(by_severity: Mapping[int, Sequence[str]], dialect: Dialect, name: Callable[[str], str]) -> Expr:
    """The severity of the heaviest rule that holds; 0 where none does."""
    found = dialect.number(0)
    for severity in sorted(by_severity):
        held = dialect.any_of([dialect.col(name(column)) for column in by_severity[severity]])
        found = dialect.choose(held, dialect.number(severity), found)
    return found


def leaves(stages: Iterable[Iterable[Gate]]) -> frozenset[str]:
    """The columns that the gates read."""
    return frozenset().union(*(_leaves(gate.formula) for stage in stages for gate in stage))


def _formula(rule: ProgramRule, program: Program, columns: Mapping[Test, str]) -> Formula:
    meant = {test: columns[test] if test.kind == "variable" else _concluded(test, rule, program) for test in rule.tests}
    return _factored(frozenset(frozenset(meant[test] for test in alternative) for alternative in rule.alternatives))


def _concluded(test: Test, reader: ProgramRule, program: Program) -> Formula:
    """A finding, or a level at or beyond a severity: any of the rules below that give it."""
    makers = frozenset(
        f"r{number}"
        for number, rule in enumerate(program.rules)
        if rule.stratum < reader.stratum
        and (rule.target.kind, rule.target.name) == (test.kind, test.name)
        and (test.kind == "finding" or rule.target.severity >= test.threshold)
    )
    # Every facet is at least at the best level, whatever rules say.
    return Joined(True, frozenset()) if test.kind == "level" and test.threshold <= 0 else _join(False, makers)


def _join(every: bool, parts: Iterable[Formula]) -> Formula:
    """Joined, with joined parts of the same kind taken apart; one part stands for itself."""
    flat: set[Formula] = set()
    for part in parts:
        flat |= part.parts if isinstance(part, Joined) and part.every == every else {part}
    if Joined(not every, frozenset()) in flat:
        return Joined(not every, frozenset())
    return next(iter(flat)) if len(flat) == 1 else Joined(every, frozenset(flat))


def _factored(alternatives: Alternatives) -> Formula:
    """Alternatives with what they have in common drawn out, the most common first."""
    if len(alternatives) < 2:
        return _join(True, next(iter(alternatives))) if alternatives else Joined(False, frozenset())
    uses = Counter(part for alternative in alternatives for part in alternative)
    most, count = max(uses.items(), key=lambda pair: (pair[1], repr(pair[0])), default=("", 0))
    if count < 2:
        return _join(False, [_join(True, alternative) for alternative in alternatives])
    inner = frozenset(alternative - {most} for alternative in alternatives if most in alternative)
    outer = frozenset(alternative for alternative in alternatives if most not in alternative)
    drawn = _join(True, [most, _factored(inner)])
    return _join(False, [drawn, _factored(outer)]) if outer else drawn


def _shared(formulas: Mapping[str, Formula]) -> tuple[Gate, ...]:
    """A gate a rule, and one for each joined part that stands in more than one place."""
    uses: Counter[Formula] = Counter()

    def count(formula: Formula) -> None:
        uses[formula] += 1
        if isinstance(formula, Joined) and uses[formula] == 1:
            for part in formula.parts:
                count(part)

    for formula in formulas.values():
        count(formula)
    repeated = [formula for formula, times in uses.items() if times > 1 and isinstance(formula, Joined) and formula.parts]
    names = {formula: f"s{number}" for number, formula in enumerate(sorted(repeated, key=_order))}

    def written(formula: Formula, whole: bool) -> Formula:
        if isinstance(formula, str):
            return formula
        if not whole and formula in names:
            return names[formula]
        return Joined(formula.every, frozenset(written(part, False) for part in formula.parts))

    gates = [Gate(name, written(formula, True)) for formula, name in names.items()]
    return (*gates, *(Gate(column, written(formula, False)) for column, formula in formulas.items()))


def _order(formula: Formula) -> str:
    """A text that is the same in every process."""
    if isinstance(formula, str):
        return formula
    return f"{formula.every}({','.join(sorted(_order(part) for part in formula.parts))})"


def _staged(gates: Sequence[Gate]) -> tuple[tuple[Gate, ...], ...]:
    by_column = {gate.column: gate for gate in gates}
    known: dict[str, int] = {}

    def stage(column: str) -> int:
        if column not in by_column:
            return 0
        if column not in known:
            known[column] = 1 + max((stage(part) for part in _leaves(by_column[column].formula)), default=0)
        return known[column]

    stages: dict[int, list[Gate]] = {}
    for gate in gates:
        stages.setdefault(stage(gate.column), []).append(gate)
    return tuple(tuple(stages[number]) for number in sorted(stages))


def _leaves(formula: Formula) -> frozenset[str]:
    if isinstance(formula, str):
        return frozenset({formula})
    return frozenset().union(*(_leaves(part) for part in formula.parts))


def _expression(formula: Formula, dialect: Dialect, name: Callable[[str], str]) -> Expr:
    if isinstance(formula, str):
        return dialect.col(name(formula))
    parts = [_expression(part, dialect, name) for part in sorted(formula.parts, key=_order)]
    return dialect.all_of(parts) if formula.every else dialect.any_of(parts)


class ColumnarEngine:
    """Executes a program on a frame whose columns `v0`, `v1` … hold the variables as whole numbers, without nulls."""

    name = "columnar"

    def __init__(self, program: Program, dialect: Dialect) -> None:
        self.circuit, self._dialect = circuit(program), dialect
        tests = [
            (dialect.col(f"v{test.variable}") >= test.threshold).alias(column)
            for column, test in self.circuit.test_columns().items()
        ]
        self._stages = [tests, *(expressions(stage, dialect, str) for stage in self.circuit.stages)]
        self._outcome = [
            heaviest(self.circuit.rules_giving("rating"), dialect, str).alias("rating"),
            *(
                heaviest(self.circuit.rules_giving("level", facet), dialect, str).alias(f"l{number}")
                for number, facet in enumerate(program.facets)
            ),
            *(
                _held(self.circuit, kind, dialect).alias(name)
                for kind, name in (("upgrade_gate", "gate"), ("watchlist", "watchlist"))
            ),
            *(dialect.col(column) for column in self.circuit.rules),
        ]

    def explain(self, frame: Frame) -> Frame:
        """`rating`, a level `l0`, `l1` … a facet, `gate`, `watchlist`, and a column `r0`, `r1` … a rule, in every row."""
        return self._dialect.through(frame, self._stages, self._outcome)


def _held(found: Circuit, kind: str, dialect: Dialect) -> Expr:
    given = found.rules_giving(kind).values()
    return dialect.any_of([dialect.col(column) for columns in given for column in columns])
