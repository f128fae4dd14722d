"""The steps from Natural Earth's file to the outlines of the map."""

from __future__ import annotations

import math

import pytest
from topology import WIDEST, arcs, area, equal_earth, innermost, kept_points, polygons, spread, unwrapped

SQUARE = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)]


def test_equal_earth_has_the_extent_that_its_authors_give() -> None:
    assert equal_earth(180, 0) == pytest.approx((2.7066299836, 0))
    assert equal_earth(0, 90) == pytest.approx((0, 1.3173627591))
    assert pytest.approx(2.7066299836) == WIDEST
    # The pole is a line 0.59247 as long as the equator (Šavrič, Patterson and Jenny 2019).
    assert equal_earth(180, 90)[0] / WIDEST == pytest.approx(0.59247, abs=1e-4)


@pytest.mark.parametrize("lat", [0, 30, 60, 80])
def test_a_degree_of_the_grid_keeps_its_area(lat: int) -> None:
    drawn = area([equal_earth(lon, at) for lon, at in ((20, lat), (21, lat), (21, lat + 1), (20, lat + 1))])
    true = math.radians(1) * (math.sin(math.radians(lat + 1)) - math.sin(math.radians(lat)))
    assert drawn == pytest.approx(true, rel=1e-3)


def test_arcs_are_differences_of_whole_numbers() -> None:
    topology = {"transform": {"scale": [0.5, 0.25], "translate": [-180, -90]}, "arcs": [[[2, 4], [2, 0], [0, -4]]]}
    assert arcs(topology) == [[(-179.0, -89.0), (-178.0, -89.0), (-178.0, -90.0)]]


def test_a_ring_is_joined_of_arcs_read_forwards_and_backwards() -> None:
    lines = [[(0.0, 0.0), (1.0, 0.0), (1.0, 1.0)], [(0.0, 0.0), (0.0, 1.0), (1.0, 1.0)]]
    assert polygons({"type": "Polygon", "arcs": [[0, ~1]]}, lines) == [[[(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]]]


def test_what_crosses_the_180th_meridian_is_cut_there() -> None:
    lines = [[(170.0, 10.0), (-170.0, 10.0), (-170.0, 20.0), (170.0, 20.0), (170.0, 10.0)]]
    (east,), (west,) = polygons({"type": "MultiPolygon", "arcs": [[[0]]]}, lines)
    assert sorted(east) == [(170, 10), (170, 20), (180, 10), (180, 20)]
    assert sorted(west) == [(-180, 10), (-180, 20), (-170, 10), (-170, 20)]


def test_a_line_is_unwrapped_in_both_directions() -> None:
    assert unwrapped([(179.0, 0.0), (-179.0, 1.0), (178.0, 2.0)]) == [(179.0, 0.0), (181.0, 1.0), (178.0, 2.0)]
    assert unwrapped([(-179.0, 0.0), (179.0, 1.0)]) == [(-179.0, 0.0), (-181.0, 1.0)]


def test_points_of_small_triangles_go_and_the_ends_stay() -> None:
    line = [(0.0, 0.0), (5.0, 0.1), (10.0, 0.0), (10.0, 10.0)]
    assert kept_points(line, 1.0) == [True, False, True, True]
    assert kept_points(line, 1000.0) == [True, False, False, True]
    closed = [*SQUARE, SQUARE[0]]
    assert sum(kept_points(closed, 1e9)) == 4


def test_the_innermost_point_of_a_square_is_its_middle() -> None:
    point, depth = innermost(SQUARE)
    assert point == pytest.approx((5, 5), abs=0.3)
    assert depth == pytest.approx(5, abs=0.3)


def test_dots_give_way_to_those_before_them_and_to_what_is_fixed() -> None:
    first, second, third = spread([(0.0, 0.0), (1.0, 0.0), (100.0, 0.0)], [(100.0, 1.0)], apart=20.0, beside=30.0)
    assert first == (0.0, 0.0)
    assert 20 <= math.dist(first, second) < 27
    assert 30 <= math.dist(third, (100.0, 1.0)) < 37
