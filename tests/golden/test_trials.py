"""What `rate test` prints of cases that fail, of gaps and of survivors, kept as files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from assets.toy import RECORDS
from support.golden_fixture import Golden
from support.kept_answers import FORMATS, KINDS
from support.trial_sets import BANNERS, FAILING, GAPS, IDLE, PAIR, WHOLE, folder_with, level

from ratingengine.cli import run

EXPECTED = Path(__file__).parent / "expected_trials"
SETS = {
    "failing": ((PAIR, IDLE), FAILING, ("--mutate",)),
    "gaps": ((PAIR, IDLE), GAPS, ("--coverage", "--mutate")),
    "whole": ((level("TRY-001", BANNERS),), WHOLE, ("--coverage", "--mutate")),
}
FOUND = {"failing": 1, "gaps": 1, "whole": 0}


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", SETS)
def test_the_answer_is_the_kept_one(
    name: str, form: str, tmp_path: Path, golden: Golden, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    rules, cases, options = SETS[name]
    folder_with(tmp_path / "mine", rules, cases)
    (tmp_path / "records").symlink_to(RECORDS)
    monkeypatch.chdir(tmp_path)
    # Equal mutants are told apart the same way with z3 and without; which of the two said so stands in the answer.
    monkeypatch.setattr("ratingengine.ruleset.test.solver.at_hand", lambda: False)
    code = run(["test", "mine", *options, "--records", "records", "--format", form])
    printed = capsys.readouterr()
    assert (code, printed.err) == (FOUND[name], "")
    golden(printed.out, EXPECTED / f"{name}.{KINDS[form]}")


def test_every_kept_file_is_compared() -> None:
    wanted: Sequence[str] = [f"{name}.{kind}" for name in SETS for kind in KINDS.values()]
    assert {path.name for path in EXPECTED.iterdir()} == set(wanted)
