"""Files written whole or not at all: what is at the place changes at once, and nothing is left beside it."""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path

import pytest

from ratingengine.errors import CannotWrite
from ratingengine.files.bounded import bytes_of, inputs
from ratingengine.files.whole import Beside, cannot_write, whole_file

FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def left(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in folder.iterdir()}


def write_half(place: Path, failure: BaseException) -> None:
    with whole_file(place) as beside:
        beside.write_text("half", "utf-8")
        raise failure


def test_the_old_file_stands_until_the_new_one_is_whole(tmp_path: Path) -> None:
    place = tmp_path / "a.txt"
    place.write_text("old", "utf-8")
    with whole_file(place) as beside:
        beside.write_text("new", "utf-8")
        assert place.read_text("utf-8") == "old"
        assert beside.parent == place.parent, "only within one folder is renaming one step"
    assert left(tmp_path) == {"a.txt": "new"}


@pytest.mark.parametrize("failure", [FULL, ZeroDivisionError("a bug"), KeyboardInterrupt()])
def test_whatever_goes_wrong_leaves_what_was_there_and_nothing_beside(failure: BaseException, tmp_path: Path) -> None:
    place = tmp_path / "a.txt"
    place.write_text("old", "utf-8")
    kind, told = (CannotWrite, f"cannot write '{place}': no space left on device") if failure is FULL else (type(failure), "")
    with pytest.raises(kind, match=re.escape(told) if told else None):
        write_half(place, failure)
    assert left(tmp_path) == {"a.txt": "old"}


def test_a_file_that_was_never_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="no such file"), whole_file(tmp_path / "a.txt"):
        pass
    with pytest.raises(CannotWrite, match="no such file"), whole_file(tmp_path / "gone/a.txt") as beside:
        beside.write_text("new", "utf-8")


def test_a_folder_at_the_place_is_told_and_nothing_left(tmp_path: Path) -> None:
    beside = Beside(tmp_path / "a")
    (tmp_path / "a").mkdir()
    beside.path.write_text("new", "utf-8")
    with pytest.raises(CannotWrite, match="directory"):
        beside.keep()
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_link_stays_one(tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    (tmp_path / "far/a.txt").write_text("old", "utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "far/a.txt")
    with whole_file(tmp_path / "link") as beside:
        beside.write_text("new", "utf-8")
        assert beside.parent == tmp_path / "far", "where the file is, not where the link is: that may be another disk"
    assert (tmp_path / "link").is_symlink()
    assert left(tmp_path / "far") == {"a.txt": "new"}


def test_what_a_library_says_is_told_in_its_first_line(tmp_path: Path) -> None:
    told = cannot_write(tmp_path / "a", ValueError("Disk is FULL\nmore"))
    assert str(told) == f"cannot write '{tmp_path / 'a'}': disk is full"


KINDS = {
    "key": b"-----BEGIN PRIVATE KEY-----\nMC4\n",
    "parquet": b"PAR1\0\0",
    "svg": b'<svg xmlns="x">',
    "html": b"<!doctype html>\n",
    "certificate": b'{"answer":{}}',
    "provenance": b'{\n  "@context": 1}',
    "records": b"# of 2022\nschema: ratingengine/record/1\n",
    "sources": b"schema: ratingengine/sources/1\n",
    "state": b'{"schema": "ratingengine/state/1"}',
    "observations": b"iso3,year,indicator,value,reported\n",
    "ratings": b"iso3,year,rating,assessed\n",
    "own table": b"iso3,year,gdp\n",
    "another table": b"iso3,year,p_open\n",
    "text": b"Dear all,\n",
    "bytes": b"\x89PNG\0",
}


@pytest.mark.parametrize("new", KINDS)
def test_a_file_is_replaced_only_by_its_like(new: str, tmp_path: Path) -> None:
    for old, content in KINDS.items():
        place = tmp_path / "place"
        place.write_bytes(content)
        if old == new:
            with whole_file(place) as beside:
                beside.write_bytes(KINDS[new] + b" more")
        else:
            with pytest.raises(CannotWrite, match="what is written is"), whole_file(place) as beside:
                beside.write_bytes(KINDS[new])
            assert place.read_bytes() == content
    place.write_bytes(b"")
    with whole_file(place) as beside:
        beside.write_bytes(KINDS[new])
    assert place.read_bytes() == KINDS[new]


@pytest.mark.parametrize("linked", ["same", "hard", "soft"])
def test_no_input_of_the_run_is_replaced_under_any_name(linked: str, tmp_path: Path) -> None:
    read, place = tmp_path / "read", tmp_path / ("read" if linked == "same" else "place")
    read.write_bytes(b"Dear all,")
    if linked != "same":
        (place.hardlink_to if linked == "hard" else place.symlink_to)(read)
    with inputs():
        bytes_of(read)
        with pytest.raises(CannotWrite, match="it is a file that is read"), whole_file(place) as beside:
            beside.write_bytes(b"new")
        assert left(tmp_path).popitem()[1] == "Dear all,"
    with inputs(), whole_file(place) as beside:
        beside.write_bytes(b"new")
    assert place.read_bytes() == b"new"


def test_a_file_that_is_read_while_the_new_one_is_made_is_an_input_too(tmp_path: Path) -> None:
    place = tmp_path / "place"
    place.write_bytes(b"Dear all,")
    with inputs(), pytest.raises(CannotWrite, match="it is a file that is read"), whole_file(place) as beside:
        beside.write_bytes(bytes_of(place))
    with inputs(), whole_file(place, rewritten=True) as beside:
        beside.write_bytes(bytes_of(place) + b" again")
    assert left(tmp_path) == {"place": "Dear all, again"}


def test_what_is_replaced_keeps_its_mode(tmp_path: Path) -> None:
    place = tmp_path / "place"
    place.write_bytes(b"old")
    place.chmod(0o604)
    with whole_file(place) as beside:
        beside.write_bytes(b"new")
    assert place.stat().st_mode & 0o777 == 0o604


def test_links_in_a_circle_are_told(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    with pytest.raises(CannotWrite, match="the links there lead in a circle"), whole_file(tmp_path / "a"):
        pass
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]
