"""`rate import` from inside this process: what it writes, says and refuses, and what the tables are good for afterwards."""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from support.imported import CODEBOOK, COUNTRY, HEAD, YEAR, written

from ratingengine.cli import run
from ratingengine.model.indicator import is_derived

ROOT = Path(__file__).parents[3]
LINES = [
    "country,year,lib,score",
    "Kazakhstan,2021,0.514,7",
    "Kazakhstan,2022,0.521,8",
    "Kazakhstan,2022,0.522,8",
    "Atlantis,2022,0.1,1",
    "USSR,1980,0.1,1",
    "Chad,2022,much,2",
]
MAPPING = (
    COUNTRY
    + YEAR
    + (
        "breaks:\n  - {from: 2022, what: another method}\n"
        "indicators:\n  - {indicator: vdem.v2x_civlib, columns: [lib]}\n  - {indicator: vdem.v2x_rule, columns: [rule]}\n"
    )
)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "made.yaml").write_text(
        HEAD.replace("licence: invented\n", "licence: invented\ncaution: Mind it.\n") + MAPPING, "utf-8"
    )
    written(tmp_path, LINES)
    return tmp_path


def said(words: list[str], capsys: pytest.CaptureFixture[str], code: int = 0) -> str:
    assert run(words) == code
    printed = capsys.readouterr()
    return printed.out if code in (0, 1) else printed.err


