"""What the words of a command line mean."""

from __future__ import annotations

import io
import json
import sys
from datetime import date
from pathlib import Path

import pytest
from assets.toy import OPTIONS, RECORDS, RULES

from ratingengine.cli import run
from ratingengine.errors import NotFound
from ratingengine.files.shipped import shipped
from ratingengine.interface.asked import (
    Usage,
    as_of_day,
    asked_country,
    asked_country_day,
    asked_day,
    asked_load,
    asked_records,
    asked_year,
    asked_years,
    choice,
    write,
)


@pytest.mark.parametrize("text", ["2022-03-15", "1900-01-01", "2200-12-31", "2020-02-29"])
def test_a_day_is_written_with_year_month_and_day(text: str) -> None:
    assert str(asked_day(text, "--on")) == text


@pytest.mark.parametrize(
    "text",
    ["", "2022", "2022-3-15", "20220315", "2022-W10-2", "2021-02-29", "1699-12-31", "2201-01-01", " 2022-03-15", "٢٠٢٢-٠٣-١٥"],
)
def test_anything_else_is_no_day(text: str) -> None:
    with pytest.raises(Usage, match="--known-at is not a date"):
        asked_day(text, "--known-at")


def test_a_year_means_its_last_day_and_a_day_itself() -> None:
    assert as_of_day(2022, None) == date(2022, 12, 31)
    assert as_of_day(None, "2022-03-15") == date(2022, 3, 15)


@pytest.mark.parametrize(("year", "on"), [(None, None), (2022, "2022-03-15"), (0, "2022-03-15")])
def test_exactly_one_of_year_and_day_is_given(year: int | None, on: str | None) -> None:
    with pytest.raises(Usage, match="one of them"):
        as_of_day(year, on)


@pytest.mark.parametrize("year", [-1, 0, 1699, 2201, 10**9])
def test_a_year_outside_the_calendar_is_refused(year: int) -> None:
    with pytest.raises(Usage, match="outside 1700 to 2200"):
        asked_year(year)


def test_several_words_name_one_country() -> None:
    assert asked_country(["south", "korea"]).iso3 == "KOR"


@pytest.mark.parametrize("words", [["south", "korea", "2022"], ["KOR", "2022"], ["Korea, South", " 2022 "]])
def test_a_year_behind_the_country_is_its_last_day(words: list[str]) -> None:
    asked = asked_country_day(words, None, None)
    assert (asked.country.iso3, asked.day) == ("KOR", date(2022, 12, 31))


@pytest.mark.parametrize("years", ["2016-2022", "2016..2022", "2016–2022"])
def test_years_behind_the_country_are_a_span(years: str) -> None:
    country, span = asked_years(["kazakhstan", years])
    assert (country.iso3, span) == ("KAZ", (2016, 2022))


@pytest.mark.parametrize(
    ("words", "year", "on", "message"),
    [
        (["KAZ", "2022"], 2022, None, "give one year or day"),
        (["KAZ", "2022"], None, "2022-03-15", "give one year or day"),
        (["KAZ"], 2022, "2022-03-15", "give one year or day"),
        (["KAZ", "2016-2022"], None, None, "are several years"),
        (["KAZ", "2022-2016"], None, None, "the later year stands first"),
        (["KAZ", "1699"], None, None, "outside 1700 to 2200"),
    ],
)
def test_years_that_have_no_meaning_together_are_refused(
    words: list[str], year: int | None, on: str | None, message: str
) -> None:
    with pytest.raises(Usage, match=message):
        asked_country_day(words, year, on)


def test_without_a_year_it_is_the_last_that_evidence_speaks_of() -> None:
    loaded = asked_load(str(RULES), [str(RECORDS)], "reference")
    assert asked_country_day(["BVT"], None, None).day_in(loaded) == date(2005, 12, 31)
    with pytest.raises(NotFound, match=r"nothing on record is about France \(FRA\), so there is no last year to rate"):
        asked_country_day(["FRA"], None, None).day_in(loaded)


def test_a_year_alone_is_no_country() -> None:
    with pytest.raises(NotFound):
        asked_country_day(["2022"], None, None)


def test_a_choice_is_one_of_its_words() -> None:
    assert choice("text", ("text", "json"), "--format") == "text"
    with pytest.raises(Usage, match="--format TEXT: write one of text, json"):
        choice("TEXT", ("text", "json"), "--format")


def test_method_and_records_are_loaded_as_asked() -> None:
    found = asked_load(str(RULES), [str(RECORDS)], "reference")
    assert found.method.compiled.name == "invented"
    assert found.records == (RECORDS,)


@pytest.mark.parametrize(("rules", "records"), [("", ()), (" ", ()), (None, ("",))])
def test_an_empty_name_of_a_folder_is_refused(rules: str | None, records: tuple[str, ...]) -> None:
    with pytest.raises(Usage, match="is empty"):
        asked_load(rules, records)


def test_an_engine_that_does_not_exist_is_refused_before_anything_is_read() -> None:
    with pytest.raises(Usage, match="--engine rete"):
        asked_load("no-such-rules", (), "rete")


def test_the_folder_of_one_country_is_no_folder_of_records() -> None:
    with pytest.raises(NotFound, match=r"only 2001\.yaml: name the folder above it, or the files"):
        asked_load(str(RULES), [str(RECORDS), str(RECORDS / "BVT")])


def test_an_empty_folder_is_a_folder_of_records_without_evidence(tmp_path: Path) -> None:
    assert asked_load(None, [str(tmp_path)], "reference").records == (tmp_path,)


@pytest.mark.parametrize("encoding", ["utf-8", "UTF8", "ascii", "latin-1", "utf-16"])
def test_the_answer_is_written_as_utf_8(encoding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding, newline="\n", write_through=True)
    monkeypatch.setattr(sys, "stdout", stream)
    write("Côte d’Ivoire — Қазақстан\n")
    stream.flush()
    assert raw.getvalue() == "Côte d’Ivoire — Қазақстан\n".encode()


def test_the_answer_is_written_to_a_stream_without_bytes_too(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stdout", stream)
    write("é\n")
    assert stream.getvalue() == "é\n"


def test_the_word_shipped_stands_for_the_records_of_the_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine").mkdir()
    assert asked_records(["shipped", "mine"]) == [shipped("indicators"), Path("mine")]
    with pytest.raises(NotFound, match="no such file or folder of records: 'nobody'"):
        asked_records(["nobody"])
    (tmp_path / "shipped").mkdir()  # a folder of that name is meant before the word
    assert asked_records(["shipped"]) == [Path("shipped")]


def test_a_history_may_begin_later_and_goes_on_as_the_whole_one_does(capsys: pytest.CaptureFixture[str]) -> None:
    def rows(*words: str) -> list[dict[str, object]]:
        assert run(["history", "BVT", *words, *OPTIONS, "--engine", "reference", "--format", "json"]) == 0
        return list(json.loads(capsys.readouterr().out)["rows"])

    whole = rows()
    assert rows("--from", "2003") == [row for row in whole if int(str(row["year"])) >= 2003]
    assert rows("--from", "2150") == []
    assert run(["history", "BVT", "--from", "2004", "--to", "2003", *OPTIONS]) == 2
    assert "--from 2004 is after --to 2003" in capsys.readouterr().err
    assert run(["history", "BVT", "--from", "2004", "--revisions", *OPTIONS]) == 2
    assert "not with --revisions" in capsys.readouterr().err
