"""Drawn records: what a coder may write about a country, as entries of a record file, and the evidence they are read to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from attrs import frozen
from hypothesis import strategies as st

from ratingengine.model.evidence import Evidence
from ratingengine.model.indicator import Codebook, Indicator, has_totals
from ratingengine.model.rule import RuleSet
from ratingengine.model.terms import NO_VALUE
from ratingengine.model.window import last_day
from ratingengine.testing.aims import Aims, aims_of
from ratingengine.testing.drawn_codebooks import small_number
from ratingengine.testing.files import COUNTRY, POPULATION, Entry, evidence_in, record_text
from ratingengine.world.countries import by_iso3

AS_OF = date(2021, 12, 31)
YEARS = (2021, 2020, 2022)
STEPS = (0, 1, 3, 10)
EDGES = (
    *(date(2021, 1, 1), AS_OF, date(2020, 12, 31), date(2020, 1, 1)),
    *(date(2020, 2, 29), date(2019, 12, 31), date(2022, 1, 1)),
)


class Stated(NamedTuple):
    """What an observation is to be about: an indicator (any, where it is empty) and the scaled values to state (small ones).

    `standing`: it is to be known on the last day of the year.
    """

    indicator: str = ""
    near: tuple[int, ...] = ()
    standing: bool = False


ANYTHING = Stated()


class Records(NamedTuple):
    """Entries of a record file, as they are written."""

    observations: tuple[Entry, ...] = ()
    searches: tuple[Entry, ...] = ()

    def text(self, country: str = COUNTRY) -> str:
        """The record file; it cannot be read where there are neither observations nor searches."""
        return record_text(self.observations, self.searches, country)

    def evidence(self, codebook: Codebook, country: str = COUNTRY) -> Evidence:
        """What they are read to. Raises InvalidInput."""
        return evidence_in({"records.yaml": self.text(country)} if any(self) else {}, codebook, country)


Drawn = tuple[Records, tuple[int, ...]]


@frozen
class CountryYear:
    """One question: a country in a year, its records as files, and the rating of the year before if it is given from outside."""

    country: str
    year: int
    files: tuple[Records, ...]
    prior: str | None = None

    @property
    def as_of(self) -> date:
        """31 December of the year."""
        return last_day(self.year)

    @property
    def records(self) -> Records:
        """The entries of all files."""
        return Records(
            tuple(entry for file in self.files for entry in file.observations),
            tuple(entry for file in self.files for entry in file.searches),
        )

    def texts(self) -> tuple[str, ...]:
        """The record files; none where nothing is on record."""
        return tuple(file.text(self.country) for file in self.files if any(file))

    def evidence(self, codebook: Codebook) -> Evidence:
        """What the files are read to. Raises InvalidInput."""
        return evidence_in({f"{number}.yaml": text for number, text in enumerate(self.texts())}, codebook, self.country)


@cache
def days() -> st.SearchStrategy[date]:
    """Days of five years, the edges of windows and leap days among them often."""
    return st.one_of(st.sampled_from(EDGES), st.dates(date(2018, 1, 1), date(2022, 12, 31)))


def _claimed(draw: st.DrawFn, entry: Indicator, stated: Stated) -> Entry:
    if entry.may_be_none and not stated.standing and draw(st.sampled_from((False, False, True))):
        return {"value": NO_VALUE}
    forms = ("value",) if entry.type == "yes_no" else ("value", "at_least", "at_most", "between", "about")
    form = "value" if stated.standing else draw(st.sampled_from(forms[: 4 if entry.words else 5]))
    if stated.near or entry.words:
        values = st.sampled_from(stated.near or range(len(entry.words)))
        texts = [entry.number(end) for end in sorted((draw(values), draw(values)))]
    else:
        texts = sorted((small_number(draw, entry), small_number(draw, entry)), key=Decimal)
    if form == "about":
        return {"about": texts[1], "tolerance": "1"}
    return {form: texts if form == "between" else texts[0]}


@cache
def _reported() -> st.SearchStrategy[list[date]]:
    return st.lists(days(), min_size=1, max_size=2)


@cache
def _periods(year: int | None, *, standing: bool) -> st.SearchStrategy[tuple[date, date | None]]:
    """First and last day (None: open); with a year mostly of it, so that what is stated counts in it."""
    any_time = st.tuples(days(), st.one_of(st.none(), st.just(date.min), days()))
    if year is None:
        return any_time
    first, last = date(year, 1, 1), last_day(year)
    inside = st.dates(first, last).map(lambda day: (day, day))
    usual = st.sampled_from(((first, last), (first, None), (date(year - 1, 1, 1), None), (date(year - 2, 7, 1), None)))
    return usual if standing else st.one_of(usual, inside, any_time)


@st.composite
def observation_entries(draw: st.DrawFn, codebook: Codebook, number: int) -> Entry:
    """One observation: any form, any time, alone or one of several claims of an event."""
    return _observation(draw, codebook, number, ANYTHING, None, COUNTRY)


def _observation(draw: st.DrawFn, codebook: Codebook, number: int, stated: Stated, year: int | None, country: str) -> Entry:
    """One observation of what is to be stated, mostly of the year if there is one.

    It draws directly: strategies made anew for each observation would take most of the time.
    """
    indicator = codebook[stated.indicator] if stated.indicator else draw(st.sampled_from(codebook.coded))
    begun, until = draw(_periods(year, standing=stated.standing))
    ended = None if until is None else max(begun, until)
    reported = sorted(max(day, begun) for day in draw(_reported()))
    by = indicator.time != "event" and draw(st.booleans())
    event = {"event": f"E-{indicator.id}-{draw(st.integers(1, 2))}"} if draw(st.booleans()) else {}
    if not event and has_totals(indicator) and draw(st.booleans()):
        event = {"total": "yes"}
    return {
        "id": f"{country}-{number:03}",
        "indicator": indicator.id,
        **_claimed(draw, indicator, stated),
        "from": f"by {begun}" if by else str(begun),
        "to": "open" if ended is None else str(ended),
        **event,
        "reported": [str(day) for day in reported] if len(reported) == 2 else str(reported[0]),
        "sources": [{"source": draw(st.sampled_from("AB")), "locator": "p. 1"}],
        "coder": "A",
        "confidence": "high",
    }


@st.composite
def search_entries(draw: st.DrawFn, codebook: Codebook, number: int) -> Entry:
    """One search that found none, over a year or another period."""
    return _search(draw, codebook, number, COUNTRY)


def _search(draw: st.DrawFn, codebook: Codebook, number: int, country: str) -> Entry:
    first, last = sorted((draw(days()), draw(days())))
    period = draw(st.sampled_from(((date(2021, 1, 1), AS_OF), (first, last), (date(2018, 1, 1), date(2022, 12, 31)))))
    names = draw(st.lists(st.sampled_from([entry.id for entry in codebook.coded]), min_size=1, max_size=3, unique=True))
    found = {"id": f"{country}-S{number:02}", "source": "A", "locator": "p. 2", "facet": codebook[names[0]].facet}
    dates = {"from": str(period[0]), "to": str(period[1]), "indicators": names, "reported": str(period[1])}
    return {**found, **dates, "coder": "A"}


def records(reads: RuleSet | Codebook, country: str = COUNTRY) -> st.SearchStrategy[Records]:
    """Records of one country: on a rule set at and beside the thresholds of some of its rules, on a codebook at small values."""
    return _records(_aims(reads, country), country)


def evidence(reads: RuleSet | Codebook, country: str = COUNTRY) -> st.SearchStrategy[Evidence]:
    """Evidence of one country, as record files about it are read."""
    aims = _aims(reads, country)
    return _records(aims, country).map(lambda drawn: drawn.evidence(aims.codebook, country))


def country_years(
    reads: RuleSet | Codebook, country: str = COUNTRY, years: Sequence[int] = YEARS, *, prior: bool = True
) -> st.SearchStrategy[CountryYear]:
    """A country in one of the years with records about it.

    On a rule set and with `prior`, sometimes the rating of the year before is given instead of being computed from the records.
    """
    return country_years_with_steps(reads, country, years, prior=prior).map(lambda drawn: drawn[0])


def country_years_with_steps(
    reads: RuleSet | Codebook, country: str = COUNTRY, years: Sequence[int] = YEARS, *, prior: bool = True
) -> st.SearchStrategy[tuple[CountryYear, tuple[int, ...]]]:
    """A country-year, and for each observation how many steps worse another coder may have found it."""
    words: tuple[str, ...] = reads.scale.words if isinstance(reads, RuleSet) and prior else ()
    aims = _aims(reads, country)
    return _country_years({year: _entries(aims, country, year) for year in years}, country, (None, None, None, *words))


@st.composite
def _country_years(
    draw: st.DrawFn, by_year: Mapping[int, st.SearchStrategy[Drawn]], country: str, priors: tuple[str | None, ...]
) -> tuple[CountryYear, tuple[int, ...]]:
    year = draw(st.sampled_from(tuple(by_year)))
    prior = draw(st.sampled_from(priors))
    drawn, steps = draw(by_year[year])
    return CountryYear(country, year, (drawn,), prior), steps


def _aims(reads: RuleSet | Codebook, country: str) -> Aims:
    known = by_iso3(country)
    return aims_of(reads, POPULATION if known is None or known.population is None else known.population)


def _records(aims: Aims, country: str) -> st.SearchStrategy[Records]:
    return _entries(aims, country, None).map(lambda drawn: drawn[0])


@st.composite
def _entries(draw: st.DrawFn, aims: Aims, country: str, year: int | None) -> Drawn:
    """Records with the steps."""
    found: list[tuple[Entry, int]] = []
    groups = st.lists(_on_one_rule(aims, country, year), max_size=8) if aims.codebook.coded else st.just([])
    found += [one for group in draw(groups) for one in group]
    for group in aims.required:
        name = draw(st.sampled_from(group))
        near = next((aim[name] for aim in aims.rules if name in aim), ())
        found += _with_step(draw, aims, Stated(name, near, standing=True), year, country)
    observations = tuple({**entry, "id": f"{country}-{number:03}"} for number, (entry, _) in enumerate(found, 1))
    searches = range(draw(st.integers(0, 2)) if aims.codebook.coded else 0)
    some = tuple(_search(draw, aims.codebook, number, country) for number in searches)
    return Records(observations, some), tuple(step for _, step in found)


@st.composite
def _on_one_rule(draw: st.DrawFn, aims: Aims, country: str, year: int | None) -> list[tuple[Entry, int]]:
    """Observations of all that a rule reads, or of one indicator of it; without rules, of any indicator."""
    stated = [ANYTHING]
    if aims.rules:
        aim = aims.rules[draw(st.integers(0, len(aims.rules) - 1))]
        stated = [Stated(name, near) for name, near in aim.items()]
        if len(stated) > 1 and not draw(st.booleans()):
            stated = [stated[draw(st.integers(0, len(stated) - 1))]]
    return [found for one in stated for found in _with_step(draw, aims, one, year, country)]


def _with_step(draw: st.DrawFn, aims: Aims, stated: Stated, year: int | None, country: str) -> list[tuple[Entry, int]]:
    """The observation with its step, or nothing: one choice by which shrinking leaves it out, where the rest stays as it was."""
    kept = draw(st.sampled_from((False, *[True] * 9)))
    found = _observation(draw, aims.codebook, 0, stated, year, country), draw(st.sampled_from(STEPS))
    return [found] if kept else []
