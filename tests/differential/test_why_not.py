"""The sets of `why-not` against two other searches: every combination tried one by one, and z3 on the whole program."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations, product

import pytest
import z3
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from ratingengine.engine.rating import load, rate
from ratingengine.explain.course import Course, Ladder, with_moves
from ratingengine.explain.facts import Facts, Move, facts_from, facts_of
from ratingengine.explain.why_not.why_not import WhyNot, why_not
from ratingengine.model.program import Program, Test
from ratingengine.model.window import last_day
from ratingengine.testing.drawn_codebooks import codebooks
from ratingengine.testing.drawn_facts import priors, values
from ratingengine.testing.drawn_rules import rule_sets
from ratingengine.testing.files import POPULATION, method_of
from ratingengine.world.countries import resolve

MOST_COMBINATIONS = 3_000
Reached = set[frozenset[tuple[str, int]]]


@st.composite
def facts(draw: st.DrawFn) -> Facts:
    """A generated method on a generated state of the evidence."""
    codebook = draw(codebooks(most=5))
    method = method_of(draw(rule_sets(codebook)), codebook)
    drawn = facts_of(method, "coded", draw(values(codebook)), draw(priors()), POPULATION)
    for indicator in codebook.coded:  # companions follow from their counts, and are not drawn by themselves
        value = drawn.values[indicator.id]
        drawn = drawn.with_value(indicator.id, value.lowest, value.highest)
    return drawn


def listed(found: WhyNot) -> Reached:
    return {frozenset((move.indicator, move.wanted) for move in change.moves) for change in found.changes}


def tried(found: Facts, wanted: int, worse: bool) -> Reached:
    """Every position of every ladder, by brute force on the whole program; then only the minimal ones are kept."""
    course = Course(found, wanted - 1 if worse else wanted, worse=worse)
    numbers = range(len(course.ladders))
    reaching = []
    for positions in product(*(range(len(ladder.rungs) + 1) for ladder in course.ladders)):
        moved = with_moves(found, course.moves(dict(zip(numbers, positions, strict=True))))
        rating = moved.engine.explain(moved.established)[1].rating
        if rating >= wanted if worse else rating <= wanted:
            reaching.append(positions)
    sets = {frozenset(number for number in numbers if positions[number]) for positions in reaching}
    smallest = {one for one in sets if not any(other < one for other in sets)}
    kept = [p for p in reaching if frozenset(n for n in numbers if p[n]) in smallest]
    least = [p for p in kept if not any(q != p and all(a <= b for a, b in zip(q, p, strict=True)) for q in kept)]
    return {frozenset((move.indicator, move.wanted) for move in course.moves(dict(zip(numbers, p, strict=True)))) for p in least}


@settings(suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(facts(), st.integers(0, 4))
def test_the_sets_are_those_that_trying_everything_finds(found: Facts, wanted: int) -> None:
    now = found.outcome(found.names).rating
    assume(now != wanted)
    course = Course(found, wanted - 1 if wanted > now else wanted, worse=wanted > now)
    combinations_ = 1
    for ladder in course.ladders:
        combinations_ *= len(ladder.rungs) + 1
    assume(combinations_ <= MOST_COMBINATIONS and not course.slice.mirrored)
    assert listed(why_not(found, wanted)) == tried(found, wanted, wanted > now)


@given(facts(), st.integers(0, 4))
def test_exactly_are_those_that_stop_at_the_rating(found: Facts, wanted: int) -> None:
    all_ways, exact = why_not(found, wanted), why_not(found, wanted, exactly=True)
    assert listed(exact) == {
        frozenset((move.indicator, move.wanted) for move in change.moves)
        for change in all_ways.changes
        if change.reached == wanted
    }


class Solved:
    """The whole program over the positions of a course's ladders, in z3."""

    def __init__(self, found: Facts, course: Course) -> None:
        self.positions = [z3.Int(f"p{number}") for number in range(len(course.ladders))]
        self.solver = z3.Solver()
        for position, ladder in zip(self.positions, course.ladders, strict=True):
            self.solver.add(position >= 0, position <= len(ladder.rungs))
        self._values = [z3.IntVal(value) for value in found.established]
        for number, ladder in enumerate(course.ladders):
            self._climb(found, course, number, ladder)
        self.rating = self._rating(found.program)

    def _climb(self, found: Facts, course: Course, number: int, ladder: Ladder) -> None:
        before = list(found.established)
        for step in range(1, len(ladder.rungs) + 1):
            after = list(with_moves(found, course.moves({number: step})).established)
            for place, (one, other) in enumerate(zip(before, after, strict=True)):
                if one != other:
                    held = self._values[place]
                    self._values[place] = z3.If(self.positions[number] >= step, z3.IntVal(other), held)
            before = after

    def _rating(self, program: Program) -> z3.ArithRef:
        findings: dict[str, z3.BoolRef] = {}
        ceilings: dict[str, z3.ArithRef] = {facet: z3.IntVal(0) for facet in program.facets}
        rating: z3.ArithRef = z3.IntVal(0)

        def holds(test: Test) -> z3.BoolRef:
            if test.kind == "variable":
                return self._values[test.variable] >= test.threshold
            if test.kind == "level":
                return ceilings[test.name] >= test.threshold
            return findings.get(test.name, z3.BoolVal(False))

        for rule in program.rules:
            when = z3.Or([z3.And([holds(test) for test in found]) for found in rule.alternatives])
            target = rule.target
            if target.kind == "finding":
                findings[target.name] = z3.Or(findings.get(target.name, z3.BoolVal(False)), when)
            elif target.kind == "level":
                lower = ceilings[target.name]
                ceilings[target.name] = z3.If(z3.And(when, lower < target.severity), z3.IntVal(target.severity), lower)
            elif target.kind == "rating":
                rating = z3.If(z3.And(when, rating < target.severity), z3.IntVal(target.severity), rating)
        return rating


