"""The answer as plain text that fits one screen."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from ratingengine.countries import Country
from ratingengine.model.assessment import INSUFFICIENT, Assessment, FacetLevel
from ratingengine.model.rule import RuleSet
from ratingengine.reports.canonical import trace_sha256
from ratingengine.reports.leaves import indicators
from ratingengine.reports.words import citation_words, citations, day, facet_words, hanging, value_words

WIDTH = 100
MARGIN = 20
MOST_VALUES = 3


def assessment_text(assessment: Assessment, country: Country, rule_set: RuleSet) -> str:
    """Rating and change first, then each facet with the rule that decides it, what is missing, and versions."""
    known = f", as known on {day(assessment.known_at)}" if assessment.known_at else ""
    lines = [f"{country.name_en} ({country.iso3}), {day(assessment.as_of)}{known}", ""]
    lines += _head(assessment, rule_set)
    lines.append("")
    for facet in assessment.chosen.facets:
        lines += _facet(assessment, facet, rule_set)
    lines.append("")
    lines += _foot(assessment)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _line(label: str, text: str) -> list[str]:
    return hanging(label, text, WIDTH, MARGIN)


def _head(assessment: Assessment, rule_set: RuleSet) -> Iterator[str]:
    chosen = assessment.chosen
    yield from _line("Rating", rating_words(assessment))
    yield from _line("Change", change_words(assessment))
    yield from _line("Watchlist", watchlist_words(assessment, rule_set))
    yield from _line("Status", status_words(assessment))
    rules = [f"{name} {rule_set.rules[name].title}" for name in chosen.deciding]
    yield from _line("Decided by", "; ".join(rules) or "no rating rule holds")


def rating_words(assessment: Assessment) -> str:
    """The rating in capitals, or that none is given and the ceiling."""
    chosen = assessment.chosen
    if assessment.rating is None:
        text = "none given: too little is known"
        return text + (f"; at most {chosen.ceiling} on what is known" if chosen.deciding else "")
    if chosen.assessed != assessment.rating:
        return f"{assessment.rating.upper()} (assessed {chosen.assessed})"
    return assessment.rating.upper()


def change_words(assessment: Assessment) -> str:
    """The change against the year before, with what holds it back."""
    if assessment.rating is None:
        return "not applicable"
    if assessment.change is None:
        return "none to report: no rating for the year before"
    before = f"{assessment.previous} at the end of {assessment.as_of.year - 1}"
    if assessment.change == "hold":
        return f"hold at {assessment.rating}: assessed better, but no upgrade gate is open"
    pressure = f"; pressure to a {assessment.pressure} rating remains" if assessment.pressure else ""
    if assessment.change == "unchanged":
        return f"none: {before}{pressure}"
    return f"{assessment.change} from {before}{pressure}"


def watchlist_words(assessment: Assessment, rule_set: RuleSet) -> str:
    """On or off, with the rules that put it there."""
    steps = [step for step in assessment.chosen.steps if step.target.kind == "watchlist"]
    named = "; ".join(f"{step.rule} {rule_set.rules[step.rule].title}" for step in steps)
    return f"on: {named}" if steps else "off"


def status_words(assessment: Assessment) -> str:
    """Determined, bounded or insufficient, and what is possible."""
    chosen = assessment.chosen
    if chosen.status == INSUFFICIENT:
        facets = ", ".join(facet_words(facet) for facet in chosen.missing)
        return f"insufficient: no standing fact is known on {facets}"
    standing = "; rests on standing facts alone" if chosen.standing_only else ""
    others = ", ".join(word for word in chosen.possible if word != chosen.assessed)
    if not others:
        return f"determined{standing}"
    return f"bounded: the evidence does not exclude {others}{standing}"


def level_words(facet: FacetLevel) -> str:
    """The level of a facet, or that it is not known."""
    if facet.level is not None:
        return facet.level
    return f"not known (at most {facet.ceiling})" if facet.deciding else "not known"


def _facet(assessment: Assessment, facet: FacetLevel, rule_set: RuleSet) -> Iterator[str]:
    rules = [f"{name} {rule_set.rules[name].title}" for name in facet.deciding]
    shown = rules[0] + (f" (+{len(rules) - 1} more)" if len(rules) > 1 else "") if rules else ""
    text = f"{level_words(facet)}{': ' + shown if shown else ''}"
    yield from hanging(facet_words(facet.facet), text, WIDTH, MARGIN)
    chosen = assessment.chosen
    names = indicators(chosen, facet.deciding)
    for name in names[:MOST_VALUES]:
        value = chosen.values[name]
        line = f"{value.indicator.title}: {value_words(value)} [{citation_words(citations(value), 2)}]"
        yield " " * MARGIN + textwrap.shorten(line, WIDTH - MARGIN, placeholder=" …")
    if len(names) > MOST_VALUES:
        yield " " * MARGIN + f"and {len(names) - MOST_VALUES} more"


def _foot(assessment: Assessment) -> Iterator[str]:
    chosen = assessment.chosen
    counts = ", ".join(f"{facet_words(f.facet)} {f.sources}/{f.source_months}" for f in chosen.facets)
    known = f"{round(float(chosen.coverage) * 100)} % of the indicators that the rules read are known"
    yield from _line("Evidence", f"{known}; sources/source-months: {counts}")
    found = assessment.versions
    engines = " and ".join(assessment.engines) + (" agree" if len(assessment.engines) > 1 else "")
    yield from _line("Engines", "; ".join([engines, *assessment.remarks]))
    versions = f"software {found.software}, rules {found.rules} ({found.rules_digest[:12]})"
    yield from _line("Versions", f"{versions}, records {found.records_digest[:12]}")
    yield from _line("Trace", f"{trace_sha256(chosen.steps)} (--format json shows it)")
