"""The page on tables is true: its table is written, and its commands print what stands there.

`pytest --golden-update` writes the printed parts anew.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ratingengine.bulk.identity import versions
from ratingengine.bulk.method import compiled_of
from ratingengine.cli import run

PAGE = Path(__file__).parents[2] / "docs/bulk.md"
COMMAND = re.compile(r"```\n\$ rate ([^\n]*)\n(.*?)```", re.DOTALL)


def test_the_example_runs_as_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest
) -> None:
    text = PAGE.read_text("utf-8")
    table = re.search(r"`(\w+\.csv)`:\n\n```csv\n(.*?)```", text, re.DOTALL)
    assert table is not None
    monkeypatch.chdir(tmp_path)
    Path(table[1]).write_text(table[2], "utf-8")
    named = versions(compiled_of("rsf-situations"))
    ran = 0
    for command, shown in COMMAND.findall(text):
        assert run(command.split()) == 0
        # The digest of the rules changes with every word of them.
        printed = re.sub(r"\s+".join(map(re.escape, named.split())), "VERSIONS", capsys.readouterr().out)
        ran += 1
        if request.config.getoption("--golden-update"):
            kept = PAGE.read_text("utf-8")
            PAGE.write_text(kept.replace(f"$ rate {command}\n{shown}```", f"$ rate {command}\n{printed}```"), "utf-8")
        else:
            assert printed == shown
    assert ran == 4
