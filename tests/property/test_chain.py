"""From assessed to published: one band a year, a fixed point on constant evidence, and a watchlist without weight."""

from __future__ import annotations

from itertools import islice, pairwise

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from support.years import LAST, links, on_constant_values, prior_of, severity, told

from ratingengine.engine.assess import assess, assess_values
from ratingengine.engine.chain import chain, handed_on, publish
from ratingengine.model.assessment import DETERMINED, INSUFFICIENT, Prior
from ratingengine.testing.drawn_codebooks import codebooks
from ratingengine.testing.drawn_facts import priors, values
from ratingengine.testing.drawn_records import AS_OF, evidence
from ratingengine.testing.drawn_rules import rule_sets
from ratingengine.testing.files import POPULATION, method_of


@given(st.data())
def test_the_published_rating_moves_at_most_one_band_a_year_and_up_only_through_an_open_gate_or_is_that_of_the_year(
    data: st.DataObject,
) -> None:
    codebook = data.draw(codebooks())
    method = method_of(data.draw(rule_sets(codebook)), codebook)
    for before, after in pairwise(links(method, data.draw(evidence(codebook)))):
        first, second = before.published.rating, after.published.rating
        if first is None or second is None:
            assert after.published.change is None
            continue
        if method.scale.free:
            assert after.assessment.assessed == method.scale.words[second]
        else:
            assert abs(first - second) <= 1
            assert second >= first or after.assessment.gate
        change = "upgrade" if second < first else "downgrade" if second > first else None
        assert after.published.change in ((change,) if change else ("hold", "unchanged"))
        assert after.published.previous == first


@given(st.integers(0, 4), priors(), st.booleans())
def test_published_lies_between_the_rating_before_and_the_assessed_one(assessed: int, prior: Prior | None, gate: bool) -> None:
    found = publish(assessed, prior, gate)
    assert found.rating is not None
    ends = (assessed, assessed if prior is None else prior.rating)
    assert min(ends) <= found.rating <= max(ends)
    if prior is not None:
        assert abs(found.rating - prior.rating) == min(1, abs(assessed - prior.rating)) or (assessed < prior.rating and not gate)
        assert found.rating >= prior.rating or gate
    assert found.pressure == (assessed > found.rating) - (assessed < found.rating) + 1


@given(st.data())
def test_on_constant_evidence_the_chain_settles_within_four_periods_without_turning_back(data: st.DataObject) -> None:
    codebook = data.draw(codebooks())
    method = method_of(data.draw(rule_sets(codebook)), codebook)
    found = list(islice(on_constant_values(method, data.draw(values(codebook)), None), 8))
    ratings = [rating for rating in found if rating is not None]
    assert len(ratings) in (0, len(found))
    assert ratings == sorted(ratings)
    assert len(set(ratings[4:])) <= 1


@given(st.data(), st.integers(0, 4))
def test_from_any_rating_before_the_chain_moves_one_way_and_settles(data: st.DataObject, start: int) -> None:
    codebook = data.draw(codebooks())
    method = method_of(data.draw(rule_sets(codebook)), codebook)
    constant = data.draw(values(codebook))
    found = list(islice(on_constant_values(method, constant, Prior(start, start, 1)), 24))
    ratings = [start, *(rating for rating in found if rating is not None)]
    assert ratings in (sorted(ratings), sorted(ratings, reverse=True))
    assert len(set(ratings[16:])) <= 1


@given(st.data(), st.integers(0, 4))
def test_where_the_gate_is_open_the_chain_settles_on_the_assessed_rating(data: st.DataObject, start: int) -> None:
    codebook = data.draw(codebooks())
    rule_set = data.draw(rule_sets(codebook))
    ceilings = {name: rule for name, rule in rule_set.rules.items() if rule.kind != "upgrade_gate"}
    method = method_of(evolve(rule_set, rules=ceilings), codebook)
    found = assess_values(method, "coded", data.draw(values(codebook)), AS_OF, None)
    if found.assessed is None:
        return
    assessed, rating, prior = method.scale.severity(found.assessed), -1, Prior(start, start, 1)
    for _ in range(4):
        published = publish(assessed, prior, gate=True)
        assert published.rating is not None
        rating, prior = published.rating, Prior(published.rating, assessed, published.pressure)
    assert rating == assessed


@given(st.data())
def test_the_watchlist_changes_no_rating(data: st.DataObject) -> None:
    codebook = data.draw(codebooks())
    rule_set = data.draw(rule_sets(codebook))
    others = {name: rule for name, rule in rule_set.rules.items() if rule.kind != "watchlist"}
    found = data.draw(evidence(codebook))
    with_it = [told(link) for link in links(method_of(rule_set, codebook), found)]
    without = [told(link) for link in links(method_of(evolve(rule_set, rules=others), codebook), found)]
    for first, second in zip(with_it, without, strict=True):
        assert first["published"] == second["published"]
        assert first["status"] == second["status"]
        assert first["facets"] == second["facets"]


@given(st.data())
def test_possible_runs_from_the_assessed_rating_down(data: st.DataObject) -> None:
    codebook = data.draw(codebooks())
    method = method_of(data.draw(rule_sets(codebook)), codebook)
    found = assess(method, "coded", data.draw(evidence(codebook)), AS_OF, POPULATION, data.draw(priors()))
    first, last = severity(method, found)
    assert found.possible == method.scale.words[first : last + 1]
    assert found.possible[0] == found.ceiling
    assert found.assessed == (None if found.status == INSUFFICIENT else found.ceiling)
    assert found.status != DETERMINED or len(found.possible) == 1
    for facet in found.facets:
        assert method.scale.severity(facet.ceiling) <= method.scale.severity(facet.worst)


@given(st.data())
def test_a_chain_that_begins_later_goes_on_as_the_whole_one_does(data: st.DataObject) -> None:
    codebook = data.draw(codebooks())
    method = method_of(data.draw(rule_sets(codebook)), codebook)
    found = data.draw(evidence(codebook))
    whole = links(method, found)
    for number, link in enumerate(whole[:-1]):
        assert list(chain(method, "coded", found, LAST, POPULATION, since=link.as_of)) == list(whole[number:])


@given(st.data())
def test_what_the_years_before_hand_on_is_what_the_chain_says_of_the_last_of_them(data: st.DataObject) -> None:
    codebook = data.draw(codebooks())
    method = method_of(data.draw(rule_sets(codebook)), codebook)
    found = data.draw(evidence(codebook))
    *_, before, _last = (None, *links(method, found))
    handed = prior_of(method, found, LAST, POPULATION)
    if before is None:
        assert handed is None
        return
    assessed = before.assessment.assessed
    severity = None if assessed is None else method.scale.severity(assessed)
    assert handed == handed_on(before.published, severity, method.scale.severity(before.assessment.possible[-1]))
