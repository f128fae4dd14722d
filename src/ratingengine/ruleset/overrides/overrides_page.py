"""`rate overrides list` and `stale`: every judgement with its reason, and how the rules stand to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ratingengine.interface.page import Grid, Item, Lines, Page, Points, written
from ratingengine.interface.words import override_told, override_words
from ratingengine.model.override import Override
from ratingengine.ruleset.overrides.departures import NEEDED, NEVER_REACHED, STALE, Departure, Standing

LIST, STALENESS = "ratingengine/overrides-list/1", "ratingengine/overrides-stale/1"
VERDICTS = {
    STALE: "the rules give the same without it; it can be removed",
    NEEDED: "without it the rating would be another",
    NEVER_REACHED: "none of its days is on record",
}
NO_RATING = "no rating"


def written_list(found: Sequence[tuple[Override, tuple[Departure, ...]]], form: str) -> str:
    """Every override with what the rules publish on the days it governs."""
    told = [_listed(override, days) for override, days in found]
    items = tuple(_point(entry) for entry in told)
    page = Page(_counted(len(found)), (Points(items) if items else Lines(("no override",)),))
    return written(page, {"schema": LIST, "overrides": told}, form, told)


def _listed(override: Override, days: Sequence[Departure]) -> dict[str, Any]:
    against = [{"day": str(day.day), "by_rules": day.by_rules, "bands": day.bands} for day in days]
    return {**(override_told(override) or {}), "days": against}


def _counted(count: int) -> str:
    return f"{count} override{'' if count == 1 else 's'}"


def _point(content: dict[str, Any]) -> Item:
    return Item(f"{content['country']} {override_words(content)}", tuple(_departure(day) for day in content["days"]))


def _departure(day: dict[str, Any]) -> Item:
    if day["by_rules"] is None:
        return Item(f"{day['day']}: the rules publish {NO_RATING}")
    return Item(f"{day['day']}: the rules publish {day['by_rules']} ({day['bands']} band{'' if day['bands'] == 1 else 's'})")


def written_stale(standings: Sequence[Standing], form: str) -> str:
    """Every override with its verdict, and the days on which it matters."""
    content: dict[str, Any] = {"schema": STALENESS, "overrides": [_standing(standing) for standing in standings]}
    rows = tuple(
        (entry["id"], entry["country"], entry["rating"], entry["verdict"], entry["meaning"]) for entry in content["overrides"]
    )
    stale = sum(standing.verdict == STALE for standing in standings)
    title = f"{_counted(len(standings))}, {stale} stale"
    if not rows:
        return written(Page(title, (Lines(("no override",)),)), content, form, content["overrides"])
    grid = Grid(("override", "code", "rating", "verdict", "that is"), rows)
    days = tuple(Item(f"{entry['id']}: days looked at", _days(entry)) for entry in content["overrides"] if entry["days"])
    return written(Page(title, (grid, Points(days)) if days else (grid,)), content, form, content["overrides"])


def _standing(standing: Standing) -> dict[str, Any]:
    return {
        "id": standing.override.id,
        "country": standing.override.country,
        "rating": standing.override.rating,
        "verdict": standing.verdict,
        "meaning": VERDICTS[standing.verdict],
        "days": [{"day": str(day.day), "rating": day.rating, "without": day.without} for day in standing.days],
    }


def _days(entry: dict[str, Any]) -> tuple[Item, ...]:
    return tuple(
        Item(f"{day['day']}: {day['rating'] or NO_RATING}; without it {day['without'] or NO_RATING}") for day in entry["days"]
    )
