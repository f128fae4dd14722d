"""Worse evidence never gives a better rating, on one day and over the years of the chain."""

from __future__ import annotations

from datetime import date

from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st
from support.years import links, severity

from ratingengine.engine.assess import Method, assess
from ratingengine.evidence.values import indicator_values
from ratingengine.model.evidence import Claim, Evidence, Observation
from ratingengine.model.indicator import Codebook, Indicator
from ratingengine.testing.drawn_codebooks import codebooks
from ratingengine.testing.drawn_facts import priors
from ratingengine.testing.drawn_records import AS_OF, evidence, records
from ratingengine.testing.drawn_rules import rule_sets
from ratingengine.testing.files import POPULATION, Entry, evidence_of, method_of


def worsened(claim: Claim, indicator: Indicator, step: int) -> Claim:
    """The claim with its stated bounds moved towards the worse end."""

    def moved(bound: int | None) -> int | None:
        if bound is None:
            return None
        return min(bound + step, indicator.highest) if indicator.worse == "higher" else max(bound - step, indicator.lowest)

    return evolve(claim, lowest=moved(claim.lowest), highest=moved(claim.highest))


def changed(evidence: Evidence, entry: Observation, claim: Claim) -> Evidence:
    """The evidence with another claim in one observation."""
    others = tuple(evolve(other, claim=claim) if other is entry else other for other in evidence.observations)
    return evolve(evidence, observations=others)


def known(codebook: Codebook, evidence: Evidence, day: date) -> list[str]:
    """The indicators that the evidence says anything about."""
    found = indicator_values(evidence, codebook, day, POPULATION)
    return [name for name, value in found.items() if value.known]


@given(st.data())
def test_a_worse_claim_never_improves_the_assessment(data: st.DataObject) -> None:
    codebook = data.draw(codebooks())
    method = method_of(data.draw(rule_sets(codebook)), codebook)
    before = data.draw(evidence(codebook))
    assume(before.observations)
    entry = data.draw(st.sampled_from(before.observations))
    indicator = codebook[entry.indicator]
    after = changed(before, entry, worsened(entry.claim, indicator, data.draw(st.integers(1, 4)) * 10**indicator.decimals))
    # A bound at the very end of the range leaves nothing known; coverage is held fixed here.
    assume(known(codebook, before, AS_OF) == known(codebook, after, AS_OF))
    prior = data.draw(priors())
    first, second = (severity(method, assess(method, "coded", found, AS_OF, POPULATION, prior)) for found in (before, after))
    assert first[0] <= second[0]
    assert first[1] <= second[1]


def published(method: Method, found: Evidence) -> dict[date, int | None]:
    """The published severity by day."""
    return {link.as_of: link.published.rating for link in links(method, found)}


def never_better(method: Method, before: Evidence, after: Evidence) -> None:
    """No year of the worse evidence has a better published rating, where the same years have one."""
    first, second = published(method, before), published(method, after)
    assume(first.keys() == second.keys())
    days = [day for day in first if known(method.codebook, before, day) != known(method.codebook, after, day)]
    assume(not days)
    for day, rating in first.items():
        worse = second[day]
        assert (rating is None) == (worse is None)
        assert rating is None or worse is None or rating <= worse, day


@given(st.data())
def test_a_worse_claim_never_improves_any_published_rating_of_the_chain(data: st.DataObject) -> None:
    codebook = data.draw(codebooks())
    method = method_of(data.draw(rule_sets(codebook)), codebook)
    before = data.draw(evidence(codebook))
    assume(before.observations)
    after = before
    for entry in before.observations:
        indicator = codebook[entry.indicator]
        step = data.draw(st.sampled_from((0, 0, 1, 3))) * 10**indicator.decimals
        after = changed(after, entry, worsened(entry.claim, indicator, step))
    never_better(method, before, after)


def harm(indicator: Indicator, begun: date, name: str, number: str) -> Entry:
    """One more event of a harm: a part of the year, so it bounds the total from below."""
    worst = indicator.words[-1] if indicator.words else number
    return {
        "id": f"KAZ-{name}",
        "indicator": indicator.id,
        "value" if indicator.words else "at_least": worst,
        "from": str(begun),
        "to": str(begun),
        "event": f"E-{name}",
        "reported": str(begun),
        "sources": [{"source": "A", "locator": "p. 9"}],
        "coder": "A",
        "confidence": "high",
    }


@given(st.data())
def test_one_more_event_of_a_known_harm_never_improves_the_rating_of_any_year(data: st.DataObject) -> None:
    codebook = data.draw(codebooks())
    method = method_of(data.draw(rule_sets(codebook)), codebook)
    observations, searches = data.draw(records(codebook))
    harms = [
        entry
        for entry in codebook.coded
        if entry.time in ("event", "spell") and entry.worse == "higher" and entry.aggregation not in ("latest", "mean")
    ]
    assume(harms)
    indicator = data.draw(st.sampled_from(harms))
    year = data.draw(st.integers(2019, 2021))
    days = st.dates(date(year, 1, 1), date(year, 12, 30))
    # The first event makes the indicator known in that year, so that the second cannot make a rating possible at all.
    first, second = (harm(indicator, data.draw(days), number, str(data.draw(st.integers(1, 9)))) for number in ("one", "two"))
    before = evidence_of((*observations, first), searches, codebook)
    never_better(method, before, evidence_of((*observations, first, second), searches, codebook))
