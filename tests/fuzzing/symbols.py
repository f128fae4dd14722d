"""The rule language in z3: what a rule set says of every input at once. It knows nothing of normal forms or of the compiler.

An indicator is its interval's two numbers. A condition on it is *established* when both ends meet it, *not excluded* when one
does: every test is a set that reaches to one end of the range, which the oracle does not assume.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import reduce
from importlib.util import find_spec
from typing import Any

from attrs import frozen
from support.oracle import PRESSURE

from ratingengine.model.condition import All, AnyOf, Atom, Condition
from ratingengine.model.indicator import UNBOUNDED, Codebook
from ratingengine.model.program import Program, Test, Variable
from ratingengine.model.rule import Rule, RuleSet

PRIORS = ("rating", "assessed", "pressure")
MILLISECONDS = 20_000
"""After which z3 is told to give up on one rule set; it is then counted as not decided."""


def at_hand() -> bool:
    """Whether z3 is installed."""
    return find_spec("z3") is not None


@frozen
class Inputs:
    """One point of the input space: intervals of indicators and measures, and last year's positions (None: nothing known)."""

    indicators: Mapping[str, tuple[int, int]]
    measures: Mapping[str, tuple[int, int]]
    prior: Mapping[str, int] | None


class Symbols:
    """The rules of one profile as formulas over the two ends of every interval."""

    def __init__(self, rule_set: RuleSet, profile: str, codebook: Codebook) -> None:
        import z3

        self.z3: Any = z3
        self.codebook, self.scale = codebook, rule_set.scale
        latest = [rule for rule in rule_set.of_profile(profile) if rule.until is None]
        self.rules = {rule.id: rule for rule in latest if rule.when is not None}
        self.measures = {rule.then.name: rule.measure for rule in latest if rule.measure is not None}
        self.known = z3.Bool("prior")
        self.last = {name: z3.Int(f"prior {name}") for name in PRIORS}
        self.ends = {entry.id: self._pair(entry.id) for entry in codebook}
        self.measured = {name: self._pair(f"measure {name}") for name in self.measures}
        self._made: dict[tuple[str, bool], Any] = {}
        self._masks = {every: self._mask({name: self.fires(name, every=every) for name in self.rules}) for every in (True, False)}
        # Both answers in one number, and only the names that stand in it: a case costs one substitution.
        self._both = self._masks[True] + self._masks[False] * (1 << len(self.rules))
        self._read = _names(self._both, z3)

    def _pair(self, name: str) -> tuple[Any, Any]:
        return self.z3.Int(f"{name} low"), self.z3.Int(f"{name} high")

    def _mask(self, fired: Mapping[str, Any]) -> Any:
        """One number that tells which rules fire: bit n for the n-th of them, by id."""
        bits = [self.z3.If(fired[name], self.z3.IntVal(1 << n), self.z3.IntVal(0)) for n, name in enumerate(sorted(fired))]
        return self.z3.Sum(bits) if bits else self.z3.IntVal(0)

    def fired(self, inputs: Inputs) -> tuple[frozenset[str], frozenset[str]]:
        """The ids of the rules that z3 says are established, and those not excluded, at a point."""
        values: list[tuple[Any, int]] = [(self.last[name], 0 if inputs.prior is None else inputs.prior[name]) for name in PRIORS]
        for symbols, found in ((self.ends, inputs.indicators), (self.measured, inputs.measures)):
            for name, ends in symbols.items():
                values += zip(ends, found[name], strict=True)
        pairs = [(symbol, self.z3.IntVal(value)) for symbol, value in values if str(symbol.decl().name()) in self._read]
        pairs.append((self.known, self.z3.BoolVal(inputs.prior is not None)))
        mask = self.z3.simplify(self.z3.substitute(self._both, *pairs)).as_long()
        ids = sorted(self.rules)
        established, possible = (frozenset(name for n, name in enumerate(ids, first) if mask >> n & 1) for first in (0, len(ids)))
        return established, possible

    def fires(self, name: str, *, every: bool) -> Any:
        """The formula of one rule."""
        if (name, every) not in self._made:
            self._made[name, every] = self._holds(self.rules[name].when, every)
        return self._made[name, every]

    def _any(self, rules: list[Rule], every: bool) -> Any:
        return self.z3.Or(*(self.fires(rule.id, every=every) for rule in rules))

    def _holds(self, condition: Condition | None, every: bool) -> Any:
        assert condition is not None
        if isinstance(condition, Atom):
            return self._atom(condition, every)
        parts = [self._holds(part, every) for part in condition.parts]
        if isinstance(condition, All):
            return self.z3.And(*parts)
        return self.z3.Or(*parts) if isinstance(condition, AnyOf) else self.z3.AtLeast(*parts, condition.count)

    def _atom(self, atom: Atom, every: bool) -> Any:
        words = tuple(rating.id for rating in self.scale.ratings)
        if atom.subject == "finding":
            makers = [rule for rule in self.rules.values() if rule.kind == "finding" and rule.then.name == atom.name]
            return self._any(makers, every)
        if atom.subject == "level":
            return self._on_scale(atom, self._level(atom.name, words, every), words)
        if atom.subject == "prior":
            test = self._on_scale(atom, self.last[atom.name], PRESSURE if atom.name == "pressure" else words)
            return self.z3.And(self.known, test) if every else self.z3.Or(self.z3.Not(self.known), test)
        if atom.subject == "measure":
            measure = self.measures[atom.name]
            ends = [self._compared(atom, end, 10**measure.decimals) for end in self.measured[atom.name]]
        else:
            entry = self.codebook[atom.name]
            ends = [
                self._in_words(atom, end, entry.words) if entry.words else self._compared(atom, end, 10**entry.decimals)
                for end in self.ends[atom.name]
            ]
        return self.z3.And(*ends) if every else self.z3.Or(*ends)

    def _level(self, facet: str, words: tuple[str, ...], every: bool) -> Any:
        makers = [rule for rule in self.rules.values() if rule.kind == "level" and rule.then.facet == facet]
        known = [(word, [rule for rule in makers if rule.then.word == word]) for word in words]
        return reduce(
            lambda better, step: self.z3.If(self._any(step[1], every), self.z3.IntVal(words.index(step[0])), better),
            [step for step in known if step[1]],
            self.z3.IntVal(0),
        )

    def _compared(self, atom: Atom, value: Any, scale: int) -> Any:
        """A test on a number; thresholds between two whole numbers are moved to the next one that meets them."""
        operands = [Fraction(text) * scale for text in atom.operands]
        if atom.test in ("is", "one_of"):
            return self.z3.Or(*(value == int(found) for found in operands if found.denominator == 1))
        return _turned(atom.test, value, operands[0])

    def _in_words(self, atom: Atom, value: Any, words: tuple[str, ...]) -> Any:
        if atom.test in ("is", "one_of"):
            return self.z3.Or(*(value == words.index(word) for word in atom.operands))
        return _turned(atom.test, value, Fraction(words.index(atom.operands[0])))

    def _on_scale(self, atom: Atom, position: Any, words: tuple[str, ...]) -> Any:
        """Ratings stand best first: `at most obstructed` is a position at or beyond that of obstructed."""
        if atom.test in ("is", "one_of"):
            return self.z3.Or(*(position == words.index(word) for word in atom.operands))
        return _turned(atom.test, -position, Fraction(-words.index(atom.operands[0])))

    def differing_input(self, program: Program) -> Inputs | str | None:
        """An input at which a compiled program fires other rules than the language; None: z3 proves there is none."""
        for every in (True, False):
            solver = self.z3.Solver()
            solver.set("timeout", MILLISECONDS)
            solver.add(*self._domain())
            solver.add(self._mask(self._compiled(program, every)) != self._masks[every])
            found = solver.check()
            if found == self.z3.sat:
                return self._point(solver.model())
            if found != self.z3.unsat:
                return "not decided"
        return None

    def _domain(self) -> list[Any]:
        worst = len(self.scale.ratings) - 1
        limits = [self.last["rating"] >= 0, self.last["rating"] <= worst, self.last["assessed"] >= 0]
        limits += [self.last["assessed"] <= worst, self.last["pressure"] >= 0, self.last["pressure"] <= 2]
        for name, (low, high) in self.ends.items():
            entry = self.codebook[name]
            limits += [entry.lowest <= low, low <= high, high <= entry.highest]
        return [*limits, *(low <= high for low, high in self.measured.values())]

    def _compiled(self, program: Program, established: bool) -> dict[str, Any]:
        """What a program fires, each of its variables taken from the end of the interval that it is said to hold."""
        numbers = [self._variable(variable, established) for variable in program.variables]
        fired: dict[str, Any] = {}
        for rule in program.rules:
            ways = [self.z3.And(*(self._test(test, numbers, fired, program) for test in tests)) for tests in rule.alternatives]
            fired[rule.id] = self.z3.Or(*ways)
        return fired

    def _variable(self, variable: Variable, established: bool) -> Any:
        at_best = established != variable.mirrored
        if variable.subject == "prior":
            unknown = -UNBOUNDED if at_best else UNBOUNDED
            severity = self.z3.If(self.known, self.last[variable.name], self.z3.IntVal(unknown))
        elif variable.subject == "measure":
            low, high = self.measured[variable.name]
            severity = low if at_best else high
        else:
            low, high = self.ends[variable.name]
            rising = self.codebook[variable.name].worse == "higher"
            severity = (low if at_best else high) if rising else -(high if at_best else low)
        return -severity if variable.mirrored else severity

    def _test(self, test: Test, numbers: list[Any], fired: Mapping[str, Any], program: Program) -> Any:
        if test.kind == "variable":
            return numbers[test.variable] >= test.threshold
        makers = [rule for rule in program.rules if (rule.target.kind, rule.target.name) == (test.kind, test.name)]
        if test.kind == "level" and test.threshold <= 0:
            return self.z3.BoolVal(True)
        reaching = [rule for rule in makers if test.kind == "finding" or rule.target.severity >= test.threshold]
        return self.z3.Or(*(fired[rule.id] for rule in reaching))

    def _point(self, model: Any) -> Inputs:
        def number(symbol: Any) -> int:
            return int(model.eval(symbol, model_completion=True).as_long())

        ends, measured = ({name: (number(low), number(high)) for name, (low, high) in found.items()} for found in self._pairs())
        known = self.z3.is_true(model.eval(self.known, model_completion=True))
        return Inputs(ends, measured, {name: number(self.last[name]) for name in PRIORS} if known else None)

    def _pairs(self) -> tuple[Mapping[str, tuple[Any, Any]], Mapping[str, tuple[Any, Any]]]:
        return self.ends, self.measured


def _names(formula: Any, z3: Any) -> frozenset[str]:
    """The names of the constants in a formula."""
    found: set[str] = set()
    seen: set[int] = set()
    left = [formula]
    while left:
        part = left.pop()
        if part.get_id() in seen:
            continue
        seen.add(part.get_id())
        if z3.is_const(part) and part.decl().kind() == z3.Z3_OP_UNINTERPRETED:
            found.add(part.decl().name())
        left += part.children()
    return frozenset(found)


def _turned(test: str, value: Any, operand: Fraction) -> Any:
    turned: Mapping[str, Callable[[], Any]] = {
        "at_least": lambda: value >= math.ceil(operand),
        "more_than": lambda: value > math.floor(operand),
        "at_most": lambda: value <= math.floor(operand),
        "less_than": lambda: value < math.ceil(operand),
    }
    return turned[test]()
