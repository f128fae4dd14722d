"""Texts of cells: whose, when, how much."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from functools import lru_cache

from attrs import frozen

from ratingengine.importing.mapping import Column
from ratingengine.model.indicator import UNBOUNDED, Indicator
from ratingengine.model.terms import MOST
from ratingengine.model.window import FIRST_YEAR, LAST_YEAR

NUMBER = re.compile(r"[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]{1,3})?")
YEAR = re.compile(r"([0-9]{4})(\.0+)?")
EDITION = re.compile(r"[^0-9]*([0-9]{4})(?:[-/–]([0-9]{2}(?:[0-9]{2})?))?(?:\.0+)?")


class Refused(Exception):
    """A cell that cannot be used: the message is the reason, `text` what it holds."""

    def __init__(self, reason: str, text: str = "") -> None:
        self.text = text
        super().__init__(reason)


@frozen
class Texts:
    """Texts of a mapping that cells are held against: a number is the same however it is written (1, 1.0, 001)."""

    texts: frozenset[str]
    numbers: frozenset[Decimal]
    sign: str

    def __contains__(self, cell: str) -> bool:
        return cell in self.texts or (bool(self.numbers) and number_or_none(cell, self.sign) in self.numbers)


def texts_of(texts: Iterable[str], sign: str) -> Texts:
    """The texts, with those of them that are numbers; `sign` parts the decimals in the cells, not in the mapping."""
    kept = frozenset(texts)
    numbers = (number_or_none(text, ".") for text in kept)
    return Texts(kept, frozenset(number for number in numbers if number is not None), sign)


@frozen
class Words:
    """What each text of a mapping stands for; numbers are compared as in Texts."""

    texts: Mapping[str, str]
    numbers: Mapping[Decimal, str]
    sign: str

    def word(self, cell: str) -> str:
        """What the cell stands for: itself where the mapping says nothing."""
        if cell in self.texts or not self.numbers:
            return self.texts.get(cell, cell)
        number = number_or_none(cell, self.sign)
        return cell if number is None else self.numbers.get(number, cell)


def words_of(texts: Mapping[str, str], sign: str) -> Words:
    """The words of a mapping, those of numbers by their value too."""
    numbers = ((number_or_none(text, "."), word) for text, word in texts.items())
    return Words(texts, {number: word for number, word in numbers if number is not None}, sign)


def number_or_none(text: str, sign: str) -> Decimal | None:
    """The number that a text is; None where it is none."""
    digits = text.replace(",", ".") if sign == "," else text
    return Decimal(digits) if NUMBER.fullmatch(digits) else None


def year_of(text: str) -> int:
    """A year in digits."""
    found = YEAR.fullmatch(text.strip())
    if found is None or not FIRST_YEAR <= int(found.group(1)) <= LAST_YEAR:
        raise Refused("not a year", text)
    return int(found.group(1))


@lru_cache(maxsize=4096)
def edition_year_of(text: str) -> int:
    """The year in which an edition came out, the last that it names: 2023, Jan.-Feb. 1973, 1983-84, 1999-2000."""
    found = EDITION.fullmatch(text.strip())
    first, last = found.groups() if found else ("", None)
    if last is not None and not str(int(first) + 1).endswith(last):
        raise Refused("not an edition of two years", text)
    return year_of(first if last is None else str(int(first) + 1)) if found else year_of(text)


def day_of(text: str, forms: tuple[str, ...]) -> date:
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
    number = number_or_none(text.strip(), sign)
    if number is None:
        raise Refused("not a number", text)
    return number


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


def word_of(text: str, words: Words, indicator: Indicator) -> str:
    """The word that a text stands for."""
    word = words.word(text)
    if word not in indicator.words:
        raise Refused(f"no word of {indicator.id}, which has {', '.join(indicator.words)}")
    return word
