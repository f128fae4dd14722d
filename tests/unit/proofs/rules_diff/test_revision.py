"""Files as a git revision has them: nothing outside the folder, nothing that is no file, and clear words where there is none."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from ratingengine.errors import NotFound
from ratingengine.proofs.rules_diff.revision import extract, is_revision, path_in_repository

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="no git on the path")
IDENTITY = {
    "GIT_AUTHOR_NAME": "A",
    "GIT_AUTHOR_EMAIL": "a@example.org",
    "GIT_COMMITTER_NAME": "A",
    "GIT_COMMITTER_EMAIL": "a@example.org",
}


def git(folder: Path, *words: str) -> None:
    subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True, env={**os.environ, **IDENTITY})


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two commits of a folder of rules, with a link in it."""
    place = tmp_path / "repository"
    (place / "rules/mine/deep").mkdir(parents=True)
    git(place, "init", "--quiet", "--initial-branch", "main")
    (place / "rules/mine/scale.yaml").write_text("one\n", "utf-8")
    (place / "rules/mine/deep/naïve.yaml").write_bytes(b"\xff\n")
    (place / "rules/mine/link.yaml").symlink_to("/etc/passwd")
    (place / "other.yaml").write_text("beside\n", "utf-8")
    git(place, "add", "-A")
    git(place, "commit", "--quiet", "-m", "first")
    (place / "rules/mine/scale.yaml").write_text("two\n", "utf-8")
    git(place, "commit", "--quiet", "-a", "-m", "second")
    monkeypatch.chdir(place)
    return place


def test_the_files_are_those_of_the_revision(repository: Path, tmp_path: Path) -> None:
    old = extract("HEAD~1", "rules/mine", tmp_path / "old")
    assert (old / "scale.yaml").read_text("utf-8") == "one\n"
    assert (extract("HEAD", "rules/mine/", tmp_path / "new") / "scale.yaml").read_text("utf-8") == "two\n"
    assert (repository / "rules/mine/scale.yaml").read_text("utf-8") == "two\n"


def test_links_and_what_lies_elsewhere_are_left_out_and_bytes_are_kept(repository: Path, tmp_path: Path) -> None:
    made = extract("HEAD", "rules/mine", tmp_path / "made")
    assert sorted(path.relative_to(made).as_posix() for path in made.rglob("*") if path.is_file()) == [
        "deep/naïve.yaml",
        "scale.yaml",
    ]
    assert (made / "deep/naïve.yaml").read_bytes() == b"\xff\n"


@pytest.mark.parametrize(
    ("revision", "path", "said"),
    [
        ("HEAD~9", "rules/mine", "no such revision: 'HEAD~9'"),
        ("--help", "rules/mine", "no such revision: '--help'"),
        ("HEAD", "rules/yours", "revision 'HEAD' has no folder 'rules/yours'"),
        ("HEAD", "other.yaml", "revision 'HEAD' has no folder 'other.yaml'"),
    ],
)
def test_what_is_not_there_is_said(repository: Path, tmp_path: Path, revision: str, path: str, said: str) -> None:
    with pytest.raises(NotFound, match=said):
        extract(revision, path, tmp_path / "made")


def test_outside_a_repository_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(NotFound, match="no git repository here for 'HEAD:rules'"):
        extract("HEAD", "rules", tmp_path / "made")
    assert path_in_repository(tmp_path) is None
    assert not is_revision("HEAD")


def test_a_word_is_a_revision_where_git_knows_it_as_a_commit(repository: Path) -> None:
    assert is_revision("HEAD~1")
    assert is_revision("main")
    assert not is_revision("HEAD:rules/mine")
    assert not is_revision("--all")
    assert not is_revision("nothing")


def test_where_a_folder_lies_in_the_repository(repository: Path, tmp_path: Path) -> None:
    assert path_in_repository(repository / "rules/mine") == "rules/mine"
    assert path_in_repository(Path("rules")) == "rules"
    assert path_in_repository(tmp_path) is None


def test_without_git_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("shutil.which", lambda _name: None)
    with pytest.raises(NotFound, match="git is not installed, so no revision can be read; name a folder"):
        extract("HEAD", "rules", tmp_path)
    assert not is_revision("HEAD")
