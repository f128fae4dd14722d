"""Comparing rule sets: a set is equal to itself, witnesses tell, both ways say the same, and what is proved equal is equal."""

from __future__ import annotations

from itertools import pairwise, product
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from support.entries import method_of, rules_of
from support.strategies import codebooks, priors, rule_entries, rule_sets

from ratingengine.errors import InvalidInput
from ratingengine.model.indicator import Codebook
from ratingengine.model.rule import RuleSet
from ratingengine.proofs.rules_diff import solver
from ratingengine.proofs.rules_diff.meaning import comes_to, enough_for, meanings
from ratingengine.proofs.rules_diff.parts import changes
from ratingengine.proofs.rules_diff.region import DIFFERENT, IDENTITY, SAME, UNKNOWN, Meaning
from ratingengine.proofs.rules_diff.side import Side, identical
from ratingengine.proofs.rules_diff.space import Point, answers, aspects, intervals
from ratingengine.proofs.rules_diff.witness import reads_as, witness_files
from ratingengine.world.countries import by_iso3

needs_z3 = pytest.mark.skipif(not solver.at_hand(), reason="z3 is not installed")


def side(rule_set: RuleSet, codebook: Codebook) -> Side:
    return Side("drawn", Path("drawn"), None, rule_set, rule_set, method_of(rule_set, codebook))


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Side, Side]:
    """A rule set, and the same without a rule or with another conclusion."""
    codebook = draw(codebooks(most=5))
    rules = list(draw(rule_entries(codebook)))
    ceilings = [number for number, rule in enumerate(rules) if rule["kind"] not in ("finding", "measure")]
    number = draw(st.sampled_from(ceilings))
    changed: list[dict[str, Any]] = list(rules)
    words = {"level_at_most": "closed"} if rules[number]["kind"] == "level" else {"rating_at_most": "closed"}
    if rules[number]["kind"] in ("level", "rating") and draw(st.booleans()):
        changed[number] = {**rules[number], "then": {**rules[number]["then"], **words}}
    elif len(rules) > 1 and number != len(rules) - 1 and "any" not in rules[number].get("when", {}):
        del changed[number]
    try:
        return side(rules_of(rules, codebook), codebook), side(rules_of(changed, codebook), codebook)
    except InvalidInput:  # the rule that was left out was the only reader of a finding
        assume(condition=False)
        raise


@given(st.data())
def test_a_rule_set_is_equal_to_itself(data: st.DataObject) -> None:
    codebook = data.draw(codebooks())
    one = side(data.draw(rule_sets(codebook)), codebook)
    assert changes(one, one).none
    assert meanings(one, one, use_z3=False) == (Meaning("coded", SAME, IDENTITY),)


@needs_z3
@settings(max_examples=25)
@given(pairs())
def test_witnesses_tell_and_the_other_way_round_says_the_same(sides: tuple[Side, Side]) -> None:
    old, new = sides
    (found,) = meanings(old, new, most=2)
    (back,) = meanings(new, old, most=2)
    told = {(region.aspect, region.old, region.new) for region in found.regions}
    assert {(region.aspect, region.new, region.old) for region in back.regions} == told
    assert (found.answer, found.by) == (back.answer, back.by)
    assert (found.answer == DIFFERENT) == bool(told)
    for region in found.regions:
        known = [set(witness.point.known) for witness in region.witnesses]
        assert all(len(one) <= len(other) for one, other in pairwise(known))
        for witness in region.witnesses:
            assert comes_to(sides, "coded", witness.point, region.aspect) == (region.old, region.new)
            if witness.stated:
                codebook = old.method.codebook
                assert reads_as(witness_files(witness.point, codebook), witness.point, codebook)


