"""What the watchlist rules of a profile read, through whatever stands between."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve
from support.assessments import assessed
from support.entries import Entry, codebook_of, rules_of

from ratingengine.engine.loading import compile_rules
from ratingengine.model.assessment import watchlist_of
from ratingengine.model.watching import Watched

IDS = ("assoc.one", "assoc.two", "assoc.three", "assoc.four")
ON = {"watchlist": "on"}


def counted(name: str) -> Entry:
    entry = {"id": name, "title": "t", "question": "q", "type": "count", "unit": "u", "worse": "higher", "time": "event"}
    return {**entry, "aggregation": "sum", "per_million": "yes"}


def rule(number: int, kind: str, when: Entry, then: Entry) -> Entry:
    ends = {"rationale": "why", "sources": ["A p. 1"], "since": "2026-01-01"}
    return {"id": f"RUL-{number:03}", "title": "t", "kind": kind, "when": when, "then": then, **ends}


def at(name: str) -> Entry:
    return {"indicator": name, "at_least": "1"}


RATED = rule(9, "rating", at(IDS[0]), {"rating_at_most": "closed"})
FINDING = rule(1, "finding", at(IDS[1]), {"finding": "assoc.found", "facet": "association"})
ABOVE = rule(2, "finding", {"finding": "assoc.found"}, {"finding": "assoc.above", "facet": "association"})
LEVEL = rule(3, "level", at(IDS[2]), {"facet": "association", "level_at_most": "closed"})


@pytest.mark.parametrize(
    ("rules", "watched"),
    [
        ([], None),
        ([rule(5, "watchlist", at(IDS[1]), ON)], Watched((IDS[1],), prior=False)),
        ([rule(5, "watchlist", at(f"{IDS[1]}_per_million"), ON)], Watched((IDS[1],), prior=False)),
        ([FINDING, ABOVE, LEVEL, rule(5, "watchlist", {"finding": "assoc.above"}, ON)], Watched((IDS[1],), prior=False)),
        (
            [LEVEL, rule(5, "watchlist", {"level": "association", "at_most": "closed"}, ON)],
            Watched((IDS[2],), prior=False),
        ),
        ([rule(5, "watchlist", {"prior": "pressure", "is": "worse"}, ON)], Watched((), prior=True)),
        (
            [rule(5, "watchlist", at(IDS[1]), ON), rule(6, "watchlist", {"prior": "rating", "at_most": "closed"}, ON)],
            Watched((IDS[1],), prior=True),
        ),
    ],
)
def test_it_is_read_through_findings_and_levels(rules: list[Entry], watched: Watched | None) -> None:
    codebook = codebook_of([counted(name) for name in IDS])
    compiled = compile_rules(rules_of([RATED, *rules], codebook), codebook)
    assert compiled.watched.get("coded") == watched


def test_it_is_read_through_measures() -> None:
    codebook = codebook_of([counted(name) for name in IDS])
    body = {"of": "count", "inputs": [at(IDS[0]), at(IDS[3])], "needs": "1", "decimals": "0"}
    then = {"measure": "assoc.m", "facet": "association"}
    whole = rule(1, "measure", {}, then)
    measured = {"measure" if key == "when" else key: body if key == "when" else value for key, value in whole.items()}
    watching = rule(5, "watchlist", {"measure": "assoc.m", "at_least": "1"}, ON)
    compiled = compile_rules(rules_of([RATED, measured, watching], codebook), codebook)
    assert compiled.watched == {"coded": Watched(tuple(sorted((IDS[0], IDS[3]))), prior=False)}


@pytest.mark.parametrize(
    ("profiles", "on"),
    [
        ([(False, None)], None),
        ([(False, False)], None),
        ([(False, True)], False),
        ([(True, True), (False, None)], True),
        ([(False, False), (True, True)], True),
        ([(False, None), (False, True)], False),
        ([(False, False), (False, None)], None),
        ([(True, False)], True),
    ],
)
def test_the_watchlist_is_that_of_all_profiles(profiles: list[Any], on: bool | None) -> None:
    found = [evolve(assessed(), watchlist=watchlist, watched=watched) for watchlist, watched in profiles]
    assert watchlist_of(found) is on
