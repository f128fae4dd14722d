"""`rate history`, `rate changes` and `rate watchlist`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from ratingengine.chain import Link
from ratingengine.cli import DONE
from ratingengine.cli.asked import FORMATS, Usage, as_of_day, asked_country, asked_day, asked_load, asked_year, choice, write
from ratingengine.countries import Country, by_iso3
from ratingengine.model.window import last_day
from ratingengine.rating import Loaded, carrying, countries_on_record, history, latest_year, load_evidence, rate
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


def _known(known_at: str | None) -> date | None:
    return None if known_at is None else asked_day(known_at, "--known-at")


def _clocked(loaded: Loaded, known: date | None) -> str:
    """The clocks that are set, for a title."""
    return known_words(known) + rules_words(loaded.method.compiled.day)


def _years(loaded: Loaded, country: Country, until: date, known: date | None) -> list[dict[str, Any]]:
    """One row a year with the profile that carries it."""
    chains = history(loaded, country, until, known)
    scale = loaded.method.scale
    rows = []
    for links in zip(*chains.values(), strict=True):
        by_profile: dict[str, Link] = dict(zip(chains, links, strict=True))
        link = by_profile[carrying(by_profile)]
        published = link.published
        rows.append(
            {
                "iso3": country.iso3,
                "country": country.name_en,
                "year": link.as_of.year,
                "rating": None if published.rating is None else scale.word(published.rating),
                "assessed": link.assessment.assessed,
                "previous": None if published.previous is None else scale.word(published.previous),
                "change": published.change,
                "override": None if link.override is None else link.override.id,
                "by_rules": None if link.by_rules.rating is None else scale.word(link.by_rules.rating),
                "watchlist": link.assessment.watchlist,
                "status": link.assessment.status,
                "possible": list(link.assessment.possible),
            }
        )
    return rows


def show_history(
    country: Sequence[str],
    to: int | None,
    known_at: str | None,
    rules: str | None,
    records: Sequence[str],
    engine: str,
    format_: str,
) -> int:
    """Every year from the first evidence to the last."""
    choice(format_, FORMATS, "--format")
    named = asked_country(country)
    loaded = asked_load(rules, records, engine)
    year = _last_year(loaded, named) if to is None else asked_year(to, "--to")
    known = _known(known_at)
    rows = _years(loaded, named, last_day(year), known) if year else []
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
    first: int, last: int, known_at: str | None, rules: str | None, records: Sequence[str], engine: str, format_: str
) -> int:
    """Downgrades, upgrades, holds and departures from the rules of all countries on record."""
    choice(format_, FORMATS, "--format")
    if asked_year(first, "--from") > asked_year(last, "--to"):
        raise Usage(f"--from {first} is after --to {last}")
    loaded = asked_load(rules, records, engine)
    known = _known(known_at)
    rows: list[dict[str, Any]] = []
    for country in _on_record(loaded):
        years = _years(loaded, country, last_day(last), known)
        rows += [row for row in years if row["year"] >= first and _moves(row)]
    rows.sort(key=lambda row: (row["year"], row["iso3"]))
    title = f"Changes from {first} to {last}{_clocked(loaded, known)}, {len(_on_record(loaded))} countries on record"
    write(render(Table(title, "ratingengine/changes/1", _columns(CHANGES, rows), tuple(rows), "no change"), format_))
    return DONE


def _moves(row: dict[str, Any]) -> bool:
    """Whether the rating changes or is held, by the rules or against them."""
    judged = row["override"] is not None and row["rating"] != row["by_rules"]
    return judged or row["change"] in ("downgrade", "upgrade", "hold")


def show_watchlist(
    year: int | None, on: str | None, known_at: str | None, rules: str | None, records: Sequence[str], engine: str, format_: str
) -> int:
    """Countries on record that are on the watchlist on the day."""
    choice(format_, FORMATS, "--format")
    as_of = as_of_day(year, on)
    loaded = asked_load(rules, records, engine)
    known = _known(known_at)
    rows = []
    for country in _on_record(loaded):
        found = rate(loaded, country, as_of, known)
        if found.chosen.watchlist:
            steps = [step.rule for step in found.chosen.steps if step.target.kind == "watchlist"]
            judged = None if found.override is None else found.override.id
            row = {"iso3": country.iso3, "country": country.name_en, "rating": found.rating, "rules": steps}
            rows.append({**row, "override": judged, "by_rules": found.by_rules})
    title = f"Watchlist on {as_of}{_clocked(loaded, known)}, {len(_on_record(loaded))} countries on record"
    write(render(Table(title, "ratingengine/watchlist/1", _columns(WATCHLIST, rows), tuple(rows), "no country"), format_))
    return DONE


def _on_record(loaded: Loaded) -> list[Country]:
    codes = {*countries_on_record(loaded.records), *(entry.country for entry in loaded.overrides)}
    found = (by_iso3(code) for code in sorted(codes))
    return [country for country in found if country is not None]
