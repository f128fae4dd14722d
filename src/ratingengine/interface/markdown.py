"""The answer as Markdown, for notes and pull requests."""

from __future__ import annotations

from collections.abc import Iterator

from ratingengine.engine.canonical_trace import trace_sha256
from ratingengine.engine.leaves import indicators
from ratingengine.errors.visible import one_line
from ratingengine.interface.answer_words import foot_lines, head_lines, level_words, measured_words, rule_words
from ratingengine.interface.tables import markdown_of
from ratingengine.interface.words import citation_words, citations, clocks, facet_words, told_words
from ratingengine.model.assessment import Assessment
from ratingengine.world.countries import Country


def assessment_markdown(assessment: Assessment, country: Country) -> str:
    """The same content as the text, with every deciding value and the whole trace."""
    chosen = assessment.chosen
    clocked = clocks(assessment.as_of, assessment.known_at, assessment.versions.rules_on)
    lines = [f"# {country.name_en} ({country.iso3}), {clocked}", ""]
    lines += [
        *(f"- **{label}**: {words}" for label, words in head_lines(assessment)),
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
    return "; ".join(rule_words(assessment, name) for name in names)


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
    versions = assessment.versions
    yield from (f"- **{label}**: {words}" for label, words in foot_lines(assessment))
    yield f"- **Engines**: {', '.join(assessment.engines)}"
    yield f"- **Versions**: ratingengine {versions.software}; rules {versions.rules} (`{versions.rules_digest}`)"
    yield f"- **Records**: `{versions.records_digest}`"
    if versions.overrides_digest:
        yield f"- **Overrides**: `{versions.overrides_digest}`"
    yield f"- **Trace**: `{trace_sha256(assessment.chosen.steps)}`"
