"""Rows of a table of observations that these rules do not read: of indicators of other methods, and that there was no value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from ratingengine.bulk.admission import (
    SHOWN,
)
from ratingengine.bulk.frames import library
from ratingengine.errors import Place, Problem
from ratingengine.evidence.tables.others import of_others
from ratingengine.model.indicator import Codebook
from ratingengine.model.terms import NO_VALUE

NUMBERS = ("value", "low", "high")


def left_out(tables: Mapping[str, Any], codebook: Codebook) -> Mapping[str, int]:
    """How many rows there are of each indicator that the codebook lacks: a table may hold what other methods read."""
    pl = library("polars")
    found: Counter[str] = Counter()
    for table in tables.values():
        if table.schema.get("indicator") == pl.String:
            found.update(dict(table.filter(rows_of_others(pl, table, codebook)).group_by("indicator").len().rows()))
    return dict(sorted(found.items()))


def rows_of_others(pl: Any, table: Any, codebook: Codebook) -> Any:
    """Whether a row is of an indicator that other methods read; one that is misspelt is a problem of the table."""
    names = of_others(map(str, table["indicator"].drop_nulls().unique().to_list()), codebook)
    return pl.col("indicator").cast(pl.String).is_in(sorted(names)).fill_null(False)


def nothing_to_read(tables: Mapping[str, Any], codebook: Codebook) -> list[Problem]:
    """A problem where all rows of all tables are of other codebooks, as then nothing is rated."""
    names, rows = left_out(tables, codebook), sum(len(table) for table in tables.values())
    if not rows or sum(names.values()) < rows:
        return []
    message = f"no row is of an indicator of these rules; there are {', '.join(list(names)[:SHOWN])}"
    return [Problem("B501", message, Place(next(iter(tables)), 1, 1), hint="name the rules that read them: --rules NAME")]


def says_none(pl: Any) -> Any:
    """Whether a row says that its source gives no value."""
    empty = [pl.col(name).cast(pl.String).replace("", None).is_null() for name in NUMBERS]
    return (pl.col("text").cast(pl.String) == NO_VALUE).fill_null(False) & pl.all_horizontal(empty)


def may_say_none(codebook: Codebook) -> list[str]:
    """The indicators of which `none` says something; of others such a row is left out."""
    return [entry.id for entry in codebook.coded if entry.may_be_none or NO_VALUE in entry.words]
