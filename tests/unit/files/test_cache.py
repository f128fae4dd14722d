from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from ratingengine.files.bounded import bytes_of
from ratingengine.files.cache import MOST_ENTRIES, cache_folder, cached
from ratingengine.model.program import Target

MADE = Target("finding", "assembly.lethal_force")


class Maker:
    """Counts how often the value is made."""

    def __init__(self, *paths: Path) -> None:
        self.times = 0
        self.paths = paths

    def __call__(self) -> Target:
        self.times += 1
        for path in self.paths:
            bytes_of(path)
        return MADE


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RATINGENGINE_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "rules.yaml"
    path.write_text("one", "utf-8")
    return path


def test_the_same_content_is_made_once(folder: Path, source: Path) -> None:
    make = Maker(source)
    assert [cached(Target, [source], make) for _ in range(3)] == [MADE] * 3
    assert make.times == 1
    assert len(list(folder.iterdir())) == 1


def test_another_content_is_made_anew(folder: Path, source: Path) -> None:
    make = Maker(source)
    cached(Target, [source], make)
    source.write_text("two", "utf-8")
    cached(Target, [source], make)
    assert make.times == 2


def test_another_salt_is_made_anew(folder: Path, source: Path) -> None:
    make = Maker(source)
    cached(Target, [source], make, "2026-01-01")
    cached(Target, [source], make, "2027-01-01")
    assert make.times == 2


def test_a_broken_entry_is_made_anew_and_replaced(folder: Path, source: Path) -> None:
    make = Maker(source)
    cached(Target, [source], make)
    (entry,) = folder.iterdir()
    entry.write_bytes(entry.read_bytes()[:-5])
    assert cached(Target, [source], make) == MADE
    assert make.times == 2
    assert cached(Target, [source], make) == MADE
    assert make.times == 2


def test_an_entry_of_another_name_or_kind_is_made_anew(folder: Path, source: Path) -> None:
    make = Maker(source)
    cached(Target, [source], make)
    (entry,) = folder.iterdir()
    source.write_text("two", "utf-8")
    cached(Target, [source], make)
    (other,) = set(folder.iterdir()) - {entry}
    entry.write_bytes(other.read_bytes())
    source.write_text("one", "utf-8")
    cached(Target, [source], make)
    assert make.times == 3


def test_an_entry_is_text_that_cannot_run_and_the_users_alone(folder: Path, source: Path) -> None:
    cached(Target, [source], Maker(source))
    (entry,) = folder.iterdir()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(entry.stat().st_mode) == 0o600
    head, content = entry.read_text("utf-8").split("\n")
    assert head.split()[:2] == ["ratingengine/cache/1", entry.name]
    assert json.loads(content)[0] == ["ratingengine.model.program:Target"]


def test_what_an_entry_of_pickle_would_run_does_not_run(folder: Path, source: Path, tmp_path: Path) -> None:
    cached(Target, [source], Maker(source))
    (entry,) = folder.iterdir()
    entry.write_bytes(f"cposix\nsystem\n(S'touch {tmp_path}/ran'\ntR.".encode())
    make = Maker(source)
    assert cached(Target, [source], make) == MADE
    assert make.times == 1
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("mode", [0o640, 0o602, 0o666])
def test_an_entry_that_others_may_read_or_write_is_not_used(folder: Path, source: Path, mode: int) -> None:
    cached(Target, [source], Maker(source))
    (entry,) = folder.iterdir()
    entry.chmod(mode)
    make = Maker(source)
    cached(Target, [source], make)
    assert make.times == 1
    assert stat.S_IMODE(entry.stat().st_mode) == 0o600


