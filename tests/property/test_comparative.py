"""What holds for any set of ratings: counts add up, a map shows each country once, and changes have a direction."""

from __future__ import annotations

import re

from assets.toy import island
from hypothesis import given
from hypothesis import strategies as st

from ratingengine.compare.changes.changing import changes_in
from ratingengine.compare.map.map_page import drawing, map_json
from ratingengine.compare.standing import Standing
from ratingengine.compare.summary.summary import summary
from ratingengine.compare.summary.summary_page import percent
from ratingengine.model.window import last_day
from ratingengine.world.atlas.world import NOT_DRAWN
from ratingengine.world.countries import all_countries

WORDS = ("open", "narrowed", "obstructed", "repressed", "closed")
CODES = [country.iso3 for country in all_countries()]
RATINGS = st.dictionaries(st.sampled_from(CODES), st.sampled_from((*WORDS, None)), max_size=60)
PEOPLE = st.one_of(st.none(), st.integers(0, 10**9))


@st.composite
def standings(draw: st.DrawFn) -> list[Standing]:
    ratings = draw(RATINGS)
    return [Standing(island(code), last_day(2003), ratings[code], population=draw(PEOPLE)) for code in sorted(ratings)]


@given(standings())
def test_every_country_and_everybody_is_counted_once(found: list[Standing]) -> None:
    told = summary(found, WORDS, {})
    assert sorted(code for share in told.shares for code in share.countries) == [one.country.iso3 for one in found]
    assert sum(share.people or 0 for share in told.shares) == sum(one.population or 0 for one in found)
    world, *parts = told.regions
    assert sum(world.counts.values()) == len(found)
    for rating in (*WORDS, None):
        assert world.counts[rating] == sum(part.counts[rating] for part in parts if part.region)
        assert world.counts[rating] == sum(part.counts[rating] for part in parts if not part.region)


@given(standings())
def test_a_map_shows_every_rated_country_once_in_words_and_in_drawing(found: list[Standing]) -> None:
    content = map_json(found, WORDS, "t", "s")
    listed = sorted(one["iso3"] for part in content["ratings"] for one in part["countries"])
    assert listed == [one.country.iso3 for one in found]
    drawn = re.findall(r'data-iso3="(\w+)" data-rating="(\w+)"', drawing(content, found, WORDS))
    rated = {one.country.iso3: one.rating for one in found if one.rating is not None and one.country.iso3 not in NOT_DRAWN}
    assert dict(drawn) == rated
    assert len(drawn) == len(rated)


@given(st.lists(st.sampled_from((*WORDS, None)), max_size=8))
def test_what_is_a_downgrade_one_way_is_an_upgrade_the_other(ratings: list[str | None]) -> None:
    def directions(words: list[str | None]) -> list[str | None]:
        rows = [Standing(island(), last_day(2000 + number), word) for number, word in enumerate(words)]
        return [one.change for one in changes_in(rows, WORDS)][1:]

    turned = {"downgrade": "upgrade", "upgrade": "downgrade"}
    assert directions(ratings) == [turned.get(str(one), one) for one in reversed(directions(ratings[::-1]))]


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_a_share_is_rounded_to_a_tenth_of_a_per_cent(part: int, rest: int) -> None:
    told = percent(part, part + rest)
    if part + rest == 0:
        assert told is None
    else:
        assert told is not None
        assert abs(float(told.removesuffix(" %")) - 100 * part / (part + rest)) <= 0.0500001
