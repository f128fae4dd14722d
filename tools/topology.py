"""TopoJSON to rings, Equal Earth, and the simplification and placing that a small world map needs."""

from __future__ import annotations

import heapq
import itertools
import math
from collections.abc import Iterator, Sequence
from typing import Any

Point = tuple[float, float]
Ring = list[Point]

# Equal Earth: Šavrič, Patterson and Jenny, International Journal of Geographical Information Science 33 (2019).
A = (1.340264, -0.081106, 0.000893, 0.003796)
WIDEST = 2 * math.pi * math.sqrt(3) / 3 / A[0]
"""Half the width of the projected globe, in radii."""


def equal_earth(lon: float, lat: float) -> Point:
    """Project degrees; x to the east, y to the north, in radii of the globe. Areas are true."""
    theta = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(lat)))
    square = theta * theta
    sixth = square**3
    slope = A[0] + 3 * A[1] * square + sixth * (7 * A[2] + 9 * A[3] * square)
    x = 2 * math.sqrt(3) / 3 * math.radians(lon) * math.cos(theta) / slope
    return x, theta * (A[0] + A[1] * square + sixth * (A[2] + A[3] * square))


def arcs(topology: dict[str, Any]) -> list[Ring]:
    """The arcs in degrees, which TopoJSON keeps as differences of whole numbers."""
    (scale_x, scale_y), (left, bottom) = topology["transform"]["scale"], topology["transform"]["translate"]
    found = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * scale_x + left, y * scale_y + bottom))
        found.append(line)
    return found


def polygons(geometry: dict[str, Any], lines: Sequence[Ring]) -> list[list[Ring]]:
    """The polygons of a country, each an outer ring and its holes, cut where they cross the 180th meridian."""
    of = {"Polygon": [geometry["arcs"]], "MultiPolygon": geometry["arcs"]}[geometry["type"]]
    return [part for polygon in of for part in _cut([_joined(ring, lines) for ring in polygon])]


def unwrapped(line: Ring) -> Ring:
    """The longitudes without jumps, beyond 180 degrees where need be."""
    found: Ring = []
    shift = 0.0
    for lon, lat in line:
        while found and lon + shift - found[-1][0] > 180:
            shift -= 360
        while found and lon + shift - found[-1][0] < -180:
            shift += 360
        found.append((lon + shift, lat))
    return found


def _cut(polygon: list[Ring]) -> list[list[Ring]]:
    """A polygon as one or two: west and east of the 180th meridian. Only outer rings cross it."""
    outer = unwrapped(polygon[0])
    lons = [lon for lon, _ in outer]
    if min(lons) >= -180 and max(lons) <= 180:
        return [polygon]
    edge, turn = (180.0, -360.0) if max(lons) > 180 else (-180.0, 360.0)
    within, beyond = _side(outer, edge, 1 if turn < 0 else -1), _side(outer, edge, -1 if turn < 0 else 1)
    parts = [within, [(lon + turn, lat) for lon, lat in beyond]]
    return [[part, *(polygon[1:] if number == 0 else ())] for number, part in enumerate(parts) if len(part) > 2]


def _side(ring: Ring, edge: float, sign: int) -> Ring:
    """The part of a ring on one side of a meridian (Sutherland and Hodgman)."""
    found: Ring = []
    for (lon1, lat1), (lon2, lat2) in zip(ring, (*ring[1:], ring[0]), strict=True):
        inside, next_inside = (lon1 - edge) * sign <= 0, (lon2 - edge) * sign <= 0
        if inside:
            found.append((lon1, lat1))
        if inside != next_inside:
            found.append((edge, lat1 + (lat2 - lat1) * (edge - lon1) / (lon2 - lon1)))
    return found


def _joined(ring: Sequence[int], lines: Sequence[Ring]) -> Ring:
    """One ring from its arcs; a negative number is an arc read backwards."""
    found: Ring = []
    for number in ring:
        line = lines[number] if number >= 0 else lines[~number][::-1]
        found += line if not found else line[1:]
    return found[:-1] if found and found[0] == found[-1] else found


