"""Cases of measures: what they come to, what is covered, and which changed measures are noticed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from support.trial_sets import BANNERS, MARCH, under_test

from ratingengine.errors import InvalidInput
from ratingengine.ruleset.test.coverage import cover
from ratingengine.ruleset.test.load import UnderTest
from ratingengine.ruleset.test.measure_changes import measure_changes
from ratingengine.ruleset.test.mutation import mutate
from ratingengine.ruleset.test.run import run_cases
from ratingengine.ruleset.test.telling import Telling, telling

REST = (
    "    then: {measure: assembly.signs, facet: peaceful_assembly}\n    rationale: Invented.\n"
    "    legal_basis: [INVENTED-LAW art. 1]\n    since: 2000-01-01\n"
)


def measure(body: str) -> str:
    return f"  - id: TRY-001\n    title: Invented\n    kind: measure\n    measure: {{{body}}}\n{REST}"


COUNT = measure(f"of: count, inputs: [{BANNERS}, {MARCH}], needs: 1, decimals: 0")
INDEX = "{indicator: expression.press_index, weight: 1, from: [0, 100], to: [10, 0]}"
TENTS = "{indicator: assembly.tents_kept, weight: 2, from: [0, 10], to: [0, 10]}"
MEAN = measure(f"of: mean, inputs: [{INDEX}, {TENTS}], needs: 2, decimals: 1")
BANDS = "{indicator: expression.press_index, steps: [{from: 0, counts: 2}, {from: 40, counts: 1}, {from: 70, counts: 0}]}"
STEPPED = measure(f"of: max, inputs: [{BANDS}], needs: 1, decimals: 0")
TAKEN, STOPPED = "assembly.banners_taken", "assembly.march_stopped"


def case(given: str, expect: str, name: str = "invented") -> str:
    return f"  - rule: TRY-001\n    name: {name}\n    given: {{{given}}}\n    expect: {expect}\n"


@pytest.mark.parametrize(
    ("rule", "given", "expect", "passed"),
    [
        (COUNT, f"{TAKEN}: 3, {STOPPED}: yes", "2", True),
        (COUNT, f"{TAKEN}: 2, {STOPPED}: yes", "1", True),
        (COUNT, f"{TAKEN}: 2, {STOPPED}: yes", "2", False),
        (COUNT, f"{TAKEN}: 3", "[1, 2]", True),
        (COUNT, f"{TAKEN}: 3", "1", False),
        (COUNT, f"{TAKEN}: {{at_least: 2}}, {STOPPED}: no", "[0, 1]", True),
        (COUNT, f"{TAKEN}: {{at_most: 2}}, {STOPPED}: no", "0", True),
        (COUNT, "", "missing", True),
        (COUNT, f"{TAKEN}: missing", "missing", True),
        (MEAN, "expression.press_index: 40, assembly.tents_kept: 3", "4.0", True),
        (MEAN, "expression.press_index: 40, assembly.tents_kept: 3", "4", True),
        (MEAN, "expression.press_index: 40", "missing", True),
        (STEPPED, "expression.press_index: 39.9", "2", True),
        (STEPPED, "expression.press_index: 40", "1", True),
        (STEPPED, "expression.press_index: 40", "2", False),
        (STEPPED, "expression.press_index: {at_least: 40}", "[0, 1]", True),
        (STEPPED, "", "missing", True),
    ],
)
def test_a_measure_comes_to_a_number_to_two_or_is_missing(
    rule: str, given: str, expect: str, passed: bool, tmp_path: Path
) -> None:
    (tried,) = run_cases(under_test(tmp_path, [rule], [case(given, expect)]))
    assert tried.passed == passed, tried


@pytest.mark.parametrize(
    ("given", "expect", "code"),
    [
        (f"{TAKEN}: 3", "fires", "R245"),
        (f"{TAKEN}: 3", "1.5", "R243"),
        (f"{TAKEN}: 3", "[1, 1.5]", "R243"),
        (f"{TAKEN}: 3", "[1]", "F121"),
        (f"{TAKEN}: many", "1", "R243"),
        ("assembly.tents_kept: 3", "1", "R242"),
    ],
)
def test_what_a_measure_cannot_come_to_is_a_problem(given: str, expect: str, code: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=code):
        under_test(tmp_path, [COUNT], [case(given, expect)])


WHOLE = (
    case(f"{TAKEN}: 3, {STOPPED}: yes", "2"),
    case(f"{TAKEN}: 2, {STOPPED}: no", "0"),
    case(f"{TAKEN}: 3", "[1, 2]"),
    case("", "missing"),
)


def under(folder: Path, rule: str, cases: Sequence[str]) -> UnderTest:
    return under_test(folder, [rule], cases)


def test_numbers_bounds_and_missing_inputs_cover_a_measure(tmp_path: Path) -> None:
    found = cover(under(tmp_path, COUNT, WHOLE))
    assert found.gaps == ()
    assert {kind: of for kind, (_, of) in found.shown.items()} == {
        "rules": 2, "conditions": 0, "thresholds": 4, "missing": 2, "decisive": 2
    }  # fmt: skip


def test_what_no_case_shows_of_a_measure_is_named(tmp_path: Path) -> None:
    gaps = [(gap.kind, gap.what) for gap in cover(under(tmp_path, COUNT, [WHOLE[0]])).gaps]
    assert gaps == [
        ("rules", "no case in which fewer than 1 inputs are known"),
        ("thresholds", f"no case gives {TAKEN}: 2 (one step short of it)"),
        ("missing", f"no case leaves {TAKEN} out"),
        ("thresholds", f"no case gives {STOPPED}: no (one step short of it)"),
        ("missing", f"no case leaves {STOPPED} out"),
    ]
    gaps = [(gap.kind, gap.what) for gap in cover(under(tmp_path / "b", MEAN, [case("", "missing")])).gaps]
    assert ("rules", "no case says what it comes to") in gaps
    assert [kind for kind, _ in gaps].count("decisive") == 2


def test_the_changes_of_a_count(tmp_path: Path) -> None:
    found = under(tmp_path, COUNT, WHOLE)
    made = [(before, after) for _, _, before, after in measure_changes(found.measures[0], found.bench)]
    assert made == [
        (f"{TAKEN} at least 3", f"{TAKEN} at least 2"),
        (f"{TAKEN} at least 3", f"{TAKEN} at least 4"),
        (f"input {TAKEN}", "left out"),
        (f"{STOPPED} is yes", f"{STOPPED} at least no"),
        (f"input {STOPPED}", "left out"),
        ("needs 1", "needs 2"),
    ]


def test_the_changes_of_a_mean(tmp_path: Path) -> None:
    found = under(tmp_path, MEAN, [case("", "missing")])
    made = [after for _, _, _, after in measure_changes(found.measures[0], found.bench)]
    assert made == [
        "sum",
        "expression.press_index weight 2",
        "expression.press_index from [0.1, 100]",
        "expression.press_index from [0, 100.1]",
        "expression.press_index to [10.1, 0]",
        "expression.press_index to [10, 0.1]",
        "left out",
        "assembly.tents_kept weight 3",
        "assembly.tents_kept from [1, 10]",
        "assembly.tents_kept from [0, 11]",
        "assembly.tents_kept to [0.1, 10]",
        "assembly.tents_kept to [0, 10.1]",
        "left out",
        "needs 1",
        "rounding half_down",
        "rounding down",
        "rounding up",
    ]


EDGES = (
    *(
        case(f"expression.press_index: {value}", counts)
        for value, counts in (("39.9", "2"), ("40", "1"), ("69.9", "1"), ("70", "0"))
    ),
    case("", "missing"),
)


def test_both_sides_of_each_step_cover_a_table(tmp_path: Path) -> None:
    assert cover(under(tmp_path, STEPPED, EDGES)).gaps == ()
    gaps = [gap.what for gap in cover(under(tmp_path / "b", STEPPED, [*EDGES[:2], EDGES[3], EDGES[4]])).gaps]
    assert gaps == ["no case gives expression.press_index: 69.9 (at the threshold)"]


def test_the_changes_of_a_table(tmp_path: Path) -> None:
    found = under(tmp_path, STEPPED, EDGES)
    name = "expression.press_index"
    made = [(before, after) for _, _, before, after in measure_changes(found.measures[0], found.bench)]
    assert made[:7] == [
        (f"{name} from 0 counts 2", f"{name} from 0 counts 3"),
        (f"{name} from 40", f"{name} from 39.9"),
        (f"{name} from 40", f"{name} from 40.1"),
        (f"{name} from 70", f"{name} from 69.9"),
        (f"{name} from 70", f"{name} from 70.1"),
        ("rounding half_up", "rounding half_down"),
        ("rounding half_up", "rounding down"),
    ]
    # Bands are whole numbers: that no rounding changes them is seen by trying one value of each.
    judged = mutate(found)
    assert [one.mutant.after for one in judged if one.survived] == []
    assert [one.mutant.after for one in judged if one.killed_by] == [after for _, after in made[:5]]


def test_of_one_input_there_is_nothing_to_join_or_to_leave_out(tmp_path: Path) -> None:
    found = under(tmp_path, measure(f"of: mean, inputs: [{TENTS}], needs: 1, decimals: 0"), [case("", "missing")])
    made = [after for _, _, _, after in measure_changes(found.measures[0], found.bench)]
    assert made == [
        "assembly.tents_kept from [1, 10]",
        "assembly.tents_kept from [0, 11]",
        "assembly.tents_kept to [1, 10]",
        "assembly.tents_kept to [0, 11]",
        "rounding half_down",
        "rounding down",
        "rounding up",
    ]


def test_a_covered_count_notices_every_change(tmp_path: Path) -> None:
    assert [one.mutant.after for one in mutate(under(tmp_path, COUNT, WHOLE)) if one.survived] == []


def test_measures_that_were_never_seen_to_differ_are_not_called_equal(tmp_path: Path) -> None:
    # Nothing below a tenth is left to round: rounding one way or another is the same, and nobody has proved it.
    whole = measure(f"of: sum, inputs: [{TENTS.replace('weight: 2', 'weight: 1')}], needs: 1, decimals: 1")
    found = under(tmp_path, whole, [case("assembly.tents_kept: 3", "3")])
    rounded = [one for one in mutate(found) if one.mutant.after.startswith("rounding")]
    assert [one.survived for one in rounded] == [True, True, True]
    assert telling(rounded[0], found.measures[0], found.bench) is None


def test_a_case_of_a_rule_that_reads_a_measure_may_give_its_inputs(tmp_path: Path) -> None:
    reader = (
        "  - id: TRY-002\n    title: Invented\n    kind: rating\n    when: {measure: assembly.signs, at_least: 2}\n"
        "    then: {rating_at_most: narrowed}\n    rationale: Invented.\n    legal_basis: [INVENTED-LAW art. 1]\n"
        "    since: 2000-01-01\n"
    )
    given = [
        (f"{TAKEN}: 3, {STOPPED}: yes", "fires"),
        (f"{TAKEN}: 3", "possible"),
        (f"{TAKEN}: 2, {STOPPED}: yes", "does_not_fire"),
    ]
    cases = [case(facts, expect).replace("TRY-001", "TRY-002") for facts, expect in given]
    loaded = under_test(tmp_path, [COUNT, reader], cases)
    assert [tried.passed for tried in run_cases(loaded)] == [True, True, True]
    noticed = {one.mutant.after: one.witness for one in mutate(loaded) if one.mutant.rule.id == "TRY-001" and one.killed_by}
    assert noticed[f"{TAKEN} at least 4"] == "TRY-002: invented"


def test_a_telling_case_of_a_measure_gives_both_ends_in_brackets(tmp_path: Path) -> None:
    found = under(tmp_path, COUNT, [case(f"{TAKEN}: 3, {STOPPED}: yes", "2")])
    told = {one.mutant.after: telling(one, found.measures[0], found.bench) for one in mutate(found) if one.survived}
    assert told["needs 2"] == Telling({TAKEN: "2"}, "[0, 1]", "")
    again = under_test(tmp_path / "again", [COUNT], [case(f"{TAKEN}: 2", "[0, 1]")])
    assert [tried.passed for tried in run_cases(again)] == [True]
