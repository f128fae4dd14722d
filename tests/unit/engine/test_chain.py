"""From assessed to published, spelled out."""

from __future__ import annotations

from datetime import date

import pytest
from assets.toy import override
from attrs import evolve
from support.entries import Entry, codebook_of, evidence_of, method_of, rules_of
from support.years import link_on, prior_of

from ratingengine.engine.assess import Established, establish
from ratingengine.engine.chain import Published, chain, first_year, handed_on, overridden, publish
from ratingengine.evidence.values import indicator_values
from ratingengine.model.assessment import Prior
from ratingengine.model.override import Override
from ratingengine.model.scale import FREE, ONE_BAND

LAW = {"type": "yes_no", "worse": "higher", "time": "condition", "basis": "law", "aggregation": "any"}


@pytest.mark.parametrize(
    ("assessed", "before", "gate", "rating", "change", "pressure"),
    [
        (3, 2, False, 3, "downgrade", 1),
        (4, 2, False, 3, "downgrade", 2),
        (4, 2, True, 3, "downgrade", 2),
        (2, 2, False, 2, "unchanged", 1),
        (2, 2, True, 2, "unchanged", 1),
        (1, 2, False, 2, "hold", 0),
        (1, 2, True, 1, "upgrade", 1),
        (0, 2, True, 1, "upgrade", 0),
        (0, 1, True, 0, "upgrade", 1),
        (4, 3, True, 4, "downgrade", 1),
    ],
)
def test_published_moves_one_band_towards_assessed_and_up_only_through_a_gate(
    assessed: int, before: int, gate: bool, rating: int, change: str, pressure: int
) -> None:
    found = publish(assessed, Prior(before, before, 1), gate)
    assert (found.rating, found.previous, found.change, found.pressure) == (rating, before, change, pressure)


@pytest.mark.parametrize(
    ("assessed", "before", "change"), [(4, 0, "downgrade"), (0, 4, "upgrade"), (2, 2, "unchanged"), (2, None, None)]
)
def test_without_a_transition_the_assessed_rating_is_published(assessed: int, before: int | None, change: str | None) -> None:
    prior = None if before is None else Prior(before, before, 1)
    assert publish(assessed, prior, gate=False, free=True) == Published(assessed, before, change, 1)


def test_without_a_rating_before_the_assessed_one_is_published_and_nothing_has_changed() -> None:
    found = publish(3, None, gate=False)
    assert (found.rating, found.previous, found.change, found.pressure) == (3, None, None, 1)


def test_without_an_assessed_rating_nothing_is_published_but_the_rating_before_is_told() -> None:
    found = publish(None, Prior(2, 2, 1), gate=True)
    assert (found.rating, found.previous, found.change, found.pressure) == (None, 2, None, 1)


@pytest.mark.parametrize(
    ("severity", "assessed", "before", "change", "pressure"),
    [
        (4, 2, 1, "downgrade", 0),
        (0, 2, 3, "upgrade", 2),
        (1, 3, 1, "unchanged", 2),
        (4, 4, 1, "downgrade", 1),
        (2, 1, 1, "downgrade", 0),
        (0, 1, 1, "upgrade", 2),
        (3, 1, None, None, 0),
    ],
)
def test_a_judgement_is_published_whatever_bands_and_gates_say(
    severity: int, assessed: int, before: int | None, change: str | None, pressure: int
) -> None:
    prior = None if before is None else Prior(before, before, 1)
    found = overridden(publish(assessed, prior, gate=False), assessed, severity)
    assert found == Published(severity, before, change, pressure)


def test_a_judgement_that_says_what_the_rules_say_changes_nothing() -> None:
    held = publish(1, Prior(2, 2, 1), gate=False)
    assert held.change == "hold"
    assert overridden(held, 1, 2) == held


def test_a_judgement_without_an_assessment_hands_on_its_own_rating_as_both() -> None:
    found = overridden(publish(None, Prior(1, 1, 1), gate=False), None, 3)
    assert found == Published(3, 1, "downgrade", 1)
    assert handed_on(found, None, 4) == Prior(3, 3, 1)
    assert handed_on(publish(None, Prior(1, 1, 1), gate=False), None, 4) is None


