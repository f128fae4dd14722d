"""The answer as plain text that fits one screen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ratingengine.engine.canonical_trace import trace_sha256
from ratingengine.engine.leaves import indicators, measures
from ratingengine.interface.words import (
    citations,
    clocks,
    facet_words,
    hanging,
    measure_words,
    needs_words,
    override_told,
    override_words,
    reading_words,
    told_words,
    undivided_words,
)
from ratingengine.model.assessment import BOUNDED, INSUFFICIENT, NOT_RATED, Assessment, FacetLevel, ProfileAssessment
from ratingengine.model.value import IndicatorValue
from ratingengine.world.countries import Country

WIDTH = 100
MARGIN = 20
MOST_VALUES = 3
MOST_PLACES = 4
UNBROKEN = "\N{NO-BREAK SPACE}"


def assessment_text(assessment: Assessment, country: Country) -> str:
    """Rating and change first, then each facet with the rule that decides it, what is missing, and versions."""
    clocked = clocks(assessment.as_of, assessment.known_at, assessment.versions.rules_on)
    lines = [f"{country.name_en} ({country.iso3}), {clocked}", ""]
    lines += _head(assessment)
    lines.append("")
    numbers: dict[str, int] = {}
    for facet in assessment.chosen.facets:
        lines += _facet(assessment, facet, numbers)
    lines.append("")
    if numbers:
        lines += _line("Sources", "  ".join(f"[{number}] {source}" for source, number in numbers.items()))
    lines += _foot(assessment)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _line(label: str, text: str) -> list[str]:
    return hanging(label, text, WIDTH, MARGIN)


def _head(assessment: Assessment) -> Iterator[str]:
    chosen = assessment.chosen
    yield from _line("Rating", rating_words(assessment))
    yield from _line("Change", change_words(assessment))
    for label, words in override_lines(assessment):
        yield from _line(label, words)
    yield from _line("Watchlist", watchlist_words(assessment))
    yield from _line("Status", status_words(assessment))
    rules = [f"{name} {assessment.titles[name]}" for name in chosen.deciding]
    yield from _line("Decided by", "; ".join(rules) or "no rating rule holds")
    for words in measured_words(assessment, chosen.deciding):
        yield from hanging("", words, WIDTH, MARGIN)
    for label, words in profile_lines(assessment):
        yield from _line(label, words)


def measured_words(assessment: Assessment, rules: Iterable[str]) -> Iterator[str]:
    """Each measure that rules rest on, with its value and what the rule needs."""
    for support in measures(assessment.chosen, rules):
        value = measure_words(assessment.chosen.measures[support.name])
        yield f"{assessment.titles[support.name]}: {value}{needs_words(support.test, support.operand)}"


def rating_words(assessment: Assessment) -> str:
    """The rating in capitals, or that none is given and the ceiling."""
    chosen = assessment.chosen
    if assessment.rating is None:
        text = "none given: too little is known"
        return text + (f"; at most {chosen.ceiling} on what is known" if chosen.deciding else "")
    text = assessment.rating.upper() + (" by override" if assessment.override else "")
    if chosen.assessed is None:
        return f"{text} (not assessed: too little is known)"
    return f"{text} (assessed {chosen.assessed})" if chosen.assessed != assessment.rating else text


def change_words(assessment: Assessment) -> str:
    """The change against the year before, with what holds it back or sets it by judgement."""
    if assessment.rating is None:
        return "not applicable"
    judged = _judged(assessment)
    if assessment.change is None:
        return f"none to report: no rating for the year before{judged}"
    before = f"{assessment.previous} at the end of {assessment.as_of.year - 1}{judged}"
    if assessment.change == "hold":
        return f"hold at {assessment.rating}: assessed better, but no upgrade gate is open{judged}"
    pressure = f"; pressure to a {assessment.pressure} rating remains" if assessment.pressure else ""
    if assessment.change == "unchanged":
        return f"none: {before}{pressure}"
    return f"{assessment.change} from {before}{pressure}"


def override_lines(assessment: Assessment) -> Iterator[tuple[str, str]]:
    """The override of the day, then those of years before that are handed on."""
    for label, found in (("Override", assessment.override), *(("Earlier override", e) for e in assessment.earlier_overrides)):
        told = override_told(found)
        if told is not None:
            yield label, override_words(told)


def profile_lines(assessment: Assessment) -> Iterator[tuple[str, str]]:
    """Which profile carries the rating, and what the others say by themselves; nothing where the method has one."""
    if not assessment.others:
        return
    first = assessment.profile == next(iter(assessment.profiles))
    place = "comes first" if first else "is the first of which anything is known"
    yield "Profile", f"{assessment.profile} {'carries the rating' if assessment.rating else place}"
    for found in assessment.others:
        rating, change = assessment.published[found.profile]
        shown = [facet for facet in found.facets if facet.status != NOT_RATED]
        levels = ", ".join(f"{facet_words(facet.facet)} {level_words(facet)}" for facet in shown)
        rules = "; ".join(f"{name} {assessment.titles[name]}" for name in found.deciding)
        limit = f", at most {found.ceiling} on what is known" if found.deciding else ""
        rated = f"{rating}{f', {change}' if change else ''}" if rating else f"no rating{limit}"
        if not found.known:
            yield "Beside it", f"{found.profile}: {rated}: nothing is known of what its rules read"
            continue
        of = f" (assessed {found.assessed})" if found.assessed and found.assessed != rating else ""
        yield (
            "Beside it",
            f"{found.profile}: {rated}{of}, {status_of(found)}; {rules or 'no rating rule holds'}{levels and f'; {levels}'}",
        )


def _judged(assessment: Assessment) -> str:
    """By whose judgement, and what the rules give; nothing where the rules are followed."""
    found = assessment.override
    if found is None:
        return ""
    return f", by override {found.id} of {found.who}, {found.role} (rules: {assessment.by_rules or 'no rating'})"


def watchlist_words(assessment: Assessment) -> str:
    """On, with the rules of any profile that put it there; off; or not known."""
    steps = [step for found in assessment.profiles.values() for step in found.steps if step.target.kind == "watchlist"]
    if steps:
        return "on: " + "; ".join(f"{step.rule} {assessment.titles[step.rule]}" for step in steps)
    if not assessment.watches:
        return "no watchlist rule"
    return "not known: nothing is known of what its rules read" if assessment.watchlist is None else "off"


def status_words(assessment: Assessment) -> str:
    """Determined, bounded or insufficient, and what is possible."""
    return status_of(assessment.chosen)


def status_of(chosen: ProfileAssessment) -> str:
    """As `status_words`, of any profile."""
    if chosen.status == INSUFFICIENT:
        facets = ", ".join(facet_words(facet) for facet in chosen.missing)
        return f"insufficient: no standing fact is known on {facets}"
    standing = "; rests on standing facts alone" if chosen.standing_only else ""
    others = ", ".join(word for word in chosen.possible if word != chosen.assessed)
    if not others:
        return f"determined{standing}"
    return f"bounded: the evidence does not exclude {others}{standing}"


def level_words(facet: FacetLevel) -> str:
    """The level of a facet, or that it is not known or not rated."""
    if facet.status == NOT_RATED:
        return "not rated: no rule of this profile sets its level"
    if facet.level is not None:
        silent = not facet.deciding and facet.status == BOUNDED
        return f"{facet.level} as far as is known" if silent else facet.level
    return f"not known (at most {facet.ceiling})" if facet.deciding else "not known"


def _facet(assessment: Assessment, facet: FacetLevel, numbers: dict[str, int]) -> Iterator[str]:
    rules = [f"{name} {assessment.titles[name]}" for name in facet.deciding]
    shown = rules[0] + (f" (+{len(rules) - 1} more)" if len(rules) > 1 else "") if rules else ""
    text = f"{level_words(facet)}{': ' + shown if shown else ''}"
    yield from hanging(facet_words(facet.facet), text, WIDTH, MARGIN)
    chosen = assessment.chosen
    for words in measured_words(assessment, facet.deciding):
        yield from hanging("", words, WIDTH, MARGIN)
    names = indicators(chosen, facet.deciding)
    for name in names[:MOST_VALUES]:
        lines = hanging("", _value(chosen.values[name], numbers), WIDTH, MARGIN)
        yield from (line.replace(UNBROKEN, " ") for line in lines)
    if len(names) > MOST_VALUES:
        yield " " * MARGIN + f"and {len(names) - MOST_VALUES} more"


def _value(value: IndicatorValue, numbers: dict[str, int]) -> str:
    """Title, value and its places: the number of the source in the legend, and the paragraph."""
    places: dict[int, list[str]] = {}
    for citation in citations(value)[:MOST_PLACES]:
        number = numbers.setdefault(citation.source, len(numbers) + 1)
        places.setdefault(number, []).append(citation.locator.replace("para ", "¶"))
    more = f" +{len(citations(value)) - MOST_PLACES}" if len(citations(value)) > MOST_PLACES else ""
    # A place is not torn apart at the end of a line.
    cited = "; ".join(f"{number}{UNBROKEN}{f',{UNBROKEN}'.join(locators)}" for number, locators in places.items())
    said = f"{value.indicator.title}: {told_words(value)}"
    return f"{said} [{cited}{more}]" if cited else said


def _foot(assessment: Assessment) -> Iterator[str]:
    chosen = assessment.chosen
    counts = ", ".join(f"{facet_words(f.facet)} {f.sources} ({f.source_months})" for f in chosen.facets)
    known = f"{chosen.known} of the {chosen.read} indicators that the rules read are known"
    if not chosen.known:
        known = f"no record speaks of this day: {known}"
    yield from _line("Evidence", f"{known}; sources (source-months): {counts}")
    readings = reading_words(chosen.values.values())
    if readings:
        yield from _line("Readings", readings)
    for words in undivided_words(chosen.values.values(), assessment.as_of):
        yield from _line(
            "Not divided", f"{words}: how much fell into these twelve months is not known, so none of it is established"
        )
    found = assessment.versions
    engines = " and ".join(assessment.engines) + (" agree" if len(assessment.engines) > 1 else "")
    yield from _line("Engines", "; ".join([engines, *assessment.remarks]))
    versions = f"software {found.software}, rules {found.rules} ({found.rules_digest[:12]})"
    judged = f", overrides {found.overrides_digest[:12]}" if found.overrides_digest else ""
    yield from _line("Versions", f"{versions}, records {found.records_digest[:12]}{judged}")
    yield from _line("Trace", f"{trace_sha256(chosen.steps)}")
