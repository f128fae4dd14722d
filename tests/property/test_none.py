"""Inputs on record as having no value: saying so only narrows a measure, and worse values never give a better number."""

from __future__ import annotations

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from support.entries import Entry, codebook_of, rules_of

from ratingengine.engine.measures import measure_value
from ratingengine.model.rule import ROUNDINGS, Measure
from ratingengine.model.value import IndicatorValue

NAMES = ("assoc.one", "assoc.two", "assoc.three")
WORDS = {"title": "t", "question": "q", "type": "index", "unit": "points", "range": ["1", "5"], "decimals": "0"}
COUNTED = {"time": "spell", "aggregation": "latest", "may_be_none": "yes"}
DRAFTS: list[Entry] = [
    {"id": name, **WORDS, "worse": worse, **COUNTED} for name, worse in zip(NAMES, ("higher", "higher", "lower"), strict=True)
]
CODEBOOK = codebook_of(DRAFTS)
Values = dict[str, IndicatorValue]


@st.composite
def measures(draw: st.DrawFn) -> Measure:
    """A measure that may leave inputs out; every one of them is accepted by the checks."""
    weights = [draw(st.sampled_from(("1", "0.5", "3"))) for _ in NAMES]
    ends = (["0", "10"], ["0", "10"], ["10", "0"])
    inputs = [
        {"indicator": name, "weight": weight, "from": ["1", "5"], "to": end}
        for name, weight, end in zip(NAMES, weights, ends, strict=True)
    ]
    of, rounding = draw(st.sampled_from(("mean", "median", "min", "max"))), draw(st.sampled_from(ROUNDINGS))
    body = {"of": of, "inputs": inputs, "needs": str(draw(st.integers(1, 3))), "decimals": "1", "rounding": rounding}
    head = {"id": "IND-001", "title": "t", "kind": "measure", "measure": body}
    then = {"then": {"measure": "assoc.m", "facet": "association"}, "rationale": "why", "sources": ["A p. 1"]}
    found = rules_of([{**head, **then, "since": "2026-01-01"}], CODEBOOK).rules["IND-001"].measure
    assert found is not None
    return found


@st.composite
def values(draw: st.DrawFn) -> Values:
    """Each input known, bounded, missing, or known to have no value."""
    found: Values = {}
    for name in NAMES:
        low, high = sorted(draw(st.lists(st.integers(1, 5), min_size=2, max_size=2)))
        absent = draw(st.booleans())
        ends = (1, 5) if absent else (low, high)
        found[name] = IndicatorValue(CODEBOOK[name], *ends, (), (), absent)
    return found


@given(measures(), values(), st.sampled_from(NAMES))
def test_knowing_nothing_of_an_input_only_widens(measure: Measure, said: Values, name: str) -> None:
    missing = IndicatorValue(CODEBOOK[name], 1, 5, (), ())
    before, after = (measure_value(measure, found, CODEBOOK) for found in (said, {**said, name: missing}))
    assert after.best <= before.best <= before.worst <= after.worst


@given(measures(), values(), st.sampled_from(NAMES), st.integers(1, 5), st.integers(1, 5))
def test_a_worse_value_never_gives_a_better_number(measure: Measure, said: Values, name: str, one: int, other: int) -> None:
    ends = sorted((one, other), key=CODEBOOK[name].severity)
    better, worse = (
        measure_value(measure, {**said, name: evolve(said[name], lowest=end, highest=end, absent=False)}, CODEBOOK)
        for end in ends
    )
    assert better.best <= worse.best
    assert better.worst <= worse.worst


@given(measures(), values())
def test_what_none_of_the_inputs_has_is_missing(measure: Measure, said: Values) -> None:
    none = {name: evolve(value, lowest=1, highest=5, absent=True) for name, value in said.items()}
    found = measure_value(measure, none, CODEBOOK)
    assert (found.best, found.worst, found.known) == (0, 100, False)
