"""`rate simulate` and `rate sensitivity` as text, JSON and Markdown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ratingengine.interface.page import Block, Grid, Heading, Lines, Page

SIMULATION = "ratingengine/simulation/1"
SENSITIVITY = "ratingengine/sensitivity/1"
NO_RATING = "no rating"
LEAST = 0.0001
"""The smallest share that is written in digits."""


def simulation_json(
    rows: Sequence[Mapping[str, Any]], words: Sequence[str], draws: int, seed: int, drawn: Sequence[str], most: int, versions: str
) -> dict[str, Any]:
    """The country-years whose rating is least certain first, with the share of draws that gives each rating."""
    told = [
        {
            "iso3": row["iso3"],
            "year": row["year"],
            "shares": [
                {"rating": word, "share": _share(row[word or "none"])} for word in (*words, None) if row[word or "none"] > 0
            ],
        }
        for row in rows
    ]
    open_ = [entry for entry in told if len(entry["shares"]) > 1]
    open_.sort(key=lambda entry: (max(share["share"] for share in entry["shares"]), entry["iso3"], entry["year"]))
    return {
        "schema": SIMULATION,
        "country_years": len(told),
        "draws": draws,
        "seed": seed,
        "drawn": list(drawn),
        "more_than_one_rating": len(open_),
        "least_certain": open_[:most],
        "versions": versions,
    }


def _share(share: float) -> str:
    return f"{share:.4f}" if share >= LEAST else f"under {LEAST:.4f}"


def simulation_page(content: Mapping[str, Any]) -> Page:
    """The same as a page."""
    lead = (
        f"{content['country_years']} country-years, {content['draws']} draws each, seed {content['seed']}.",
        f"{content['more_than_one_rating']} of them get more than one rating.",
        f"Drawn: {', '.join(content['drawn']) or 'nothing, since no value is known within bounds only'}.",
        f"By {content['versions']}.",
    )
    rows = tuple(
        (
            entry["iso3"],
            str(entry["year"]),
            ", ".join(f"{share['rating'] or NO_RATING} {share['share']}" for share in entry["shares"]),
        )
        for entry in content["least_certain"]
    )
    blocks: list[Block] = [Lines(lead)]
    if rows:
        blocks += [Heading("Least certain first"), Grid(("country", "year", "share of draws"), rows)]
    return Page("Ratings on drawn values", tuple(blocks))


def sensitivity_json(
    moves: Sequence[Mapping[str, Any]], rows: int, unasked: int, share: int, most: int, versions: str
) -> dict[str, Any]:
    """The moved thresholds that flip most country-years first; those that flip none are counted only."""
    flipping = sorted(
        (move for move in moves if move["flips"]), key=lambda move: (-len(move["flips"]), move["subject"], move["by"])
    )
    return {
        "schema": SENSITIVITY,
        "country_years": rows,
        "share": share,
        "thresholds_left_alone": unasked,
        "moves": len(moves),
        "moves_that_flip": len(flipping),
        "flipping": [{**move, "count": len(move["flips"]), "flips": list(move["flips"][:most])} for move in flipping[:most]],
        "versions": versions,
    }


def sensitivity_page(content: Mapping[str, Any]) -> Page:
    """The same as a page."""
    lead = (
        f"{content['moves']} moves of thresholds, by one step and by {content['share']} per cent.",
        f"{content['thresholds_left_alone']} thresholds are not moved: the table has no data for them.",
        f"{content['moves_that_flip']} of them change a rating of the {content['country_years']} country-years.",
        f"By {content['versions']}.",
    )
    rows = tuple(
        (
            f"{move['profile']}: {move['subject']}",
            ", ".join(move["rules"]),
            f"{move['by']}: {move['before']} to {move['after']}",
            str(move["count"]),
            "; ".join(f"{f['iso3']} {f['year']} {f['rating'] or NO_RATING} to {f['then'] or NO_RATING}" for f in move["flips"]),
        )
        for move in content["flipping"]
    )
    blocks: list[Block] = [Lines(lead)]
    if rows:
        blocks.append(Grid(("threshold on", "rules", "moved", "flips", "first of them"), rows))
    return Page("Ratings with moved thresholds", tuple(blocks))
