"""Values, citations and ratings in the words that every report shares."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from ratingengine.evidence.values import undivided
from ratingengine.interface.terminal import bold
from ratingengine.model.assessment import Assessment
from ratingengine.model.evidence import Citation, Observation
from ratingengine.model.indicator import UNBOUNDED, Indicator, digits
from ratingengine.model.override import Override
from ratingengine.model.value import Computed, IndicatorValue

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def day(value: date) -> str:
    """31 December 2022."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def clocks(as_of: date, known_at: date | None = None, rules_on: date | None = None) -> str:
    """The three clocks in words: the day, and where they are set, the day of the knowledge and that of the rules."""
    return day(as_of) + other_clocks(known_at, rules_on)


def other_clocks(known_at: date | None, rules_on: date | None) -> str:
    """The two that may be set beside the day; nothing where neither is."""
    return known_words(known_at) + rules_words(rules_on)


def known_words(known_at: date | None) -> str:
    """Up to when evidence was used; nothing where all of it was."""
    return f", as known on {day(known_at)}" if known_at else ""


def rules_words(rules_on: date | None) -> str:
    """Which day's rules were used; nothing for the latest."""
    return f", by the rules of {day(rules_on)}" if rules_on else ""


def as_of_words(assessment: Assessment) -> str:
    """The as-of day in words, with the day of the rules where one was asked for."""
    return day(assessment.as_of) + rules_words(assessment.versions.rules_on)


def facet_words(facet: str) -> str:
    """`peaceful_assembly` as words."""
    return facet.replace("_", " ")