def area(ring: Sequence[Point]) -> float:
    """The area within a ring, whatever way it turns."""
    return abs(_twice(ring)) / 2


def _twice(ring: Sequence[Point]) -> float:
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, (*ring[1:], ring[0]), strict=True))


def kept_points(line: Ring, least: float) -> list[bool]:
    """Which points stay when those are left out that make a triangle of less than `least` with their neighbours (Visvalingam).

    The ends stay, and four points of a closed line.
    """
    before, after = list(range(-1, len(line) - 1)), list(range(1, len(line) + 1))
    kept = [True] * len(line)
    closed = line[0] == line[-1]
    left = len(line)

    def triangle(n: int) -> float:
        (x1, y1), (x2, y2), (x3, y3) = line[before[n]], line[n], line[after[n]]
        return abs((x2 - x1) * (y3 - y1) - (x3 - x1) * (y2 - y1)) / 2

    waiting = [(triangle(n), n) for n in range(1, len(line) - 1)]
    heapq.heapify(waiting)
    while waiting and left > (4 if closed else 2):
        size, n = heapq.heappop(waiting)
        if size >= least:
            break
        if not kept[n] or size != triangle(n):
            continue  # a neighbour went meanwhile, and the point waits with another size
        kept[n], left = False, left - 1
        before[after[n]], after[before[n]] = before[n], after[n]
        for beside in (before[n], after[n]):
            if 0 < beside < len(line) - 1:
                heapq.heappush(waiting, (triangle(beside), beside))
    return kept


def innermost(ring: Sequence[Point]) -> tuple[Point, float]:
    """The point of a ring farthest from its edge, and how far: searched on a grid, then on a finer one around the best."""
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    left, right, bottom, top = min(xs), max(xs), min(ys), max(ys)
    centre = ((left + right) / 2, (bottom + top) / 2)
    best = (centre, -1.0)
    width, height = right - left, top - bottom
    for _ in range(3):
        for point in _grid(centre, width, height):
            depth = _depth(point, ring)
            if depth > best[1]:
                best = (point, depth)
        centre, width, height = best[0], width / 8, height / 8
    return best


def _grid(centre: Point, width: float, height: float, steps: int = 24) -> Iterator[Point]:
    for i in range(steps + 1):
        for j in range(steps + 1):
            yield centre[0] + width * (i / steps - 0.5), centre[1] + height * (j / steps - 0.5)


def _depth(point: Point, ring: Sequence[Point]) -> float:
    """The distance to the edge from within; negative outside."""
    x, y = point
    inside, nearest = False, math.inf
    for (x1, y1), (x2, y2) in zip(ring, (*ring[1:], ring[0]), strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
        dx, dy = x2 - x1, y2 - y1
        length = dx * dx + dy * dy
        along = max(0.0, min(1.0, ((x - x1) * dx + (y - y1) * dy) / length)) if length else 0.0
        nearest = min(nearest, math.hypot(x - x1 - along * dx, y - y1 - along * dy))
    return nearest if inside else -nearest


def spread(anchors: Sequence[Point], fixed: Sequence[Point], apart: float, beside: float) -> list[Point]:
    """For each anchor in turn the nearest place that is `apart` from the others and `beside` from the fixed points."""
    places: list[Point] = []
    for anchor in anchors:
        clear = (
            point
            for point in _around(anchor)
            if all(math.dist(point, other) >= apart for other in places)
            and all(math.dist(point, other) >= beside for other in fixed)
        )
        places.append(next(clear))
    return places


def _around(centre: Point) -> Iterator[Point]:
    """The centre, then points on ever wider circles around it, without end."""
    yield centre
    for turn in itertools.count(1):
        radius, steps = 6.0 * turn, 12 + 6 * turn
        for step in range(steps):
            angle = 2 * math.pi * step / steps
            yield centre[0] + radius * math.cos(angle), centre[1] + radius * math.sin(angle)
