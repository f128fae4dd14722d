"""The manual of the rule language is true: every block of it is read, and its cases run."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from ratingengine.cases import read_cases, verdict
from ratingengine.codebook import read_codebook
from ratingengine.rulefile.checks import check_rules
from ratingengine.rulefile.reader import read_rules

ROOT = Path(__file__).parents[2]
BLOCKS = re.findall(r"```yaml\n(.*?)```", (ROOT / "docs/rule-language.md").read_text("utf-8"), re.DOTALL)


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
    assert len(blocks("rules")) == 3


def test_the_rules_of_the_manual_are_read_without_a_problem(manual: Path) -> None:
    codebook, _, wrong = read_codebook(ROOT / "indicators/codebook")
    read, problems = read_rules(manual)
    assert [*wrong, *problems, *check_rules(read, codebook)] == []
    assert set(read.rule_set.rules) == {"ASM-901", "ASM-902", "EXP-901", "EXP-902"}


def test_the_scale_of_the_manual_is_read_without_a_problem(tmp_path: Path) -> None:
    (tmp_path / "scale.yaml").write_text(blocks("scale")[0], "utf-8")
    read, problems = read_rules(tmp_path)
    assert problems == ()
    assert read.rule_set.scale.words == ("good", "bad")


def test_the_cases_of_the_manual_hold(manual: Path, tmp_path: Path) -> None:
    codebook, _, _ = read_codebook(ROOT / "indicators/codebook")
    rule_set = read_rules(manual)[0].rule_set
    path = tmp_path / "cases.yaml"
    path.write_text(blocks("cases")[0], "utf-8")
    cases, _, problems = read_cases(path)
    assert problems == ()
    assert [case.expect for case in cases] == ["fires", "does_not_fire", "possible"]
    assert [verdict(rule_set.rules[case.rule], case.given, rule_set, codebook) for case in cases] == [c.expect for c in cases]
