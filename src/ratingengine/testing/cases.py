"""What a property is tried on: a country-year, or two that differ in one way, drawn for a rule set."""

from __future__ import annotations

from collections.abc import Callable

from attrs import evolve, frozen
from hypothesis import strategies as st

from ratingengine.model.indicator import Indicator
from ratingengine.model.terms import NO_VALUE, scaled
from ratingengine.testing.drawn_records import CountryYear, Records, country_years, country_years_with_steps
from ratingengine.testing.files import Entry
from ratingengine.testing.subject import RulesUnderTest


@frozen
class Case:
    """A question, for some properties a second one, and for the order of rules that order."""

    first: CountryYear
    second: CountryYear | None = None
    order: tuple[str, ...] = ()

    @property
    def questions(self) -> tuple[CountryYear, ...]:
        """The one or two questions."""
        return (self.first,) if self.second is None else (self.first, self.second)


Cases = Callable[[RulesUnderTest], st.SearchStrategy[Case]]


def _questions(subject: RulesUnderTest, *, prior: bool = True) -> st.SearchStrategy[CountryYear]:
    return country_years(subject.rules, subject.country.iso3, prior=prior)


def single(subject: RulesUnderTest) -> st.SearchStrategy[Case]:
    """One country-year."""
    return _questions(subject).map(Case)


def over_years(subject: RulesUnderTest) -> st.SearchStrategy[Case]:
    """One country-year whose years before are computed."""
    return _questions(subject, prior=False).map(Case)


@st.composite
def reordered_rules(draw: st.DrawFn, subject: RulesUnderTest) -> Case:
    """A country-year, and the rules from another one on, forwards or backwards."""
    ids = sorted(subject.rules.rules)
    start, step = draw(st.integers(0, max(0, len(ids) - 1))), draw(st.sampled_from((-1, 1)))
    return Case(draw(_questions(subject)), order=tuple([*ids[start:], *ids[:start]][::step]))


@st.composite
def reordered_records(draw: st.DrawFn, subject: RulesUnderTest) -> Case:
    """The same entries in another order, in two files."""
    first = draw(_questions(subject))
    observations = draw(st.permutations(first.records.observations))
    searches = draw(st.permutations(first.records.searches))
    cuts = draw(st.integers(0, len(observations))), draw(st.integers(0, len(searches)))
    parts = ((observations[: cuts[0]], searches[: cuts[1]]), (observations[cuts[0] :], searches[cuts[1] :]))
    return Case(first, evolve(first, files=tuple(Records(tuple(one), tuple(other)) for one, other in parts)))


@st.composite
def worse_evidence(draw: st.DrawFn, subject: RulesUnderTest) -> Case:
    """The same records with some claims moved towards the worse end of their indicator."""
    first, steps = draw(country_years_with_steps(subject.rules, subject.country.iso3))
    moved = []
    for entry, step in zip(first.records.observations, steps, strict=True):
        indicator = subject.rules.codebook[entry["indicator"]]
        moved.append(worsened(entry, indicator, step * unit(indicator)))
    return Case(first, evolve(first, files=(Records(tuple(moved), first.records.searches),)))


@st.composite
def worse_year_before(draw: st.DrawFn, subject: RulesUnderTest) -> Case:
    """The same records after a better and after a worse rating of the year before."""
    question = draw(_questions(subject, prior=False))
    words = subject.rules.scale.words
    better, worse = sorted(draw(st.lists(st.integers(0, len(words) - 1), min_size=2, max_size=2)))
    return Case(evolve(question, prior=words[better]), evolve(question, prior=words[worse]))


@st.composite
def less_evidence(draw: st.DrawFn, subject: RulesUnderTest) -> Case:
    """The same records without anything about some indicators."""
    first = draw(_questions(subject))
    searched = [name for entry in first.records.searches for name in entry["indicators"]]
    named = sorted({*(entry["indicator"] for entry in first.records.observations), *searched})
    gone = draw(st.sets(st.sampled_from(named), min_size=1)) if named else set[str]()
    return Case(first, evolve(first, files=(without(first.records, gone),)))


def without(records: Records, gone: set[str]) -> Records:
    """The records without anything about these indicators."""
    searches = [{**entry, "indicators": [name for name in entry["indicators"] if name not in gone]} for entry in records.searches]
    kept = tuple(entry for entry in records.observations if entry["indicator"] not in gone)
    return Records(kept, tuple(entry for entry in searches if entry["indicators"]))


def unit(indicator: Indicator) -> int:
    """One whole unit of an indicator, scaled; where its whole range is a few of them, a small part of it."""
    whole: int = 10**indicator.decimals
    return min(whole, max(1, (indicator.highest - indicator.lowest) // 20))


def worsened(entry: Entry, indicator: Indicator, step: int) -> Entry:
    """An observation with its stated bounds moved by a scaled step towards the worse end, within the range; none stays none."""
    if indicator.may_be_none and entry.get("value") == NO_VALUE:
        return entry

    def moved(text: str) -> str:
        value = scaled(indicator, text)
        value += step if indicator.worse == "higher" else -step
        return indicator.number(min(max(value, indicator.lowest), indicator.highest))

    forms: Entry = {key: moved(entry[key]) for key in ("value", "at_least", "at_most", "about") if key in entry}
    both: Entry = {"between": [moved(text) for text in entry["between"]]} if "between" in entry else {}
    return {**entry, **forms, **both}
