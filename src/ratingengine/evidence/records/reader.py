"""Reads evidence: `indicators/ISO3/*.yaml` to `Evidence`. The year in a file's name is only filing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TypeVar

from attrs import evolve, field, frozen

from ratingengine.errors import Place, Problem
from ratingengine.files.collect import Collector, Fields, Located
from ratingengine.files.declared import read_file
from ratingengine.files.mappings import Key, ListOf, OneOrPair, Record
from ratingengine.files.nodes import Document, near
from ratingengine.files.scalars import COVERED, Choice, Day, Schema, Text
from ratingengine.method.codebook import INDICATOR_ID
from ratingengine.method.sources import LOCATED, citation_pair
from ratingengine.model.evidence import Citation, Claim, Entry, Observation, Search
from ratingengine.model.indicator import UNBOUNDED, Codebook, Indicator, has_totals, is_derived
from ratingengine.model.terms import NO_VALUE, NotInTerms, scaled

T = TypeVar("T")

FORMS = ("value", "at_least", "at_most", "between", "about")
VALUE = Text("a value", longest=40)
ENTRY_ID = Text("a record id", r"[A-Za-z0-9][A-Za-z0-9._-]*", 80, "KAZ-2022-001")
REPORTED = OneOrPair(Day("a date"), "dates")
OBSERVATION = Record(
    "an observation",
    (
        Key("id", ENTRY_ID),
        Key("indicator", INDICATOR_ID),
        Key("value", VALUE, required=False),
        Key("at_least", VALUE, required=False),
        Key("at_most", VALUE, required=False),
        Key("between", ListOf(VALUE, "bounds", 2, 2), required=False),
        Key("about", VALUE, required=False),
        Key("tolerance", VALUE, required=False),
        Key("from", Day("a date", by=True)),
        Key("to", Day("a date", open=True)),
        Key("event", ENTRY_ID, required=False),
        Key("total", Choice(("yes", "no"), "yes or no"), required=False),
        Key("reported", REPORTED),
        Key("sources", ListOf(LOCATED, "sources")),
        Key("coder", Text("a coder", longest=40)),
        Key("confidence", Choice(("high", "medium", "low"), "a confidence")),
        Key("note", Text("a note"), required=False),
    ),
    one_of=(FORMS,),
)
SEARCH = Record(
    "a search",
    (
        Key("id", ENTRY_ID),
        *LOCATED.keys,
        Key("facet", Text("a facet", longest=40)),
        Key("from", Day("a date")),
        Key("to", Day("a date")),
        Key("indicators", ListOf(INDICATOR_ID, "indicators")),
        Key("reported", REPORTED),
        Key("coder", Text("a coder", longest=40)),
    ),
)
FILE = Record(
    "a record file",
    (
        Key("schema", Schema("ratingengine/record/1")),
        Key("country", Text("a country code", r"[A-Z]{3}", 3, "KAZ")),
        Key("observations", ListOf(OBSERVATION, "observations"), required=False),
        Key("searches", ListOf(SEARCH, "searches"), required=False),
    ),
)


@frozen
class RecordFile:
    """What one file holds, with the place of its country and the document for later problems.

    `left_out`: of a table, how many rows it has of each indicator that the codebook lacks.
    """

    country: str
    observations: tuple[Observation, ...]
    searches: tuple[Search, ...]
    place: Place = field(eq=False)
    document: Document = field(eq=False, repr=False)
    left_out: Mapping[str, int] = field(factory=dict)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Observations, then searches."""
        return (*self.observations, *self.searches)


