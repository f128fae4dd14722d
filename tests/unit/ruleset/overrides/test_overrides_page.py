"""Lists of overrides in three forms with the same content."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from assets.toy import judged, loaded, override
from attrs import evolve

from ratingengine.engine.rating import Loaded
from ratingengine.interface.terminal import MOST
from ratingengine.ruleset.overrides.departures import departures, standings
from ratingengine.ruleset.overrides.overrides_page import written_list, written_stale

ALONE = evolve(loaded(), overrides=(override(country="HMD"), override("OVR-Y", country="FIN")))
METHODS = [judged(), ALONE]


def listed(method: Loaded, form: str) -> str:
    return written_list([(entry, departures(method, entry)) for entry in method.overrides], form)


def stale(method: Loaded, form: str) -> str:
    return written_stale(standings(method), form)


def leaves(content: Any) -> Iterator[str]:
    if isinstance(content, dict):
        for key, value in content.items():
            yield from () if key == "schema" else leaves(value)
    elif isinstance(content, list):
        for value in content:
            yield from leaves(value)
    elif content is not None:
        yield str(content)


@pytest.mark.parametrize("write", [listed, stale])
@pytest.mark.parametrize("method", METHODS)
def test_text_and_markdown_have_all_that_json_has(write: Any, method: Loaded, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(MOST))
    content = json.loads(write(method, "json"))
    assert len(content["overrides"]) == len(method.overrides)
    for form in ("text", "md"):
        told = write(method, form)
        assert [leaf for leaf in leaves(content) if leaf not in told] == []


def test_no_override_is_said_in_words() -> None:
    for write, title in ((listed, "0 overrides"), (stale, "0 overrides, 0 stale")):
        assert write(loaded(), "text") == f"{title}\n\nno override\n"
        assert json.loads(write(loaded(), "json"))["overrides"] == []


def test_a_day_without_a_rating_by_rules_has_no_distance() -> None:
    method = evolve(
        loaded(), overrides=(override(country="HMD", first=ALONE.overrides[0].first, last=METHODS[0].overrides[1].last),)
    )
    assert "2003-12-31: the rules publish no rating\n" in listed(method, "text")
    assert "2004-12-31: the rules publish" in listed(method, "text")
