"""Questions that need several answers agree with those answers, asked for one by one."""

from __future__ import annotations

from fractions import Fraction

import pytest
from assets.toy import island
from attrs import evolve
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from support.entries import evidence_of, method_of
from support.revised import agree
from support.strategies import AS_OF, codebooks, evidence, records, rule_sets
from support.two_sides import Drawn, drawn_sides, mixed, opened

from ratingengine.engine.differences import differences
from ratingengine.engine.rating import Loaded, load, rate
from ratingengine.explain.diff.attribution import Attribution, Corner, attribute, derive
from ratingengine.explain.diff.mixture import EVIDENCE, Input, Mixture, Side
from ratingengine.explain.diff.shapley import shares
from ratingengine.explain.history.revisions import revisions
from ratingengine.explain.left_out import without_coder, without_sources
from ratingengine.explain.settings import setting, setting_text
from ratingengine.explain.sources.sources import leave_one_out
from ratingengine.explain.what_if.what_if import what_if
from ratingengine.model.assessment import Assessment
from ratingengine.model.window import last_day

COUNTRY = island("KAZ")


@given(st.data())
def test_each_revision_is_what_was_to_be_known_on_its_day(data: st.DataObject) -> None:
    codebook = data.draw(codebooks())
    loaded = Loaded(method_of(data.draw(rule_sets(codebook)), codebook), (), "")
    drawn = data.draw(evidence(codebook))
    agree(revisions(loaded, COUNTRY, drawn, range(2017, 2024)), loaded, drawn)


@given(st.data())
def test_leaving_out_a_source_is_striking_it_out_of_the_records(data: st.DataObject) -> None:
    codebook = data.draw(codebooks())
    loaded = Loaded(method_of(data.draw(rule_sets(codebook)), codebook), (), "")
    observations, searches = data.draw(records(codebook))
    # Some are reported by both, so that leaving one out leaves a citation.
    more = [{"source": name, "locator": "p. 3"} for name in data.draw(st.sets(st.sampled_from("AB")))]
    observations = tuple({**entry, "sources": [*entry["sources"], *more]} for entry in observations)
    full = evidence_of(observations, searches, codebook)
    rows = leave_one_out(loaded, COUNTRY, rate(loaded, COUNTRY, AS_OF, evidence=full), full)
    assert {row.name for row in rows if row.kind == "source"} <= {"A", "B"}
    for row in (row for row in rows if row.kind == "source"):
        left = [{**entry, "sources": [one for one in entry["sources"] if one["source"] != row.name]} for entry in observations]
        struck = evidence_of(
            [entry for entry in left if entry["sources"]], [one for one in searches if one["source"] != row.name], codebook
        )
        expected = rate(loaded, COUNTRY, AS_OF, evidence=struck)
        assert (row.rating, row.assessed, row.status) == (expected.rating, expected.chosen.assessed, expected.chosen.status)
        assert row.observations == len(full.observations) - len(struck.observations)
        assert row.searches == len(full.searches) - len(struck.searches)


@given(st.data())
def test_leaving_out_what_nothing_cites_changes_nothing_and_leaving_out_all_leaves_nothing(data: st.DataObject) -> None:
    full = data.draw(evidence(data.draw(codebooks())))
    assert without_sources(full, frozenset({"C"})) == full
    assert without_coder(full, "C") == full
    assert without_sources(full, frozenset("AB")).entries == ()
    assert without_coder(full, "A").entries == ()


# Each example reads two methods from files and weighs up to a thousand mixtures.
SLOW = settings(
    max_examples=12, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
)
DEFAULT = load(None, (), "reference")


def answer(side: Side) -> Assessment:
    return rate(side.loaded, side.country, side.as_of, side.known_at)


def of_kazakhstan(one: int, other: int) -> Mixture:
    return mixed(*(Side(DEFAULT, COUNTRY, last_day(year)) for year in (one, other)))


def told(found: Attribution) -> dict[Input, Fraction]:
    """The shares, with none for those that are called idle."""
    return {term.input: term.share for term in found.terms} | dict.fromkeys(found.idle, Fraction(0))


def holds_of_terms(mixture: Mixture) -> Attribution:
    """What every attribution must keep: the terms add up, and its ends are the ratings that are answered."""
    found = attribute(mixture)
    assert sum(told(found).values()) == found.after - found.before
    assert set(told(found)) == set(mixture.inputs)
    for side, severity in zip(mixture.sides, (found.before, found.after), strict=True):
        one = answer(side)
        if one.rating is not None and one.profile == mixture.profile:
            assert one.rating == side.loaded.method.scale.word(severity)
    return found


def holds_of_corners(mixture: Mixture, found: Attribution) -> None:
    """Each corner is the answer to its own question, asked alone."""
    for corner in found.corners:
        side = mixture.sides[corner.evidence]
        rules = mixture.sides[corner.rules].loaded.method
        one = answer(evolve(side, loaded=evolve(side.loaded, method=rules)))
        if one.rating is not None and one.profile == mixture.profile:
            assert one.rating == rules.scale.word(corner.severity)


