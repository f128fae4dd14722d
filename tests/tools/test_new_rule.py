"""`make new-rule`: the stub is valid, its cases hold, and nothing that exists is overwritten."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ratingengine.method.codebook import read_codebook
from ratingengine.method.rulefile.reader import read_rules
from ratingengine.ruleset.cases import read_cases, verdict
from ratingengine.ruleset.check.checking import check

pytestmark = pytest.mark.deep

ROOT = Path(__file__).parents[2]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    for name in ("rules", "indicators"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return tmp_path


def folder(checkout: Path) -> Path:
    return checkout / "rules" / "civic-space" / "cases"


def new_rule(checkout: Path, rule_id: str) -> subprocess.CompletedProcess[str]:
    tool = ROOT / "tools" / "new_rule.py"
    return subprocess.run([sys.executable, tool, rule_id], cwd=checkout, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("prefix", ["ASC", "ASM", "EXP", "PRO", "RAT", "CHG", "WAT"])
def test_the_stub_passes_the_checks_and_its_cases_hold(checkout: Path, prefix: str) -> None:
    rule_id = f"{prefix}-998"
    done = new_rule(checkout, rule_id)
    assert done.returncode == 0, done.stderr
    report = check((checkout / "rules", checkout / "indicators"), None)
    assert [problem for problem in report.problems if rule_id in str(problem)] == []
    rule_set = read_rules(checkout / "rules" / "civic-space")[0].rule_set
    codebook = read_codebook(checkout / "indicators" / "codebook")[0]
    (case_file,) = (path for path in folder(checkout).iterdir() if rule_id in path.read_text("utf-8"))
    found, _, problems = read_cases(case_file)
    cases = [case for case in found if case.rule == rule_id]
    assert problems == ()
    assert {case.expect for case in cases} == {"fires", "does_not_fire", "possible"}
    for case in cases:
        assert verdict(rule_set.rules[case.rule], case.given, rule_set, codebook) == case.expect


def test_cases_are_added_to_those_that_exist(checkout: Path) -> None:
    assert new_rule(checkout, "ASM-998").returncode == 0
    assert new_rule(checkout, "ASM-999").returncode == 0
    cases, _, problems = read_cases(folder(checkout) / "peaceful_assembly.yaml")
    assert problems == ()
    assert [case.rule for case in cases[-6:]] == ["ASM-998"] * 3 + ["ASM-999"] * 3
    assert len(cases) == 6 + len(read_cases(ROOT / "rules/civic-space/cases/peaceful_assembly.yaml")[0])


@pytest.mark.parametrize(
    ("rule_id", "said"),
    [
        ("ASM-001", "ASM-001 exists at"),
        ("XYZ-001", "no rule has the prefix XYZ"),
        ("asm-99", "'asm-99' is no rule id"),
    ],
)
def test_an_id_that_exists_or_has_no_home_is_refused(checkout: Path, rule_id: str, said: str) -> None:
    before = {path: path.read_bytes() for path in sorted(checkout.rglob("*.yaml"))}
    done = new_rule(checkout, rule_id)
    assert done.returncode == 1
    assert said in done.stderr
    assert {path: path.read_bytes() for path in sorted(checkout.rglob("*.yaml"))} == before
