"""Judgements beside the rules: they reach the days they govern and what is handed on from them, and nothing else."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from assets.toy import island, loaded, override
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from support.years import LAST, link_on, prior_of, told

from ratingengine.engine.assess import Method
from ratingengine.engine.chain import Link, chain, handed_on
from ratingengine.engine.loading import load_rule_set
from ratingengine.engine.rating import codebook_folder, load_evidence, rate, rules_folder
from ratingengine.model.condition import atoms
from ratingengine.model.evidence import Evidence
from ratingengine.model.override import Override, governing, overrides_digest
from ratingengine.model.window import last_day
from ratingengine.ruleset.overrides.departures import NEEDED, NEVER_REACHED, STALE, standings
from ratingengine.testing.drawn_codebooks import codebooks
from ratingengine.testing.drawn_records import days, evidence
from ratingengine.testing.drawn_rules import rule_sets
from ratingengine.testing.files import POPULATION, RATINGS, method_of

pytestmark = pytest.mark.deep

LOADED = loaded()
EVIDENCE = load_evidence(LOADED, "BVT")


@st.composite
def judgements(draw: st.DrawFn, country: str = "KAZ", first: date = date(2018, 1, 1), most: int = 3) -> tuple[Override, ...]:
    """Overrides of one country that share no day; whole years and the last of December often."""
    found: list[Override] = []
    begin = first
    for number in range(draw(st.integers(1, most))):
        begun = max(begin, draw(st.one_of(days(), st.sampled_from([last_day(year) for year in range(2018, 2023)]))))
        ended = draw(st.sampled_from((begun, last_day(begun.year), begun + timedelta(draw(st.integers(0, 800))))))
        made = draw(st.sampled_from((begun, ended)))
        word = draw(st.sampled_from(RATINGS))
        found.append(override(f"OVR-{number}", country=country, rating=word, when=made, first=begun, last=ended))
        begin = ended + timedelta(1)
    return tuple(found)


def chained(method: Method, found: Evidence, overrides: tuple[Override, ...] = ()) -> dict[date, Link]:
    return {link.as_of: link for link in chain(method, "coded", found, LAST, POPULATION, overrides=overrides)}


@st.composite
def drawn(draw: st.DrawFn) -> tuple[Method, Evidence]:
    codebook = draw(codebooks())
    return method_of(draw(rule_sets(codebook)), codebook), draw(evidence(codebook))


@given(drawn(), judgements())
def test_on_a_governed_day_the_judgement_is_published_and_what_the_rules_say_stands_beside_it(
    asked: tuple[Method, Evidence], judged: tuple[Override, ...]
) -> None:
    method, found = asked
    prior = None
    for day, link in chained(method, found, judged).items():
        alone = link_on(method, found, day, POPULATION, prior)
        assert link.assessment == alone.assessment
        assert link.by_rules == alone.published
        assert link.override == governing(judged, day)
        if link.override is None:
            assert link.published == link.by_rules
        else:
            assert link.published.rating == method.scale.severity(link.override.rating)
        assessed = link.assessment.assessed
        severity = None if assessed is None else method.scale.severity(assessed)
        prior = handed_on(link.published, severity, method.scale.severity(link.assessment.possible[-1]))
        assert link.override is None or (prior is not None and prior.rating == link.published.rating)


@given(drawn(), judgements())
def test_the_quick_chain_hands_on_what_the_whole_one_does(asked: tuple[Method, Evidence], judged: tuple[Override, ...]) -> None:
    method, found = asked
    links = tuple(chained(method, found, judged).values())
    handed = prior_of(method, found, LAST, POPULATION, overrides=judged)
    assert handed == links[-1].assessment.prior


@given(drawn(), judgements())
def test_before_the_first_governed_day_nothing_is_another(asked: tuple[Method, Evidence], judged: tuple[Override, ...]) -> None:
    method, found = asked
    plain, with_them = chained(method, found), chained(method, found, judged)
    # A year before all evidence that a judgement adds to the chain may be rated by rules that ask for no standing fact.
    if set(plain) != set(with_them):
        return
    for day in sorted(plain):
        if any(entry.first <= day for entry in judged):
            # The first one still starts from the same year before, so that all but the published rating is the same.
            assert {**told(plain[day]), "published": ()} == {**told(with_them[day]), "published": ()}
            break
        assert told(plain[day]) == told(with_them[day])


@given(drawn(), st.data())
def test_judgements_that_say_what_the_rules_publish_change_no_rating(asked: tuple[Method, Evidence], data: st.DataObject) -> None:
    method, found = asked
    plain = chained(method, found)
    rated = {day: link.published.rating for day, link in plain.items() if link.published.rating is not None}
    if not rated:
        return
    chosen = data.draw(st.lists(st.sampled_from(sorted(rated)), unique=True))
    same = tuple(
        override(f"OVR-{day.year}", country="KAZ", rating=method.scale.word(rated[day]), first=day, last=day) for day in chosen
    )
    assert {day: told(link) for day, link in chained(method, found, same).items()} == {d: told(link) for d, link in plain.items()}


@given(judgements("BVT", date(2001, 1, 1)))
def test_under_rules_that_do_not_read_the_rating_before_the_assessed_rating_never_changes(judged: tuple[Override, ...]) -> None:
    moved = tuple(evolve(entry, first=_earlier(entry.first), last=_earlier(entry.last)) for entry in judged)
    for year in range(2001, 2009):
        day = last_day(year)
        with_them, without = (rate(LOADED, island(), day, evidence=EVIDENCE, overrides=given) for given in (moved, ()))
        assert with_them.chosen.assessed == without.chosen.assessed
        assert with_them.chosen.steps == without.chosen.steps
        assert with_them.chosen.possible == without.chosen.possible


def test_no_ceiling_of_the_default_rules_reads_the_rating_before() -> None:
    rules, _ = load_rule_set(rules_folder(None), codebook_folder(()))
    readers = {
        rule.kind
        for rule in rules.rules.values()
        if rule.when is not None and any(a.subject == "prior" for a in atoms(rule.when))
    }
    assert readers == {"upgrade_gate"}


def _earlier(day: date) -> date:
    """The same day seventeen years before: the invented records are of 2001 to 2005."""
    return day.replace(year=day.year - 17, day=min(day.day, 28) if day.month == 2 else day.day)


@settings(max_examples=25)  # each reads the records anew for every day
@given(judgements("BVT"))
def test_stale_is_what_can_be_left_out_without_another_rating(judged: tuple[Override, ...]) -> None:
    moved = tuple(evolve(entry, first=_earlier(entry.first), last=_earlier(entry.last)) for entry in judged)
    for standing in standings(evolve(LOADED, overrides=moved)):
        others = tuple(entry for entry in moved if entry != standing.override)
        pairs = [
            [rate(LOADED, island(), last_day(year), evidence=EVIDENCE, overrides=given).rating for given in (moved, others)]
            for year in range(2001, 2006)
        ]
        same = all(first == second for first, second in pairs)
        if standing.verdict == STALE:
            assert same
        elif standing.verdict == NEEDED:
            # Beside the ends of years, the last governed day is looked at.
            last = standing.override.last
            day = min(last, date(2005, 12, 31))
            first, second = (rate(LOADED, island(), day, evidence=EVIDENCE, overrides=given).rating for given in (moved, others))
            assert not same or first != second
        else:
            assert standing.verdict == NEVER_REACHED
            assert standing.override.first > date(2005, 12, 31)


@given(judgements())
def test_the_order_of_overrides_has_no_meaning(judged: tuple[Override, ...]) -> None:
    turned = tuple(reversed(judged))
    assert overrides_digest(turned) == overrides_digest(judged)
    for day in (entry.first for entry in judged):
        assert governing(turned, day) == governing(judged, day)
