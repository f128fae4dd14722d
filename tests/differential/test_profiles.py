"""Methods of two profiles: which one answers and whether the watchlist is known, by columns as by the reference."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.entries import SOURCES, Entry, codebook_of, method_of, rule_file, rules_in, scale_text
from support.frames import Case, by_columns, by_reference, by_trace, frames

from ratingengine.bulk import rate_frame

pytestmark = pytest.mark.deep

PROFILES = ("coded", "indices")
NAMES = {"coded": ("assoc.one", "assoc.two"), "indices": ("assoc.three", "assoc.four")}
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


def counted(name: str) -> Entry:
    entry = {"id": name, "title": "t", "question": "q", "type": "count", "unit": "u", "worse": "higher", "time": "event"}
    return {**entry, "aggregation": "sum"}


def rule(number: int, kind: str, when: Entry, then: Entry) -> Entry:
    ends = {"rationale": "why", "sources": ["A p. 1"], "since": "2026-01-01"}
    return {"id": f"RUL-{number:03}", "title": "t", "kind": kind, "when": when, "then": then, **ends}


def watching(number: int, form: str, name: str) -> list[Entry]:
    """A watchlist rule that reads an indicator directly, through a finding, or the year before, or none at all."""
    then = {"watchlist": "on"}
    read = {"indicator": name, "at_least": "2"}
    if form == "finding":
        found = rule(number, "finding", read, {"finding": f"assoc.found{number}", "facet": "association"})
        return [found, rule(number + 1, "watchlist", {"finding": f"assoc.found{number}"}, then)]
    if form == "prior":
        read = {"prior": "pressure", "is": "worse"}
    return [rule(number, "watchlist", read, then)] if form else []


@st.composite
def cases_of_profiles(draw: st.DrawFn) -> Case:
    """Two profiles that read different counts, with required groups and watchlist rules or without them."""
    codebook = codebook_of([counted(name) for names in NAMES.values() for name in names])
    files = {"sources.yaml": SOURCES}
    required: list[Entry] = []
    for place, profile in enumerate(PROFILES):
        one, two = NAMES[profile]
        rated = rule(10 * place + 1, "rating", {"indicator": one, "at_least": "1"}, {"rating_at_most": "closed"})
        form = draw(st.sampled_from(("", "indicator", "finding", "prior")))
        files[f"{profile}.yaml"] = rule_file([rated, *watching(10 * place + 2, form, two)], profile)
        if draw(st.booleans()):
            required.append(
                {"profile": profile, "facet": "association", "any_of": [draw(st.sampled_from((one, two)))], "rationale": "why"}
            )
    files["scale.yaml"] = scale_text(required, PROFILES)
    return Case(method_of(rules_in(files, codebook), codebook), *draw(frames(codebook)))


def held_to_the_reference(case: Case, backend: str) -> None:
    wanted = by_reference(case)
    assert by_columns(case.method, rate_frame(case.frame, case.method, backend, explain=True)) == wanted
    last = max(case.said)
    assert by_trace(case, *last) == wanted[last]


@settings(suppress_health_check=SLOW, deadline=None)
@given(cases_of_profiles())
def test_polars_answers_by_the_same_profile(case: Case) -> None:
    held_to_the_reference(case, "polars")
