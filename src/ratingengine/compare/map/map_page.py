"""`rate map`: its text alternative as text, JSON and Markdown, and the page that holds drawing and lists together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

from ratingengine.compare.map.drawing import NOT_RATED, map_svg, undrawn
from ratingengine.compare.standing import Standing, by_rating
from ratingengine.interface.page import Block, Heading, Item, Lines, Page, Points
from ratingengine.world.atlas.world import BOUNDARIES, SOURCE

SCHEMA = "ratingengine/map/1"
STYLE = """
body { font-family: 'Noto Sans', 'DejaVu Sans', Arial, Helvetica, sans-serif; }
body { margin: 1rem auto; max-width: 100rem; padding: 0 1rem; }
figure { margin: 0; overflow-x: auto; }
svg { width: 100%; min-width: 60rem; height: auto; }
ul { columns: 14rem; }
"""


def map_json(standings: Sequence[Standing], words: Sequence[str], title: str, source: str) -> dict[str, Any]:
    """The countries under each rating, best first, then those without one; what is not drawn; whose boundaries are shown."""
    groups = by_rating(standings, words)
    return {
        "schema": SCHEMA,
        "title": title,
        "from": source,
        "described": _described({rating or NOT_RATED: len(of) for rating, of in groups.items()}),
        "ratings": [
            {
                "rating": rating,
                "count": len(of),
                "countries": [{"iso3": one.country.iso3, "name": one.country.name_en} for one in _by_name(of)],
            }
            for rating, of in groups.items()
        ],
        "not_drawn": list(undrawn([standing.country.iso3 for standing in standings])),
        "boundaries": BOUNDARIES,
        "source": SOURCE,
    }


def _by_name(standings: Sequence[Standing]) -> list[Standing]:
    return sorted(standings, key=lambda one: one.country.name_en)


def _described(counts: dict[str, int]) -> str:
    said = ", ".join(f"{word} {count}" for word, count in counts.items())
    return f"World map of {sum(counts.values())} countries by rating: {said}. All others are hatched."


def map_page(content: dict[str, Any], written_to: str) -> Page:
    """The text alternative as a page; `written_to` is the file of the drawing."""
    blocks: list[Block] = [Lines((f"{content['from']}.", content["described"], f"Written to {written_to}."))]
    for part in content["ratings"]:
        if part["countries"]:
            blocks.append(Heading(f"{_word(part)}: {part['count']}"))
            blocks.append(Points((Item(", ".join(f"{country['name']} ({country['iso3']})" for country in part["countries"])),)))
    blocks.append(Lines((*_undrawn(content), content["boundaries"], f"Map: {content['source']}.")))
    return Page(content["title"], tuple(blocks))


def _word(part: dict[str, Any]) -> str:
    word: str = part["rating"] or f"{NOT_RATED}, not enough evidence"
    return word


def _undrawn(content: dict[str, Any]) -> tuple[str, ...]:
    codes = ", ".join(content["not_drawn"])
    return (f"Not drawn, as the map has no place for them: {codes}.",) if codes else ()


def drawing(content: dict[str, Any], standings: Sequence[Standing], words: Sequence[str]) -> str:
    """The map as SVG."""
    return map_svg(content, {standing.country.iso3: standing.rating for standing in standings}, words)


def document(content: dict[str, Any], standings: Sequence[Standing], words: Sequence[str]) -> str:
    """The map with its text alternative as one HTML file that needs no other."""
    return "".join(_document(content, drawing(content, standings, words)))


def _document(content: dict[str, Any], svg: str) -> Iterator[str]:
    title = escape(content["title"])
    yield f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield f"<style>{STYLE}</style>\n</head>\n<body>\n<main>\n"
    yield f"<h1>{title}</h1>\n<p>{escape(content['from'])}.</p>\n<figure>\n{svg}</figure>\n"
    yield "<h2>Countries by rating</h2>\n"
    for part in content["ratings"]:
        if part["countries"]:
            yield f"<h3>{escape(_word(part))}: {part['count']}</h3>\n<ul>\n"
            yield from (f"<li>{escape(country['name'])} ({country['iso3']})</li>\n" for country in part["countries"])
            yield "</ul>\n"
    notes = (*_undrawn(content), content["boundaries"], f"Map: {content['source']}.")
    yield from (f"<p>{escape(note)}</p>\n" for note in notes)
    yield "</main>\n</body>\n</html>\n"
