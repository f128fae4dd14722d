"""The answer as Markdown, for notes and pull requests."""

from __future__ import annotations

from collections.abc import Iterator

from ratingengine.engine.canonical_trace import trace_sha256
from ratingengine.engine.leaves import indicators
from ratingengine.errors.visible import one_line
from ratingengine.interface.tables import markdown_of
from ratingengine.interface.text import (
    change_words,
    level_words,
    measured_words,
    override_lines,
    profile_lines,
    rating_words,
    status_words,
    watchlist_words,
)
from ratingengine.interface.words import (
    citation_words,
    citations,
    clocks,
    facet_words,
    reading_words,
    told_words,
    undivided_words,
)
from ratingengine.model.assessment import Assessment
from ratingengine.world.countries import Country


def assessment_markdown(assessment: Assessment, country: Country) -> str:
    """The same content as the text, with every deciding value and the whole trace."""
    chosen = assessment.chosen
    clocked = clocks(assessment.as_of, assessment.known_at, assessment.versions.rules_on)
    lines = [f"# {country.name_en} ({country.iso3}), {clocked}", ""]
    lines += [
        f"- **Rating**: {rating_words(assessment)}",
        f"- **Change**: {change_words(assessment)}",
        *(f"- **{label}**: {words}" for label, words in override_lines(assessment)),
        f"- **Watchlist**: {watchlist_words(assessment)}",
        f"- **Status**: {status_words(assessment)}",
        f"- **Decided by**: {_rules(chosen.deciding, assessment) or 'no rating rule holds'}",
        *(f"- **Measured**: {words}" for words in measured_words(assessment, chosen.deciding)),
        *(f"- **{label}**: {words}" for label, words in profile_lines(assessment)),
        "",
        "| freedom | level | decided by | sources | source-months |",
        "|---|---|---|---|---|",
    ]
    for facet in chosen.facets:
        cells = (facet_words(facet.facet), level_words(facet), _rules(facet.deciding, assessment) or "–")
        lines.append("| " + " | ".join((*(_cell(c) for c in cells), str(facet.sources), str(facet.source_months))) + " |")
    lines += ["", "## Values", *_values(assessment), "", "## Trace", *_trace(assessment), "", *_foot(assessment)]
    return markdown_of(lines)


def _cell(text: str) -> str:
    return one_line(text).replace("|", "\\|")


def _rules(names: tuple[str, ...], assessment: Assessment) -> str:
    return "; ".join(f"{name} {assessment.titles[name]}" for name in names)


def _values(assessment: Assessment) -> Iterator[str]:
    chosen = assessment.chosen
    for facet in chosen.facets:
        for words in measured_words(assessment, facet.deciding):
            yield f"- {facet_words(facet.facet)}: {words}"
        for name in indicators(chosen, facet.deciding):
            value = chosen.values[name]
            cited = citation_words(citations(value), 99)
            said = f"- {facet_words(facet.facet)}: {value.indicator.title}: **{told_words(value)}**"
            yield f"{said} ({cited})" if cited else said


def _trace(assessment: Assessment) -> Iterator[str]:
    for step in assessment.chosen.steps:
        supports = "; ".join(str(support) for support in step.supports)
        yield f"- `{step.rule}` {assessment.titles[step.rule]} → {step.conclusion} ← {supports}"
    if assessment.override is not None:
        by_rules = f"in place of {assessment.by_rules or 'no rating'} by the rules"
        yield f"- `{assessment.override.id}` Override → published {assessment.rating} {by_rules}"


def _foot(assessment: Assessment) -> Iterator[str]:
    found = assessment.versions
    for words in undivided_words(assessment.chosen.values.values(), assessment.as_of):
        yield f"Not divided: {words}; how much fell into these twelve months is not known, so none of it is established."
    readings = reading_words(assessment.chosen.values.values())
    if readings:
        yield f"Readings: {readings}."
    yield " ".join((f"Engines: {', '.join(assessment.engines)}.", *(f"{remark}." for remark in assessment.remarks)))
    yield f"Software {found.software}; rules {found.rules} (`{found.rules_digest}`); records `{found.records_digest}`;"
    if found.overrides_digest:
        yield f"overrides `{found.overrides_digest}`;"
    yield f"trace `{trace_sha256(assessment.chosen.steps)}`."
