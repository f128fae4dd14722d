"""What is said of each file with a defect; and every error code has such a file, an entry in docs/errors.md and a use in src."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support.bad_files import BAD, FRAME, MADE, code_of, findings_here, kept, linted, name_of, place, problems_here, shown
from support.entries import codebook_of, rules_of
from support.golden_fixture import Golden

from ratingengine.bulk import rate_frame
from ratingengine.engine.bounds import check_bounds, collisions
from ratingengine.engine.loading import compile_rules
from ratingengine.errors import InvalidInput, Problem
from ratingengine.errors.codes import CODES
from ratingengine.model.program import Program, ProgramRule, Target, Test, Variable

ROOT = Path(__file__).parents[2]
FILES = {name_of(path): path for path in kept() if not path.stem.startswith("many-")}
LINTED = {name_of(path): path for path in linted()}
BY_HAND = {"C405", "C406", "C408"}
"""I311 and short numeric ids keep every program that is read from files within the first two; a table meets the third."""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(FRAME, tmp_path / "here")
    monkeypatch.chdir(tmp_path / "here")
    return tmp_path / "here"


def test_the_frame_has_no_problem(here: Path) -> None:
    assert shown(problems_here()) == ""


@pytest.mark.parametrize("name", FILES)
def test_a_file_with_one_defect_gets_one_problem(name: str, here: Path, golden: Golden) -> None:
    place(FILES[name], here)
    compare(name, problems_here(), FILES[name].with_suffix(".expected"), golden)


@pytest.mark.parametrize("name", MADE)
def test_a_made_file_with_one_defect_gets_one_problem(name: str, here: Path, golden: Golden) -> None:
    MADE[name](here)
    compare(name, problems_here(), BAD / f"{name}.expected", golden)


@pytest.mark.parametrize("name", LINTED)
def test_what_is_hardly_meant_gets_one_finding(name: str, here: Path, golden: Golden) -> None:
    before = {(found.code, found.message) for found in findings_here()}
    place(LINTED[name], here)
    added = tuple(found for found in findings_here() if (found.code, found.message) not in before)
    assert all(found.severity == CODES[found.code].severity for found in added)
    compare(name, added, LINTED[name].with_suffix(".expected"), golden)


def compare(name: str, found: tuple[Problem, ...], expected: Path, golden: Golden) -> None:
    assert [problem.code for problem in found] == [code_of(name)], shown(found)
    assert found[0].hint or found[0].code == "F110", "a problem says what to do"
    golden(shown(found), expected)


def test_five_defects_of_a_file_are_shown_at_once(here: Path, golden: Golden) -> None:
    path = BAD / "records/many-five-defects.yaml"
    place(path, here)
    found = problems_here()
    assert [problem.code for problem in found] == ["I303", "I304", "I304", "F117", "F111"]
    golden(shown(found), path.with_suffix(".expected"))


def test_every_expected_text_belongs_to_a_file() -> None:
    wanted = {path.with_suffix(".expected") for path in (*kept(), *linted())} | {BAD / f"{name}.expected" for name in MADE}
    assert set(BAD.rglob("*.expected")) == wanted


def codes_in_source() -> Iterator[str]:
    for path in (ROOT / "src").rglob("*.py"):
        if path.parent.name != "codes":
            yield from re.findall(r'"([FRICBL]\d{3})"', path.read_text("utf-8"))


def test_codes_used_explained_documented_and_tried_are_the_same() -> None:
    used = set(codes_in_source())
    documented = [
        code
        for page, letters in (("errors", "FRICB"), ("lint", "L"))
        for code in re.findall(rf"^### ([{letters}]\d{{3}})$", (ROOT / f"docs/{page}.md").read_text("utf-8"), re.MULTILINE)
    ]
    tried = {code_of(name) for name in (*FILES, *MADE, *LINTED)}
    assert used == set(CODES)
    assert documented == list(CODES)
    assert tried == set(CODES) - BY_HAND


def too_exact() -> Program:
    tests = (Test("variable", 0, 2**53),)
    rule = ProgramRule("X-001", 1, Target("rating", severity=1), "rating at most closed", (tests,))
    return Program("coded", (Variable("indicator", "expression.index"),), (rule,), {}, (), 1)


def test_a_measure_that_columns_cannot_hold_is_refused() -> None:
    pytest.importorskip("polars")
    indicator = {"id": "assoc.many", "title": "t", "question": "q", "type": "count", "unit": "u", "worse": "higher"}
    codebook = codebook_of([{**indicator, "time": "event", "aggregation": "sum"}])
    entry = {"indicator": "assoc.many", "weight": "0.333333333", "from": ["0", "999999999989"], "to": ["0", "999999999937"]}
    measure = {"of": "sum", "inputs": [entry], "needs": "1", "decimals": "9", "rounding": "half_up"}
    ends = {"rationale": "why", "sources": ["A p. 1"], "since": "2026-01-01"}
    then = {"measure": "assoc.m", "facet": "association"}
    head = {"id": "RUL-001", "title": "t", "kind": "measure", "measure": measure, "then": then, **ends}
    rating = {"id": "RUL-002", "title": "t", "kind": "rating", "when": {"measure": "assoc.m", "at_least": "5"}}
    rules = rules_of([head, {**rating, "then": {"rating_at_most": "closed"}, **ends}], codebook)
    frame = pytest.importorskip("polars").DataFrame({"iso3": ["KAZ"], "year": [2022], "assoc.many": [3]})
    with pytest.raises(InvalidInput) as refused:
        rate_frame(frame, compile_rules(rules, codebook))
    assert [problem.code for problem in refused.value.problems] == ["C408"]
    assert "assoc.m" in str(refused.value)


@pytest.mark.parametrize(
    ("code", "provoke"),
    [("C405", lambda: check_bounds(too_exact())), ("C406", lambda: tuple(collisions(["costarring", "liquid"])))],
)
def test_the_bounds_that_no_file_breaks_are_checked_all_the_same(code: str, provoke: Callable[[], tuple[Problem, ...]]) -> None:
    assert [problem.code for problem in provoke()] == [code]


def test_every_code_is_explained_in_full() -> None:
    for code in CODES.values():
        sentences = re.findall(r"[.?!](?:\s|$)", code.explanation)
        assert 1 <= len(sentences) <= 3, code.code
        assert code.bad.strip() != code.good.strip(), code.code
        assert code.title, code.code
        assert not code.title.endswith("."), code.code
