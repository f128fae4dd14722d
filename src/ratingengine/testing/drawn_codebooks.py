"""Drawn codebooks: indicators of every type, time and aggregation."""

from __future__ import annotations

from hypothesis import strategies as st

from ratingengine.model.indicator import Codebook, Indicator
from ratingengine.testing.files import FACETS, Entry, codebook_of

INDEX: Entry = {"type": "index", "unit": "points", "range": ["0", "100"], "decimals": "1"}
SHAPES: tuple[Entry, ...] = (
    {"type": "count", "unit": "people", "time": "event", "aggregation": "sum", "per_million": "yes"},
    {"type": "count", "unit": "people", "time": "event", "aggregation": "sum"},
    {"type": "count", "unit": "people", "time": "event", "aggregation": "max"},
    {"type": "count", "unit": "people", "time": "spell", "aggregation": "sum"},
    {"type": "count", "unit": "bodies", "time": "condition", "basis": "law", "aggregation": "sum"},
    {"type": "yes_no", "time": "event", "aggregation": "any"},
    {"type": "yes_no", "time": "spell", "aggregation": "any"},
    {"type": "yes_no", "time": "condition", "basis": "law", "aggregation": "any"},
    {"type": "yes_no", "time": "condition", "basis": "practice", "aggregation": "any"},
    {"type": "category", "time": "event", "aggregation": "max"},
    {"type": "category", "time": "condition", "basis": "law", "aggregation": "max"},
    {"type": "category", "time": "condition", "basis": "practice", "aggregation": "max"},
    {"type": "share", "decimals": "2", "time": "condition", "basis": "practice", "aggregation": "max"},
    {"type": "share", "decimals": "2", "time": "event", "aggregation": "latest"},
    {**INDEX, "time": "event", "aggregation": "latest"},
    {**INDEX, "time": "event", "aggregation": "mean", "window": "36"},
)
MAY_BE_NONE: tuple[Entry, ...] = (
    {**INDEX, "time": "spell", "aggregation": "latest", "may_be_none": "yes"},
    {"type": "share", "decimals": "2", "time": "event", "aggregation": "latest", "may_be_none": "yes"},
)
"""Only measures can read these, so a codebook needs others beside them."""
KEYS = (
    *("id", "title", "question", "type", "unit", "values", "range", "decimals"),
    *("worse", "time", "basis", "aggregation", "window", "per_million", "may_be_none"),
)
DEGREES = ("none", "occasional", "frequent", "routine")


@st.composite
def codebook_entries(draw: st.DrawFn, least: int = 3, most: int = 8) -> tuple[Entry, ...]:
    """Indicators of every type, time and aggregation, worse upwards or (not for categories) downwards."""
    shapes = draw(st.lists(st.sampled_from((*SHAPES, *MAY_BE_NONE)), min_size=least - 1, max_size=most - 1))
    entries = []
    for number, shape in enumerate((draw(st.sampled_from(SHAPES)), *shapes)):
        entry: Entry = {"id": f"{FACETS[number % 4][:5]}.i{number}", "title": f"Indicator {number}", "question": "What?", **shape}
        if shape["type"] == "category":
            entry["values"] = [{"id": word, "anchor": "as the word says"} for word in DEGREES]
        entry["worse"] = "higher" if shape["type"] == "category" else draw(st.sampled_from(("higher", "higher", "lower")))
        entries.append({key: entry[key] for key in KEYS if key in entry})
    return tuple(entries)


def codebooks(least: int = 3, most: int = 8) -> st.SearchStrategy[Codebook]:
    """A codebook as its files are read."""
    return codebook_entries(least, most).map(codebook_of)


def small_number(draw: st.DrawFn, entry: Indicator, test: str = "") -> str:
    """A small number of the indicator; as operand of a test, one that neither always holds nor never can."""
    first, last = int(test in ("at_least", "less_than")), 20 - int(test in ("at_most", "more_than"))
    step = (min(entry.highest, 12 * 10**entry.decimals) - entry.lowest) // 20 if entry.decimals else 1
    return entry.number(entry.lowest + step * draw(st.integers(first, last if entry.decimals else 6)))
