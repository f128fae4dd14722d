"""From a claim that some input breaks to evidence that shows it: the fewest years, then the fewest changes and facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from attrs import frozen

from ratingengine.proofs.change import Change
from ratingengine.proofs.exhibits import Exhibit, Shown, confirmed
from ratingengine.proofs.figures import People
from ratingengine.proofs.histories import History, choices
from ratingengine.proofs.solver import Formula, Model, Solver, at_most, negation
from ratingengine.proofs.subject import ProfileProved
from ratingengine.world.countries import Country

Histories = tuple[History, ...]
Claim = Callable[[Histories], Formula]
"""What the histories must be like to show the fault."""

MOST_SMALL = 12
"""Up to so many changes or facts the least number is looked for; beyond, the first model found is taken."""


@frozen
class Sight:
    """Evidence that shows a fault: one exhibit, or two to compare, with the answers to each of their years."""

    exhibits: tuple[Exhibit, ...]
    answers: tuple[tuple[Shown, ...], ...]


def seek(
    profile: ProfileProved, change: Change, countries: Sequence[Country], sides: int, claim: Claim, lengths: Iterable[int]
) -> Sight | None:
    """Evidence of the first of these lengths, in years, for which the claim holds, confirmed by the reference engine."""
    for count in lengths:
        people = People.any()
        histories = tuple(History.of(profile, f"{'xy'[side]}", people, change, count) for side in range(sides))
        solver = Solver(claim(histories), *(axiom for history in histories for axiom in history.axioms()))
        for among, chosen in choices(histories, people, countries):
            model = solver.find(chosen)
            if model is not None:
                solver.add(chosen)
                return sighted(profile, histories, smallest(solver, histories, model), people, among)
    return None


def smallest(solver: Solver, histories: Histories, model: Model) -> Model:
    """A model with the fewest differences between two histories, then with the fewest facts."""
    if len(histories) > 1:
        pairs = [pair for x, y in zip(*(history.days for history in histories), strict=True) for pair in x.pairs(y)]
        model = _least(solver, [negation(one.equal(two)) for one, two in pairs], model)
    return _least(solver, [known for history in histories for known in history.known()], model)


def _least(solver: Solver, counted: Sequence[Formula], model: Model) -> Model:
    reached = sum(model.holds(formula) for formula in counted)
    for most in range(min(reached, MOST_SMALL + 1)):
        fewer = solver.find(at_most(most, counted))
        if fewer is not None:
            solver.add(at_most(most, counted))
            return fewer
    return model


def sighted(profile: ProfileProved, histories: Histories, model: Model, people: People, among: Sequence[Country]) -> Sight:
    """The model as evidence, confirmed."""
    size = model.number(people.number) if model.holds(people.known) else None
    country = next(country for country in among if country.population == size)
    found = [confirmed(history, model, country, profile) for history in histories]
    return Sight(tuple(exhibit for exhibit, _ in found), tuple(years for _, years in found))
