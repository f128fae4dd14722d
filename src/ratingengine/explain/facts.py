"""What a rating rests on, as separate facts that can be left out or changed one by one.

A fact is a coded indicator with its interval (its per-million companion goes with it), or what the year before handed on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property

from attrs import define, evolve, field, frozen

from ratingengine.engine.assess import Method, measured, vector
from ratingengine.engine.reference import ReferenceEngine
from ratingengine.evidence.values import with_intervals
from ratingengine.model.assessment import Prior, ProfileAssessment
from ratingengine.model.indicator import Indicator, base_of
from ratingengine.model.program import Outcome, Program, Step, conclude
from ratingengine.model.value import IndicatorValue

PRIOR = "prior"
"""The name of the fact that the year before handed on a rating."""

Vector = Sequence[int]


@frozen
class Move:
    """One indicator's established value, and another one; `crossed` counts the thresholds between them, the last included.

    `distance`: how far they lie apart, from 0 to 1. `excluded`: the evidence speaks against the other value, which lies beyond
    the worst end.
    """

    indicator: str
    present: int
    wanted: int
    crossed: int
    distance: Fraction = Fraction(0)
    excluded: bool = False


@define(frozen=True, slots=False)
class Facts:
    """The values of an assessment with the method that reads them; `population` gives the per-million companions."""

    method: Method
    profile: str
    values: Mapping[str, IndicatorValue]
    prior: Prior | None
    population: int | None
    engine: ReferenceEngine = field(eq=False)

    @property
    def program(self) -> Program:
        """The program of the profile."""
        return self.method.programs[self.profile]

    @property
    def names(self) -> tuple[str, ...]:
        """The facts that are known and that a rule reads, by name."""
        known = [name for name in self.method.compiled.reads[self.profile] if self.values[name].told]
        return (*known, PRIOR) if self.prior is not None else tuple(known)

    @cached_property
    def established(self) -> Vector:
        """The values that the evidence establishes, one integer a variable."""
        return self._vector(self.values, self.prior, worst=False)

    @cached_property
    def silent(self) -> Vector:
        """The values when nothing is known."""
        return self._vector({name: missing(value) for name, value in self.values.items()}, None, worst=False)

    @cached_property
    def not_excluded(self) -> Vector:
        """The values at the worst ends that the evidence leaves open."""
        return self._vector(self.values, self.prior, worst=True)

    @cached_property
    def gravest(self) -> Vector:
        """The values at the worst end of every range."""
        return self._vector({name: missing(value) for name, value in self.values.items()}, None, worst=True)

    @cached_property
    def places(self) -> Mapping[str, tuple[int, ...]]:
        """The variables that each fact sets, by number; empty where rules read measures, which rest on several facts."""
        found: dict[str, list[int]] = {}
        for number, variable in enumerate(self.program.variables):
            name = PRIOR if variable.subject == "prior" else base_of(variable.name)
            found.setdefault(name, []).append(number)
        return {name: tuple(numbers) for name, numbers in found.items()}

    def steps(self, names: Iterable[str]) -> tuple[Step, ...]:
        """The steps that these facts alone establish."""
        return self.engine.run(self.only(names))

    def outcome(self, names: Iterable[str]) -> Outcome:
        """What these facts alone establish."""
        return conclude(self.program, self.steps(names))

    def only(self, names: Iterable[str]) -> Vector:
        """One integer a variable when these facts are known and no others."""
        if self.measured:
            kept = frozenset(names)
            values = {name: value if base_of(name) in kept else missing(value) for name, value in self.values.items()}
            return self._vector(values, self.prior if PRIOR in kept else None, worst=False)
        return self._mixed(self.silent, self.established, names)

    def _mixed(self, low: Vector, high: Vector, names: Iterable[str]) -> Vector:
        mixed = list(low)
        for name in names:
            for number in self.places.get(name, ()):
                mixed[number] = high[number]
        return mixed

    def with_value(self, name: str, lowest: int, highest: int) -> Facts:
        """The same facts with another interval of one indicator, and of its companion."""
        return evolve(self, values=with_intervals(self.values, {name: (lowest, highest)}, self.population))

    @cached_property
    def measured(self) -> bool:
        """Whether rules read measures, which rest on several facts at once."""
        return any(variable.subject == "measure" for variable in self.program.variables)

    def after(self, move: Move) -> Facts:
        """The facts with the established end of one indicator moved."""
        value = self.values[move.indicator]
        indicator = value.indicator
        worst = max(value.worst, indicator.severity(move.wanted))
        lowest, highest = sorted((move.wanted, indicator.severity(worst)))
        if (lowest, highest) == (indicator.lowest, indicator.highest):
            # A move states a value; the full range would state nothing, and a measure could lose an input that it needs.
            lowest = highest = move.wanted
        return self.with_value(move.indicator, lowest, highest)

    def _vector(self, values: Mapping[str, IndicatorValue], prior: Prior | None, *, worst: bool) -> Vector:
        return vector(self.program, values, measured(self.method, self.profile, values), prior, worst=worst)


def distance(indicator: Indicator, present: int, wanted: int) -> Fraction:
    """How far a value moves, from 0 to 1: the part of the range, or of the larger of two counts, that lies between."""
    span = max(present, wanted) if indicator.type == "count" else indicator.highest - indicator.lowest
    return Fraction(abs(wanted - present), max(1, span))


def facts_of(
    method: Method, profile: str, values: Mapping[str, IndicatorValue], prior: Prior | None, population: int | None
) -> Facts:
    """The facts of an assessment."""
    engine = ReferenceEngine(method.programs[profile])
    return Facts(method, profile, values, prior, population, engine)


def facts_from(method: Method, chosen: ProfileAssessment, population: int | None) -> Facts:
    """The facts behind a profile's assessment."""
    return facts_of(method, chosen.profile, chosen.values, chosen.prior, population)


def missing(value: IndicatorValue) -> IndicatorValue:
    """The same indicator with nothing known of it."""
    return IndicatorValue(value.indicator, value.indicator.lowest, value.indicator.highest, (), ())
