"""`rate compare` as text, JSON and Markdown, all from the same values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ratingengine.compare.compare.side_by_side import Aspect, AtMost, SideBySide
from ratingengine.compare.standing import Standing
from ratingengine.interface.differences import aspect_words, shown_by
from ratingengine.interface.page import Block, Grid, Heading, Item, Lines, Page, Points
from ratingengine.interface.words import facet_words, value_words

SCHEMA = "ratingengine/compare/1"


def compare_json(side_by_side: SideBySide, clocked: str, source: str) -> dict[str, Any]:
    """Each country's answer in short, what differs and what does not, rules by where they hold, and the values behind."""
    codes = [standing.country.iso3 for standing in side_by_side.standings]
    return {
        "schema": SCHEMA,
        "title": f"{_listed([standing.country.name_en for standing in side_by_side.standings])} compared, {clocked}",
        "as_of": str(side_by_side.standings[0].as_of),
        "from": source,
        "countries": [_country(standing) for standing in side_by_side.standings],
        "differs": [_aspect(one, codes) for one in _named(side_by_side) if one.differs],
        "same": [{"name": one.name, "value": _plain(one.said[0])} for one in _named(side_by_side) if not one.differs],
        "rules": [
            {"rule": rule.rule, "title": rule.title, "concludes": rule.conclusion, "holds_in": list(rule.holds_in)}
            for rule in side_by_side.rules
        ],
        "values": [
            {
                "indicator": reading.indicator,
                "title": reading.values[0].indicator.title,
                "said": dict(zip(codes, map(value_words, reading.values), strict=True)),
            }
            for reading in side_by_side.readings
        ],
    }


def _named(side_by_side: SideBySide) -> Iterator[Aspect]:
    """Aspects and levels, under the names of a report; the levels follow the ratings."""
    levels = [Aspect(f"level of {facet_words(level.name)}", level.said) for level in side_by_side.levels]
    split = sum(aspect.name in ("rating", "assessed") for aspect in side_by_side.aspects)
    yield from (*side_by_side.aspects[:split], *levels, *side_by_side.aspects[split:])


def _country(standing: Standing) -> dict[str, Any]:
    deciding = {} if standing.grounds is None else {"rating": list(standing.grounds.deciding)}
    if standing.grounds is not None:
        deciding |= {facet: list(rules) for facet, rules in standing.grounds.levels.items()}
    return {
        "iso3": standing.country.iso3,
        "name": standing.country.name_en,
        "rating": standing.rating,
        "assessed": standing.assessed,
        "status": standing.status,
        "levels": dict(standing.levels),
        "deciding": deciding,
    }


def _aspect(aspect: Aspect, codes: Sequence[str]) -> dict[str, Any]:
    return {"name": aspect.name, "said": dict(zip(codes, map(_plain, aspect.said), strict=True))}


def _plain(value: object) -> object:
    if isinstance(value, AtMost):
        return {"at_most": value.word}
    return list(value) if isinstance(value, tuple) else value


def _listed(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}"


def compare_page(content: dict[str, Any]) -> Page:
    """The same content as a page: what differs first."""
    codes = [country["iso3"] for country in content["countries"]]
    blocks: list[Block] = [Lines((f"{content['from']}.",)), Heading("What differs")]
    if content["differs"]:
        rows = (
            (aspect_words(aspect["name"]), *(_cell(aspect["name"], aspect["said"][code]) for code in codes))
            for aspect in content["differs"]
        )
        blocks.append(Grid(("", *codes), tuple(rows)))
    else:
        blocks.append(Lines(("Nothing differs.",)))
    if content["same"]:
        same = tuple((aspect_words(one["name"]), _cell(one["name"], one["value"])) for one in content["same"])
        blocks += [Heading("The same in all"), Grid(("", ", ".join(codes)), same)]
    if content["rules"]:
        blocks += _rules(content, codes)
    if content["values"]:
        values = (
            Item(
                f"{value['title']} ({value['indicator']}): " + "; ".join(f"{code} {said}" for code, said in value["said"].items())
            )
            for value in content["values"]
        )
        blocks += [Heading("Deciding values that differ"), Points(tuple(values))]
    return Page(content["title"], tuple(blocks))


def _cell(name: str, value: object) -> str:
    return f"at most {value['at_most']}" if isinstance(value, dict) else shown_by(name)(value)


def _rules(content: dict[str, Any], codes: Sequence[str]) -> Iterator[Block]:
    titles = {one["rule"]: one["title"] for one in content["rules"]}
    items = []
    for one in content["countries"]:
        parts = (
            Item(f"{facet_words(what)}: " + ("; ".join(f"{rule} {titles[rule]}" for rule in rules) or "no rule holds"))
            for what, rules in one["deciding"].items()
        )
        items.append(Item(f"{one['name']} ({one['iso3']})", tuple(parts)))
    yield Heading("Decided by")
    yield Points(tuple(items))
    for title, whole in (("Rules that hold in some of them", False), ("Rules that hold in all of them", True)):
        rows = tuple(
            (one["rule"], one["title"], one["concludes"], ", ".join(one["holds_in"]))
            for one in content["rules"]
            if (len(one["holds_in"]) == len(codes)) == whole
        )
        if rows:
            yield Heading(title)
            yield Grid(("rule", "title", "concludes", "holds in"), rows)
