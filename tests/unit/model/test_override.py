"""Which days an override governs, on which it bears, and what its digest hangs on."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

import pytest
from assets.toy import HERE, override

from ratingengine.errors import Place
from ratingengine.model.evidence import Citation
from ratingengine.model.override import governing, of_country, overrides_digest

YEAR = override()


@pytest.mark.parametrize(
    ("day", "governs", "bears"),
    [
        (date(2002, 12, 31), False, False),
        (date(2003, 1, 1), True, True),
        (date(2003, 12, 31), True, True),
        (date(2004, 1, 1), False, True),
        (date(2020, 1, 1), False, True),
    ],
)
def test_both_ends_are_governed_and_later_years_are_borne_on(day: date, governs: bool, bears: bool) -> None:
    assert (YEAR.governs(day), YEAR.bears_on(day)) == (governs, bears)


def test_without_the_end_of_a_year_nothing_is_handed_on() -> None:
    within = override(first=date(2003, 2, 1), last=date(2003, 12, 30))
    assert within.year_ends == ()
    assert not within.bears_on(date(2004, 1, 1))
    assert override(first=date(2003, 12, 31), last=date(2005, 12, 30)).year_ends == (date(2003, 12, 31), date(2004, 12, 31))


def test_before_it_was_made_nobody_knew_of_it() -> None:
    assert [YEAR.known(day) for day in (date(2004, 1, 31), date(2004, 2, 1), None)] == [False, True, True]
    other = override("OVR-Y", country="HMD")
    assert of_country([YEAR, other], "BVT", None) == (YEAR,)
    assert of_country([YEAR, other], "BVT", date(2004, 1, 31)) == ()


def test_of_several_the_one_made_last_governs_whatever_their_order() -> None:
    later = override("OVR-A", when=date(2005, 1, 1))
    assert governing([YEAR, later], date(2003, 6, 1)) == governing([later, YEAR], date(2003, 6, 1)) == later
    assert governing([YEAR, later], date(2002, 6, 1)) is None


def test_the_digest_is_that_of_what_is_said_not_of_order_or_place() -> None:
    other = override("OVR-Y")
    assert overrides_digest([]) == ""
    assert overrides_digest([YEAR, other]) == overrides_digest([other, override(place=Place("elsewhere.yaml", 9, 9))])
    cited = (Citation("gazette", "p. 1", HERE),)
    changes = (
        {"id": "OVR-Z"},
        {"country": "HMD"},
        {"rating": "open"},
        {"who": "B. Warden"},
        {"role": "member"},
        {"when": date(2004, 2, 2)},
        {"reason": "Another."},
        {"first": date(2003, 1, 2)},
        {"last": date(2003, 12, 30)},
        {"sources": cited},
    )
    digests = {overrides_digest([override(**change)]) for change in ({}, *changes)}
    assert len(digests) == 1 + len(changes)


def test_the_digest_is_published_and_so_is_its_form() -> None:
    said = override(who="É. Warden", sources=(Citation("gazette", "p. 1", HERE), Citation("post", "p. 2", HERE)))
    text = (
        '[["OVR-X","BVT","closed","É. Warden","chair of the panel","2004-02-01","Invented.","2003-01-01","2003-12-31",'
        '"gazette p. 1","post p. 2"]]'
    )
    assert overrides_digest([said]) == sha256(text.encode()).hexdigest()
