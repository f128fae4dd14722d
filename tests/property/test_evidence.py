"""What less evidence may do: widen what is possible, never worsen what is established; and what was known when."""

from __future__ import annotations

from datetime import date

from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st
from support.years import severity

from ratingengine.engine.assess import assess
from ratingengine.evidence.counts import stands
from ratingengine.evidence.values import indicator_values, is_total, things_of, totals_of
from ratingengine.model.evidence import Claim, Evidence, Observation, Search
from ratingengine.model.indicator import Codebook, Indicator
from ratingengine.testing.drawn_codebooks import codebooks
from ratingengine.testing.drawn_records import AS_OF, days, evidence
from ratingengine.testing.drawn_rules import rule_sets
from ratingengine.testing.files import POPULATION, method_of

Removable = tuple[tuple[Observation, ...], tuple[Search, ...]]


def covering(indicator: Indicator, found: Evidence) -> tuple[Search, ...]:
    """The searches that looked for the indicator."""
    return tuple(search for search in found.searches if indicator.id in search.indicators)


def says_the_whole(indicator: Indicator, entry: Observation) -> bool:
    """Whether an observation speaks of the whole, not of one thing among others: an index, a state, a total."""
    if indicator.aggregation in ("latest", "mean") or (indicator.time == "condition" and indicator.aggregation != "sum"):
        return True
    return is_total(indicator, entry)


def removable(indicator: Indicator, found: Evidence) -> list[Removable]:
    """What stands or falls together: the claims of one event, one observation, or all that is said of the whole.

    Statements about the whole are claims about one number, so leaving one out can narrow the span between them; a search
    that found none is such a statement.
    """
    own = [entry for entry in found.observations if entry.indicator == indicator.id]
    whole = tuple(entry for entry in own if says_the_whole(indicator, entry))
    groups: dict[str, tuple[Observation, ...]] = {}
    for entry in own:
        if entry not in whole:
            groups[entry.event or entry.id] = (*groups.get(entry.event or entry.id, ()), entry)
    parts: list[Removable] = [(group, ()) for group in groups.values()]
    searches = covering(indicator, found)
    return [*parts, (whole, searches)] if whole or searches else parts


def without(found: Evidence, indicator: Indicator, gone: Removable) -> Evidence:
    """The evidence without these entries on the indicator."""
    observations = tuple(entry for entry in found.observations if entry not in gone[0])
    searches = tuple(
        evolve(search, indicators=tuple(name for name in search.indicators if name != indicator.id))
        if search in gone[1]
        else search
        for search in found.searches
    )
    return evolve(found, observations=observations, searches=searches)


def contradictory(codebook: Codebook, indicator: Indicator, found: Evidence) -> bool:
    """Whether parts exceed what is said of the whole, or sit beside a search that found none: then the parts are believed."""
    parts = removable(indicator, found)
    searches: tuple[Search, ...] = ()
    if parts and (parts[-1][1] or (parts[-1][0] and says_the_whole(indicator, parts[-1][0][0]))):
        _, searches = parts.pop()
    one_by_one = tuple(entry for group, _ in parts for entry in group)
    if searches and one_by_one:
        return True
    own = found.observed.get(indicator.id, ())
    things, totals = things_of(indicator, own), totals_of(indicator, own)
    return any(not stands(indicator, things, totals, total) for total in totals)


@given(st.data())
def test_removing_evidence_only_widens_what_is_possible_and_never_worsens_the_assessed_rating(data: st.DataObject) -> None:
    codebook = data.draw(codebooks(most=4))
    found = data.draw(evidence(codebook))
    method = method_of(data.draw(rule_sets(codebook)), codebook)
    first = severity(method, assess(method, "coded", found, AS_OF, POPULATION, None))
    for indicator in codebook.coded:
        if contradictory(codebook, indicator, found):
            continue
        for gone in removable(indicator, found):
            less = without(found, indicator, gone)
            before, after = (indicator_values(e, codebook, AS_OF, POPULATION)[indicator.id] for e in (found, less))
            assert after.lowest <= before.lowest <= before.highest <= after.highest, (indicator.id, gone)
            second = severity(method, assess(method, "coded", less, AS_OF, POPULATION, None))
            assert second[0] <= first[0]
            assert first[1] <= second[1]


@given(st.data())
def test_a_missing_indicator_is_its_full_range_and_establishes_nothing(data: st.DataObject) -> None:
    codebook = data.draw(codebooks())
    method = method_of(data.draw(rule_sets(codebook)), codebook)
    found = data.draw(evidence(codebook))
    indicator = data.draw(st.sampled_from(codebook.coded))
    own = tuple(entry for entry in found.observations if entry.indicator == indicator.id)
    less = without(found, indicator, (own, covering(indicator, found)))
    value = indicator_values(less, codebook, AS_OF, POPULATION)[indicator.id]
    assert (value.lowest, value.highest, value.known) == (indicator.lowest, indicator.highest, False)
    nothing = assess(method, "coded", evolve(found, observations=(), searches=()), AS_OF, POPULATION, None)
    assert nothing.coverage == 0
    assert not [step for step in nothing.steps if any(support.subject == "indicator" for support in step.supports)]


@given(st.data(), days(), days())
def test_a_later_known_at_only_adds(data: st.DataObject, one: date, other: date) -> None:
    found = data.draw(evidence(data.draw(codebooks())))
    earlier, later = found.known_at(min(one, other)), found.known_at(max(one, other))
    assert set(earlier.observations) <= set(later.observations) <= set(found.observations)
    assert {search.id for search in earlier.searches} <= {search.id for search in later.searches}
    kept = {entry.id for entry in later.observations}
    assert kept == {entry.id for entry in found.observations if max(entry.reported) <= max(one, other)}
    assert found.known_at(None) == found


@given(st.data())
def test_one_more_claim_about_the_same_event_never_worsens_what_is_established(data: st.DataObject) -> None:
    codebook = data.draw(codebooks())
    found = data.draw(evidence(codebook))
    claimed = [entry for entry in found.observations if entry.event and entry.claim.lowest is not None]
    assume(claimed)
    entry = data.draw(st.sampled_from(claimed))
    indicator = codebook[entry.indicator]
    assume(indicator.aggregation not in ("latest", "mean"))
    low, high = sorted(data.draw(st.lists(st.integers(indicator.lowest, min(indicator.highest, 100)), min_size=2, max_size=2)))
    rival = evolve(entry, id="KAZ-rival", claim=Claim("between", low, high, ""))
    more = evolve(found, observations=(*found.observations, rival))
    before, after = (indicator_values(e, codebook, AS_OF, None)[indicator.id] for e in (found, more))
    assert after.lowest <= before.lowest
    assert after.highest >= before.highest
