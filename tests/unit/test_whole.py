"""Files written whole or not at all: what is at the place changes at once, and nothing is left beside it."""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path

import pytest

from ratingengine.errors import CannotWrite
from ratingengine.whole import Beside, cannot_write, whole_file

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
