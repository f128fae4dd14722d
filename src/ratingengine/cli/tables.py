"""`rate history`, `rate changes` and `rate watchlist`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from ratingengine.chain import Link
from ratingengine.cli import DONE
from ratingengine.cli.asked import FORMATS, Usage, as_of_day, asked_country, asked_known, asked_load, asked_year, choice, write
from ratingengine.cli.logged import log as log_to
from ratingengine.countries import Country, by_iso3
from ratingengine.model.assessment import Assessment
from ratingengine.model.window import last_day
from ratingengine.rating import Loaded, answer_of, carrying, countries_on_record, history, latest_year, load_evidence, rate
from ratingengine.reports.tables import Table, render
from ratingengine.reports.words import known_words, rules_words

HISTORY = (
    ("year", "year"),
    ("rating", "rating"),
    ("assessed", "assessed"),
    ("change", "change"),
    ("watchlist", "watchlist"),
    ("status", "status"),
    ("possible", "possible"),
)
CHANGES = (
    ("iso3", "code"),
    ("country", "country"),
    ("year", "year"),
    ("change", "change"),
    ("previous", "from"),
    ("rating", "to"),
)
JUDGED = (("override", "override"), ("by_rules", "by the rules"))
"""Columns of lists in which a judgement departs from the rules; JSON has them always."""
WATCHLIST = (("iso3", "code"), ("country", "country"), ("rating", "rating"), ("rules", "put there by"))


def _clocked(loaded: Loaded, known: date | None) -> str:
    """The clocks that are set, for a title."""
    return known_words(known) + rules_words(loaded.method.compiled.day)


def _years(loaded: Loaded, country: Country, until: date, known: date | None) -> tuple[Assessment, ...]:
    """The answer of each year, with the profile that carries it."""
    chains = history(loaded, country, until, known)
    evidence = load_evidence(loaded, country.iso3)
    found = []
    for links in zip(*chains.values(), strict=True):
        by_profile: dict[str, Link] = dict(zip(chains, links, strict=True))
        found.append(answer_of(loaded, country, evidence, known, by_profile, carrying(by_profile)))
    return tuple(found)


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
        "watchlist": chosen.watchlist,
        "status": chosen.status,
        "possible": list(chosen.possible),
    }


def show_history(
    country: Sequence[str],
    to: int | None,
    known_at: str | None,
    rules: str | None,
    records: Sequence[str],
    engine: str,
    format_: str,
    log: str | None = None,
) -> int:
    """Every year from the first evidence to the last."""
    choice(format_, FORMATS, "--format")
    named = asked_country(country)
    loaded = asked_load(rules, records, engine)
    year = _last_year(loaded, named) if to is None else asked_year(to, "--to")
    known = asked_known(known_at)
    found = _years(loaded, named, last_day(year), known) if year else ()
    log_to(log, found)
    rows = [_row(named, one) for one in found]
    none = "there are no records of this country"
    title = f"{named.name_en} ({named.iso3}), state on 31 December{_clocked(loaded, known)}"
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


def show_changes(
    first: int,
    last: int,
    known_at: str | None,
    rules: str | None,
    records: Sequence[str],
    engine: str,
    format_: str,
    log: str | None = None,
) -> int:
    """Downgrades, upgrades, holds and departures from the rules of all countries on record."""
    choice(format_, FORMATS, "--format")
    if asked_year(first, "--from") > asked_year(last, "--to"):
        raise Usage(f"--from {first} is after --to {last}")
    loaded = asked_load(rules, records, engine)
    known = asked_known(known_at)
    found = {country: _years(loaded, country, last_day(last), known) for country in _on_record(loaded)}
    log_to(log, (one for years in found.values() for one in years))
    rows = [_row(country, one) for country, years in found.items() for one in years]
    rows = [row for row in rows if row["year"] >= first and _moves(row)]
    rows.sort(key=lambda row: (row["year"], row["iso3"]))
    title = f"Changes from {first} to {last}{_clocked(loaded, known)}, {len(_on_record(loaded))} countries on record"
    write(render(Table(title, "ratingengine/changes/1", _columns(CHANGES, rows), tuple(rows), "no change"), format_))
    return DONE


def _moves(row: dict[str, Any]) -> bool:
    """Whether the rating changes or is held, by the rules or against them."""
    judged = row["override"] is not None and row["rating"] != row["by_rules"]
    return judged or row["change"] in ("downgrade", "upgrade", "hold")


def show_watchlist(
    year: int | None,
    on: str | None,
    known_at: str | None,
    rules: str | None,
    records: Sequence[str],
    engine: str,
    format_: str,
    log: str | None = None,
) -> int:
    """Countries on record that are on the watchlist on the day."""
    choice(format_, FORMATS, "--format")
    as_of = as_of_day(year, on)
    loaded = asked_load(rules, records, engine)
    known = asked_known(known_at)
    found = {country: rate(loaded, country, as_of, known) for country in _on_record(loaded)}
    log_to(log, found.values())
    rows = []
    for country, one in found.items():
        if one.chosen.watchlist:
            steps = [step.rule for step in one.chosen.steps if step.target.kind == "watchlist"]
            judged = None if one.override is None else one.override.id
            row = {"iso3": country.iso3, "country": country.name_en, "rating": one.rating, "rules": steps}
            rows.append({**row, "override": judged, "by_rules": one.by_rules})
    title = f"Watchlist on {as_of}{_clocked(loaded, known)}, {len(_on_record(loaded))} countries on record"
    write(render(Table(title, "ratingengine/watchlist/1", _columns(WATCHLIST, rows), tuple(rows), "no country"), format_))
    return DONE


def _on_record(loaded: Loaded) -> list[Country]:
    codes = {*countries_on_record(loaded.records), *(entry.country for entry in loaded.overrides)}
    found = (by_iso3(code) for code in sorted(codes))
    return [country for country in found if country is not None]
