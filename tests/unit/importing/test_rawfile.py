"""Files as publishers shape them: text files, sheets with titles above, and sheets of blocks."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
import xlsxwriter
from support.imported import COUNTRY, YEAR, import_of, mapping_of, shipped_mapping, written

from ratingengine.errors import InvalidInput, NotFound
from ratingengine.importing.rawfile import open_raw

INDICATORS = "indicators:\n  - {indicator: vdem.v2x_civlib, columns: [lib]}\n"


def workbook(path: Path, rows: list[list[object]], sheet: str = "FIW06-24") -> Path:
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet("About").write(0, 0, "An invented preface")
    page = book.add_worksheet(sheet)
    for at, row in enumerate(rows):
        page.write_row(at, 0, row)
    book.close()
    return path


def refused(text: str, file: Path, folder: Path) -> str:
    with pytest.raises(InvalidInput) as caught:
        import_of(mapping_of(text, folder), file)
    return str(caught.value)


def test_a_line_is_counted_as_in_an_editor_though_cells_have_lines(tmp_path: Path) -> None:
    file = written(tmp_path, ["country,year,note,lib", 'Chad,2020,"two', 'lines",0.1', "Togo,2020,,0.2"])
    made = import_of(mapping_of(COUNTRY + YEAR + INDICATORS, tmp_path), file)
    assert [row.locator for row in made.rows] == ["line 2, column lib", "line 4, column lib"]


def test_a_packed_file_with_a_mark_other_signs_and_separators(tmp_path: Path) -> None:
    path = tmp_path / "made.csv.gz"
    path.write_bytes(gzip.compress("\ufeffcountry;year;lib\nChad;2020;0,5\n".encode()))
    text = "file:\n  separator: ;\n  decimal: ','\n" + COUNTRY + YEAR + INDICATORS
    assert import_of(mapping_of(text, tmp_path), path).value("TCD", 2020, "vdem.v2x_civlib") == "0.500"


def test_the_index_of_press_freedom_in_the_form_of_its_publisher_and_in_another(tmp_path: Path) -> None:
    own = [
        '"ISO";"Score";"Rank";"Political Context";"Country_EN";"Zone";"Year (N)"',
        'NOR;91,89;1;94,89;Norway;"UE, Balkans";2024',
    ]
    other = ["iso3,country,edition,score,political_context", "NOR,Norway,2024,91.89,94.89"]
    made = [import_of(shipped_mapping("rsf"), written(tmp_path, lines)) for lines in (own, other)]
    for one in made:
        assert one.value("NOR", 2023, "rsf.score") == "91.89"
        assert one.value("NOR", 2023, "rsf.political_context") == "94.89"
        assert one.tally.refused_values == 0


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["nation;year"], "the first row is: nation;year"),
        (["country,year,lib", "Chad,2020,0;5"], "not a number"),
        ([""], "the file is empty"),
    ],
)
def test_a_file_in_none_of_the_forms_is_told_of_as_in_the_first(lines: list[str], said: str, tmp_path: Path) -> None:
    text = "file:\n  or: [{separator: ;, decimal: ','}, {separator: tab}]\n" + COUNTRY + YEAR + INDICATORS
    file = written(tmp_path, lines)
    if said == "not a number":
        assert [one.reason for one in import_of(mapping_of(text, tmp_path), file).tally.refusals] == [said]
    else:
        assert said in refused(text, file, tmp_path)
    tabbed = written(tmp_path, ["country\tyear\tlib", "Chad\t2020\t0.5"], "tabbed.csv")
    assert import_of(mapping_of(text, tmp_path), tabbed).value("TCD", 2020, "vdem.v2x_civlib") == "0.500"


def test_a_sheet_may_have_titles_above_its_headings(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Freedom in the World"],
        [],
        ["Country/Territory", "Edition", "D1", "Status"],
        ["Chad", 2021, 1, "NF"],
    ]
    made = import_of(shipped_mapping("freedom-house"), workbook(tmp_path / "fiw.xlsx", rows))
    assert made.value("TCD", 2020, "fiw.d1") == "1.00"
    assert made.said["TCD", 2020, "fiw.status"].locator == "row 4, column Status"


def test_a_sheet_of_blocks_is_one_row_a_country_and_edition(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Survey Edition", 1973, "", "", "1983-84", "", "", 2024, "", ""],
        ["Year(s) Under Review", 1972, "", "", "Aug.1982-Nov.1983", "", "", 2023, "", ""],
        ["", *["PR", "CL", "Status"] * 3],
        ["Chad", 6, 7, "NF", 7, 6, "NF", "6", 6, "NF"],
        ["Somaliland", "-", "-", "-", "-", "-", "-", 4, 5, "PF"],
        ["Yugoslavia", 6, 6, "NF", 6, 5, "NF", "-", "-", "-"],
    ]
    made = import_of(shipped_mapping("freedom-house"), workbook(tmp_path / "fiw.xlsx", rows, "Country Ratings, Statuses"))
    assert {(row.iso3, row.year) for row in made.rows} == {("TCD", 1972), ("TCD", 1983), ("TCD", 2023), ("XSL", 2023)}
    assert made.value("TCD", 1972, "fiw.civil_liberties_rating") == "7"
    assert made.value("XSL", 2023, "fiw.political_rights_rating") == "4"
    assert made.value("XSL", 2023, "fiw.status") == "partly_free"
    assert made.said["XSL", 2023, "fiw.status"].edition == "2024"
    assert made.said["TCD", 1983, "fiw.status"].edition == "1983-84"
    assert not made.tally.refusals
    assert dict(made.tally.apart) == {"Yugoslavia (historical)": 3}
    assert "fiw.d1" in [name for name, _ in made.outcome.lacking]


def workbook_of(path: Path, sheets: dict[str, list[list[object]]]) -> Path:
    book = xlsxwriter.Workbook(str(path))
    for name, rows in sheets.items():
        page = book.add_worksheet(name)
        for at, row in enumerate(rows):
            page.write_row(at, 0, row)
    book.close()
    return path


HEADS: list[list[object]] = [
    ["Survey Edition", "1990-91", "", "", 2024, "", ""],
    ["Year(s) Under Review", 1990, "", "", 2023, "", ""],
    ["", *["PR", "CL ", "Status"] * 2],
]


def test_sheets_of_countries_and_of_territories_are_one_table(tmp_path: Path) -> None:
    sheets: dict[str, list[list[object]]] = {
        "INDEX": [["Country/Territory"]],
        "Country Ratings, Statuses ": [*HEADS, ["Chad", 6, 7, "NF", 6, 6, "NF"], ["Kosovo", "-", "-", "-", 3, 4, "PF"]],
        "Territory Ratings, Statuses": [*HEADS, ["Kosovo", 7, 6, "NF", "-", "-", "-"], ["Tibet", 7, 7, "NF", 7, 7, "NF"]],
    }
    path = workbook_of(tmp_path / "ratings.xlsx", sheets)
    made = import_of(shipped_mapping("freedom-house"), path)
    assert made.tally.duplicates == 0, "a row without any value stands before no other"
    assert {key: made.value(*key) for key in made.said if key[0] == "XKX" and key[2].endswith("political_rights_rating")} == {
        ("XKX", 1990, "fiw.political_rights_rating"): "7",
        ("XKX", 2023, "fiw.political_rights_rating"): "3",
    }
    assert made.said["XKX", 1990, "fiw.status"].locator == "row 4 of sheet Territory Ratings, Statuses, column Status"
    assert made.said["XKX", 2023, "fiw.status"].locator == "row 5, column Status"
    assert open_raw(path, shipped_mapping("freedom-house")).unread == ("INDEX",)
    one = open_raw(path, shipped_mapping("freedom-house"), "Territory")
    assert (one.part, len(list(one.rows))) == ("Territory Ratings, Statuses", 4)
    sheets["Territory Ratings, Statuses"][2] = ["", *["PR", "CL", "Rank"] * 2]
    with pytest.raises(InvalidInput, match=r"the sheets .* have other columns"):
        open_raw(workbook_of(tmp_path / "other.xlsx", sheets), shipped_mapping("freedom-house"))


def test_the_year_under_review_stands_for_an_edition_without_one_and_against_another(tmp_path: Path) -> None:
    lines = ["Survey Edition,Special,,", "Year(s) Under Review,1990,,", ",PR,CL,Status", "Chad,6,6,NF"]
    made = import_of(shipped_mapping("freedom-house"), written(tmp_path, lines))
    assert made.said["TCD", 1990, "fiw.status"].edition == "1991"
    lines[0] = "Survey Edition,1990-91,,"
    assert {row.year for row in import_of(shipped_mapping("freedom-house"), written(tmp_path, lines)).rows} == {1990}
    lines[1] = "Year(s) Under Review,1991,,"
    with pytest.raises(InvalidInput, match="I325 edition 1990-91 would be about 1990, and stands above 1991"):
        import_of(shipped_mapping("freedom-house"), written(tmp_path, lines))


def test_a_row_of_tags_below_the_headings_is_no_row(tmp_path: Path) -> None:
    lines = ["country,year,note,lib", "#country+name,#date+year,,# value", "Chad,2020,,0.5"]
    lines[1] = lines[1].replace("# value", "#value")
    made = import_of(mapping_of(COUNTRY + YEAR + INDICATORS, tmp_path), written(tmp_path, lines))
    assert (made.tally.read, made.tally.refused, made.rows[0].locator) == (1, 0, "line 3, column lib")
    lines[1] = "#country+name,2020,,"
    assert import_of(mapping_of(COUNTRY + YEAR + INDICATORS, tmp_path), written(tmp_path, lines)).tally.read == 2
    assert import_of(shipped_mapping("pts"), written(tmp_path, ["Country,Year,PTS_A"])).tally.read == 0


def test_the_same_blocks_saved_as_text(tmp_path: Path) -> None:
    lines = ["Survey Edition,2024,,", "Year(s) Under Review,2023,,", ",PR,CL,Status", "Chad,6,6,NF"]
    made = import_of(shipped_mapping("freedom-house"), written(tmp_path, lines))
    assert made.value("TCD", 2023, "fiw.political_rights_rating") == "6"


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["unit,year,lib"], "no heading has a column of countries (country)"),
        (["country,year,score"], "none of the columns that are mapped: lib"),
        (["country,lib"], "no column of years or days: year"),
        ([""], "the file is empty"),
        (["country;year;lib"], "the first row is: country;year;lib"),
        (["country,year,lib", 'Chad,2020,"0.5'], "not a table of texts"),
        (["country,year,lib,other,lib", "Chad,2020,0.5,,0.6"], "columns stand twice: lib"),
        (["country,year,lib,country", "Chad,2020,0.5,Togo"], "columns stand twice: country"),
    ],
)
def test_a_file_of_another_kind_is_refused_whole(lines: list[str], said: str, tmp_path: Path) -> None:
    text = refused(COUNTRY + YEAR + INDICATORS, written(tmp_path, lines), tmp_path)
    assert said in text
    assert "I325" in text


def test_an_encoding_and_a_broken_archive_are_told(tmp_path: Path) -> None:
    latin, broken = tmp_path / "latin.csv", tmp_path / "broken.csv.gz"
    latin.write_bytes("country,year,lib\nCôte d'Ivoire,2020,0.1\n".encode("latin-1"))
    broken.write_bytes(gzip.compress(b"country,year,lib\n" * 999)[:-9])
    assert "F103 not UTF-8 text: byte 0xf4" in refused(COUNTRY + YEAR + INDICATORS, latin, tmp_path)
    assert "I325 a broken archive" in refused(COUNTRY + YEAR + INDICATORS, broken, tmp_path)


def test_a_broken_workbook_and_one_without_the_sheet_are_told(tmp_path: Path) -> None:
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04")
    assert "a broken archive or workbook" in refused(COUNTRY + YEAR + INDICATORS, broken, tmp_path)
    other = workbook(tmp_path / "other.xlsx", [["country"]], "Data")
    text = "file:\n  sheets: [Scores]\n" + COUNTRY + YEAR + INDICATORS
    assert "no sheet begins with Scores; there are: About, Data" in refused(text, other, tmp_path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no such file"):
        open_raw(tmp_path / "gone.csv", shipped_mapping("pts"))
