"""`rate history`: every year of a country."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from ratingengine.engine.years import last_year, years_of
from ratingengine.explain.history.history_table import history_table
from ratingengine.explain.history.revisions_command import show_revisions
from ratingengine.interface.asked import LISTS, Usage, asked_known, asked_load, asked_span, asked_years, choice, write
from ratingengine.interface.exit_codes import DONE
from ratingengine.interface.logged import log as log_to
from ratingengine.interface.options import CountryWords, Engine, KnownAt, ListFormat, Log, Option, Records, Rules
from ratingengine.interface.tables import render
from ratingengine.model.window import last_day


def show_history(
    country: Sequence[str],
    first: int | None,
    to: int | None,
    known_at: str | None,
    rules: str | None,
    records: Sequence[str],
    engine: str,
    format_: str,
    log: str | None = None,
) -> int:
    """Every year from the first evidence, or the year asked for, to the last."""
    choice(format_, LISTS, "--format")
    named, years = asked_years(country)
    if years is not None:
        if first is not None or to is not None:
            raise Usage("give the years once: behind the country, or as --from and --to")
        first, to = years
    loaded = asked_load(rules, records, engine)
    asked_span(first, to)
    year = last_year(loaded, named) if to is None else to
    known = asked_known(known_at)
    since = None if first is None else last_day(first)
    found = years_of(loaded, named, last_day(year), known, since) if year and (first is None or first <= year) else ()
    log_to(log, found)
    write(render(history_table(named, found, known, loaded.method.compiled.day), format_))
    return DONE


def history_command(
    country: CountryWords,
    from_: Annotated[
        int | None, Option("--from", metavar="YEAR", help="The first year. [default: the first with evidence]")
    ] = None,
    to: Annotated[int | None, Option("--to", metavar="YEAR", help="The last year. [default: the last with evidence]")] = None,
    revisions: Annotated[
        bool, Option("--revisions", help="Show how the rating of each year changed as reports came out.")
    ] = False,
    year: Annotated[int | None, Option("--year", "-y", metavar="YEAR", help="With --revisions: only this year.")] = None,
    known_at: KnownAt = None,
    rules: Rules = None,
    records: Records = None,
    engine: Engine = "both",
    format_: ListFormat = "text",
    log: Log = None,
) -> int:
    """Rate every year of a country.

    From the first year that has evidence to the last, unless years are given.

    rate history kazakhstan
    rate history kazakhstan 2016-2022
    rate history kazakhstan --revisions --year 2019
    """
    if revisions or year is not None:
        if from_ is not None:
            from ratingengine.interface.asked import Usage

            raise Usage("--from goes with the history of all years, not with --revisions")
        return show_revisions(country, revisions, year, to, known_at, rules, records or (), engine, format_)
    return show_history(country, from_, to, known_at, rules, records or (), engine, format_, log)