def read_record_file(path: Path, codebook: Codebook) -> tuple[RecordFile | None, tuple[Problem, ...]]:
    """One record file against the codebook."""

    def convert(fields: Fields, collector: Collector) -> RecordFile | None:
        country = fields.get("country", "")
        observations = [_observation(entry.value, country, codebook, collector) for entry in fields.get("observations", ())]
        searches = [_search(entry.value, country, codebook, collector) for entry in fields.get("searches", ())]
        if "observations" not in fields.keys and "searches" not in fields.keys:
            hint = "write observations: or searches:"
            collector.add("F114", "the file has neither observations nor searches", fields.place, hint)
        if not country:
            return None
        return RecordFile(country, _there(observations), _there(searches), fields.at("country").place, collector.document)

    found, _, problems = read_file(path, FILE, convert)
    return found, problems


def _there(found: list[T | None]) -> tuple[T, ...]:
    return tuple(entry for entry in found if entry is not None)


def _observation(fields: Fields, country: str, codebook: Codebook, collector: Collector) -> Observation | None:
    indicator = _indicator(fields, codebook, collector)
    reported = _reported(fields, collector)
    begun = _begun(fields, collector)
    sources = [citation_pair(entry.value, collector) for entry in fields.get("sources", ())]
    claim = _claim(fields, indicator, collector) if indicator else None
    if claim is None or indicator is None or begun is None or reported is None or "id" not in fields:
        return None
    begun_by = fields.at("from").text.split()[0] == "by"
    if begun_by and indicator.time == "event":
        hint = "an event counts where it happened: write the first and last day it may have been"
        collector.add_at("I318", "from: by DATE is for spells and conditions", fields.at("from"), hint)
    if reported[1] < begun and begun != COVERED:
        message = f"reported {reported[1]}, before it began {begun}"
        collector.add("I312", message, fields.place_of("reported"), "correct one of the dates, or write from: by DATE")
    return Observation(
        id=fields.get("id"),
        country=country,
        indicator=indicator.id,
        claim=claim,
        begun=begun,
        begun_by=begun_by,
        ended=fields.get("to"),
        event=fields.get("event", ""),
        reported=reported,
        sources=_there(sources),
        coder=fields.get("coder", ""),
        confidence=fields.get("confidence", ""),
        note=fields.get("note", ""),
        place=fields.place_of("id"),
        total=_total(fields, indicator, collector),
    )


def _total(fields: Fields, indicator: Indicator, collector: Collector) -> bool:
    """Whether it speaks of all that there was; of what is not added up, nothing is a total."""
    if fields.get("total", "no") == "no":
        return False
    if "event" in fields.keys:
        hint = "leave out event: where all of the period is meant, or total: where one event is"
        collector.add_at("I326", "total: yes stands beside an event", fields.at("total"), hint)
    elif not has_totals(indicator):
        hint = f"leave it out: {indicator.id} is the state on a day, or a reading, not a number of things in a period"
        collector.add_at("I326", "total: yes is for what is counted over a period", fields.at("total"), hint)
    return True


def _indicator(fields: Fields, codebook: Codebook, collector: Collector) -> Indicator | None:
    if "indicator" not in fields:
        return None
    return known_indicator(fields.at("indicator"), codebook, collector)


def known_indicator(
    located: Located[str], codebook: Codebook, collector: Collector, instead: str = "code the count"
) -> Indicator | None:
    """The codebook entry that may be coded; records a problem for an unknown or derived one, with what to do `instead`."""
    if located.value not in codebook:
        if codebook.lacks(located.value):
            hint = near(located.value, [entry.id for entry in codebook]) or "see: rate codebook"
            collector.add_at("I302", "no such indicator in the codebook", located, hint)
        return None
    indicator = codebook[located.value]
    if is_derived(indicator):
        collector.add_at("I302", "a derived indicator is not coded", located, f"{instead}; the rest is computed")
        return None
    return indicator


def _begun(fields: Fields, collector: Collector) -> date | None:
    begun: date | None = fields.get("from")
    ended: date | None = fields.get("to")
    if begun is not None and ended is not None and ended < begun != COVERED:
        collector.add("I304", f"ends {ended}, before it began {begun}", fields.place_of("to"), "exchange the dates")
    return begun