def listed(words: Iterable[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    *first, last = [*words] or [""]
    return f"{', '.join(first)} and {last}" if first else last


def value_words(value: IndicatorValue) -> str:
    """The interval as a researcher would say it."""
    indicator = value.indicator
    lowest, highest = indicator.number(value.lowest), _number(indicator, value.highest)
    if value.absent:
        return "no value, as is on record"
    if not value.known:
        return "not known"
    if value.lowest == value.highest:
        return _word(indicator, lowest)
    if value.highest >= indicator.highest:
        return f"at least {_word(indicator, lowest)}"
    if value.lowest <= indicator.lowest:
        return f"at most {_word(indicator, highest)}"
    return f"{_word(indicator, lowest)} to {_word(indicator, highest)}"


TESTS = ("is", "at_least", "at_most")
SERIES = ("mean", "latest")
"""How indices are aggregated: they have readings, one a year."""


def needs_words(test: str, operand: str) -> str:
    """What a condition asks of a value, to stand behind it."""
    return f" (needs {test.replace('_', ' ')} {operand})"


def measure_words(computed: Computed) -> str:
    """The number of a measure, or both ends of it."""
    if not computed.value.known:
        return "not known"
    best, worst = (digits(end, computed.decimals) for end in (computed.value.best, computed.value.worst))
    return best if best == worst else f"{best} to {worst}"


def told_words(value: IndicatorValue) -> str:
    """The interval, and of an index the readings that it comes from with their years."""
    years: dict[int, set[str]] = {}
    for entry in value.observations if value.indicator.aggregation in SERIES else ():
        years.setdefault(entry.begun.year, set()).add(_claimed(entry, value.indicator))
    readings = [f"{' and '.join(sorted(texts))} ({year})" for year, texts in sorted(years.items())]
    if not readings:
        return value_words(value)
    if value.indicator.aggregation == "latest":
        return f"{value_words(value)} ({max(years)})"
    return f"{value_words(value)}, " + (f"of {max(years)} only" if len(years) == 1 else f"mean of {', '.join(readings)}")


def _claimed(entry: Observation, indicator: Indicator) -> str:
    low, high = entry.claim.lowest, entry.claim.highest
    return indicator.number(low) if low is not None and low == high else entry.claim.text


def reading_words(values: Iterable[IndicatorValue]) -> str:
    """The year of the last reading of each source of indices, the latest first; nothing where there is none."""
    last: dict[str, int] = {}
    for value in values:
        for entry in value.observations if value.indicator.aggregation in SERIES else ():
            for cited in entry.sources:
                last[cited.source] = max(entry.begun.year, last.get(cited.source, entry.begun.year))
    years: dict[int, list[str]] = {}
    for source in sorted(last):
        years.setdefault(last[source], []).append(source)
    return "; ".join(f"{year}: {', '.join(years[year])}" for year in sorted(years, reverse=True))


def undivided_words(values: Iterable[IndicatorValue], as_of: date) -> Iterator[str]:
    """What may have happened in the window or beside it: the sources do not tell how much of it fell into it."""
    for value in values:
        for entry, (first, last) in undivided(value, as_of):
            said = f"{value.indicator.title}: {entry.claim.form.replace('_', ' ')} {_word(value.indicator, entry.claim.text)}"
            yield f"{said} between {first} and {last} ({entry.id})"


def _number(indicator: Indicator, scaled: int) -> str:
    return "" if scaled >= UNBOUNDED else indicator.number(scaled)


def _word(indicator: Indicator, text: str) -> str:
    return text.replace("_", " ") if indicator.words else text


def citations(value: IndicatorValue) -> tuple[Citation, ...]:
    """The places that a value rests on, each once; those that carry its established end first."""
    found: dict[tuple[bool, str, int, str], Citation] = {}
    for entry in sorted(value.observations, key=lambda entry: not _carries(entry, value)):
        for cited in entry.sources:
            found.setdefault((not _carries(entry, value), *_natural(cited)), cited)
    for search in value.searches:
        found.setdefault((True, *_natural(search.source)), search.source)
    places: dict[tuple[str, str], Citation] = {}
    for key in sorted(found):
        places.setdefault((found[key].source, found[key].locator), found[key])
    return tuple(places.values())


def _carries(entry: Observation, value: IndicatorValue) -> bool:
    """Of several states or grades, the one that gives the value; of a sum or mean, every part."""
    if value.indicator.aggregation in ("sum", "mean"):
        return entry.claim.lowest is not None
    return entry.claim.lowest is not None and entry.claim.lowest >= value.lowest


def _natural(cited: Citation) -> tuple[str, int, str]:
    digits = "".join(c if c.isdigit() else " " for c in cited.locator).split()
    return cited.source, int(digits[0]) if digits else 0, cited.locator


def citation_words(cited: Iterable[Citation], most: int = 3) -> str:
    """`source para 1, 4; other para 2`, cut with a count of what is left out."""
    listed = list(cited)
    shown: dict[str, list[str]] = {}
    for citation in listed[:most]:
        shown.setdefault(citation.source, []).append(citation.locator)
    parts = [f"{source} {_joined(locators)}".strip() for source, locators in shown.items()]
    more = f" +{len(listed) - most}" if len(listed) > most else ""
    return "; ".join(parts) + more


def _joined(locators: list[str]) -> str:
    """`para 4, 7` for `para 4` and `para 7`."""
    if all(locator.startswith("para ") for locator in locators):
        return "para " + ", ".join(locator.removeprefix("para ") for locator in locators)
    return ", ".join(locators)


def override_told(override: Override | None) -> dict[str, Any] | None:
    """An override as plain values; None for none."""
    if override is None:
        return None
    return {
        "id": override.id,
        "country": override.country,
        "rating": override.rating,
        "who": override.who,
        "role": override.role,
        "when": str(override.when),
        "reason": override.reason,
        "from": str(override.first),
        "until": str(override.last),
        "sources": [{"source": cited.source, "locator": cited.locator} for cited in override.sources],
    }


def override_words(content: dict[str, Any]) -> str:
    """Who judged what, when, for which days and why, from an override as plain values."""
    cited = "; ".join(f"{entry['source']} {entry['locator']}".strip() for entry in content["sources"])
    places = f" [{cited}]" if cited else ""
    judged = f"{content['rating']} by {content['who']}, {content['role']}, on {content['when']}"
    return f"{content['id']}: {judged} for {content['from']} to {content['until']}: {content['reason']}{places}"


def hanging(label: str, text: str, width: int, indent: int) -> list[str]:
    """A label in the margin and text wrapped beside it."""
    lines = textwrap.wrap(text, max(20, width - indent), break_long_words=False, break_on_hyphens=False) or [""]
    margin = bold(label) + " " * max(1 if label else 0, indent - len(label))
    return [f"{margin}{lines[0]}".rstrip(), *(" " * indent + line for line in lines[1:])]
