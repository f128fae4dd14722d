"""An index of country-years from a column of a CSV file, for cut points."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path

from ratingengine.errors import InvalidInput, Problem
from ratingengine.evidence.country_years import read_csv

MOST_DIGITS = 40
Key = tuple[str, int]


def read_index(path: Path, column: str) -> Mapping[Key, Fraction]:
    """The values that stand in the column, exact; empty cells have none. Raises InvalidInput with every problem."""
    table = read_csv(path, (column,))
    found: dict[Key, Fraction] = {}
    problems: list[Problem] = list(table.problems)
    for row in table.rows:
        text = row.text(column)
        number = _number(text) if text else None
        if number is not None:
            found[row.iso3, row.year] = number
        elif text:
            problems.append(
                table.problem("F116", f"not a number: '{text}'", row, column, "write digits with a point, or nothing")
            )
    if problems:
        raise InvalidInput(problems)
    return found


def _number(text: str) -> Fraction | None:
    try:
        number = Decimal(text) if len(text) <= MOST_DIGITS and not set(text.lower()) - set("0123456789.-+e") else None
    except InvalidOperation:
        return None
    # An exponent far away would fill the memory before it could be compared.
    return None if number is None or abs(number.adjusted()) > MOST_DIGITS else Fraction(number)
