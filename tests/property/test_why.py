"""Explanations are true: every sufficient set suffices and none of its members is idle; every necessary set is needed."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from hypothesis import assume, given
from hypothesis import strategies as st

from ratingengine.assess import assess_values
from ratingengine.audit.course import with_moves
from ratingengine.audit.facts import Facts, Move, facts_of
from ratingengine.audit.why import why
from ratingengine.audit.why_not import WhyNot, why_not
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
    prior, known = draw(priors()), draw(values(codebook))
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


def reaches(found: Facts, moves: Iterable[Move], answer: WhyNot) -> bool:
    moved = with_moves(found, moves)
    rating = moved.outcome(moved.names).rating
    return rating >= answer.wanted if answer.worse else rating <= answer.wanted
