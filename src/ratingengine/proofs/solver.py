"""The door to z3: formulas over named Booleans and integers, and a solver that finds values for them.

Formulas may be plain Python bools; joining folds them, so that what is settled never reaches z3.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ratingengine.errors import EngineFailure, NotFound
from ratingengine.errors.extras import to_install_extra

try:
    import z3
except ImportError:  # the extra is not installed
    raise NotFound(f"proofs need z3, which is not installed; install it with: {to_install_extra('prove')}") from None

Formula = Any
"""A Python bool or a Boolean term of z3."""

Number = Any
"""A Python int or an integer term of z3."""

CONTEXT = z3.main_ctx()

SECONDS = 120
"""After so long a question counts as undecided; the default rules need a thousandth of it."""


class Undecided(Exception):
    """The solver gave up; nothing is known."""


def version() -> str:
    """The release of z3."""
    return f"z3 {z3.get_version_string()}"


def boolean(name: str) -> Formula:
    """A Boolean of that name."""
    return z3.Bool(name)


def integer(name: str) -> Number:
    """An integer of that name."""
    return z3.Int(name)


def negation(formula: Formula) -> Formula:
    """Not."""
    if isinstance(formula, bool):
        return not formula
    return z3.BoolRef(z3.Z3_mk_not(CONTEXT.ref(), formula.as_ast()), CONTEXT)


def every(parts: Iterable[Formula]) -> Formula:
    """All parts hold."""
    return _joined(parts, z3.Z3_mk_and, neutral=True)


def some(parts: Iterable[Formula]) -> Formula:
    """At least one part holds."""
    return _joined(parts, z3.Z3_mk_or, neutral=False)


def _joined(parts: Iterable[Formula], join: Any, *, neutral: bool) -> Formula:
    kept = []
    for part in parts:
        if not isinstance(part, bool):
            kept.append(part)
        elif part is not neutral:
            return part
    if len(kept) < 2:
        return kept[0] if kept else neutral
    # The wrappers of z3 check and convert each argument anew, which costs more than all solving.
    array = (z3.Ast * len(kept))(*(part.as_ast() for part in kept))
    return z3.BoolRef(join(CONTEXT.ref(), len(kept), array), CONTEXT)


def implies(left: Formula, right: Formula) -> Formula:
    """Right holds wherever left does."""
    return some((negation(left), right))


def same(left: Formula, right: Formula) -> Formula:
    """Both hold or neither."""
    if isinstance(left, bool):
        return right if left else negation(right)
    if isinstance(right, bool):
        return left if right else negation(left)
    return left == right


def at_least(count: int, parts: Sequence[Formula]) -> Formula:
    """So many parts hold, or more."""
    needed = count - sum(1 for part in parts if part is True)
    terms = [part for part in parts if not isinstance(part, bool)]
    if needed <= 0 or needed > len(terms):
        return needed <= 0
    return z3.AtLeast(*terms, needed)


def at_most(count: int, parts: Sequence[Formula]) -> Formula:
    """No more than so many parts hold."""
    return negation(at_least(count + 1, parts))


def chosen(condition: Formula, then: Number, otherwise: Number) -> Number:
    """A number by condition."""
    if isinstance(condition, bool):
        return then if condition else otherwise
    return z3.If(condition, then, otherwise)


class Model:
    """Values for which everything asserted holds."""

    def __init__(self, model: Any) -> None:
        self._model = model

    def holds(self, formula: Formula) -> bool:
        """The truth of a formula; what the model leaves open counts as false."""
        if isinstance(formula, bool):
            return formula
        value = (z3.Ast * 1)()
        z3.Z3_model_eval(CONTEXT.ref(), self._model.model, formula.as_ast(), True, value)
        return bool(z3.Z3_get_bool_value(CONTEXT.ref(), value[0]) == z3.Z3_L_TRUE)

    def number(self, term: Number) -> int:
        """The value of an integer."""
        return term if isinstance(term, int) else self._model.eval(term, model_completion=True).as_long()


class Solver:
    """Assertions, asked again and again with further assumptions."""

    def __init__(self, *formulas: Formula) -> None:
        self._solver = z3.Solver()
        self._solver.set("timeout", int(SECONDS * 1000))
        self._solver.set("random_seed", 1)
        self.add(*formulas)

    def add(self, *formulas: Formula) -> None:
        """Assert for good."""
        for formula in formulas:
            if formula is not True:
                self._solver.add(formula)

    def find(self, *assumed: Formula) -> Model | None:
        """Values for the assertions and these formulas, or None where there are none; raises Undecided."""
        formula = every(assumed)
        if formula is False:
            return None
        try:
            answer = self._solver.check() if formula is True else self._solver.check(self._handle(formula))
            if answer == z3.sat:
                return Model(self._solver.model())
        except z3.Z3Exception as failure:
            raise EngineFailure(f"z3 failed: {failure}") from None
        if answer == z3.unknown:
            raise Undecided(self._solver.reason_unknown())
        return None

    def _handle(self, formula: Formula) -> Formula:
        """A Boolean that implies the formula: assuming it keeps what the solver has learned, as adding and dropping would not."""
        handle = z3.FreshBool("asked")
        self._solver.add(implies(handle, formula))
        return handle
