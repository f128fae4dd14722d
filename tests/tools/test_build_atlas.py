"""How outlines are chosen, placed and written."""

from __future__ import annotations

import csv
import math

import pytest
from build_atlas import PARTS, SIGN, holds, named, path, placed, projected, unit

from ratingengine.world.atlas.world import COLUMNS, DOT_RADIUS, SIZE
from ratingengine.world.countries import by_iso3

PART = {"iso3": "GUF", "numeric": "250", "name": "", "west": "-55", "south": "1", "east": "-51", "north": "7"}
FRANCE = {"id": "250", "properties": {"name": "France"}}
UNNAMED = {"properties": {"name": "Kosovo"}}


def square(side: float, x: float = 1000, y: float = 1000) -> list[tuple[float, float]]:
    return [(x, y), (x + side, y), (x + side, y + side), (x, y + side)]


def test_the_map_begins_in_the_north_west_and_fills_its_width() -> None:
    assert projected((180, 0))[0] == pytest.approx(SIZE[0])
    assert projected((-180, 0))[0] == pytest.approx(0)
    assert projected((0, 83.7))[1] == pytest.approx(0)
    assert projected((0, -58))[1] < SIZE[1]


def test_a_part_is_what_lies_whole_within_its_box() -> None:
    assert holds(PART, FRANCE, [(-54.0, 2.0), (-52.0, 5.0), (-53.0, 6.0)])
    assert not holds(PART, FRANCE, [(-54.0, 2.0), (2.0, 48.0), (-53.0, 6.0)])
    assert not holds(PART, {**FRANCE, "id": "528"}, [(-54.0, 2.0), (-52.0, 5.0), (-53.0, 6.0)])
    assert named({**PART, "numeric": "", "name": "Kosovo"}, UNNAMED)
    assert not named({**PART, "numeric": "", "name": "Kosovo"}, {**UNNAMED, "id": "688"})


def test_small_units_get_a_dot_and_specks_are_left_out() -> None:
    assert unit("MCO", "Monaco", "", [(square(5),)]).dot
    assert unit("MCO", "Monaco", "", [(square(5),)]).polygons == ()
    large = unit("KAZ", "Kazakhstan", "", [(square(500),), (square(5, 5000),)])
    assert (large.dot, len(large.polygons)) == (False, 1)
    assert large.inner == pytest.approx((1250, 1250), abs=15)


def test_dots_give_way_to_each_other_and_to_larger_signs() -> None:
    where = {"KAZ": square(500), "MCO": square(5, 1250, 1250), "SMR": square(5, 3000, 1000), "GIB": square(5, 3010, 1000)}
    found = {one.iso3: one for one in placed([unit(code, code, "", [(ring,)]) for code, ring in sorted(where.items())])}
    assert found["KAZ"].place == found["KAZ"].inner
    assert math.dist(found["MCO"].place, found["KAZ"].place) >= DOT_RADIUS + SIGN
    assert found["SMR"].place == found["SMR"].inner
    assert math.dist(found["GIB"].place, found["SMR"].place) >= 2 * DOT_RADIUS + 10


def test_paths_are_whole_numbers_and_differences() -> None:
    assert path([[[(10.2, 10.0), (20.0, 9.6), (15.0, 5.0)]]]) == "M10,10l10,0-5-5z"
    assert path([[[(10.0, 10.0), (10.1, 10.2), (10.3, 10.0)]]]) == ""


def test_every_part_is_of_the_country_table_and_of_a_state_in_it() -> None:
    with PARTS.open(encoding="utf-8", newline="") as lines:
        parts = list(csv.DictReader(lines))
    assert parts == sorted(parts, key=lambda part: part["iso3"])
    for part in parts:
        assert by_iso3(part["iso3"]) if part["iso3"] else part["shown"], part
        assert not part["part_of"] or by_iso3(part["part_of"]), part
    assert COLUMNS[0] == "iso3"
