"""One profile on one day: values to steps at the best and at the worst ends, and what follows for rating and levels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction

from attrs import frozen

from ratingengine.engines import Engine
from ratingengine.errors import EngineFailure
from ratingengine.measures import MeasureValue, measure_value
from ratingengine.model.assessment import BOUNDED, DETERMINED, INSUFFICIENT, FacetLevel, Prior, ProfileAssessment
from ratingengine.model.condition import atoms
from ratingengine.model.evidence import Evidence, Observation
from ratingengine.model.indicator import UNBOUNDED, Codebook, base_of
from ratingengine.model.program import Outcome, Program, Step, Variable, conclude
from ratingengine.model.rule import Measure, RuleSet
from ratingengine.model.window import Window
from ratingengine.model.value import IndicatorValue
from ratingengine.values import indicator_values, last_in_force


@frozen
class Method:
    """A rule set ready to run: programs by profile, and the engines that execute each."""

    rule_set: RuleSet
    codebook: Codebook
    programs: Mapping[str, Program]
    engines: Mapping[str, tuple[Engine, ...]]
    remarks: tuple[str, ...]

    def measures(self, profile: str) -> Mapping[str, Measure]:
        """The measures of a profile by name."""
        rules = self.rule_set.of_profile(profile)
        return {rule.then.name: rule.measure for rule in rules if rule.measure is not None}

    def indicators_read(self, profile: str) -> tuple[str, ...]:
        """The coded indicators that the rules of a profile read, by id."""
        rules = self.rule_set.of_profile(profile)
        return tuple(sorted({base_of(name) for rule in rules for name in self.names_read(rule.id)}))

    def names_read(self, rule_id: str) -> frozenset[str]:
        """The indicators that one rule reads."""
        rule = self.rule_set.rules[rule_id]
        found = () if rule.when is None else (atom.name for atom in atoms(rule.when) if atom.subject == "indicator")
        inputs = () if rule.measure is None else (entry.indicator for entry in rule.measure.inputs)
        return frozenset((*found, *inputs))


class EnginesDisagree(EngineFailure):
    """Two engines gave other steps for the same values; both are kept for the report."""

    def __init__(self, program: Program, values: tuple[int, ...], steps: Mapping[str, tuple[Step, ...]]) -> None:
        self.program = program
        self.values = values
        self.steps = steps
        super().__init__("the engines " + " and ".join(steps) + " disagree: this is a bug in one of them")


def assess(
    method: Method, profile: str, evidence: Evidence, as_of: date, population: int | None, prior: Prior | None
) -> ProfileAssessment:
    """The assessment of one profile. `evidence` is already cut to what was known."""
    values = indicator_values(evidence, method.codebook, as_of, population)
    return assess_values(method, profile, values, as_of, prior)


def assess_values(
    method: Method, profile: str, values: Mapping[str, IndicatorValue], as_of: date, prior: Prior | None
) -> ProfileAssessment:
    """As `assess`, from indicator values."""
    program, scale = method.programs[profile], method.rule_set.scale
    computed = {name: measure_value(m, values, method.codebook) for name, m in method.measures(profile).items()}
    steps = _run(method, profile, vector(program, values, computed, prior, worst=False))
    beyond = _run(method, profile, vector(program, values, computed, prior, worst=True))
    outcome, limit = conclude(program, steps), conclude(program, beyond)
    lacking = _lacking(method, profile, values)
    possible = scale.between(outcome.rating, max(outcome.rating, limit.rating))
    status = INSUFFICIENT if lacking else DETERMINED if len(possible) == 1 else BOUNDED
    read = method.indicators_read(profile)
    known = [values[name] for name in read if values[name].known]
    return ProfileAssessment(
        profile=profile,
        status=status,
        assessed=None if lacking else scale.word(outcome.rating),
        ceiling=scale.word(outcome.rating),
        possible=possible,
        facets=_facets(method, values, steps, outcome, limit, lacking, as_of),
        steps=steps,
        not_excluded=tuple(step for step in beyond if step.rule not in {found.rule for found in steps}),
        values=values,
        missing=lacking,
        coverage=Fraction(len(known), len(read)) if read else Fraction(0),
        standing_only=all(value.indicator.time == "condition" for value in known),
        gate=outcome.gate,
        watchlist=outcome.watchlist,
    )


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


def _run(method: Method, profile: str, values: tuple[int, ...]) -> tuple[Step, ...]:
    """The steps all engines agree on."""
    found = {engine.name: engine.run(values) for engine in method.engines[profile]}
    first, *others = found.values()
    if any(other != first for other in others):
        raise EnginesDisagree(method.programs[profile], values, found)
    return first


def _lacking(method: Method, profile: str, values: Mapping[str, IndicatorValue]) -> tuple[str, ...]:
    """Facets whose required group has no known member: nothing standing is known of them."""
    groups = [group for group in method.rule_set.scale.required if group.profile == profile]
    return tuple(group.facet for group in groups if not any(values[name].known for name in group.any_of))


def _facets(
    method: Method,
    values: Mapping[str, IndicatorValue],
    steps: tuple[Step, ...],
    outcome: Outcome,
    limit: Outcome,
    lacking: tuple[str, ...],
    as_of: date,
) -> tuple[FacetLevel, ...]:
    scale = method.rule_set.scale
    found: list[FacetLevel] = []
    for facet in scale.facet_ids:
        level, worst = outcome.levels[facet], max(outcome.levels[facet], limit.levels[facet])
        inside = [value for value in values.values() if value.indicator.facet == facet and value.known]
        silent = facet in lacking or not inside
        status = INSUFFICIENT if silent else DETERMINED if level == worst else BOUNDED
        deciding = tuple(s.rule for s in steps if s.target.kind == "level" and (s.target.name, s.target.severity) == (facet, level))
        sources, months = reporting(inside, as_of)
        word = scale.word(level)
        found.append(
            FacetLevel(facet, None if silent else word, word, scale.word(worst), status, deciding, sources, months)
        )
    return tuple(found)


def reporting(values: Iterable[IndicatorValue], as_of: date) -> tuple[int, int]:
    """How many sources stand behind the values, and how many (source, month) pairs of the window they report on."""
    window = Window.ending(as_of)
    sources: set[str] = set()
    months: set[tuple[str, int]] = set()
    for value in values:
        for entry in value.observations:
            names = {citation.source for citation in entry.sources}
            sources |= names
            months |= {(name, month) for name in names for month in _months(value, entry, window)}
        sources |= {search.source.source for search in value.searches}
    return len(sources), len(months)


def _months(value: IndicatorValue, entry: Observation, window: Window) -> range:
    """The calendar months of the window that an observation reports on; a standing fact counts in the month it was reported."""
    if value.indicator.time == "condition":
        first, last = entry.reported[0], entry.reported[0]
        if not window.has(first):
            return range(0)
    else:
        first, last = max(entry.begun, window.first), min(last_in_force(value.indicator, entry), window.last)
    return range(first.year * 12 + first.month, max(first, last).year * 12 + max(first, last).month + 1)