@needs_z3
@settings(max_examples=25)
@given(pairs(), st.data())
def test_what_is_proved_equal_is_equal_wherever_one_looks(sides: tuple[Side, Side], data: st.DataObject) -> None:
    (found,) = meanings(*sides, most=1)
    assert found.answer in (SAME, DIFFERENT, UNKNOWN)
    regions = {(region.aspect.kind, region.aspect.facet) for region in found.regions}
    old, new = sides
    for _ in range(10):
        point = data.draw(points(old.method.codebook))
        before, after = (answers(one, "coded", point) for one in sides)
        for aspect in aspects(new):
            same = aspect.read(before[aspect.end].outcome) == aspect.read(after[aspect.end].outcome)
            assert same or found.answer == UNKNOWN or (aspect.kind, aspect.facet) in regions


@st.composite
def points(draw: st.DrawFn, codebook: Codebook) -> Point:
    """Any interval of any indicators, in any of three countries."""
    known = {}
    for entry in codebook.coded:
        top = min(entry.highest, 12 * 10**entry.decimals)
        low, high = sorted((draw(st.integers(entry.lowest, top)), draw(st.integers(entry.lowest, top))))
        interval = draw(st.sampled_from(((low, high), (low, low), (low, entry.highest), None, None)))
        if interval is not None:
            known[entry.id] = interval
    country = by_iso3(draw(st.sampled_from(("BVT", "ISL", "IND"))))
    assert country is not None
    prior = draw(priors())
    if prior is not None:
        better, worse = prior.assessed < prior.rating, prior.assessed > prior.rating
        prior = evolve(prior, pressure=2 if worse else min(prior.pressure, 1) if better else 1)
    open_ = [entry.id for entry in codebook.coded if entry.may_be_none and entry.id not in known]
    without = draw(st.sets(st.sampled_from(open_))) if open_ else set[str]()
    return Point(known, prior, country, frozenset(without))


@pytest.mark.slow
@needs_z3
@settings(max_examples=25)
@given(pairs())
def test_with_and_without_z3_the_answer_is_the_same_where_there_is_one(sides: tuple[Side, Side]) -> None:
    assume(not identical(*sides, "coded"))
    (by_hand,) = meanings(*sides, most=1, use_z3=False)
    (proved,) = meanings(*sides, most=1, use_z3=True)
    assert by_hand.answer in (proved.answer, UNKNOWN)
    if by_hand.answer == DIFFERENT:
        for region in by_hand.regions:
            assert comes_to(sides, "coded", region.witnesses[0].point, region.aspect) == (region.old, region.new)


@given(codebooks(), st.data())
def test_every_statement_of_a_record_reads_as_it_is_meant(codebook: Codebook, data: st.DataObject) -> None:
    country = by_iso3("ISL")
    assert country is not None
    known = {}
    for entry in codebook.coded:
        top = min(entry.highest, 12 * 10**entry.decimals)
        choice = intervals(entry, (entry.lowest, top, data.draw(st.integers(entry.lowest, top))))
        stated: bool = data.draw(st.booleans())
        if choice and stated:
            known[entry.id] = choice[data.draw(st.integers(0, len(choice) - 1))]
    point = Point(known, None, country)
    assert reads_as(witness_files(point, codebook), point, codebook)


@given(st.lists(st.sets(st.integers(0, 4), min_size=1), max_size=3), st.lists(st.sets(st.integers(0, 4), min_size=1), max_size=3))
def test_required_facts_that_differ_are_found(one: list[set[int]], other: list[set[int]]) -> None:
    def hit(groups: list[set[int]], known: set[int]) -> bool:
        return all(group & known for group in groups)

    found = first_difference(one, other)
    subsets = [{n for n, bit in enumerate(bits) if bit} for bits in product((0, 1), repeat=5)]
    differing = [known for known in subsets if hit(one, known) and not hit(other, known)]
    assert (found is not None) == bool(differing)
    assert found is None or found in differing


def first_difference(one: list[set[int]], other: list[set[int]]) -> set[int] | None:
    def names(groups: list[set[int]]) -> list[frozenset[str]]:
        return [frozenset(f"x{n}" for n in group) for group in groups]

    found = enough_for(names(one), names(other))
    return None if found is None else {int(name[1:]) for name in found}
