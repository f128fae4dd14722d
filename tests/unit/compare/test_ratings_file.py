"""Tables of ratings are read strictly, and say the same as CSV and as Parquet."""

from __future__ import annotations

import builtins
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from assets.toy import island, loaded

from ratingengine.compare.changes.changing import changes_in
from ratingengine.compare.grounds import grounds_of
from ratingengine.compare.ratings_file import RatingsTable, read_ratings
from ratingengine.engine.years import years_of
from ratingengine.errors import InvalidInput, NotFound
from ratingengine.model.window import last_day

TABLE = Path(__file__).parents[2] / "assets/tables/ratings.csv"
METHOD = loaded().method


def read(tmp_path: Path, *lines: str) -> RatingsTable:
    path = tmp_path / "ratings.csv"
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return read_ratings(path, METHOD)


def refused(tmp_path: Path, *lines: str) -> str:
    with pytest.raises(InvalidInput) as refusal:
        read(tmp_path, *lines)
    return str(refusal.value)


def test_every_column_that_is_known_is_read_and_others_are_passed_over() -> None:
    table = read_ratings(TABLE, METHOD)
    found = {(row.country.iso3, row.as_of.year): row for row in table.rows}
    assert len(found) == 10
    fall = found["BVT", 2002]
    assert (fall.rating, fall.assessed, fall.status) == ("obstructed", "closed", "determined")
    assert (fall.watchlist, fall.population) == (True, 0)
    assert fall.levels == {"peaceful_assembly": "closed", "expression": "repressed"}
    assert found["HMD", 2002].rating is None
    assert found["HMD", 2002].population is None
    assert found["SGS", 2003].watchlist is None
    assert found["TKL", 2003].watchlist is False
    assert table.years() == (2001, 2004)
    assert [row.country.iso3 for row in table.on(date(2002, 12, 31))] == ["BVT", "HMD"]


def test_country_year_and_rating_suffice_and_the_population_is_then_that_of_the_country_table(tmp_path: Path) -> None:
    (row,) = read(tmp_path, "iso3,year,rating", "KAZ,2022,repressed").rows
    assert (row.as_of, row.rating, row.assessed, row.levels, row.watchlist) == (date(2022, 12, 31), "repressed", None, {}, None)
    assert row.population == row.country.population


def test_a_row_of_another_day_is_of_that_day(tmp_path: Path) -> None:
    table = read(tmp_path, "iso3,year,rating,on", "KAZ,2022,repressed,2022-03-15", "KGZ,2022,open,")
    assert [str(row.as_of) for row in table.rows] == ["2022-03-15", "2022-12-31"]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (("iso3,year,rating", "KAZ,2022,bad"), "ratings.csv:2:10: F117 rating of another scale: 'bad'"),
        (("iso3,year,rating,assessed", "KAZ,2022,open,Open"), ":2:15: F117 assessed of another scale: 'Open'"),
        (("iso3,year,rating,on", "KAZ,2022,open,2021-12-31"), "F116 not a day of the row's year: '2021-12-31'"),
        (("iso3,year,rating,on", "KAZ,2022,open,20220315"), "F116 not a day of the row's year: '20220315'"),
        (("iso3,year,rating,on", "KAZ,2022,open,soon"), "F116 not a day of the row's year: 'soon'"),
        (("iso3,year,rating,watchlist", "KAZ,2022,open,maybe"), "F117 neither on nor off: 'maybe'"),
        (("iso3,year,rating,population", "KAZ,2022,open,2e7"), "F116 not a number of people: '2e7'"),
        (("iso3,year,rating,population", "KAZ,2022,open,-1"), "F116 not a number of people: '-1'"),
        (("iso3,year", "KAZ,2022"), "F114 there is no column 'rating'"),
        (("iso3,year,rating,asessed", "KAZ,2022,open,open"), "F111 unknown column 'asessed'"),
        (("iso3,year,rating", "Kazakhstan,2022,open"), "I313"),
        (("iso3,year,rating", "KAZ,2022,open", "KAZ,2022,open"), "I331"),
        (("iso3,year,rating", "KAZ,2022"), "I330"),
    ],
)
def test_what_is_wrong_is_told_with_its_place_and_what_to_write(tmp_path: Path, lines: tuple[str, ...], said: str) -> None:
    assert said in refused(tmp_path, *lines)


def test_all_problems_of_a_table_are_told_at_once(tmp_path: Path) -> None:
    said = refused(tmp_path, "iso3,year,rating,watchlist", "KAZ,2022,bad,maybe", "KGZ,2022,worse,no")
    assert said.count("F117") == 3


def test_a_table_that_is_not_there_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no such table of ratings"):
        read_ratings(tmp_path / "none.csv", METHOD)


