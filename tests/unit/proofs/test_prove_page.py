"""The three forms of `rate prove` carry the same content, and the files of a counterexample are records that rate as printed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from support.entries import codebook_of, evidence_in, rules_of
from support.proofs_method import CODEBOOK, REQUIRED, RULES, method, rule_of, verdicts

from ratingengine.cli import run
from ratingengine.engine import chain
from ratingengine.engine.chain import NONE, Published
from ratingengine.interface.page import written
from ratingengine.model.assessment import Prior
from ratingengine.model.program import Target
from ratingengine.proofs.exhibits import LAST_YEAR
from ratingengine.proofs.prove_page import Proved, files, prove_json, prove_page

ROOT = Path(__file__).parents[3]
RULE_SET = rules_of(RULES, codebook_of(CODEBOOK), REQUIRED)
SOUND = method()
DECLARED = {"schema"}


def broken() -> Proved:
    """The small method with a watchlist rule that feeds a rating."""
    program = SOUND.program
    fed = evolve(rule_of(program, 51), target=Target("rating", "", 1))
    changed = evolve(program, rules=tuple(fed if rule.id == fed.id else rule for rule in program.rules))
    return Proved(RULE_SET, "z3 0", tuple(verdicts(SOUND.with_program(changed)).values()), "--rules small")


def leaves(value: Any, key: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, part in value.items():
            yield from leaves(part, name)
    elif isinstance(value, list):
        for part in value:
            yield from leaves(part, key)
    elif value is not None and not isinstance(value, bool) and key not in DECLARED:
        yield str(value)


@pytest.mark.parametrize("form", ["text", "md"])
def test_every_leaf_of_the_json_stands_in_text_and_markdown(form: str) -> None:
    shown = broken()
    text = written(prove_page(shown), prove_json(shown), form)
    plain = re.sub(r"\\([\\*_])", r"\1", text).replace("&lt;", "<")
    content = json.loads(written(prove_page(shown), prove_json(shown), "json"))
    together = " ".join(plain.split())  # long lines may be broken
    assert [leaf for leaf in leaves(content) if " ".join(leaf.split()) not in together] == []


def test_a_failed_theorem_has_its_evidence_as_a_record_file() -> None:
    shown = broken()
    (name,) = files(shown)
    assert name == "T7-coded-1.yaml"
    text = files(shown)[name]
    assert text.startswith("# T7 watchlist-apart: a watchlist rule moves a rating, a level or a gate\n# 2020: rating")
    assert f"# rate BVT --year {LAST_YEAR} --rules small --records {name}\n" in text
    assert evidence_in({name: text.replace("country: BVT", "country: KAZ")}, SOUND.method.codebook).observations


def two_bands(assessed: int | None, prior: Prior | None, gate: bool, free: bool = False) -> Published:
    """A chain that falls to the assessed rating at once."""
    found = PUBLISH(assessed, prior, gate, free)
    if found.change != "downgrade" or assessed is None:
        return found
    return evolve(found, rating=assessed, pressure=NONE)


PUBLISH = chain.publish


def test_the_files_of_a_failed_theorem_are_rated_as_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With a faulty chain, `rate prove` refutes T6; `rate` with that chain gives the two ratings that were printed."""
    monkeypatch.setattr(chain, "publish", two_bands)
    monkeypatch.setenv("RATINGENGINE_CACHE", str(tmp_path / "cache"))
    monkeypatch.chdir(ROOT)
    against = tmp_path / "against"
    assert run(["prove", "--theorem", "one-band", "--counterexamples", str(against), "--format", "json"]) == 1
    theorems = json.loads(capsys.readouterr().out)["theorems"]
    assert [theorem["profile"] for theorem in theorems] == ["coded", "indices"]
    assert len(list(against.iterdir())) == len(theorems)
    words = SOUND.scale.words
    for theorem in theorems:
        (evidence,) = theorem["counterexample"]["evidence"]
        file = against / evidence["file"]
        assert file.read_text("utf-8").splitlines() == evidence["record"]
        command = evidence["command"].replace(evidence["file"], str(file)).split()[1:]
        assert run([*command, "--engine", "reference", "--format", "json"]) == 0
        answer = json.loads(capsys.readouterr().out)
        before, year = evidence["years"][-2:]
        assert answer["profile"] == theorem["profile"]
        assert (answer["previous"], answer["rating"], answer["assessed"]) == (before["rating"], year["rating"], year["assessed"])
        assert abs(words.index(answer["rating"]) - words.index(answer["previous"])) > 1


def test_a_theorem_that_holds_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert run(["prove", "--theorem", "T6", "--counterexamples", str(tmp_path / "against")]) == 0
    assert list((tmp_path / "against").iterdir()) == []
