"""Findings of records: entries that are counted twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from ratingengine.errors import Problem
from ratingengine.linting.finding import Files
from ratingengine.model.evidence import Observation
from ratingengine.model.indicator import Codebook


def counted_twice(observations: Iterable[Observation], codebook: Codebook, files: Files) -> Iterator[Problem]:
    """Observations in which different sources say the same of the same days: without a common event they are added together.

    What one source tells in two entries its coder has told apart.
    """
    summed = [entry for entry in observations if codebook[entry.indicator].aggregation == "sum" and entry.claim.lowest]
    for _, alike in groupby(sorted(summed, key=_sort_key), key=_same):
        first, *others = alike
        for entry in others:
            named_apart = bool(first.event and entry.event)
            if named_apart or _sources(first) & _sources(entry):
                continue
            days = f"{entry.begun}" if entry.ended == entry.begun else f"{entry.begun} to {entry.ended or 'open'}"
            message = f"{entry.id} says of {entry.indicator} on {days} what {first.id} says: both are added"
            hint = "give both the same event: where they tell of one thing, or each its own where they do not"
            yield files.finding("L510", message, entry.place, hint, len(entry.id))


def _sources(entry: Observation) -> set[str]:
    return {citation.source for citation in entry.sources}


def _same(entry: Observation) -> tuple[object, ...]:
    return (entry.country, entry.indicator, entry.begun, entry.ended, entry.claim.lowest, entry.claim.highest)


def _sort_key(entry: Observation) -> tuple[str, ...]:
    return (*map(str, _same(entry)), entry.id)
