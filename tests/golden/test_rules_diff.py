"""What `rate rules diff` prints of small rule sets, kept as files."""

from __future__ import annotations

from pathlib import Path

import pytest
from assets.toy import RECORDS
from support.golden_fixture import Golden
from support.kept_answers import FORMATS, KINDS
from support.trial_sets import BANNERS, MARCH, folder_with, level, rule

from ratingengine.cli import run

EXPECTED = Path(__file__).parent / "expected_rules_diff"
RATED = rule("TRY-009", "rating", "{level: peaceful_assembly, at_most: narrowed}", "{rating_at_most: narrowed}")
PERMIT = rule("TRY-005", "upgrade_gate", "{all: [{prior: pressure, is: better}]}", "{gate: open}")
OLD = (level("TRY-001", BANNERS), level("TRY-002", MARCH, "closed"), RATED)
NEW = (level("TRY-001", BANNERS.replace("3", "8")), RATED, PERMIT)


@pytest.mark.parametrize("form", FORMATS)
def test_the_answer_is_the_kept_one(
    form: str, tmp_path: Path, golden: Golden, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder_with(tmp_path / "old", OLD, ())
    folder_with(tmp_path / "new", NEW, ())
    (tmp_path / "records").symlink_to(RECORDS)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("ratingengine.proofs.rules_diff.solver.at_hand", lambda: False)
    code = run(["rules", "diff", "old", "new", "--impact", "--witnesses", "told", "--records", "records", "--format", form])
    printed = capsys.readouterr()
    assert (code, printed.err) == (0, "")
    golden(printed.out, EXPECTED / f"changed.{KINDS[form]}")


def test_every_kept_file_is_compared() -> None:
    assert {path.name for path in EXPECTED.iterdir()} == {f"changed.{kind}" for kind in KINDS.values()}
