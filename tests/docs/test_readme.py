"""The transcript in the README is what the commands print; `pytest --golden-update` writes it anew."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

README = Path(__file__).parents[2] / "README.md"
BLOCK = re.compile(r"```\n\$ (rate [^\n]*)\n(.*?)```", re.DOTALL)
COMMANDS = [
    "rate kazakhstan --year 2022",
    "rate why kazakhstan --year 2022",
    "rate why-not kazakhstan --year 2019 --rating repressed --max 4 --brief",
    "rate diff kazakhstan 2019 2022 --brief",
]
DIGEST = re.compile(r"\b[0-9a-f]{12,64}\b")


def run(command: str) -> str:
    program = "from ratingengine.cli import main; main()"
    words = command.split()[1:]
    done = subprocess.run([sys.executable, "-c", program, *words], capture_output=True, text=True, encoding="utf-8", check=True)
    return done.stdout


def test_the_readme_shows_a_transcript() -> None:
    assert [match[1] for match in BLOCK.finditer(README.read_text("utf-8"))] == COMMANDS


@pytest.mark.parametrize("command", [match[1] for match in BLOCK.finditer(README.read_text("utf-8"))])
def test_the_transcript_is_real(command: str, request: pytest.FixtureRequest) -> None:
    text = README.read_text("utf-8")
    shown = next(match[2] for match in BLOCK.finditer(text) if match[1] == command)
    printed = run(command)
    if request.config.getoption("--golden-update"):
        README.write_text(text.replace(f"$ {command}\n{shown}```", f"$ {command}\n{printed}```"), "utf-8")
        return
    assert DIGEST.sub("…", printed) == DIGEST.sub("…", shown)
