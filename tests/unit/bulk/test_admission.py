"""Tables as people write them: what is taken, and what is refused with the place where it stands."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from ratingengine.bulk import rate_frame
from ratingengine.bulk.admission import admitted, duplicates
from ratingengine.bulk.frames import kinds_of, taken
from ratingengine.bulk.layout import Layout, layout_of
from ratingengine.bulk.method import compiled_of
from ratingengine.errors import InvalidInput

CODEBOOK = compiled_of(None).codebook
PTS = compiled_of("political-terror").codebook
KEYS = {"iso3": ["KAZ"], "year": [2022]}
PEOPLE = "assembly.people_imprisoned"
REGIME = "assembly.authorisation_regime"
TORTURE = "association.party_refused"


def taken_in(codebook: Any = CODEBOOK, **cells: Any) -> tuple[dict[str, Any], Layout]:
    frame = pl.DataFrame({**KEYS, **{name: [cell] for name, cell in cells.items()}})
    found = taken(frame, "polars")
    layout = layout_of(kinds_of(found.frame), codebook, "t.csv")
    (row,) = admitted(found.frame, layout, found.dialect, "t.csv").rows(named=True)
    return row, layout


def ends(name: str, codebook: Any = CODEBOOK, **cells: Any) -> tuple[Any, Any]:
    row, layout = taken_in(codebook, **cells)
    held = layout.held[name]
    return row[held.low], row[held.high]


@pytest.mark.parametrize("cell", [7, 7.0, "7", "7.0", True])
def test_a_count_is_taken_from_numbers_and_texts(cell: Any) -> None:
    if cell is True:
        with pytest.raises(InvalidInput, match="is of a type"):
            taken_in(**{PEOPLE: cell})
        return
    assert ends(PEOPLE, **{PEOPLE: cell}) == (7, 7)


@pytest.mark.parametrize(("cell", "place"), [("none", 0), ("authorisation", 3), (2, 2)])
def test_a_category_is_taken_by_its_word_or_place(cell: Any, place: int) -> None:
    assert ends(REGIME, **{REGIME: cell}) == (place, place)


@pytest.mark.parametrize(("cell", "place"), [("yes", 1), ("no", 0), (True, 1), (0, 0)])
def test_yes_and_no_are_taken(cell: Any, place: int) -> None:
    assert [int(end) for end in ends(TORTURE, **{TORTURE: cell})] == [place, place]


@pytest.mark.parametrize("cell", [None, ""])
def test_an_empty_cell_is_nothing(cell: Any) -> None:
    assert ends(PEOPLE, **{PEOPLE: cell}) == (None, None)


def test_a_span_may_be_open_at_one_end() -> None:
    assert ends(PEOPLE, **{f"{PEOPLE}__low": 3}) == (3, None)
    assert ends(PEOPLE, **{f"{PEOPLE}__high": 9}) == (None, 9)
    assert ends(PEOPLE, **{f"{PEOPLE}__low": 3, f"{PEOPLE}__high": 9}) == (3, 9)


def test_a_value_stands_before_its_band() -> None:
    assert ends(PEOPLE, **{PEOPLE: 5, f"{PEOPLE}__low": 3, f"{PEOPLE}__high": 9}) == (5, 5)


@pytest.mark.parametrize(
    ("cells", "wanted"),
    [
        ((5, 3, 9), (5, 5)),
        ((None, 3, 9), (3, 9)),
        ((None, None, 9), (None, 9)),
        ((5, None, 9), (5, 5)),
        ((None, None, None), (None, None)),
    ],
)
def test_each_row_has_its_value_or_else_its_band(cells: tuple[int | None, ...], wanted: tuple[int | None, ...]) -> None:
    names = ("", "__low", "__high")
    kinds = {f"{PEOPLE}{part}": pl.Series([cell], dtype=pl.Int64)[0] for part, cell in zip(names, cells, strict=True)}
    assert ends(PEOPLE, **kinds) == wanted
    # Without the column of the other end, that end is open where there is no value.
    row = {PEOPLE: cells[0], f"{PEOPLE}__low": cells[1]}
    assert ends(PEOPLE, **row) == ((cells[0], cells[0]) if cells[0] is not None else (cells[1], None))


def test_no_value_in_a_word_and_in_a_column_are_both_heard() -> None:
    for word, column in (("", True), ("none", False), ("none", True)):
        row, layout = taken_in(PTS, **{"pts.amnesty": word, "pts.amnesty__none": column})
        assert row[layout.held["pts.amnesty"].none] is True
    with pytest.raises(InvalidInput, match="there is one"):
        taken_in(PTS, **{"pts.amnesty": "none", "pts.amnesty__low": "2"})


@pytest.mark.parametrize(("code", "hint"), [("kaz", "did you mean KAZ?"), ("XXX", "for example KAZ"), ("KZ", "for example KAZ")])
def test_a_code_of_no_country_is_refused_or_taken_knowingly(code: str, hint: str) -> None:
    frame = pl.DataFrame({"iso3": [code], "year": [2022], PEOPLE: [1]})
    with pytest.raises(InvalidInput, match="I313") as refused:
        rate_frame(frame)
    assert hint in str(refused.value)
    assert rate_frame(frame, any_unit=True)["iso3"].to_list() == [code]


@pytest.mark.parametrize(("year", "right"), [(1699, False), (1700, True), (2200, True), (2201, False)])
def test_years_are_those_of_every_reader(year: int, right: bool) -> None:
    frame = pl.DataFrame({"iso3": ["KAZ"], "year": [year]})
    if right:
        assert len(rate_frame(frame)) == 1
    else:
        with pytest.raises(InvalidInput, match=f"'{year}' is no year"):
            rate_frame(frame)


def test_no_value_is_a_word_or_a_column() -> None:
    row, layout = taken_in(PTS, **{"pts.amnesty": "none"})
    assert row[layout.held["pts.amnesty"].none] is True
    row, layout = taken_in(PTS, **{"pts.amnesty__none": True})
    held = layout.held["pts.amnesty"]
    assert (row[held.low], row[held.high], row[held.none]) == (None, None, True)


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"assembly.people_imprisonned": 1}, "did you mean 'assembly.people_imprisoned'?"),
        ({f"{PEOPLE}__none": True}, "always has a value"),
        ({PEOPLE: -1}, "outside the range of assembly.people_imprisoned: '-1'"),
        ({PEOPLE: "seven"}, "not a number for assembly.people_imprisoned: 'seven'"),
        ({PEOPLE: 10**13}, "outside the range"),
        ({PEOPLE: 7.5}, "more digits"),
        ({REGIME: "perhaps"}, "write one of: none, notification"),
        ({REGIME: 4}, "row"),
        ({f"{PEOPLE}__low": 9, f"{PEOPLE}__high": 3}, "is above 'assembly.people_imprisoned__high'"),
    ],
)
def test_what_is_wrong_is_told(cells: dict[str, Any], said: str) -> None:
    if said == "row":
        said = "KAZ 2022, column 'assembly.authorisation_regime': not a value"
    with pytest.raises(InvalidInput) as refused:
        taken_in(**cells)
    assert said in str(refused.value)


def test_a_companion_is_computed_and_not_given() -> None:
    name = next(entry.id for entry in CODEBOOK if entry.id.endswith("_per_million"))
    with pytest.raises(InvalidInput, match="computed from the population"):
        taken_in(**{name: 1})


def test_a_value_where_there_is_none_is_refused() -> None:
    with pytest.raises(InvalidInput, match="says that there is no value, and there is one"):
        taken_in(PTS, **{"pts.amnesty": 3, "pts.amnesty__none": True})


def test_of_many_wrong_cells_the_first_are_shown_and_the_others_counted() -> None:
    frame = pl.DataFrame({"iso3": ["KAZ"] * 30, "year": list(range(1990, 2020)), PEOPLE: [-1] * 30})
    found = taken(frame, "polars")
    with pytest.raises(InvalidInput) as refused:
        admitted(found.frame, layout_of(kinds_of(found.frame), CODEBOOK, "t.csv"), found.dialect, "t.csv")
    assert len(refused.value.problems) == 21
    assert "10 more cells from here on are wrong in the same way" in str(refused.value)


def test_keys_must_be_there() -> None:
    with pytest.raises(InvalidInput) as refused:
        layout_of({"country": "text"}, CODEBOOK, "t.csv")
    assert [problem.message for problem in refused.value.problems] == ["there is no column 'iso3'", "there is no column 'year'"]
    frame = pl.DataFrame({"iso3": ["KAZ", None], "year": [1492, None]})
    found = taken(frame, "polars")
    with pytest.raises(InvalidInput) as refused:
        admitted(found.frame, layout_of(kinds_of(found.frame), CODEBOOK, "t.csv"), found.dialect)
    assert len(refused.value.problems) == 3


def test_a_country_year_stands_once() -> None:
    frame = pl.DataFrame({"iso3": ["KAZ", "KAZ", "FIN"], "year": [2022, 2022, 2022]})
    (problem,) = duplicates(frame, taken(frame, "polars").dialect, "t.csv")
    assert problem.message == "KAZ 2022 stands in 2 rows"
