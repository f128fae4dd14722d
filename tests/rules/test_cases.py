"""Every case of every rule, and what the cases of a rule must cover: each threshold from both sides, and each input missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from assets.toy import RECORDS, RULES

from ratingengine.engine.opening import DEFAULT_RULES
from ratingengine.files.shipped import shipped
from ratingengine.method.codebook import read_codebook
from ratingengine.method.rulefile.reader import read_rules
from ratingengine.model.condition import Atom, atoms
from ratingengine.model.normal import normalise, subject_of
from ratingengine.model.rule import Rule
from ratingengine.model.terms import NotInTerms
from ratingengine.ruleset.cases import EXCLUDED, FIRES, Bench, Case, read_cases, verdict

FILES = sorted((shipped("rules") / DEFAULT_RULES / "cases").glob("*.yaml"))
RULE_SET = read_rules(shipped("rules") / DEFAULT_RULES)[0].rule_set
CODEBOOK = read_codebook(shipped("indicators") / "codebook")[0]
BENCH = Bench.of(RULE_SET, CODEBOOK)
CASES = [case for path in FILES for case in read_cases(path)[0]]
CONDITIONAL = [rule for rule in RULE_SET.rules.values() if rule.when is not None]
ATOMS = [(rule, atom) for rule in CONDITIONAL if rule.when is not None for atom in dict.fromkeys(atoms(rule.when))]

Given = Mapping[str, tuple[str, str]]


def cases_of(rule: Rule) -> Iterator[Case]:
    return (case for case in CASES if case.rule == rule.id)


def key_of(atom: Atom) -> str:
    """The name under which a case gives what the atom reads."""
    return atom.name if atom.subject in ("indicator", "measure", "finding") else f"{atom.subject}.{atom.name}"


def sides(atom: Atom) -> tuple[str, str]:
    """The value at which the atom just holds, and the nearest one at which it does not."""
    if atom.subject == "finding":
        return "yes", "no"
    measures = {rule.then.name: rule.measure for rule in RULE_SET.rules.values() if rule.measure is not None}
    subject = subject_of(atom, CODEBOOK, RULE_SET.scale, measures)
    normal = normalise(atom, subject)
    return subject.words_of(normal.threshold), subject.words_of(normal.threshold + (1 if normal.better else -1))


def gives(case: Case, atom: Atom, text: str) -> bool:
    """Whether the case gives exactly this value, or the bound that reaches just so far."""
    fact = case.given.get(key_of(atom))
    return fact is not None and number(fact[1]) == number(text)


def number(text: str) -> str | float:
    return float(text) if text.replace(".", "", 1).lstrip("-").isdigit() else text


def with_fact(given: Given, atom: Atom, text: str | None) -> Given:
    others = {name: fact for name, fact in given.items() if name != key_of(atom)}
    return others if text is None else {**others, key_of(atom): ("value", text)}


def judged(rule: Rule, given: Given) -> str:
    return verdict(rule, given, RULE_SET, CODEBOOK)


def outcome(case: Case) -> tuple[str, str]:
    """What the case comes to and what it expects; of a measure both are numbers."""
    rule = RULE_SET.rules[case.rule]
    return BENCH.outcome(rule, case.given), BENCH.expected(rule, case.expect)


def name_of(case: Case) -> str:
    return f"{case.rule}-{case.name}"


def atom_name(pair: tuple[Rule, Atom]) -> str:
    return f"{pair[0].id}-{pair[1]}"


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_the_case_comes_out_as_expected(case: Case) -> None:
    found, expected = outcome(case)
    assert found == expected, case.place


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_case_file_has_no_problem(path: Path) -> None:
    assert [str(problem) for problem in read_cases(path)[2]] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_case_file_tests_the_rules_of_the_rule_file_of_the_same_name(path: Path) -> None:
    homes = {Path(RULE_SET.rules[case.rule].place.file).stem for case in read_cases(path)[0]}
    assert homes == {path.stem}


@pytest.mark.parametrize("rule", CONDITIONAL, ids=lambda rule: rule.id)
def test_a_rule_has_a_case_that_fires_and_one_that_is_excluded(rule: Rule) -> None:
    assert {case.expect for case in cases_of(rule)} >= {FIRES, EXCLUDED}


@pytest.mark.parametrize("rule", CONDITIONAL, ids=lambda rule: rule.id)
def test_the_cases_of_a_rule_have_different_names(rule: Rule) -> None:
    assert [name for name, times in Counter(case.name for case in cases_of(rule)).items() if times > 1] == []


@pytest.mark.parametrize("pair", ATOMS, ids=atom_name)
def test_a_case_fires_because_the_condition_just_holds(pair: tuple[Rule, Atom]) -> None:
    rule, atom = pair
    at, beyond = sides(atom)
    assert any(
        case.expect == FIRES and gives(case, atom, at) and judged(rule, with_fact(case.given, atom, beyond)) != FIRES
        for case in cases_of(rule)
    ), f"add a case of {rule.id} that fires with {key_of(atom)}: {at}, and would not with {beyond}"


@pytest.mark.parametrize("pair", ATOMS, ids=atom_name)
def test_a_case_does_not_fire_because_the_condition_just_fails(pair: tuple[Rule, Atom]) -> None:
    rule, atom = pair
    at, beyond = sides(atom)
    assert any(
        case.expect != FIRES and gives(case, atom, beyond) and judged(rule, with_fact(case.given, atom, at)) == FIRES
        for case in cases_of(rule)
    ), f"add a case of {rule.id} that does not fire with {key_of(atom)}: {beyond}, but would with {at}"


@pytest.mark.parametrize("pair", ATOMS, ids=atom_name)
def test_a_case_leaves_the_input_of_the_condition_out(pair: tuple[Rule, Atom]) -> None:
    rule, atom = pair
    assert any(key_of(atom) not in case.given and case.expect != FIRES for case in cases_of(rule)), (
        f"add a case of {rule.id} in which {key_of(atom)} is missing"
    )


@pytest.mark.parametrize("rule", CONDITIONAL, ids=lambda rule: rule.id)
def test_with_nothing_known_a_rule_is_neither_established_nor_excluded(rule: Rule) -> None:
    empty = [case for case in cases_of(rule) if not case.given]
    assert [case.expect for case in empty] == ["possible"]


@pytest.mark.parametrize("case", [c for c in CASES if RULE_SET.rules[c.rule].kind == "upgrade_gate"], ids=name_of)
def test_a_case_of_an_upgrade_gate_is_marked_as_invented(case: Case) -> None:
    assert "invented" in case.name


INVENTED = read_rules(RULES)[0].rule_set
INVENTED_BOOK = read_codebook(RECORDS / "codebook")[0]


@pytest.mark.parametrize(
    ("rule", "given", "expected"),
    [
        ("INV-001", {}, "possible"),
        ("INV-001", {"assembly.banners_taken": ("value", "3")}, "fires"),
        ("INV-001", {"assembly.banners_taken": ("value", "2")}, "possible"),
        ("INV-001", {"assembly.banners_taken": ("at_least", "3")}, "fires"),
        ("INV-001", {"assembly.banners_taken": ("at_least", "2")}, "possible"),
        ("INV-001", {"assembly.banners_taken": ("value", "missing")}, "possible"),
        (
            "INV-001",
            {"assembly.banners_taken": ("at_most", "2"), "assembly.banners_taken_per_million": ("value", "4000000")},
            "does_not_fire",
        ),
        ("INV-001", {"assembly.banners_taken_per_million": ("value", "4000000.001")}, "fires"),
        ("INV-011", {"assembly.banner_hunt": ("value", "yes")}, "fires"),
        ("INV-011", {"assembly.banner_hunt": ("value", "no")}, "does_not_fire"),
        ("INV-031", {"level.peaceful_assembly": ("value", "repressed")}, "possible"),
        ("INV-031", {"level.peaceful_assembly": ("value", "obstructed")}, "does_not_fire"),
        ("INV-031", {"level.peaceful_assembly": ("value", "closed"), "level.expression": ("value", "repressed")}, "fires"),
        ("INV-032", {"expression.silence": ("value", "2")}, "fires"),
        ("INV-032", {"expression.silence": ("value", "1")}, "does_not_fire"),
        ("INV-040", {"expression.insult_law": ("value", "no")}, "fires"),
        ("INV-040", {"expression.insult_law": ("value", "yes")}, "does_not_fire"),
        ("INV-040", {}, "possible"),
        ("INV-060", {}, "possible"),
        ("IDX-001", {"expression.press_index": ("at_most", "40")}, "fires"),
        ("IDX-001", {"expression.press_index": ("at_least", "40")}, "possible"),
        ("IDX-001", {"expression.press_index": ("at_least", "40.1")}, "does_not_fire"),
    ],
)
def test_the_judge_of_cases_tells_established_excluded_and_open_apart(rule: str, given: Given, expected: str) -> None:
    assert verdict(INVENTED.rules[rule], given, INVENTED, INVENTED_BOOK) == expected


def test_a_fact_outside_its_terms_is_no_case() -> None:
    with pytest.raises(NotInTerms):
        verdict(INVENTED.rules["INV-001"], {"assembly.banners_taken": ("value", "many")}, INVENTED, INVENTED_BOOK)


def test_rules_and_cases_were_found_at_all() -> None:
    assert {path.stem for path in FILES} == {path.stem for path in (shipped("rules") / DEFAULT_RULES).glob("*.yaml")} - {
        "scale",
        "sources",
    }
    assert len(CASES) > len(CONDITIONAL) > 50
