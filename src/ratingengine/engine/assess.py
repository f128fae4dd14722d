"""One profile on one day: values to steps at the best and at the worst ends, and what follows for rating and levels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType

from attrs import frozen

from ratingengine.engine.execution import Engine
from ratingengine.errors import EngineFailure
from ratingengine.evidence.values import indicator_values, last_in_force, with_intervals
from ratingengine.model.assessment import BOUNDED, DETERMINED, INSUFFICIENT, NOT_RATED, FacetLevel, Prior, ProfileAssessment
from ratingengine.model.compiled import Compiled
from ratingengine.model.evidence import Evidence, Observation, Source
from ratingengine.model.indicator import UNBOUNDED, Codebook, base_of
from ratingengine.model.program import Outcome, Program, Step, Variable, conclude
from ratingengine.model.rule import Measure
from ratingengine.model.scale import Scale
from ratingengine.model.value import Computed, IndicatorValue, MeasureValue
from ratingengine.model.window import Window

NO_SOURCES: Mapping[str, Source] = MappingProxyType({})


@frozen
class Method:
    """A compiled rule set with the engines that execute each of its profiles."""

    compiled: Compiled
    engines: Mapping[str, tuple[Engine, ...]]
    remarks: tuple[str, ...]

    @property
    def scale(self) -> Scale:
        """The scale of the rule set."""
        return self.compiled.scale

    @property
    def codebook(self) -> Codebook:
        """The codebook that the rules refer to."""
        return self.compiled.codebook

    @property
    def programs(self) -> Mapping[str, Program]:
        """The program of each profile."""
        return self.compiled.programs


class EnginesDisagree(EngineFailure):
    """Two engines gave other steps for the same values; both are kept for the report."""

    def __init__(self, program: Program, values: tuple[int, ...], steps: Mapping[str, tuple[Step, ...]]) -> None:
        self.program = program
        self.values = values
        self.steps = steps
        super().__init__("the engines " + " and ".join(steps) + " disagree: this is a bug in one of them")


Intervals = Mapping[str, tuple[int, int]]


def assess(
    method: Method,
    profile: str,
    evidence: Evidence,
    as_of: date,
    population: int | None,
    prior: Prior | None,
    *,
    supposed: Intervals | None = None,
) -> ProfileAssessment:
    """The assessment of one profile. `evidence` is already cut to what was known; `supposed` values stand in its place."""
    values = indicator_values(evidence, method.codebook, as_of, population)
    if supposed:
        values = with_intervals(values, supposed, population)
    return assess_values(method, profile, values, as_of, prior, evidence.sources)


def assess_values(
    method: Method,
    profile: str,
    values: Mapping[str, IndicatorValue],
    as_of: date,
    prior: Prior | None,
    sources: Mapping[str, Source] = NO_SOURCES,
) -> ProfileAssessment:
    """As `assess`, from indicator values; `sources` tell which periods they cover."""
    program, scale = method.programs[profile], method.scale
    measures = measured(method, profile, values)
    steps = _run(method, profile, values, measures, prior, worst=False)
    beyond = _run(method, profile, values, measures, prior, worst=True)
    outcome, limit = conclude(program, steps), conclude(program, beyond)
    lacking = _lacking(method, profile, values)
    fired = {step.rule for step in steps}
    possible = scale.between(outcome.rating, max(outcome.rating, limit.rating))
    status = INSUFFICIENT if lacking else DETERMINED if len(possible) == 1 else BOUNDED
    read = method.compiled.reads[profile]
    known = [values[name] for name in read if values[name].told]
    return ProfileAssessment(
        profile=profile,
        status=status,
        assessed=None if lacking else scale.word(outcome.rating),
        ceiling=scale.word(outcome.rating),
        possible=possible,
        facets=_facets(method, program, _speaking(method, profile, values), steps, outcome, limit, lacking, (as_of, sources)),
        steps=steps,
        not_excluded=tuple(step for step in beyond if step.rule not in fired),
        values=values,
        missing=lacking,
        known=len(known),
        read=len(read),
        standing_only=bool(known) and all(value.indicator.time == "condition" for value in known),
        gate=outcome.gate,
        watchlist=outcome.watchlist,
        watched=_watched(method, profile, values, prior),
        prior=prior,
        measures=_computed(method.compiled.measures[profile], measures, values) if measures else {},
    )


def _computed(
    read: Mapping[str, Measure], found: Mapping[str, MeasureValue], values: Mapping[str, IndicatorValue]
) -> Mapping[str, Computed]:
    from ratingengine.engine.measures import computed

    return {name: computed(measure, found[name], values) for name, measure in read.items()}


@frozen
class Established:
    """What an assessment hands to the next year.

    Its severity (None: insufficient), whether a gate is open, and the worst severity that the evidence does not exclude.
    """

    assessed: int | None
    gate: bool
    worst: int


def establish(
    method: Method, profile: str, values: Mapping[str, IndicatorValue], prior: Prior | None, *, judged: int | None = None
) -> Established:
    """The assessed rating alone, without what is possible beyond it. `judged` is the severity of an override on that day."""
    if _lacking(method, profile, values):
        return Established(None, gate=False, worst=method.scale.worst)
    measures = measured(method, profile, values)
    outcome = conclude(method.programs[profile], _run(method, profile, values, measures, prior, worst=False))
    worst = method.scale.worst
    if outcome.rating < max(0 if prior is None else prior.rating, judged or 0):
        # Only a year that may have been better asks what its evidence excludes; the second run is spared elsewhere.
        worst = conclude(method.programs[profile], _run(method, profile, values, measures, prior, worst=True)).rating
    return Established(outcome.rating, outcome.gate, worst)


def measured(method: Method, profile: str, values: Mapping[str, IndicatorValue]) -> Mapping[str, MeasureValue]:
    """The measures of a profile by name."""
    measures = method.compiled.measures[profile]
    if not measures:
        return {}
    from ratingengine.engine.measures import measure_value

    return {name: measure_value(measure, values, method.codebook) for name, measure in measures.items()}


def vector(
    program: Program,
    values: Mapping[str, IndicatorValue],
    measures: Mapping[str, MeasureValue],
    prior: Prior | None,
    *,
    worst: bool,
) -> tuple[int, ...]:
    """One integer a variable: the best ends (what is established), or the worst ends (what is not excluded)."""
    return tuple(_value(variable, values, measures, prior, worst) for variable in program.variables)


def _value(
    variable: Variable,
    values: Mapping[str, IndicatorValue],
    measures: Mapping[str, MeasureValue],
    prior: Prior | None,
    worst: bool,
) -> int:
    # A condition in the better direction must be established too, so it reads the other end, negated.
    at_worst = worst != variable.mirrored
    if variable.subject == "prior":
        severity = _prior(variable.name, prior, at_worst)
    else:
        source = values[variable.name] if variable.subject == "indicator" else measures[variable.name]
        severity = source.worst if at_worst else source.best
    return -severity if variable.mirrored else severity


def _prior(name: str, prior: Prior | None, at_worst: bool) -> int:
    if prior is None:
        return UNBOUNDED if at_worst else -UNBOUNDED
    return {"rating": prior.rating, "assessed": prior.assessed, "pressure": prior.pressure}[name]


def _run(
    method: Method,
    profile: str,
    values: Mapping[str, IndicatorValue],
    measures: Mapping[str, MeasureValue],
    prior: Prior | None,
    *,
    worst: bool,
) -> tuple[Step, ...]:
    """The steps at one end that all engines agree on."""
    program = method.programs[profile]
    numbers = vector(program, values, measures, prior, worst=worst)
    found = {engine.name: engine.run(numbers) for engine in method.engines[profile]}
    first, *others = found.values()
    if any(other != first for other in others):
        raise EnginesDisagree(program, numbers, found)
    return first


def _lacking(method: Method, profile: str, values: Mapping[str, IndicatorValue]) -> tuple[str, ...]:
    """Facets whose required group has no known member: nothing standing is known of them."""
    groups = [group for group in method.scale.required if group.profile == profile]
    return tuple(group.facet for group in groups if not any(values[name].known for name in group.any_of))


def _watched(method: Method, profile: str, values: Mapping[str, IndicatorValue], prior: Prior | None) -> bool | None:
    found = method.compiled.watched.get(profile)
    if found is None:
        return None
    return (found.prior and prior is not None) or any(values[name].told for name in found.indicators)


def _speaking(method: Method, profile: str, values: Mapping[str, IndicatorValue]) -> Iterable[IndicatorValue]:
    """The values that may speak for a facet: all but those that only other profiles read."""
    others = method.compiled.read_elsewhere(profile)
    return [value for name, value in values.items() if base_of(name) not in others]


def _facets(
    method: Method,
    program: Program,
    speaking: Iterable[IndicatorValue],
    steps: tuple[Step, ...],
    outcome: Outcome,
    limit: Outcome,
    lacking: tuple[str, ...],
    behind: tuple[date, Mapping[str, Source]],
) -> tuple[FacetLevel, ...]:
    """Each facet's level, and how much reporting stands behind it."""
    scale = method.scale
    told = [value for value in speaking if value.known]
    rated = program.rated
    found: list[FacetLevel] = []
    for facet in scale.facet_ids:
        level, worst = outcome.levels[facet], max(outcome.levels[facet], limit.levels[facet])
        inside = [value for value in told if value.indicator.facet == facet]
        silent = facet in lacking or not inside or facet not in rated
        status = INSUFFICIENT if silent else DETERMINED if level == worst else BOUNDED
        status = status if facet in rated else NOT_RATED
        deciding = tuple(
            s.rule for s in steps if s.target.kind == "level" and (s.target.name, s.target.severity) == (facet, level)
        )
        sources, months = reporting(inside, *behind)
        word = scale.word(level)
        found.append(FacetLevel(facet, None if silent else word, word, scale.word(worst), status, deciding, sources, months))
    return tuple(found)