def rule(number: int, kind: str, when: Entry, then: Entry) -> Entry:
    head = {"id": f"RAT-{number:03}", "title": kind, "kind": kind, "when": when, "then": then}
    return {**head, "rationale": "drawn", "sources": ["A p. 1"], "since": "2026-01-01"}


CODEBOOK = codebook_of([{"id": f"assoc.{name}", "title": name, "question": "Is it?", **LAW} for name in ("ban", "known")])
REQUIRED = [{"profile": "coded", "facet": "association", "any_of": ["assoc.known"], "rationale": "drawn"}]
RULES = [
    rule(1, "rating", {"indicator": "assoc.ban", "is": "yes"}, {"rating_at_most": "closed"}),
    rule(
        2,
        "upgrade_gate",
        {"all": [{"prior": "pressure", "is": "better"}, {"indicator": "assoc.ban", "is": "no"}]},
        {"gate": "open"},
    ),
]
METHOD = method_of(rules_of(RULES, CODEBOOK, REQUIRED), CODEBOOK)


def state(name: str, value: str, begun: str, ended: str) -> Entry:
    found = {"id": f"KAZ-{name}-{begun}", "indicator": f"assoc.{name}", "value": value, "from": begun, "to": ended}
    reported = begun if ended == "open" else ended
    return {**found, "reported": reported, "sources": [{"source": "A", "locator": "p"}], "coder": "A", "confidence": "high"}


def told(until: date, *observations: Entry, judged: tuple[Override, ...] = ()) -> list[tuple[int, int | None, str | None]]:
    evidence = evidence_of(observations, [], CODEBOOK)
    links = chain(METHOD, "coded", evidence, until, None, overrides=judged)
    return [(link.as_of.year, link.published.rating, link.published.change) for link in links]


def test_a_ban_and_its_end_walk_down_and_up_the_scale_year_by_year() -> None:
    known = state("known", "yes", "2015-01-01", "open")
    freed, banned = state("ban", "no", "2015-01-01", "2015-12-31"), state("ban", "yes", "2016-01-01", "2018-12-31")
    again = state("ban", "no", "2019-01-01", "open")
    assert told(date(2022, 12, 31), known, freed, banned, again) == [
        (2015, 0, None),
        (2016, 1, "downgrade"),
        (2017, 2, "downgrade"),
        (2018, 3, "downgrade"),
        (2019, 3, "hold"),
        (2020, 2, "upgrade"),
        (2021, 1, "upgrade"),
        (2022, 0, "upgrade"),
    ]


def test_a_year_without_sufficient_basis_hands_nothing_on() -> None:
    known = [state("known", "yes", "2015-01-01", "2015-12-31"), state("known", "yes", "2017-01-01", "open")]
    ban = state("ban", "yes", "2016-01-01", "open")
    assert told(date(2018, 12, 31), *known, ban) == [(2015, 0, None), (2016, None, None), (2017, 4, None), (2018, 4, "unchanged")]


def test_a_day_within_a_year_follows_on_the_last_of_december_before() -> None:
    known, ban = state("known", "yes", "2015-06-01", "open"), state("ban", "yes", "2016-03-01", "open")
    assert told(date(2016, 2, 29), known, ban) == [(2015, 0, None), (2016, 0, "unchanged")]
    assert told(date(2016, 3, 1), known, ban) == [(2015, 0, None), (2016, 1, "downgrade")]


def test_a_prior_rating_from_outside_replaces_the_years_before() -> None:
    evidence = evidence_of([state("known", "yes", "2010-01-01", "open")], [], CODEBOOK)
    (link,) = chain(METHOD, "coded", evidence, date(2016, 12, 31), None, Prior(4, 4, 1))
    assert (link.published.rating, link.published.previous, link.published.change, link.published.pressure) == (4, 4, "hold", 0)


def judgement(rating: str, first: date, last: date) -> Override:
    return override(country="KAZ", rating=rating, first=first, last=last)


def test_a_judgement_is_handed_on_and_the_chain_moves_from_it_by_one_band() -> None:
    known, banned = state("known", "yes", "2015-01-01", "open"), state("ban", "yes", "2015-01-01", "2016-12-31")
    freed = state("ban", "no", "2017-01-01", "open")
    judged = judgement("narrowed", date(2016, 12, 31), date(2016, 12, 31))
    assert told(date(2019, 12, 31), known, banned, freed) == [
        *((2015, 4, None), (2016, 4, "unchanged"), (2017, 4, "hold"), (2018, 3, "upgrade"), (2019, 2, "upgrade")),
    ]
    assert told(date(2019, 12, 31), known, banned, freed, judged=(judged,)) == [
        *((2015, 4, None), (2016, 1, "upgrade"), (2017, 1, "hold"), (2018, 0, "upgrade"), (2019, 0, "unchanged")),
    ]


