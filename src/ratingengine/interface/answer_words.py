"""Each part of an answer in words, for text and Markdown alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ratingengine.engine.leaves import measures, step_of
from ratingengine.evidence.values import last_day_known
from ratingengine.interface.words import (
    day,
    facet_words,
    listed,
    measure_words,
    needs_words,
    override_told,
    override_words,
    reading_words,
    undivided_words,
)
from ratingengine.model.assessment import BOUNDED, INSUFFICIENT, NOT_RATED, Assessment, FacetLevel, ProfileAssessment

BASES = {"coded": "coded evidence"}
"""Profiles whose name alone says too little."""
STANDING = "based only on laws and conditions in force; no events recorded this year"


def head_lines(assessment: Assessment) -> Iterator[tuple[str, str]]:
    """Rating, range, change and what they rest on: each a label and its words."""
    yield "Rating", rating_words(assessment)
    yield "Range", status_words(assessment)
    if assessment.rating is not None:
        yield "Change", change_words(assessment)
    yield from override_lines(assessment)
    if assessment.watches:
        yield "Watchlist", watchlist_words(assessment)
    yield from profile_lines(assessment)
    for name in assessment.chosen.deciding:
        yield "Reason", reason_words(assessment, name)
    for words in measured_words(assessment, assessment.chosen.deciding):
        yield "Measured", words


def foot_lines(assessment: Assessment) -> Iterator[tuple[str, str]]:
    """What is known and what is not, for which day, and what to do where nothing is."""
    chosen = assessment.chosen
    yield "Evidence", evidence_words(assessment)
    readings = reading_words(chosen.values.values())
    if readings:
        yield "Data up to", readings
    for words in undivided_words(chosen.values.values(), assessment.as_of):
        yield "Not counted", f"{words}: the source does not say how much of it fell into these twelve months"
    for remark in assessment.remarks:
        yield "Note", remark
    if not chosen.known:
        yield "What next", f"give records: rate {assessment.country} --records FILE; rate import --help makes them from data sets"


def rating_words(assessment: Assessment) -> str:
    """The rating in capitals, or that there is none and why."""
    chosen = assessment.chosen
    if assessment.rating is None:
        return "no rating: not enough evidence"
    text = assessment.rating.upper() + (" by override" if assessment.override else "")
    if chosen.assessed is None:
        return f"{text} (not assessed: not enough evidence)"
    return f"{text} (evidence points to {chosen.assessed})" if chosen.assessed != assessment.rating else text


def change_words(assessment: Assessment) -> str:
    """The change against the year before, with what holds it back or sets it by judgement."""
    judged = _judged(assessment)
    if assessment.change is None:
        return f"not known: no rating for the year before{judged}"
    before = f"{assessment.previous} at the end of {assessment.as_of.year - 1}"
    if assessment.change == "hold":
        better = f"evidence points to {assessment.chosen.assessed}, but no condition for an upgrade is met"
        return f"held at {assessment.rating}: {better}{judged}"
    pressure = f"; evidence points to a {assessment.pressure} rating still" if assessment.pressure else ""
    if assessment.change == "unchanged":
        return f"none: {before} too{judged}{pressure}"
    return f"{assessment.change} from {before}{judged}{pressure}"


def _judged(assessment: Assessment) -> str:
    """By whose judgement, and what the rules give; nothing where the rules are followed."""
    override = assessment.override
    if override is None:
        return ""
    return f", by override {override.id} of {override.who}, {override.role} (rules: {assessment.by_rules or 'no rating'})"


def override_lines(assessment: Assessment) -> Iterator[tuple[str, str]]:
    """The override of the day, then those of years before that are handed on."""
    earlier = (("Earlier override", override) for override in assessment.earlier_overrides)
    for label, override in (("Override", assessment.override), *earlier):
        plain = override_told(override)
        if plain is not None:
            yield label, override_words(plain)


def status_words(assessment: Assessment) -> str:
    """Between which ratings the evidence leaves it, or what is missing."""
    return range_words(assessment.chosen)


def range_words(chosen: ProfileAssessment) -> str:
    """As `status_words`, of any profile."""
    if chosen.status == INSUFFICIENT:
        limit = f"{chosen.ceiling} or worse" if chosen.deciding else "not known"
        return f"{limit}: no law or condition in force is on record for {listed(map(facet_words, chosen.missing))}"
    standing = f"; {STANDING}" if chosen.standing_only else ""
    if len(chosen.possible) < 2:
        return f"{chosen.possible[0] if chosen.possible else chosen.assessed} only (determined by the evidence){standing}"
    return f"{chosen.possible[0]} to {chosen.possible[-1]} (evidence incomplete){standing}"


def watchlist_words(assessment: Assessment) -> str:
    """On, with the rules of any profile that put it there; off; or not known."""
    steps = [step for profile in assessment.profiles.values() for step in profile.steps if step.target.kind == "watchlist"]
    if steps:
        return "on: " + "; ".join(rule_words(assessment, step.rule) for step in steps)
    return "not assessed (no data)" if assessment.watchlist is None else "off"


def profile_lines(assessment: Assessment) -> Iterator[tuple[str, str]]:
    """Which evidence the rating is based on, and what the other gives by itself; nothing where the method has one profile."""
    if not assessment.others or not any(profile.known for profile in assessment.profiles.values()):
        return
    yield "Based on", _basis(assessment.profile)
    for profile in assessment.others:
        yield "Other basis", f"{_basis(profile.profile)} – {_beside(assessment, profile)}"


def _basis(profile: str) -> str:
    return BASES.get(profile, facet_words(profile))


def _beside(assessment: Assessment, profile: ProfileAssessment) -> str:
    """What a profile gives that the rating is not based on."""
    rating, change = assessment.published[profile.profile]
    if not profile.known:
        return "no rating (no data)"
    rated = f"{rating}{f', {change}' if change else ''}" if rating else "no rating"
    points = f" (evidence points to {profile.assessed})" if profile.assessed and profile.assessed != rating else ""
    levels = ", ".join(f"{facet_words(f.facet)} {level_words(f)}" for f in profile.facets if f.status != NOT_RATED)
    reasons = "; ".join(rule_words(assessment, name) for name in profile.deciding)
    parts = (f"{rated}{points}", f"range {range_words(profile)}", reasons, levels)
    return "; ".join(part for part in parts if part)


def rule_words(assessment: Assessment, rule: str) -> str:
    """A rule by its title, with its name."""
    return f"{assessment.titles[rule]} ({rule})"


def reason_words(assessment: Assessment, rule: str) -> str:
    """A deciding rule, and the levels of freedoms that it rests on."""
    supports = step_of(assessment.chosen, rule).supports
    level_of = {facet.facet: facet for facet in assessment.chosen.facets}
    names = dict.fromkeys(support.name for support in supports if support.subject == "level")
    levels = ", ".join(f"{facet_words(name)} {level_words(level_of[name])}" for name in names)
    return rule_words(assessment, rule) + (f": {levels}" if levels else "")


def measured_words(assessment: Assessment, rules: Iterable[str]) -> Iterator[str]:
    """Each measure that rules rest on, with its value and what the rule needs."""
    for support in measures(assessment.chosen, rules):
        value = measure_words(assessment.chosen.measures[support.name])
        yield f"{assessment.titles[support.name]}: {value}{needs_words(support.test, support.operand)}"


def level_words(facet: FacetLevel) -> str:
    """The level of a facet, or that it is not known or not rated."""
    if facet.status == NOT_RATED:
        return "not rated (no rule sets its level)"
    if facet.level is not None:
        silent = not facet.deciding and facet.status == BOUNDED
        return f"{facet.level} as far as is known" if silent else facet.level
    return f"not known (at most {facet.ceiling})" if facet.deciding else "not known"


def evidence_words(assessment: Assessment) -> str:
    """How much of what the rules read is known, up to which day, and from how many sources."""
    chosen = assessment.chosen
    if not chosen.known:
        return f"none of the {chosen.read} indicators that the rules read is known on this day"
    last = last_day_known(chosen.values.values(), assessment.as_of)
    counts = ", ".join(f"{facet_words(facet.facet)} {facet.sources}" for facet in chosen.facets)
    until = f", up to {day(last)}" if last is not None else ""
    return f"{chosen.known} of {chosen.read} indicators known{until}; sources: {counts}"
