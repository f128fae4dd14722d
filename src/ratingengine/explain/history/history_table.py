"""The history of a country as a table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from ratingengine.interface.tables import Table, span
from ratingengine.interface.words import other_clocks
from ratingengine.model.assessment import Assessment
from ratingengine.world.countries import Country

HISTORY = (
    ("year", "year"),
    ("rating", "rating"),
    ("assessed", "assessed"),
    ("change", "change"),
    ("watchlist", "watchlist"),
    ("status", "status"),
    ("possible", "range"),
)
JUDGED = (("override", "override"), ("by_rules", "by the rules"))
"""Columns of lists in which a judgement departs from the rules; JSON has them always."""


def _row(country: Country, assessment: Assessment) -> dict[str, Any]:
    chosen = assessment.chosen
    return {
        "iso3": country.iso3,
        "country": country.name_en,
        "year": assessment.as_of.year,
        "rating": assessment.rating,
        "assessed": chosen.assessed,
        "previous": assessment.previous,
        "change": assessment.change,
        "override": None if assessment.override is None else assessment.override.id,
        "by_rules": assessment.by_rules,
        "watchlist": assessment.watchlist,
        "status": chosen.status,
        "possible": list(chosen.possible),
    }


def history_table(country: Country, assessments: Sequence[Assessment], known_at: date | None, rules_on: date | None) -> Table:
    """A row a year."""
    rows = tuple(_row(country, assessment) for assessment in assessments)
    title = f"{country.name_en} ({country.iso3}), state on 31 December{other_clocks(known_at, rules_on)}"
    none = "there are no records of this country"
    return Table(title, "ratingengine/history/1", _columns(HISTORY, rows), rows, none, {"possible": span})


def _columns(columns: tuple[tuple[str, str], ...], rows: Sequence[dict[str, Any]]) -> tuple[tuple[str, str], ...]:
    """With the judgements where there are any."""
    return (*columns, *JUDGED) if any(row["override"] for row in rows) else columns
