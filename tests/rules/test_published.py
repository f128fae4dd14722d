"""The further methods give every outcome that their publishers gave, row by row, from records written of the publishers' data.

Counts are asserted, so that a row that drops out is noticed. Where publishers break their own rule, the rows are named. Numbers
alone are written here, of territories too; the way through the shipped imports is in test_published_imports.py.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import product
from pathlib import Path

from attrs import frozen
from support.published_rows import Row, rows_of, units, write_records

from ratingengine.engine.assess import measured
from ratingengine.engine.chain import chain
from ratingengine.engine.rating import Loaded, load, load_evidence
from ratingengine.model.assessment import BOUNDED, DETERMINED
from ratingengine.model.normal import number_of
from ratingengine.model.value import IndicatorValue
from ratingengine.model.window import last_day

RSF = "data/rsf_press_freedom/rsf_2014_2023.csv"
RSF_WORDS = ("good", "satisfactory", "problematic", "difficult", "very_serious")
RSF_TOLD: Mapping[int, Mapping[tuple[str, ...], int]] = {
    2018: {("good", "satisfactory"): 47},
    2019: {("good", "satisfactory"): 43},
    2021: {("good",): 12, ("problematic",): 59, ("difficult", "very_serious"): 73},
    2022: {("good",): 8, ("very_serious",): 28},
    2023: {("very_serious",): 31, ("difficult",): 42, ("problematic",): 55, ("good", "satisfactory"): 52, ("good",): 8},
}
"""What presentations say: how many of 180 countries are in these situations together (26 and 24 % in 2018 and 2019)."""
FIW_STATUS = {"F": "free", "PF": "partly_free", "NF": "not_free"}
FIW_LONG = {"Free": "free", "Partially Free": "partly_free", "Not Free": "not_free"}
FIW_SINCE_2003 = 4078
FIW_BY_POINTS: Mapping[tuple[str, str, str], int] = {
    ("6", "5", "partly_free"): 122,
    ("5", "6", "partly_free"): 53,
    ("7", "4", "partly_free"): 5,
    ("6", "4", "not_free"): 4,
    ("3", "3", "free"): 4,
    ("3", "2", "partly_free"): 3,
    ("2", "3", "partly_free"): 1,
}
"""Ratings and status of country-years up to 2002 that the mean of the ratings does not explain."""


@frozen
class Given:
    """What a method gives a unit in a year: the published rating, the status, and its measures as they are written."""

    rating: str | None
    status: str
    measures: Mapping[str, str]


def outcomes(
    rules: str, profile: str, rows: Sequence[Row], folder: Path, day: date | None = None, *, engine: str = "reference"
) -> Mapping[tuple[str, int], Given]:
    """Every row rated by the whole chain of its unit, from record files."""
    countries = units(rows)
    write_records(folder, rows, countries)
    loaded = load(rules, [folder], engine, day)
    wanted = {(row.unit, row.year) for row in rows}
    found: dict[tuple[str, int], Given] = {}
    for unit, country in countries.items():
        last = max(year for name, year in wanted if name == unit)
        evidence = load_evidence(loaded, country.iso3)
        for link in chain(loaded.method, profile, evidence, last_day(last), country.population):
            if (unit, link.as_of.year) in wanted:
                word = None if link.published.rating is None else loaded.method.scale.word(link.published.rating)
                assert word == link.assessment.assessed, "a scale without transition publishes what is assessed"
                found[unit, link.as_of.year] = Given(
                    word, link.assessment.status, _measures(loaded, profile, link.assessment.values)
                )
    assert set(found) == wanted
    return found


def _measures(loaded: Loaded, profile: str, values: Mapping[str, IndicatorValue]) -> Mapping[str, str]:
    definitions = loaded.method.compiled.measures[profile]
    found = measured(loaded.method, profile, values)
    return {name: number_of(definitions[name], value.best) for name, value in found.items() if value.known}


def differing(given: Mapping[tuple[str, int], Given], published: Mapping[tuple[str, int], str | None]) -> list[object]:
    """The rows whose rating is another one than was published."""
    assert set(published) <= set(given)
    return [(key, given[key].rating, rating) for key, rating in published.items() if given[key].rating != rating]


def test_civicus_every_published_rating_follows_from_its_score(tmp_path: Path) -> None:
    rows = list(rows_of("benchmark/published_ratings.csv"))
    scored = [row for row in rows if row["score"]]
    published = {(row["iso3"], int(row["year"])): row["rating"] for row in scored}
    given = [Row(row["iso3"], int(row["year"]), {"civicus.score": row["score"]}) for row in scored]
    found = outcomes("civicus-banding", "scores", given, tmp_path)
    assert (len(rows), len(scored), len(published)) == (814, 308, 308)
    assert differing(found, published) == []
    assert {one.status for one in found.values()} == {DETERMINED}


def test_what_the_published_scores_tell_of_the_rounding() -> None:
    """Some lie between two bands, a little above the lower one; none so far above it that halves up and cut off would differ."""
    scores = [Decimal(row["score"]) for row in rows_of("benchmark/published_ratings.csv") if row["score"]]
    between = [score % 20 for score in scores if 0 < score % 20 < 1]
    assert between != []
    assert max(between) < Decimal("0.5")


def rsf_rows() -> list[Row]:
    return [Row(row["country"], int(row["year"]), {"rsf.score": row["score"]}) for row in rows_of(RSF)]


def test_rsf_situations_have_the_counts_that_the_publisher_tells(tmp_path: Path) -> None:
    rows = rsf_rows()
    assert len(rows) == 1800
    old = outcomes("rsf-situations", "scores", [row for row in rows if row.year < 2021], tmp_path / "old", date(2021, 12, 31))
    new = outcomes("rsf-situations", "scores", [row for row in rows if row.year >= 2021], tmp_path / "new")
    assert (len(old), len(new)) == (1440, 360)
    assert {one.status for one in (*old.values(), *new.values())} == {DETERMINED}
    counted = {
        edition: Counter(one.rating for (_, year), one in {**old, **new}.items() if year == edition - 1) for edition in RSF_TOLD
    }
    for edition, told in RSF_TOLD.items():
        assert [(words, sum(counted[edition][word] for word in words)) for words in told] == list(told.items()), edition


def test_rsf_situations_never_go_against_the_rank(tmp_path: Path) -> None:
    """A country that the publisher ranks higher never has the worse situation, in any edition."""
    rows = [row for row in rows_of(RSF) if int(row["edition"]) >= 2022]
    given = [Row(row["country"], int(row["year"]), {"rsf.score": row["score"]}) for row in rows]
    found = outcomes("rsf-situations", "scores", given, tmp_path)
    for year in (2021, 2022):
        ranked = sorted((row for row in rows if int(row["year"]) == year), key=lambda row: int(row["rank"]))
        bands = [RSF_WORDS.index(found[row["country"], year].rating or "") for row in ranked]
        assert bands == sorted(bands)


def test_freedom_house_ratings_and_status_follow_from_the_scores(tmp_path: Path) -> None:
    rows = list(rows_of("data/freedom_house/fiw_subscores_ed2013_2024.csv"))
    given = [
        Row(
            row["Country/Territory"],
            int(row["year"]),
            {"fiw.political_rights_score": row["PR"], "fiw.civil_liberties_score": row["CL"]},
        )
        for row in rows
    ]
    found = outcomes("freedom-house", "scores", given, tmp_path)
    keys = [(row["Country/Territory"], int(row["year"])) for row in rows]
    assert len(rows) == len(set(keys)) == 2515
    assert differing(found, {key: FIW_STATUS[row["Status"]] for key, row in zip(keys, rows, strict=True)}) == []
    for column, name in (("PR rating", "political_rights"), ("CL rating", "civil_liberties")):
        steps = [int(found[key].measures[f"fiw.{name}_steps"]) + 1 for key in keys]
        assert steps == [int(row[column]) for row in rows]


def test_freedom_house_status_follows_from_the_ratings(tmp_path: Path) -> None:
    rows = list(rows_of("data/freedom_house/fiw_status_1972_2023.csv"))
    given = [
        Row(
            row["country"],
            int(row["year"]),
            {"fiw.political_rights_rating": row["political_rights"], "fiw.civil_liberties_rating": row["civil_liberties"]},
        )
        for row in rows
    ]
    found = outcomes("freedom-house", "ratings", given, tmp_path)
    assert len(rows) == len(found) == 9238
    told = {(row["country"], int(row["year"])): FIW_LONG[row["status"]] for row in rows}
    assert differing(found, {key: status for key, status in told.items() if key[1] >= 2003}) == []
    assert sum(key[1] >= 2003 for key in told) == FIW_SINCE_2003
    # Before, the publisher drew the line between two bands by points that it has not published.
    against = [key for key, status in told.items() if found[key].rating != status]
    pairs = {(row["country"], int(row["year"])): (row["political_rights"], row["civil_liberties"]) for row in rows}
    assert Counter((*pairs[key], told[key]) for key in against) == FIW_BY_POINTS


def test_political_terror_without_a_word_on_two_sources_the_mean_stays_open(tmp_path: Path) -> None:
    found = outcomes("political-terror", "scores", [Row("A country", 2020, {"pts.state_department": "3"})], tmp_path)
    assert found["A country", 2020].status == BOUNDED


def test_the_engines_agree_on_every_method(tmp_path: Path) -> None:
    rows = {
        "civicus-banding": [Row("A", year, {"civicus.score": str(year - 1950) + ".5"}) for year in range(1960, 2050, 7)],
        "rsf-situations": [Row("A", year, {"rsf.score": str(year - 1950)}) for year in range(1955, 2050, 5)],
        "freedom-house": [
            Row("A", year, {"fiw.political_rights_score": str(year - 1960), "fiw.civil_liberties_score": str(60 - year + 1960)})
            for year in range(1960, 2000)
        ],
        "political-terror": [
            Row("A", 1960 + number, {"pts.amnesty": one, "pts.state_department": other})
            for number, (one, other) in enumerate(product(("1", "2", "3", "4", "5", "none"), repeat=2))
        ],
    }
    for rules, given in rows.items():
        outcomes(rules, "scores", given, tmp_path / rules, engine="both")
