"""`rate sources` as text, JSON and Markdown, from the same values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ratingengine.explain.sources.sources import Behind, Without
from ratingengine.interface.page import Block, Grid, Heading, Item, Lines, Page, Points
from ratingengine.interface.tables import cell, span
from ratingengine.interface.words import clocks
from ratingengine.method.sources import issued_text
from ratingengine.model.assessment import Assessment
from ratingengine.world.countries import Country

SCHEMA = "ratingengine/sources-behind/1"
WITHOUT = ("without", "", "observations", "searches", "rating", "assessed", "status", "range", "rating changed")
UNLISTED = "not in the bibliography"


def sources_json(
    assessment: Assessment, country: Country, behind: Sequence[Behind], rows: Sequence[Without] | None
) -> dict[str, Any]:
    """The sources behind an answer and, where asked for, the answer without each of them, as plain values."""
    content = {
        "schema": SCHEMA,
        "country": {"iso3": country.iso3, "name": country.name_en},
        "as_of": str(assessment.as_of),
        "known_at": None if assessment.known_at is None else str(assessment.known_at),
        "rules_on": None if assessment.versions.rules_on is None else str(assessment.versions.rules_on),
        "rating": assessment.rating,
        "assessed": assessment.chosen.assessed,
        "status": assessment.chosen.status,
        "sources": [_behind(one) for one in behind],
    }
    if rows is not None:
        content["without"] = [_without(row) for row in rows]
        content["carried_by"] = [{"kind": row.kind, "name": row.name} for row in rows if row.changed]
        content["conclusion"] = conclusion(assessment, rows)
    return content


def _behind(behind: Behind) -> dict[str, Any]:
    source = behind.source
    return {
        "id": behind.id,
        "title": UNLISTED if source is None else source.title,
        "publisher": None if source is None else source.publisher or None,
        "issued": None if source is None else issued_text(source.issued),
        "version": None if source is None else source.number or None,
        "note": None if source is None else source.note or None,
        "observations": list(behind.observations),
        "searches": list(behind.searches),
        "indicators": list(behind.indicators),
        "facets": list(behind.facets),
        "deciding": list(behind.deciding),
    }


def _without(row: Without) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "name": row.name,
        "observations": row.observations,
        "searches": row.searches,
        "rating": row.rating,
        "assessed": row.assessed,
        "status": row.status,
        "possible": list(row.possible),
        "changed": row.changed,
    }


def conclusion(assessment: Assessment, rows: Sequence[Without]) -> str:
    """Which source, publisher or coder carries the rating: without that one alone it is another."""
    carriers = [f"{row.kind} {row.name}" for row in rows if row.changed]
    if len(carriers) == 1:
        return f"The rating depends on {carriers[0]}: without it there would be another rating, or none."
    if carriers:
        return f"The rating depends on each of {', '.join(carriers)}: without any one there would be another rating, or none."
    if not rows:
        return "There is no evidence to leave out."
    none = "No rating is given, and none" if assessment.rating is None else f"The rating stays {assessment.rating}"
    return f"{none} without any one source, publisher or coder."


def sources_page(assessment: Assessment, country: Country, content: dict[str, Any]) -> Page:
    """The same content for a reader."""
    clocked = clocks(assessment.as_of, assessment.known_at, assessment.versions.rules_on)
    shown = f"rating {cell(content['rating'])}, assessed {cell(content['assessed'])}, {content['status']}"
    blocks: list[Block] = [Lines((shown,)), Heading(f"Sources that count on the day ({len(content['sources'])})")]
    blocks.append(Points(tuple(map(_item, content["sources"]))) if content["sources"] else Lines(("none",)))
    if "without" in content:
        blocks.append(Heading("The rating without each source, publisher and coder"))
        if content["without"]:
            blocks.append(Grid(WITHOUT, tuple(map(_row, content["without"]))))
        blocks.append(Lines((content["conclusion"],)))
    return Page(f"Sources of {country.name_en} ({country.iso3}), {clocked}", tuple(blocks))


def _item(content: dict[str, Any]) -> Item:
    parts = [
        ("observations", content["observations"]),
        ("searches", content["searches"]),
        ("indicators", content["indicators"]),
        ("facets", content["facets"]),
        ("deciding rules that depend on it", content["deciding"]),
    ]
    told = [Item(f"{name}: {content[name]}") for name in ("version", "note") if content[name]]
    lines = (*told, *(Item(f"{name} ({len(names)}): {', '.join(names)}") for name, names in parts if names))
    where = ", ".join(filter(None, (content["publisher"], content["issued"])))
    return Item(f"{content['id']}: {content['title']}" + (f" ({where})" if where else ""), lines)


def _row(row: dict[str, Any]) -> tuple[str, ...]:
    shown = (row["kind"], row["name"], row["observations"], row["searches"], row["rating"], row["assessed"], row["status"])
    return (*map(cell, shown), span(row["possible"]), "yes" if row["changed"] else "no")
