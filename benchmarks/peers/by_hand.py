"""What a person would write: each rule's condition as it stands in its file, as a polars expression or as SQL.

Rules of one stratum are computed together, as they would be in one `with_columns` or one common table expression.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ratingengine.method.compiler import Terms
from ratingengine.model.condition import All, AnyOf, Atom, Condition, NOf
from ratingengine.model.indicator import Codebook
from ratingengine.model.program import Program, Test
from ratingengine.model.rule import RuleSet

Join = Callable[[Condition, Sequence[Any]], Any]


def conditions(rule_set: RuleSet, codebook: Codebook, program: Program) -> Mapping[str, tuple[Condition, Terms]]:
    """The condition of each rule of the program by its id, and what its atoms mean in numbers."""
    rules = [rule for rule in rule_set.of_profile(program.profile) if rule.in_force(None)]
    measures = {rule.then.name: rule.measure for rule in rules if rule.measure is not None}
    terms = Terms(codebook, rule_set.scale, measures, {variable: n for n, variable in enumerate(program.variables)})
    return {rule.id: (rule.when, terms) for rule in rules if rule.when is not None}


def _told(condition: Condition, terms: Terms, atom: Callable[[Test], Any], join: Join) -> Any:
    if isinstance(condition, Atom):
        return atom(terms.test(condition))
    return join(condition, [_told(part, terms, atom, join) for part in condition.parts])


def _makers(program: Program, test: Test) -> list[str]:
    return [
        f"r{number}"
        for number, rule in enumerate(program.rules)
        if (rule.target.kind, rule.target.name) == (test.kind, test.name)
        and (test.kind == "finding" or rule.target.severity >= test.threshold)
    ]


def _strata(program: Program) -> list[list[int]]:
    numbers = sorted({rule.stratum for rule in program.rules})
    return [[n for n, rule in enumerate(program.rules) if rule.stratum == number] for number in numbers]


class PolarsByHand:
    """One expression a rule, a `with_columns` a stratum."""

    def __init__(self, rule_set: RuleSet, codebook: Codebook, program: Program) -> None:
        import polars as pl

        self._pl = pl
        found = conditions(rule_set, codebook, program)

        def atom(test: Test) -> Any:
            if test.kind == "variable":
                return pl.col(f"v{test.variable}") >= test.threshold
            makers = _makers(program, test)
            return pl.any_horizontal(makers) if len(makers) > 1 else pl.col(makers[0]) if makers else pl.lit(False)

        def join(condition: Condition, parts: Sequence[Any]) -> Any:
            if isinstance(condition, All):
                return pl.all_horizontal(parts) if len(parts) > 1 else parts[0]
            if isinstance(condition, AnyOf):
                return pl.any_horizontal(parts) if len(parts) > 1 else parts[0]
            assert isinstance(condition, NOf)
            return pl.sum_horizontal([part.cast(pl.UInt8) for part in parts]) >= condition.count

        self._stages = [
            [_told(*found[program.rules[n].id], atom, join).alias(f"r{n}") for n in stratum] for stratum in _strata(program)
        ]
        self._answer = [*self._outcomes(program), *(pl.col(f"r{n}") for n in range(len(program.rules)))]

    def _outcomes(self, program: Program) -> list[Any]:
        pl = self._pl

        def heaviest(kind: str, name: str = "") -> Any:
            chosen = pl
            for severity in range(program.worst, 0, -1):
                own = [
                    f"r{n}"
                    for n, rule in enumerate(program.rules)
                    if rule.target.kind == kind and rule.target.name == name and rule.target.severity == severity
                ]
                if own:
                    chosen = chosen.when(pl.any_horizontal(own)).then(pl.lit(severity, dtype=pl.Int8))
            return pl.lit(0, dtype=pl.Int8) if chosen is pl else chosen.otherwise(pl.lit(0, dtype=pl.Int8))

        def flag(kind: str) -> Any:
            own = [f"r{n}" for n, rule in enumerate(program.rules) if rule.target.kind == kind]
            return pl.any_horizontal(own) if own else pl.lit(False)

        levels = [heaviest("level", facet).alias(f"l{n}") for n, facet in enumerate(program.facets)]
        flags = [flag("upgrade_gate").alias("gate"), flag("watchlist").alias("watchlist")]
        return [heaviest("rating").alias("rating"), *levels, *flags]

    def explain(self, frame: Any) -> Any:
        """The same columns as the columnar engine gives."""
        for stage in self._stages:
            frame = frame.with_columns(stage)
        return frame.select(self._answer)


def sql(rule_set: RuleSet, codebook: Codebook, program: Program, table: str) -> str:
    """One statement: a common table expression a stratum, CASE for the outcome."""
    found = conditions(rule_set, codebook, program)

    def atom(test: Test) -> str:
        if test.kind == "variable":
            return f"v{test.variable} >= {test.threshold}"
        return "(" + (" OR ".join(_makers(program, test)) or "false") + ")"

    def join(condition: Condition, parts: Sequence[str]) -> str:
        if isinstance(condition, NOf):
            return "(" + " + ".join(f"({part})::TINYINT" for part in parts) + f" >= {condition.count})"
        return "(" + (" AND " if isinstance(condition, All) else " OR ").join(parts) + ")"

    steps, source = [], table
    for number, stratum in enumerate(_strata(program)):
        columns = ", ".join(f"{_told(*found[program.rules[n].id], atom, join)} AS r{n}" for n in stratum)
        steps.append(f"s{number} AS (SELECT *, {columns} FROM {source})")  # noqa: S608  # numbers and own names
        source = f"s{number}"
    return f"WITH {', '.join(steps)} SELECT {', '.join(_answers(program))} FROM {source}"  # noqa: S608  # numbers and own names


def _answers(program: Program) -> list[str]:
    def heaviest(kind: str, name: str, column: str) -> str:
        cases = []
        for severity in range(program.worst, 0, -1):
            own = [
                f"r{n}"
                for n, rule in enumerate(program.rules)
                if rule.target.kind == kind and rule.target.name == name and rule.target.severity == severity
            ]
            cases += [f"WHEN {' OR '.join(own)} THEN {severity}"] if own else []
        return f"CASE {' '.join(cases)} ELSE 0 END AS {column}" if cases else f"0 AS {column}"

    def flag(kind: str, column: str) -> str:
        own = [f"r{n}" for n, rule in enumerate(program.rules) if rule.target.kind == kind]
        return f"({' OR '.join(own) or 'false'}) AS {column}"

    levels = [heaviest("level", facet, f"l{n}") for n, facet in enumerate(program.facets)]
    flags = [flag("upgrade_gate", "gate"), flag("watchlist", "watchlist")]
    return [heaviest("rating", "", "rating"), *levels, *flags, *(f"r{n}" for n in range(len(program.rules)))]
