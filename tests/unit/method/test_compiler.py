"""Rule sets to programs: alternatives, strata, and what is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from attrs import evolve
from support.entries import SOURCES, Entry, codebook_of, rule_file, rules_of, scale_text, written

from ratingengine.errors import InvalidInput
from ratingengine.method.compiler import MOST_ALTERNATIVES, compile_profile
from ratingengine.method.rulefile.checks import check_rules
from ratingengine.method.rulefile.reader import read_rules
from ratingengine.model.program import Program, Support, Test, Variable
from ratingengine.model.rule import Rule

COUNT = {"question": "How many?", "type": "count", "unit": "people", "worse": "higher", "time": "event", "aggregation": "sum"}
CODEBOOK = codebook_of([{"id": f"assoc.{name}", "title": name, **COUNT} for name in "abcdefgh"])
REPRESSED = {"rating_at_most": "repressed"}


def at(name: str, threshold: int) -> Entry:
    return {"indicator": f"assoc.{name}", "at_least": str(threshold)}


def rule(number: int, when: Entry, then: Entry | None = None) -> Entry:
    """A rule; its kind follows from its conclusion."""
    kinds = {
        "finding": "finding",
        "level_at_most": "level",
        "rating_at_most": "rating",
        "gate": "upgrade_gate",
        "watchlist": "watchlist",
    }
    then = then or REPRESSED
    kind = next(kind for key, kind in kinds.items() if key in then)
    head = {"id": f"RUL-{number:03}", "title": kind, "kind": kind, "when": when, "then": then}
    return {**head, "rationale": "why", "sources": ["A p. 1"], "since": "2026-01-01"}


def found(name: str) -> Entry:
    return {"finding": f"found.{name}", "facet": "association"}


def compiled(*rules: Entry) -> Program:
    return compile_profile(rules_of(rules, CODEBOOK), CODEBOOK, "coded")


def alternatives(when: Entry) -> list[list[str]]:
    """The alternatives of one condition in words."""
    program = compiled(rule(1, when))
    return [[str(program.supports[test]).removeprefix("assoc.") for test in tests] for tests in program.rules[0].alternatives]


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (at("a", 1), [["a at least 1"]]),
        ({"all": [at("a", 1), at("b", 2)]}, [["a at least 1", "b at least 2"]]),
        ({"any": [at("a", 1), at("b", 2)]}, [["a at least 1"], ["b at least 2"]]),
        (
            {"n_of": "2", "of": [at("a", 1), at("b", 2), at("c", 3)]},
            [["a at least 1", "b at least 2"], ["a at least 1", "c at least 3"], ["b at least 2", "c at least 3"]],
        ),
        (
            {"all": [{"any": [at("a", 1), at("b", 1)]}, at("c", 1)]},
            [["a at least 1", "c at least 1"], ["b at least 1", "c at least 1"]],
        ),
        ({"n_of": "1", "of": [at("a", 1), at("b", 1)]}, [["a at least 1"], ["b at least 1"]]),
        ({"n_of": "2", "of": [at("a", 1), at("b", 1)]}, [["a at least 1", "b at least 1"]]),
    ],
)
def test_a_condition_becomes_alternatives(when: Entry, expected: list[list[str]]) -> None:
    assert alternatives(when) == expected


def test_the_higher_of_two_thresholds_on_one_subject_is_kept_in_a_conjunction() -> None:
    assert alternatives({"all": [at("a", 1), at("a", 5), at("b", 1)]}) == [["a at least 5", "b at least 1"]]


def test_an_alternative_that_another_makes_superfluous_is_dropped() -> None:
    assert alternatives({"any": [at("a", 5), at("a", 1)]}) == [["a at least 1"]]
    assert alternatives({"any": [at("a", 1), {"all": [at("a", 3), at("b", 1)]}]}) == [["a at least 1"]]
    assert alternatives({"any": [at("a", 1), {"all": [at("a", 1), at("b", 1)]}]}) == [["a at least 1"]]
    assert alternatives({"any": [at("a", 3), {"all": [at("a", 1), at("b", 1)]}]}) == [
        ["a at least 1", "b at least 1"],
        ["a at least 3"],
    ]


def test_two_ways_to_write_a_threshold_are_one_test() -> None:
    program = compiled(rule(1, at("a", 10)), rule(2, {"indicator": "assoc.a", "more_than": "9"}))
    assert len(program.supports) == 1
    assert program.rules[0].alternatives == program.rules[1].alternatives


def test_sixty_four_alternatives_are_taken_and_one_more_is_refused() -> None:
    pairs = [{"any": [at(name, 1), at(chr(ord(name) + 1), 1)]} for name in "aceg"]
    threes = [{"any": [at(name, 1), at(name, 2) | {"indicator": f"assoc.{other}"}]} for name, other in ("ab", "cd", "ef")]
    assert len(compiled(rule(1, {"all": pairs})).rules[0].alternatives) == 16
    assert len(compiled(rule(1, {"all": threes})).rules[0].alternatives) == 8
    many = {"any": [{"all": [at("a", n), at("b", 101 - n)]} for n in range(1, MOST_ALTERNATIVES + 1)]}
    assert len(compiled(rule(1, many)).rules[0].alternatives) == 64
    more = {"any": [{"any": [at("c", 1), at("d", 1)]}, {"any": many["any"][:63]}]}
    with pytest.raises(InvalidInput) as refused:
        compiled(rule(7, more))
    (problem,) = refused.value.problems
    assert (problem.code, problem.place is not None) == ("R219", True)
    assert problem.message == "rule RUL-007: the condition expands to more than 64 alternatives"
    assert problem.hint == "split it: let findings hold the parts"


def crossed(one: str, other: str, count: int) -> Entry:
    """So many alternatives, none of which makes another superfluous."""
    return {"any": [{"all": [at(one, n), at(other, 101 - n)]} for n in range(1, count + 1)]}


@pytest.mark.parametrize(
    ("taken", "refused"),
    [
        ({"all": [crossed("a", "b", 8), crossed("c", "d", 8)]}, {"all": [crossed("a", "b", 8), crossed("c", "d", 9)]}),
        (
            {"all": [{"any": [crossed("a", "b", 33), crossed("c", "d", 31)]}, at("e", 1)]},
            {"all": [{"any": [crossed("a", "b", 33), crossed("c", "d", 32)]}, at("e", 1)]},
        ),
        (
            {"n_of": "1", "of": [crossed("a", "b", 33), crossed("c", "d", 31)]},
            {"n_of": "1", "of": [crossed("a", "b", 33), crossed("c", "d", 32)]},
        ),
        (
            {"n_of": "2", "of": [crossed("a", "b", 8), crossed("c", "d", 8)]},
            {"n_of": "2", "of": [crossed("a", "b", 8), crossed("c", "d", 9)]},
        ),
        (
            {"n_of": "2", "of": [at("a", n) for n in range(1, 46)]},
            {"n_of": "2", "of": [at("a", n) for n in range(1, 47)]},
        ),
    ],
    ids=["a conjunction", "a part", "parts of which one is enough", "parts of which all are needed", "ways to choose parts"],
)
def test_wherever_a_condition_grows_beyond_bounds_it_is_refused(taken: Entry, refused: Entry) -> None:
    # Two out of 46 are 1,035 ways, more than MOST_COMBINATIONS, though one of them makes all others superfluous.
    assert len(compiled(rule(8, taken)).rules[0].alternatives) in (1, 64)
    with pytest.raises(InvalidInput, match="rule RUL-008: the condition expands to more than 64 alternatives"):
        compiled(rule(8, refused))


def test_a_rule_stands_one_stratum_above_the_highest_it_reads() -> None:
    program = compiled(
        rule(1, {"any": [{"finding": "found.x"}, {"level": "association", "at_most": "obstructed"}]}),
        rule(2, {"finding": "found.y"}, {"facet": "association", "level_at_most": "repressed"}),
        rule(3, {"finding": "found.x"}, found("y")),
        rule(4, at("a", 1), found("x")),
        rule(5, at("b", 1), found("y")),
    )
    assert program.profile == "coded"
    assert program.supports[Test("finding", name="found.x")] == Support("finding", "found.x", "holds", "")
    assert [(entry.stratum, entry.id) for entry in program.rules] == [
        (1, "RUL-004"),
        (1, "RUL-005"),
        (2, "RUL-003"),
        (3, "RUL-002"),
        (4, "RUL-001"),
    ]


def test_a_gate_reads_the_other_end_of_the_interval() -> None:
    program = compiled(rule(1, {"indicator": "assoc.a", "at_most": "4"}, {"gate": "open"}), rule(2, at("a", 1)))
    plain, mirrored = Variable("indicator", "assoc.a"), Variable("indicator", "assoc.a", mirrored=True)
    assert program.variables == (plain, mirrored)
    (((test,),),) = (entry.alternatives for entry in program.rules if entry.id == "RUL-001")
    assert (test.variable, test.threshold) == (1, -4)
    assert str(program.supports[test]) == "assoc.a at most 4"


def test_conclusions_become_targets() -> None:
    program = compiled(
        rule(1, at("a", 1), found("x")),
        rule(2, {"finding": "found.x"}, {"facet": "association", "level_at_most": "obstructed"}),
        rule(3, at("a", 1), {"watchlist": "on"}),
        rule(4, at("a", 1)),
    )
    targets = {
        entry.id: (entry.target.kind, entry.target.name, entry.target.severity, entry.conclusion) for entry in program.rules
    }
    assert targets == {
        "RUL-001": ("finding", "found.x", 0, "finding found.x"),
        "RUL-002": ("level", "association", 2, "association at most obstructed"),
        "RUL-003": ("watchlist", "", 0, "watchlist on"),
        "RUL-004": ("rating", "", 3, "rating at most repressed"),
    }


def dated(entry: Rule, since: str, until: str | None) -> Rule:
    return evolve(entry, since=date.fromisoformat(since), until=None if until is None else date.fromisoformat(until))


def test_the_method_of_a_day_has_the_rules_in_force_on_it() -> None:
    rule_set = rules_of([rule(1, at("a", 1)), rule(2, at("a", 2))], CODEBOOK)
    rules = dict(rule_set.rules)
    rules["RUL-001"] = dated(rules["RUL-001"], "2020-01-01", "2022-01-01")
    rules["RUL-002"] = dated(rules["RUL-002"], "2022-01-01", None)
    rule_set = evolve(rule_set, rules=rules)

    def ids(day: date | None) -> list[str]:
        return [entry.id for entry in compile_profile(rule_set, CODEBOOK, "coded", day).rules]

    assert ids(None) == ["RUL-002"]
    assert ids(date(2019, 12, 31)) == []
    assert ids(date(2020, 1, 1)) == ["RUL-001"]
    assert ids(date(2021, 12, 31)) == ["RUL-001"]
    assert ids(date(2022, 1, 1)) == ["RUL-002"]


def test_what_no_rule_of_the_day_concludes_puts_its_readers_no_higher() -> None:
    rule_set = rules_of([rule(1, {"finding": "found.x"}), rule(2, at("a", 1), found("x"))], CODEBOOK)
    rules = dict(rule_set.rules)
    rules["RUL-002"] = dated(rules["RUL-002"], "2020-01-01", "2022-01-01")
    (alone,) = compile_profile(evolve(rule_set, rules=rules), CODEBOOK, "coded").rules
    assert (alone.id, alone.stratum) == ("RUL-001", 1)


def test_a_profile_without_rules_is_an_empty_program() -> None:
    program = compile_profile(rules_of([rule(1, at("a", 1))], CODEBOOK), CODEBOOK, "indices")
    assert (program.rules, program.variables, program.worst) == ((), (), 4)


@pytest.mark.parametrize(
    "entry",
    [
        rule(1, {"level": "association", "at_most": "open"}),
        rule(1, {"level": "association", "less_than": "closed"}),
        rule(1, at("a", 0)),
        rule(1, {"indicator": "assoc.a", "less_than": "0"}, {"gate": "open"}),
        {**rule(1, {"level": "association", "at_least": "narrowed"}, {"watchlist": "on"}), "non_monotone": "a reason"},
    ],
)
def test_a_condition_that_every_value_meets_or_none_or_a_level_that_is_good_is_refused(entry: Entry, tmp_path: Path) -> None:
    keys = [
        key for key in ("id", "title", "kind", "when", "then", "non_monotone", "rationale", "sources", "since") if key in entry
    ]
    ordered: Entry = {key: entry[key] for key in keys}
    files = {"scale.yaml": scale_text(), "sources.yaml": SOURCES, "rules.yaml": rule_file([ordered])}
    read, problems = read_rules(written(tmp_path, files))
    assert not problems
    assert check_rules(read, CODEBOOK)
