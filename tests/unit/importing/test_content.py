"""Files are what their bytes say, whatever they are called: read, or named for what they are with what to do."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import pickle
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter
from support.imported import CODEBOOK, COUNTRY, YEAR, import_of, mapping_of

from ratingengine.errors import InvalidInput
from ratingengine.importing import content
from ratingengine.importing.dating import Release
from ratingengine.importing.rawfile import open_raw
from ratingengine.importing.run import run

INDICATORS = "indicators:\n  - {indicator: vdem.v2x_civlib, columns: [lib]}\n"
TABLE = "country,year,lib\nChad,2020,0.5\nCôte d'Ivoire,2020,0.25\n"
FRAME = pl.DataFrame({"country": ["Chad", "Côte d'Ivoire"], "year": [2020.0, 2020.0], "lib": [0.5, 0.25]})


def zipped(members: Mapping[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def parquet() -> bytes:
    file = io.BytesIO()
    FRAME.with_columns(pl.col("lib").cast(pl.Float32)).write_parquet(file)
    return file.getvalue()


def workbook() -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    page = book.add_worksheet()
    for at, line in enumerate(TABLE.splitlines()):
        page.write_row(at, 0, line.split(","))
    book.close()
    return file.getvalue()


def tarred() -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("made.csv"))
    return file.getvalue()


READ = {
    "plain": TABLE.encode(),
    "mark": TABLE.encode("utf-8-sig"),
    "utf-16, little end": TABLE.encode("utf-16"),
    "utf-16, big end": b"\xfe\xff" + TABLE.encode("utf-16-be"),
    "gzip": gzip.compress(TABLE.encode()),
    "gzip of UTF-16": gzip.compress(TABLE.encode("utf-16")),
    "zip": zipped({"codebook.pdf": b"%PDF-1.4", "data/made.csv": TABLE.encode(), "__MACOSX/._made.csv": b"\x00"}),
    "zip without an ending": zipped({"made": TABLE.encode()}),
    "zip of a workbook": zipped({"made.xlsx": workbook()}),
    "zip of UTF-16": zipped({"made.csv": TABLE.encode("utf-16")}),
    "workbook": workbook(),
    "parquet": parquet(),
    "gzip of parquet": gzip.compress(parquet()),
}


@pytest.mark.parametrize("name", ["made.csv", "made.xlsx", "made.zip", "made.gz", "made.dta", "made"])
@pytest.mark.parametrize("kind", READ)
def test_a_table_is_read_by_its_content_under_any_name(kind: str, name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(READ[kind])
    made = import_of(mapping_of(COUNTRY + YEAR + INDICATORS, tmp_path), path)
    assert [(row.iso3, row.year, str(row.value)) for row in made.rows] == [("TCD", 2020, "0.500"), ("CIV", 2020, "0.250")]


def test_a_stata_file_is_read_by_its_codes(tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    path = tmp_path / "made.csv"
    frame = pandas.DataFrame({"country": ["Chad", "Togo", "Benin"], "year": [2020, 2020, 2020], "lib": [0.389, None, 0.25]})
    frame["lib"] = frame["lib"].astype("float32")
    for version in (114, 117, 118):
        frame.to_stata(path, write_index=False, version=version)
        made = import_of(mapping_of(COUNTRY + YEAR + INDICATORS, tmp_path), path)
        assert [(row.iso3, str(row.value), row.locator) for row in made.rows] == [
            ("TCD", "0.389", "row 1, column lib"),
            ("BEN", "0.250", "row 3, column lib"),
        ]
    whole = path.read_bytes()
    for broken in (whole[:300], whole.replace(b"country\x00", b"lib\x00\x00\x00\x00\x00", 1)):
        path.write_bytes(broken)
        assert "I325 " in refused(path, tmp_path)


NAMED = {
    "tar": (tarred(), "a tar archive"),
    "tar.gz": (gzip.compress(tarred()), "a tar archive"),
    "bzip2": (bz2.compress(TABLE.encode()), "a bzip2 archive"),
    "xz": (lzma.compress(TABLE.encode()), "an xz archive"),
    "gzip twice": (gzip.compress(gzip.compress(TABLE.encode())), "an archive in an archive"),
    "zip in zip": (zipped({"made.zip": zipped({"made.csv": TABLE.encode()})}), "made.zip is an archive in an archive"),
    "zip of Word": (zipped({"[Content_Types].xml": b"", "word/document.xml": b""}), "a document"),
    "empty zip": (zipped({}), "an archive without a file"),
    "two tables": (zipped({"b.csv": b"", "a.csv": b""}), "an archive of 2 files: a.csv, b.csv"),
    "R": (gzip.compress(b"RDX3\nX\n\x00\x00"), "a file of R"),
    "rds": (b"X\n\x00\x00\x00\x03", "a file of R"),
    "spss": (b"$FL2@(#) IBM SPSS STATISTICS", "an SPSS file"),
    "sqlite": (b"SQLite format 3\x00", "an SQLite database"),
    "pdf": (b"%PDF-1.7\n", "a PDF"),
    "page": (b"\n<!DOCTYPE html>\n<html>", "a web page, not a table"),
    "xml": (b"<?xml version='1.0'?><rows>", "XML, not a table"),
    "json": (b'{"country": "Chad"}', "JSON, not a table"),
    "utf-16 without its mark": (TABLE.encode("utf-16-le"), "text in UTF-16 without its mark"),
    "utf-32": (TABLE.encode("utf-32"), "text in UTF-32"),
    "pickle": (pickle.dumps([0.5] * 99, protocol=2), "neither text nor a table of a known kind"),
    "broken gzip": (gzip.compress(TABLE.encode() * 999)[:-9], "a broken archive"),
    "broken zip": (b"PK\x03\x04" + b"\x00" * 40, "a broken archive or workbook"),
    "broken parquet": (parquet()[:40], "not a Parquet file, or a broken one"),
}


def refused(path: Path, folder: Path, part: str = "") -> str:
    with pytest.raises(InvalidInput) as caught:
        run(mapping := mapping_of(COUNTRY + YEAR + INDICATORS, folder), open_raw(path, mapping, part), CODEBOOK, Release(), print)
    (problem,) = caught.value.problems
    assert problem.hint, "what to do"
    assert problem.place is not None
    assert problem.place.file == str(path)
    return str(caught.value)


@pytest.mark.parametrize("kind", NAMED)
def test_what_is_not_read_is_named_for_what_it_is(kind: str, tmp_path: Path) -> None:
    path, (raw, said) = tmp_path / "made.csv", NAMED[kind]
    path.write_bytes(raw)
    assert said in refused(path, tmp_path)


def test_one_of_several_files_or_sheets_is_asked_for(tmp_path: Path) -> None:
    path, mapping = tmp_path / "made.zip", mapping_of(COUNTRY + YEAR + INDICATORS, tmp_path)
    path.write_bytes(zipped({"x/old.csv": b"country,year,lib\n", "x/new.csv": TABLE.encode()}))
    for part in ("new.csv", "x/new.csv"):
        raw = open_raw(path, mapping, part)
        assert (raw.part, raw.unread, len(list(raw.rows))) == ("x/new.csv", ("x/old.csv",), 2)
    assert "has no one file 'newest.csv'; it has: x/new.csv, x/old.csv" in refused(path, tmp_path, "newest.csv")
    path.write_bytes(workbook())
    assert open_raw(path, mapping, "Sheet1").part == "Sheet1"
    assert "no sheet begins with Sheet2; there are: Sheet1" in refused(path, tmp_path, "Sheet2")


def test_an_encrypted_archive_is_told(tmp_path: Path) -> None:
    path, raw = tmp_path / "made.zip", bytearray(zipped({"made.csv": TABLE.encode()}))
    for start, flag in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.index(start) + flag] |= 1
    path.write_bytes(raw)
    assert "made.csv cannot be unpacked" in refused(path, tmp_path)


@pytest.mark.parametrize("pack", [gzip.compress, lambda raw: zipped({"made.csv": raw})])
@pytest.mark.parametrize("raw", [b"Chad,2020,0.5\n" * 2_000_000, b"Chad" * 7_000_000])
def test_what_unpacks_without_end_is_left(raw: bytes, pack: object, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert callable(pack)
    monkeypatch.setattr(content, "FREE", 1024**2)
    path = tmp_path / "made.csv"
    path.write_bytes(pack(b"country,year,lib\n" + raw))
    said = refused(path, tmp_path)
    assert "F102 unpacks to more than" in said
    assert "times its size" in said


def test_a_workbook_that_unpacks_without_end_is_left(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(content, "FREE", 1024**2)
    path = tmp_path / "made.xlsx"
    path.write_bytes(zipped({"[Content_Types].xml": b"", "xl/workbook.xml": b" " * 3_000_000}))
    assert "unpacks to more than" in refused(path, tmp_path)


def test_a_line_without_end_is_left(tmp_path: Path) -> None:
    path = tmp_path / "made.csv"
    path.write_bytes(b"country,year,lib\n" + b"Chad," * 4_000_000)
    assert ":2:1: F102 the line has more than 1,048,576 characters" in refused(path, tmp_path)


def test_the_encoding_that_a_mapping_names_is_that_of_texts_that_are_no_utf_8(tmp_path: Path) -> None:
    text = "file:\n  encoding: windows-1252\n" + COUNTRY + YEAR + INDICATORS
    path = tmp_path / "made.csv"
    for raw in (TABLE.encode("cp1252"), TABLE.encode(), TABLE.encode("utf-8-sig"), gzip.compress(TABLE.encode("cp1252"))):
        path.write_bytes(raw)
        assert {row.iso3 for row in import_of(mapping_of(text, tmp_path), path).rows} == {"TCD", "CIV"}
    path.write_bytes(TABLE.encode("cp1252"))
    assert ":3:1: F103 not UTF-8 text: byte 0xf4" in refused(path, tmp_path), "the line is told"
    path.write_bytes(TABLE.encode("utf-16")[:-1])
    assert "F103 not utf-16 text" in refused(path, tmp_path)
