"""Ratings are written whole or not at all, wherever they go, and nothing is left beside them."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from ratingengine.bulk.batch import batch
from ratingengine.bulk.files import as_parquet
from ratingengine.bulk.method import compiled_of
from ratingengine.bulk.output import Output
from ratingengine.bulk.state import State
from ratingengine.cli import run
from ratingengine.errors import CannotWrite, InvalidInput

RSF = compiled_of("rsf-situations")
FRAME = pl.DataFrame({"iso3": ["KAZ"], "year": [2022]})
FULL = Path("/dev/full")


class NoFrame:
    """What cannot be written."""

    def __getattr__(self, name: str) -> Any:
        raise AttributeError("no frame")


def add_all(place: Output, *parts: Any) -> None:
    for part in parts:
        place.add(part)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    lines = [f"{iso3},{year},50" for iso3 in ("FIN", "IND", "KAZ") for year in (2020, 2021)]
    (tmp_path / "t.csv").write_text("\n".join(["iso3,year,rsf.score", *lines, ""]), "utf-8")
    return tmp_path / "t.csv"


@pytest.mark.parametrize("name", ["/proc/out.csv", "/proc/out.parquet"])
def test_a_place_that_cannot_be_written_is_told(table: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    if not Path("/proc/self").exists():
        pytest.skip("there is no /proc")
    assert run(["batch", str(table), "-o", name, "--rules", "rsf-situations"]) == 1
    assert capsys.readouterr().err.startswith(f"error: cannot write '{name}': ")


@pytest.mark.parametrize("name", ["out.csv", "out.parquet"])
def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, name: str) -> None:
    if not FULL.exists():
        pytest.skip("there is no /dev/full")
    # What is written beside the place goes to a disk without room.
    (tmp_path / f".{name}.new-{os.getpid()}").symlink_to(FULL)
    with pytest.raises(CannotWrite, match="no space left on device"), Output(str(tmp_path / name)) as place:
        place.add(pl.concat([FRAME] * 100_000))
    assert list(tmp_path.iterdir()) == []


def test_what_fails_in_between_leaves_nothing_behind(tmp_path: Path) -> None:
    for name in ("out.csv", "out.parquet"):
        with pytest.raises(AttributeError, match="no frame"), Output(str(tmp_path / name)) as place:
            add_all(place, FRAME, NoFrame())
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_printed_where_a_later_part_is_refused(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    batch(table, "-", RSF, rows=2)
    assert capsys.readouterr().out.count("\n") == 7
    with table.open("a", encoding="utf-8") as file:
        file.write("KAZ,2022,500\n")
    with pytest.raises(InvalidInput):
        batch(table, "-", RSF, rows=2)
    assert capsys.readouterr().out == ""


def test_no_room_for_a_temporary_table_is_told_as_such(table: Path, tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="TMPDIR names another place"):
        as_parquet(table, pl.scan_csv(table), str(tmp_path / "nowhere"))


def test_a_state_that_cannot_be_kept_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, *_: Any) -> None:
        path.touch()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(CannotWrite, match="no space left on device"):
        State(tmp_path / "state.json", "of this one").write({})
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(InvalidInput, match="B507"):
        State(tmp_path, "of this one").read()


@pytest.mark.slow
@pytest.mark.deep
def test_spark_tells_what_it_cannot_write(table: Path) -> None:
    pytest.importorskip("pyspark")
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java 17 or later")
    with pytest.raises(CannotWrite, match=r"cannot write '/proc/out\.csv'"):
        batch(table, "/proc/out.csv", RSF, "spark")
