"""From assessed to published: at most one band a year towards the assessed rating, upward only through an open gate.

On a scale without transition the published rating is the assessed one.

A judgement (override) is published in place of what the rules give, and handed on like any published rating.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from attrs import frozen

from ratingengine.engine.assess import Method, assess_values, establish
from ratingengine.evidence.values import indicator_values
from ratingengine.model.assessment import Prior, ProfileAssessment
from ratingengine.model.evidence import Evidence
from ratingengine.model.override import Override, governing
from ratingengine.model.scale import Scale
from ratingengine.model.window import last_day

BETTER, NONE, WORSE = 0, 1, 2
PRESSURES = ("better", None, "worse")


@frozen
class Published:
    """The published severity (None: no rating), the change against the year before, and the pressure that is left."""

    rating: int | None
    previous: int | None
    change: str | None
    pressure: int


def publish(assessed: int | None, prior: Prior | None, gate: bool, free: bool = False) -> Published:
    """The published rating. Without a prior rating it is the assessed one, and there is no change to speak of.

    `free`: the scale has no transition, so it is the assessed one in every year.
    """
    previous = None if prior is None else prior.rating
    if assessed is None:
        return Published(None, previous, None, NONE)
    if previous is None:
        return Published(assessed, None, None, NONE)
    if assessed > previous:
        rating, change = assessed if free else previous + 1, "downgrade"
    elif assessed < previous:
        better = assessed if free else previous - 1
        rating, change = (better, "upgrade") if gate or free else (previous, "hold")
    else:
        rating, change = previous, "unchanged"
    pressure = NONE if assessed == rating else BETTER if assessed < rating else WORSE
    return Published(rating, previous, change, pressure)


def overridden(by_rules: Published, assessed: int | None, severity: int) -> Published:
    """What is published where a judgement gives that severity: no band and no gate binds it, the pressure is left on it."""
    if severity == by_rules.rating:
        return by_rules
    change = None
    if by_rules.previous is not None:
        moved = severity - by_rules.previous
        change = "downgrade" if moved > 0 else "upgrade" if moved < 0 else "unchanged"
    pressure = NONE if assessed is None or assessed == severity else BETTER if assessed < severity else WORSE
    return Published(severity, by_rules.previous, change, pressure)


def handed_on(published: Published, assessed: int | None, worst: int) -> Prior | None:
    """What the next year starts from; nothing where no rating was given.

    A better year counts as one only where its evidence excludes that it was not (`worst`): silence is no good news.
    A judgement on a year without an assessment stands for both.
    """
    if published.rating is None:
        return None
    if assessed is None:
        return Prior(published.rating, published.rating, NONE)
    shown = published.pressure != BETTER or worst < published.rating
    return Prior(published.rating, assessed, published.pressure if shown else NONE)


@frozen
class Link:
    """One day of the chain: the profile's assessment, what was published, and what the rules alone would have published.

    `hands_on` is what the next year starts from.
    """

    as_of: date
    assessment: ProfileAssessment
    published: Published
    by_rules: Published
    override: Override | None
    hands_on: Prior | None


def first_year(evidence: Evidence, until: date, overrides: Sequence[Override] = ()) -> int:
    """The year of the earliest evidence, or earlier if a judgement was handed on then; at the latest the year of `until`."""
    days = [entry.begun for entry in evidence.entries] + [day for entry in overrides for day in entry.year_ends]
    return min([*days, until]).year


def chain(
    method: Method,
    profile: str,
    evidence: Evidence,
    as_of: date,
    population: int | None,
    prior: Prior | None = None,
    *,
    overrides: Sequence[Override] = (),
    since: date | None = None,
) -> Iterator[Link]:
    """As `chains`, of one profile."""
    for links in chains(method, (profile,), evidence, as_of, population, prior, overrides=overrides, since=since):
        yield links[profile]


def chains(
    method: Method,
    profiles: Iterable[str],
    evidence: Evidence,
    as_of: date,
    population: int | None,
    prior: Prior | None = None,
    *,
    overrides: Sequence[Override] = (),
    since: date | None = None,
) -> Iterator[Mapping[str, Link]]:
    """By profile each 31 December from the first evidence on, then the as-of day; every year hands its rating to the next.

    A year without a sufficient basis hands on nothing. Of the years before `since`, a 31 December, is only established what they
    hand on. `prior` set from outside stands in place of the years before `since`, or before the as-of day.
    """
    if prior is not None:
        first = (since or as_of).year
        priors: Mapping[str, Prior | None] = dict.fromkeys(profiles, prior)
    else:
        first = first_year(evidence, as_of, overrides)
        priors = dict.fromkeys(profiles)
        if since is not None:
            first = max(first, since.year)
            priors = years_handed_on(method, priors, evidence, since, population, overrides=overrides).priors
    for day in (*(last_day(year) for year in range(first, as_of.year)), as_of):
        values = indicator_values(evidence, method.codebook, day, population)
        found = {name: assess_values(method, name, values, day, before, evidence.sources) for name, before in priors.items()}
        links = {name: link_of(method, assessed, day, overrides=overrides) for name, assessed in found.items()}
        yield links
        priors = {name: link.hands_on for name, link in links.items()}


def years_before(evidence: Evidence, as_of: date, overrides: Sequence[Override] = ()) -> tuple[date, ...]:
    """Each 31 December from the first evidence or judgement to the year before the as-of day."""
    return tuple(last_day(year) for year in range(first_year(evidence, as_of, overrides), as_of.year))


def link_of(method: Method, profile_assessment: ProfileAssessment, as_of: date, *, overrides: Sequence[Override] = ()) -> Link:
    """What follows from an assessment and the prior that it was made with."""
    scale, prior = method.scale, profile_assessment.prior
    assessed = None if profile_assessment.assessed is None else scale.severity(profile_assessment.assessed)
    by_rules = publish(assessed, prior, profile_assessment.gate, scale.free)
    override = governing(overrides, as_of)
    judged = judged_severity(override, scale)
    published = by_rules if judged is None else overridden(by_rules, assessed, judged)
    hands_on = handed_on(published, assessed, scale.severity(profile_assessment.possible[-1]))
    return Link(as_of, profile_assessment, published, by_rules, override, hands_on)


def judged_severity(override: Override | None, scale: Scale) -> int | None:
    """The severity that an override gives, if there is one."""
    return None if override is None else scale.severity(override.rating)


@frozen
class HandedOn:
    """What the years before an as-of day hand on to it, if anything, by profile."""

    priors: Mapping[str, Prior | None]


def years_handed_on(
    method: Method,
    profiles: Iterable[str],
    evidence: Evidence,
    as_of: date,
    population: int | None,
    *,
    overrides: Sequence[Override] = (),
) -> HandedOn:
    """The priors that `chains` gives the as-of day; the years before it are established only, not explored."""
    priors: dict[str, Prior | None] = dict.fromkeys(profiles)
    for day in years_before(evidence, as_of, overrides):
        judged = judged_severity(governing(overrides, day), method.scale)
        values = indicator_values(evidence, method.codebook, day, population)
        for profile, prior in priors.items():
            established = establish(method, profile, values, prior, judged=judged)
            by_rules = publish(established.assessed, prior, established.gate, method.scale.free)
            published = by_rules if judged is None else overridden(by_rules, established.assessed, judged)
            priors[profile] = handed_on(published, established.assessed, established.worst)
    return HandedOn(priors)
