"""Answers about several countries, as a researcher asks for them: tables, summaries, maps, and what is refused."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from assets.toy import OPTIONS, POPULATION, RATINGS, TABLES
from e2e.command import rate

pytestmark = pytest.mark.deep

BENCHMARK = Path(__file__).parents[3] / "shared/benchmark/published_ratings.csv"
TABLE = ("--ratings", RATINGS)
BARE = str(TABLES / "bare.csv")


def test_a_comparison_begins_with_what_differs() -> None:
    ran = rate("compare", "kazakhstan", "egypt", "saudi arabia", "--year", "2019")
    ran.answered("Kazakhstan, Egypt and Saudi Arabia compared, 31 December 2019", "The same in all", "RAT-003 Obstructed by two")
    assert ran.out.index("What differs") < ran.out.index("The same in all") < ran.out.index("Decided by")


def test_a_comparison_keeps_the_order_that_was_asked_for() -> None:
    found = rate("compare", "HMD", "BVT", "--year", "2003", "--format", "json", *OPTIONS).json
    assert [one["iso3"] for one in found["countries"]] == ["HMD", "BVT"]
    assert found["countries"][1]["deciding"]["rating"] == ["INV-031"]
    assert found["differs"][0] == {"name": "rating", "said": {"HMD": None, "BVT": "obstructed"}}
    rules = {one["rule"]: one["holds_in"] for one in found["rules"]}
    assert rules["INV-031"] == ["BVT"]


def test_a_comparison_can_be_of_any_day_and_of_what_was_known_then() -> None:
    words = ("compare", "KAZ", "EGY", "--on", "2022-03-15", "--known-at", "2022-03-15")
    rate(*words).answered("compared, 15 March 2022, as known on 15 March 2022")


def test_a_summary_counts_countries_people_and_violations() -> None:
    found = rate("summary", "--year", "2019", "--format", "json").json
    counts = {row["rating"]: row["count"] for row in found["ratings"]}
    assert counts["obstructed"] == 1
    assert sum(counts.values()) == found["countries"] == 11
    asia = next(row for row in found["regions"] if row["region"] == "Central Asia")
    assert (asia["continent"], asia["counts"]["obstructed"], asia["countries"]) == ("Asia", 1, 1)
    assert found["violations"][0]["tag"] == "censorship"
    assert found["population"] == {"from": "the country table (CLDR 47)", "known": 1747735220, "not_known_of": []}


def test_the_populations_of_a_summary_can_be_those_of_a_table_or_a_file() -> None:
    of_table = rate("summary", "--year", "2003", "--format", "json", *TABLE).json
    assert (of_table["population"]["from"], of_table["population"]["known"]) == ("ratings.csv", 2573)
    of_file = rate("summary", "--year", "2003", "--population", POPULATION, "--format", "json", *TABLE).json
    assert of_file["population"] == {"from": "population.csv", "known": 1500, "not_known_of": ["ATA", "PCN", "SGS"]}
    narrowed = next(row for row in of_file["ratings"] if row["rating"] == "narrowed")
    assert (narrowed["people"], narrowed["people_share"]) == (1470, "98.0 %")


@pytest.mark.parametrize("name", ["map.svg", "map.html"])
def test_a_map_is_drawn_into_a_file_and_told_in_words(name: str, tmp_path: Path) -> None:
    ran = rate("map", "--year", "2003", *TABLE, "-o", str(tmp_path / name))
    ran.answered("Ratings, 31 December 2003", f"Written to {name}.", "open: 2", "Heard & McDonald Islands (HMD)", "Natural Earth")
    ran.answered("Not drawn, as the map has no place for them: ATA.")
    drawn = (tmp_path / name).read_text("utf-8")
    assert "Tokelau (TKL): narrowed" in drawn
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_map_goes_to_stdout_where_it_is_asked_to() -> None:
    ran = rate("map", "--year", "2003", *TABLE, "-o", "-")
    ran.answered("<svg ", "Tokelau (TKL): narrowed")
    assert ET.fromstring(ran.out).tag.endswith("svg")  # noqa: S314  # written here


def test_a_map_of_records_hatches_what_is_not_rated(tmp_path: Path) -> None:
    ran = rate("map", "--year", "2019", "-o", str(tmp_path / "m.svg"), "--format", "json")
    ran.answered()
    assert [part["count"] for part in ran.json["ratings"]] == [0, 0, 1, 0, 0, 10]
    assert "Egypt (EGY): not rated, not enough evidence" in (tmp_path / "m.svg").read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("compare", "KAZ", "--year", "2022"), 2, "name two or more different countries"),
        (("compare", "KAZ", "kazakhstan", "--year", "2022"), 2, "name two or more different countries"),
        (("compare", "KAZ", "EGY"), 2, "give --year YEAR"),
        (("compare", "KAZ", "Korea", "--year", "2022"), 3, "may mean any of these"),
        (("compare", "KAZ", "FIN", "--year", "2003", *TABLE), 3, "ratings.csv has no row of Kazakhstan (KAZ) for 2003-12-31"),
        (("compare", "KAZ", "EGY", "--year", "2022", "--format", "xml"), 2, "--format xml"),
        (("summary", "--year", "2010", *TABLE), 3, "ratings.csv has no row for 2010-12-31; its rows are of 2001 to 2004"),
        (("summary", "--year", "2003", "--ratings", ""), 2, "--ratings is empty"),
        (("summary", "--year", "2003", "--ratings", "no.csv"), 3, "no such table of ratings: 'no.csv'"),
        (("summary", "--year", "2003", *TABLE, "--records", "."), 2, "--records goes with records, not with --ratings FILE"),
        (("summary", "--year", "2003", *TABLE, "--known-at", "2003-01-01"), 2, "--known-at goes with records"),
        (("summary", "--year", "2003", *TABLE, "--population", "no.csv"), 3, "no such file of populations: 'no.csv'"),
        (("summary", "--year", "2003", *TABLE, "--population", ""), 2, "--population is empty"),
        (("summary", "--year", "2003", "--ratings", POPULATION), 4, "F114 there is no column 'rating'"),
        (("summary", "--year", "2001", *TABLE, "--population", POPULATION), 3, "has no populations of 2001; it has 2002 to 2003"),
        (("watchlist", "--year", "2003", "--ratings", BARE), 3, "bare.csv has no column 'watchlist'"),
        (("changes", "--from", "2003", "--to", "2001", *TABLE), 2, "--from 2003 is after --to 2001"),
        (("map", "--year", "2003", *TABLE, "-o", "map.png"), 2, "name a file ending in .svg or .html"),
        (("map", "--year", "2003", *TABLE), 2, "--output"),
        (("map", "--year", "2003", *TABLE, "-o", "no/such/map.svg"), 1, "cannot write 'no/such/map.svg'"),
    ],
    ids=lambda value: " ".join(value)[:60] if isinstance(value, tuple) else "",
)
def test_what_has_no_meaning_or_is_not_there_is_refused(words: tuple[str, ...], code: int, said: str, tmp_path: Path) -> None:
    rate(*words, cwd=tmp_path).refused(code, said)


@pytest.mark.skipif(not BENCHMARK.exists(), reason="shared/benchmark does not lie beside the project")
def test_all_published_ratings_are_drawn_and_counted(tmp_path: Path) -> None:
    words = ("--year", "2023", "--ratings", str(BENCHMARK))
    ran = rate("map", *words, "-o", str(tmp_path / "m.svg"), "--format", "json")
    ran.answered()
    asked = {one["iso3"] for part in ran.json["ratings"] for one in part["countries"]}
    svg = ET.fromstring((tmp_path / "m.svg").read_text("utf-8"))  # noqa: S314  # written here
    assert {item.get("data-iso3") for item in svg.iter() if item.get("data-rating")} == asked
    assert ran.json["not_drawn"] == []
    counted = rate("summary", *words, "--format", "json").json
    assert [row["count"] for row in counted["ratings"]] == [part["count"] for part in ran.json["ratings"]]
    moved = rate("changes", "--from", "2020", "--to", "2023", "--ratings", str(BENCHMARK), "--format", "json").json
    assert moved["counts"]["downgrade"] > moved["counts"]["upgrade"] > 0
