"""A change of one value, in words."""

from __future__ import annotations

from typing import Any

from ratingengine.explain.facts import PRIOR, Facts, Move
from ratingengine.interface.words import value_words

PRIOR_TITLE = "the rating of the year before"


def move_json(move: Move, facts: Facts) -> dict[str, Any]:
    """A change of one value, in the indicator's own terms."""
    if move.indicator == PRIOR:
        return {"indicator": PRIOR, "title": PRIOR_TITLE, "present": "known", "wanted": "not known"}
    value = facts.values[move.indicator]
    indicator = value.indicator
    worse = indicator.severity(move.wanted) > indicator.severity(move.present)
    bound = "" if not worse or indicator.words else "at least " if indicator.worse == "higher" else "at most "
    return {
        "indicator": move.indicator,
        "title": indicator.title,
        "present": value_words(value),
        "wanted": bound + indicator.number(move.wanted).replace("_", " "),
        "thresholds_crossed": move.crossed,
        "excluded_by_evidence": move.excluded,
    }


def move_words(move: dict[str, Any]) -> str:
    """The same as a line."""
    excluded = "; the evidence speaks against it" if move.get("excluded_by_evidence") else ""
    return f"{move['title']}: {move['present']} → {move['wanted']} ({move['indicator']}{excluded})"
