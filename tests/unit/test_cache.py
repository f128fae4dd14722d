from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest

from ratingengine.cache import MOST_ENTRIES, cache_folder, cached
from ratingengine.model.program import Target

MADE = Target("finding", "assembly.lethal_force")


class Maker:
    """Counts how often the value is made."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> Target:
        self.times += 1
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
    make = Maker()
    assert [cached(Target, [source], make) for _ in range(3)] == [MADE] * 3
    assert make.times == 1
    assert len(list(folder.iterdir())) == 1


def test_another_content_is_made_anew(folder: Path, source: Path) -> None:
    make = Maker()
    cached(Target, [source], make)
    source.write_text("two", "utf-8")
    cached(Target, [source], make)
    assert make.times == 2


def test_another_salt_is_made_anew(folder: Path, source: Path) -> None:
    make = Maker()
    cached(Target, [source], make, "2026-01-01")
    cached(Target, [source], make, "2027-01-01")
    assert make.times == 2


def test_a_broken_entry_is_made_anew_and_replaced(folder: Path, source: Path) -> None:
    make = Maker()
    cached(Target, [source], make)
    (entry,) = folder.iterdir()
    entry.write_bytes(entry.read_bytes()[:-5])
    assert cached(Target, [source], make) == MADE
    assert make.times == 2
    assert pickle.loads(entry.read_bytes()) == MADE  # noqa: S301


def test_an_entry_of_another_kind_is_made_anew(folder: Path, source: Path) -> None:
    make = Maker()
    cached(Target, [source], make)
    (entry,) = folder.iterdir()
    entry.write_bytes(pickle.dumps("something else"))
    assert cached(Target, [source], make) == MADE


def test_a_folder_that_others_can_write_is_not_used(folder: Path, source: Path) -> None:
    folder.mkdir()
    folder.chmod(0o777)
    make = Maker()
    cached(Target, [source], make)
    cached(Target, [source], make)
    assert make.times == 2
    assert list(folder.iterdir()) == []


def test_off_keeps_nothing(tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RATINGENGINE_CACHE", "off")
    assert cache_folder() is None
    make = Maker()
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
        cached(Target, [path], Maker())
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
