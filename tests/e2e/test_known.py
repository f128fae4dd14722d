"""Three clocks and sources, through the real command."""

from __future__ import annotations

import pytest
from assets.toy import OPTIONS, RECORDS, RULES
from e2e.command import rate


def test_kazakhstan_2022_was_not_known_before_it_was_reported() -> None:
    answers = {day: rate("kazakhstan", "--on", day, "--known-at", day, "--format", "json").json for day in DAYS}
    assert [answers[day]["rating"] for day in DAYS] == ["obstructed", "obstructed", "repressed"]
    assert [answers[day]["watchlist"] for day in DAYS] == [None, True, True]
    for day, answer in answers.items():
        reported = [entry["reported"][1] for value in answer["evidence"] for entry in value["observations"]]
        assert max(reported) <= day
    of_january = [one for value in answers[DAYS[0]]["evidence"] for one in value["observations"] if one["from"] >= "2022-01"]
    assert not [one for one in of_january if not one["from"].startswith("by ")]


DAYS = ("2022-01-04", "2022-03-15", "2022-12-31")


def test_a_country_is_rated_by_the_rules_of_a_day() -> None:
    records = ("--records", str(RECORDS))
    today, then = (
        rate("BVT", "--year", "2003", *records, "--rules", f"{RULES}{day}", "--format", "json").json
        for day in ("", "@2001-01-01")
    )
    assert (today["versions"].pop("rules_on"), then["versions"].pop("rules_on")) == (None, "2001-01-01")
    assert today == then
    rate("BVT", "--year", "2003", *records, "--rules", f"{RULES}@1999-12-31").refused(3, "there are rules from 2000-01-01 on")
    rate("BVT", "--year", "2003", *records, "--rules", f"{RULES}@never").refused(2, "is not a date: 'never'")
    rate("kazakhstan", "--year", "2022", "--rules", "@2020-01-01").refused(3, "there are rules from 2026-11-22 on")


@pytest.mark.parametrize("form", ["text", "json", "md"])
def test_revisions_and_sources_are_answered_in_every_form(form: str) -> None:
    rate("history", "BVT", "--revisions", *OPTIONS, "--format", form).answered("2003-12-31", "BVT-2003-001")
    said = ("island-gazette", "penguin-post", "BVT-2003-001")
    rate("sources", "BVT", "--year", "2003", "--leave-one-out", *OPTIONS, "--format", form).answered(*said)


def test_the_two_engines_know_the_same_over_time() -> None:
    one, other = (
        rate("history", "kazakhstan", "--revisions", "--engine", engine, "--format", "json").json
        for engine in ("both", "reference")
    )
    assert one == other