def parquet(tmp_path: Path, **columns: list[Any]) -> Path:
    polars = pytest.importorskip("polars")
    path = tmp_path / "ratings.parquet"
    polars.DataFrame(columns).write_parquet(path)
    return path


def test_parquet_says_what_csv_says(tmp_path: Path) -> None:
    polars = pytest.importorskip("polars")
    path = tmp_path / "ratings.parquet"
    polars.read_csv(TABLE).write_parquet(path)
    assert read_ratings(path, METHOD).rows == read_ratings(TABLE, METHOD).rows
    assert {row.as_of.year for row in read_ratings(path, METHOD, (2002, 2003)).rows} == {2002, 2003}


def test_a_wrong_row_of_parquet_is_told_by_its_number(tmp_path: Path) -> None:
    path = parquet(tmp_path, iso3=["KAZ", "KGZ"], year=[2022, 2022], rating=["open", "fine"], watchlist=[True, None])
    with pytest.raises(InvalidInput, match=r"ratings\.parquet:3:10: F117 rating of another scale: 'fine'"):
        read_ratings(path, METHOD, (2022, 2022))


def test_what_is_no_parquet_is_refused(tmp_path: Path) -> None:
    pytest.importorskip("polars")
    path = tmp_path / "ratings.parquet"
    path.write_text("iso3,year,rating\n", "utf-8")
    with pytest.raises(InvalidInput, match="F101 not a Parquet file"):
        read_ratings(path, METHOD)


def test_without_polars_it_is_said_how_to_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "ratings.parquet"
    path.touch()
    real = builtins.__import__

    def absent(name: str, *rest: Any) -> Any:
        if name == "polars":
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", absent)
    with pytest.raises(NotFound, match=r"needs polars; write the table as .csv, or install it with: .*pip install .*polars"):
        read_ratings(path, METHOD)


def explained(tmp_path: Path) -> Path:
    """The island's answers as `rate batch --explain` writes them."""
    programs = METHOD.programs
    rules = sorted(rule.id for program in programs.values() for rule in program.rules)
    answers = years_of(loaded(), island(), last_day(2005))
    held = [{step.rule for profile in answer.profiles.values() for step in profile.steps} for answer in answers]
    lines = [f"iso3,year,rating,profile,{','.join(rules)}"]
    for answer, steps in zip(answers, held, strict=True):
        cells = ",".join(str(rule in steps).lower() for rule in rules)
        lines.append(f"BVT,{answer.as_of.year},{answer.rating},{answer.profile},{cells}")
    path = tmp_path / "explained.csv"
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return path


def test_an_explained_table_has_the_grounds_of_the_answers(tmp_path: Path) -> None:
    table = read_ratings(explained(tmp_path), METHOD)
    answers = {answer.as_of: answer for answer in years_of(loaded(), island(), last_day(2005))}
    for row in table.rows:
        answer = answers[row.as_of]
        assert row.grounds == grounds_of(answer)
        assert row.grounds.deciding == answer.chosen.deciding
        assert row.grounds.levels == {facet.facet: facet.deciding for facet in answer.chosen.facets}
    assert {row.as_of.year: row.grounds.gates for row in table.rows if row.grounds}[2005] == ("INV-040",)
    changes = {one.year: one for one in changes_in(table.rows, METHOD.scale.words)}
    assert (changes[2003].deciding, changes[2005].gates) == (("INV-031",), ("INV-040",))


def test_an_explained_table_in_parquet_says_the_same(tmp_path: Path) -> None:
    polars = pytest.importorskip("polars")
    path = explained(tmp_path)
    polars.read_csv(path).write_parquet(path.with_suffix(".parquet"))
    assert read_ratings(path.with_suffix(".parquet"), METHOD).rows == read_ratings(path, METHOD).rows


def test_without_a_column_for_every_rule_no_grounds_are_told(tmp_path: Path) -> None:
    path = explained(tmp_path)
    path.write_text(path.read_text("utf-8").replace("INV-040", "INV-040-old"), "utf-8")
    assert {row.grounds for row in read_ratings(path, METHOD).rows} == {None}


def test_the_worst_possible_rating_and_the_profile_are_read(tmp_path: Path) -> None:
    lines = ("KAZ,2021,narrowed,repressed,coded", "KAZ,2022,obstructed,,indices")
    one, other = read(tmp_path, "iso3,year,rating,possible_worst,profile", *lines).rows
    assert (one.possible_worst, one.profile) == ("repressed", "coded")
    assert (other.possible_worst, other.profile) == (None, "indices")
    said = refused(tmp_path, "iso3,year,rating,possible_worst", "KAZ,2022,open,worst")
    assert "F117 possible_worst of another scale: 'worst'" in said
