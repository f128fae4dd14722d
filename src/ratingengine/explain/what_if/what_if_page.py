"""`rate what-if` as text, JSON and Markdown, all from the same values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ratingengine.engine.differences import differences
from ratingengine.explain.what_if.what_if import Supposed
from ratingengine.interface.answer_words import rating_words, status_words
from ratingengine.interface.differences import difference_blocks, differences_json, summary_json
from ratingengine.interface.json import assessment_json
from ratingengine.interface.page import Heading, Item, Lines, Page, Points
from ratingengine.interface.tables import cell
from ratingengine.interface.words import as_of_words, value_words
from ratingengine.model.indicator import Codebook
from ratingengine.world.countries import Country

SCHEMA = "ratingengine/what-if/1"


def what_if_json(supposed: Supposed, country: Country, codebook: Codebook) -> dict[str, Any]:
    """What was supposed, what differs, and the whole answer that follows (schema `ratingengine/assessment/1`)."""
    before, after = supposed.before.chosen.values, supposed.after.chosen.values
    titles = {**supposed.before.titles, **supposed.after.titles}
    return {
        "schema": SCHEMA,
        "country": {"iso3": country.iso3, "name": country.name_en},
        "as_of": str(supposed.after.as_of),
        "set": [
            {
                "indicator": name,
                "title": codebook[name].title,
                "from": value_words(before[name]),
                "to": value_words(after[name]),
            }
            for name in sorted(supposed.settings)
        ],
        "removed": list(supposed.removed),
        "prior": supposed.prior,
        "before": summary_json(supposed.before),
        "after": summary_json(supposed.after),
        "differences": differences_json(differences(supposed.before, supposed.after), titles),
        "answer": assessment_json(supposed.after, country),
    }


def what_if_page(content: dict[str, Any], supposed: Supposed, country: Country) -> Page:
    """The same content as a page; the whole answer is in JSON only."""
    title = f"What if: {country.name_en} ({country.iso3}), {as_of_words(supposed.after)}"
    return Page(
        title,
        (
            Heading("Supposed"),
            Points(tuple(_supposed(content))),
            Lines(
                (
                    f"Rating on record: {rating_words(supposed.before)}; range {status_words(supposed.before)}.",
                    f"Rating then: {rating_words(supposed.after)}; range {status_words(supposed.after)}.",
                    _deciding(content["before"]["deciding"], content["after"]["deciding"]),
                )
            ),
            *difference_blocks(content["differences"], "on record", "supposed"),
        ),
    )


def _deciding(before: list[str], after: list[str]) -> str:
    return f"Deciding rules: {cell(before)}" + (f" → {cell(after)}." if before != after else ", as on record.")


def _supposed(content: dict[str, Any]) -> Iterator[Item]:
    for one in content["set"]:
        yield Item(f"{one['title']}: {one['from']} → {one['to']} ({one['indicator']})")
    if content["removed"]:
        yield Item(f"left out: {', '.join(content['removed'])}")
    if content["prior"]:
        yield Item(f"rating of the year before: {content['prior']}")
    if not content["set"] and not content["removed"] and not content["prior"]:
        yield Item("nothing")
