from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from support.bad_files import FRAME, RULES

from ratingengine.errors import Problem
from ratingengine.method.rulefile.reader import ReadRules, read_rules
from ratingengine.model.condition import All, AnyOf, Atom, NOf, describe
from ratingengine.model.rule import Rule

KEYS = ("id", "title", "kind", "when", "measure", "then", "non_monotone", "rationale", "legal_basis", "sources", "since", "until")
BASE = {
    "id": "ABC-001",
    "title": "An invented rule",
    "kind": "rating",
    "when": "{indicator: assembly.banners_taken, at_least: 3}",
    "then": "{rating_at_most: narrowed}",
    "rationale": "Invented.",
    "legal_basis": "[ISLAND-LAW art. 1]",
    "since": "2000-01-01",
}
MEASURE = "{of: count, inputs: [{indicator: assembly.banners_taken, at_least: 3}], needs: 1, decimals: 0}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(FRAME / "rules", tmp_path / "rules")
    (tmp_path / "rules/good.yaml").unlink()
    return tmp_path / "rules"


def rule_text(**changes: str) -> str:
    fields = BASE | changes
    lines = [f"{key}: {fields[key]}" for key in KEYS if fields.get(key)]
    return "  - " + "\n    ".join(lines) + "\n"


def read(folder: Path, *rules: str) -> tuple[ReadRules, tuple[Problem, ...]]:
    (folder / "r.yaml").write_text(RULES + "".join(rules), encoding="utf-8")
    return read_rules(folder)


def one(folder: Path, **changes: str) -> Rule:
    found, problems = read(folder, rule_text(**changes))
    assert problems == ()
    (rule,) = found.rule_set.rules.values()
    return rule


def codes(folder: Path, **changes: str) -> list[str]:
    return [problem.code for problem in read(folder, rule_text(**changes))[1]]


def test_a_rule_is_read_with_all_that_it_says(folder: Path) -> None:
    rule = one(folder, sources="[ISLAND-LAW]", until="2010-01-01", non_monotone="Invented.")
    assert (rule.id, rule.kind, rule.profile, rule.title) == ("ABC-001", "rating", "coded", "An invented rule")
    assert (rule.since, rule.until) == (date(2000, 1, 1), date(2010, 1, 1))
    assert [str(citation) for citation in (*rule.legal_basis, *rule.sources)] == ["ISLAND-LAW art. 1", "ISLAND-LAW"]
    assert (str(rule.then), rule.non_monotone) == ("rating at most narrowed", "Invented.")


@pytest.mark.parametrize(
    ("kind", "then", "words"),
    [
        ("finding", "{finding: assembly.hunt, facet: expression}", "finding assembly.hunt"),
        ("level", "{facet: expression, level_at_most: closed}", "expression at most closed"),
        ("rating", "{rating_at_most: closed}", "rating at most closed"),
        ("upgrade_gate", "{gate: open}", "gate open"),
        ("watchlist", "{watchlist: on}", "watchlist on"),
    ],
)
def test_each_kind_has_its_conclusion(folder: Path, kind: str, then: str, words: str) -> None:
    assert str(one(folder, kind=kind, then=then).then) == words


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ("{finding: assembly.hunt}", "finding assembly.hunt"),
        ("{level: expression, at_most: closed}", "level expression at most closed"),
        ("{prior: pressure, is: better}", "prior pressure is better"),
        ("{measure: assembly.signs, more_than: 2}", "assembly.signs more than 2"),
        ("{indicator: assembly.permit, one_of: [permission, ban]}", "assembly.permit one of permission or ban"),
        ("{all: [{finding: a.b}, {any: [{finding: a.c}, {finding: a.d}]}]}", "finding a.b and (finding a.c or finding a.d)"),
        ("{n_of: 2, of: [{finding: a.b}, {finding: a.c}]}", "2 of: finding a.b; finding a.c"),
    ],
)
def test_conditions_are_read_as_they_are_said(folder: Path, when: str, words: str) -> None:
    found = one(folder, when=when).when
    assert found is not None
    assert describe(found) == words


def test_conditions_keep_their_structure(folder: Path) -> None:
    found = one(folder, when="{all: [{any: [{finding: a.b}]}, {n_of: 1, of: [{finding: a.c}]}]}").when
    assert isinstance(found, All)
    first, second = found.parts
    assert isinstance(first, AnyOf)
    assert isinstance(second, NOf)
    assert second.count == 1
    assert isinstance(second.parts[0], Atom)
    assert (second.parts[0].place.line, second.parts[0].operands) == (7, ())


