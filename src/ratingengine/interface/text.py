"""The answer as plain text that fits one screen."""

from __future__ import annotations

from collections.abc import Iterator

from ratingengine.engine.canonical_trace import trace_sha256
from ratingengine.engine.leaves import indicators
from ratingengine.interface.answer_words import foot_lines, head_lines, level_words, measured_words, rule_words
from ratingengine.interface.terminal import bold, tinted, width
from ratingengine.interface.words import citations, clocks, facet_words, hanging, told_words
from ratingengine.model.assessment import Assessment, FacetLevel
from ratingengine.model.value import IndicatorValue
from ratingengine.world.countries import Country

MARGIN = 20
MOST_VALUES = 3
MOST_PLACES = 4
UNBROKEN = "\N{NO-BREAK SPACE}"


def assessment_text(assessment: Assessment, country: Country, *, verbose: bool = False) -> str:
    """Rating, range and change first, then each freedom with what decides it, evidence and versions.

    `verbose`: engines, digests, the trace and how many months have a source too.
    """
    clocked = clocks(assessment.as_of, assessment.known_at, assessment.versions.rules_on)
    lines = [bold(f"{country.name_en} ({country.iso3}), {clocked}"), ""]
    before = ""
    for label, words in head_lines(assessment):
        first, *others = _line("" if label == before else label, words)
        lines += [tinted(first, assessment.rating if label == "Rating" else None), *others]
        before = label
    lines.append("")
    numbers: dict[str, int] = {}
    for facet in assessment.chosen.facets:
        lines += _facet(assessment, facet, numbers)
    lines.append("")
    if numbers:
        lines += _line("Sources", "  ".join(f"[{number}] {source}" for source, number in numbers.items()))
    for label, words in foot_lines(assessment):
        lines += _line(label, words)
    for label, words in _origin(assessment, verbose=verbose):
        lines += _line(label, words)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _line(label: str, text: str) -> list[str]:
    return hanging(label, text, width(), MARGIN)


def _facet(assessment: Assessment, facet: FacetLevel, numbers: dict[str, int]) -> Iterator[str]:
    rules = facet.deciding
    more = f" and {len(rules) - 1} more" if len(rules) > 1 else ""
    reason = f": {rule_words(assessment, rules[0])}{more}" if rules else ""
    yield from _line(facet_words(facet.facet), f"{level_words(facet)}{reason}")
    chosen = assessment.chosen
    for words in measured_words(assessment, facet.deciding):
        yield from _line("", words)
    names = indicators(chosen, facet.deciding)
    for name in names[:MOST_VALUES]:
        yield from (line.replace(UNBROKEN, " ") for line in _line("", _value(chosen.values[name], numbers)))
    if len(names) > MOST_VALUES:
        yield " " * MARGIN + f"and {len(names) - MOST_VALUES} more (rate why --full)"


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


def _origin(assessment: Assessment, *, verbose: bool) -> Iterator[tuple[str, str]]:
    """Which program, rules and records gave the answer."""
    versions = assessment.versions
    judged = f", overrides {versions.overrides_digest[:12]}" if versions.overrides_digest else ""
    rules, records = f"rules {versions.rules}", f"records {versions.records_digest[:12]}"
    yield "Versions", f"ratingengine {versions.software}, {rules}, {records}{judged}"
    if not verbose:
        return
    yield "Source-months", ", ".join(f"{facet_words(facet.facet)} {facet.source_months}" for facet in assessment.chosen.facets)
    yield "Engines", " and ".join(assessment.engines) + (" agree" if len(assessment.engines) > 1 else "")
    yield "Rules", versions.rules_digest
    yield "Records", versions.records_digest
    if versions.overrides_digest:
        yield "Overrides", versions.overrides_digest
    yield "Trace", trace_sha256(assessment.chosen.steps)
