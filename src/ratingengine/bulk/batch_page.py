"""`rate batch` as text, JSON and Markdown: how many country-years got which rating, and one row's trace."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ratingengine.bulk.batch import Counted
from ratingengine.engine.chain import PRESSURES, Link
from ratingengine.interface.page import Block, Grid, Heading, Item, Lines, Page, Points
from ratingengine.model.assessment import NOT_RATED, watchlist_of
from ratingengine.model.indicator import digits
from ratingengine.model.program import Step
from ratingengine.model.scale import Scale
from ratingengine.model.value import Computed

SCHEMA = "ratingengine/batch/1"
TRACE = "ratingengine/batch-trace/1"
MOST_NAMED = 3
"""Indicators that are named of those whose rows were left out."""
NO_RATING = "no rating"
WATCHLIST = {True: "on", False: "off", None: "not known, or the method has no rule for it"}


def batch_json(counted: Counted, words: Sequence[str], versions: str, output: str) -> dict[str, Any]:
    """The counts, by rating from best to worst and by status."""
    return {
        "schema": SCHEMA,
        "rows": counted.rows,
        "ratings": [{"rating": word, "rows": counted.ratings.get(word, 0)} for word in (*words, None)],
        "statuses": [{"status": status, "rows": counted.statuses[status]} for status in sorted(counted.statuses)],
        "left_out": [{"indicator": name, "rows": rows} for name, rows in counted.left_out.items()],
        "versions": versions,
        "written": output,
    }


def batch_page(content: Mapping[str, Any]) -> Page:
    """The same as a page."""
    ratings = tuple((entry["rating"] or NO_RATING, str(entry["rows"])) for entry in content["ratings"])
    statuses = tuple((entry["status"], str(entry["rows"])) for entry in content["statuses"])
    blocks: list[Block] = [Grid(("rating", "country-years"), ratings), Grid(("status", "country-years"), statuses)]
    others = content["left_out"]
    if others:
        named = ", ".join(entry["indicator"] for entry in others[:MOST_NAMED]) + (", …" if len(others) > MOST_NAMED else "")
        rows = sum(entry["rows"] for entry in others)
        blocks.append(Lines((f"Rows left out, as these rules do not read them: {rows} ({named})",)))
    blocks.append(Lines((f"Written to {content['written']} by {content['versions']}.",)))
    return Page(f"{content['rows']} country-years rated", tuple(blocks))


def trace_json(iso3: str, year: int, profile: str, links: Mapping[str, Link], scale: Scale) -> dict[str, Any]:
    """The answer of one row with every profile's steps, and what the row says of the indicators that are known."""
    link = links[profile]

    def word(severity: int | None) -> str | None:
        return None if severity is None else scale.word(severity)

    return {
        "schema": TRACE,
        "iso3": iso3,
        "year": year,
        "rating": word(link.published.rating),
        "previous": word(link.published.previous),
        "change": link.published.change,
        "pressure": PRESSURES[link.published.pressure],
        "watchlist": watchlist_of(link.assessment for link in links.values()),
        "profile": profile,
        "profiles": [_profile(name, own) for name, own in links.items()],
        "known": _known(link),
    }


def _profile(name: str, link: Link) -> dict[str, Any]:
    assessment = link.assessment
    return {
        "profile": name,
        "status": assessment.status,
        "assessed": assessment.assessed,
        "possible": list(assessment.possible),
        "levels": [{"facet": facet.facet, "level": facet.level, "status": facet.status} for facet in assessment.facets],
        "watchlist": assessment.watchlist,
        "measures": [_measure(name, computed) for name, computed in sorted(assessment.measures.items())],
        "steps": [_step(step) for step in assessment.steps],
        "not_excluded": [_step(step) for step in assessment.not_excluded],
    }


def _measure(name: str, computed: Computed) -> dict[str, Any]:
    value = computed.value
    best, worst = (digits(end, computed.decimals) if value.known else None for end in (value.best, value.worst))
    return {"measure": name, "known": value.known, "low": best, "high": worst, "inputs": list(computed.inputs)}


def _step(step: Step) -> dict[str, Any]:
    return {"rule": step.rule, "conclusion": step.conclusion, "supports": [str(support) for support in step.supports]}


def _known(link: Link) -> list[dict[str, Any]]:
    told = (value for _, value in sorted(link.assessment.values.items()) if value.told)
    return [
        {
            "indicator": value.indicator.id,
            "low": None if value.lowest == value.indicator.lowest else value.indicator.number(value.lowest),
            "high": None if value.highest == value.indicator.highest else value.indicator.number(value.highest),
            "no_value": value.absent,
        }
        for value in told
    ]


def trace_page(content: Mapping[str, Any]) -> Page:
    """The same as a page."""
    lead = [f"Rating {content['rating'] or NO_RATING}, by profile {content['profile']}."]
    if content["previous"]:
        change, pressure = content["change"] or "none", content["pressure"] or "none"
        lead.append(f"The year before: {content['previous']}; change: {change}; pressure: {pressure}.")
    lead.append(f"Watchlist: {WATCHLIST[content['watchlist']]}.")
    blocks: list[Block] = [Lines(tuple(lead))]
    for profile in content["profiles"]:
        blocks += _profile_blocks(profile)
    blocks += [Heading("What the row says"), Grid(("indicator", "low", "high"), tuple(map(_cells, content["known"])))]
    return Page(f"{content['iso3']} {content['year']}", tuple(blocks))


def _silent(entry: Mapping[str, Any]) -> str:
    return "–" if entry["status"] == NOT_RATED else "not known"


def _profile_blocks(content: Mapping[str, Any]) -> list[Block]:
    said = f"{content['status']}; assessed {content['assessed'] or 'not'}; possible: {', '.join(content['possible'])}"
    watch = "; on the watchlist" if content["watchlist"] else ""
    levels = tuple(
        (entry["facet"], entry["level"] or _silent(entry), entry["status"].replace("_", " ")) for entry in content["levels"]
    )
    blocks: list[Block] = [
        Heading(f"Profile {content['profile']}"),
        Lines((said + watch,)),
        Grid(("facet", "level", "status"), levels),
    ]
    if content["measures"]:
        rows = tuple((entry["measure"], *_measure_cells(entry)) for entry in content["measures"])
        blocks += [Heading("Measures"), Grid(("measure", "low", "high"), rows)]
    for title, key in (("Rules that hold", "steps"), ("Rules that the row does not exclude", "not_excluded")):
        items = tuple(
            Item(f"{step['rule']}: {step['conclusion']}", tuple(Item(support) for support in step["supports"]))
            for step in content[key]
        )
        blocks += [Heading(title), Points(items or (Item("none"),))]
    return blocks


def _measure_cells(entry: Mapping[str, Any]) -> tuple[str, str]:
    return (entry["low"], entry["high"]) if entry["known"] else ("not known", "not known")


def _cells(entry: Mapping[str, Any]) -> tuple[str, str, str]:
    if entry["no_value"]:
        return entry["indicator"], "no value", "no value"
    return entry["indicator"], entry["low"] or "open", entry["high"] or "open"
