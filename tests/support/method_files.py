"""A drawn method as the files that say it."""

from __future__ import annotations

from collections.abc import Sequence

from ratingengine.model.indicator import Codebook, Indicator, is_derived
from ratingengine.testing.files import FACETS, SOURCES, Entry, listed, rule_file, scale_text


def entry_of(indicator: Indicator) -> Entry:
    """A drawn indicator as the entry of a codebook file."""
    found: Entry = {"id": indicator.id, "title": indicator.title, "question": indicator.question, "type": indicator.type}
    if indicator.unit:
        found["unit"] = indicator.unit
    if indicator.type == "category":
        found["values"] = [{"id": value.id, "anchor": value.anchor} for value in indicator.values]
    if indicator.type == "index":
        found["range"] = [indicator.number(indicator.lowest), indicator.number(indicator.highest)]
    if indicator.decimals:
        found["decimals"] = str(indicator.decimals)
    found |= {"worse": indicator.worse, "time": indicator.time}
    if indicator.basis:
        found["basis"] = indicator.basis
    found["aggregation"] = indicator.aggregation
    if indicator.window_months != 12:
        found["window"] = str(indicator.window_months)
    marks = {"per_million": indicator.per_million, "may_be_none": indicator.may_be_none}
    return {**found, **{key: "yes" for key, marked in marks.items() if marked}}


def method_files(codebook: Codebook, rules: Sequence[Entry], required: Sequence[Entry]) -> dict[str, str]:
    """A drawn method as files."""
    found = {"rules/scale.yaml": scale_text(required), "rules/sources.yaml": SOURCES, "rules/rules.yaml": rule_file(rules)}
    for facet in FACETS:
        own = [entry_of(entry) for entry in codebook if entry.facet == facet and not is_derived(entry)]
        if own:
            found[f"codebook/{facet}.yaml"] = listed({"schema": "ratingengine/codebook/1", "facet": facet}, indicators=own)
    return found
