"""A map of ratings as SVG: shapes and dots in the colour of the rating with its number on the scale, a legend, and names.

The number is the second channel beside colour. Every rated country is one list item with its name and rating, in a list of its
rating, so that a screen reader goes through the map as through lists.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any, Final

from attrs import frozen

from ratingengine.compare.map.palette import BLACK, DARK_EDGE, HATCH, LAND, WATER, WHITE, edge, ink, shades
from ratingengine.world.atlas.world import BOUNDARIES, DOT_RADIUS, SIZE, SOURCE, Outline, outlines
from ratingengine.world.countries import by_iso3

MINOR: Final = ("territory", "part")
"""Kinds of the country table that are drawn by themselves only where they are rated."""

WIDTH = SIZE[0] // 10
HEAD, FOOT = 60, 130
HEIGHT = HEAD + SIZE[1] // 10 + FOOT
UNRATED_DOT = 40
FONT = "font-family=\"'Noto Sans', 'DejaVu Sans', Arial, Helvetica, sans-serif\""
NOT_RATED = "not rated"


@frozen
class Drawn:
    """What is drawn of one area: its outline, the code it is shown as (its own, or of the state it is part of), and the words."""

    outline: Outline
    iso3: str
    rating: str | None
    words: str


def drawn(ratings: Mapping[str, str | None], names: Mapping[str, str]) -> tuple[Drawn, ...]:
    """Every area with its rating; `ratings` by code, None where a country was asked about and no rating is given.

    Dots of territories that nobody rated are left out; a part without a rating of its own is drawn with its state, if at all.
    """
    found = []
    for outline in outlines():
        own = outline.iso3 in ratings or not outline.part_of
        iso3 = outline.iso3 if own else outline.part_of
        country = by_iso3(outline.iso3)
        minor = country is None or country.kind in MINOR
        if outline.dot and not outline.path and outline.iso3 not in ratings and minor:
            continue
        name = names.get(iso3, outline.name)
        rating = ratings.get(iso3)
        words = f"{name}{f' ({iso3})' if iso3 else ''}: {rating or _none(iso3, ratings)}"
        found.append(Drawn(outline, iso3, rating, words))
    return tuple(found)


def _none(iso3: str, ratings: Mapping[str, str | None]) -> str:
    return f"{NOT_RATED}, not enough evidence" if iso3 in ratings else NOT_RATED


def undrawn(codes: Sequence[str]) -> tuple[str, ...]:
    """The codes that have neither an outline nor a dot."""
    known = {outline.iso3 for outline in outlines()}
    return tuple(code for code in codes if code not in known)


def map_svg(content: dict[str, Any], ratings: Mapping[str, str | None], words: Sequence[str]) -> str:
    """The whole drawing; `content` is that of the text alternative."""
    names = {one["iso3"]: one["name"] for part in content["ratings"] for one in part["countries"]}
    areas = drawn(ratings, names)
    colours = dict(zip(words, shades(len(words)), strict=True))
    return "".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="graphics-document document"',
            f' aria-roledescription="map" aria-labelledby="map-title map-desc" lang="en" {FONT}>\n',
            f'<title id="map-title">{escape(content["title"])}</title>\n',
            f'<desc id="map-desc">{escape(content["described"])}</desc>\n',
            *_definitions(),
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{WHITE}"/>\n',
            f'<rect y="{HEAD}" width="{WIDTH}" height="{SIZE[1] // 10}" fill="{WATER}"/>\n',
            f'<text x="24" y="40" font-size="26" font-weight="bold" aria-hidden="true">{escape(content["title"])}</text>\n',
            f'<g transform="translate(0 {HEAD}) scale(0.1)">\n',
            *_shapes(areas, words, colours),
            *_leaders(areas),
            *_signs(areas, words, colours),
            *_dots(areas, words, colours),
            "</g>\n",
            *_legend(content, words, colours),
            *_notes(content),
            "</svg>\n",
        )
    )


def _definitions() -> Iterator[str]:
    """The hatch of what is not rated; on the map in tenths of a pixel, in the legend in pixels."""
    for name, scale in (("unrated", 10), ("unrated-small", 1)):
        size = 6 * scale
        yield (
            f'<defs><pattern id="{name}" width="{size}" height="{size}" patternUnits="userSpaceOnUse" '
            f'patternTransform="rotate(45)"><rect width="{size}" height="{size}" fill="{LAND}"/>'
            f'<path d="M0,0V{size}" stroke="{HATCH}" stroke-width="{1.6 * scale:g}"/></pattern></defs>\n'
        )


def _groups(areas: Sequence[Drawn], words: Sequence[str]) -> Iterator[tuple[str | None, list[Drawn]]]:
    for rating in (None, *words):
        of = [area for area in areas if area.rating == rating]
        if of:
            yield rating, of


def _fill(rating: str | None, colours: Mapping[str, str]) -> str:
    return "url(#unrated)" if rating is None else colours[rating]


def _shapes(areas: Sequence[Drawn], words: Sequence[str], colours: Mapping[str, str]) -> Iterator[str]:
    """Shapes by rating; those with a dot are items of the dots' lists, and here for the eye alone."""
    for rating, of in _groups([area for area in areas if area.outline.path], words):
        label = escape(f"{rating or NOT_RATED}", quote=True)
        fill, stroke = _fill(rating, colours), edge(LAND if rating is None else colours[rating])
        yield f'<g role="list" aria-label="{label}" fill="{fill}" stroke="{stroke}" stroke-width="4" '
        yield 'stroke-linejoin="round" fill-rule="evenodd">\n'
        for area in of:
            part = area.iso3 != area.outline.iso3  # its state is an item already
            yield _item("path", f'd="{area.outline.path}"', area, hidden=part or _dotted(area))
        yield "</g>\n"


