"""Changes from year to year: as the rules tell them, and as a table shows them."""

from __future__ import annotations

from typing import Any

import pytest
from assets.toy import island, judged, loaded
from attrs import evolve

from ratingengine.compare.changes.changing import Change, change_of, changes_from, changes_in
from ratingengine.compare.standing import Standing
from ratingengine.engine.years import years_of
from ratingengine.model.window import last_day

WORDS = ("open", "narrowed", "obstructed", "repressed", "closed")


def possible_before(first: int) -> dict[int, bool | None]:
    answers = years_of(loaded(), island(), last_day(2005), since=last_day(first - 1))
    return {one.year: one.possible_before for one in changes_from(answers, island(), first, WORDS)}


def test_a_change_tells_whether_the_year_before_did_not_exclude_it() -> None:
    """2002 was bounded and did not exclude obstructed; 2004 established the narrowed that 2005 rose to; 2004 itself is a hold."""
    assert possible_before(2003) == {2003: True, 2004: None, 2005: True}
    assert possible_before(2005) == {2005: True}


def test_without_an_answer_of_the_year_before_nothing_is_told() -> None:
    answers = years_of(loaded(), island(), last_day(2003), since=last_day(2003))
    assert [one.possible_before for one in changes_from(answers, island(), 2003, WORDS)] == [None]


def test_what_was_possible_before_is_that_of_the_profile_that_now_answers() -> None:
    before, now = years_of(loaded(), island(), last_day(2003), since=last_day(2002))
    sure = evolve(before.chosen, possible=("narrowed",))
    others = {**before.profiles, "indices": evolve(sure, profile="indices")}
    for profiles, possible in (({**others, "coded": sure}, False), ({**others, "coded": before.chosen}, True)):
        altered = evolve(before, profile="indices", profiles=profiles)
        (found,) = changes_from((altered, now), island(), 2003, WORDS)
        assert found.possible_before is possible


def by_rules() -> dict[int, Change]:
    found = [change_of(one, island()) for one in years_of(loaded(), island(), last_day(2005))]
    return {one.year: one for one in found}


def test_a_downgrade_names_the_rules_that_decide_and_the_pressure_that_is_left() -> None:
    fall = by_rules()[2003]
    assert (fall.change, fall.previous, fall.rating, fall.assessed, fall.pressure) == (
        "downgrade", "narrowed", "obstructed", "repressed", "worse",
    )  # fmt: skip
    assert (fall.deciding, fall.gates, fall.moves, fall.judged) == (("INV-031",), (), True, False)


def test_a_hold_is_no_move_and_an_upgrade_names_its_gate() -> None:
    held, rise = by_rules()[2004], by_rules()[2005]
    assert (held.change, held.rating, held.assessed, held.pressure, held.moves) == (
        "hold",
        "obstructed",
        "narrowed",
        "better",
        False,
    )
    assert (rise.change, rise.rating, rise.gates) == ("upgrade", "narrowed", ("INV-040",))


def test_a_judgement_against_the_rules_moves_the_rating() -> None:
    found = {one.as_of.year: change_of(one, island()) for one in years_of(judged(), island(), last_day(2004))}
    assert (found[2003].override, found[2003].rating, found[2003].by_rules) == ("OVR-001", "closed", "obstructed")
    assert found[2003].judged
    assert not found[2004].judged


def rows(*ratings: tuple[int, str | None, str | None]) -> list[Standing]:
    return [Standing(island(), last_day(year), rating, assessed) for year, rating, assessed in ratings]


@pytest.mark.parametrize(
    ("before", "after", "assessed", "change", "pressure"),
    [
        ("open", "narrowed", None, "downgrade", None),
        ("open", "narrowed", "closed", "downgrade", "worse"),
        ("closed", "repressed", "open", "upgrade", "better"),
        ("closed", "closed", "open", "hold", "better"),
        ("closed", "closed", "closed", "unchanged", None),
        ("closed", "closed", None, "unchanged", None),
        ("closed", None, None, None, None),
        (None, "closed", "closed", None, None),
    ],
)
def test_a_table_shows_changes_between_years_that_follow_each_other(
    before: str | None, after: str | None, assessed: str | None, change: str | None, pressure: str | None
) -> None:
    first, second = changes_in(rows((2001, before, None), (2002, after, assessed)), WORDS)
    assert (first.change, first.previous) == (None, None)
    assert (second.change, second.previous, second.pressure) == (change, before, pressure)
    assert second.deciding == second.gates == ()


def test_a_missing_year_leaves_a_gap_and_no_change() -> None:
    assert [one.change for one in changes_in(rows((2001, "open", None), (2003, "closed", None)), WORDS)] == [None, None]


def test_a_row_that_names_the_rating_before_needs_no_row_of_that_year() -> None:
    (found,) = changes_in([Standing(island(), last_day(2003), "closed", previous="repressed")], WORDS)
    assert (found.change, found.previous) == ("downgrade", "repressed")


@pytest.mark.parametrize(
    ("before", "rating", "possible"),
    [
        ({"assessed": "open", "possible_worst": "narrowed"}, "narrowed", True),
        ({"assessed": "open", "possible_worst": "closed"}, "narrowed", True),
        ({"assessed": "open", "possible_worst": "open"}, "narrowed", False),
        ({"assessed": "closed", "possible_worst": "closed"}, "narrowed", True),
        ({"assessed": "open"}, "narrowed", None),
        ({"possible_worst": "closed", "profile": "indices"}, "narrowed", None),
        ({"possible_worst": "closed"}, "open", None),
        ({"possible_worst": "closed"}, None, None),
    ],
)
def test_a_table_tells_what_was_possible_by_its_worst_rating(
    before: dict[str, Any], rating: str | None, possible: bool | None
) -> None:
    rows_ = [Standing(island(), last_day(2001), "open", **before), Standing(island(), last_day(2002), rating)]
    assert [one.possible_before for one in changes_in(rows_, WORDS)] == [None, possible]


@pytest.mark.parametrize(("assessed", "possible"), [("open", True), ("narrowed", True), ("obstructed", False), (None, None)])
def test_an_upgrade_was_possible_where_the_best_rating_was_as_good(assessed: str | None, possible: bool | None) -> None:
    held = Standing(island(), last_day(2001), "obstructed", assessed, possible_worst="closed")
    _, rise = changes_in([held, Standing(island(), last_day(2002), "narrowed")], WORDS)
    assert (rise.change, rise.possible_before) == ("upgrade", possible)
