"""`rate history`: every year of a country."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from ratingengine.engine.years import last_year, years_of
from ratingengine.explain.history.revisions_command import show_revisions
from ratingengine.interface.asked import FORMATS, Usage, asked_known, asked_load, asked_span, asked_years, choice, write
from ratingengine.interface.exit_codes import DONE
from ratingengine.interface.logged import log as log_to
from ratingengine.interface.options import CountryWords, Engine, Format, KnownAt, Log, Option, Records, Rules
from ratingengine.interface.tables import Table, render, span
from ratingengine.interface.words import other_clocks
from ratingengine.model.assessment import Assessment
from ratingengine.model.window import last_day
from ratingengine.world.countries import Country

HISTORY = (
    ("year", "year"),
    ("rating", "rating"),
    ("assessed", "assessed"),
    ("change", "change"),
    ("watchlist", "watchlist"),
    ("status", "status"),
    ("possible", "range"),
)
JUDGED = (("override", "override"), ("by_rules", "by the rules"))
"""Columns of lists in which a judgement departs from the rules; JSON has them always."""


def _row(country: Country, found: Assessment) -> dict[str, Any]:
    chosen = found.chosen
    return {
        "iso3": country.iso3,
        "country": country.name_en,
        "year": found.as_of.year,
        "rating": found.rating,
        "assessed": chosen.assessed,
        "previous": found.previous,
        "change": found.change,
        "override": None if found.override is None else found.override.id,
        "by_rules": found.by_rules,
        "watchlist": found.watchlist,
        "status": chosen.status,
        "possible": list(chosen.possible),
    }


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
    choice(format_, FORMATS, "--format")
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
    rows = [_row(named, one) for one in found]
    none = "there are no records of this country"
    title = f"{named.name_en} ({named.iso3}), state on 31 December{other_clocks(known, loaded.method.compiled.day)}"
    write(render(Table(title, "ratingengine/history/1", _columns(HISTORY, rows), tuple(rows), none, {"possible": span}), format_))
    return DONE


def _columns(columns: tuple[tuple[str, str], ...], rows: Sequence[dict[str, Any]]) -> tuple[tuple[str, str], ...]:
    """With the judgements where there are any."""
    return (*columns, *JUDGED) if any(row["override"] for row in rows) else columns


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
    format_: Format = "text",
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
