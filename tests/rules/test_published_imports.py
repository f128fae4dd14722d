"""From the publisher's own file through the shipped import and `rate batch` to what was published: no step is the test's own.

What is expected is computed from the file by plain csv, with names of countries read as `rate COUNTRY` reads them.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from support.published_rows import shared

from ratingengine.cli import run
from ratingengine.world.countries import CountryNotResolved, all_countries, by_iso3, resolve

Key = tuple[str, int]
PARTS = frozenset(country for country in all_countries() if country.kind == "part")


def rated(mapping: str, file: str, rules: str, folder: Path, *more: str) -> Mapping[Key, Mapping[str, str]]:
    """The rows of `rate batch` by country and year; `more` is asked of the import."""
    table, out = folder / f"{mapping}.parquet", folder / "rated.csv"
    assert run(["import", mapping, str(shared(file)), "-o", str(table), *more]) == 0
    assert run(["batch", str(table), "--rules", rules, "-o", str(out)]) == 0
    with out.open(encoding="utf-8", newline="") as rows:
        return {(row["iso3"], int(row["year"])): row for row in csv.DictReader(rows)}


def rows_of(file: str) -> Iterator[dict[str, str]]:
    with shared(file).open(encoding="utf-8-sig", newline="") as rows:
        yield from csv.DictReader(rows)


def code(name: str) -> str | None:
    own = {"Congo": "COG", "Congo (Brazzaville)": "COG", "Congo (Kinshasa)": "COD"}
    if name in own:
        return own[name]
    try:
        return resolve(name).iso3
    except CountryNotResolved:
        return None


def test_civicus_scores_give_the_published_ratings(tmp_path: Path) -> None:
    file = "benchmark/published_ratings.csv"
    found = rated("civicus", file, "civicus-banding", tmp_path, "--rules", "civicus-banding")
    told = {(row["iso3"], int(row["year"])): row["rating"] for row in rows_of(file) if row["score"]}
    assert len(told) == 308
    assert {key: found[key]["rating"] for key in told} == told
    assert {found[key]["status"] for key in told} == {"determined"}


def test_political_terror_gives_the_mean_of_the_scores_that_there_are(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = "data/political_terror_scale/PTS-2024.csv"
    found = rated("pts", file, "political-terror", tmp_path)
    told: dict[Key, str] = {}
    for row in rows_of(file):
        scores = [Decimal(row[column]) for column in ("PTS_A", "PTS_H", "PTS_S") if row[column]]
        mean = (sum(scores, Decimal()) / len(scores)).quantize(Decimal(1), ROUND_HALF_UP) if scores else None
        iso3 = code(row["Country"])
        if iso3 is not None:
            told[iso3, int(row["Year"])] = "" if mean is None else f"level_{mean}"
    assert set(told) == set(found)
    assert [key for key in told if told[key] != found[key]["rating"]] == []
    assert Counter(row["status"] for row in found.values()) == {"determined": 8497, "insufficient": 1099}
    capsys.readouterr()
    for key in (("KAZ", 2022), ("AFG", 1976), ("ISL", 2000), ("FJI", 1987)):
        words = [key[0], "--year", str(key[1]), "--rules", "political-terror", "--records", str(tmp_path / "pts.parquet")]
        assert run(words) == 0
        assert (told[key].upper() or "none given") in capsys.readouterr().out, key


def test_political_terror_means_are_those_of_the_summary_at_hand(tmp_path: Path) -> None:
    """The benchmark has a mean of its own making for each country-year from 2012 on; the level is that of its mean."""
    found = rated("pts", "data/political_terror_scale/PTS-2024.csv", "political-terror", tmp_path, "--from", "2012")
    told = {
        (row["iso3"], int(row["year"])): f"level_{Decimal(row['pts_mean']).quantize(Decimal(1), ROUND_HALF_UP)}"
        for row in rows_of("benchmark/indicators_2012_2025.csv")
        if row["pts_mean"] and (row["iso3"], int(row["year"])) in found
    }
    assert len(told) > 2300
    # The summary has the row of Israel in its borders of before 1967 where there is one, we have the row of Israel.
    assert {key for key in told if told[key] != found[key]["rating"]} <= {("ISR", year) for year in range(2012, 2016)}


@pytest.mark.parametrize(
    "file", ["data/freedom_house/fiw_subscores_ed2013_2024.csv", "data/fiw_workbooks/All_data_FIW_2013-2024.xlsx"]
)
def test_freedom_house_scores_give_the_status(file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = rated("freedom-house", file, "freedom-house", tmp_path)
    words = {"F": "free", "PF": "partly_free", "NF": "not_free"}
    told: dict[Key, str] = {}
    for row in rows_of("data/freedom_house/fiw_subscores_ed2013_2024.csv"):
        iso3 = code(row["Country/Territory"])
        if iso3 is not None:
            told[iso3, int(row["Edition"]) - 1] = words[row["Status"]]
    # Every row of the file has a unit of the table, the 123 of territories that are no state too.
    assert len(told) == 2515
    assert [key for key in told if told[key] != found[key]["rating"]] == []
    assert set(found) == set(told)
    parts = [key for key in told if by_iso3(key[0]) in PARTS]
    assert len(parts) == 123
    capsys.readouterr()
    table = str(tmp_path / "freedom-house.parquet")
    for name, iso3, year in (("Nagorno-Karabakh", "XNK", 2021), ("Тибет", "XTB", 2015), ("north cyprus", "XNC", 2012)):
        assert run([name, "--year", str(year), "--rules", "freedom-house", "--records", table]) == 0
        assert f"({iso3})" in (page := capsys.readouterr().out)
        assert told[iso3, year].upper() in page


SITUATIONS = (
    (85, "good"),
    (75, "satisfactory"),
    (65, "satisfactory"),
    (55, "problematic"),
    (40, "difficult"),
    (0, "very_serious"),
)
NEW = ((85, "good"), (70, "satisfactory"), (55, "problematic"), (40, "difficult"), (0, "very_serious"))
"""The least score of each situation in the editions from 2022 on, as RSF gives them."""


def test_rsf_scores_give_the_situations_of_the_new_method(tmp_path: Path) -> None:
    file = "data/rsf_press_freedom/rsf_2014_2023.csv"
    found = rated("rsf", file, "rsf-situations", tmp_path, "--from", "2021")
    told: dict[Key, str] = {}
    for row in rows_of(file):
        iso3 = {"XKO": "XKX"}.get(row["iso3"], row["iso3"])
        if int(row["edition"]) >= 2022 and by_iso3(iso3) is not None:
            told[iso3, int(row["edition"]) - 1] = next(word for least, word in NEW if Decimal(row["score"]) >= least)
    assert len(told) > 350
    assert [(key, told[key], found[key]["rating"]) for key in told if told[key] != found[key]["rating"]] == []


def test_indices_give_what_the_page_of_results_tells_of_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The whole way of `make results` for the last year of the comparison, against the published ratings of that year."""
    files = {
        "freedom-house": "data/freedom_house/fiw_subscores_ed2013_2024.csv",
        "rsf": "data/rsf_press_freedom/rsf_2014_2023.csv",
        "pts": "data/political_terror_scale/PTS-2024.csv",
        "vdem": "data/vdem_v15_cliar/vdem_v15_cliar_1990_2024.csv.gz",
        "vdem-owid": "data/vdem_v16_owid/vdem_v16_owid_1789_2025.csv.gz",
    }
    words: list[str] = []
    for mapping, file in files.items():
        table = tmp_path / f"{mapping}.parquet"
        assert run(["import", mapping, str(shared(file)), "-o", str(table), "--from", "2019", "--to", "2022"]) == 0
        words.append(str(table))
    out = tmp_path / "rated.csv"
    assert run(["batch", *words, "-o", str(out)]) == 0
    with out.open(encoding="utf-8", newline="") as rows:
        found = {row["iso3"]: row["assessed"] for row in csv.DictReader(rows) if row["year"] == "2022"}
    published = {row["iso3"]: row["rating"] for row in rows_of("benchmark/published_ratings.csv") if row["year"] == "2022"}
    scale = ("open", "narrowed", "obstructed", "repressed", "closed")
    apart = [abs(scale.index(found[key]) - scale.index(word)) for key, word in published.items() if found.get(key)]
    assert len(apart) > 100
    assert max(apart) <= 1
    assert apart.count(0) / len(apart) > 0.7
