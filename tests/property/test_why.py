"""Explanations are true: every sufficient set suffices and none of its members is idle; every necessary set is needed."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

from ratingengine.engine.assess import assess_values
from ratingengine.evidence.values import with_intervals
from ratingengine.explain.course import with_moves
from ratingengine.explain.facts import PRIOR, Facts, Move, facts_of
from ratingengine.explain.why.why import why
from ratingengine.explain.why_not.mixed import mixed
from ratingengine.explain.why_not.why_not import WhyNot, why_not
from ratingengine.model.indicator import base_of, is_derived
from ratingengine.testing.drawn_codebooks import codebooks
from ratingengine.testing.drawn_facts import priors, values
from ratingengine.testing.drawn_records import AS_OF
from ratingengine.testing.drawn_rules import rule_sets
from ratingengine.testing.files import POPULATION, method_of


@st.composite
def facts(draw: st.DrawFn) -> Facts:
    """The facts of an assessment under a generated method."""
    codebook = draw(codebooks())
    method = method_of(draw(rule_sets(codebook)), codebook)
    prior, drawn = draw(priors()), draw(values(codebook))
    # A count per million is what follows from its count: no evidence says one thing of one and another of the other.
    counts = {base_of(entry.id) for entry in codebook if is_derived(entry)}
    known = with_intervals(drawn, {name: (drawn[name].lowest, drawn[name].highest) for name in counts}, POPULATION)
    assess_values(method, "coded", known, AS_OF, prior)
    return facts_of(method, "coded", known, prior, POPULATION)


@given(facts())
def test_all_facts_together_give_what_the_assessment_gives(found: Facts) -> None:
    whole = assess_values(found.method, "coded", found.values, AS_OF, found.prior)
    assert found.method.scale.word(found.outcome(found.names).rating) == whole.ceiling


@given(facts())
def test_every_sufficient_set_suffices_and_none_of_its_members_is_idle(found: Facts) -> None:
    explained = why(found)
    for names in explained.sufficient:
        assert found.outcome(names).rating == explained.severity
        for name in names:
            assert found.outcome(set(names) - {name}).rating < explained.severity


@given(facts())
def test_every_necessary_set_is_needed_and_none_of_its_members_is_idle(found: Facts) -> None:
    explained = why(found)
    everything = set(found.names)
    for names in explained.necessary:
        if not explained.severity:
            break
        assert found.outcome(everything - set(names)).rating < explained.severity
        for name in names:
            assert found.outcome(everything - set(names) | {name}).rating == explained.severity


@given(facts(), st.integers(0, 4))
def test_every_way_to_another_rating_reaches_it_and_no_part_of_it_does(found: Facts, wanted: int) -> None:
    answer = why_not(found, wanted)
    assume(not answer.non_monotone)
    for change in answer.changes[:20]:
        assert reaches(found, change.moves, answer)
        assert not any(reaches(found, part, answer) for part in combinations(change.moves, len(change.moves) - 1))


@given(facts(), st.integers(0, 4))
def test_every_way_that_is_listed_supposed_by_what_if_gives_the_rating(found: Facts, wanted: int) -> None:
    answer = why_not(found, wanted)
    further = mixed(found, answer)
    for change in (*answer.changes[:20], *further.changes[:20]):
        if any(move.indicator == PRIOR for move in change.moves):
            continue
        supposed = {move.indicator: (move.wanted, move.wanted) for move in change.moves}
        values_ = with_intervals(found.values, supposed, found.population)
        then = assess_values(found.method, "coded", values_, AS_OF, found.prior)
        assert found.method.scale.severity(then.ceiling) == change.reached
        assert change.reached >= wanted if answer.worse else change.reached <= wanted


@given(facts(), st.integers(0, 4))
def test_no_change_of_a_further_way_can_be_left_out_or_be_smaller(found: Facts, wanted: int) -> None:
    answer = why_not(found, wanted)
    assume(not any(value.absent for value in found.values.values()))
    further = mixed(found, answer)
    for change in further.changes[:10]:
        assert not any(reaches(found, part, answer) for part in combinations(change.moves, len(change.moves) - 1))
        for move in change.moves:
            if move.indicator != PRIOR and abs(move.wanted - move.present) > 1:
                step = 1 if move.wanted > move.present else -1
                shorter = [evolve(other, wanted=other.wanted - step) if other is move else other for other in change.moves]
                assert not reaches(found, shorter, answer)


@given(facts(), st.integers(0, 4), st.data())
def test_what_never_helps_makes_no_difference_wherever_the_others_stand(found: Facts, wanted: int, data: st.DataObject) -> None:
    answer = why_not(found, wanted)
    further = mixed(found, answer)
    assume(not answer.non_monotone and further.never)
    name = data.draw(st.sampled_from(further.never))
    read = [*found.method.compiled.reads["coded"], *([PRIOR] if found.prior is not None and not answer.worse else [])]
    drawn = [_drawn(data, found, other, answer.worse) for other in read]
    moves = [move for move in drawn if move is not None]
    rest = [move for move in moves if move.indicator != name]
    assert reaches(found, moves, answer) == reaches(found, rest, answer)


def _drawn(data: st.DataObject, found: Facts, name: str, worse: bool) -> Move | None:
    """A move of the fact anywhere in the direction asked for, or none."""
    if not data.draw(st.booleans(), label=name):
        return None
    if name == PRIOR:
        return Move(PRIOR, 0, 0, 1)
    value = found.values[name]
    turn = value.indicator.severity
    ends = sorted((turn(value.indicator.lowest), turn(min(value.indicator.highest, 10_000))))
    best = value.best
    low, high = (best, max(best, ends[1])) if worse else (min(ends[0], best), best)
    if value.absent or low == high:
        return None
    return Move(name, turn(best), turn(data.draw(st.integers(low, high))), 1)


def reaches(found: Facts, moves: Iterable[Move], answer: WhyNot) -> bool:
    moved = with_moves(found, moves)
    rating = moved.outcome(moved.names).rating
    return rating >= answer.wanted if answer.worse else rating <= answer.wanted
