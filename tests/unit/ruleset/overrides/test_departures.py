"""How overrides stand to the rules: the days looked at, how far they depart, and which are stale."""

from __future__ import annotations

from datetime import date

import pytest
from assets.toy import judged, loaded, override
from attrs import evolve

from ratingengine.engine.rating import Loaded
from ratingengine.model.override import Override
from ratingengine.ruleset.overrides.departures import NEEDED, NEVER_REACHED, STALE, Standing, departures, governed_days, standings

LOADED, JUDGED = loaded(), judged()
END = date(2005, 12, 31)


def year_end(year: int) -> date:
    return date(year, 12, 31)


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        (date(2003, 1, 1), year_end(2003), [year_end(2003)]),
        (date(2003, 12, 31), date(2004, 6, 1), [year_end(2003), date(2004, 6, 1)]),
        (date(2003, 2, 1), date(2003, 3, 1), [date(2003, 3, 1)]),
        (year_end(2003), year_end(2009), [year_end(2003), year_end(2004), END]),
        (date(2005, 6, 1), date(2006, 6, 1), [END]),
        (date(2006, 1, 1), date(2006, 6, 1), []),
    ],
)
def test_the_days_looked_at_are_year_ends_and_the_last_day_within_the_record(first: date, last: date, days: list[date]) -> None:
    assert list(governed_days(override(first=first, last=last), END)) == days


def test_of_a_country_without_evidence_no_day_is_on_record() -> None:
    assert governed_days(override(), None) == ()
    (standing,) = standings(with_overrides(override(country="FIN")))
    assert (standing.verdict, standing.days) == (NEVER_REACHED, ())
    assert departures(LOADED, override(country="FIN")) == ()


def with_overrides(*overrides: Override) -> Loaded:
    return evolve(LOADED, overrides=overrides)


def verdict(*overrides: Override) -> Standing:
    return standings(with_overrides(*overrides))[0]


def test_every_override_gets_its_verdict() -> None:
    assert [(standing.override.id, standing.verdict) for standing in standings(JUDGED)] == [
        ("OVR-001", NEEDED),
        ("OVR-002", NEEDED),
        ("OVR-003", STALE),
        ("OVR-004", NEVER_REACHED),
    ]


def test_one_that_the_rules_repeat_everywhere_is_stale_and_one_day_of_difference_makes_it_needed() -> None:
    assert verdict(override(rating="obstructed", last=year_end(2004))).verdict == STALE
    found = verdict(override(rating="obstructed", last=year_end(2005), when=date(2005, 1, 1)))
    assert found.verdict == NEEDED
    assert [(day.day.year, day.rating, day.without) for day in found.days if day.differs] == [(2005, "obstructed", "narrowed")]


def test_the_others_are_kept_when_one_is_left_out() -> None:
    earlier = override("OVR-A", rating="closed", first=year_end(2002), last=year_end(2002))
    kept = override("OVR-B", rating="closed")
    # By the rules alone 2003 is obstructed; after a closed 2002 they hold it at closed, as the second judgement says too.
    assert verdict(kept).verdict == NEEDED
    found = {one.override.id: one.verdict for one in standings(with_overrides(earlier, kept))}
    assert found == {"OVR-A": NEEDED, "OVR-B": STALE}


def test_a_rating_that_is_handed_on_is_looked_at_after_the_last_governed_day() -> None:
    assert [day.day.year for day in verdict(override()).days] == [2003, 2004, 2005]


def test_how_far_a_judgement_departs_is_told_in_bands() -> None:
    found = {day.day.year: (day.by_rules, day.bands) for entry in JUDGED.overrides for day in departures(JUDGED, entry)}
    assert found == {2001: ("narrowed", 0), 2002: ("narrowed", 0), 2003: ("obstructed", 2), 2004: ("obstructed", 1)}
    (alone,) = departures(LOADED, override(country="HMD", first=date(2004, 1, 1), last=date(2004, 6, 1)))
    assert (alone.by_rules, alone.bands) == (None, None)
