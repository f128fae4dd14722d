from __future__ import annotations

from pathlib import Path

import pytest

from ratingengine.files.collect import Collector, Fields
from ratingengine.files.declared import digest, missing_folder, read_file, shown_path
from ratingengine.files.mappings import Key, Record
from ratingengine.files.nodes import parse
from ratingengine.files.scalars import Text
from ratingengine.files.shipped import yaml_below

THING = Record("a thing", (Key("id", Text("an id", r"[a-z]+", 9, "rain")),))


def name(fields: Fields, _: Collector) -> str:
    return str(fields.get("id", ""))


def test_a_file_is_read_converted_and_shown_as_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "below").mkdir()
    (tmp_path / "below/a.yaml").write_text("id: RAIN\n", encoding="utf-8")
    value, document, (problem,) = read_file(tmp_path / "below/a.yaml", THING, name)
    assert value == ""
    assert document.path == "below/a.yaml"
    assert str(problem.place) == "below/a.yaml:1:5"


def test_a_file_that_cannot_be_parsed_has_no_value(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("id: [", encoding="utf-8")
    value, document, problems = read_file(tmp_path / "a.yaml", THING, name)
    assert (value, document.root) == (None, None)
    assert [problem.code for problem in problems] == ["F104"]


def test_a_path_outside_the_working_directory_is_shown_in_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert shown_path(tmp_path / "there.yaml") == str(tmp_path / "there.yaml")


def test_the_digest_depends_on_content_and_neither_on_names_nor_on_order() -> None:
    one, other = (parse(text, "f")[0] for text in (b"a: 1\n", b"a: 2\n"))
    renamed = parse(b"a: 1\n", "g")[0]
    assert digest([one, other]) == digest([other, renamed])
    assert digest([one, other]) != digest([one, one])
    assert digest([one]) != digest([one, one])


def test_a_missing_folder_and_a_file_in_its_place_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert "no such folder" in missing_folder(tmp_path / "none", "the codebook").message
    assert "is a file" in missing_folder(tmp_path / "file", "the codebook").message


def test_files_below_a_folder_come_sorted_and_nothing_that_bears_the_name_is_passed_over(tmp_path: Path) -> None:
    for path in ("b.yaml", "a.yml", "C.YAML", "sub/d.yaml", ".hidden.yaml", ".git/e.yaml", "note.txt"):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text("a: 1\n", encoding="utf-8")
    (tmp_path / "broken.yaml").symlink_to("gone")
    (tmp_path / "folder.yaml").mkdir()
    found = [str(path.relative_to(tmp_path)) for path in yaml_below(tmp_path)]
    assert found == ["C.YAML", "a.yml", "b.yaml", "broken.yaml", "folder.yaml", "sub/d.yaml"]
