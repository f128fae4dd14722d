"""README.md stays short, and its transcript, like those of the case of Kazakhstan, is what the commands print.

`pytest --golden-update` writes them anew. A transcript that ends with `…` shows the first lines.
"""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README, CASE = ROOT / "README.md", ROOT / "docs/kazakhstan.md"
BLOCK = re.compile(r"```\n\$ (rate [^\n]*)\n(.*?)```", re.DOTALL)
MOST_LINES = 70
COMMANDS = {
    README: ["rate kazakhstan --year 2022"],
    CASE: [
        "rate why kazakhstan --year 2022",
        "rate why-not kazakhstan --year 2019 --rating repressed --max 4 --brief",
        "rate diff kazakhstan 2019 2022 --brief",
    ],
}
DIGEST = re.compile(r"\b[0-9a-f]{12,64}\b")


def run(command: str) -> str:
    program = "from ratingengine.cli import main; main()"
    words = command.split()[1:]
    done = subprocess.run([sys.executable, "-c", program, *words], capture_output=True, text=True, encoding="utf-8", check=True)
    return done.stdout


def cut(printed: str, shown: str) -> str:
    """As many lines of what was printed as are shown, where the others are left out."""
    if not shown.endswith("\n…\n"):
        return printed
    lines = printed.splitlines(keepends=True)[: shown.count("\n") - 1]
    return "".join([*lines, "…\n"])


@pytest.mark.parametrize("page", COMMANDS, ids=lambda page: page.name)
def test_the_page_shows_its_transcripts(page: Path) -> None:
    assert [match[1] for match in BLOCK.finditer(page.read_text("utf-8"))] == COMMANDS[page]


@pytest.mark.parametrize(("page", "command"), [(page, command) for page, commands in COMMANDS.items() for command in commands])
def test_the_transcript_is_real(page: Path, command: str, request: pytest.FixtureRequest) -> None:
    text = page.read_text("utf-8")
    shown = next(match[2] for match in BLOCK.finditer(text) if match[1] == command)
    printed = cut(run(command), shown)
    if request.config.getoption("--golden-update"):
        page.write_text(text.replace(f"$ {command}\n{shown}```", f"$ {command}\n{printed}```"), "utf-8")
        return
    assert DIGEST.sub("…", printed) == DIGEST.sub("…", shown)


def test_the_readme_is_short_and_its_python_is_real() -> None:
    assert len(README.read_text("utf-8").splitlines()) <= MOST_LINES
    failed, tried = doctest.testfile(str(README), module_relative=False)
    assert (failed, tried) == (0, 3)
