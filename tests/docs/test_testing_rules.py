"""The manual of `rate test` is true: its files are written one after another, and its commands print what stands there.

`pytest --golden-update` writes the printed parts anew.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from ratingengine.cli import run

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/testing-rules.md"
STEP = re.compile(r"`(mine/\S+\.yaml)`[^`]*:\n\n```yaml\n(.*?)```|```\n\$ rate ([^\n]*)\n(.*?)```", re.DOTALL)
CODES = {"test mine": 1, "test mine --mutate": 1, "test mine --coverage --mutate": 0}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "mine" / "cases").mkdir(parents=True)
    for name in ("scale.yaml", "sources.yaml"):
        shutil.copy(ROOT / "rules/civic-space" / name, tmp_path / "mine" / name)
    monkeypatch.chdir(tmp_path)
    # Without z3 the same mutants are equal; who proved it would stand in the answer.
    monkeypatch.setattr("ratingengine.ruleset.test.solver.at_hand", lambda: False)
    return tmp_path


def test_the_example_runs_as_it_is_told(folder: Path, capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest) -> None:
    text = PAGE.read_text("utf-8")
    ran = []
    for step in STEP.finditer(text):
        name, written, command, shown = step.groups()
        if name:
            (folder / name).write_text(written, "utf-8")
            continue
        code = run(command.split())
        printed = capsys.readouterr()
        assert (code, printed.err) == (CODES[command], "")
        ran.append(command)
        if request.config.getoption("--golden-update"):
            PAGE.write_text(
                PAGE.read_text("utf-8").replace(f"$ rate {command}\n{shown}```", f"$ rate {command}\n{printed.out}```")
            )
        else:
            assert printed.out == shown
    assert ran == list(CODES)
