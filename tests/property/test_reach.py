"""A condition on a measure is called idle exactly where all values of the inputs, tried one by one, agree about it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from attrs import evolve
from hypothesis import event, given
from hypothesis import strategies as st
from support.entries import SOURCES, codebook_of, rule_file, scale_text, written

from ratingengine.engine.measures import EMPTY_SCALE
from ratingengine.method.rulefile.checks import check_rules
from ratingengine.method.rulefile.reader import read_rules
from ratingengine.model.condition import Atom
from ratingengine.model.indicator import Codebook, Indicator
from ratingengine.model.rule import ROUNDINGS, Measure
from ratingengine.ruleset.cases.folder import Suite
from ratingengine.ruleset.check.finding import Files
from ratingengine.ruleset.check.rules import UnderLint, rule_findings
from ratingengine.testing.interpreter import World, atom_holds, measure_ends

Entry = dict[str, Any]
RANGES = (("0", "3"), ("-1", "2"), ("2", "4"))
UNLIMITED = 6
"""Of a count without a limit, values up to here are tried: beyond every comparison and every `from:` that is drawn."""


@st.composite
def small_codebooks(draw: st.DrawFn) -> Codebook:
    """Up to three indicators of few values, worse upwards or downwards; some may have no value, some have no limit."""
    entries: list[Entry] = []
    for number in range(draw(st.integers(1, 3))):
        entry: Entry = {"id": f"assoc.i{number}", "title": "Drawn", "question": "What?"}
        kind = draw(st.sampled_from(("index", "index", "yes_no", "count")))
        tail: Entry = {"time": "spell", "aggregation": "latest"}
        if kind == "index":
            entry |= {"type": kind, "unit": "points", "range": list(draw(st.sampled_from(RANGES))), "decimals": "0"}
            tail |= {"may_be_none": "yes"} if draw(st.booleans()) else {}
        elif kind == "yes_no":
            entry |= {"type": kind}
            tail = {"time": "condition", "basis": "law", "aggregation": "any"}
        else:
            entry |= {"type": kind, "unit": "people"}
            tail = {"time": "event", "aggregation": "sum"}
        entries.append({**entry, "worse": draw(st.sampled_from(("higher", "lower"))) if kind == "index" else "higher", **tail})
    return codebook_of(entries)


def comparison(draw: st.DrawFn, indicator: Indicator) -> Entry:
    """Neither always true nor never."""
    if indicator.words:
        return {"indicator": indicator.id, "is": "yes"}
    last = min(indicator.highest, indicator.lowest + 3)
    if indicator.worse == "higher":
        return {"indicator": indicator.id, "at_least": str(draw(st.integers(indicator.lowest + 1, last)))}
    return {"indicator": indicator.id, "at_most": str(draw(st.integers(indicator.lowest, last - 1)))}


def rescaled(draw: st.DrawFn, indicator: Indicator, ends: tuple[str, str]) -> Entry:
    """Within, beyond or at the indicator's own range; where there may be no value, at its range."""
    low, high = indicator.lowest, min(indicator.highest, 4)
    if not indicator.may_be_none:
        low, high = low + draw(st.integers(-2, 1)), high + draw(st.integers(1, 2))
    target = list(ends if indicator.worse == "higher" else reversed(ends))
    return {
        "indicator": indicator.id,
        "weight": draw(st.sampled_from(("1", "0.5", "3"))),
        "from": [str(low), str(high)],
        "to": target,
    }


@st.composite
def measures(draw: st.DrawFn, codebook: Codebook) -> Entry:
    """Of every kind and rounding, with inputs of the same ends; an indicator may stand twice."""
    full = [entry for entry in codebook if not entry.may_be_none]
    kinds = ("count", "sum", "mean", "median", "min", "max") if full else ("mean", "median", "min", "max")
    of = draw(st.sampled_from(kinds))
    ends = draw(st.sampled_from((("0", "1"), ("0", "10"), ("-2.5", "1.25"), ("1", "2"))))
    chosen = draw(st.lists(st.sampled_from(full if of in ("count", "sum") else list(codebook)), min_size=1, max_size=3))
    inputs = [comparison(draw, entry) if of == "count" else rescaled(draw, entry, ends) for entry in chosen]
    needs, decimals = str(draw(st.integers(1, len(inputs)))), draw(st.sampled_from(("0", "1")))
    return {"of": of, "inputs": inputs, "needs": needs, "decimals": decimals, "rounding": draw(st.sampled_from(ROUNDINGS))}


