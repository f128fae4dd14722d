"""Colours of ratings from light (best) to dark (worst), apart in greyscale and for colour-blind eyes, and what is read on them.

The ramp is after YlOrRd of ColorBrewer (Cynthia Brewer), made darker towards the end so that greys stay apart as well.
"""

from __future__ import annotations

from collections.abc import Sequence

RAMP = ((255, 255, 178), (254, 196, 79), (249, 128, 48), (213, 54, 39), (115, 0, 34))
BLACK, WHITE = "#000000", "#ffffff"
LAND, HATCH, WATER = "#f4f4f4", "#a3a3a3", "#fbfcfd"
DARK_EDGE, LIGHT_EDGE = "#4d4d4d", "#d9d9d9"
Colour = tuple[float, float, float]


def shades(count: int) -> tuple[str, ...]:
    """So many colours of the ramp, the lightest first."""
    if count == 1:
        return (_hex(RAMP[0]),)
    return tuple(_hex(_at(number * (len(RAMP) - 1) / (count - 1))) for number in range(count))


def _at(place: float) -> Colour:
    lower = min(int(place), len(RAMP) - 2)
    share = place - lower
    red, green, blue = (a + (b - a) * share for a, b in zip(RAMP[lower], RAMP[lower + 1], strict=True))
    return red, green, blue


def _hex(colour: Sequence[float]) -> str:
    return "#" + "".join(f"{round(part):02x}" for part in colour)


def ink(colour: str) -> str:
    """Black or white, whichever stands out more; on any colour it has a contrast of 4.5 or more."""
    return BLACK if contrast(BLACK, colour) >= contrast(WHITE, colour) else WHITE


def edge(colour: str) -> str:
    """The colour of a border on that colour: one that is seen between two countries of the same rating."""
    return max((DARK_EDGE, LIGHT_EDGE), key=lambda one: contrast(one, colour))


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG 2.2 defines it, 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it, 0 to 1."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
