"""`rate rules diff` as it is installed, with a real repository."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from assets.toy import RECORDS
from e2e.command import execute, rate
from support.trial_sets import BANNERS, folder_with, level, rule

RATED = rule("TRY-009", "rating", "{level: peaceful_assembly, at_most: narrowed}", "{rating_at_most: narrowed}")
WHO = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")


needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


@needs_git
def test_a_change_is_compared_with_what_was_committed(tmp_path: Path) -> None:
    folder_with(tmp_path / "mine", (level("TRY-001", BANNERS), RATED), ())
    for words in (("init", "-q"), ("add", "mine"), (*WHO, "commit", "-qm", "first")):
        assert execute(["git", *words], tmp_path).code == 0
    folder_with(tmp_path / "mine", (level("TRY-001", BANNERS.replace("3", "8")), RATED), ())
    told = rate("rules", "diff", "HEAD", "mine", "--impact", "--records", str(RECORDS), cwd=tmp_path)
    told.answered("was: assembly.banners_taken at least 3", "narrowed → open", "3 of 6 country-years", "Bouvet Island (BVT) 2003")
    same = rate("rules", "diff", "HEAD:mine", "HEAD", "--records", str(RECORDS), cwd=tmp_path)
    same.answered("No rule was added, ended or changed.", "Both mean the same (same)")
    rate("rules", "diff", "HEAD~9", "mine", "--records", str(RECORDS), cwd=tmp_path).refused(3, "no rule set 'HEAD~9'")


@needs_git
def test_outside_of_a_repository_a_revision_is_refused(tmp_path: Path) -> None:
    rate("rules", "diff", "HEAD:rules", cwd=tmp_path).refused(3, "no git repository here for 'HEAD:rules'")
