"""How many countries and people live under each rating, by region, and the violations that are most common."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from attrs import frozen

from ratingengine.compare.standing import Standing, by_rating
from ratingengine.model.assessment import ProfileAssessment
from ratingengine.model.indicator import Indicator, base_of
from ratingengine.model.program import Program

GRADED = ("index", "share")
"""Types of which hardly any country has the best value: what a publisher grades is no violation that evidence establishes."""
CEILINGS = ("level", "rating", "watchlist")


@frozen
class Share:
    """A rating (None: not rated), its countries, and how many people live in those whose population is known, if any is."""

    rating: str | None
    countries: tuple[str, ...]
    people: int | None


@frozen
class Region:
    """The countries of a region under each rating; `region` is empty for a whole continent, both for the world."""

    continent: str
    region: str
    counts: Mapping[str | None, int]


@frozen
class Violation:
    """A kind of violation: the countries where evidence establishes it, and those where it supports a rule that holds."""

    tag: str
    established: tuple[str, ...]
    in_rules: tuple[str, ...]


@frozen
class Summary:
    """`unpeopled`: the countries whose population is not known. `violations` is None where only ratings are known."""

    shares: tuple[Share, ...]
    regions: tuple[Region, ...]
    statuses: Mapping[str, int]
    unpeopled: tuple[str, ...]
    violations: tuple[Violation, ...] | None


def summary(standings: Sequence[Standing], words: Sequence[str], programs: Mapping[str, Program]) -> Summary:
    """Standings of one day, counted; `programs` tell which indicators can lower a rating."""
    shares = tuple(
        Share(rating, tuple(one.country.iso3 for one in of), _people(of)) for rating, of in by_rating(standings, words).items()
    )
    statuses: dict[str, int] = {}
    for one in standings:
        if one.status is not None:
            statuses[one.status] = statuses.get(one.status, 0) + 1
    return Summary(
        shares=shares,
        regions=tuple(_regions(standings, words)),
        statuses=dict(sorted(statuses.items())),
        unpeopled=tuple(standing.country.iso3 for standing in standings if standing.population is None),
        violations=_violations(standings, programs) if all(standing.answer is not None for standing in standings) else None,
    )


def _people(standings: Sequence[Standing]) -> int | None:
    known = [standing.population for standing in standings if standing.population is not None]
    return sum(known) if known or not standings else None


def _regions(standings: Sequence[Standing], words: Sequence[str]) -> Iterable[Region]:
    """The world, then each continent followed by its regions."""
    yield Region("", "", _counts(standings, words))
    for continent in sorted({standing.country.continent for standing in standings}):
        within = [standing for standing in standings if standing.country.continent == continent]
        yield Region(continent, "", _counts(within, words))
        for region in sorted({one.country.region for one in within}):
            yield Region(continent, region, _counts([one for one in within if one.country.region == region], words))


def _counts(standings: Iterable[Standing], words: Sequence[str]) -> Mapping[str | None, int]:
    return {rating: len(of) for rating, of in by_rating(standings, words).items()}


def _violations(standings: Iterable[Standing], programs: Mapping[str, Program]) -> tuple[Violation, ...]:
    lowering = {name: lowered_by(program) for name, program in programs.items()}
    established: dict[str, set[str]] = {}
    in_rules: dict[str, set[str]] = {}
    for one in standings:
        if one.answer is None:
            continue
        chosen = one.answer.chosen
        harmful = _indicators(lowering[one.answer.profile], chosen)
        fired = _indicators(((s.subject, s.name) for step in chosen.steps for s in step.supports), chosen)
        for name in harmful:
            value = chosen.values[name]
            graded = value.indicator.type in GRADED
            if value.observations and not graded and value.best > _least(value.indicator):
                for tag in value.indicator.tags:
                    established.setdefault(tag, set()).add(one.country.iso3)
                    if name in fired:
                        in_rules.setdefault(tag, set()).add(one.country.iso3)
    listed = (Violation(tag, tuple(sorted(of)), tuple(sorted(in_rules.get(tag, ())))) for tag, of in established.items())
    return tuple(sorted(listed, key=lambda one: (-len(one.established), -len(one.in_rules), one.tag)))


def _indicators(read: Iterable[tuple[str, str]], chosen: ProfileAssessment) -> frozenset[str]:
    """The coded indicators among what is read, those of measures and behind companions included."""
    found: set[str] = set()
    for subject, name in read:
        inputs = chosen.measures[name].inputs if subject == "measure" else (name,) if subject == "indicator" else ()
        found |= {base_of(one) for one in inputs}
    return frozenset(name for name in found if name in chosen.values)


def _least(indicator: Indicator) -> int:
    return min(indicator.severity(indicator.lowest), indicator.severity(indicator.highest))


def lowered_by(program: Program) -> frozenset[tuple[str, str]]:
    """What the rules that set a ceiling or the watchlist read, through findings: subject and name.

    News that only opens a gate is no violation.
    """
    findings: set[str] = set()
    while True:
        rules = [
            rule
            for rule in program.rules
            if rule.target.kind in CEILINGS or (rule.target.kind == "finding" and rule.target.name in findings)
        ]
        tests = {test for rule in rules for test in rule.tests}
        needed = {test.name for test in tests if test.kind == "finding"}
        if needed == findings:
            read = (program.supports[test] for test in tests)
            return frozenset((support.subject, support.name) for support in read)
        findings = needed
