"""Which changed rules are made of a rule: each kind, each once, none that says what the rule says."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.trial_sets import BANNERS, MARCH, WHOLE, level, rule, under_test

from ratingengine.ruleset.test.mutants import Mutant, mutants

HUNT = "{finding: assembly.hunt, facet: peaceful_assembly}"
CHASE = "{finding: assembly.chase, facet: peaceful_assembly}"
PERMIT = "{indicator: assembly.permit, at_least: notice}"
INSULT = "{indicator: expression.insult_law, is: yes}"


def made(folder: Path, *rules: str, of: str = "TRY-001") -> tuple[Mutant, ...]:
    under = under_test(folder, rules, WHOLE)
    return mutants(under.bench.rule_set.rules[of], under.bench)


def of_condition(folder: Path, when: str) -> list[tuple[str, str, str]]:
    """The changes of a condition, with the words that all of them share left out."""
    found = made(folder, level("TRY-001", BANNERS), level("TRY-009", when), of="TRY-009")
    return [(m.kind, m.before, m.after) for m in found if m.kind not in ("ceiling", "conclusion")]


TAKEN, STOPPED = "assembly.banners_taken", "assembly.march_stopped"


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (BANNERS, ["threshold: at least 2", "threshold: at least 4", "direction: at most 3"]),
        (f"{{indicator: {TAKEN}, more_than: 2}}", ["threshold: more than 1", "threshold: more than 3", "direction: less than 2"]),
        # at the ends of the range: nothing beyond the last word, and a condition that every value meets
        (PERMIT, ["threshold: at least none", "threshold: at least permission", "direction: at most notice"]),
        ("{indicator: assembly.permit, is: permission}", ["threshold: at least notice", "direction: at most notice"]),
        (
            "{indicator: assembly.permit, one_of: [notice, permission]}",
            ["threshold: at least none", "threshold: is permission", "direction: is none"],
        ),
        (MARCH, ["threshold: at least no", "direction: is no"]),
        (
            "{level: expression, at_most: repressed}",
            [
                *("threshold: at most obstructed", "threshold: at most closed", "direction: at least repressed"),
                "swapped: level peaceful_assembly at most repressed",
            ],
        ),
        ("{prior: rating, at_most: closed}", ["threshold: at most repressed", "direction: at least closed"]),
    ],
)
def test_thresholds_move_by_one_step_and_directions_turn(when: str, expected: list[str], tmp_path: Path) -> None:
    rules = [level("TRY-001", BANNERS), level("TRY-002", INSULT).replace("facet: peaceful_assembly", "facet: expression")]
    found = made(tmp_path, *rules, rule("TRY-009", "rating", when, "{rating_at_most: narrowed}"), of="TRY-009")
    shown = [(mutant.kind, mutant.after) for mutant in found if mutant.kind != "ceiling"]
    assert len(shown) == len(expected)
    for (kind, after), wanted in zip(shown, expected, strict=True):
        assert kind == wanted.split(": ")[0]
        assert after.endswith(wanted.split(": ")[1])


def test_a_join_is_loosened_tightened_and_loses_each_part(tmp_path: Path) -> None:
    a, b, c = f"{TAKEN} at least 3", f"{STOPPED} is yes", "assembly.permit at least notice"
    two_of_three = f"{{n_of: 2, of: [{BANNERS}, {MARCH}, {PERMIT}]}}"
    found = [found for found in of_condition(tmp_path, two_of_three) if found[0] in ("connective", "dropped")]
    whole = f"2 of: {a}; {b}; {c}"
    assert found == [
        ("connective", whole, f"{a} or {b} or {c}"),
        ("connective", whole, f"{a} and {b} and {c}"),
        ("dropped", a, "left out"),
        ("dropped", b, "left out"),
        ("dropped", c, "left out"),
    ]


@pytest.mark.parametrize(
    ("join", "size", "expected"),
    [
        ("all", 3, ["or", "2 of"]),
        ("any", 3, ["2 of", "and"]),
        ("all", 2, ["or"]),
        ("any", 2, ["and"]),
    ],
)
def test_all_and_any_turn_into_each_other_and_into_all_but_one(join: str, size: int, expected: list[str], tmp_path: Path) -> None:
    parts = [BANNERS, MARCH, PERMIT][:size]
    found = [after for kind, _, after in of_condition(tmp_path, f"{{{join}: [{', '.join(parts)}]}}") if kind == "connective"]
    assert [word for after in found for word in ("2 of", " and ", " or ") if word in after] == [
        f" {word} " if word in ("and", "or") else word for word in expected
    ]


def test_a_part_of_a_join_within_a_join_is_changed_in_its_place(tmp_path: Path) -> None:
    under = under_test(tmp_path, [level("TRY-001", f"{{all: [{MARCH}, {{any: [{BANNERS}, {PERMIT}]}}]}}")], WHOLE)
    (moved,) = (m for m in mutants(under.bench.rule_set.rules["TRY-001"], under.bench) if m.after == f"{TAKEN} at least 4")
    assert (moved.kind, moved.before, moved.place.line) == ("threshold", f"{TAKEN} at least 3", 7)
    assert moved.rule.when is not None
    assert moved.rule.id == "TRY-001"


def test_conclusions_go_one_word_up_and_down_and_to_the_next_facet_or_finding(tmp_path: Path) -> None:
    found = made(tmp_path, level("TRY-001", BANNERS, "closed"))
    assert [(m.kind, m.after) for m in found if m.concludes_otherwise] == [
        ("ceiling", "peaceful_assembly at most repressed"),
        ("conclusion", "expression at most closed"),
    ]
    rules = [rule("TRY-001", "finding", BANNERS, HUNT), rule("TRY-002", "finding", MARCH, CHASE)]
    rules += [
        level("TRY-003", "{any: [{finding: assembly.hunt}, {finding: assembly.chase}]}"),
        level("TRY-004", "{finding: assembly.hunt}"),
    ]
    assert [(m.kind, m.after) for m in made(tmp_path / "b", *rules) if m.concludes_otherwise] == [
        ("conclusion", "finding assembly.chase")
    ]
    swapped = made(tmp_path / "c", *rules, of="TRY-004")
    assert [(m.kind, m.before, m.after) for m in swapped if m.kind == "swapped"] == [
        ("swapped", "finding assembly.hunt", "finding assembly.chase")
    ]
    both = made(tmp_path / "d", *rules, of="TRY-003")
    assert [m.kind for m in both if m.kind == "swapped"] == [], "the other one stands in the rule already"


def test_equal_mutants_are_made_once(tmp_path: Path) -> None:
    # To move either of two equal conditions, or to leave either out, says the same.
    found = of_condition(tmp_path, f"{{all: [{BANNERS}, {BANNERS}]}}")
    assert [(kind, after) for kind, _, after in found] == [
        ("connective", f"{TAKEN} at least 3 or {TAKEN} at least 3"),
        ("threshold", f"{TAKEN} at least 2"),
        ("threshold", f"{TAKEN} at least 4"),
        ("direction", f"{TAKEN} at most 3"),
        ("dropped", "left out"),
    ]


def test_a_mutant_that_says_the_same_in_other_words_is_none(tmp_path: Path) -> None:
    # one of two is any; two of two is all: what a join becomes is not made again in another form
    found = of_condition(tmp_path, f"{{n_of: 1, of: [{BANNERS}, {MARCH}]}}")
    assert [after for kind, _, after in found if kind == "connective"] == [f"{TAKEN} at least 3 and {STOPPED} is yes"]
