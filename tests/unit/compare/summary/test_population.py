"""Populations of a file are used as they stand; nothing is carried over from another year."""

from __future__ import annotations

from pathlib import Path

import pytest
from assets.toy import island

from ratingengine.compare.standing import Standing
from ratingengine.compare.summary.population import peopled, read_population
from ratingengine.errors import InvalidInput, NotFound
from ratingengine.model.window import last_day

FILE = Path(__file__).parents[3] / "assets/tables/population.csv"


def test_the_numbers_are_those_of_the_year() -> None:
    assert read_population(FILE, 2003) == {"BVT": 10, "HMD": 20, "TKL": 1470}
    assert read_population(FILE, 2002) == {"PCN": 47}


def test_a_year_that_the_file_lacks_is_not_found() -> None:
    with pytest.raises(NotFound, match="has no populations of 2004; it has 2002 to 2003"):
        read_population(FILE, 2004)
    with pytest.raises(NotFound, match="no such file of populations"):
        read_population(FILE.with_name("none.csv"), 2003)


@pytest.mark.parametrize(
    ("text", "said"), [("1,000", "I330"), ("many", "not a number of people: 'many'"), ("", "no number of people")]
)
def test_what_is_no_number_of_people_is_refused(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "population.csv"
    path.write_text(f"iso3,year,population\nKAZ,2003,{text}\n", "utf-8")
    with pytest.raises(InvalidInput, match=said):
        read_population(path, 2003)


def test_a_country_that_the_file_lacks_has_no_population() -> None:
    found = tuple(Standing(island(code), last_day(2003), "open", population=5) for code in ("BVT", "PCN"))
    assert [one.population for one in peopled(found, {"BVT": 10})] == [10, None]
