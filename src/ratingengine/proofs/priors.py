"""What the year before hands on, as formulas: nothing, or a published and an assessed rating and the pressure between them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from attrs import frozen

from ratingengine.engine.chain import BETTER, NONE, WORSE
from ratingengine.model.assessment import Prior
from ratingengine.proofs.semantics import Ladder, is_exactly, reached
from ratingengine.proofs.solver import Formula, Model, boolean, every, implies, negation, same, some


@cache
def consistent(worst: int) -> tuple[Prior, ...]:
    """Every prior that can be handed on or given: the pressure follows from the two ratings, but may be silent where better."""
    found = []
    for rating in range(worst + 1):
        for assessed in range(worst + 1):
            pressures = (NONE,) if assessed == rating else (WORSE,) if assessed > rating else (BETTER, NONE)
            found += [Prior(rating, assessed, pressure) for pressure in pressures]
    return tuple(found)


@frozen(eq=False)
class PriorState:
    """Whether anything is handed on, and ladders of what is."""

    given: Formula
    rating: Ladder
    assessed: Ladder
    pressure: Ladder

    @classmethod
    def none(cls, worst: int) -> PriorState:
        """Nothing is handed on."""
        nothing: Ladder = (True, *[False] * worst)
        return cls(False, nothing, nothing, (True, *[False] * WORSE))

    @classmethod
    def any(cls, day: str, worst: int) -> PriorState:
        """Anything consistent, or nothing."""

        def ladder(name: str, top: int) -> Ladder:
            return (True, *(boolean(f"{day} prior {name} {n}") for n in range(1, top + 1)))

        return cls(boolean(f"{day} prior given"), ladder("rating", worst), ladder("assessed", worst), ladder("pressure", WORSE))

    def axioms(self) -> list[Formula]:
        """Ladders are ordered, and the pressure follows from the two ratings."""
        found = []
        for ladder in (self.rating, self.assessed, self.pressure):
            found += [implies(ladder[n + 1], ladder[n]) for n in range(1, len(ladder) - 1)]
        above = some(every((a, negation(r))) for a, r in zip(self.assessed, self.rating, strict=True))
        below = some(every((r, negation(a))) for a, r in zip(self.assessed, self.rating, strict=True))
        found.append(same(reached(self.pressure, WORSE), above))
        found.append(implies(negation(reached(self.pressure, NONE)), below))
        return found

    def at(self, name: str, threshold: int, *, worst: bool) -> Formula:
        """Whether an end of a prior value is at or beyond a threshold; without a prior it may be anything."""
        ladder = {"rating": self.rating, "assessed": self.assessed, "pressure": self.pressure}[name]
        return some((every((self.given, reached(ladder, threshold))), every((negation(self.given), worst))))

    def among(self, priors: Iterable[Prior]) -> Formula:
        """One of these is handed on."""
        return every((self.given, some(self._is(prior) for prior in priors)))

    def _is(self, prior: Prior) -> Formula:
        ends = ((self.rating, prior.rating), (self.assessed, prior.assessed), (self.pressure, prior.pressure))
        return every(is_exactly(ladder, severity) for ladder, severity in ends)

    def of(self, model: Model) -> Prior | None:
        """The prior of a model."""
        if not model.holds(self.given):
            return None
        ends = (self.rating, self.assessed, self.pressure)
        return Prior(*(max(n for n, step in enumerate(ladder) if model.holds(step)) for ladder in ends))

    def equal(self, other: PriorState) -> Formula:
        """The same is handed on, or nothing in both cases."""
        pairs = ((self.rating, other.rating), (self.assessed, other.assessed), (self.pressure, other.pressure))
        alike = every(same(a, b) for mine, its in pairs for a, b in zip(mine, its, strict=True))
        return every((same(self.given, other.given), implies(self.given, alike)))

    def no_better_than(self, other: PriorState) -> Formula:
        """Handed on by a history that was in no respect better.

        Rating and assessed rating are no better, and where the ratings are equal, an improvement that is shown here is shown
        there too. A year that gives a rating on one side gives one on the other.
        """
        higher = [
            implies(b, a)
            for mine, its in ((self.rating, other.rating), (self.assessed, other.assessed))
            for a, b in zip(mine, its, strict=True)
        ]
        alike = every(same(a, b) for a, b in zip(self.rating, other.rating, strict=True))
        shown = implies(alike, implies(reached(other.pressure, NONE), reached(self.pressure, NONE)))
        return every((same(self.given, other.given), implies(self.given, every((*higher, shown)))))