def condition(draw: st.DrawFn, measure: Entry) -> Entry:
    """The measure against a number at which drawn measures begin or end, or near it."""
    test = draw(st.sampled_from(("at_least", "more_than", "at_most", "less_than")))
    numbers = ("-3", "-2", "-1", "0", "1", "2", "3", "5", "9", "10", "11")
    parts = ("-2.5", "0.1", "0.5", "1.2", "1.3") if measure["decimals"] == "1" else ()
    return {"measure": "assoc.m", test: draw(st.sampled_from((*numbers, *parts)))}


def under_lint(measure: Entry, condition: Entry, codebook: Codebook) -> UnderLint:
    """A rule set of the measure and one reader, which may point either way, without cases."""
    common = {"rationale": "drawn", "sources": ["A p. 1"]}
    head = {"title": "Drawn", "kind": "measure", "measure": measure, "then": {"measure": "assoc.m", "facet": "association"}}
    reader = {
        "title": "Drawn",
        "kind": "rating",
        "when": condition,
        "then": {"rating_at_most": "closed"},
        "non_monotone": "Drawn.",
    }
    rules = [
        {"id": "RUL-001", **head, **common, "since": "2026-01-01"},
        {"id": "RUL-002", **reader, **common, "since": "2026-01-01"},
    ]
    files = {"scale.yaml": scale_text(), "sources.yaml": SOURCES, "rules.yaml": rule_file(rules)}
    with TemporaryDirectory() as folder:
        read, problems = read_rules(written(Path(folder), files))
    problems += check_rules(read, codebook)
    assert problems == ()
    return UnderLint(read.rule_set, codebook, Suite((), ()), Files.of(read.documents))


def assignments(codebook: Codebook, names: list[str]) -> Iterator[World]:
    """Every value of each indicator, missing, and that there is none where there may be none."""
    choices = []
    for name in names:
        entry = codebook[name]
        points = [(value, value) for value in range(entry.lowest, min(entry.highest, UNLIMITED) + 1)]
        choices.append([*points, "missing", *(["none"] if entry.may_be_none else [])])
    for chosen in product(*choices):
        paired = dict(zip(names, chosen, strict=True))
        known = {name: ends for name, ends in paired.items() if isinstance(ends, tuple)}
        yield World(codebook, EMPTY_SCALE, known, without=frozenset(name for name in names if paired[name] == "none"))


def truths(measure: Measure, atom: Atom, codebook: Codebook) -> set[bool]:
    """What the condition comes to wherever it is decided, by the reading of `testing.interpreter`."""
    reached = set()
    for world in assignments(codebook, sorted({entry.indicator for entry in measure.inputs})):
        given = evolve(world, measures={atom.name: measure_ends(measure, world)}, decimals={atom.name: measure.decimals})
        established = atom_holds(atom, given, every=True)
        if established == atom_holds(atom, given, every=False):
            reached.add(established)
    return reached


@given(st.data())
def test_a_condition_on_a_measure_is_idle_exactly_where_no_values_disagree(data: st.DataObject) -> None:
    draw, codebook = data.draw, data.draw(small_codebooks())
    entry = draw(measures(codebook))
    under = under_lint(entry, data.draw(st.composite(condition)(entry)), codebook)
    measure, reader = under.rule_set.rules["RUL-001"].measure, under.rule_set.rules["RUL-002"]
    assert measure is not None
    assert isinstance(reader.when, Atom)
    reached = truths(measure, reader.when, codebook)
    found = [problem.message for problem in rule_findings(under) if problem.code == "L513"]
    event(f"idle: {len(reached) == 1}, {measure.of}")
    assert len(found) == (len(reached) == 1), found
    if found:
        assert ("every value meets" if reached == {True} else "no value can meet") in found[0]
