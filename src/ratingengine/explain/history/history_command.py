"""`rate history`: every year of a country."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ratingengine.engine.rating import Loaded, latest_year, load_evidence
from ratingengine.engine.years import years_of
from ratingengine.interface.asked import FORMATS, asked_country, asked_known, asked_load, asked_span, choice, write
from ratingengine.interface.exit_codes import DONE
from ratingengine.interface.logged import log as log_to
from ratingengine.interface.tables import Table, render
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
    ("possible", "possible"),
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
    named = asked_country(country)
    loaded = asked_load(rules, records, engine)
    asked_span(first, to)
    year = _last_year(loaded, named) if to is None else to
    known = asked_known(known_at)
    since = None if first is None else last_day(first)
    found = years_of(loaded, named, last_day(year), known, since) if year and (first is None or first <= year) else ()
    log_to(log, found)
    rows = [_row(named, one) for one in found]
    none = "there are no records of this country"
    title = f"{named.name_en} ({named.iso3}), state on 31 December{other_clocks(known, loaded.method.compiled.day)}"
    write(render(Table(title, "ratingengine/history/1", _columns(HISTORY, rows), tuple(rows), none), format_))
    return DONE


def _columns(columns: tuple[tuple[str, str], ...], rows: Sequence[dict[str, Any]]) -> tuple[tuple[str, str], ...]:
    """With the judgements where there are any."""
    return (*columns, *JUDGED) if any(row["override"] for row in rows) else columns


def _last_year(loaded: Loaded, country: Country) -> int | None:
    """The last year of the evidence, or the last whose 31 December a judgement governs."""
    latest = latest_year(load_evidence(loaded, country.iso3))
    judged = [day.year for entry in loaded.overrides if entry.country == country.iso3 for day in entry.year_ends]
    return max([*judged, *([] if latest is None else [latest])], default=None)
