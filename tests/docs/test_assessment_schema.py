"""The published schema of the answer describes the answers that are given, and no others."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from assets.toy import island, judged, loaded
from jsonschema import Draft202012Validator

from ratingengine.engine.rating import Loaded, load, rate
from ratingengine.interface.json import assessment_json
from ratingengine.world.countries import Country

ROOT = Path(__file__).parents[2]
SCHEMA: dict[str, Any] = json.loads((ROOT / "docs/schemas/assessment.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)


@cache
def answer(iso3: str, year: int, invented: bool) -> dict[str, Any]:
    country = island(iso3)
    method = loaded() if invented else load(engine="reference")
    return told(method, country, date(year, 12, 31))


def told(method: Loaded, country: Country, day: date) -> dict[str, Any]:
    return json.loads(json.dumps(assessment_json(rate(method, country, day), country)))  # type: ignore[no-any-return]


ANSWERS = [("KAZ", year, False) for year in range(2010, 2024)]
ANSWERS += [("FIN", 2021, False), ("GIN", 2019, False), ("SAU", 2019, False), ("FRA", 2020, False)]
ANSWERS += [("BVT", year, True) for year in range(2000, 2007)] + [("HMD", 2004, True), ("HMD", 2005, True)]


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(("iso3", "year", "invented"), ANSWERS)
def test_an_answer_is_as_the_schema_says(iso3: str, year: int, invented: bool) -> None:
    assert [f"{list(error.path)} {error.message}" for error in VALIDATOR.iter_errors(answer(iso3, year, invented))] == []


@pytest.mark.parametrize(("iso3", "year"), [("BVT", 2003), ("BVT", 2004), ("HMD", 2004), ("HMD", 2005)])
def test_an_answer_with_an_override_is_as_the_schema_says(iso3: str, year: int) -> None:
    found = told(judged(), island(iso3), date(year, 12, 31))
    assert [f"{list(error.path)} {error.message}" for error in VALIDATOR.iter_errors(found)] == []
    assert found["versions"]["overrides"] is not None
    assert (found["override"] is None) == (year != {"BVT": 2003, "HMD": 2004}[iso3])
    for change in OVERRIDDEN if found["override"] else ():
        changed = deepcopy(found)
        change(changed)
        assert not VALIDATOR.is_valid(changed)


OVERRIDDEN: list[Callable[[dict[str, Any]], object]] = [
    lambda one: one.pop("by_rules"),
    lambda one: one.pop("earlier_overrides"),
    lambda one: one["override"].pop("reason"),
    lambda one: one["override"].update({"until": "open"}),
    lambda one: one["override"].update(level="closed"),
    lambda one: one["trace"][-1]["supports"].pop(),
    lambda one: one["trace"][-1].update(stratum=9),
    lambda one: one["versions"].update(overrides="none"),
]


def test_the_answers_tried_have_every_status_and_a_change_in_the_trace() -> None:
    found = [answer(*asked) for asked in ANSWERS]
    assert {one["status"] for one in found} >= {"bounded", "insufficient"}
    assert {one["change"] for one in found} >= {None, "downgrade", "unchanged"}
    assert any(step["kind"] == "change" for one in found for step in one["trace"])
    assert any(value["searches"] for one in found for value in one["evidence"])


CHANGES: list[Callable[[dict[str, Any]], object]] = [
    lambda one: one.pop("rating"),
    lambda one: one.pop("trace_sha256"),
    lambda one: one.update(score=7),
    lambda one: one.update(rating=3),
    lambda one: one.update(status="sure"),
    lambda one: one.update(change="none"),
    lambda one: one.update(coverage=1.5),
    lambda one: one.update(as_of="31 December 2022"),
    lambda one: one["country"].update(iso3="Kazakhstan"),
    lambda one: one["trace"][0].pop("supports"),
    lambda one: one["trace"][0]["supports"][0].update(finding="a.b", level="c"),
    lambda one: one["trace"][-1]["supports"].pop(),
    lambda one: one["evidence"][0]["observations"][0].update(reported="2022-01-05"),
    lambda one: one["evidence"][0]["observations"][0].pop("locator"),
    lambda one: one["versions"].update(records="latest"),
    lambda one: one["freedoms"]["expression"].pop("level"),
    lambda one: one.update(engines=[]),
]


@pytest.mark.parametrize("change", CHANGES)
def test_another_form_of_answer_is_not_as_the_schema_says(change: Callable[[dict[str, Any]], object]) -> None:
    changed = deepcopy(answer("KAZ", 2022, False))
    assert VALIDATOR.is_valid(changed)
    change(changed)
    assert not VALIDATOR.is_valid(changed)
