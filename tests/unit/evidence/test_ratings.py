"""A table of ratings is read alike by what compares countries and by what compares with published ratings."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ratingengine.backtest.ratings_file import read_ratings as for_backtest
from ratingengine.compare.ratings_file import read_ratings as for_comparison
from ratingengine.engine.rating import load
from ratingengine.errors import InvalidInput

METHOD = load(None, (), "reference").method
WORDS = METHOD.scale.words
COLUMNS = ("on", "assessed", "status", "profile", "possible_worst", "watchlist", "population", "previous")
CELLS = {
    "on": ["", "2020-12-31", "2020-03-15", "2021-12-31", "2020-13-01"],
    "status": ["", "determined", "bounded", "insufficient", "known", "seen"],
    "profile": ["", "coded", "indices"],
    "watchlist": ["", "yes", "maybe"],
    "population": ["", "100", "1,5"],
}
RATINGS = st.sampled_from(["", "open", "closed", "opened"])


def said(read: object, path: Path, what: object) -> list[str] | None:
    try:
        read(path, what)  # type: ignore[operator]  # two readers that are called alike
    except InvalidInput as invalid:
        return [f"{problem.place}: {problem}" for problem in invalid.problems]
    return None


@settings(deadline=None)
@given(data=st.data(), columns=st.lists(st.sampled_from(COLUMNS), unique=True))
def test_what_one_refuses_the_other_refuses_in_the_same_words(
    data: st.DataObject, columns: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("made") / "ratings.csv"
    cells = [data.draw(st.sampled_from(CELLS[name]) if name in CELLS else RATINGS) for name in columns]
    row = ["KAZ", "2020", data.draw(RATINGS), *(f'"{cell}"' for cell in cells)]
    path.write_text(",".join(["iso3", "year", "rating", *columns]) + "\n" + ",".join(row) + "\n", "utf-8")
    compared, backtested = said(for_comparison, path, METHOD), said(for_backtest, path, WORDS)
    if compared is None and "on" in columns and cells[columns.index("on")] == "2020-03-15":
        assert backtested is not None
        assert "not the end of a year: '2020-03-15'" in backtested[0]
    else:
        assert [line for line in backtested or () if "not the end of a year" not in line] == (compared or [])


def test_a_year_that_a_batch_rates_is_read(tmp_path: Path) -> None:
    path = tmp_path / "ratings.csv"
    path.write_text("iso3,year,rating\nKAZ,1700,open\nKAZ,2200,closed\n", "utf-8")
    assert for_comparison(path, METHOD).years() == (1700, 2200)
    assert sorted(for_backtest(path, WORDS)) == [("KAZ", 1700), ("KAZ", 2200)]
