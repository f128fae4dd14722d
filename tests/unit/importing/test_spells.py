"""Spells that their publisher counts in a year of its choice: they count in each year that they touch, and once in each."""

from __future__ import annotations

import itertools
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from support.imported import COUNT, COUNTRY, balanced, import_of, mapping_of, totals, written

from ratingengine.importing.dating import Release

SPELLS = """time:
  year: [counted]
  from: [start]
  to: [end]
"""
HEADING = "country,start,end,counted"
WORLD = "covers: {countries: world, from: 2016, to: 2020}\n"


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (["2017-12-30,2018-01-13,2017"], {2017: "1", 2018: "1"}),
        (["2017-12-30,2018-01-13,2018"], {2017: "1", 2018: "1"}),
        (["2017-12-30,2018-01-13,2017", "2017-12-30,2018-01-13,2018"], {2017: "1", 2018: "1"}),
        (["2017-12-30,2018-01-13,2017", "2017-12-30,2018-01-26,2018"], {2017: "1", 2018: "1"}),
        (["2017-12-30,2018-01-13,2017", "2017-12-31,2018-01-13,2017"], {2017: "2", 2018: "2"}),
        (["2017-12-30,2018-01-13,2017", "2017-12-30,2018-01-13,2017", "2017-12-30,,2018"], {2017: "2", 2018: "2"}),
        (["2010-05-01,,2018"], {2016: "1", 2017: "1", 2018: "1"}),
        (["2019-12-01,2023-01-01,2019"], {2019: "1", 2020: "1"}),
        (["2018-02-18,2018-02-12,2018"], {2018: "1"}),
        (["soon,2019-01-01,2018"], {2018: "1"}),
        (["2018-02-18,2018-02-19,2017"], {2017: "1", 2018: "1"}),
    ],
)
def test_it_counts_in_each_year_that_it_touches_and_once_in_each(rows: list[str], found: dict[int, str], tmp_path: Path) -> None:
    mapping = mapping_of(COUNTRY + SPELLS + WORLD + COUNT, tmp_path)
    for ordered in itertools.permutations(rows):
        made = import_of(mapping, written(tmp_path, [HEADING, *(f"Chad,{row}" for row in ordered)]))
        assert {year: text for year, text in totals(made, "TCD").items() if text != "0"} == found
        assert (made.tally.mapped, balanced(made.tally)) == (len(rows), True)


def test_it_says_what_the_publisher_counts_elsewhere_and_is_not_known_before_that(tmp_path: Path) -> None:
    mapping = mapping_of(COUNTRY + SPELLS + "reported:\n  years_after: 1\n" + WORLD + COUNT, tmp_path)
    lines = [HEADING, "Chad,2017-12-30,2018-01-13,2018", "Chad,2017-02-01,2017-02-02,2017"]
    row = import_of(mapping, written(tmp_path, lines)).said["TCD", 2017, "stop.shutdowns"]
    assert (row.value, row.note) == (Decimal(2), "1 of 2 counted by the publisher in another year")
    assert (row.reported, row.locator) == (date(2019, 12, 31), "lines 3, 2")


def test_without_a_last_day_in_the_file_the_year_alone_counts(tmp_path: Path) -> None:
    made = import_of(
        mapping_of(COUNTRY + SPELLS + WORLD + COUNT, tmp_path),
        written(tmp_path, ["country,start,counted", "Chad,2016-12-30,2018"]),
    )
    assert totals(made, "TCD") == {2016: "0", 2017: "0", 2018: "1", 2019: "0", 2020: "0"}


def test_the_years_wanted_keep_spells_that_reach_into_them(tmp_path: Path) -> None:
    mapping = mapping_of(COUNTRY + SPELLS + WORLD + COUNT, tmp_path)
    file = written(tmp_path, [HEADING, "Chad,2017-12-30,2018-01-13,2018", "Chad,2019-01-01,2019-01-02,2019"])
    made = import_of(mapping, file, Release(last=2017))
    assert totals(made, "TCD") == {2016: "0", 2017: "1"}
    assert made.tally.cut == 1


def test_a_spell_of_a_name_that_is_not_recognised_is_doubted_in_all_years_that_it_touches(tmp_path: Path) -> None:
    mapping = mapping_of(COUNTRY + SPELLS + WORLD + COUNT, tmp_path)
    made = import_of(mapping, written(tmp_path, [HEADING, "Atlantis,2017-12-30,2018-01-13,2018", "Chad,2019-01-01,,2019"]))
    assert set(totals(made, "TCD")) == {2016, 2019, 2020}