def test_a_measure_keeps_its_numbers_as_written(folder: Path) -> None:
    inputs = "[{indicator: expression.press_index, weight: 0.50, from: [1, 100], to: [1.0, 0]}]"
    rule = one(
        folder,
        kind="measure",
        when="",
        measure=f"{{of: mean, inputs: {inputs}, needs: 1, decimals: 2, rounding: down}}",
        then="{measure: expression.pressure, facet: expression}",
    )
    assert rule.measure is not None
    (entry,) = rule.measure.inputs
    assert (entry.weight, entry.source_range, entry.target_range) == ("0.50", ("1", "100"), ("1.0", "0"))
    assert (rule.measure.of, rule.measure.needs, rule.measure.decimals, rule.measure.rounding) == ("mean", 1, 2, "down")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"kind": "level"}, "R215"),
        ({"kind": "measure"}, "R215"),
        ({"measure": MEASURE}, "R215"),
        ({"when": ""}, "R215"),
        ({"until": "2000-01-01"}, "R207"),
        ({"when": "{n_of: 2, of: [{finding: a.b}]}"}, "R214"),
        ({"when": "{n_of: 0, of: [{finding: a.b}]}"}, "F116"),
        ({"when": "{all: []}"}, "F121"),
        ({"when": "{all: [{finding: a.b}, 7]}"}, "F110"),
        ({"when": "{indicator: assembly.permit, one_of: [{a: b}]}"}, "F110"),
        ({"when": "{indicator: assembly.permit}"}, "F120"),
        ({"when": "{finding: }"}, "F118"),
        ({"when": "{prior: year, is: 2}"}, "F117"),
        ({"then": "{finding: , facet: expression}", "kind": "finding"}, "F118"),
        ({"then": "{finding: a.b}", "kind": "finding"}, "F114"),
        ({"then": "{}"}, "F110"),
        ({"then": "{gate: closed}", "kind": "upgrade_gate"}, "F117"),
        ({"since": "soon"}, "F115"),
        ({"id": "ABC-1"}, "F118"),
    ],
)
def test_one_defect_is_one_problem_and_the_rule_is_left_out_or_kept_whole(
    folder: Path, changes: dict[str, str], code: str
) -> None:
    found, problems = read(folder, rule_text(**changes))
    assert [problem.code for problem in problems] == [code]
    assert found.whole == bool(found.rule_set.rules)


def test_a_rule_out_of_reach_makes_the_set_incomplete(folder: Path) -> None:
    assert read(folder, rule_text())[0].whole
    assert not read(folder, rule_text(), rule_text(id="ABC-002", kind="level"))[0].whole
    (folder / "s.yaml").write_text("- no rule file\n", encoding="utf-8")
    assert not read(folder, rule_text())[0].whole


def test_rules_come_in_order_of_their_ids_and_a_repeated_id_is_told(folder: Path) -> None:
    (folder / "a.yaml").write_text(RULES + rule_text(id="ABC-002") + rule_text(id="ABC-001"), encoding="utf-8")
    found, problems = read(folder, rule_text())
    assert list(found.rule_set.rules) == ["ABC-001", "ABC-002"]
    assert [problem.code for problem in problems] == ["R201"]


def test_the_digest_changes_with_any_file_of_the_set(folder: Path) -> None:
    before = read(folder, rule_text())[0].rule_set.digest
    assert read(folder, rule_text())[0].rule_set.digest == before
    assert read(folder, rule_text(since="2001-01-01"))[0].rule_set.digest != before


def test_a_missing_folder_is_one_problem(tmp_path: Path) -> None:
    found, problems = read_rules(tmp_path / "none")
    assert [problem.code for problem in problems] == ["F101"]
    assert found.rule_set.rules == {}


def test_a_folder_without_scale_says_so(folder: Path) -> None:
    (folder / "scale.yaml").unlink()
    _, problems = read(folder, rule_text())
    assert [(problem.code, problem.place.file.endswith("scale.yaml")) for problem in problems if problem.place] == [
        ("F101", True)
    ]


def test_the_scale_is_read_best_first(folder: Path) -> None:
    scale = read(folder, rule_text())[0].rule_set.scale
    assert scale.words == ("open", "narrowed", "closed")
    assert scale.facet_ids == ("peaceful_assembly", "expression")
    assert [(group.profile, group.facet, group.any_of) for group in scale.required] == [
        ("coded", "peaceful_assembly", ("assembly.permit",))
    ]