def _reported(fields: Fields, collector: Collector) -> tuple[date, date] | None:
    reported: tuple[date, date] | None = fields.get("reported")
    if reported is not None and reported[0] > reported[1]:
        place = fields.place_of("reported")
        collector.add("I304", "reported: the later date stands first", place, "write [earliest, latest]")
    return reported


def _claim(fields: Fields, indicator: Indicator, collector: Collector) -> Claim | None:
    form = next((name for name in FORMS if name in fields), None)
    if form == "about" and indicator.words:
        collector.add_at("I303", f"{indicator.id} has words, not numbers", fields.at(form), "write value: with one of the words")
        return None
    if ("tolerance" in fields.keys) != ("about" in fields.keys):
        hint = "about: 500 with tolerance: 50; other forms have none"
        collector.add("F120", "about and tolerance go together", fields.place_of("tolerance"), hint)
        return None
    if form is None:
        return None
    found = fields.at(form)
    if form == "value" and indicator.may_be_none and found.value == NO_VALUE:
        return Claim(form, None, None, NO_VALUE)
    stated = found.value if form == "between" else (found,)
    numbers = [_scaled(indicator, end, collector) for end in stated]
    if None in numbers or len(numbers) != (2 if form == "between" else 1):
        return None
    low, high = _bounds(form, [n for n in numbers if n is not None], fields, indicator, collector)
    words = " to ".join(end.value for end in stated)
    if form == "about":
        words += f" ± {fields.get('tolerance')}"
    return Claim(form, low, high, words)


def _scaled(indicator: Indicator, located: Located[str], collector: Collector) -> int | None:
    try:
        return scaled(indicator, located.value)
    except NotInTerms as wrong:
        collector.add_at("I303", wrong.reason, located, wrong.remedy)
        return None


def _bounds(
    form: str, numbers: list[int], fields: Fields, indicator: Indicator, collector: Collector
) -> tuple[int | None, int | None]:
    if form == "at_least":
        return numbers[0], None
    if form == "at_most":
        return None, numbers[0]
    if form == "between" and numbers[0] > numbers[1]:
        collector.add("I317", "between: the higher bound stands first", fields.place_of("between"), "write [lowest, highest]")
    if form == "about" and "tolerance" in fields:
        slack = _slack(indicator, fields.at("tolerance"), collector)
        return max(indicator.lowest, numbers[0] - slack), min(indicator.highest, numbers[0] + slack)
    return numbers[0], numbers[-1]


def _slack(indicator: Indicator, located: Located[str], collector: Collector) -> int:
    """A tolerance, scaled: a distance, so the range of the indicator does not bind it."""
    try:
        return scaled(evolve(indicator, lowest=0, highest=UNBOUNDED), located.value)
    except NotInTerms as wrong:
        collector.add_at("I303", f"tolerance: {wrong.reason}", located, wrong.remedy)
        return 0


def _search(fields: Fields, country: str, codebook: Codebook, collector: Collector) -> Search | None:
    source: Citation | None = citation_pair(fields, collector)
    reported = _reported(fields, collector)
    begun = _begun(fields, collector)
    found = [known_indicator(entry, codebook, collector) for entry in fields.get("indicators", ())]
    facets = tuple(sorted({entry.facet for entry in codebook}))
    if "facet" in fields and fields.get("facet") not in facets and codebook.whole and not codebook.unread:
        hint = near(fields.get("facet"), facets) or "the codebook has: " + ", ".join(facets)
        collector.add_at("I319", "no such facet in the codebook", fields.at("facet"), hint)
    ended: date | None = fields.get("to")
    if source is None or begun is None or ended is None or reported is None or "id" not in fields:
        return None
    return Search(
        id=fields.get("id"),
        country=country,
        source=source,
        facet=fields.get("facet", ""),
        begun=begun,
        ended=ended,
        indicators=tuple(entry.id for entry in _there(found)),
        reported=reported,
        coder=fields.get("coder", ""),
        place=fields.place_of("id"),
    )
