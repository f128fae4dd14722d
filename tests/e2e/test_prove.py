"""`rate prove` as a researcher who changes rules would run it."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

from assets.toy import RECORDS, RULES
from e2e.command import rate

DOUBLE = """\
  - id: INV-099
    title: No march without leave, said twice
    kind: level
    when: {indicator: assembly.permit, is: permission}
    then: {facet: peaceful_assembly, level_at_most: narrowed}
    rationale: Invented.
    legal_basis: [INVENTED-LAW art. 1]
    since: 2000-01-01
"""


def test_the_default_rules_are_proved() -> None:
    rate("prove").answered(
        "26 of 26 proved for every input",
        "T1 one-rating (coded): proved",
        "T1 one-rating (indices): proved",
        "T13 no-upgrade-from-silence",
    )


def test_a_rule_that_stands_twice_is_named_and_fails_the_command(tmp_path: Path) -> None:
    rules = Path(shutil.copytree(RULES, tmp_path / "rules"))
    with (rules / "coded.yaml").open("a", encoding="utf-8") as file:
        file.write(DOUBLE)
    ran = rate("prove", str(rules), "--records", str(RECORDS), "--theorem", "no-redundancy", "--format", "json")
    assert (ran.code, ran.err) == (1, "")
    coded, indices = json.loads(ran.out)["theorems"]
    assert (coded["status"], coded["listed"]) == ("refuted", {"redundant rules": ["INV-010", "INV-099"]})
    assert indices["status"] == "proved"


def test_the_evidence_of_what_is_possible_is_kept_and_rates_as_it_says(tmp_path: Path) -> None:
    words = ("prove", str(RULES), "--records", str(RECORDS), "--theorem", "T3", "--witnesses", str(tmp_path))
    rate(*words).answered("T3 no-redundancy (coded): proved", "11 of 11 needed")
    file = tmp_path / "T3-coded-INV-031.yaml"
    told = file.read_text("utf-8").splitlines()[:3]
    assert told[0] == "# T3 no-redundancy: INV-031"
    command = told[2].removeprefix("# rate ").replace(file.name, str(file)).split()
    answer = rate(*command, "--engine", "reference", "--format", "json").json
    assert f"ceiling {answer['profiles']['coded']['ceiling']}," in told[1]
    assert "INV-031" in [step["rule"] for step in answer["trace"]]


def test_an_unknown_theorem_is_refused_with_the_names() -> None:
    rate("prove", "--theorem", "T99").refused(2, "--theorem T99: write one of T1 (one-rating)", "T9 (monotone-over-years)")


def test_a_rule_set_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    rules = Path(shutil.copytree(RULES, tmp_path / "rules"))
    (rules / "coded.yaml").write_text("schema: ratingengine/rules/1\n", "utf-8")
    rate("prove", str(rules), "--records", str(RECORDS)).refused(4, "coded.yaml:1:1: F114")


def test_without_z3_the_command_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "z3.py").write_text("raise ImportError('no z3 here')\n", "utf-8")
    rate("prove", env={"PYTHONPATH": f"{tmp_path}:{_path()}"}).refused(
        3, "which is not installed; install it with: ", "pip install", "z3-solver"
    )


def test_nothing_but_prove_loads_z3(tmp_path: Path) -> None:
    (tmp_path / "z3.py").write_text("raise SystemExit('z3 was loaded')\n", "utf-8")
    rate("rules", "list", env={"PYTHONPATH": f"{tmp_path}:{_path()}"}).answered("RAT-001")


def _path() -> str:
    return os.environ.get("PYTHONPATH", "")
