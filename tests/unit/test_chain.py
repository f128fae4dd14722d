"""From assessed to published, spelled out."""

from __future__ import annotations

from datetime import date

import pytest
from entries import Entry, codebook_of, evidence_of, method_of, rules_of

from ratingengine.chain import chain, first_year, publish
from ratingengine.model.assessment import Prior

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


def test_without_a_rating_before_the_assessed_one_is_published_and_nothing_has_changed() -> None:
    found = publish(3, None, gate=False)
    assert (found.rating, found.previous, found.change, found.pressure) == (3, None, None, 1)


def test_without_an_assessed_rating_nothing_is_published_but_the_rating_before_is_told() -> None:
    found = publish(None, Prior(2, 2, 1), gate=True)
    assert (found.rating, found.previous, found.change, found.pressure) == (None, 2, None, 1)


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


def told(until: date, *observations: Entry) -> list[tuple[int, int | None, str | None]]:
    evidence = evidence_of(observations, [], CODEBOOK)
    links = chain(METHOD, "coded", evidence, until, None)
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


def test_the_first_year_is_that_of_the_earliest_evidence_at_the_latest_the_year_asked_for() -> None:
    evidence = evidence_of([state("known", "yes", "2015-06-01", "open")], [], CODEBOOK)
    assert first_year(evidence, date(2020, 12, 31)) == 2015
    assert first_year(evidence, date(2012, 12, 31)) == 2012
