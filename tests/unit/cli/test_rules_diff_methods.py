"""`rate rules diff` between two revisions of each shipped method: witnesses of a moved threshold, proof for another order."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ratingengine.cli import run
from ratingengine.files.shipped import shipped
from ratingengine.proofs.rules_diff import solver

pytestmark = [
    pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed"),
    pytest.mark.skipif(not solver.at_hand(), reason="z3 is not installed"),
]
WHO = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
MOVED = {
    "civic-space": ("association.yaml", "organisations_banned, at_least: 1}", "organisations_banned, at_least: 2}"),
    "civicus-banding": ("bands.yaml", "at_least: 40}", "at_least: 41}"),
    "freedom-house": ("scores.yaml", "at_least: 9}", "at_least: 8}"),
    "political-terror": ("terror.yaml", "at_least: 2.5}", "at_least: 2.6}"),
    "rsf-situations": ("situations.yaml", "less_than: 70}", "less_than: 71}"),
}
"""A file of each method, and a threshold in it before and after."""
RULES = re.compile(r"\n(?=  - id: )")


@pytest.fixture
def diff(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Any]:
    """Commits a method, changes one of its files, and compares."""

    def changed(method: str, name: str, change: Callable[[str], str], *words: str) -> Any:
        shutil.copytree(shipped("rules") / method, tmp_path / "mine")
        monkeypatch.chdir(tmp_path)
        for command in (("init", "-q"), ("add", "mine"), (*WHO, "commit", "-qm", "first")):
            subprocess.run(["git", *command], check=True, capture_output=True)
        path = tmp_path / "mine" / name
        text = path.read_text("utf-8")
        assert change(text) != text
        path.write_text(change(text), "utf-8")
        assert run(["rules", "diff", "HEAD", "mine", "--format", "json", *words]) == 0, capsys.readouterr().err
        return json.loads(capsys.readouterr().out)

    return changed


@pytest.mark.parametrize("method", MOVED)
def test_a_moved_threshold_has_a_witness_that_rate_tells_apart(
    method: str, diff: Callable[..., Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name, before, after = MOVED[method]
    content = diff(method, name, lambda text: text.replace(before, after, 1), "--witnesses", "seen")
    different = [meaning for meaning in content["meaning"] if meaning["answer"] == "different"]
    assert different
    assert {meaning["answer"] for meaning in content["meaning"]} <= {"different", "same"}
    witnesses = [w for meaning in different for region in meaning["regions"] for w in region["witnesses"] if w["commands"]]
    assert witnesses
    rated = []
    shutil.copytree(shipped("rules") / method, tmp_path / "first")
    for rules in ("first", "mine"):
        words = witnesses[0]["commands"][0].split()
        words[words.index("--rules") + 1] = rules
        assert run([*words[1:], "--format", "json"]) == 0, capsys.readouterr().err
        answer = json.loads(capsys.readouterr().out)
        rated.append([answer[key] for key in ("ceiling", "possible", "freedoms", "gate_open", "watchlist")])
    assert rated[0] != rated[1]


@pytest.mark.parametrize("method", MOVED)
def test_another_order_of_rules_is_proved_equal(method: str, diff: Callable[..., Any]) -> None:
    def turned(text: str) -> str:
        head, *rules = RULES.split(text)
        return "\n".join([head, *(rule.rstrip("\n") for rule in reversed(rules)), ""])

    content = diff(method, MOVED[method][0], turned)
    assert {meaning["answer"] for meaning in content["meaning"]} == {"same"}
    assert content["rules"] == {"head": [], "added": [], "gone": [], "changed": []}


def test_a_threshold_between_two_values_that_the_mean_can_have_is_proved_equal(diff: Callable[..., Any]) -> None:
    (meaning,) = diff("political-terror", "terror.yaml", lambda text: text.replace("at_least: 2.5}", "at_least: 2.4}"))["meaning"]
    assert (meaning["answer"], meaning["by"]) == ("same", "z3")


def test_another_order_of_inputs_is_proved_equal_by_z3(diff: Callable[..., Any]) -> None:
    def turned(text: str) -> str:
        one, other = (
            "- {indicator: pts.amnesty, from: [1, 5], to: [1, 5]}",
            "- {indicator: pts.state_department, from: [1, 5], to: [1, 5]}",
        )
        return text.replace(one, "HERE").replace(other, one).replace("HERE", other)

    (meaning,) = diff("political-terror", "terror.yaml", turned)["meaning"]
    assert (meaning["answer"], meaning["by"]) == ("same", "z3")


def test_a_median_in_place_of_the_mean_and_another_rounding_are_told_apart(diff: Callable[..., Any]) -> None:
    (meaning,) = diff("political-terror", "terror.yaml", lambda text: text.replace("of: mean", "of: median"))["meaning"]
    assert meaning["answer"] == "different"
    told = [{one["value"] for one in w["known"]} for region in meaning["regions"] for w in region["witnesses"] if w["one_record"]]
    assert any(len(values) > 1 for values in told)


def test_a_half_that_goes_the_other_way_is_found(diff: Callable[..., Any]) -> None:
    (meaning,) = diff("civicus-banding", "bands.yaml", lambda text: text.replace("half_down", "half_up"))["meaning"]
    assert meaning["answer"] == "different"
    assert {w["known"][0]["value"] for region in meaning["regions"] for w in region["witnesses"]} >= {
        "20.50",
        "40.50",
        "60.50",
        "80.50",
    }


def test_another_transition_and_another_range_are_not_compared(diff: Callable[..., Any]) -> None:
    (meaning,) = diff("rsf-situations", "scale.yaml", lambda text: text.replace("transition: none\n", ""))["meaning"]
    assert meaning["answer"] == "not comparable"
    assert "the transitions differ: none / one_band" in meaning["why"]


def test_another_question_is_not_compared(diff: Callable[..., Any]) -> None:
    def wider(text: str) -> str:
        return text.replace("range: [0, 100]", "range: [0, 200]")

    (name,) = sorted(path.name for path in (shipped("rules") / "rsf-situations" / "codebook").iterdir())
    (meaning,) = diff("rsf-situations", f"codebook/{name}", wider)["meaning"]
    assert (meaning["answer"], meaning["why"]) == ("not comparable", "the codebooks define differently: rsf.score")
