"""`rate history --revisions` as text, JSON and Markdown, from the same values."""

from __future__ import annotations

from datetime import date
from typing import Any

from ratingengine.explain.history.revisions import Reported, Revisions, View, Year
from ratingengine.interface.differences import aspect_words
from ratingengine.interface.page import Grid, Heading, Item, Lines, Page, Points
from ratingengine.interface.tables import cell, span
from ratingengine.interface.words import rules_words
from ratingengine.world.countries import Country

SCHEMA = "ratingengine/revisions/1"
VIEWS = ("state on", "as known on", "rating", "assessed", "watchlist", "status", "range", "changed", "known", "bear on it")
IDS_A_LINE = 6
NEVER = "Nothing was ever reported of this country."


def revisions_json(revisions: Revisions, country: Country, rules_on: date | None) -> dict[str, Any]:
    """Every view of every year, and what became known on each day, as plain values."""
    return {
        "schema": SCHEMA,
        "country": {"iso3": country.iso3, "name": country.name_en},
        "rules_on": None if rules_on is None else str(rules_on),
        "years": [_year(year) for year in revisions.years],
        "reported": [_reported(one) for one in revisions.reported],
    }


def _year(year: Year) -> dict[str, Any]:
    return {"year": year.as_of.year, "as_of": str(year.as_of), "views": [_view(view) for view in year.views]}


def _view(view: View) -> dict[str, Any]:
    return {
        "known_at": str(view.known_at),
        "rating": view.rating,
        "assessed": view.assessed,
        "watchlist": view.watchlist,
        "status": view.status,
        "possible": list(view.possible),
        "changed": list(view.changed),
        "known": view.known,
        "bearing": view.bearing,
    }


def _reported(reported: Reported) -> dict[str, Any]:
    return {
        "day": str(reported.day),
        "sources": list(reported.sources),
        "observations": list(reported.observations),
        "searches": list(reported.searches),
    }


def revisions_page(revisions: Revisions, country: Country, rules_on: date | None) -> Page:
    """The same content for a reader: one table of views, then what became known on each day."""
    title = f"{country.name_en} ({country.iso3}), the state at the end of each year as it was known over time"
    rows = tuple(_row(year, view) for year in revisions.years for view in year.views)
    note = Lines(
        (
            "Each year first as known on its own last day, then on each later day whose reports changed the answer.",
            "known: records known by then; bear on it: those of them that count for the year.",
        )
    )
    table = (note, Grid(VIEWS, rows)) if rows else ()
    told = Points(tuple(_told(one) for one in revisions.reported)) if revisions.reported else Lines((NEVER,))
    return Page(title + rules_words(rules_on), (*table, Heading("What became known"), told))


def _row(year: Year, view: View) -> tuple[str, ...]:
    ratings = (view.rating, view.assessed, view.watchlist, view.status)
    counts = (tuple(map(aspect_words, view.changed)), view.known, view.bearing)
    return (str(year.as_of), str(view.known_at), *map(cell, ratings), span(view.possible), *map(cell, counts))


def _told(reported: Reported) -> Item:
    counted = [_counted(len(reported.observations), "observation"), _counted(len(reported.searches), "search", "searches")]
    ids = (*reported.observations, *reported.searches)
    listed = (ids[start : start + IDS_A_LINE] for start in range(0, len(ids), IDS_A_LINE))
    text = f"{reported.day}: {' and '.join(filter(None, counted))} from {', '.join(reported.sources)}"
    return Item(text, tuple(Item(", ".join(some)) for some in listed))


def _counted(number: int, one: str, more: str = "") -> str:
    return f"{number} {one if number == 1 else more or one + 's'}" if number else ""
