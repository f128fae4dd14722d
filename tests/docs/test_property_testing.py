"""The manual of property tests is true: its rules fail as it says, its records are rated as it says, its test file passes.

`pytest --golden-update` writes the printed parts anew.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from ratingengine.cli import run
from ratingengine.testing import PROPERTIES

PAGE = Path(__file__).parents[2] / "docs/property-testing.md"
FILES = re.compile(r"`(mine/\S+\.yaml)`[^`]*:\n\n```yaml\n(.*?)```", re.DOTALL)
SHOWN = re.compile(r"```\n\$ (pytest|rate) ([^\n]*)\n(.*?)```", re.DOTALL)
PRINTED = re.compile(r"^# (\S+\.yaml)\n(.*?)(?=\n\n|\n=+ short)", re.DOTALL | re.MULTILINE)
TIMES = re.compile(r" in [0-9.]+s(?: \([0-9:]+\))?")
ENGINES = re.compile(r"^Engines .*\n", re.MULTILINE)
"""Which engines run depends on the version of Python."""
PLUGIN = ("-p", "no:cacheprovider", "-p", "no:xdist", "-p", "ratingengine.testing.plugin")


def pytested(folder: Path, *words: str) -> tuple[int, str]:
    """pytest in another process, with no settings of this project and no memory of earlier runs."""
    (folder / "pytest.ini").write_text("[pytest]\n", "utf-8")
    (folder / "conftest.py").write_text(
        "from hypothesis import settings\n\n"
        "settings.register_profile('same', derandomize=True, database=None)\nsettings.load_profile('same')\n",
        "utf-8",
    )
    command = [sys.executable, "-m", "pytest", *PLUGIN, *words]
    found = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, encoding="utf-8")
    return found.returncode, TIMES.sub("", found.stdout)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "mine").mkdir()
    for name, text in FILES.findall(PAGE.read_text("utf-8")):
        (tmp_path / name).write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def shorter(printed: str) -> str:
    """The report without its first line of dots and the closing summary, whose widths depend on the terminal."""
    return printed[printed.index("monotonicity: ") : printed.index("=====", printed.index("# second.yaml"))].rstrip() + "\n"


@pytest.mark.slow
def test_the_example_runs_as_it_is_told(folder: Path, capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest) -> None:
    text = PAGE.read_text("utf-8")
    steps = SHOWN.findall(text)
    assert [program for program, *_ in steps] == ["pytest", "rate", "rate"]
    for program, words, shown in steps:
        if program == "pytest":
            code, printed = pytested(folder, *words.split())
            assert (code, f"{len(PROPERTIES) - 1} passed" in printed, "1 failed" in printed) == (1, True, True), printed
            for name, record in PRINTED.findall(printed):
                (folder / name).write_text(record + "\n", "utf-8")
            printed = shorter(printed)
        else:
            assert run(words.split()) == 0
            printed = capsys.readouterr().out
        if request.config.getoption("--golden-update"):
            text = text.replace(f"$ {program} {words}\n{shown}```", f"$ {program} {words}\n{printed}```")
        else:
            assert ENGINES.sub("", printed) == ENGINES.sub("", shown)
    if request.config.getoption("--golden-update"):
        PAGE.write_text(text, "utf-8")


@pytest.mark.slow
def test_the_corrected_rule_has_every_property_and_the_test_file_of_the_page_passes(folder: Path) -> None:
    rules = (folder / "mine/rules.yaml").read_text("utf-8")
    corrected = rules.replace("at_most: notification", "at_least: authorisation_in_practice")
    corrected = corrected.replace("    non_monotone: The check wanted a reason.\n", "")
    (folder / "mine/rules.yaml").write_text(corrected, "utf-8")
    [program] = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    (folder / "test_mine.py").write_text(program, "utf-8")
    code, printed = pytested(folder, "-q", "--rate-rules", "mine", "--rate-examples", "20")
    assert code == 0, printed
    assert f"{2 * len(PROPERTIES) + 1} passed" in printed


def test_the_page_has_every_property() -> None:
    table = PAGE.read_text("utf-8").split("## The properties")[1].split("## An example")[0]
    assert [name for name in PROPERTIES if f"`{name}`" not in table] == []
