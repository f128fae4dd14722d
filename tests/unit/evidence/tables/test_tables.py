"""Tables of observations: what is written is read back, in both forms, with its sources, and nothing half is left."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

import polars as pl
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from support.imported import CODEBOOK
from support.table_rows import SOURCE, YEAR, observation_rows, row, table

from ratingengine.errors import CannotWrite, InvalidInput
from ratingengine.evidence.tables import frames
from ratingengine.evidence.tables.form import COLUMNS, Row, is_table, sidecar
from ratingengine.evidence.tables.read import Table, countries_in, evidence_of, read_table, sources_of
from ratingengine.evidence.tables.write import bibliography, open_writer


@pytest.fixture(params=["t.csv", "t.parquet"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return tmp_path / str(request.param)


def test_an_observation_has_its_source_its_place_and_its_band(place: Path) -> None:
    table(place, row(low=Decimal("0.45"), high=Decimal("0.583"), note="a break"), row(iso3="CHL"))
    evidence = evidence_of(read_table(place), "KAZ", CODEBOOK)
    (found,) = evidence.observations
    assert (found.claim.form, found.claim.lowest, found.claim.highest, found.claim.text) == ("value", 521, 521, "0.521")
    assert (found.begun, found.ended, found.reported) == (YEAR[0], YEAR[1], (YEAR[2], YEAR[2]))
    assert [str(citation) for citation in found.sources] == ["made line 2"]
    assert (found.id, found.note) == ("made-KAZ-2022-vdem.v2x_civlib", "v1; from 0.45 to 0.583; a break")
    source = evidence.sources["made"]
    assert (source.title, source.author, source.number, source.note) == ('A "made" set: ж', "A. Uthor", "v1", "Free.")
    assert source.issued == (YEAR[0], YEAR[2])
    assert countries_in(place) == {"KAZ", "CHL"}


def test_a_lower_bound_a_band_and_words(place: Path) -> None:
    table(
        place,
        row("stop.shutdowns", None, low=Decimal(3)),
        row("vdem.v2x_rule", None, low=Decimal("0.1"), high=Decimal("0.2")),
        row("fiw.status", None, text="not_free"),
    )
    claims = {
        one.indicator: (one.claim.form, one.claim.text) for one in evidence_of(read_table(place), "KAZ", CODEBOOK).observations
    }
    assert claims == {
        "stop.shutdowns": ("at_least", "3"),
        "vdem.v2x_rule": ("between", "0.100 to 0.200"),
        "fiw.status": ("value", "not_free"),
    }


def test_the_digest_is_of_the_country_s_rows_alone_and_the_same_in_both_forms(tmp_path: Path) -> None:
    def digest(name: str, *rows: Row) -> str:
        return evidence_of(read_table(table(tmp_path / name, *rows)), "KAZ", CODEBOOK).digest

    rule = row("vdem.v2x_rule")
    assert digest("a.csv", row(), rule) == digest("b.parquet", rule, row(), row(iso3="CHL"))
    assert digest("a.csv", row()) != digest("c.csv", row(value="0.522"))


def test_the_frame_has_the_columns_of_the_form_with_exact_types(place: Path) -> None:
    frame = read_table(table(place, row())).frame.collect()
    assert tuple(frame.columns) == COLUMNS
    assert frame.schema["value"] == pl.Decimal(18, 6)
    assert frame.schema["from"] == pl.Date
    assert frame["value"].to_list() == [Decimal("0.521")]


@given(rows=st.lists(observation_rows(), min_size=1, max_size=8, unique_by=lambda one: (one.iso3, one.year, one.indicator)))
def test_what_is_written_is_read_back_in_both_forms(rows: list[Row], tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("tables")
    for name in ("t.csv", "t.parquet"):
        read = read_table(table(folder / name, *rows))
        frame = read.frame.collect()
        assert [Row(*one) for one in frame.iter_rows()] == rows
        for iso3 in {one.iso3 for one in rows}:
            found = {(one.indicator, one.begun.year): one for one in evidence_of(read, iso3, CODEBOOK).observations}
            wanted = {(one.indicator, one.year): one for one in rows if one.iso3 == iso3}
            assert set(found) == set(wanted)
            for key, one in found.items():
                decimals = CODEBOOK[one.indicator].decimals
                assert one.claim.lowest == (wanted[key].value or Decimal(0)).scaleb(decimals)


def test_parts_are_joined_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frames, "PART", 2)
    rows = [row(year=year) for year in range(2000, 2007)]
    frame = read_table(table(tmp_path / "t.parquet", *rows)).frame.collect()
    assert frame["year"].to_list() == list(range(2000, 2007))
    assert [path.name for path in tmp_path.iterdir()] == ["t.parquet"]


def test_what_was_there_stays_when_writing_stops(place: Path) -> None:
    table(place, row())
    before = {path.name: path.read_bytes() for path in place.parent.iterdir()}
    writer = open_writer(place)
    writer.add(row(value="0.9"))
    writer.drop()
    assert {path.name: path.read_bytes() for path in place.parent.iterdir()} == before


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match=r"ends in \.parquet or \.csv"):
        open_writer(tmp_path / "t.txt")
    with pytest.raises(CannotWrite, match="is a directory"):
        open_writer(tmp_path)
    for name in ("gone/t.csv", "gone/t.parquet"):
        with pytest.raises(CannotWrite, match="no such file or directory"):
            open_writer(tmp_path / name)


def test_a_file_that_is_no_parquet_or_has_no_sources(tmp_path: Path) -> None:
    broken, bare = tmp_path / "broken.parquet", tmp_path / "bare.parquet"
    broken.write_bytes(b"PAR1")
    pl.DataFrame([row()], schema=frames.schema(), orient="row").write_parquet(bare)
    for path, said in ((broken, "not a Parquet file"), (bare, "no sources in its metadata")):
        with pytest.raises(InvalidInput, match="I325") as caught:
            read_table(path)
        assert said in str(caught.value)


@pytest.mark.parametrize(
    ("column", "kind"), [("from", pl.Datetime), ("value", pl.Float64), ("iso3", pl.Int32), ("year", pl.String)]
)
def test_a_column_of_another_type_is_told(column: str, kind: Any, tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    frame = pl.DataFrame([row()], schema=frames.schema(), orient="row")
    frame.with_columns(pl.lit(None).cast(kind).alias(column)).write_parquet(path, metadata={"ratingengine.method.sources": ""})
    with pytest.raises(InvalidInput, match=f"I325 not a table of observations: column '{column}' is"):
        read_table(path)


def test_texts_may_be_kept_as_categories(tmp_path: Path) -> None:
    path = table(tmp_path / "t.parquet", row())
    text = frames.parquet_metadata(path)["ratingengine.method.sources"]
    packed = read_table(path).frame.collect().with_columns(pl.col("iso3", "indicator").cast(pl.Categorical))
    packed.write_parquet(path, metadata={"ratingengine.method.sources": text})
    assert len(evidence_of(read_table(path), "KAZ", CODEBOOK).observations) == 1


def test_a_rating_without_a_table_does_not_wait_for_polars() -> None:
    words = "import sys; from ratingengine.cli import run; run(['kazakhstan', '--year', '2022', '--engine', 'reference'])"
    checked = f"{words}; assert not {{'polars', 'python_calamine', 'ratingengine.importing'}} & set(sys.modules)"
    assert subprocess.run([sys.executable, "-c", checked], capture_output=True, check=False).returncode == 0


def test_a_late_byte_that_is_no_text_is_told_and_no_traceback(tmp_path: Path) -> None:
    path = table(tmp_path / "t.csv", *[row(year=year) for year in range(1000, 9000)])
    path.write_bytes(path.read_bytes() + b"KAZ,2022,\xe9")
    with pytest.raises(InvalidInput, match="F103"):
        evidence_of(Table(path, None, sources_of(path)[0]), "KAZ", CODEBOOK)
    with pytest.raises(InvalidInput, match="F103"):
        countries_in(path)


def test_the_bibliography_is_one_that_the_reader_takes(place: Path) -> None:
    other = evolve(SOURCE, id="bare", author="", number="", note='quotes " and \\ signs', issued=(YEAR[0], YEAR[0]))
    writer = open_writer(place)
    writer.add(row())
    writer.finish([SOURCE, other])
    found, problems = sources_of(place)
    assert problems == ()
    assert found["bare"].note == 'quotes " and \\ signs'
    assert "author" not in bibliography([other])


def test_tables_are_told_by_their_ending() -> None:
    assert is_table(Path("a.PARQUET"))
    assert is_table(Path("a.csv"))
    assert not is_table(Path("2022.yaml"))
    assert sidecar(Path("x/a.csv")) == Path("x/a.csv.sources.yaml")


def test_a_text_table_never_stands_without_its_sources(tmp_path: Path) -> None:
    for blocked, kept in (("a.csv", ["a.csv.sources.yaml"]), ("b.csv.sources.yaml", [])):
        place = tmp_path / f"{blocked[0]}.csv"
        writer = open_writer(place)
        writer.add(row())
        (tmp_path / blocked).mkdir()  # only now, so that putting the file into its place fails
        with pytest.raises(CannotWrite, match=f"{blocked}': is a directory"):
            writer.finish([SOURCE])
        writer.drop()
        (tmp_path / blocked).rmdir()
        assert sorted(path.name for path in tmp_path.glob(f"*{blocked[0]}.csv*")) == kept


class Full:
    """A file on a disk without room, which is noticed only when it is closed, and then each time."""

    def __init__(self, file: IO[str]) -> None:
        self.file = file
        self.write = file.write

    def close(self) -> None:
        self.file.close()
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_text_table_that_cannot_be_closed_is_dropped_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = Path.open
    with monkeypatch.context() as full:
        full.setattr(Path, "open", lambda *words, **more: Full(opened(*words, **more)))
        writer = open_writer(tmp_path / "t.csv")
    writer.add(row())
    with pytest.raises(CannotWrite, match=r"t\.csv': no space left on device"):
        writer.finish([SOURCE])
    writer.drop()
    assert list(tmp_path.iterdir()) == []
