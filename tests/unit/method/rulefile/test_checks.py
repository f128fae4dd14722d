from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from support.bad_files import FRAME, RULES

from ratingengine.errors import Problem
from ratingengine.method.codebook import read_codebook
from ratingengine.method.rulefile.checks import check_rules
from ratingengine.method.rulefile.reader import read_rules

FINDING = "{indicator: assembly.banners_taken, at_least: 3}"
SCALED = "{of: %s, inputs: [%s], needs: %s, decimals: 0}"


def rule(name: str, kind: str, when: str, then: str, more: str = "", body: str = "when") -> str:
    return (
        f"  - id: {name}\n    title: An invented rule\n    kind: {kind}\n    {body}: {when}\n    then: {then}\n"
        f"    rationale: Invented.\n    legal_basis: [ISLAND-LAW art. 1]\n    since: 2000-01-01\n{more}"
    )


def finding(name: str, of: str = "assembly.hunt", when: str = FINDING, more: str = "", facet: str = "peaceful_assembly") -> str:
    return rule(name, "finding", when, f"{{finding: {of}, facet: {facet}}}", more)


def rating(name: str, when: str, more: str = "") -> str:
    return rule(name, "rating", when, "{rating_at_most: narrowed}", more)


def measure(name: str, of: str, inputs: str, needs: int = 1, more: str = "") -> str:
    return rule(name, "measure", SCALED % (of, inputs, needs), "{measure: assembly.signs, facet: expression}", more, "measure")


READS = rating("ABC-900", "{measure: assembly.signs, at_least: 1}")
COUNTED = "{indicator: assembly.banners_taken, at_least: 3}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(FRAME / "rules", tmp_path / "rules")
    (tmp_path / "rules/good.yaml").unlink()
    return tmp_path / "rules"


def check(folder: Path, *rules: str) -> tuple[Problem, ...]:
    (folder / "r.yaml").write_text(RULES + "".join(rules), encoding="utf-8")
    codebook, _, wrong = read_codebook(FRAME / "records/codebook")
    assert wrong == ()
    return check_rules(read_rules(folder)[0], codebook)


def codes(folder: Path, *rules: str) -> list[str]:
    return [problem.code for problem in check(folder, *rules)]


@pytest.mark.parametrize(
    "when",
    [
        "{indicator: assembly.banners_taken, at_least: 3}",
        "{indicator: assembly.banners_taken, more_than: 0}",
        "{indicator: assembly.banners_taken_per_million, at_least: 0.125}",
        "{indicator: assembly.permit, at_least: permission}",
        "{indicator: assembly.permit, is: ban}",
        "{indicator: assembly.permit, one_of: [permission, ban]}",
        "{indicator: expression.insult_law, is: yes}",
        "{indicator: expression.press_index, at_most: 39.9}",
        "{indicator: expression.press_index, less_than: 40}",
        "{level: expression, at_most: narrowed}",
        "{level: expression, is: closed}",
        "{prior: rating, at_most: narrowed}",
        "{prior: assessed, is: closed}",
    ],
)
def test_a_condition_in_the_worse_direction_is_right(folder: Path, when: str) -> None:
    assert codes(folder, rating("ABC-001", when)) == []


@pytest.mark.parametrize(
    ("when", "code"),
    [
        ("{indicator: assembly.banners_taken, at_most: 3}", "R205"),
        ("{indicator: assembly.banners_taken, less_than: 3}", "R205"),
        ("{indicator: assembly.permit, is: notice}", "R205"),
        ("{indicator: assembly.permit, is: permission}", "R211"),
        ("{indicator: assembly.permit, one_of: [notice, permission, ban]}", "R211"),
        ("{indicator: expression.insult_law, is: no}", "R205"),
        ("{indicator: expression.insult_law, is: NO}", "R210"),
        ("{indicator: expression.press_index, more_than: 40}", "R205"),
        ("{indicator: expression.press_index, at_most: 40.25}", "R210"),
        ("{indicator: assembly.banners_taken, at_least: 1e9}", "R210"),
        ("{level: expression, at_least: narrowed}", "R205"),
        ("{level: assembly, at_most: narrowed}", "R212"),
        ("{level: expression, at_most: narrow}", "R210"),
        ("{prior: pressure, is: better}", "R218"),
        ("{prior: pressure, is: worse}", "R218"),
        ("{indicator: assembly.unknown, at_least: 1}", "R208"),
        ("{measure: assembly.signs, at_least: 1}", "R209"),
        ("{finding: assembly.hunt}", "R202"),
    ],
)
def test_any_other_condition_is_one_problem_at_its_place(folder: Path, when: str, code: str) -> None:
    (problem,) = check(folder, rating("ABC-001", when))
    assert problem.code == code
    assert problem.place is not None
    assert problem.place.line == 7
    assert problem.excerpt.startswith("    when: ")


