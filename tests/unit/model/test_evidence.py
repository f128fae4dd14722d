"""What was known on a day, and what a claim states."""

from __future__ import annotations

from datetime import date

import pytest
from assets.toy import HERE, evidence, observation, search, source

from ratingengine.model.evidence import Citation, Claim

EARLY = observation("X-001", reported=(date(2003, 5, 3), date(2003, 6, 1)))
LATE = observation("X-002", reported=(date(2003, 6, 2), date(2003, 6, 2)))
SEARCH = search("X-S01", reported=(date(2003, 6, 1), date(2003, 6, 3)))
ALL = evidence([EARLY, LATE, SEARCH], [source()])


@pytest.mark.parametrize(
    ("day", "ids"),
    [
        (date(2003, 5, 31), []),
        (date(2003, 6, 1), ["X-001"]),
        (date(2003, 6, 2), ["X-001", "X-002"]),
        (date(2003, 6, 3), ["X-001", "X-002", "X-S01"]),
        (None, ["X-001", "X-002", "X-S01"]),
    ],
)
def test_a_report_counts_from_the_later_end_of_its_day(day: date | None, ids: list[str]) -> None:
    known = ALL.known_at(day)
    assert [entry.id for entry in known.entries] == ids
    assert (known.country, known.sources, known.digest) == (ALL.country, ALL.sources, ALL.digest)


@pytest.mark.parametrize(("low", "high", "none"), [(None, None, True), (1, None, False), (None, 1, False), (1, 1, False)])
def test_a_claim_without_bounds_says_that_there_is_no_value(low: int | None, high: int | None, none: bool) -> None:
    assert Claim("value", low, high, "x").no_value is none


def test_a_citation_names_source_and_place() -> None:
    assert str(Citation("gazette", "para 4", HERE)) == "gazette para 4"
    assert str(Citation("gazette", "", HERE)) == "gazette"