def moved_facts(found: WhyNot) -> set[frozenset[str]]:
    return {frozenset(move.indicator for move in change.moves) for change in found.changes}


def kazakhstan(year: int) -> Facts:
    loaded, country = load(None, (), "reference"), resolve("KAZ")
    answer = rate(loaded, country, last_day(year))
    chosen = answer.chosen
    return facts_from(loaded.method, chosen, country.population)


@pytest.mark.parametrize(("year", "wanted"), [(2022, 2), (2022, 1), (2022, 0), (2022, 4), (2019, 1), (2019, 3), (2021, 0)])
def test_z3_finds_no_set_of_kazakhstan_that_is_missing_and_none_that_is_smaller(year: int, wanted: int) -> None:
    facts_ = kazakhstan(year)
    found = why_not(facts_, wanted)
    assert found.up_to is None
    course = Course(facts_, wanted - 1 if found.worse else wanted, worse=found.worse)
    solved = Solved(facts_, course)
    reached = solved.rating >= wanted if found.worse else solved.rating <= wanted
    numbers: Mapping[str, int] = {ladder.name: number for number, ladder in enumerate(course.ladders)}
    sets = moved_facts(found)

    solved.solver.push()
    solved.solver.add(reached)
    for names in sets:
        solved.solver.add(z3.Not(z3.And([solved.positions[numbers[name]] > 0 for name in names])))
    assert solved.solver.check() == z3.unsat, "a set that contains none of the sets given reaches the rating"
    solved.solver.pop()

    solved.solver.add(z3.Not(reached))
    for names in sets:
        solved.solver.push()
        solved.solver.add([solved.positions[numbers[name]] == course.top[numbers[name]] for name in names])
        assert solved.solver.check() == z3.unsat, f"{sorted(names)} does not reach the rating"
        solved.solver.pop()


@pytest.mark.parametrize(("year", "wanted"), [(2022, 2), (2019, 3)])
def test_no_part_of_a_set_of_kazakhstan_reaches_the_rating(year: int, wanted: int) -> None:
    facts_ = kazakhstan(year)
    found = why_not(facts_, wanted)
    for change in found.changes:
        for part in combinations(change.moves, len(change.moves) - 1):
            moved = with_moves(facts_, part)
            rating = moved.engine.explain(moved.established)[1].rating
            assert rating < wanted if found.worse else rating > wanted


@given(facts(), st.integers(0, 4), st.data())
def test_any_other_evidence_that_reaches_the_rating_moves_at_least_one_of_the_sets_as_far(
    found: Facts, wanted: int, data: st.DataObject
) -> None:
    """Values are drawn anywhere in the range, not at thresholds, and put in place without the ladders."""
    now = found.outcome(found.names).rating
    assume(now != wanted)
    answer = why_not(found, wanted)
    assume(answer.up_to is None and not answer.one_way and not answer.non_monotone)
    other, drawn = found, dict[str, int]()
    for name in found.method.compiled.reads["coded"]:
        value = found.values[name]
        ends = sorted(value.indicator.severity(end) for end in (value.indicator.lowest, min(value.indicator.highest, 10_000)))
        low, high = (value.best, max(value.best, ends[1])) if answer.worse else (min(ends[0], value.best), value.best)
        severity = data.draw(st.integers(low, high), label=name)
        if severity != value.best:
            drawn[name] = severity
            stated = value.indicator.severity(severity)
            worst = value.indicator.severity(max(severity, value.worst))
            other = other.with_value(name, *sorted((stated, worst)))
    rating = other.engine.explain(other.established)[1].rating
    reached = rating >= wanted if answer.worse else rating <= wanted
    within = [change for change in answer.changes if {move.indicator for move in change.moves} <= {*drawn}]
    met = [c for c in within if all(_as_far(found, move, drawn[move.indicator], answer.worse) for move in c.moves)]
    same = [change for change in within if len(change.moves) == len(drawn)]
    assert reached or not met, "what is at least as far as a set reaches the rating"
    assert within or not reached, "what reaches the rating contains one of the sets"
    assert met or not reached or not same, "of the very facts of a set, the nearest values are given"


def _as_far(found: Facts, move: Move, severity: int, worse: bool) -> bool:
    asked = found.values[move.indicator].indicator.severity(move.wanted)
    return severity >= asked if worse else severity <= asked
