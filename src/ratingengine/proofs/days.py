"""One day of one country as formulas: every indicator's interval, the population, what the year before handed on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from attrs import frozen

from ratingengine.engine.measures import EMPTY_SCALE, stairs
from ratingengine.model.condition import Atom
from ratingengine.model.indicator import UNBOUNDED, base_of, is_derived
from ratingengine.model.normal import normalise, subject_of
from ratingengine.model.program import Variable
from ratingengine.proofs.extents import Extent
from ratingengine.proofs.figures import UNIT, Companion, Figure, People
from ratingengine.proofs.priors import PriorState
from ratingengine.proofs.semantics import Concluded, Ladder, Reads, concluded
from ratingengine.proofs.solver import Formula, every, negation, some
from ratingengine.proofs.subject import ProfileProved

Asked = Mapping[str, frozenset[int]]
"""Indicators and companions, each with the severities that conditions and measures ask about."""


def asked(profile: ProfileProved) -> dict[str, set[int]]:
    """The severities that the profile asks each indicator about."""
    found: dict[str, set[int]] = {name: set() for name in profile.coded}
    for test in profile.program.tests:
        if test.kind == "variable":
            variable = profile.program.variables[test.variable]
            if variable.subject == "indicator":
                found.setdefault(variable.name, set()).add(bound_of(variable, test.threshold))
    codebook = profile.method.codebook
    for measure in profile.measures.values():
        for entry in measure.inputs:
            found.setdefault(entry.indicator, set())
            if isinstance(entry.atom, Atom):
                normal = normalise(entry.atom, subject_of(entry.atom, codebook, EMPTY_SCALE, {}))
                found[entry.indicator].add(normal.threshold)
            elif entry.steps:
                found[entry.indicator] |= {threshold for threshold, _ in stairs(entry, codebook[entry.indicator])[1:]}
    return found


def bound_of(variable: Variable, threshold: int) -> int:
    """The severity a test asks about: a mirrored variable at or beyond a threshold is a severity below one."""
    return 1 - threshold if variable.mirrored else threshold


def numeric(profile: ProfileProved) -> frozenset[str]:
    """The indicators whose very numbers matter: those behind companions, and inputs of rescaled measures."""
    names = {base_of(name) for name in asked(profile) if name != base_of(name)}
    names |= {base_of(name) for group in profile.groups for name in group.any_of if name != base_of(name)}
    rescaled = {entry.indicator for m in profile.measures.values() for entry in m.inputs if entry.source_range is not None}
    return frozenset(names | rescaled)


@frozen(eq=False)
class Day:
    """One day.

    `free` companions are inputs of rescaled measures. They are left loose from their counts, which only adds inputs.
    """

    profile: ProfileProved
    label: str
    people: People
    prior: PriorState
    extents: Mapping[str, Extent]
    free: Mapping[str, Extent]

    @classmethod
    def of(cls, profile: ProfileProved, label: str, people: People, prior: PriorState) -> Day:
        """A day of which anything may be known."""
        codebook, questions, exact = profile.method.codebook, asked(profile), numeric(profile)
        bases = {base_of(name) for name in questions} | set(profile.coded)
        extents = {
            name: Extent.of(codebook[name], label, questions.get(name, ()), numeric=name in exact) for name in sorted(bases)
        }
        loose = sorted(name for name in exact if is_derived(codebook[name]))
        free = {name: Extent.of(codebook[name], label, questions[name], numeric=True) for name in loose}
        return cls(profile, label, people, prior, extents, free)

    def axioms(self) -> list[Formula]:
        """What holds of every day."""
        found = [axiom for extent in (*self.extents.values(), *self.free.values()) for axiom in extent.axioms()]
        return [*found, *self.people.axioms(), *(self.prior.axioms() if self.prior.given is not False else ())]

    def tied(self, population: int | None) -> list[Formula]:
        """Free companions as they follow from their counts in a country of known population, for counts of at most ten a head."""
        found = []
        for name, companion in self.free.items():
            base = self.extents[base_of(name)]
            if not population:
                found.append(negation(companion.known))
                continue
            for worst, end, own in ((False, base.best, companion.best), (True, base.worst, companion.worst)):
                low, high = (own - 1, own) if worst else (own, own + 1)
                exact = every((low * population < end * UNIT, end * UNIT <= high * population))
                if not worst:
                    exact = every((low * population <= end * UNIT, end * UNIT < high * population))
                near = every((end <= 10 * population, end >= -10 * population))
                open_ = [every((end == limit, own == limit)) for limit in (UNBOUNDED, -UNBOUNDED)]
                found.append(some((every((near, exact)), *open_)))
        return found

    def value(self, name: str) -> Extent | Companion:
        """An indicator, or a companion."""
        if name in self.extents:
            return self.extents[name]
        if name in self.free:
            return self.free[name]
        return Companion(self.profile.method.codebook[name], self.extents[base_of(name)], self.people)

    def reads(self, *, worst: bool, without: Mapping[str, Formula] | None = None) -> Reads:
        """What the tests of a program read at one end; a measure in `without` is missing where its formula holds."""
        cache: dict[tuple[int, int], Formula] = {}
        figures = {name: self.figure(name) for name in self.profile.measures}

        def at(number: int, threshold: int) -> Formula:
            if (number, threshold) not in cache:
                variable = self.profile.program.variables[number]
                # A test in the better direction reads the other end, and holds where the severity stays below.
                end = worst != variable.mirrored
                found = self._end(variable, bound_of(variable, threshold), end, figures)
                if without and variable.subject == "measure" and variable.name in without:
                    gone = without[variable.name]
                    found = some((every((negation(gone), found)), every((gone, end))))
                cache[(number, threshold)] = negation(found) if variable.mirrored else found
            return cache[(number, threshold)]

        return at

    def _end(self, variable: Variable, bound: int, worst: bool, figures: Mapping[str, Figure]) -> Formula:
        if variable.subject == "prior":
            return self.prior.at(variable.name, bound, worst=worst)
        if variable.subject == "measure":
            return figures[variable.name].at(bound, worst=worst)
        return self.value(variable.name).at(bound, worst=worst)

    def figure(self, name: str) -> Figure:
        """A measure of the profile."""
        measure = self.profile.measures[name]
        inputs = {entry.indicator: self.value(entry.indicator) for entry in measure.inputs}
        return Figure(measure, self.profile.method.codebook, inputs)

    @property
    def sufficient(self) -> Formula:
        """Something standing is known of every facet that must be known."""
        return every(some(self.value(name).known for name in group.any_of) for group in self.profile.groups)

    def pairs(self, other: Day) -> Iterator[tuple[Extent, Extent]]:
        """Each indicator's extent beside that of another day."""
        for name, extent in {**self.extents, **self.free}.items():
            yield extent, other.extents.get(name) or other.free[name]


Difference = Callable[[Extent, Extent], Formula]


@frozen(eq=False)
class Assessed:
    """What the program concludes of a day, at both ends."""

    day: Day
    best: Concluded
    worst: Concluded

    @classmethod
    def of(cls, day: Day) -> Assessed:
        """The assessment of a day."""
        program = day.profile.program
        return cls(day, concluded(program, day.reads(worst=False)), concluded(program, day.reads(worst=True)))

    @property
    def possible(self) -> Ladder:
        """The worst rating that is possible, as the assessment words it: never better than the assessed one."""
        return tuple(some(pair) for pair in zip(self.best.rating, self.worst.rating, strict=True))
