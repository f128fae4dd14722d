from __future__ import annotations

from itertools import combinations, product
from math import prod

import pytest
from assets import toy
from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st
from support.entries import method_of
from support.strategies import AS_OF, POPULATION, codebooks, priors, rule_sets, values, vectors
from unit.engine import programs
from unit.engine.programs import at, rule

from ratingengine.engine.assess import assess_values, vector
from ratingengine.engine.reference import ReferenceEngine
from ratingengine.evidence.values import per_million
from ratingengine.explain.facts import Facts, facts_of
from ratingengine.method.compiler import compile_profile
from ratingengine.model.indicator import base_of, is_derived
from ratingengine.model.program import Program, Variable, conclude
from ratingengine.model.value import IndicatorValue
from ratingengine.proofs.boxes import Box, attainable, minimal_changes


def turning_points(program: Program, number: int, box: Box) -> list[int]:
    """The ends of a variable's box, and the values in it at which a test of it or of its mirror image turns."""
    variable = program.variables[number]
    found = set(box)
    for test in (test for entry in program.rules for alternative in entry.alternatives for test in alternative):
        other = program.variables[test.variable]
        if test.kind == "variable" and (other.subject, other.name) == (variable.subject, variable.name):
            turned = test.threshold if other.mirrored == variable.mirrored else 1 - test.threshold
            found |= {turned - 1, turned}
    return [value for value in sorted(found) if box[0] <= value <= box[1]]


def twins(program: Program) -> dict[int, int]:
    """Each mirrored variable whose plain one is read too, with that one."""
    plain = {(v.subject, v.name): n for n, v in enumerate(program.variables) if not v.mirrored}
    pairs = {n: plain.get((v.subject, v.name)) for n, v in enumerate(program.variables) if v.mirrored}
    return {mirrored: twin for mirrored, twin in pairs.items() if twin is not None}


@given(st.data())
def test_what_is_attainable_is_what_enumeration_of_the_box_finds(data: st.DataObject) -> None:
    codebook = data.draw(codebooks(most=4))
    program = compile_profile(data.draw(rule_sets(codebook)), codebook, "coded")
    twin = twins(program)
    ends = zip(data.draw(vectors(program)), data.draw(vectors(program)), strict=True)
    boxes = [(min(pair), max(pair) if n % 3 else min(pair)) for n, pair in enumerate(ends)]
    for mirrored, plain in twin.items():
        boxes[mirrored] = -boxes[plain][1], -boxes[plain][0]
    options = [[0] if n in twin else turning_points(program, n, box) for n, box in enumerate(boxes)]
    assume(prod(map(len, options)) < 5000)
    engine = ReferenceEngine(program)
    found = set()
    for point in product(*options):
        numbers = [-point[twin[n]] if n in twin else value for n, value in enumerate(point)]
        found.add(conclude(program, engine.run(numbers)).rating)
    assert attainable(program, boxes) == found


def exact(value: IndicatorValue, severity: int) -> IndicatorValue:
    number = value.indicator.severity(severity)
    return IndicatorValue(value.indicator, number, number, (), ())


@given(st.data())
def test_with_a_population_the_companion_follows_from_its_count(data: st.DataObject) -> None:
    codebook = data.draw(codebooks())
    method = method_of(data.draw(rule_sets(codebook)), codebook)
    program = method.programs["coded"]
    drawn, prior = data.draw(values(codebook)), data.draw(priors())
    if any(variable.subject == "measure" for variable in program.variables) or prior is None:
        return
    known = {name: value for name, value in drawn.items() if not is_derived(value.indicator)}
    point = {name: exact(value, data.draw(st.sampled_from((value.best, value.worst)))) for name, value in known.items()}
    for found in (known, point):
        for entry in codebook:
            if is_derived(entry):
                found[entry.id] = per_million(entry, found[base_of(entry.id)], POPULATION)
    ends = [vector(program, known, {}, prior, worst=worst) for worst in (False, True)]
    severity = conclude(program, ReferenceEngine(program).run(vector(program, point, {}, prior, worst=False))).rating
    assert severity in attainable(program, list(zip(*ends, strict=True)), POPULATION)


def facts_drawn(data: st.DataObject) -> Facts:
    codebook = data.draw(codebooks())
    method = method_of(data.draw(rule_sets(codebook)), codebook)
    prior, known = data.draw(priors()), data.draw(values(codebook))
    # A rate without its count is no evidence: withdrawing the count could not withdraw it.
    known |= {entry.id: per_million(entry, known[base_of(entry.id)], POPULATION) for entry in codebook if is_derived(entry)}
    assess_values(method, "coded", known, AS_OF, prior)
    return facts_of(method, "coded", known, prior, POPULATION)


@given(st.data(), st.integers(0, 3))
def test_the_minimal_changes_are_those_of_enumeration(data: st.DataObject, wanted: int) -> None:
    found = facts_drawn(data)
    if found.measured:
        return
    names = [name for name in found.names if name in found.places]
    places = {name: found.places[name] for name in names}
    sets = minimal_changes(found.program, found.established, found.silent, places, wanted)
    subsets = [frozenset(some) for size in range(len(names) + 1) for some in combinations(names, size)]
    enough = [out for out in subsets if found.outcome(set(found.names) - out).rating <= wanted]
    assert sets == {out for out in enough if not any(other < out for other in enough)}


def test_a_rating_is_attainable_from_its_threshold_on() -> None:
    only = programs.program([rule(1, (at(0, 3),))])
    assert [attainable(only, [box]) for box in ((2, 5), (3, 5), (0, 2))] == [{0, 3}, {3}, {0}]


def test_one_box_a_variable() -> None:
    with pytest.raises(ValueError, match="zip"):
        attainable(Program("coded", (), (), {}, (), 4), [(0, 1)])


@pytest.mark.parametrize("count", range(20, 32))
@pytest.mark.parametrize("threshold", [9_999, 10_000, 10_001, 10_400])
@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize("worse", ["higher", "lower"])
def test_a_companion_is_rounded_as_its_value_is(count: int, threshold: int, mirrored: bool, worse: str) -> None:
    entry = toy.indicator("assembly.banners", worse=worse, per_million=True)
    companion = evolve(entry, id="assembly.banners_per_million", decimals=3)
    base = IndicatorValue(entry, count, count, (), ())
    values = {"assembly.banners": base, companion.id: per_million(companion, base, POPULATION)}
    variables = (Variable("indicator", companion.id, mirrored), Variable("indicator", "assembly.banners"))
    signed = threshold if (worse == "higher") != mirrored else -threshold
    found = evolve(programs.program([rule(1, (at(0, signed),))], 2), variables=variables)
    numbers = vector(found, values, {}, None, worst=False)
    severity = conclude(found, ReferenceEngine(found).run(numbers)).rating
    assert attainable(found, [(n, n) for n in numbers], POPULATION) == {severity}
