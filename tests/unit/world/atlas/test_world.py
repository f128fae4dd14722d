"""The world map's geometry: every country has its place, and no dot hides another."""

from __future__ import annotations

import math
import re
from collections import Counter

import pytest

from ratingengine.world.atlas.world import DOT_RADIUS, NOT_DRAWN, SIZE, Outline, outlines
from ratingengine.world.countries import all_countries

Point = tuple[int, int]
CODED = {one.iso3: one for one in outlines() if one.iso3}
DOTS = [one for one in CODED.values() if one.dot]


def rings(outline: Outline) -> list[list[Point]]:
    found = []
    for start, steps in re.findall(r"M(-?\d+,-?\d+)l([^z]*)z", outline.path):
        x, y = map(int, start.split(","))
        ring = [(x, y)]
        numbers = [int(number) for number in re.findall(r"-?\d+", steps)]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            ring.append((x, y))
        found.append(ring)
    return found


def area(outline: Outline) -> float:
    """The shape's area; holes turn the other way round and count against it."""
    return abs(sum(x1 * y2 - x2 * y1 for r in rings(outline) for (x1, y1), (x2, y2) in zip(r, (*r[1:], r[0]), strict=True))) / 2


def inside(x: int, y: int, ring: list[Point]) -> bool:
    within = False
    for (x1, y1), (x2, y2) in zip(ring, (*ring[1:], ring[0]), strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            within = not within
    return within


def test_every_code_has_one_outline_or_is_said_not_to_be_drawn() -> None:
    codes = Counter(one.iso3 for one in outlines() if one.iso3)
    assert set(codes) | set(NOT_DRAWN) == {country.iso3 for country in all_countries()}
    assert set(codes.values()) == {1}
    assert set(codes).isdisjoint(NOT_DRAWN)


def test_areas_without_a_code_are_those_that_no_code_is_given() -> None:
    assert [one.name for one in outlines() if not one.iso3] == ["Crimea", "Indian Ocean Ter.", "N. Cyprus", "Siachen Glacier"]


def test_a_path_is_written_in_the_few_words_that_this_test_reads() -> None:
    for one in outlines():
        assert re.fullmatch(r"(?:M-?\d+,-?\d+l[-\d, ]+z)*", one.path), one.iso3
        assert one.path or one.dot, one.iso3


def test_shapes_and_signs_lie_on_the_map_and_nothing_crosses_it() -> None:
    for one in outlines():
        for ring in rings(one):
            assert all(0 <= x <= SIZE[0] and 0 <= y <= SIZE[1] for x, y in ring), one.iso3
            # What crosses the 180th meridian is cut there; otherwise it would run from one edge of the map to the other.
            assert max(x for x, _ in ring) - min(x for x, _ in ring) < SIZE[0] / 3, one.iso3
        edge = DOT_RADIUS if one.dot else 0
        assert edge <= one.x <= SIZE[0] - edge, one.iso3
        assert edge <= one.y <= SIZE[1] - edge, one.iso3


def test_dots_neither_overlap_nor_touch() -> None:
    for number, one in enumerate(DOTS):
        for other in DOTS[:number]:
            assert math.dist((one.x, one.y), (other.x, other.y)) > 2 * DOT_RADIUS + 5, (one.iso3, other.iso3)


def test_the_dots_of_states_leave_the_signs_of_larger_countries_free() -> None:
    states = {country.iso3 for country in all_countries() if country.kind != "territory"}
    for dot in (one for one in DOTS if one.iso3 in states):
        for other in (one for one in CODED.values() if not one.dot):
            assert math.dist((dot.x, dot.y), (other.x, other.y)) > DOT_RADIUS + 45, (dot.iso3, other.iso3)


def test_a_dot_stands_where_the_country_is_or_a_line_leads_there() -> None:
    moved = {one.iso3: math.dist((one.x, one.y), one.anchor) for one in DOTS}
    assert max(moved.values()) < 350, max(moved, key=lambda code: moved[code])
    assert sum(distance > 0 for distance in moved.values()) < len(moved) / 2


def test_the_sign_of_a_larger_country_stands_within_its_shape() -> None:
    for one in (one for one in CODED.values() if not one.dot):
        assert any(inside(one.x, one.y, ring) for ring in rings(one)), one.iso3


@pytest.mark.parametrize(
    ("iso3", "square_kilometres"),
    [("KAZ", 2_724_900), ("BRA", 8_515_800), ("GRL", 2_166_100), ("AUS", 7_692_000), ("COD", 2_344_900), ("FIN", 338_500)],
)
def test_areas_are_true(iso3: str, square_kilometres: int) -> None:
    # The globe has 510.1 million; in Equal Earth it fills this many square units of the map.
    globe = 4 * math.pi * (SIZE[0] / (2 * 2.70663)) ** 2
    assert area(CODED[iso3]) / globe * 510_072_000 == pytest.approx(square_kilometres, rel=0.05)


@pytest.mark.parametrize(
    ("part", "whole"), [("GUF", "FRA"), ("PSG", "PSE"), ("ZZB", "TZA"), ("SJM", "NOR"), ("XSL", ""), ("PRI", "")]
)
def test_a_part_names_the_state_that_it_is_drawn_with(part: str, whole: str) -> None:
    assert CODED[part].part_of == whole


@pytest.mark.parametrize(
    ("west", "east"), [("USA", "GBR"), ("KAZ", "CHN"), ("PRT", "ESP"), ("DZA", "LBY"), ("WSM", "FJI"), ("PER", "BRA")]
)
def test_countries_lie_where_they_are(west: str, east: str) -> None:
    assert CODED[west].x < CODED[east].x


def test_small_states_have_a_dot() -> None:
    assert {"MCO", "VAT", "SMR", "LIE", "MLT", "SGP", "NRU", "TUV", "MDV", "BRB", "KNA", "LUX", "XKX"} <= {
        one.iso3 for one in DOTS
    }
    assert {"KAZ", "CHE", "CRI", "EST"}.isdisjoint({one.iso3 for one in DOTS})
