"""More harm never lowers a value: one more thing, a higher number, for every time and aggregation and any window."""

from __future__ import annotations

from datetime import date

from assets.toy import indicator
from attrs import evolve
from hypothesis import assume, example, given
from hypothesis import strategies as st

from ratingengine.evidence.counts import Bounds, Period, Thing, Total, counted, happened
from ratingengine.evidence.values import indicator_values, is_total
from ratingengine.model.evidence import Claim, Evidence, Observation
from ratingengine.model.indicator import Codebook, Indicator, has_totals
from ratingengine.testing.drawn_codebooks import codebooks
from ratingengine.testing.drawn_records import days, evidence
from ratingengine.testing.files import POPULATION


def raised(claim: Claim, asked: Indicator, step: int) -> Claim:
    """The claim with higher bounds."""

    def higher(bound: int | None) -> int | None:
        return None if bound is None else min(bound + step, asked.highest)

    return evolve(claim, lowest=higher(claim.lowest), highest=higher(claim.highest))


def never_lower(codebook: Codebook, asked: Indicator, before: Evidence, after: Evidence, as_of: date) -> None:
    """The value established is no lower; nor is what is possible, where things are counted."""
    first, second = (indicator_values(found, codebook, as_of, POPULATION) for found in (before, after))
    for name in first:
        assert second[name].lowest >= first[name].lowest, (name, as_of)
    if has_totals(asked):
        assert second[asked.id].highest >= first[asked.id].highest, as_of


@given(st.data())
def test_a_higher_number_never_lowers_a_value(data: st.DataObject) -> None:
    codebook = data.draw(codebooks())
    before = data.draw(evidence(codebook))
    assume(before.observations)
    chosen = data.draw(st.sampled_from(before.observations))
    asked = codebook[chosen.indicator]
    worse = evolve(chosen, claim=raised(chosen.claim, asked, data.draw(st.integers(1, 4)) * 10**asked.decimals))
    after = evolve(before, observations=tuple(worse if entry is chosen else entry for entry in before.observations))
    never_lower(codebook, asked, before, after, data.draw(days()))


@given(st.data())
def test_one_more_thing_never_lowers_a_value(data: st.DataObject) -> None:
    codebook = data.draw(codebooks())
    before, others = data.draw(evidence(codebook)), data.draw(evidence(codebook))

    def is_harm(entry: Observation) -> bool:
        return (
            codebook[entry.indicator].aggregation not in ("latest", "mean")
            and not is_total(codebook[entry.indicator], entry)
            and not entry.claim.no_value
        )

    more = [evolve(entry, id=f"more-{n}", event=f"more-{n}") for n, entry in enumerate(others.observations) if is_harm(entry)]
    assume(more)
    chosen = data.draw(st.sampled_from(more))
    chosen = evolve(chosen, event=data.draw(st.sampled_from(("", chosen.event))))
    assume(is_harm(chosen))
    after = evolve(before, observations=(*before.observations, chosen))
    never_lower(codebook, codebook[chosen.indicator], before, after, data.draw(days()))


PERIODS = st.tuples(days(), days()).map(lambda pair: Period(min(pair), max(pair)))


@given(st.data())
def test_events_that_did_happen_lie_within_what_is_told_of_them(data: st.DataObject) -> None:
    """Draw what happened, day by day, tell of it truly, and ask of any window: the true number is never excluded."""
    happening = data.draw(st.lists(days(), max_size=8))
    things = []
    for day in happening:
        if data.draw(st.booleans()):
            other = data.draw(days())
            things.append(Thing(((Period(min(day, other), max(day, other)), 1),)))
    totals = []
    for period in data.draw(st.lists(PERIODS, max_size=4, unique=True)):
        number = sum(period.first <= day <= period.last for day in happening)
        totals.append(Total(period, Bounds(number, number)))
    window = data.draw(PERIODS)
    found = counted(indicator(), things, totals, window)
    assert found.lowest <= sum(window.first <= day <= window.last for day in happening) <= found.highest


@given(st.lists(PERIODS, min_size=1, max_size=4))
@example([Period(date(2020, 12, 31), date(2020, 12, 31)), Period(date(2021, 1, 1), date(2021, 1, 1))])
def test_an_event_happened_on_days_that_all_its_claims_give_or_on_the_earliest(claims: list[Period]) -> None:
    period = happened(claims)
    assert period.first <= period.last
    if all(one.meets(other) for one in claims for other in claims):
        assert all(one.holds(period) for one in claims)
    else:
        assert period == (min(one.first for one in claims),) * 2
