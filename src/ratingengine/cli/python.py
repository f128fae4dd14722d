"""The Python interface, which `import ratingengine` gives: the questions of the command line as functions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from os import PathLike, fspath
from typing import Any

from attrs import frozen

from ratingengine.engine.rating import Loaded
from ratingengine.engine.rating import rate as rated
from ratingengine.engine.years import last_year, years_of
from ratingengine.interface.asked import CountryDay, asked_country, asked_day, asked_load, asked_prior, asked_span, asked_year
from ratingengine.interface.json import assessment_json, dump
from ratingengine.interface.markdown import assessment_markdown
from ratingengine.interface.page import Answer
from ratingengine.interface.results import Diff, History, Panel, Rating, WhatIf, Why, WhyNot
from ratingengine.interface.tables import Table, render
from ratingengine.interface.text import assessment_text
from ratingengine.interface.words import day as day_words
from ratingengine.model.assessment import Assessment
from ratingengine.model.window import last_day
from ratingengine.world.countries import Country

When = int | str | date | None
"""A year (its 31 December), a day, or None: the last year that has evidence."""
Day = str | date | None
File = str | PathLike[str]


@frozen(repr=False)
class Rater:
    """A rule set with records: what `load` gives. Each method is the function of the same name on them."""

    _rules: str | None
    _records: tuple[str, ...]
    _loaded: Loaded

    def __repr__(self) -> str:
        return f"<Rater {self._loaded.method.compiled.name} {self._loaded.method.compiled.version}>"

    def rate(self, country: str, when: When = None, *, known_at: Day = None, prior: str | None = None) -> Rating:
        """The rating of a country in a year or on a day."""
        place = _place(country, when)
        asked_prior(prior, self._loaded)
        assessment = rated(self._loaded, place.country, place.day_in(self._loaded), _day(known_at, "known_at"), prior)
        return Rating(_answer(assessment, place.country), _title(place.country, assessment.as_of))

    def history(self, country: str, first: int | None = None, last: int | None = None, *, known_at: Day = None) -> History:
        """The ratings of every year, by default from the first to the last that has evidence."""
        from ratingengine.explain.history.history_table import history_table

        named, loaded, known = _country(country), self._loaded, _day(known_at, "known_at")
        asked_span(first, last)
        year, since = last if last is not None else last_year(loaded, named), None if first is None else last_day(first)
        found = years_of(loaded, named, last_day(year), known, since) if year and (first is None or first <= year) else ()
        table = history_table(named, found, known, loaded.method.compiled.day)
        return History(_listed(table), str(named))

    def why(self, country: str, when: When = None, *, rule: str | None = None, full: bool = False, known_at: Day = None) -> Why:
        """The rules and the evidence that decide a rating; with `rule`, also whether this rule holds."""
        from ratingengine.explain.why.why_answer import why_answer

        place, known = _place(country, when), _day(known_at, "known_at")
        day = place.day_in(self._loaded)
        answer = why_answer(self._loaded, place.country, day, known, rules=self._rules, rule=rule, full=full)
        return Why(answer, _title(place.country, day))

    def why_not(
        self, country: str, rating: str, when: When = None, *, exactly: bool = False, brief: bool = False, known_at: Day = None
    ) -> WhyNot:
        """Every smallest set of changes of the evidence that would give `rating` or, unless `exactly`, one beyond it."""
        from ratingengine.explain.why_not.why_not_answer import why_not_answer

        place, known = _place(country, when), _day(known_at, "known_at")
        day = place.day_in(self._loaded)
        answer = why_not_answer(self._loaded, place.country, rating, day, known, exactly=exactly, brief=brief)
        return WhyNot(answer, _title(place.country, day))

    def diff(self, country: str, first: When, last: When = None, *, against: str | None = None, known_at: Day = None) -> Diff:
        """What changed between two years or days, or between two countries, and how much each change contributed."""
        from ratingengine.explain.diff.diff_answer import Asked, diff_answer

        known = _day(known_at, "known_at")
        known_text = None if known is None else str(known)
        words = [_country(country).iso3, *(_written(when) for when in (first, last) if when is not None)]
        side = Asked(self._rules, self._records, known_text)
        options = {"--rules": [self._rules] if self._rules else [], "--records": list(self._records)}
        options["--known-at"] = [known_text] if known_text else []
        return Diff(diff_answer(words, against, side, side, options), " ".join(words))

    def what_if(
        self,
        country: str,
        when: When = None,
        *,
        suppose: Mapping[str, Any] | None = None,
        remove: Iterable[str] = (),
        known_at: Day = None,
        prior: str | None = None,
    ) -> WhatIf:
        """The rating on supposed values, by indicator (`7`, `"yes"`, `"3.."`), without the records or sources in `remove`."""
        from ratingengine.explain.what_if.what_if_answer import supposed, what_if_answer

        place, known = _place(country, when), _day(known_at, "known_at")
        settings = [f"{name}={_value(value)}" for name, value in (suppose or {}).items()]
        removals = [remove] if isinstance(remove, str) else list(remove)
        found = supposed(self._loaded, place.country, settings, removals, place.day_in(self._loaded), known, prior)
        return WhatIf(what_if_answer(self._loaded, place.country, found), _title(place.country, found.after.as_of))

    def panel(self, *, known_at: Day = None) -> Panel:
        """Every country-year on record."""
        from ratingengine.compare.panel.panel import panel
        from ratingengine.compare.panel.panel_table import panel_table

        known = _day(known_at, "known_at")
        table = panel_table(panel(self._loaded, known), self._loaded, known)
        return Panel(_listed(table), self._loaded.method.compiled.name)


def load(records: File | Sequence[File] | None = None, rules: File | None = None, *, engine: str = "both") -> Rater:
    """A rule set, by name or folder, with records: folders, tables of `rate import`, or `"shipped"`.

    `rules` may end in `@DATE`: its rules in force on that day. Raises NotFound where something does not exist, InvalidInput with
    every problem of every file, and ValueError where an argument has no meaning.

    >>> load()
    <Rater civic-space 2026.1>
    """
    paths = () if records is None else (records,) if isinstance(records, str | PathLike) else tuple(records)
    named, folders = None if rules is None else fspath(rules), tuple(fspath(path) for path in paths)
    return Rater(named, folders, asked_load(named, folders, engine))


@cache
def _shipped() -> Rater:
    return load()


def rate(country: str, when: When = None, *, known_at: Day = None, prior: str | None = None) -> Rating:
    """The rating of a country, by name or code, in a year or on a day (None: the last year that has evidence).

    `known_at`: without evidence that was reported later. `prior`: the rating of the year before, in place of the computed one.

    >>> rate("KAZ", 2022)
    <Rating Kazakhstan (KAZ), 31 December 2022: repressed (repressed to closed)>
    >>> rate("Kazakhstan", 2022).freedoms["peaceful_assembly"]
    'repressed'
    """
    return _shipped().rate(country, when, known_at=known_at, prior=prior)


def history(country: str, first: int | None = None, last: int | None = None, *, known_at: Day = None) -> History:
    """The ratings of a country year by year.

    >>> [row["rating"] for row in history("KAZ", 2020, 2022)]
    ['obstructed', 'obstructed', 'repressed']
    """
    return _shipped().history(country, first, last, known_at=known_at)


def why(country: str, when: When = None, *, rule: str | None = None, full: bool = False, known_at: Day = None) -> Why:
    """The rules and the evidence that decide a rating; with `rule`, also whether this rule holds.

    >>> why("KAZ", 2022)
    <Why Kazakhstan (KAZ), 31 December 2022: repressed by RAT-005>
    """
    return _shipped().why(country, when, rule=rule, full=full, known_at=known_at)


def why_not(
    country: str, rating: str, when: When = None, *, exactly: bool = False, brief: bool = False, known_at: Day = None
) -> WhyNot:
    """Every smallest set of changes of the evidence that would give `rating` or, unless `exactly`, one beyond it.

    >>> why_not("KAZ", "obstructed", 2022)
    <WhyNot Kazakhstan (KAZ), 31 December 2022: 13 smallest sets of changes for obstructed or better>
    """
    return _shipped().why_not(country, rating, when, exactly=exactly, brief=brief, known_at=known_at)


def diff(country: str, first: When, last: When = None, *, against: str | None = None, known_at: Day = None) -> Diff:
    """What changed between two years or days, or between two countries (`against`), and how much each change contributed.

    >>> diff("KAZ", 2021, 2022)
    <Diff KAZ 2021 2022: obstructed to repressed>
    """
    return _shipped().diff(country, first, last, against=against, known_at=known_at)


def what_if(
    country: str,
    when: When = None,
    *,
    suppose: Mapping[str, Any] | None = None,
    remove: Iterable[str] = (),
    known_at: Day = None,
    prior: str | None = None,
) -> WhatIf:
    """The rating on supposed values, by indicator, without the records, events, indicators or sources in `remove`.

    >>> what_if("KAZ", 2022, suppose={"protection.investigation": "effective"}).after
    'obstructed'
    """
    return _shipped().what_if(country, when, suppose=suppose, remove=remove, known_at=known_at, prior=prior)


def panel(*, known_at: Day = None) -> Panel:
    """Every country-year on record, with the codes of countries and the versions that gave the ratings.

    >>> sorted(panel().to_dict()["rows"][0])[:4]
    ['assessed', 'best', 'change', 'country']
    """
    return _shipped().panel(known_at=known_at)


def _country(country: str) -> Country:
    return asked_country([country])


def _place(country: str, when: When) -> CountryDay:
    return CountryDay(_country(country), None if when is None else _as_of(when))


def _as_of(when: int | str | date) -> date:
    if isinstance(when, date):
        return asked_day(str(when)[:10], "the day")
    if isinstance(when, str) and not when.strip().isdigit():
        return asked_day(when, "the day", "'2022-03-15'")
    return last_day(asked_year(int(when), "the year"))


def _written(when: int | str | date) -> str:
    """As the command line writes it."""
    day = _as_of(when)
    return str(day.year) if day == last_day(day.year) else str(day)


def _day(day: Day, name: str) -> date | None:
    return None if day is None else asked_day(str(day)[:10], name, f"{name}='2022-03-15'")


def _value(value: Any) -> str:
    """True and False are the values of yes-or-no indicators."""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _title(country: Country, as_of: date) -> str:
    return f"{country}, {day_words(as_of)}"


def _answer(assessment: Assessment, country: Country) -> Answer:
    content = assessment_json(assessment, country)
    forms = {
        "json": lambda: dump(content),
        "md": lambda: assessment_markdown(assessment, country),
        "text": lambda: assessment_text(assessment, country),
    }
    return Answer(content, lambda form: forms[form]())


def _listed(table: Table) -> Answer:
    content = {"schema": table.schema, "title": table.title, "rows": list(table.rows)}
    return Answer(content, lambda form: render(table, form))


__all__ = ["Rater", "diff", "history", "load", "panel", "rate", "what_if", "why", "why_not"]
