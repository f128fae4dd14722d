"""Countries side by side: what differs, where rules hold, and which values are behind it."""

from __future__ import annotations

from datetime import date

from assets.toy import island, loaded

from ratingengine.compare.compare.side_by_side import AtMost, side_by_side
from ratingengine.compare.standing import Standing, by_rating, on_record, standings
from ratingengine.model.window import last_day

DAY = date(2003, 12, 31)
TITLES = loaded().method.compiled.titles


def test_what_differs_is_told_apart_from_what_does_not() -> None:
    found = side_by_side(standings(loaded(), [island(), island("HMD")], DAY), TITLES)
    said = {one.name: one for one in (*found.aspects, *found.levels)}
    assert said["rating"].said == ("obstructed", None)
    assert said["rating"].differs
    assert not said["profile"].differs
    assert "override" not in said


def test_a_level_that_is_not_given_is_told_by_its_ceiling() -> None:
    found = side_by_side(standings(loaded(), [island(), island("HMD")], DAY), TITLES)
    said = {one.name: one.said for one in found.levels}
    assert said["peaceful_assembly"] == ("repressed", AtMost("open"))


def test_rules_are_listed_with_the_countries_where_they_hold() -> None:
    found = side_by_side(standings(loaded(), [island(), island("HMD")], DAY), TITLES)
    held = {one.rule: one.holds_in for one in found.rules}
    assert held["INV-031"] == ("BVT",)
    assert list(held) == sorted(held)
    assert all(one.title and one.conclusion for one in found.rules)


def test_values_that_decide_anywhere_are_told_of_every_country() -> None:
    found = side_by_side(standings(loaded(), [island(), island("HMD")], DAY), TITLES)
    read = {one.indicator: [value.known for value in one.values] for one in found.readings}
    assert read["assembly.banners_taken"] == [True, False]


def test_a_country_beside_itself_differs_in_nothing() -> None:
    found = side_by_side(standings(loaded(), [island(), island()], DAY), TITLES)
    assert not any(one.differs for one in (*found.aspects, *found.levels))
    assert found.readings == ()
    assert all(one.holds_in == ("BVT", "BVT") for one in found.rules)


def test_of_a_table_only_what_it_tells_is_compared() -> None:
    one = Standing(island(), DAY, "open", levels={"expression": "open"})
    found = side_by_side((one, Standing(island("HMD"), DAY, "closed", levels={"expression": "open"})), TITLES)
    assert [aspect.name for aspect in found.aspects] == ["rating"]
    assert [(aspect.name, aspect.differs) for aspect in found.levels] == [("expression", False)]
    assert (found.rules, found.readings) == ((), ())


def test_countries_on_record_are_those_of_the_folders_by_code() -> None:
    assert [country.iso3 for country in on_record(loaded())] == ["BVT", "HMD"]


def test_standings_are_sorted_under_every_word_and_none() -> None:
    found = by_rating((Standing(island(), last_day(2003), None),), ("open", "closed"))
    assert {word: len(of) for word, of in found.items()} == {"open": 0, "closed": 0, None: 1}
    assert list(found) == ["open", "closed", None]
