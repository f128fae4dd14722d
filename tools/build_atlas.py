"""Write src/ratingengine/world/atlas/world.csv from the npm package world-atlas 2.0.2 (Natural Earth 4.1) and atlas_parts.csv.

Shapes are those of Natural Earth 1:50m in Equal Earth, simplified to what a map of 1600 pixels shows. What the 1:50m file
lacks, or holds as part of a state although ISO 3166 has a code for it (or, of Crimea, although that is contested), comes from
the polygons that atlas_parts.csv names.
A unit too small for a sign within its shape gets a dot, set apart from the others. Run it from the project root:

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python tools/build_atlas.py package

The same package gives the same bytes.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Iterator, Sequence
from itertools import compress, pairwise
from pathlib import Path
from typing import Any

from attrs import evolve, frozen
from topology import WIDEST, Point, Ring, arcs, area, equal_earth, innermost, kept_points, polygons, spread, unwrapped

from ratingengine.world.atlas.world import COLUMNS, DOT_RADIUS, SIZE
from ratingengine.world.countries import all_countries

VERSION = "2.0.2"
PARTS = Path(__file__).with_name("atlas_parts.csv")
OUT = Path("src/ratingengine/world/atlas/world.csv")
NORTH = 83.7
RADIUS = SIZE[0] / (2 * WIDEST)
TOP = RADIUS * equal_earth(0, NORTH)[1]
LEAST_TURN, LEAST_RING = 60.0, 60.0  # square units, of which a pixel of the map has a hundred
LEAST_SHAPE = 3800.0  # where the largest part is smaller, a dot is shown
SIGN = 55.0  # room that the sign of a larger one takes
NOT_DRAWN = {"ATA"}


@frozen
class Unit:
    """What is drawn for one code, or for an area without one: polygons in units of the map, and where its sign stands."""

    iso3: str
    name: str
    part_of: str
    polygons: tuple[tuple[Ring, ...], ...]
    inner: Point
    place: Point
    dot: bool


def projected(point: Point) -> Point:
    """Degrees to units of the map; y to the south."""
    x, y = equal_earth(*point)
    return SIZE[0] / 2 + RADIUS * x, TOP - RADIUS * y


def on_map(line: Ring) -> Ring:
    """A line in degrees in units of the map."""
    return [projected(point) for point in line]


def units(package: Path) -> Iterator[Unit]:
    """Every area of the 1:50m file, and those of atlas_parts.csv."""
    with PARTS.open(encoding="utf-8", newline="") as lines:
        parts = list(csv.DictReader(lines))
    codes = {c.numeric: (c.iso3, c.name_en) for c in all_countries() if c.numeric}
    names = {c.iso3: c.name_en for c in all_countries()}
    worlds = {scale: json.loads((package / f"countries-{scale}.json").read_text("utf-8")) for scale in ("50m", "10m")}
    rings = {scale: arcs(world) for scale, world in worlds.items()}
    coarse = [list(compress(arc, kept_points(on_map(unwrapped(arc)), LEAST_TURN))) for arc in rings["50m"]]
    taken: dict[str, list[tuple[Ring, ...]]] = {called(part): [] for part in parts}
    whole: dict[tuple[str, str], list[tuple[Ring, ...]]] = {}
    for geometry in worlds["50m"]["objects"]["countries"]["geometries"]:
        key = codes.get(geometry.get("id", ""), ("", geometry["properties"]["name"]))
        for polygon in polygons(geometry, coarse):
            own = [called(part) for part in parts if part["scale"] == "50m" and holds(part, geometry, polygon[0])]
            (taken[own[0]] if own else whole.setdefault(key, [])).append(tuple(map(on_map, polygon)))
    for geometry in worlds["10m"]["objects"]["countries"]["geometries"]:
        for part in parts:
            if part["scale"] == "10m" and named(part, geometry):
                found = [p for p in polygons(geometry, rings["10m"]) if holds(part, geometry, p[0])]
                taken[called(part)] += [tuple(map(on_map, polygon)) for polygon in found]
    for (iso3, name), shape in whole.items():
        if iso3 not in NOT_DRAWN:
            yield unit(iso3, name, "", shape)
    for part in parts:
        if not taken[called(part)]:
            raise SystemExit(f"{PARTS.name}: no polygon of {called(part)}")
        yield unit(part["iso3"], part["shown"] or names[part["iso3"]], part["part_of"], taken[called(part)])


def called(part: dict[str, str]) -> str:
    """The code of a part, or the name of an area that has none."""
    return part["iso3"] or part["shown"]


def named(part: dict[str, str], geometry: dict[str, Any]) -> bool:
    """Whether the part is looked for in this area of Natural Earth."""
    same = geometry["properties"]["name"] == part["name"]
    return geometry.get("id") == part["numeric"] if part["numeric"] else same and "id" not in geometry


def holds(part: dict[str, str], geometry: dict[str, Any], ring: Ring) -> bool:
    """Whether a polygon of the area lies within the part's box."""
    west, south, east, north = (float(part[side]) for side in ("west", "south", "east", "north"))
    return named(part, geometry) and all(west <= lon <= east and south <= lat <= north for lon, lat in ring)