def reporting(values: Iterable[IndicatorValue], as_of: date, sources: Mapping[str, Source] = NO_SOURCES) -> tuple[int, int]:
    """How many sources stand behind the values, and how many (source, month) pairs of the window they report on.

    A search reports on its period, a standing fact on the period that its source covers, else on the month it was reported.
    """
    window = Window.ending(as_of)
    pairs: list[tuple[str, date, date]] = []
    for value in values:
        pairs += [(search.source.source, search.begun, search.ended) for search in value.searches]
        for entry in value.observations:
            for name in {citation.source for citation in entry.sources}:
                covered = sources[name].covers if name in sources else None
                pairs.append((name, *_reported_on(value, entry, covered)))
    months = {(name, month) for name, first, last in pairs for month in _months(window, first, last)}
    return len({name for name, *_ in pairs}), len(months)


def _reported_on(value: IndicatorValue, entry: Observation, covered: tuple[date, date] | None) -> tuple[date, date]:
    if value.indicator.time != "condition":
        return entry.begun, last_in_force(value.indicator, entry)
    return covered or (entry.reported[0], entry.reported[0])


def _months(window: Window, first: date, last: date) -> range:
    """The calendar months of the window that a period holds days of, counted from year 0."""
    first, last = max(first, window.first), min(last, window.last)
    if first > last:
        return range(0)
    return range(first.year * 12 + first.month, last.year * 12 + last.month + 1)
