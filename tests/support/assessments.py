"""An assessment with what a test sets of it."""

from __future__ import annotations

from typing import Any

from attrs import evolve

from ratingengine.model.assessment import DETERMINED, ProfileAssessment

EMPTY = ProfileAssessment(
    profile="coded",
    status=DETERMINED,
    assessed="open",
    ceiling="open",
    possible=("open",),
    facets=(),
    steps=(),
    not_excluded=(),
    values={},
    missing=(),
    known=0,
    read=0,
    standing_only=False,
    gate=False,
    watchlist=False,
    watched=False,
    prior=None,
    measures={},
)


def assessed(**changes: Any) -> ProfileAssessment:
    return evolve(EMPTY, **changes)