def test_a_better_year_under_a_judgement_opens_the_gate_only_where_its_evidence_excludes_that_it_was_not() -> None:
    known, free = state("known", "yes", "2015-01-01", "open"), state("ban", "no", "2016-01-01", "open")
    judged = (judgement("closed", date(2015, 12, 31), date(2015, 12, 31)),)
    # Of 2015 nobody says that there was no ban, so that 2016 is the first better year.
    until = date(2017, 12, 31)
    assert told(until, known, free, judged=judged) == [(2015, 4, None), (2016, 4, "hold"), (2017, 3, "upgrade")]
    before = state("ban", "no", "2015-01-01", "2015-12-31")
    assert told(until, known, before, free, judged=judged) == [(2015, 4, None), (2016, 3, "upgrade"), (2017, 2, "upgrade")]
    # What is only established on the way hands on the same.
    for entries, pressure in (((known, free), 1), ((known, before, free), 0)):
        evidence = evidence_of(entries, [], CODEBOOK)
        assert prior_of(METHOD, evidence, date(2016, 12, 31), overrides=judged) == Prior(4, 0, pressure)


def test_a_judgement_within_a_year_is_not_handed_on_and_begins_no_chain() -> None:
    evidence = evidence_of([state("known", "yes", "2015-06-01", "open")], [], CODEBOOK)
    within, early = (
        judgement("closed", date(2014, 2, 1), date(2014, 3, 1)),
        judgement("closed", date(2013, 2, 1), date(2013, 12, 31)),
    )
    assert first_year(evidence, date(2020, 12, 31), [within]) == 2015
    assert first_year(evidence, date(2020, 12, 31), [early]) == 2013
    assert first_year(evidence, date(2012, 12, 31), [early]) == 2012
    assert prior_of(METHOD, evidence, date(2014, 6, 1), None, overrides=[within]) is None
    assert prior_of(METHOD, evidence, date(2014, 6, 1), None, overrides=[early]) == Prior(4, 4, 1)


def test_the_first_year_is_that_of_the_earliest_evidence_at_the_latest_the_year_asked_for() -> None:
    evidence = evidence_of([state("known", "yes", "2015-06-01", "open")], [], CODEBOOK)
    assert first_year(evidence, date(2020, 12, 31)) == 2015
    assert first_year(evidence, date(2012, 12, 31)) == 2012


def test_the_chain_begins_with_a_judgement_that_was_made_before_there_was_evidence() -> None:
    known = state("known", "yes", "2015-01-01", "open")
    early = judgement("obstructed", date(2013, 2, 1), date(2013, 12, 31))
    assert told(date(2016, 12, 31), known, judged=(early,)) == [
        (2013, 2, None),
        (2014, None, None),
        (2015, 0, None),
        (2016, 0, "unchanged"),
    ]


HARM = {"type": "count", "unit": "people", "worse": "higher", "time": "event", "aggregation": "sum", "per_million": "yes"}
COUNTED = codebook_of([{"id": "assoc.killed", "title": "killed", "question": "How many?", **HARM}])
PER_MILLION = [rule(1, "rating", {"indicator": "assoc.killed_per_million", "at_least": "2"}, {"rating_at_most": "closed"})]


def test_every_year_counts_people_against_the_population() -> None:
    method = method_of(rules_of(PER_MILLION, COUNTED), COUNTED)
    killed = [state("killed", "2", f"{year}-05-01", f"{year}-05-01") for year in (2015, 2016)]
    evidence, until = evidence_of(killed, [], COUNTED), date(2016, 12, 31)

    def ratings(population: int | None) -> list[int | None]:
        return [link.published.rating for link in chain(method, "coded", evidence, until, population)]

    assert ratings(1_000_000) == [4, 4]
    assert ratings(1_000_001) == ratings(None) == [0, 0]
    assert prior_of(method, evidence, until, 1_000_000) == Prior(4, 4, 1)
    assert prior_of(method, evidence, until, None) == Prior(0, 0, 1)


