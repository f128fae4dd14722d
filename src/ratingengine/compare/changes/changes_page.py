"""`rate changes` and `rate watchlist` as text, JSON and Markdown, all from the same values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ratingengine.compare.changes.changing import HOLD, MOVES, Change
from ratingengine.compare.standing import Standing
from ratingengine.interface.page import Block, Grid, Heading, Item, Lines, Page, Points
from ratingengine.interface.tables import cell

CHANGES = "ratingengine/changes/2"
WATCHLIST = "ratingengine/watchlist/1"
MOVED = (
    ("iso3", "code"),
    ("country", "country"),
    ("year", "year"),
    ("change", "change"),
    ("previous", "from"),
    ("rating", "to"),
    ("possible_before", "possible before"),
    ("assessed", "assessed"),
    ("pressure", "pressure left"),
    ("status", "status"),
    ("deciding", "decided by"),
    ("gates", "gate opened by"),
)
HELD = (
    ("iso3", "code"),
    ("country", "country"),
    ("year", "year"),
    ("rating", "held at"),
    ("assessed", "assessed"),
    ("pressure", "pressure"),
    ("status", "status"),
    ("deciding", "decided by"),
)
JUDGED = (("override", "override"), ("by_rules", "by the rules"))
"""Columns for judgements that depart from the rules, where there are any; JSON has them always."""
LISTED = (("iso3", "code"), ("country", "country"), ("rating", "rating"), ("rules", "put there by"))
WHY = {
    "downgrade": "such a downgrade may only mean that more became known, or that the rating follows by one band a year",
    "upgrade": "such an upgrade was already due",
}
"""What a change may be that goes to a rating that was possible the year before."""
YES_NO = {True: "yes", False: "no", None: "–"}
Columns = Sequence[tuple[str, str]]


def changes_json(changes: Sequence[Change], title: str, source: str, titles: Mapping[str, str]) -> dict[str, Any]:
    """Changes in `rows`, holds apart from them, how many of each, and the titles of the rules that are named."""
    moved, held = (
        [change for change in changes if change.moves],
        [change for change in changes if not change.moves and change.change == HOLD],
    )
    return {
        "schema": CHANGES,
        "title": title,
        "from": source,
        "counts": {kind: sum(one.change == kind for one in (*moved, *held)) for kind in (*MOVES, HOLD)},
        "possible_before": {kind: sum(one.change == kind and one.possible_before is True for one in moved) for kind in MOVES},
        "before_not_known": sum(one.change in MOVES and one.possible_before is None for one in moved),
        "rows": [{**_row(one), "possible_before": one.possible_before} for one in moved],
        "holds": [_row(one) for one in held],
        "rules": _titles((rule for one in (*moved, *held) for rule in (*one.deciding, *one.gates)), titles),
    }


def _row(change: Change) -> dict[str, Any]:
    return {
        "iso3": change.country.iso3,
        "country": change.country.name_en,
        "year": change.year,
        "change": change.change,
        "previous": change.previous,
        "rating": change.rating,
        "assessed": change.assessed,
        "pressure": change.pressure,
        "status": change.status,
        "deciding": list(change.deciding),
        "gates": list(change.gates),
        "override": change.override,
        "by_rules": change.by_rules,
    }


def _titles(rules: Iterator[str], titles: Mapping[str, str]) -> dict[str, str]:
    return {rule: titles[rule] for rule in sorted(set(rules))}


def changes_page(content: dict[str, Any]) -> Page:
    """The same content as a page."""
    counts = content["counts"]
    numbers = ", ".join(f"{number} {kind}{'' if number == 1 else 's'}" for kind, number in counts.items())
    blocks: list[Block] = [Lines((f"{content['from']}.", f"In all: {numbers}.", *_before(content)))]
    blocks += _grid("Changes", content["rows"], MOVED, "No rating changes.")
    blocks += _grid("Held, although the evidence points to another rating", content["holds"], HELD, "No rating is held.")
    blocks += _legend(content["rules"])
    return Page(content["title"], tuple(blocks))


def _before(content: dict[str, Any]) -> Iterator[str]:
    """How many changes go to a rating that was possible already, where there are changes."""
    possible, unknown = content["possible_before"], content["before_not_known"]
    if not any(content["counts"][kind] for kind in MOVES):
        return
    numbers = [f"{number} {kind}{'' if number == 1 else 's'}" for kind, number in possible.items() if number]
    whys = "; ".join(WHY[kind] for kind, number in possible.items() if number)
    told = f"{' and '.join(numbers) or 'none'} to a rating that was already possible the year before"
    yield f"Of these, {told}: {whys}." if whys else f"Of these, {told}."
    if unknown:
        yield f"What was possible the year before is not known for {unknown}."


def _grid(title: str, rows: Sequence[dict[str, Any]], columns: Columns, none: str) -> Iterator[Block]:
    yield Heading(title)
    if not rows:
        yield Lines((none,))
        return
    shown = (*columns, *JUDGED) if any(row["override"] for row in rows) else tuple(columns)
    yield Grid(tuple(name for _, name in shown), tuple(tuple(_cell(row, key) for key, _ in shown) for row in rows))


def _cell(row: dict[str, Any], key: str) -> str:
    return YES_NO[row[key]] if key == "possible_before" else cell(row[key])


def _legend(rules: Mapping[str, str]) -> Iterator[Block]:
    if rules:
        yield Heading("These rules")
        yield Points(tuple(Item(f"{rule} {title}") for rule, title in rules.items()))


def watchlist_json(
    standings: Sequence[Standing], title: str, source: str, titles: Mapping[str, str], *, watches: bool = True
) -> dict[str, Any]:
    """The countries on the watchlist, with the rules that put them there where these are known.

    Beside them, of how many countries that is not known. `watches`: whether the method has a watchlist rule.
    """
    rows = [_watched(standing) for standing in standings if standing.watchlist]
    rules = _titles((rule for row in rows for rule in row["rules"]), titles)
    unknown = sum(standing.watchlist is None for standing in standings)
    return {
        "schema": WATCHLIST,
        "title": title,
        "from": source,
        "has_rules": watches,
        "countries": len(standings),
        "not_known": unknown,
        "rows": rows,
        "rules": rules,
    }


def _unwatched(content: dict[str, Any]) -> str:
    countries, unknown = content["countries"], content["not_known"]
    number = f"{countries} {'country' if countries == 1 else 'countries'}"
    if not content["has_rules"]:
        return "The method has no watchlist rule."
    return f"Watchlist not assessed for {unknown or 'none'} of {number}: no data."


def _watched(standing: Standing) -> dict[str, Any]:
    answer = standing.answer
    return {
        "iso3": standing.country.iso3,
        "country": standing.country.name_en,
        "rating": standing.rating,
        "rules": [] if standing.grounds is None else list(standing.grounds.watchlist),
        "override": None if answer is None or answer.override is None else answer.override.id,
        "by_rules": standing.rating if answer is None else answer.by_rules,
    }


def watchlist_page(content: dict[str, Any]) -> Page:
    """The same content as a page."""
    blocks: list[Block] = [Lines((f"{content['from']}.", _unwatched(content)))]
    blocks += list(_grid("On the watchlist", content["rows"], LISTED, "No country."))
    return Page(content["title"], (*blocks, *_legend(content["rules"])))