def test_an_entry_of_another_user_or_behind_a_link_is_not_used(
    folder: Path, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cached(Target, [source], Maker(source))
    (entry,) = folder.iterdir()
    entry.rename(tmp_path / "elsewhere")
    entry.symlink_to(tmp_path / "elsewhere")
    make = Maker(source)
    cached(Target, [source], make)
    assert make.times == 1
    user = os.getuid()
    monkeypatch.setattr(os, "getuid", lambda: user + 1)
    cached(Target, [source], make)
    assert make.times == 2


def test_a_pipe_in_the_place_of_an_entry_or_of_a_file_is_not_waited_for(folder: Path, source: Path, tmp_path: Path) -> None:
    cached(Target, [source], Maker(source))
    (entry,) = folder.iterdir()
    entry.unlink()
    os.mkfifo(entry, 0o600)
    assert cached(Target, [source], Maker(source)) == MADE
    os.mkfifo(tmp_path / "pipe")
    assert cached(Target, [tmp_path / "pipe"], Maker()) == MADE


def test_a_file_that_changes_between_looking_up_and_reading_is_not_kept(folder: Path, source: Path) -> None:
    """What is kept under the old bytes would be given for them for ever after."""

    def make() -> Target:
        source.write_text("two", "utf-8")
        found = Target("finding", bytes_of(source).decode())
        source.write_text("one", "utf-8")
        return found

    assert cached(Target, [source], make).name == "two"
    assert cached(Target, [source], Maker(source)) == MADE
    assert len(list(folder.iterdir())) == 1


def test_what_was_not_made_of_just_these_files_is_not_kept(folder: Path, source: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_text("three", "utf-8")
    cached(Target, [source], Maker())
    cached(Target, [source], Maker(source, other))
    assert not folder.exists()


def test_what_else_lies_in_the_folder_is_never_removed(folder: Path, tmp_path: Path) -> None:
    folder.mkdir(0o700)
    (folder / "thesis.txt").write_text("years of work", "utf-8")
    for number in range(MOST_ENTRIES + 1):
        path = tmp_path / f"{number}.yaml"
        path.write_text(str(number), "utf-8")
        cached(Target, [path], Maker(path))
    assert (folder / "thesis.txt").read_text("utf-8") == "years of work"
    assert len(list(folder.iterdir())) == MOST_ENTRIES + 1


def test_a_folder_that_others_can_write_is_not_used(folder: Path, source: Path) -> None:
    folder.mkdir()
    folder.chmod(0o777)
    make = Maker(source)
    cached(Target, [source], make)
    cached(Target, [source], make)
    assert make.times == 2
    assert list(folder.iterdir()) == []


def test_off_keeps_nothing(tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RATINGENGINE_CACHE", "off")
    assert cache_folder() is None
    make = Maker(source)
    cached(Target, [source], make)
    cached(Target, [source], make)
    assert make.times == 2


def test_a_cache_that_cannot_be_made_is_no_error(tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "taken").write_text("a file", "utf-8")
    monkeypatch.setenv("RATINGENGINE_CACHE", str(tmp_path / "taken" / "cache"))
    assert cached(Target, [source], Maker()) == MADE


def test_a_missing_file_is_left_to_the_reader(folder: Path, tmp_path: Path) -> None:
    assert cached(Target, [tmp_path / "gone.yaml"], Maker()) == MADE
    assert not folder.exists()


def test_only_the_newest_entries_are_kept(folder: Path, tmp_path: Path) -> None:
    for number in range(MOST_ENTRIES + 5):
        path = tmp_path / f"{number}.yaml"
        path.write_text(str(number), "utf-8")
        cached(Target, [path], Maker(path))
    assert len(list(folder.iterdir())) == MOST_ENTRIES


def test_the_cache_lies_below_the_users_cache_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RATINGENGINE_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", os.sep + "cache")
    assert cache_folder() == Path(os.sep + "cache") / "ratingengine"
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", os.sep + "home")
    assert cache_folder() == Path(os.sep + "home") / ".cache" / "ratingengine"


def test_a_failure_to_make_is_not_kept(folder: Path, source: Path) -> None:
    def fail() -> Target:
        raise ValueError("bad rules")

    with pytest.raises(ValueError, match="bad rules"):
        cached(Target, [source], fail)
    assert not folder.exists()
