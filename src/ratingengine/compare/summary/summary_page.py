"""`rate summary` as text, JSON and Markdown, all from the same values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Any

from ratingengine.compare.standing import Standing
from ratingengine.compare.summary.summary import Summary, Violation
from ratingengine.interface.page import Block, Grid, Heading, Lines, Page
from ratingengine.interface.tables import cell

SCHEMA = "ratingengine/summary/1"
NOT_RATED = "not rated"


def summary_json(
    summary: Summary, title: str, source: str, people_from: str, watchlist: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Countries and people under each rating, regions, statuses and violations; shares in per cent, null of nothing.

    `watchlist` as `watchlist_counts` has it; null where a table does not tell.
    """
    countries = sum(len(share.countries) for share in summary.shares)
    people = sum(share.people or 0 for share in summary.shares)
    return {
        "schema": SCHEMA,
        "title": title,
        "from": source,
        "countries": countries,
        "ratings": [
            {
                "rating": share.rating,
                "count": len(share.countries),
                "share": percent(len(share.countries), countries),
                "people": share.people,
                "people_share": None if share.people is None else percent(share.people, people),
                "countries": list(share.countries),
            }
            for share in summary.shares
        ],
        "population": {"from": people_from, "known": people, "not_known_of": list(summary.unpeopled)},
        "regions": [
            {
                "continent": region.continent or None,
                "region": region.region or None,
                "counts": {rating or NOT_RATED: count for rating, count in region.counts.items()},
                "countries": sum(region.counts.values()),
            }
            for region in summary.regions
        ],
        "statuses": dict(summary.statuses),
        "watchlist": watchlist,
        "violations": None if summary.violations is None else [_violation(violation) for violation in summary.violations],
    }


def watchlist_counts(standings: Iterable[Standing], *, watches: bool) -> dict[str, Any]:
    """Countries on the watchlist, off it, and those of which that is not known; whether the method has a watchlist rule."""
    told = [standing.watchlist for standing in standings]
    counts = {word: told.count(value) for word, value in (("on", True), ("off", False), ("not_known", None))}
    return {"has_rules": watches, **counts}


def _violation(violation: Violation) -> dict[str, Any]:
    established, in_rules = list(violation.established), list(violation.in_rules)
    return {"tag": violation.tag, "countries": len(established), "established": established, "in_rules": in_rules}


def percent(part: int, whole: int) -> str | None:
    """A share in per cent with one decimal, rounded half up; nothing of nothing."""
    if not whole:
        return None
    tenths = (Fraction(part, whole) * 1000 + Fraction(1, 2)).__floor__()
    return f"{tenths // 10}.{tenths % 10} %"


def summary_page(content: dict[str, Any]) -> Page:
    """The same content as a page."""
    population = content["population"]
    unknown = ", ".join(population["not_known_of"])
    missing = f"; it is not known of {unknown}" if unknown else ""
    known = f"{population['known']:,} people live in those whose population is known{missing}."
    lines = (f"{content['from']}.", f"{content['countries']} countries; populations: {population['from']}.", known)
    blocks: list[Block] = [Lines(lines), Heading("By rating"), _ratings(content)]
    named = (f"{row['rating'] or NOT_RATED}: {', '.join(row['countries'])}" for row in content["ratings"] if row["countries"])
    blocks += [Lines(tuple(named)), Heading("By region"), _regions(content)]
    if content["statuses"]:
        blocks += [Heading("By status"), Grid(("status", "countries"), _pairs(content["statuses"]))]
    blocks += _watchlist(content["watchlist"])
    blocks += _violations(content["violations"])
    return Page(content["title"], tuple(blocks))


def _watchlist(content: dict[str, Any] | None) -> Iterator[Block]:
    if content is None:
        return
    yield Heading("Watchlist")
    known = content["on"] + content["off"]
    countries = f"{known + content['not_known']} {'country' if known + content['not_known'] == 1 else 'countries'}"
    if not content["has_rules"] and not known:
        yield Lines(("The method has no watchlist rule.",))
        return
    unknown = f"not assessed for {content['not_known'] or 'none'} of {countries}: no data"
    yield Lines((f"{content['on']} on it, {content['off']} off it; {unknown}.",))


def _ratings(content: dict[str, Any]) -> Grid:
    rows = (
        (
            row["rating"] or NOT_RATED,
            str(row["count"]),
            cell(row["share"]),
            "–" if row["people"] is None else f"{row['people']:,}",
            cell(row["people_share"]),
        )
        for row in content["ratings"]
    )
    return Grid(("rating", "countries", "share", "people", "share of people"), tuple(rows))


def _regions(content: dict[str, Any]) -> Grid:
    """The world, continents, and below each its regions after a dash."""
    words = list(content["regions"][0]["counts"])
    rows = []
    for row in content["regions"]:
        name = f"– {row['region']}" if row["region"] else row["continent"] or "World"
        rows.append((name, *(str(row["counts"][word]) for word in words), str(row["countries"])))
    return Grid(("region", *words, "countries"), tuple(rows))


def _pairs(counts: dict[str, int]) -> tuple[tuple[str, ...], ...]:
    return tuple((name, str(number)) for name, number in counts.items())


def _violations(found: Sequence[dict[str, Any]] | None) -> Iterator[Block]:
    yield Heading("Most common violations")
    if found is None:
        yield Lines(("A table of ratings does not tell.",))
        return
    if not found:
        yield Lines(("None is established.",))
        return
    yield Lines(("By tag of the indicators: where evidence establishes one, and where such a one is behind a rule that holds.",))
    rows = (
        (one["tag"], str(one["countries"]), ", ".join(one["established"]), ", ".join(one["in_rules"]) or "–") for one in found
    )
    yield Grid(("violation", "countries", "established in", "behind rules in"), tuple(rows))
