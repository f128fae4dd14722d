"""The one reader of CSV: rows, lines and bytes of sound tables, and what is wrong with others; polars reads the same."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ratingengine.bulk.files import scanned
from ratingengine.bulk.layout import ROW
from ratingengine.errors import InvalidInput
from ratingengine.files import csv_table
from ratingengine.files.csv_table import CsvRow, open_csv

HEAD = "iso3,year,note\n"


def made(folder: Path, content: str | bytes) -> Path:
    path = folder / "t.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def read(path: Path) -> tuple[tuple[str, ...], list[CsvRow]]:
    """Headings and rows. Raises InvalidInput with all that is wrong."""
    with open_csv(path, path.name) as table:
        rows = list(table.rows)
        if table.problems:
            raise InvalidInput(table.problems)
        return table.headings, rows


def refused(path: Path) -> list[str]:
    with pytest.raises(InvalidInput) as caught:
        read(path)
    return [f"{one.place.line}:{one.place.column} {one.code} {one.message}" for one in caught.value.problems if one.place]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_rows_stand_where_they_stand_and_space_around_cells_means_nothing(tmp_path: Path, end: str, mark: str) -> None:
    text = f'{mark}{HEAD}\n KAZ ,2020,"two\nlines"\n,,\n  \nCHL,2021 , ж"'.replace('ж"', "ж").replace("\n", end)
    headings, rows = read(made(tmp_path, text))
    assert headings == ("iso3", "year", "note")
    assert [(row.line, row.cells) for row in rows] == [(3, ["KAZ", "2020", f"two{end}lines"]), (7, ["CHL", "2021", "ж"])]
    content = text.encode()
    assert [content[row.begin : row.end].decode().strip() for row in rows] == [
        f'KAZ ,2020,"two{end}lines"', "CHL,2021 , ж"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('KAZ,2020,"a\nKAZ,2021,b\n', "2:1 I330 a quotation is not closed, or goes on after it is: unexpected end of data"),
        ('"KAZ,2020,a\n', "2:1 I330 a quotation is not closed, or goes on after it is: unexpected end of data"),
        ('KAZ,2020,"a"b\n', "2:1 I330 a quotation is not closed, or goes on after it is: ',' expected after '\"'"),
        ('KAZ,2020,5" wide\n', "2:1 I330 a quotation mark in the middle of a cell"),
        ('KAZ,2020, "a"\n', "2:1 I330 a quotation mark in the middle of a cell"),
        ("KAZ,2020,a\x1bb\n", "2:11 F104 not a text file: it has the control character U+001B"),
        ("KAZ,2020,a\0b\n", "2:11 F104 not a text file: it has the control character U+0000"),
        ("KAZ,2020\nKAZ,2021,a,b\n", "2:1 I330 the row has 2 cells, the heading 3"),
    ],
)
def test_what_is_no_row_is_refused_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    path = made(tmp_path, HEAD + text)
    assert refused(path)[0] == said
    with pytest.raises(InvalidInput) as caught:
        scanned(path)
    assert caught.value.problems[0].message == said.split(" ", 2)[2]


def test_a_heading_stands_once_even_with_space_around_it(tmp_path: Path) -> None:
    path = made(tmp_path, "iso3,year,iso3 \nKAZ,2020,FIN\n")
    assert refused(path) == ["1:11 F112 the column 'iso3' stands twice"]
    with pytest.raises(InvalidInput, match="the column 'iso3' stands twice"):
        scanned(path)


def test_bytes_that_are_no_utf_8_are_told_with_their_place(tmp_path: Path) -> None:
    assert refused(made(tmp_path, f"{HEAD}KAZ,2020,a\nCIV,2020,Côte\n".encode("latin-1"))) == [
        "3:11 F103 not UTF-8 text: byte 0xf4"
    ]
    assert refused(made(tmp_path, HEAD.encode("utf-16"))) == ["1:1 F103 not UTF-8 text: it looks like UTF-16"]


@pytest.mark.parametrize("content", ["x" * 200_000, '"' + "x,\n" * 100_000, "\x00" * 200_000])
def test_a_row_without_an_end_is_refused_before_it_is_held(tmp_path: Path, content: str) -> None:
    path = made(tmp_path, HEAD + content)
    with path.open("a", encoding="utf-8") as file:
        file.truncate(4 << 30)  # a sparse file: nothing may read it to its end
    (said,) = refused(path)
    assert said == "2:1 F102 the row that begins here has more than 131,072 characters"
    with pytest.raises(InvalidInput, match="has more than 131,072 characters"):
        scanned(path)


def test_columns_are_bounded(tmp_path: Path) -> None:
    path = made(tmp_path, ",".join(f"c{n}" for n in range(16_385)) + "\n")
    assert refused(path) == ["1:1 F102 more than 16,384 columns"]


def test_of_endless_uneven_rows_the_first_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_table, "MOST_PROBLEMS", 2)
    said = refused(made(tmp_path, HEAD + "KAZ\n" * 9))
    assert [line.split(" ")[0] for line in said] == ["2:1", "3:1", "4:1"]
    assert "the rest was not looked at" in said[-1]


def test_a_folder_or_a_missing_file_is_told(tmp_path: Path) -> None:
    assert refused(tmp_path) == ["1:1 F101 is a directory, not a file"]
    assert refused(tmp_path / "none.csv")[0].startswith("1:1 F101 cannot read the file: ")


CELL = st.text('aé" ,\n\r\t\x00\u2028\xa0', max_size=3)
LINE = st.text('ab", \n\r\té\u2028\xa0\x1f', max_size=8)


def by_polars(path: Path) -> object:
    """What batch finds in a file: columns, and the lines of rows with their cells; or that it is refused."""
    try:
        frame = scanned(path).collect()
    except InvalidInput as invalid:
        return {problem.code for problem in invalid.problems}
    names = [name for name in frame.columns if name != ROW]
    rows = [(row[ROW] + 2, [row[name] or "" for name in names]) for row in frame.rows(named=True)]
    return names, rows


def by_reader(path: Path) -> object:
    """What one rating finds in it."""
    try:
        headings, rows = read(path)
    except InvalidInput as invalid:
        return {problem.code for problem in invalid.problems}
    return (list(headings), [(row.line, row.cells) for row in rows]) if headings else {"B506"}


@given(
    rows=st.lists(st.tuples(CELL, CELL, CELL), max_size=5),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    mark=st.sampled_from(["", "\ufeff"]),
)
def test_polars_finds_what_the_reader_finds_in_written_tables(
    rows: list[tuple[str, ...]], end: str, mark: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = io.StringIO(newline="")
    file.write(mark)
    writer = csv.writer(file, lineterminator=end)
    writer.writerows([("a", "b", "c"), *rows])
    path = made(tmp_path_factory.mktemp("made"), file.getvalue())
    assert by_polars(path) == by_reader(path)


@given(
    lines=st.lists(LINE, max_size=6),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    head=st.sampled_from(["a,b\n", "a\n", "", "\n", " a , b\n", "a,b,a\n"]),
)
@example(lines=['a,"b', 'c",d'], end="\n", head="a,b\n")
@example(lines=["a,b", "", "c,d"], end="\n", head="a,b\n")
@example(lines=["a ,b", " ", ",", "c,d"], end="\n", head="a,b\n")
def test_polars_finds_what_the_reader_finds_in_any_text(
    lines: list[str], end: str, head: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = made(tmp_path_factory.mktemp("made"), head + end.join(lines))
    assert by_polars(path) == by_reader(path)