def holds_of_the_mirror(one: Side, other: Side, profile: str) -> None:
    there, back = (attribute(Mixture(*sides, profile)) for sides in ((one, other), (other, one)))
    assert told(back) == {named: -share for named, share in told(there).items()}
    turned = {Corner(1 - corner.evidence, 1 - corner.rules, corner.severity) for corner in back.corners}
    assert set(there.corners) == turned
    before, after = answer(one), answer(other)
    forwards, backwards = differences(before, after), differences(after, before)
    for name in ("aspects", "levels"):
        swapped = {(pair.name, pair.after, pair.before) for pair in getattr(backwards, name)}
        assert {(pair.name, pair.before, pair.after) for pair in getattr(forwards, name)} == swapped
    assert {step.rule for step in forwards.gained} == {step.rule for step in backwards.lost}
    assert {step.rule for step in forwards.lost} == {step.rule for step in backwards.gained}
    assert {n: (p.before, p.after) for n, p in forwards.values.items()} == {
        n: (p.after, p.before) for n, p in backwards.values.items()
    }


def holds_of_the_smallest_mixture(mixture: Mixture, named: Input) -> None:
    """The values of the mixture, supposed on the first side, give what is promised."""
    found = derive(mixture, named)
    assert (found.without == found.within) == (named in attribute(mixture).idle)
    inputs = (*found.others, named)
    side = mixture.sides[0]
    if found.without == found.within or any(one.kind != EVIDENCE for one in inputs):
        return
    other = mixture.values(1, 0)
    for part, promised in ((inputs[:-1], found.without), (inputs, found.within)):
        set_ = {one.name: (other[one.name].lowest, other[one.name].highest) for one in part}
        after = what_if(side.loaded, side.country, side.as_of, side.known_at, None, set_, ()).after
        if after.rating is not None and after.profile == mixture.profile:
            assert after.rating == side.loaded.method.scale.word(promised)


@SLOW
@given(drawn_sides())
def test_shares_add_up_to_the_change_and_corners_are_answers(drawn: Drawn) -> None:
    with opened(drawn) as sides:
        mixture = mixed(*sides)
        holds_of_corners(mixture, holds_of_terms(mixture))


@SLOW
@given(drawn_sides())
def test_shares_are_those_of_all_inputs_weighed_without_leaving_any_out(drawn: Drawn) -> None:
    with opened(drawn) as sides:
        mixture = mixed(*sides)
        count = len(mixture.inputs)
        assume(count <= 10)
        exact = shares(count, mixture.worth)
        found = attribute(mixture)
        assert told(found) == dict(zip(mixture.inputs, exact.values, strict=True))
        for idle in found.idle:
            own = 1 << mixture.inputs.index(idle)
            assert all(mixture.worth(members) == mixture.worth(members | own) for members in range(1 << count))


@SLOW
@given(drawn_sides())
def test_the_difference_read_the_other_way_is_the_mirror(drawn: Drawn) -> None:
    with opened(drawn) as (one, other):
        holds_of_the_mirror(one, other, answer(other).profile)


@SLOW
@given(drawn_sides(), st.data())
def test_the_smallest_mixture_gives_what_it_promises(drawn: Drawn, data: st.DataObject) -> None:
    with opened(drawn) as sides:
        mixture = mixed(*sides)
        assume(mixture.inputs)
        holds_of_the_smallest_mixture(mixture, data.draw(st.sampled_from(mixture.inputs)))


@SLOW
@given(drawn_sides(), st.data())
def test_supposing_nothing_or_what_is_so_changes_nothing(drawn: Drawn, data: st.DataObject) -> None:
    with opened(drawn) as (side, _):
        where = (side.loaded, side.country, side.as_of, side.known_at, None)
        found = what_if(*where, {}, ())
        assert found.after == found.before == answer(side)
        assert differences(found.before, found.after).none
        codebook, values = side.loaded.method.codebook, found.before.chosen.values
        present = dict(
            setting(setting_text(one, values[one.id].lowest, values[one.id].highest), codebook) for one in codebook.coded
        )
        assert present == {one.id: (values[one.id].lowest, values[one.id].highest) for one in codebook.coded}
        # No setting says that there is no value at all.
        known = sorted(name for name in present if not values[name].absent)
        names = data.draw(st.sets(st.sampled_from(known)) if known else st.just(set[str]()))
        same = what_if(*where, {name: present[name] for name in names}, ())
        assert same.after == same.before
        assert differences(same.before, same.after).none


@pytest.mark.slow
@pytest.mark.parametrize(("one", "other"), [(2021, 2022), (2022, 2021), (2019, 2022), (2018, 2019), (2022, 2022)])
def test_the_default_rules_keep_all_of_it_for_kazakhstan(one: int, other: int) -> None:
    mixture = of_kazakhstan(one, other)
    holds_of_corners(mixture, holds_of_terms(mixture))
    holds_of_the_mirror(*mixture.sides, mixture.profile)
    for named in mixture.inputs:
        holds_of_the_smallest_mixture(mixture, named)
