"""Changes and the watchlist in words: what is not known is said, and so is what may be the start of a data set."""

from __future__ import annotations

from typing import Any

import pytest
from assets.toy import island

from ratingengine.compare.changes.changes_page import changes_json, changes_page, watchlist_json, watchlist_page
from ratingengine.compare.changes.changing import Change
from ratingengine.compare.standing import Standing
from ratingengine.compare.summary.summary import summary
from ratingengine.compare.summary.summary_page import summary_json, summary_page, watchlist_counts
from ratingengine.interface.page import written
from ratingengine.model.window import last_day

WORDS = ("open", "closed")


def standing(watchlist: bool | None) -> Standing:
    return Standing(island(), last_day(2003), "open", watchlist=watchlist)


@pytest.mark.parametrize(
    ("told", "watches", "said"),
    [
        ([True, None, None], True, "Watchlist not assessed for 2 of 3 countries: no data."),
        ([True, False], True, "Watchlist not assessed for none of 2 countries: no data."),
        ([None], True, "Watchlist not assessed for 1 of 1 country: no data."),
        ([None, None], False, "The method has no watchlist rule."),
    ],
)
def test_the_watchlist_says_of_how_many_countries_it_is_not_known(told: list[bool | None], watches: bool, said: str) -> None:
    content = watchlist_json([standing(one) for one in told], "W", "from", {}, watches=watches)
    assert (content["countries"], content["not_known"]) == (len(told), told.count(None))
    assert said in " ".join(written(watchlist_page(content), content, "text").split())


@pytest.mark.parametrize(
    ("told", "watches", "said"),
    [
        ([True, None, False], True, "1 on it, 1 off it; not assessed for 1 of 3 countries: no data."),
        ([False], True, "0 on it, 1 off it; not assessed for none of 1 country: no data."),
        ([None, None], False, "The method has no watchlist rule."),
    ],
)
def test_the_summary_counts_the_watchlist(told: list[bool | None], watches: bool, said: str) -> None:
    found = [standing(one) for one in told]
    counted = watchlist_counts(found, watches=watches)
    content = summary_json(summary(found, WORDS, {}), "S", "from", "people", counted)
    assert said in " ".join(written(summary_page(content), content, "text").split())


def change(kind: str, possible: bool | None, **more: Any) -> Change:
    told = ("open", "closed") if kind == "downgrade" else ("closed", "open")
    return Change(island(), 2003, kind, *told, told[1], None, "bounded", possible_before=possible, **more)


def test_the_head_counts_the_changes_that_the_year_before_did_not_exclude() -> None:
    found = [change("downgrade", True), change("downgrade", False), change("upgrade", True), change("downgrade", None)]
    content = changes_json(found, "C", "from", {})
    assert (content["possible_before"], content["before_not_known"]) == ({"downgrade": 1, "upgrade": 1}, 1)
    assert [row["possible_before"] for row in content["rows"]] == [True, False, True, None]
    text = " ".join(written(changes_page(content), content, "text").split())
    assert "Of these, 1 downgrade and 1 upgrade to a rating that was already possible the year before" in text
    assert "What was possible the year before is not known for 1." in text
    rows = written(changes_page(content), content, "md").splitlines()
    place = next(row for row in rows if "possible before" in row).split(" | ").index("possible before")
    assert [row.split(" | ")[place] for row in rows if "| BVT |" in row] == ["yes", "no", "yes", "–"]


@pytest.mark.parametrize(
    ("kind", "possible", "said"),
    [
        ("downgrade", True, "Of these, 1 downgrade to a rating that was already possible the year before: such a downgrade may"),
        (
            "upgrade",
            True,
            "Of these, 1 upgrade to a rating that was already possible the year before: such an upgrade was already",
        ),
        ("downgrade", False, "Of these, none to a rating that was already possible the year before. Changes"),
    ],
)
def test_only_what_there_is_of_is_explained(kind: str, possible: bool, said: str) -> None:
    content = changes_json([change(kind, possible)], "C", "from", {})
    assert said in " ".join(written(changes_page(content), content, "text").split())


def test_without_changes_nothing_is_said_of_the_year_before() -> None:
    content = changes_json([], "C", "from", {})
    assert "Of which" not in written(changes_page(content), content, "text")
