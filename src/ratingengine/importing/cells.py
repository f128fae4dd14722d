"""Texts of cells: whose, when, how much."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal

from ratingengine.importing.mapping import Column
from ratingengine.model.indicator import UNBOUNDED, Indicator
from ratingengine.terms import MOST

NUMBER = re.compile(r"[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]{1,3})?")
YEAR = re.compile(r"([0-9]{4})(\.0+)?")
FIRST_YEAR, LAST_YEAR = 1700, 2200


class Refused(Exception):
    """A cell that cannot be used: the message is the reason, `text` what it holds."""

    def __init__(self, reason: str, text: str = "") -> None:
        self.text = text
        super().__init__(reason)


def year_of(text: str) -> int:
    """A year in digits."""
    found = YEAR.fullmatch(text.strip())
    if found is None or not FIRST_YEAR <= int(found.group(1)) <= LAST_YEAR:
        raise Refused("not a year", text)
    return int(found.group(1))


def day_of(text: str, forms: Sequence[str]) -> date:
    """A day in one of the forms; what follows it (a time of day) must be part of the form."""
    for form in forms:
        try:
            day = datetime.strptime(text.strip(), form).date()  # noqa: DTZ007  # a day has no zone
        except ValueError:
            continue
        if FIRST_YEAR <= day.year <= LAST_YEAR:
            return day
    raise Refused(f"not a day of the form {' or '.join(forms)}", text)


def number_of(text: str, sign: str) -> Decimal:
    """An exact number; with the decimal comma where the mapping says so."""
    digits = text.strip().replace(",", ".") if sign == "," else text.strip()
    if not NUMBER.fullmatch(digits):
        raise Refused("not a number", text)
    return Decimal(digits)


def rescaled(number: Decimal, column: Column) -> Decimal:
    """The number in the indicator's terms."""
    return number * column.times + column.plus


def fitted(number: Decimal, indicator: Indicator, rounding: str = ROUND_HALF_EVEN) -> Decimal:
    """The number with the decimals that the indicator keeps, within its range."""
    highest = MOST if indicator.highest == UNBOUNDED else indicator.highest
    # A number far outside has more digits than quantize can keep; one that is just outside may yet be rounded into the range.
    if indicator.lowest - 1 <= number.scaleb(indicator.decimals) <= highest + 1:
        found = number.quantize(Decimal(1).scaleb(-indicator.decimals), rounding=rounding)
        if indicator.lowest <= found.scaleb(indicator.decimals) <= highest:
            return found
    ends = f"{indicator.number(indicator.lowest)} to {indicator.number(highest)}"
    raise Refused(f"outside the range of {indicator.id}, {ends}")


def band_of(low: Decimal, high: Decimal, column: Column, indicator: Indicator) -> tuple[Decimal, Decimal]:
    """Both ends in the indicator's terms, rounded outwards; a factor below zero turns them round."""
    first, last = sorted((rescaled(low, column), rescaled(high, column)))
    return fitted(first, indicator, ROUND_FLOOR), fitted(last, indicator, ROUND_CEILING)


def word_of(text: str, column: Column, indicator: Indicator) -> str:
    """The word that a text stands for."""
    word = column.words.get(text, text)
    if word not in indicator.words:
        raise Refused(f"no word of {indicator.id}, which has {', '.join(indicator.words)}")
    return word