def test_a_gate_points_in_the_better_direction(folder: Path) -> None:
    better, worse = "{indicator: expression.insult_law, is: no}", "{indicator: expression.insult_law, is: yes}"
    assert codes(folder, rule("ABC-001", "upgrade_gate", better, "{gate: open}")) == []
    assert codes(folder, rule("ABC-001", "upgrade_gate", worse, "{gate: open}")) == ["R205"]


def test_a_rule_may_say_why_it_is_not_monotone(folder: Path) -> None:
    text = rating("ABC-001", "{indicator: expression.insult_law, is: no}")
    assert codes(folder, text.replace("    rationale", "    non_monotone: Invented.\n    rationale")) == []


def test_a_finding_is_read_somewhere_and_of_one_facet(folder: Path) -> None:
    reads = rating("ABC-900", "{finding: assembly.hunt}")
    assert codes(folder, finding("ABC-001"), reads) == []
    assert codes(folder, finding("ABC-001")) == ["R203"]
    assert codes(folder, finding("ABC-001", more="    until: 2001-01-01\n")) == []
    assert codes(folder, finding("ABC-001"), finding("ABC-002", facet="expression"), reads) == ["R213"]


def test_nothing_is_called_undefined_or_unread_while_a_rule_cannot_be_read(folder: Path) -> None:
    unreadable = rating("ABC-001", "{finding: assembly.hunt}").replace("since: 2000-01-01", "since: soon")
    assert codes(folder, finding("ABC-002"), unreadable) == []
    gives = finding("ABC-002").replace("since: 2000-01-01", "since: soon")
    assert codes(folder, gives, rating("ABC-001", "{finding: assembly.hunt}")) == []
    assert codes(folder, unreadable, rating("ABC-003", "{indicator: assembly.unknown, at_least: 1}")) == ["R208"]


def test_citations_are_not_called_unknown_while_the_bibliography_cannot_be_read(folder: Path) -> None:
    text = rating("ABC-001", FINDING)
    (folder / "sources.yaml").write_text("references: [", encoding="utf-8")
    assert codes(folder, text) == []
    (folder / "sources.yaml").unlink()
    assert codes(folder, text) == ["R206"]


def test_nothing_is_checked_against_a_scale_that_cannot_be_read(folder: Path) -> None:
    (folder / "scale.yaml").write_text("schema: [", encoding="utf-8")
    assert codes(folder, rating("ABC-001", "{finding: assembly.unknown}")) == []


@pytest.mark.parametrize(("kind", "code"), [("finding", "R202"), ("measure", "R209")])
def test_what_a_rule_reads_is_given_on_every_day_that_it_is_in_force(folder: Path, kind: str, code: str) -> None:
    def gives(name: str, more: str, since: str = "2000-01-01") -> str:
        text = finding(name, more=more) if kind == "finding" else measure(name, "count", COUNTED, more=more)
        return text.replace("since: 2000-01-01", f"since: {since}")

    reads = rating("ABC-900", "{finding: assembly.hunt}" if kind == "finding" else "{measure: assembly.signs, at_least: 1}")
    until = "    until: 2005-01-01\n"
    assert codes(folder, gives("ABC-001", ""), reads) == []
    assert codes(folder, gives("ABC-001", until), reads) == [code]
    assert codes(folder, gives("ABC-001", until), reads + until) == []
    assert codes(folder, gives("ABC-001", until), gives("ABC-002", "", "2005-01-01"), reads) == []
    assert codes(folder, gives("ABC-001", until), gives("ABC-002", "", "2006-01-01"), reads) == [code]
    assert codes(folder, gives("ABC-001", "", "2001-01-01"), reads) == [code]


