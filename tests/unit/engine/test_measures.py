"""Measures: exact numbers at both ends, spelled out."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from assets.toy import HERE
from support.entries import Entry, codebook_of, rules_of

from ratingengine.engine.measures import bands_of, measure_value
from ratingengine.model.indicator import UNBOUNDED
from ratingengine.model.rule import Measure, MeasureInput
from ratingengine.model.value import IndicatorValue

EVENT = {"worse": "higher", "time": "event", "aggregation": "sum"}
INDEX = {"type": "index", "unit": "points", "range": ["0", "1"], "decimals": "2", "time": "event", "aggregation": "latest"}
KEYS = ("id", "title", "question", "type", "unit", "range", "decimals", "worse", "time", "aggregation")
DRAFTS: list[Entry] = [
    {"id": "assoc.killed", "type": "count", "unit": "people", **EVENT},
    {"id": "assoc.jailed", "type": "count", "unit": "people", **EVENT},
    {"id": "assoc.index", **INDEX, "worse": "lower"},
]
CODEBOOK = codebook_of(
    [
        {key: {"title": "t", "question": "q", **entry}[key] for key in KEYS if key in {"title", "question", *entry}}
        for entry in DRAFTS
    ]
)


def table(*rows: tuple[str, str]) -> list[Entry]:
    """A step table."""
    return [{"from": start, "counts": counts} for start, counts in rows]


def weighted(entry: Entry, weight: str) -> Entry:
    """The same input with a weight."""
    return {"indicator": entry["indicator"], "weight": weight, **entry}


KILLED: Entry = {"indicator": "assoc.killed", "weight": "1", "from": ["0", "10"], "to": ["0", "100"]}
JAILED: Entry = {"indicator": "assoc.jailed", "weight": "3", "from": ["0", "10"], "to": ["0", "100"]}
FREE: Entry = {"indicator": "assoc.index", "weight": "1", "from": ["0", "1"], "to": ["100", "0"]}
STEPS: Entry = {"indicator": "assoc.killed", "steps": table(("0", "0"), ("40", "1"), ("60", "2.5"), ("80", "3"))}
FALLING: Entry = {"indicator": "assoc.index", "steps": table(("0", "3"), ("0.2", "2"), ("0.55", "0"))}
Given = dict[str, tuple[int, int]]


def rule_of(inputs: Sequence[Entry], *, of: str = "sum", needs: int = 1, decimals: int = 0, rounding: str = "half_up") -> Entry:
    """A rule with a measure of these inputs."""
    return {
        "id": "IND-001",
        "title": "t",
        "kind": "measure",
        "measure": {"of": of, "inputs": list(inputs), "needs": str(needs), "decimals": str(decimals), "rounding": rounding},
        "then": {"measure": "assoc.m", "facet": "association"},
        "rationale": "why",
        "sources": ["A p. 1"],
        "since": "2026-01-01",
    }


def computed(
    given: Given, *inputs: Entry, of: str = "sum", needs: int = 1, decimals: int = 0, rounding: str = "half_up"
) -> tuple[int, int, bool]:
    """Best and worst end of a measure, and whether it is known."""
    rule_set = rules_of([rule_of(inputs, of=of, needs=needs, decimals=decimals, rounding=rounding)], CODEBOOK)
    measure = rule_set.rules["IND-001"].measure
    assert measure is not None
    ends = {entry.id: given.get(entry.id.removeprefix("assoc."), (entry.lowest, entry.highest)) for entry in CODEBOOK}
    values = {name: IndicatorValue(CODEBOOK[name], *pair, (), ()) for name, pair in ends.items()}
    found = measure_value(measure, values, CODEBOOK)
    return found.best, found.worst, found.known


def test_a_sum_is_weighted_after_rescaling() -> None:
    assert computed({"killed": (5, 5), "jailed": (1, 2)}, KILLED, JAILED) == (80, 110, True)


@pytest.mark.parametrize(
    ("value", "tenths"), [(0, 0), (39, 0), (40, 10), (59, 10), (60, 25), (79, 25), (80, 30), (81, 30), (10**12, 30)]
)
def test_a_step_table_counts_from_each_value_on(value: int, tenths: int) -> None:
    assert computed({"killed": (value, value)}, STEPS, decimals=1) == (tenths, tenths, True)


@pytest.mark.parametrize(("value", "counts"), [(0, 3), (19, 3), (20, 2), (54, 2), (55, 0), (100, 0)])
def test_a_step_table_of_what_is_worse_when_lower_falls(value: int, counts: int) -> None:
    assert computed({"index": (value, value)}, FALLING) == (counts, counts, True)


def test_a_value_within_bounds_counts_from_the_band_of_one_end_to_that_of_the_other() -> None:
    assert computed({"index": (19, 20)}, FALLING) == (2, 3, True)
    assert computed({"index": (20, 54)}, FALLING) == (2, 2, True)
    assert computed({"killed": (40, UNBOUNDED)}, STEPS, decimals=1) == (10, 30, True)


def test_what_is_missing_counts_as_any_band() -> None:
    assert computed({}, FALLING) == (0, 3, False)
    assert computed({"killed": (5, 5)}, FALLING, KILLED) == (50, 53, True)


def test_bands_are_weighted_and_joined_as_rescaled_numbers_are() -> None:
    given: Given = {"index": (19, 20), "killed": (80, 80)}
    assert computed(given, weighted(FALLING, "3"), weighted(STEPS, "1"), of="mean", decimals=2) == (225, 300, True)
    assert computed(given, FALLING, STEPS, of="min") == (2, 3, True)
    assert computed(given, FALLING, STEPS, of="median", decimals=1) == (25, 30, True)


def test_what_a_score_counts_as_is_told_of_both_ends() -> None:
    rule_set = rules_of([rule_of([FALLING, KILLED])], CODEBOOK)
    measure = rule_set.rules["IND-001"].measure
    assert measure is not None
    for ends, words in (((19, 20), "2 to 3"), ((55, 60), "0"), ((0, 100), "0 to 3")):
        values = {name: IndicatorValue(CODEBOOK[name], *ends, (), ()) for name in ("assoc.index", "assoc.killed")}
        assert bands_of(measure, values) == (("assoc.index", words),)


def test_a_mean_divides_by_the_weights() -> None:
    assert computed({"killed": (4, 4), "jailed": (8, 8)}, KILLED, JAILED, of="mean") == (70, 70, True)


def test_values_beyond_the_source_range_are_held_at_its_ends() -> None:
    assert computed({"killed": (12, 10**15)}, KILLED) == (100, 100, True)


def test_an_input_that_is_worse_when_lower_counts_from_its_other_end() -> None:
    assert computed({"index": (25, 60)}, FREE) == (40, 75, True)


def test_the_least_and_the_greatest_input_ignore_weights() -> None:
    given: Given = {"killed": (2, 3), "jailed": (5, 6)}
    assert computed(given, KILLED, JAILED, of="min") == (20, 30, True)
    assert computed(given, KILLED, JAILED, of="max") == (50, 60, True)


def test_a_missing_input_takes_the_ends_of_its_range_and_weights_stay() -> None:
    assert computed({"killed": (5, 5)}, KILLED, JAILED, of="mean") == (13, 88, True)


def test_with_fewer_known_inputs_than_needed_the_measure_is_missing() -> None:
    assert computed({"killed": (5, 5)}, KILLED, JAILED, needs=2) == (0, 400, False)
    assert computed({"killed": (5, 5), "jailed": (0, 9)}, KILLED, JAILED, needs=2) == (50, 320, True)


@pytest.mark.parametrize(("killed", "reached"), [(0, 0), (1, 1), (2, 1)])
def test_a_count_is_the_number_of_inputs_that_reach_their_threshold(killed: int, reached: int) -> None:
    inputs = ({"indicator": "assoc.killed", "at_least": "1"}, {"indicator": "assoc.index", "less_than": "0.5"})
    assert computed({"killed": (killed, killed), "index": (50, 50)}, *inputs, of="count") == (reached, reached, True)
    assert computed({"killed": (killed, killed), "index": (49, 50)}, *inputs, of="count") == (reached, reached + 1, True)
    assert computed({"killed": (killed, killed)}, *inputs, of="count", needs=2) == (0, 2, False)


@pytest.mark.parametrize(
    ("rounding", "index", "expected"),
    [
        ("half_up", 5, 1), ("half_up", 4, 0), ("half_up", 15, 2), ("half_up", 25, 3),
        ("down", 9, 0), ("down", 10, 1), ("up", 1, 1), ("up", 0, 0), ("up", 10, 1),
    ],
)  # fmt: skip
def test_rounding_is_as_declared(rounding: str, index: int, expected: int) -> None:
    value = 100 - index
    assert computed({"index": (value, value)}, {**FREE, "to": ["10", "0"]}, rounding=rounding) == (expected, expected, True)


def test_decimals_are_kept_exactly() -> None:
    third = {**KILLED, "from": ["0", "3"], "to": ["0", "1"]}
    assert computed({"killed": (1, 2)}, third, decimals=3) == (333, 667, True)
    assert computed({"killed": (1, 2)}, third, decimals=3, rounding="up") == (334, 667, True)


def test_a_median_is_the_middle_input_or_half_way_between_two() -> None:
    given: Given = {"killed": (2, 2), "jailed": (5, 5), "index": (90, 90)}
    assert computed(given, KILLED, JAILED, FREE, of="median") == (20, 20, True)
    assert computed(given, KILLED, JAILED, of="median") == (35, 35, True)
    assert computed({"killed": (2, 2), "index": (90, 90)}, KILLED, JAILED, FREE, of="median") == (10, 20, True)


@pytest.mark.parametrize(("rounding", "low", "high"), [("half_up", 1, 2), ("half_down", 0, 2), ("down", 0, 1), ("up", 1, 2)])
def test_a_half_goes_the_way_that_is_declared(rounding: str, low: int, high: int) -> None:
    half: Entry = {**KILLED, "to": ["0", "5"]}
    assert computed({"killed": (1, 1)}, half, rounding=rounding)[0] == low
    sixth: Entry = {**KILLED, "to": ["0", "16"]}
    assert computed({"killed": (1, 1)}, sixth, rounding=rounding)[0] == high


@pytest.mark.parametrize(("of", "expected"), [("mean", (0, 100, False)), ("sum", (0, 0, True)), ("max", (50, 50, True))])
def test_a_mean_of_inputs_that_all_weigh_nothing_is_missing(of: str, expected: tuple[int, int, bool]) -> None:
    there = MeasureInput("assoc.killed", "0", ("0", "10"), ("0", "100"), None, HERE)
    gone = MeasureInput("assoc.jailed", "1", ("0", "10"), ("0", "100"), None, HERE)
    values = {
        "assoc.killed": IndicatorValue(CODEBOOK["assoc.killed"], 5, 5, (), ()),
        "assoc.jailed": IndicatorValue(CODEBOOK["assoc.jailed"], 0, UNBOUNDED, (), (), absent=True),
    }
    found = measure_value(Measure(of, (there, gone), 1, 0, "half_up"), values, CODEBOOK)
    assert (found.best, found.worst, found.known) == expected
