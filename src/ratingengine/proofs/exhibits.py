"""Evidence that shows something: a model as observations, confirmed by the reference engine, written as a record file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from attrs import frozen

from ratingengine.engine import chain
from ratingengine.engine.assess import measured, vector
from ratingengine.errors import EngineFailure, Place
from ratingengine.evidence.values import YEAR, indicator_values
from ratingengine.model.assessment import Prior
from ratingengine.model.evidence import Citation, Claim, Evidence, Observation
from ratingengine.model.indicator import UNBOUNDED, Indicator, has_totals
from ratingengine.model.program import Outcome, Program, Step, conclude
from ratingengine.model.terms import NO_VALUE
from ratingengine.model.window import last_day
from ratingengine.proofs.days import Assessed
from ratingengine.proofs.histories import History, years_read
from ratingengine.proofs.solver import Model
from ratingengine.proofs.subject import ProfileProved
from ratingengine.world.countries import Country

LAST_YEAR = 2020
NOWHERE = Place("", 0, 0)
Interval = tuple[int, int]


@frozen
class Exhibit:
    """Invented evidence: of each year, first to last, the interval of each known indicator, in its own numbers.

    None in place of an interval: the indicator is on record as having no value.
    """

    country: Country
    years: tuple[Mapping[str, Interval | None], ...]

    @property
    def first_year(self) -> int:
        """The year of the first evidence; the last is always LAST_YEAR."""
        return LAST_YEAR - len(self.years) + 1


@frozen
class Shown:
    """What the reference engine says of one year: steps and outcome at both ends, and what is published.

    `numbers` are what the program reads at the best ends.
    """

    year: int
    sufficient: bool
    numbers: tuple[int, ...]
    best: tuple[Step, ...]
    worst: tuple[Step, ...]
    outcome: Outcome
    limit: Outcome
    prior: Prior | None
    published: chain.Published

    @property
    def assessed(self) -> int | None:
        """The assessed severity, if there is one."""
        return self.outcome.rating if self.sufficient else None


def exhibit(history: History, model: Model, country: Country, profile: ProfileProved) -> Exhibit:
    """The evidence of a model."""
    years: list[dict[str, Interval | None]] = []
    for day in history.days:
        intervals = {name: extent.interval(model) for name, extent in day.extents.items()}
        years.append({name: found for name, found in intervals.items() if found or model.holds(day.extents[name].absent)})
    for indicator in profile.method.codebook.coded:
        if indicator.window_months != YEAR:
            _unfold(years, indicator)
    return Exhibit(country, tuple(years))


def _unfold(years: Sequence[dict[str, Interval | None]], indicator: Indicator) -> None:
    """Of an index read over several years, what each year states in place of the means that the model has."""
    told = [found for year in years if (found := year.get(indicator.id)) is not None]
    if len(told) < len(years) or any(low != high for low, high in told):
        return  # the model has the same interval, or nothing, in all years
    stated: list[int] = []
    for year, (mean, _) in zip(years, told, strict=True):
        before = stated[max(0, len(stated) + 1 - years_read(indicator)) :]
        stated.append(mean * (len(before) + 1) - sum(before))
        year[indicator.id] = (stated[-1], stated[-1])


def observations(found: Exhibit, profile: ProfileProved) -> tuple[Observation, ...]:
    """The exhibit as observations; a year of which nothing is known gets one that says nothing."""
    codebook = profile.method.codebook
    made = []
    for year, intervals in enumerate(found.years, start=found.first_year):
        stated = [entry for name, interval in sorted(intervals.items()) for entry in _stated(codebook[name], interval)]
        if not stated:
            vague = codebook[profile.coded[0]] if profile.coded else codebook.coded[0]
            stated = [(vague, Claim("at_least", vague.lowest, None, vague.number(vague.lowest)))]
        for number, (indicator, claim) in enumerate(stated, start=1):
            made.append(_observation(found.country.iso3, year, number, indicator, claim))
    return tuple(made)


def _stated(indicator: Indicator, interval: Interval | None) -> Iterator[tuple[Indicator, Claim]]:
    """The statements that give an interval, or that there is no value."""
    if interval is None:
        yield indicator, Claim("value", None, None, NO_VALUE)
        return
    low, high = interval
    if low == high:
        yield indicator, Claim("value", low, high, indicator.number(low))
    elif high in (indicator.highest, UNBOUNDED):
        yield indicator, Claim("at_least", low, None, indicator.number(low))
    elif low == indicator.lowest:
        yield indicator, Claim("at_most", None, high, indicator.number(high))
    else:
        yield indicator, Claim("between", low, high, f"{indicator.number(low)} to {indicator.number(high)}")


def _observation(iso3: str, year: int, number: int, indicator: Indicator, claim: Claim) -> Observation:
    return Observation(
        id=f"{iso3}-{year}-{number:03}",
        country=iso3,
        indicator=indicator.id,
        claim=claim,
        begun=date(year, 1, 1),
        begun_by=False,
        ended=last_day(year),
        event="",
        reported=(last_day(year), last_day(year)),
        sources=(Citation("invented", "by rate prove", NOWHERE),),
        coder="prove",
        confidence="high",
        note="",
        place=NOWHERE,
        total=has_totals(indicator),
    )


def evidence(found: Exhibit, profile: ProfileProved) -> Evidence:
    """The exhibit as evidence."""
    return Evidence(found.country.iso3, observations(found, profile), (), {}, "")


def record_text(found: Exhibit, profile: ProfileProved, remarks: Sequence[str]) -> str:
    """The exhibit as a record file, with remarks as comments at its head."""
    lines = [f"# {remark}".rstrip() for remark in remarks]
    lines += ["schema: ratingengine/record/1", f"country: {found.country.iso3}", "observations:"]
    for entry in observations(found, profile):
        claim = entry.claim
        words = f"[{', '.join(claim.text.split(' to '))}]" if claim.form == "between" else claim.text
        lines += [
            f"  - id: {entry.id}",
            f"    indicator: {entry.indicator}",
            f"    {claim.form}: {words}",
            f"    from: {entry.begun}",
            f"    to: {entry.ended}",
            *(["    total: yes"] if entry.total else []),
            f"    reported: {entry.reported[0]}",
            "    sources:",
            "      - {source: invented, locator: by rate prove}",
            "    coder: prove",
            "    confidence: high",
        ]
    return "\n".join(lines) + "\n"


def shown(found: Exhibit, profile: ProfileProved) -> tuple[Shown, ...]:
    """Each year of the exhibit as the reference engine and the chain answer it."""
    method, program = profile.runnable, profile.program
    engine = profile.engine
    known = evidence(found, profile)
    prior: Prior | None = None
    years: list[Shown] = []
    for year in range(found.first_year, LAST_YEAR + 1):
        values = indicator_values(known, method.codebook, last_day(year), found.country.population)
        figures = measured(method, profile.name, values)
        numbers, limits = (vector(program, values, figures, prior, worst=end) for end in (False, True))
        best, worst = engine.run(numbers), engine.run(limits)
        sufficient = all(any(values[name].known for name in group.any_of) for group in profile.groups)
        outcome, limit = conclude(program, best), conclude(program, worst)
        assessed = outcome.rating if sufficient else None
        published = chain.publish(assessed, prior, outcome.gate, profile.scale.free)
        years.append(Shown(year, sufficient, numbers, best, worst, outcome, limit, prior, published))
        prior = chain.handed_on(published, assessed, max(outcome.rating, limit.rating))
    return tuple(years)


def confirmed(history: History, model: Model, country: Country, profile: ProfileProved) -> tuple[Exhibit, tuple[Shown, ...]]:
    """The evidence of a model, and what the reference engine says of it; both must say the same of every rule.

    Raises EngineFailure where they do not: then the formulas are wrong, and nothing that was proved can be believed.
    """
    found = exhibit(history, model, country, profile)
    years = shown(found, profile)
    for stated, answered in zip(history.years, years, strict=True):
        if _of_model(stated, model) != _of_engine(profile.program, answered):
            raise EngineFailure(
                f"z3 and the reference engine disagree on {answered.year} of this evidence: this is a bug in one of them\n"
                + record_text(found, profile, ())
            )
    return found, years


def _of_model(stated: Assessed, model: Model) -> tuple[object, ...]:
    ends = (tuple(map(model.holds, stated.best.rules)), tuple(map(model.holds, stated.worst.rules)))
    return (*ends, model.holds(stated.day.sufficient), stated.day.prior.of(model))


def _of_engine(program: Program, answered: Shown) -> tuple[object, ...]:
    fired = ({step.rule for step in answered.best}, {step.rule for step in answered.worst})
    ends = (tuple(rule.id in ids for rule in program.rules) for ids in fired)
    return (*ends, answered.sufficient, answered.prior)
