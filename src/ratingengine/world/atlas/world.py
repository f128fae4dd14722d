"""The world in Equal Earth: the outline of each country and territory, and where its sign or dot stands.

`world.csv` is written by `tools/build_atlas.py` from world-atlas 2.0.2, which is Natural Earth 4.1 (public domain).
"""

from __future__ import annotations

import csv
from functools import cache
from pkgutil import get_data
from typing import Final

from attrs import frozen

SIZE: Final = (16000, 7350)
"""Width and height in units; ten of them are a pixel of a map shown at its full size."""
DOT_RADIUS: Final = 68
COLUMNS: Final = ("iso3", "name", "part_of", "sign", "x", "y", "anchor_x", "anchor_y", "path")
NOT_DRAWN: Final = (
    "ATA", "XAB", "XCH", "XCR", "XED", "XIK", "XKU", "XNC", "XNI", "XNK", "XPK", "XRO", "XSO", "XTB", "XTR", "XWB", "XWP",
)  # fmt: skip
"""Codes of the country table that have neither an outline nor a dot: Antarctica, which nobody rates, and parts of states."""
SOURCE: Final = "Natural Earth 4.1, public domain, by way of world-atlas 2.0.2 (ISC licence)"
BOUNDARIES: Final = (
    "Boundaries are those of Natural Earth, which shows who controls an area; contested areas without a code are hatched. "
    "They imply no opinion on the status of any territory or on where a border runs."
)


@frozen
class Outline:
    """One area: `path` in SVG's words (empty where it is too small), its sign at `x`, `y`, and the place the sign is of.

    `dot`: too small for a sign of its own within the shape. `part_of` is the state it is drawn with unless it is asked for by
    itself. `iso3` is empty for areas that have no code.
    """

    iso3: str
    name: str
    part_of: str
    dot: bool
    x: int
    y: int
    anchor: tuple[int, int]
    path: str


@cache
def outlines() -> tuple[Outline, ...]:
    """Every area, those without a code first, then by code."""
    content = get_data("ratingengine.world.atlas", "world.csv")
    if content is None:
        msg = "world.csv is missing from the installed package"
        raise FileNotFoundError(msg)
    _heading, *rows = csv.reader(content.decode("utf-8").splitlines())
    return tuple(_outline(row) for row in rows)


def _outline(row: list[str]) -> Outline:
    iso3, name, part_of, sign, x, y, left, top, path = row
    return Outline(iso3, name, part_of, sign == "dot", int(x), int(y), (int(left), int(top)), path)
