"""Whether two conditions are the same on every input: by trying every region that their thresholds make, or by z3."""

from __future__ import annotations

from itertools import product
from math import prod

from attrs import frozen

from ratingengine.ruleset.test import solver
from ratingengine.ruleset.test.formula import Formula, Ranges, evaluate, leaves

MOST_POINTS = 4096
"""As many as are tried by hand; beyond, z3 is asked."""

SAME, OTHER, UNKNOWN = "same", "other", "unknown"
ENUMERATION, Z3 = "enumeration", "z3"


@frozen
class Compared:
    """The answer (same, other, unknown), how it was found, and, for `other`, a point at which they differ."""

    answer: str
    by: str
    point: dict[str, int] | None


def compare(first: Formula, second: Formula, ranges: Ranges, use_z3: bool | None = None) -> Compared:
    """Compare two formulas. `use_z3` None: where it is installed; every answer but `unknown` is exact either way."""
    z3 = solver.at_hand() if use_z3 is None else use_z3
    regions = regions_of(first, second, ranges)
    small = prod(map(len, regions.values())) <= MOST_POINTS
    if z3:
        point = solver.differing_point(first, second, ranges)
        if point is not None and small:
            # A point that reads better; whether there is one is for z3 alone to say.
            point = nearest_difference(first, second, regions) or point
        return Compared(SAME if point is None else OTHER, Z3, point)
    if not small:
        return Compared(UNKNOWN, "", None)
    point = nearest_difference(first, second, regions)
    return Compared(SAME if point is None else OTHER, ENUMERATION, point)


def regions_of(first: Formula, second: Formula, ranges: Ranges) -> dict[str, tuple[int, ...]]:
    """One severity of each region between the thresholds on a name, best first: no formula tells two of a region apart."""
    cuts: dict[str, set[int]] = {name: {lowest} for name, (lowest, _) in ranges.items()}
    for leaf in (*leaves(first), *leaves(second)):
        cuts[leaf.name].add(leaf.threshold + 1 if leaf.better else leaf.threshold)
    found = {name: sorted(cut for cut in values if ranges[name][0] <= cut <= ranges[name][1]) for name, values in cuts.items()}
    # The mildest region is told by the value just short of the next, which reads better than the lowest number there is.
    return {name: (values[1] - 1, *values[1:]) if len(values) > 1 else tuple(values) for name, values in found.items()}


def nearest_difference(first: Formula, second: Formula, regions: dict[str, tuple[int, ...]]) -> dict[str, int] | None:
    """The point at which exactly one formula holds with the least that is bad; None where there is none."""
    names = list(regions)
    best: tuple[int, ...] | None = None
    for steps in product(*(range(len(values)) for values in regions.values())):
        if best is not None and sum(steps) >= sum(best):
            continue
        point = {name: regions[name][step] for name, step in zip(names, steps, strict=True)}
        if _holds(first, point) != _holds(second, point):
            best = steps
    return None if best is None else {name: regions[name][step] for name, step in zip(names, best, strict=True)}


def _holds(formula: Formula, point: dict[str, int]) -> bool:
    return evaluate(formula, lambda leaf: leaf.holds(point[leaf.name]))
