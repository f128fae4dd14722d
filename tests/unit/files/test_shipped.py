"""Where files are: the folders that came with the program, and which files of a folder count."""

from __future__ import annotations

from pathlib import Path

import pytest

from ratingengine.errors import NotFound
from ratingengine.files import shipped as module
from ratingengine.files.shipped import country_paths, shipped, yaml_below


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the program at PROJECT/src/package, without anything beside it."""
    folder = tmp_path / "project" / "src" / "package"
    folder.mkdir(parents=True)
    monkeypatch.setattr(module, "_PACKAGE", folder)
    return folder


def test_in_a_checkout_the_folder_stands_beside_the_source(package: Path) -> None:
    (package.parents[1] / "rules").mkdir()
    assert shipped("rules") == package.parents[1] / "rules"


def test_in_an_installed_copy_the_folder_stands_inside_the_package_and_wins(package: Path) -> None:
    (package.parents[1] / "rules").mkdir()
    (package / "shipped" / "rules").mkdir(parents=True)
    assert shipped("rules") == package / "shipped" / "rules"


def test_a_folder_that_is_gone_is_told_with_a_remedy(package: Path) -> None:
    with pytest.raises(NotFound, match="the folder 'rules' that belongs to ratingengine is missing; install it again"):
        shipped("rules")


@pytest.mark.parametrize("name", ["rules", "indicators", "imports"])
def test_this_copy_of_the_program_has_its_folders(name: str) -> None:
    assert yaml_below(shipped(name))


def test_yaml_files_are_found_in_every_folder_in_order_without_hidden_ones(tmp_path: Path) -> None:
    for name in ("b.yaml", "a/2.yml", "a/1.yaml", ".hidden.yaml", ".git/x.yaml", "c.txt", "d.YAML.bak"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("", "utf-8")
    assert [path.relative_to(tmp_path).as_posix() for path in yaml_below(tmp_path)] == ["a/1.yaml", "a/2.yml", "b.yaml"]


def test_a_folder_or_a_broken_link_with_the_name_of_a_yaml_file_is_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / "link.yaml").symlink_to(tmp_path / "gone.yaml")
    assert [path.name for path in yaml_below(tmp_path)] == ["folder.yaml", "link.yaml"]


def test_the_files_of_a_country_stand_in_the_folder_of_its_code(tmp_path: Path) -> None:
    for code in ("KAZ", "BVT"):
        (tmp_path / code).mkdir()
        (tmp_path / code / "2003.yaml").write_text("", "utf-8")
    assert country_paths(tmp_path, "BVT") == (tmp_path / "BVT" / "2003.yaml",)
    assert country_paths(tmp_path, "HMD") == ()


def test_a_folder_in_small_letters_is_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "bvt").mkdir()
    (tmp_path / "bvt" / "2003.yaml").write_text("", "utf-8")
    (tmp_path / "bvt.yaml").write_text("", "utf-8")
    assert country_paths(tmp_path, "BVT") == (tmp_path / "bvt" / "2003.yaml",)


def test_a_file_named_by_itself_is_the_file_of_any_country(tmp_path: Path) -> None:
    file = tmp_path / "my notes.yaml"
    file.write_text("", "utf-8")
    assert country_paths(file, "BVT") == (file,)