def _item(tag: str, shape: str, area: Drawn, *, hidden: bool = False) -> str:
    """An element with its words as tooltip and, unless it is hidden, as list item."""
    if hidden:
        role = 'aria-hidden="true"'
    else:
        rating = "" if area.rating is None else f' data-rating="{escape(area.rating, quote=True)}"'
        role = f'role="listitem" data-iso3="{area.outline.iso3}"{rating}'
    return f"<{tag} {shape} {role}><title>{escape(area.words)}</title></{tag}>\n"


def _dotted(area: Drawn) -> bool:
    """Whether it is shown by a dot: a small state, or a small territory that is rated by itself."""
    country = by_iso3(area.outline.iso3)
    if not area.outline.dot or country is None or area.iso3 != area.outline.iso3:
        return False
    return country.kind not in MINOR or area.rating is not None


def _signs(areas: Sequence[Drawn], words: Sequence[str], colours: Mapping[str, str]) -> Iterator[str]:
    """The numbers of larger countries."""
    yield '<g font-size="88" font-weight="bold" text-anchor="middle" aria-hidden="true" pointer-events="none">\n'
    for area in areas:
        if area.rating is not None and area.outline.path and not _dotted(area) and not area.outline.dot:
            fill = colours[area.rating]
            # A halo in the colour of the country keeps the number apart from borders where the country is narrow.
            halo = f'stroke="{fill}" stroke-width="22" paint-order="stroke" stroke-linejoin="round"'
            number = words.index(area.rating) + 1
            yield f'<text x="{area.outline.x}" y="{area.outline.y + 31}" fill="{ink(fill)}" {halo}>{number}</text>\n'
    yield "</g>\n"


def _leaders(areas: Sequence[Drawn]) -> Iterator[str]:
    """A line from a dot to the place it is of, where it had to give way."""
    yield f'<g stroke="{BLACK}" stroke-width="6" aria-hidden="true">\n'
    for area in areas:
        (left, top), one = area.outline.anchor, area.outline
        if _dotted(area) and (left - one.x) ** 2 + (top - one.y) ** 2 > (DOT_RADIUS * 0.7) ** 2:
            yield f'<path d="M{left},{top}L{one.x},{one.y}"/><circle cx="{left}" cy="{top}" r="11"/>\n'
    yield "</g>\n"


def _dots(areas: Sequence[Drawn], words: Sequence[str], colours: Mapping[str, str]) -> Iterator[str]:
    for rating, of in _groups([area for area in areas if _dotted(area)], words):
        label = escape(f"{rating or NOT_RATED}, small countries", quote=True)
        fill, radius = _fill(rating, colours), UNRATED_DOT if rating is None else DOT_RADIUS
        yield f'<g role="list" aria-label="{label}" stroke="{BLACK}" stroke-width="7" fill="{fill}">\n'
        for area in of:
            yield _item("circle", f'cx="{area.outline.x}" cy="{area.outline.y}" r="{radius}"', area)
        yield "</g>\n"
        if rating is not None:
            yield f'<g font-size="88" font-weight="bold" text-anchor="middle" fill="{ink(fill)}" '
            yield 'aria-hidden="true" pointer-events="none">\n'
            number = words.index(rating) + 1
            yield from (f'<text x="{area.outline.x}" y="{area.outline.y + 31}">{number}</text>\n' for area in of)
            yield "</g>\n"


def _legend(content: dict[str, Any], words: Sequence[str], colours: Mapping[str, str]) -> Iterator[str]:
    """Colour, number, word and count of each rating, and the hatch."""
    top, step = HEIGHT - FOOT + 16, (WIDTH - 48) / (len(words) + 1)
    yield '<g font-size="17" aria-hidden="true">\n'
    for number, part in enumerate(content["ratings"]):
        x, rating = 24 + number * step, part["rating"]
        fill = "url(#unrated-small)" if rating is None else colours[rating]
        yield f'<rect x="{x:.0f}" y="{top}" width="34" height="24" fill="{fill}" stroke="{DARK_EDGE}"/>'
        if rating is not None:
            middle = f'x="{x + 17:.0f}" y="{top + 18}" text-anchor="middle" font-weight="bold"'
            yield f'<text {middle} fill="{ink(fill)}">{number + 1}</text>'
        said = f"{rating or NOT_RATED}: {part['count']}{'' if rating else ', and all others'}"
        yield f'<text x="{x + 42:.0f}" y="{top + 18}">{escape(said)}</text>\n'
    yield "</g>\n"


def _notes(content: dict[str, Any]) -> Iterator[str]:
    lines = (content["from"], f"Map: {SOURCE}; Equal Earth, areas are true.", BOUNDARIES)
    yield f'<g font-size="13" fill="{BLACK}">\n'
    for number, line in enumerate(lines):
        yield f'<text x="24" y="{HEIGHT - FOOT + 70 + 20 * number}">{escape(line)}</text>\n'
    yield "</g>\n"
