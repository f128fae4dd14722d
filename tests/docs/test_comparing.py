"""The transcripts of docs/comparing.md are what the commands print; `pytest --golden-update` writes them anew."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from support.kept_answers import normalised

from ratingengine.cli import run

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/comparing.md"
BLOCK = re.compile(r"```\n\$ (rate [^\n]*)\n(.*?)```", re.DOTALL)
COMMANDS = [match[1] for match in BLOCK.finditer(PAGE.read_text("utf-8"))]


def test_each_question_has_an_example() -> None:
    assert [shlex.split(command)[1] for command in COMMANDS] == ["compare", "changes", "watchlist", "summary", "map"]


@pytest.mark.parametrize("command", COMMANDS)
def test_the_example_is_real(
    command: str,
    request: pytest.FixtureRequest,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    (tmp_path / "tests").symlink_to(ROOT / "tests")
    monkeypatch.chdir(tmp_path)  # the map is written here
    text = PAGE.read_text("utf-8")
    shown = next(match[2] for match in BLOCK.finditer(text) if match[1] == command)
    assert run(shlex.split(command)[1:]) == 0
    printed = "".join(f"{line.rstrip()}\n" for line in capsys.readouterr().out.splitlines())
    if request.config.getoption("--golden-update"):
        PAGE.write_text(text.replace(f"$ {command}\n{shown}```", f"$ {command}\n{printed}```"), "utf-8")
        return
    assert normalised(printed) == normalised(shown)
