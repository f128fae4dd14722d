"""The page on importing is true: its example runs as it is told, and it names every mapping and every key.

`pytest --golden-update` writes the printed part anew.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ratingengine.cli import run
from ratingengine.evidence.tables.form import COLUMNS
from ratingengine.importing.shape import FILE

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/importing.md"
FILES = re.compile(r"`(\S+\.(?:csv|yaml))`[^`]*?\n\n```(?:csv|yaml)\n(.*?)```", re.DOTALL)
STEP = re.compile(r"```\n\$ rate ([^\n]*)\n(.*?)```", re.DOTALL)


def test_the_example_runs_as_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest
) -> None:
    monkeypatch.chdir(tmp_path)
    text = PAGE.read_text("utf-8")
    files = dict(FILES.findall(text))
    assert set(files) == {"scores.csv", "mine.yaml"}
    for name, content in files.items():
        (tmp_path / name).write_text(content, "utf-8")
    ((command, shown),) = STEP.findall(text)
    assert run(command.split()) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    if request.config.getoption("--golden-update"):
        PAGE.write_text(text.replace(f"$ rate {command}\n{shown}```", f"$ rate {command}\n{printed.out}```"), "utf-8")
    else:
        assert printed.out == shown
    table = (tmp_path / "table.csv").read_text("utf-8")
    assert "CHL,2022,vdem.v2xcl_acjst,0.775," in table
    assert "XSL,2022,fiw.status,,partly_free," in table


def test_every_shipped_mapping_every_key_and_every_column_is_named() -> None:
    text = PAGE.read_text("utf-8")
    for path in (ROOT / "imports").glob("*.yaml"):
        assert f"| `{path.stem}` |" in text
    for key in FILE.keys:
        assert key.name in ("schema", "name") or f"`{key.name}`" in text, key.name
    assert ", ".join(COLUMNS) in text
