"""How firm a rating is, against trying everything: every value in the intervals, and every set of claims."""

from __future__ import annotations

from itertools import combinations, product

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from ratingengine.engine.assess import assess
from ratingengine.engine.chain import publish
from ratingengine.engine.rating import load, load_evidence, rate
from ratingengine.explain.course import Course, with_moves
from ratingengine.explain.facts import Facts, facts_from, facts_of
from ratingengine.explain.robust.robust import (
    FIRM,
    FRAGILE,
    UNDETERMINED,
    UNRATED,
    Withdrawal,
    attainable,
    carrying_sources,
    flip,
    robust,
    worse_by,
)
from ratingengine.model.assessment import ProfileAssessment
from ratingengine.model.evidence import Evidence
from ratingengine.model.window import last_day
from ratingengine.testing.drawn_codebooks import codebooks
from ratingengine.testing.drawn_facts import priors
from ratingengine.testing.drawn_records import AS_OF, evidence
from ratingengine.testing.drawn_rules import rule_sets
from ratingengine.testing.files import POPULATION, method_of
from ratingengine.world.countries import resolve

MOST = 3_000


@st.composite
def assessed(draw: st.DrawFn) -> tuple[Facts, Evidence]:
    """A generated method on generated evidence."""
    codebook = draw(codebooks(most=5))
    method = method_of(draw(rule_sets(codebook)), codebook)
    body, prior = draw(evidence(codebook)), draw(priors())
    found = assess(method, "coded", body, AS_OF, POPULATION, prior)
    return facts_of(method, "coded", found.values, prior, POPULATION), body


def severity(found: Facts) -> int:
    return found.engine.explain(found.established)[1].rating


@settings(suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(assessed())
def test_the_attainable_ratings_are_those_that_some_values_give(drawn: tuple[Facts, Evidence]) -> None:
    found, _ = drawn
    course = Course(found, 0, worse=True, within=True)
    assume(all(ladder.counted for ladder in course.ladders) and not course.slice.mirrored)
    assume(found.prior is not None or all(variable.subject != "prior" for variable in course.slice.program.variables))
    sizes = 1
    for ladder in course.ladders:
        sizes *= len(ladder.rungs) + 1
    assume(sizes <= MOST)
    tried = {
        severity(with_moves(found, course.moves(dict(enumerate(positions)))))
        for positions in product(*(range(len(ladder.rungs) + 1) for ladder in course.ladders))
    }
    answer = attainable(found)
    assert answer.exact
    assert set(answer.severities) == tried


@settings(suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(assessed())
def test_the_smallest_flip_is_what_leaving_out_claims_shows(drawn: tuple[Facts, Evidence]) -> None:
    found, body = drawn
    now = severity(found)
    read = read_by(found)
    counting = sorted({entry.id for name in read for entry in found.values[name].observations})
    assume(len(counting) <= 8)
    answer = flip(Withdrawal(found, body, AS_OF))
    assume(answer.proved)
    for size in range(len(counting) + 1):
        flips = {left_out for left_out in combinations(counting, size) if without(found, body, left_out) != now}
        if flips:
            assert answer.size == size
            assert set(answer.sets) <= flips
            assert answer.reached == tuple(without(found, body, names) for names in answer.sets)
            return
    assert answer.sets == ()


def read_by(found: Facts) -> set[str]:
    """The indicators of rules, and those of which something standing is to be known."""
    return {*found.method.compiled.reads["coded"], *(name for group in found.method.scale.required for name in group.any_of)}


def without(found: Facts, body: Evidence, ids: tuple[str, ...]) -> int:
    """The severity; that no rating is given is told by UNRATED, where one is given with all claims."""
    answer = rest_of(found, body, ids)
    lost = answer.assessed is None and rest_of(found, body, ()).assessed is not None
    return UNRATED if lost else found.method.scale.severity(answer.ceiling)


def published(found: Facts, body: Evidence, ids: tuple[str, ...]) -> int | None:
    answer = rest_of(found, body, ids)
    if answer.assessed is None and rest_of(found, body, ()).assessed is not None:
        return None
    return publish(found.method.scale.severity(answer.ceiling), found.prior, answer.gate, found.method.scale.free).rating


def rest_of(found: Facts, body: Evidence, ids: tuple[str, ...]) -> ProfileAssessment:
    kept = tuple(entry for entry in body.observations if entry.id not in ids)
    rest = Evidence(body.country, kept, body.searches, body.sources, body.digest)
    return assess(found.method, "coded", rest, AS_OF, POPULATION, found.prior)


@given(assessed())
def test_open_values_that_worsen_the_rating_are_not_excluded_by_the_evidence(drawn: tuple[Facts, Evidence]) -> None:
    found, _ = drawn
    for moves in worse_by(found, severity(found)):
        assert not any(move.excluded for move in moves)
        assert severity(with_moves(found, moves)) > severity(found)


@given(assessed(), st.booleans())
def test_the_verdict_is_what_its_words_say(drawn: tuple[Facts, Evidence], rated: bool) -> None:
    answer = robust(*drawn, AS_OF, rated=rated)
    assert (answer.verdict == UNDETERMINED) == (not rated or len(answer.published) > 1)
    found, body = drawn
    ids = {entry.id for name in read_by(found) for entry in found.values[name].observations}
    hangs = bool(answer.sources) or any(published(found, body, (one,)) != published(found, body, ()) for one in ids)
    assert (answer.verdict == FRAGILE) == (rated and len(answer.published) == 1 and hangs)
    assert answer.verdict in (FIRM, FRAGILE, UNDETERMINED)


@given(assessed())
def test_a_source_carries_the_rating_if_it_is_another_without_what_only_it_reports(drawn: tuple[Facts, Evidence]) -> None:
    found, body = drawn
    answer = carrying_sources(Withdrawal(found, body, AS_OF))
    for name in {citation.source for entry in body.observations for citation in entry.sources}:
        only = tuple(e.id for e in body.observations if {citation.source for citation in e.sources} == {name})
        counting = {entry.id for value in found.values.values() for entry in value.observations}
        lost = tuple(entry for entry in only if entry in counting)
        assert (name in answer) == (published(found, body, lost) != published(found, body, ()))


@pytest.mark.parametrize(("year", "size"), [(2022, 3), (2021, 1)])
def test_no_smaller_set_of_claims_flips_kazakhstan(year: int, size: int) -> None:
    loaded, country = load(None, (), "reference"), resolve("KAZ")
    answer = rate(loaded, country, last_day(year))
    chosen = answer.chosen
    facts = facts_from(loaded.method, chosen, country.population)
    found = flip(Withdrawal(facts, load_evidence(loaded, "KAZ"), last_day(year)))
    assert (found.size, found.proved) == (size, True)