WALK = (
    state("known", "yes", "2015-01-01", "open"),
    state("ban", "no", "2015-01-01", "2015-12-31"),
    state("ban", "yes", "2016-01-01", "2018-12-31"),
    state("ban", "no", "2019-01-01", "open"),
)


@pytest.mark.parametrize(("transition", "published"), [(ONE_BAND, (0, 1, 2, 3, 3, 2, 1)), (FREE, (0, 4, 4, 4, 0, 0, 0))])
def test_what_years_hand_on_is_what_the_chain_published(transition: str, published: tuple[int, ...]) -> None:
    rule_set = rules_of(RULES, CODEBOOK, REQUIRED)
    method = method_of(evolve(rule_set, scale=evolve(rule_set.scale, transition=transition)), CODEBOOK)
    evidence = evidence_of(WALK, [], CODEBOOK)
    links = list(chain(method, "coded", evidence, date(2021, 12, 31), None))
    assert [link.published.rating for link in links] == list(published)
    for link, after in zip(links, range(2016, 2023), strict=True):
        prior = prior_of(method, evidence, date(after, 12, 31), None)
        assessed = {"open": 0, "closed": 4}[str(link.assessment.assessed)]
        assert prior == Prior(link.published.rating or 0, assessed, link.published.pressure)
    for number, link in enumerate(links):
        assert list(chain(method, "coded", evidence, date(2021, 12, 31), None, since=link.as_of)) == links[number:]
    assert list(chain(method, "coded", evidence, date(2021, 12, 31), None, since=date(1999, 12, 31))) == links


def test_a_supposition_stands_in_place_of_what_the_evidence_says() -> None:
    evidence = evidence_of(WALK, [], CODEBOOK)
    day, prior = date(2022, 12, 31), Prior(1, 1, 1)
    told, supposed = (link_on(METHOD, evidence, day, None, prior, given) for given in (None, {"assoc.ban": (1, 1)}))
    assert (told.published.rating, supposed.published.rating) == (1, 2)
    assert (told.assessment.assessed, supposed.assessment.assessed) == ("open", "closed")


def test_what_is_not_excluded_of_a_year_is_asked_with_the_year_before_it_and_from_both_sides() -> None:
    harsh = rule(3, "rating", {"prior": "rating", "is": "closed"}, {"rating_at_most": "narrowed"})
    quiet = {
        **rule(4, "rating", {"indicator": "assoc.ban", "is": "no"}, {"rating_at_most": "obstructed"}),
        "non_monotone": "A ban that is gone for sure, taken as a harm to see that each end is read from its own side.",
    }
    keys = ("id", "title", "kind", "when", "then", "non_monotone", "rationale", "sources", "since")
    rules = [RULES[0], harsh, {key: quiet[key] for key in keys}]
    method = method_of(rules_of(rules, CODEBOOK), CODEBOOK)

    def established(value: str, before: int) -> Established:
        evidence = evidence_of([state("ban", value, "2015-01-01", "open")], [], CODEBOOK)
        return establish(
            method, "coded", indicator_values(evidence, CODEBOOK, date(2016, 12, 31), None), Prior(before, before, 1)
        )

    assert established("no", 3) == Established(2, gate=False, worst=2)
    assert established("no", 4) == Established(2, gate=False, worst=2)
    none = indicator_values(evidence_of([], [], CODEBOOK), CODEBOOK, date(2016, 12, 31), None)
    assert establish(method, "coded", none, Prior(3, 3, 1)) == Established(0, gate=False, worst=4)
    only = method_of(rules_of(rules[1:], CODEBOOK), CODEBOOK)
    assert establish(only, "coded", none, Prior(3, 3, 1)) == Established(0, gate=False, worst=2)
    alone = method_of(rules_of([harsh], CODEBOOK), CODEBOOK)
    assert establish(alone, "coded", none, Prior(3, 3, 1)) == Established(0, gate=False, worst=0)


def test_a_supposed_count_is_set_against_the_population() -> None:
    method = method_of(rules_of(PER_MILLION, COUNTED), COUNTED)
    none, day = evidence_of([], [], COUNTED), date(2016, 12, 31)
    for population, rating in ((1_000_000, 4), (1_000_001, 0)):
        link = link_on(method, none, day, population, None, {"assoc.killed": (2, 2)})
        assert link.published.rating == rating
