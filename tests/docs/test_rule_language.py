"""The manual of the rule language is true: every block of it is read, and its cases run."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from ratingengine.cli import run
from ratingengine.method.codebook import read_codebook
from ratingengine.method.rulefile.checks import check_rules
from ratingengine.method.rulefile.reader import read_rules
from ratingengine.ruleset.cases import read_cases, verdict
from ratingengine.ruleset.test.load import load_under_test
from ratingengine.ruleset.test.run import run_cases

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/rule-language.md"
PIECES, WHOLE = PAGE.read_text("utf-8").split("\n## A whole method\n")
BLOCKS = re.findall(r"```yaml\n(.*?)```", PIECES, re.DOTALL)
STEP = re.compile(r"`((?:mine|records)/\S+\.yaml)`[^`]*:?[^`]*\n\n```yaml\n(.*?)```|```\n\$ rate ([^\n]*)\n(.*?)```", re.DOTALL)


def blocks(schema: str) -> list[str]:
    return [block for block in BLOCKS if block.startswith(f"schema: ratingengine/{schema}/1")]


@pytest.fixture
def manual(tmp_path: Path) -> Path:
    """A rule set made of the manual's rule blocks under the default scale and bibliography."""
    folder = tmp_path / "manual"
    folder.mkdir()
    for name in ("scale.yaml", "sources.yaml"):
        shutil.copy(ROOT / "rules/civic-space" / name, folder / name)
    for number, block in enumerate(blocks("rules")):
        (folder / f"block{number}.yaml").write_text(block, "utf-8")
    return folder


def test_every_block_of_the_manual_names_a_schema() -> None:
    assert len(BLOCKS) == sum(len(blocks(schema)) for schema in ("rules", "scale", "cases"))
    assert len(blocks("rules")) == 4


def test_the_rules_of_the_manual_are_read_without_a_problem(manual: Path) -> None:
    codebook, _, wrong = read_codebook(ROOT / "indicators/codebook")
    read, problems = read_rules(manual)
    assert [*wrong, *problems, *check_rules(read, codebook)] == []
    assert set(read.rule_set.rules) == {"ASM-901", "ASM-902", "EXP-901", "EXP-902", "EXP-903"}


def test_the_scale_of_the_manual_is_read_without_a_problem(tmp_path: Path) -> None:
    (tmp_path / "scale.yaml").write_text(blocks("scale")[0], "utf-8")
    read, problems = read_rules(tmp_path)
    assert problems == ()
    assert read.rule_set.scale.words == ("good", "bad")


def test_the_cases_of_the_manual_hold(manual: Path, tmp_path: Path) -> None:
    codebook, _, _ = read_codebook(ROOT / "indicators/codebook")
    rule_set = read_rules(manual)[0].rule_set
    path = tmp_path / "cases.yaml"
    path.write_text(blocks("cases")[-1], "utf-8")
    cases, _, problems = read_cases(path)
    assert problems == ()
    assert [case.expect for case in cases] == ["fires", "does_not_fire", "possible"]
    assert [verdict(rule_set.rules[case.rule], case.given, rule_set, codebook) for case in cases] == [c.expect for c in cases]


def test_the_cases_of_bands_hold(manual: Path) -> None:
    (manual / "cases").mkdir()
    (manual / "cases/bands.yaml").write_text(blocks("cases")[0], "utf-8")
    tried = run_cases(load_under_test(manual, ROOT / "indicators/codebook"))
    assert [found.passed for found in tried] == [True] * 5


def test_the_whole_method_runs_as_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest
) -> None:
    monkeypatch.chdir(tmp_path)
    written, ran = [], []
    for name, text, command, shown in STEP.findall(WHOLE):
        if name:
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text, "utf-8")
            written.append(name)
            continue
        code = run(command.split())
        printed = capsys.readouterr()
        assert (code, printed.err) == (0, "")
        ran.append(command)
        if request.config.getoption("--golden-update"):
            page = PAGE.read_text("utf-8")
            PAGE.write_text(page.replace(f"$ rate {command}\n{shown}```", f"$ rate {command}\n{printed.out}```"), "utf-8")
        else:
            assert printed.out == shown
    assert (len(written), len(ran)) == (WHOLE.count("```yaml"), WHOLE.count("$ rate "))
    assert (len(written), len(ran)) == (7, 4)
