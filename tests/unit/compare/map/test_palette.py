"""Colours that stay apart for everybody: in greyscale, for colour-blind eyes, and under the numbers written on them."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest

from ratingengine.compare.map.palette import BLACK, DARK_EDGE, HATCH, LAND, WATER, WHITE, contrast, edge, ink, luminance, shades

SEEN = {
    # Machado, Oliveira and Fernandes 2009, severity 1: what is left of linear red, green and blue.
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
    "full sight": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
}
COUNTS = (1, 2, 3, 4, 5, 6, 7)


def lightness(colour: str) -> float:
    """CIE L*."""
    y = luminance(colour)
    return 116 * y ** (1 / 3) - 16 if y > 0.008856 else 903.3 * y


def linear(colour: str) -> list[float]:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def lab(rgb: list[float]) -> tuple[float, float, float]:
    red, green, blue = (max(0.0, min(1.0, part)) for part in rgb)
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089
    fx, fy, fz = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


@pytest.mark.parametrize("count", COUNTS)
def test_every_colour_is_darker_than_the_one_before(count: int) -> None:
    light = [lightness(colour) for colour in shades(count)]
    assert len(light) == count
    assert all(one - other >= 60 / max(count - 1, 4) for one, other in pairwise(light)), light


@pytest.mark.parametrize("sight", SEEN)
def test_the_five_ratings_are_told_apart_by_all_eyes(sight: str) -> None:
    seen = [lab([sum(a * b for a, b in zip(row, linear(c), strict=True)) for row in SEEN[sight]]) for c in shades(5)]
    for number, one in enumerate(seen):
        for other in seen[:number]:
            assert math.dist(one, other) > 12, (sight, number)


@pytest.mark.parametrize("count", COUNTS)
def test_what_is_written_on_a_colour_can_be_read(count: int) -> None:
    assert all(contrast(ink(colour), colour) >= 4.5 for colour in shades(count))


@pytest.mark.parametrize("count", COUNTS)
def test_a_border_is_seen_between_countries_of_one_rating(count: int) -> None:
    assert all(contrast(edge(colour), colour) >= 2 for colour in shades(count))


def test_borders_stand_out_from_water_and_land_and_dots_from_all() -> None:
    assert contrast(DARK_EDGE, WATER) >= 3
    assert contrast(edge(LAND), LAND) >= 3
    assert contrast(HATCH, LAND) >= 2
    assert contrast(BLACK, WATER) >= 3


def test_contrast_is_that_of_wcag() -> None:
    assert contrast(BLACK, WHITE) == pytest.approx(21)
    assert contrast(WHITE, WHITE) == 1
    assert contrast("#777777", WHITE) == pytest.approx(4.48, abs=0.01)