def unit(iso3: str, name: str, part_of: str, shape: Sequence[tuple[Ring, ...]]) -> Unit:
    """Its larger polygons, and the innermost point of the largest."""
    largest = max(shape, key=lambda polygon: area(polygon[0]))
    kept = tuple(polygon for polygon in shape if area(polygon[0]) >= LEAST_RING)
    small = area(largest[0]) < LEAST_SHAPE
    inner, _ = innermost(largest[0])
    return Unit(iso3, name, part_of, kept, inner, inner, small)


def placed(found: Sequence[Unit]) -> list[Unit]:
    """The dots set apart: states first, then the territories around them, all clear of the signs of larger units."""
    states = {c.iso3 for c in all_countries() if c.kind not in ("territory", "part")}
    fixed = [one.inner for one in found if not one.dot and one.iso3]
    places: dict[str, Point] = {}
    for group in (states, {c.iso3 for c in all_countries()} - states):
        dots = [one for one in found if one.dot and one.iso3 in group]
        stand = [*fixed, *places.values()]
        apart = 2 * DOT_RADIUS + 10.0
        away = spread([one.inner for one in dots], stand, apart, apart if places else DOT_RADIUS + SIGN)
        places |= {one.iso3: place for one, place in zip(dots, away, strict=True)}
    return [evolve(one, place=places.get(one.iso3, one.place)) for one in found]


def path(polygons_: Sequence[Sequence[Ring]]) -> str:
    """SVG path data in whole units, each point by its difference from the one before."""
    return "".join(_subpath(ring) for polygon in polygons_ for ring in polygon)


def _subpath(ring: Ring) -> str:
    points = [(round(x), round(y)) for x, y in ring]
    points = [point for n, point in enumerate(points) if point != points[n - 1]]
    if len(points) < 3:
        return ""
    steps = (f"{x2 - x1},{y2 - y1}" for (x1, y1), (x2, y2) in pairwise(points))
    return f"M{points[0][0]},{points[0][1]}l{' '.join(steps).replace(',-', '-').replace(' -', '-')}z"


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("package", type=Path, help="folder of the unpacked npm package world-atlas")
    parser.add_argument("-o", "--out", type=Path, default=OUT, help=f"file to write (default: {OUT})")
    args = parser.parse_args()
    if json.loads((args.package / "package.json").read_text("utf-8"))["version"] != VERSION:
        raise SystemExit(f"world-atlas {VERSION} is wanted")
    found = placed(sorted(units(args.package), key=lambda one: (one.iso3, one.name)))
    with args.out.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
        writer.writeheader()
        for one in found:
            (x, y), (left, top) = one.place, one.inner
            sign = "dot" if one.dot else "shape"
            row = (one.iso3, one.name, one.part_of, sign, round(x), round(y), round(left), round(top), path(one.polygons))
            writer.writerow(dict(zip(COLUMNS, row, strict=True)))


if __name__ == "__main__":
    main()
