"""The tables that are read: published ratings, our ratings, an index, a list of countries."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from ratingengine.backtest.countries_in import chosen, countries_of
from ratingengine.backtest.given import Given
from ratingengine.backtest.index_file import read_index
from ratingengine.backtest.published import NOT_STATED, Published, between, read_published
from ratingengine.backtest.ratings_file import read_ratings
from ratingengine.backtest.splitting import part_of
from ratingengine.errors import InvalidInput
from ratingengine.model.assessment import BOUNDED, DETERMINED, INSUFFICIENT

WORDS = ("open", "narrowed", "obstructed", "repressed", "closed")
Write = Callable[[str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def file(text: str) -> Path:
        path = tmp_path / "table.csv"
        path.write_bytes(text.encode())
        return path

    return file


def refused(read: Callable[[], object]) -> list[tuple[str, int, int]]:
    """Code, line and column of each problem."""
    with pytest.raises(InvalidInput) as caught:
        read()
    return [(one.code, one.place.line, one.place.column) for one in caught.value.problems if one.place is not None]


def test_published_ratings_are_sorted_and_further_columns_passed_over(write: Write) -> None:
    path = write('\ufeffyear,note,rating,iso3\r\n2022,"a, b",repressed,KAZ\r\n\r\n2021, ,obstructed,KAZ\r\n2020,,open,FIN\r\n')
    assert read_published(path, WORDS) == (
        Published("FIN", 2020, 0, NOT_STATED),
        Published("KAZ", 2021, 2, NOT_STATED),
        Published("KAZ", 2022, 3, NOT_STATED),
    )


def test_how_a_rating_is_known_is_kept_and_years_are_cut(write: Write) -> None:
    rows = read_published(write("iso3,year,rating,status\nKAZ,2021,open,seen\nKAZ,2022,closed,derived\n"), WORDS)
    assert [row.status for row in rows] == ["seen", "derived"]
    assert between(rows, 2022, None) == rows[1:]
    assert between(rows, None, 2021) == rows[:1]
    assert between(rows, None, None) == rows


def test_every_problem_of_a_file_is_told_with_its_place(write: Write) -> None:
    path = write("iso3,year,rating\nkaz,2022,open\nKAZ,22,open\nKAZ,2022,open\nKAZ,2022,open\nKAZ\nFIN,2022,Open\n")
    assert refused(lambda: read_published(path, WORDS)) == [
        ("I313", 2, 1),
        ("F116", 3, 5),
        ("I331", 5, 1),
        ("I330", 6, 1),
        ("F117", 7, 10),
    ]
    assert refused(lambda: read_published(write("iso3,year,rating\nKAZ,2022,Open\nKAZ,2023,free\n"), WORDS)) == [
        ("F117", 2, 10),
        ("F117", 3, 10),
    ]


@pytest.mark.parametrize(("text", "code"), [("", "F105"), ("\n\n", "F105"), ("iso3,year\nKAZ,2022\n", "F114")])
def test_a_file_without_what_is_needed(text: str, code: str, write: Write) -> None:
    assert [found[0] for found in refused(lambda: read_published(write(text), WORDS))] == [code]


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes("iso3,year,rating\n".encode("utf-16"))
    assert [found[0] for found in refused(lambda: read_published(path, WORDS))] == ["F103"]
    assert [found[0] for found in refused(lambda: read_published(tmp_path, WORDS))] == ["F101"]
    assert [found[0] for found in refused(lambda: read_index(tmp_path / "none.csv", "x"))] == ["F101"]


def test_our_ratings_say_as_much_as_the_file_does(write: Write) -> None:
    found = read_ratings(write("iso3,year,rating\nKAZ,2022,repressed\nKAZ,2021,\n"), WORDS)
    assert found == {
        ("KAZ", 2022): Given(3, 3, DETERMINED, 3, 3),
        ("KAZ", 2021): Given(None, None, INSUFFICIENT, 0, 4),
    }


def test_our_ratings_with_all_columns(write: Write) -> None:
    text = "iso3,year,rating,assessed,status,possible_worst,profile\n"
    rows = "KAZ,2022,obstructed,repressed,bounded,closed,coded\nFIN,2022,open,open,,narrowed,indices\nEGY,2022,,,insufficient,,\n"
    found = read_ratings(write(text + rows), WORDS)
    assert found == {
        ("KAZ", 2022): Given(2, 3, BOUNDED, 3, 4, profile="coded"),
        ("FIN", 2022): Given(0, 0, BOUNDED, 0, 1, profile="indices"),
        ("EGY", 2022): Given(None, None, INSUFFICIENT, 0, 4),
    }


def test_our_ratings_of_another_scale_are_refused(write: Write) -> None:
    text = "iso3,year,rating,assessed,status\nKAZ,2022,free,open,sure\nKAZ,2021,open,best,\n"
    assert refused(lambda: read_ratings(write(text), WORDS)) == [("F117", 2, 10), ("F117", 2, 20), ("F117", 3, 15)]


def test_an_index_is_exact_and_may_be_empty(write: Write) -> None:
    text = "iso3,year,score\nKAZ,2022,0.1\nKAZ,2021,\nKAZ,2020,-3\nKAZ,2019,1e-3\n"
    assert read_index(write(text), "score") == {
        ("KAZ", 2022): Fraction(1, 10),
        ("KAZ", 2020): Fraction(-3),
        ("KAZ", 2019): Fraction(1, 1000),
    }


@pytest.mark.parametrize("text", ["nan", "inf", "1_000", "0x10", "1e999999", "--1", "٣", "1,5"])
def test_what_is_no_number_of_an_index_is_refused(text: str, write: Write) -> None:
    path = write(f'iso3,year,score\nKAZ,2022,"{text}"\n')
    assert [found[0] for found in refused(lambda: read_index(path, "score"))] == ["F116"]


def test_countries_of_a_part_or_of_a_file(tmp_path: Path) -> None:
    rows = tuple(Published(iso3, 2020, 0, "seen") for iso3 in ("KAZ", "FIN", "USA"))
    path = tmp_path / "countries.txt"
    path.write_text("# mine\nKAZ\n\n  USA # and this\n", "utf-8")
    assert [row.iso3 for row in chosen(rows, str(path))] == ["KAZ", "USA"]
    assert chosen(rows, None) == rows
    for part in ("development", "held-out"):
        assert chosen(rows, part) == tuple(row for row in rows if part_of(row.iso3) == part)


def test_a_list_of_countries_that_names_none_or_another(tmp_path: Path) -> None:
    path = tmp_path / "countries.txt"
    path.write_text("KAZ\nKZ\nUSA FIN\n", "utf-8")
    assert refused(lambda: countries_of(path)) == [("I313", 2, 1), ("I313", 3, 1)]
    path.write_text("# nothing\n", "utf-8")
    assert refused(lambda: countries_of(path)) == [("F105", 1, 1)]


def test_our_ratings_from_parquet_are_those_from_csv(tmp_path: Path, write: Write) -> None:
    pl = pytest.importorskip("polars")
    path = write("iso3,year,rating,status,more\nKAZ,2022,repressed,bounded,x\nKAZ,2021,,insufficient,y\n")
    pl.read_csv(path).write_parquet(tmp_path / "ours.parquet")
    assert read_ratings(tmp_path / "ours.parquet", WORDS) == read_ratings(path, WORDS)
    (tmp_path / "broken.parquet").write_bytes(b"PAR1 and no more")
    assert [found[0] for found in refused(lambda: read_ratings(tmp_path / "broken.parquet", WORDS))] == ["F101"]
    assert [found[0] for found in refused(lambda: read_ratings(tmp_path / "none.parquet", WORDS))] == ["F101"]
    pl.DataFrame({"iso3": ["KAZ"], "year": [2022], "rating": ["free"]}).write_parquet(tmp_path / "other.parquet")
    assert [found[0] for found in refused(lambda: read_ratings(tmp_path / "other.parquet", WORDS))] == ["F117"]
