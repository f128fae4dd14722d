"""What differs between the answers for Bouvet Island in 2002 and 2003, by hand."""

from __future__ import annotations

from datetime import date

from assets.toy import island, judged, loaded

from ratingengine.engine.differences import differences
from ratingengine.engine.rating import rate
from ratingengine.model.assessment import Assessment


def of(year: int) -> Assessment:
    return rate(loaded(), island(), date(year, 12, 31))


def test_an_answer_does_not_differ_from_itself() -> None:
    assert differences(of(2003), of(2003)).none


def test_what_came_in_2003_is_told_once_each() -> None:
    found = differences(of(2002), of(2003))
    aspects = {pair.name: (pair.before, pair.after) for pair in found.aspects}
    assert aspects["rating"] == ("narrowed", "obstructed")
    assert aspects["assessed"] == ("narrowed", "repressed")
    assert aspects["watchlist"] == (None, True)
    # The ceiling says nothing beside an assessed rating, nor what the rules publish where nobody departs from them.
    assert not {"ceiling", "by_rules"} & set(aspects)
    assert {step.rule for step in found.gained} >= {"INV-001", "INV-011", "INV-020", "INV-021", "INV-031", "INV-050"}
    assert {step.rule for step in found.lost} == {"INV-040"}
    assert {pair.name: (pair.before, pair.after) for pair in found.levels} == {
        "peaceful_assembly": ("narrowed", "repressed"),
        "expression": ("open", "repressed"),
    }


def test_a_companion_is_not_told_beside_its_count() -> None:
    found = differences(of(2002), of(2003))
    assert "assembly.banners_taken" in found.values
    assert "assembly.banners_taken_per_million" not in found.values


def test_an_override_tells_what_the_rules_would_have_published() -> None:
    by_rules, by_hand = of(2003), rate(judged(), island(), date(2003, 12, 31))
    aspects = {pair.name: (pair.before, pair.after) for pair in differences(by_rules, by_hand).aspects}
    assert aspects["rating"] == ("obstructed", "closed")
    assert aspects["override"][0] is None
    assert "by_rules" not in aspects  # the rules publish the same