def leaves(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, one in value.items():
            if key != "schema":
                yield from leaves(one)
    elif isinstance(value, list):
        for one in value:
            yield from leaves(one)
    elif isinstance(value, bool):
        yield "yes" if value else "no"
    elif value not in (None, ""):
        yield str(value)


@pytest.mark.parametrize("table", ["out.csv", "out.parquet"])
def test_a_table_is_written_and_rated_from(table: str, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = said(["import", "made.yaml", "made.csv", "-o", table], capsys)
    assert text.startswith(f"made: 2 observations in {table}\n")
    assert "6 rows read" in text
    answer = json.loads(said(["kazakhstan", "--year", "2022", "--records", table, "--format", "json"], capsys))
    (found,) = [one for one in answer["evidence"] if one["indicator"] == "vdem.v2x_civlib"]
    assert [(one["source"], one["locator"]) for one in found["observations"]] == [
        ("made", "line 2, column lib"),
        ("made", "line 3, column lib"),
    ]
    assert "KAZ" in said(["history", "KAZ", "--records", table], capsys)


def test_the_three_forms_say_the_same(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["import", "made.yaml", "made.csv", "-o", "out.csv", "--edition", "v9", "--released", "2025-03-01"]
    content = json.loads(said([*words, "--format", "json"], capsys))
    assert content["schema"] == "ratingengine/imported/1"
    assert content["rows"] == {
        "read": 6, "mapped": 2, "empty": 1, "outside": 0, "cut": 0, "refused": 0, "apart": 1, "unrecognised": 1,
        "duplicates": 1,
    }  # fmt: skip
    assert content["source"]["version"] == "v9"
    assert content["lacking"] == [{"indicator": "vdem.v2x_rule", "columns": ["rule"]}]
    for form in ("text", "md"):
        text = " ".join(said([*words, "--format", form], capsys).replace("\\", "").split())
        for leaf in leaves(content):
            assert leaf in text, (form, leaf)


def test_strict_tells_by_its_exit_code_that_something_was_left_out(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said(["import", "made.yaml", "made.csv", "-o", "out.csv", "--strict"], capsys, 1)
    written(here, LINES[:3], "good.csv")
    said(["import", "made.yaml", "good.csv", "-o", "out.csv", "--strict"], capsys)


def test_totals_that_are_not_sure_are_told_in_every_form(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mapping = HEAD + COUNTRY.replace("name}", "name, separator: ;}") + YEAR
    mapping += "covers: {countries: world}\nindicators:\n  - {indicator: stop.shutdowns, rows: count}\n"
    (here / "counts.yaml").write_text(mapping, "utf-8")
    words = ["import", "counts.yaml", str(written(here, ["country,year", "Chad;Atlantis,2021", "Chad,2020"])), "-o", "out.csv"]
    words += ["--covers", "2020..2021", "--countries", "world"]
    values = json.loads(said([*words, "--format", "json"], capsys))["values"]
    assert values["least"] == 1
    assert values["withheld"] == values["none"], "all but Chad, in the one year and in the other"
    for form in ("text", "md"):
        text = said([*words, "--format", form], capsys)
        assert f"{values['none']} of them say none, 1 of them at least" in text
        assert f"{values['withheld']} totals that are uncertain throughout" in text
    said([*words, "--strict"], capsys, 1)


def test_licence_edition_and_digest_of_the_raw_file_stand_in_the_sources_of_an_answer(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    digest = sha256((here / "made.csv").read_bytes()).hexdigest()
    for table in ("out.csv", "out.parquet"):
        said(["import", "made.yaml", "made.csv", "-o", table, "--edition", "v9"], capsys)
        words = ["sources", "KAZ", "--year", "2022", "--records", table]
        (one,) = json.loads(said([*words, "--format", "json"], capsys))["sources"]
        assert (one["id"], one["title"], one["version"]) == ("made", "An invented data set", "v9")
        assert one["note"] == f"Licence: invented. Mind it. File made.csv, SHA-256 {digest}."
        for form in ("text", "md"):
            text = " ".join(said([*words, "--format", form], capsys).replace("\\", "").split())
            for part in ("version: v9", "note: Licence: invented.", digest):
                assert part in text


def test_rows_of_years_that_were_not_asked_for_are_told_as_such(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["import", "made.yaml", str(written(here, ["country,year,lib", "Chad,2020,0.5", "Chad,2021,0.4"])), "-o", "out.csv"]
    text = said([*words, "--from", "2021"], capsys)
    assert "1 outside the years asked for" in text
    assert "not meant by the mapping" not in text
    rows = json.loads(said([*words, "--to", "2020", "--format", "json"], capsys))["rows"]
    assert (rows["cut"], rows["outside"], rows["mapped"]) == (1, 0, 1)


def test_fewer_refusals_are_shown_than_there_are(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = said(["import", "made.yaml", "made.csv", "-o", "out.csv", "--show", "0"], capsys)
    assert "Refused (0 of 1 shown)" in text
    assert "much" not in text


@pytest.mark.parametrize("most", [0, 3])
def test_no_list_is_longer_than_asked_and_each_says_how_long_it_is(
    most: int, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    odd = [f"Town {number},2022,0.5,1" for number in range(60)] + ["Town 59,2021,0.5,1"]
    apart = ["USSR,1980,0.1,1", "Yugoslavia,1980,0.1,1", "East Germany,1980,0.1,1", "North Vietnam,1970,0.1,1"]
    wrong = [f"Chad,{year},much,1" for year in range(1950, 1960)]
    written(here, ["country,year,lib,score", "Mali,2022,0.5,1", *odd, *apart, *wrong, *["Mali,2022,0.5,1"] * 5])
    words = ["import", "made.yaml", "made.csv", "-o", "out.csv", "--show", str(most)]
    found = {"refusals": 10, "apart": 4, "unrecognised": 60, "duplicates": 5}
    content = json.loads(said([*words, "--format", "json"], capsys))
    assert content["found"] == found
    assert {len(content[name]) for name in found} == {most}
    assert not most or content["unrecognised"][0] == {"text": "Town 59", "rows": 2}, "the name with most rows comes first"
    for form in ("text", "md"):
        text = said([*words, "--format", form], capsys)
        assert text.count("Town") == most
        assert [text.count(f"({most} of {number} shown)") for number in found.values()] == [1, 1, 1, 1]
    said([*words, "--strict"], capsys, 1)


def test_names_that_are_not_recognised_are_strict_though_none_is_shown(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written(here, ["country,year,lib", "Mali,2022,0.5", "Atlantis,2022,0.5"], "odd.csv")
    said(["import", "made.yaml", "odd.csv", "-o", "out.csv", "--strict", "--show", "0"], capsys, 1)


def test_lists_of_columns_are_cut_too(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written(here, ["country_text_id,year,v2x_civlib,v2x_rule", "MLI,2022,0.5,0.5"], "vdem.csv")
    text = " ".join(said(["import", "vdem", "vdem.csv", "-o", "out.csv", "--show", "1"], capsys).split())
    assert "Columns used: v2x_" in text
    assert "(1 of 2 shown)." in text
    assert text.count("vdem.v2") == 1


def test_other_rules_have_other_indicators(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written(here, ["Country/Territory,Edition,D1,PR,CL,PR rating,CL rating,Status", "Chad,2021,1,5,15,7,6,NF"], "fiw.csv")
    text = said(["import", "freedom-house", "fiw.csv", "-o", "out.csv", "--rules", "freedom-house"], capsys)
    assert "4 observations" in text
    assert "the codebook of these rules lacks them: fiw.a1" in " ".join(text.split())
    answer = json.loads(
        said(["chad", "--year", "2020", "--rules", "freedom-house", "--records", "out.csv", "--format", "json"], capsys)
    )
    assert answer["rating"] == "not_free"
    assert answer["remarks"] == []


def test_a_table_is_usable_by_every_method_and_what_is_left_out_is_counted(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written(here, ["Country/Territory,Edition,D1,PR,CL,Status", "Chad,2021,1,5,15,NF", "Mali,2021,1,5,15,NF"], "fiw.csv")
    said(["import", "freedom-house", "fiw.csv", "-o", "out.csv"], capsys)
    words = ["chad", "--year", "2020", "--records", "out.csv", "--rules"]
    answer = json.loads(said([*words, "freedom-house", "--format", "json"], capsys))
    assert answer["rating"] == "not_free"
    left = "rows of tables left out, as these rules do not read them: 2 (fiw.d1, fiw.status)"
    assert left in answer["remarks"]
    for form in ("text", "md"):
        told = said([*words, "freedom-house", "--format", form], capsys)
        assert left in " ".join(told.replace("\\", "").split())
    told = " ".join(said([*words, "political-terror"], capsys).split())
    assert "no rating: not enough evidence" in told
    assert "do not read them: 4 (fiw.civil_liberties_score, fiw.d1, fiw.political_rights_score, …)" in told
    batch = json.loads(said(["batch", "out.csv", "--rules", "freedom-house", "-o", "rated.csv", "--format", "json"], capsys))
    assert batch["left_out"] == [{"indicator": "fiw.d1", "rows": 2}, {"indicator": "fiw.status", "rows": 2}]
    assert [entry["rows"] for entry in batch["ratings"] if entry["rating"] == "not_free"] == [2]
    told = said(["batch", "out.csv", "--rules", "freedom-house", "-o", "rated.csv"], capsys)
    assert "Rows left out, as these rules do not read them: 4 (fiw.d1, fiw.status)" in told
    told = said(["batch", "out.csv", "--rules", "political-terror", "-o", "other.csv"], capsys, 4)
    assert "B501 no row is of an indicator of these rules; there are fiw.civil_liberties_score" in told
    assert not (here / "other.csv").exists()


def test_a_name_that_is_nearly_an_indicator_is_no_other_method_s(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said(["import", "made.yaml", "made.csv", "-o", "out.csv"], capsys)
    table = here / "out.csv"
    derived = next(entry.id for entry in CODEBOOK if is_derived(entry))
    for name in ("vdem.v2x_civlbi", "Vdem", derived):
        table.write_text(table.read_text("utf-8").replace(",vdem.v2x_civlib,", f",{name},"), "utf-8")
        assert "I302" in said(["KAZ", "--year", "2022", "--records", "out.csv"], capsys, 4)
        assert "B501" in said(["batch", "out.csv", "-o", "rated.csv"], capsys, 4)
        table.write_text(table.read_text("utf-8").replace(f",{name},", ",vdem.v2x_civlib,"), "utf-8")


def test_a_mapping_of_another_method_s_indicators_names_them(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written(here, ["iso3,year,score", "TCD,2021,34.5"], "scores.csv")
    told = said(["import", "civicus", "scores.csv", "-o", "out.csv"], capsys, 2)
    assert "the codebook of the default rules has none of the indicators of civicus, civicus.score …; name rules that do" in told
    said(["import", "civicus", "scores.csv", "-o", "out.csv", "--rules", "civicus-banding"], capsys)
    words = ["chad", "--year", "2021", "--records", "out.csv", "--rules", "civicus-banding", "--format", "json"]
    assert json.loads(said(words, capsys))["rating"] == "repressed"


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["import", "nowhere", "made.csv", "-o", "out.csv"], 3, "no mapping 'nowhere'"),
        (["import", "vdm", "made.csv", "-o", "out.csv"], 3, "did you mean 'vdem'?"),
        (["import", "made.yaml", "gone.csv", "-o", "out.csv"], 3, "no such file: 'gone.csv'"),
        (["import", "made.yaml", "made.csv", "-o", "out.txt"], 1, ""),
        (["import", "made.yaml", "made.csv", "-o", " "], 2, "-o is empty"),
        (["import", "made.yaml", "made.csv", "-o", "./made.csv"], 2, "is a file that is read"),
        (["import", "made.yaml", "made.csv", "-o", "out.csv", "--show", "-1"], 2, "write 0 or more"),
        (
            ["import", "made.yaml", "made.csv", "-o", "out.csv", "--from", "2020", "--to", "2010"],
            2,
            "--from 2020 is after --to 2010",
        ),
        (["import", "made.yaml", "made.csv", "-o", "out.csv", "--released", "soon"], 2, "--released is not a date"),
        (["import", "made.yaml", "made.csv", "-o", "out.csv", "--format", "xml"], 2, "write one of"),
        (["import", "made.yaml", "made.csv", "-o", "out.csv", "--rules", "rsf-situations"], 2, "none of the indicators of made"),
        (["import", "made.yaml", "made.csv", "-o", "out.csv", "--from", "2050"], 4, "no row gives an observation"),
        (["import", "pts", "made.csv", "-o", "out.csv"], 4, "no heading has a column of countries (Country)"),
        (["import", "made.csv", "made.csv", "-o", "out.csv"], 4, "F"),
        (["import", "made.yaml"], 2, "Missing"),
    ],
)
def test_what_cannot_be_done_is_told_and_nothing_is_written(
    words: list[str], code: int, told: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(path.name for path in here.iterdir())
    assert run(words) == code
    assert told in capsys.readouterr().err
    assert sorted(path.name for path in here.iterdir()) == before


def test_a_certificate_holds_the_rows_of_the_country(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said(["import", "made.yaml", "made.csv", "-o", "out.csv"], capsys)
    said(["certify", "KAZ", "--year", "2022", "--records", "out.csv", "-o", "c.json"], capsys)
    held = (here / "c.json").read_text("utf-8")
    assert "KAZ,2022,vdem.v2x_civlib" in held
    assert "Licence: invented." in held


def test_a_broken_table_stops_the_rating(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "out.parquet").write_bytes(b"PAR1")
    assert "I325 not a Parquet file" in said(["kazakhstan", "--year", "2022", "--records", "out.parquet"], capsys, 4)
    (here / "scores.csv").write_text("Country,Score\nChad,1\n", "utf-8")
    assert "I325 not a table of observations" in said(["history", "KAZ", "--records", "scores.csv"], capsys, 4)


def test_without_polars_text_tables_work_and_the_others_say_what_is_missing(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "polars", None)
    said(["import", "made.yaml", "made.csv", "-o", "out.csv"], capsys)
    said(["kazakhstan", "--year", "2022", "--records", "out.csv"], capsys)
    told = said(["import", "made.yaml", "made.csv", "-o", "out.parquet"], capsys, 3)
    assert "needs polars, which is not installed" in told


def test_every_shipped_mapping_is_sound_and_named_as_its_file() -> None:
    from support.imported import shipped_mapping

    names = sorted(path.stem for path in (ROOT / "imports").glob("*.yaml"))
    assert names == ["acled", "civicus", "cpj", "freedom-house", "pts", "rsf", "stop", "ucdp", "ucdp-cy", "vdem", "vdem-owid"]
    for name in names:
        assert shipped_mapping(name).name == name


GED = [
    "id,year,type_of_violence,side_a,country,country_id,date_start,best",
    "1,2016,1,Government of Peru,Peru,135,2016-01-10,7",
]


def test_a_file_of_one_country_leaves_others_without_evidence_unless_the_user_speaks(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["import", "ucdp", str(written(here, GED)), "-o", "out.csv", "--released", "2026-06-01"]
    told = " ".join(said(words, capsys).split())
    assert "Covers 2016-01-10 to 2016-01-10 and the countries in the file; other totals are lower bounds." in told
    assert "1 country, 2016 to 2016." in told
    assert "If the file covers more, say so: --covers 2016..2024, --countries world." in told
    assert "SYR" not in (here / "out.csv").read_text("utf-8")
    told = " ".join(said([*words, "--covers", "2016", "--countries", "Peru, syria"], capsys).split())
    assert "Covers 2016-01-01 to 2016-12-31 and PER, SYR; other totals are lower bounds." in told
    assert "If the file covers more" not in told
    assert "SYR,2016,ucdp.state_based_deaths,0," in (here / "out.csv").read_text("utf-8")
    content = json.loads(said([*words, "--covers", "2015-01-01..2016-06-30", "--format", "json"], capsys))
    assert content["covers"] == {
        "from": "2015-01-01", "to": "2016-06-30", "in_part": [], "days_by": "user", "countries": "in the file",
        "countries_by": "file",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["--covers", "2016..soon"], 2, "--covers is not a date: 'soon'; write for example --covers 2016..2024"),
        (["--covers", "2018..2016"], 2, "--covers 2018..2016: the later day stands first"),
        (
            ["--covers", "2016", "--released", "2016-06-01"],
            2,
            "--covers 2016 ends on 2016-12-31, after the release of 2016-06-01",
        ),
        (["--countries", " , "], 2, "--countries is empty; write world, or codes"),
        (["--countries", "PER,Atlantis"], 3, "no country has the name or code 'Atlantis'"),
    ],
)
def test_what_is_said_of_a_file_must_have_a_meaning(
    words: list[str], code: int, told: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert told in said(["import", "ucdp", str(written(here, GED)), "-o", "out.csv", *words], capsys, code)
    assert not (here / "out.csv").exists()


def test_values_have_no_days_that_are_covered(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = said(["import", "made.yaml", "made.csv", "-o", "out.csv", "--countries", "world"], capsys, 2)
    assert "--covers and --countries are for files of events; made reads a value a row; leave them out" in told


def test_what_is_written_beside_a_table_says_what_it_is(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said(["import", "made.yaml", "made.csv", "-o", "out.csv"], capsys)
    beside = [path for path in here.iterdir() if path.name not in ("made.yaml", "made.csv", "out.csv")]
    assert [path.name for path in beside] == ["out.csv.sources.yaml"]
    assert beside[0].read_text("utf-8").startswith("schema: ratingengine/sources/1\n")
