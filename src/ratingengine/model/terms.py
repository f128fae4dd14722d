"""A word or digits to the scaled integer of an indicator's type; used for observations and for thresholds alike."""

from __future__ import annotations

import re
from decimal import Decimal

from ratingengine.model.indicator import UNBOUNDED, Indicator

NO_VALUE = "none"
"""What is written where a source gives no value; only for indicators that may be none."""
NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,9})?")
MOST = 10**12
"""Largest value a count may have: far above any population, and exact in every engine."""


class NotInTerms(Exception):
    """The text is no value of the indicator; `reason` and `remedy` are ready for a problem."""

    def __init__(self, reason: str, remedy: str) -> None:
        self.reason = reason
        self.remedy = remedy
        super().__init__(reason)


def scaled(indicator: Indicator, text: str) -> int:
    """The integer for a text; raises NotInTerms when it is not in the indicator's terms or range."""
    if indicator.words:
        if text not in indicator.words:
            raise NotInTerms(f"not a value of {indicator.id}", "write one of: " + ", ".join(indicator.words))
        return indicator.words.index(text)
    if not NUMBER.fullmatch(text):
        example = "12" if indicator.decimals == 0 else "0.50"
        raise NotInTerms(f"not a number for {indicator.id}", f"write digits, for example {example}")
    value = Decimal(text).scaleb(indicator.decimals)
    if value != int(value):
        raise NotInTerms(f"more digits than {indicator.id} keeps", f"write at most {indicator.decimals} decimals")
    whole = int(value)
    highest = MOST if indicator.highest == UNBOUNDED else indicator.highest
    if not indicator.lowest <= whole <= highest:
        lowest_text, highest_text = indicator.number(indicator.lowest), indicator.number(highest)
        raise NotInTerms(f"outside the range of {indicator.id}", f"write {lowest_text} to {highest_text}")
    return whole
