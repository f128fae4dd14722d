"""Inputs of two rule sets: what is known of each indicator, and what last year handed on; and what both make of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from attrs import evolve, frozen

from ratingengine.engine.assess import measured, vector
from ratingengine.engine.measures import stairs
from ratingengine.evidence.values import per_million, with_intervals
from ratingengine.model.assessment import Prior
from ratingengine.model.condition import Atom
from ratingengine.model.indicator import PER_MILLION_DECIMALS, UNBOUNDED, Codebook, Indicator, base_of, is_derived
from ratingengine.model.normal import normalise, subject_of
from ratingengine.model.program import Outcome, Step, conclude
from ratingengine.model.rule import MeasureInput
from ratingengine.model.terms import MOST
from ratingengine.model.value import IndicatorValue
from ratingengine.proofs.rules_diff.side import Side
from ratingengine.world.countries import Country

RATING, LEVEL, GATE, WATCHLIST, GIVEN = "rating", "level", "gate", "watchlist", "given"
ESTABLISHED, POSSIBLE = "established", "not excluded"
DAY = date(2000, 12, 31)
"""The day of every witness. Rules read no dates, so any would do."""
SCALE_PARTS = 8
"""Into how many parts the range of a rescaled input is cut to look for small values."""

Interval = tuple[int, int]


@frozen
class Point:
    """What is known: intervals by coded indicator in its own numbers, the prior, and the country whose population counts.

    `without`: the indicators on record as having no value.
    """

    known: Mapping[str, Interval]
    prior: Prior | None
    country: Country
    without: frozenset[str] = frozenset()

    @property
    def told(self) -> frozenset[str]:
        """The indicators of which a record says something."""
        return self.without.union(self.known)


@frozen
class Aspect:
    """What two rule sets may disagree on: kind, the facet of a level, and the end of the intervals."""

    kind: str
    facet: str = ""
    end: str = ESTABLISHED

    def read(self, outcome: Outcome) -> int:
        """Its severity in an outcome; 1 for an open gate and a country on the watchlist."""
        if self.kind == LEVEL:
            return outcome.levels[self.facet]
        return outcome.rating if self.kind == RATING else int(outcome.gate if self.kind == GATE else outcome.watchlist)


@frozen
class Answer:
    """What one side makes of a point at one end."""

    outcome: Outcome
    steps: tuple[Step, ...]


def aspects(side: Side) -> tuple[Aspect, ...]:
    """All that is compared, at both ends."""
    facets = side.rule_set.scale.facet_ids
    kinds = [(RATING, ""), *((LEVEL, facet) for facet in facets), (GATE, ""), (WATCHLIST, "")]
    return tuple(Aspect(kind, facet, end) for end in (ESTABLISHED, POSSIBLE) for kind, facet in kinds)


def answers(side: Side, profile: str, point: Point, ends: Sequence[str] = (ESTABLISHED, POSSIBLE)) -> Mapping[str, Answer]:
    """What the reference engine says at these ends."""
    method, program = side.method, side.method.programs[profile]
    values = values_of(method.codebook, point)
    measures = measured(method, profile, values)
    engine = method.engines[profile][0]
    found = {}
    for end in ends:
        steps = engine.run(vector(program, values, measures, point.prior, worst=end == POSSIBLE))
        found[end] = Answer(conclude(program, steps), steps)
    return found


def values_of(codebook: Codebook, point: Point) -> Mapping[str, IndicatorValue]:
    """The values of every indicator at a point."""
    population = point.country.population
    values = {entry.id: IndicatorValue(entry, entry.lowest, entry.highest, (), ()) for entry in codebook}
    for entry in codebook:
        if is_derived(entry):
            values[entry.id] = per_million(entry, values[base_of(entry.id)], population)
    told = with_intervals(values, point.known, population)
    return {**told, **{name: evolve(told[name], absent=True) for name in point.without}}


def read_by(sides: Sequence[Side], profile: str) -> tuple[str, ...]:
    """The coded indicators that conditions or measures of either side read."""
    names = {base_of(name) for side in sides for rule in side.rule_set.of_profile(profile) for name in rule.indicators}
    return tuple(sorted(names))


def companions_read(sides: Sequence[Side], profile: str) -> bool:
    """Whether population enters."""
    return any(base_of(name) != name for side in sides for rule in side.rule_set.of_profile(profile) for name in rule.indicators)


def priors_read(sides: Sequence[Side], profile: str) -> bool:
    """Whether last year enters."""
    return any(variable.subject == "prior" for side in sides for variable in side.method.programs[profile].variables)


def stated_exactly(indicator: Indicator) -> bool:
    """Whether one record can say how much there was and no more; spells, and sums of states, are only known from below."""
    if indicator.words and indicator.type == "yes_no":
        return True
    if indicator.aggregation in ("latest", "mean"):
        return True
    return indicator.time == "event" or (indicator.time == "condition" and indicator.aggregation != "sum")


def intervals(indicator: Indicator, cuts: Sequence[int]) -> tuple[Interval, ...]:
    """What a record can say of an indicator at each of these values, the best first."""
    found = []
    for value in cuts:
        exact = stated_exactly(indicator) or value == indicator.lowest
        found.append((value, value if exact else indicator.highest))
    return tuple(interval for interval in found if interval != (indicator.lowest, indicator.highest))


def cuts(name: str, sides: Sequence[Side], profile: str, population: int | None) -> tuple[int, ...]:
    """Values of a coded indicator, best first: the best, and each at which a condition or a measure of either side changes."""
    codebook = sides[0].method.codebook
    indicator = codebook[name]
    severities = {best_stated(indicator)}
    for side in sides:
        for severity in (*_conditions(name, side, profile, population), *_measured(name, side, profile)):
            severities |= {severity - 1, severity, severity + 1}
    values = [indicator.severity(severity) for severity in sorted(severities)]
    return tuple(value for value in values if indicator.lowest <= value <= indicator.highest)


def best_stated(indicator: Indicator) -> int:
    """The severity of the best value that a record can state."""
    highest = MOST if indicator.highest == UNBOUNDED else indicator.highest
    return min(indicator.severity(indicator.lowest), indicator.severity(highest))


def _conditions(name: str, side: Side, profile: str, population: int | None) -> Iterator[int]:
    program = side.method.programs[profile]
    tests = {t for rule in program.rules for found in rule.alternatives for t in found if t.kind == "variable"}
    for test in tests:
        variable = program.variables[test.variable]
        if variable.subject != "indicator" or base_of(variable.name) != name:
            continue
        threshold = -test.threshold if variable.mirrored else test.threshold
        if variable.name == name:
            yield threshold
        elif population:
            yield -(-abs(threshold) * population // (10**6 * 10**PER_MILLION_DECIMALS)) * (1 if threshold >= 0 else -1)


def _measured(name: str, side: Side, profile: str) -> Iterator[int]:
    codebook = side.method.codebook
    for measure in side.measures(profile).values():
        for entry in measure.inputs:
            if entry.indicator == name:
                yield from _input_cuts(entry, codebook, side)


def _input_cuts(entry: MeasureInput, codebook: Codebook, side: Side) -> Iterator[int]:
    indicator = codebook[entry.indicator]
    if isinstance(entry.atom, Atom):
        yield normalise(entry.atom, subject_of(entry.atom, codebook, side.rule_set.scale, {})).threshold
    elif entry.steps:
        yield from (threshold for threshold, _ in stairs(entry, indicator)[1:])
    elif entry.source_range is not None:
        from decimal import Decimal

        low, high = (int(Decimal(end).scaleb(indicator.decimals)) for end in entry.source_range)
        yield from (indicator.severity(low + (high - low) * part // SCALE_PARTS) for part in range(SCALE_PARTS + 1))