def test_rules_that_rest_on_each_other_are_told_with_the_way_round(folder: Path) -> None:
    first = finding("ABC-001", "a.first", "{finding: a.second}")
    second = finding("ABC-002", "a.second", "{any: [{finding: a.third}, {indicator: assembly.banners_taken, at_least: 1}]}")
    third = rule("ABC-003", "level", "{finding: a.first}", "{facet: expression, level_at_most: narrowed}")
    fourth = finding("ABC-004", "a.third", "{level: expression, at_most: narrowed}")
    (problem,) = check(folder, first, second, third, fourth)
    assert problem.code == "R204"
    path = problem.message.split(": ", 1)[1].split(" → ")
    assert path[0] == path[-1]
    assert set(path) == {"finding a.first", "finding a.second", "finding a.third", "level expression"}


@pytest.mark.parametrize(
    ("of", "inputs"),
    [
        ("count", COUNTED),
        ("count", "{indicator: expression.press_index, at_most: 40}"),
        ("sum", "{indicator: assembly.banners_taken, from: [0, 100], to: [0, 1]}"),
        ("mean", "{indicator: expression.press_index, weight: 2, from: [1, 100], to: [1, 0]}"),
        ("max", "{indicator: assembly.permit, from: [0, 2], to: [0, 0]}"),
    ],
)
def test_a_measure_that_grows_as_things_get_worse_is_right(folder: Path, of: str, inputs: str) -> None:
    assert codes(folder, measure("ABC-001", of, inputs), READS) == []


@pytest.mark.parametrize(
    ("of", "inputs", "needs", "said"),
    [
        ("count", "{indicator: assembly.banners_taken}", 1, "needs a comparison"),
        ("count", "{indicator: assembly.banners_taken, at_least: 3, from: [0, 1], to: [0, 1]}", 1, "needs a comparison"),
        ("count", "{indicator: assembly.banners_taken, at_most: 3}", 1, "better direction"),
        ("count", "{indicator: assembly.banners_taken, at_least: many}", 1, "outside its terms"),
        ("count", COUNTED, 2, "needs must be 1 to 1"),
        ("count", COUNTED, 0, "needs must be 1 to 1"),
        ("sum", COUNTED, 1, "needs from: and to:"),
        ("sum", "{indicator: assembly.banners_taken, from: [0, 1]}", 1, "needs from: and to:"),
        ("sum", "{indicator: assembly.banners_taken, to: [0, 1]}", 1, "needs from: and to:"),
        ("sum", "{indicator: assembly.banners_taken, from: [1, 1], to: [0, 1]}", 1, "from lower to higher"),
        ("sum", "{indicator: assembly.banners_taken, from: [1, 0], to: [0, 1]}", 1, "from lower to higher"),
        ("sum", "{indicator: assembly.banners_taken, from: [0, 1], to: [1, 0]}", 1, "must rise"),
        ("sum", "{indicator: expression.press_index, from: [0, 1], to: [0, 1]}", 1, "must fall"),
        ("mean", "{indicator: assembly.banners_taken, weight: 0, from: [0, 1], to: [0, 1]}", 1, "weight above 0"),
    ],
)
def test_a_measure_without_meaning_is_one_problem(folder: Path, of: str, inputs: str, needs: int, said: str) -> None:
    (problem,) = check(folder, measure("ABC-001", of, inputs, needs), READS)
    assert problem.code == "R217"
    assert said in problem.message


def test_a_measure_is_given_by_one_rule_at_a_time(folder: Path) -> None:
    first, second = measure("ABC-001", "count", COUNTED), measure("ABC-002", "count", COUNTED)
    assert codes(folder, first, second, READS) == ["R217"]
    ended = measure("ABC-001", "count", COUNTED, more="    until: 2005-01-01\n")
    assert codes(folder, ended, second.replace("since: 2000", "since: 2005"), READS) == []


def test_a_rule_without_citation_and_one_with_an_unknown_source_are_told(folder: Path) -> None:
    text = rating("ABC-001", FINDING)
    assert codes(folder, text.replace("    legal_basis: [ISLAND-LAW art. 1]\n", "")) == ["R206"]
    (problem,) = check(folder, text.replace("ISLAND-LAW", "ISLAND-LAWS"))
    assert (problem.code, problem.hint) == ("R206", "did you mean 'ISLAND-LAW'?")
