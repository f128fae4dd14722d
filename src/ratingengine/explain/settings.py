"""Values that are supposed, as a command line writes them."""

from __future__ import annotations

from collections.abc import Mapping

from ratingengine.files.nodes import near
from ratingengine.model.indicator import Codebook, Indicator
from ratingengine.model.terms import NotInTerms, scaled

UNKNOWN = "unknown"


Intervals = Mapping[str, tuple[int, int]]


class WrongSetting(Exception):
    """A setting that is no `indicator=value`; the message says what is wrong and what to write."""


def setting(text: str, codebook: Codebook) -> tuple[str, tuple[int, int]]:
    """`name=7`, `=yes`, `=3..5`, `=3..`, `=..5` or `=unknown` as the indicator's id and its interval. Raises WrongSetting."""
    name, equals, value = text.partition("=")
    if not equals:
        raise WrongSetting(f"'{text}' is no setting; write INDICATOR=VALUE")
    known = {indicator.id for indicator in codebook.coded}
    if name not in known:
        hint = near(name, sorted(known)) or "see: rate codebook"
        raise WrongSetting(f"no indicator '{name}' that is coded; {hint}")
    indicator = codebook[name]
    if value == UNKNOWN:
        return name, (indicator.lowest, indicator.highest)
    low, dots, high = value.partition("..")
    lowest = indicator.lowest if dots and not low else _number(indicator, low)
    highest = lowest if not dots else indicator.highest if not high else _number(indicator, high)
    if lowest > highest:
        raise WrongSetting(f"{text}: the higher end stands first; write LOWEST..HIGHEST")
    return name, (lowest, highest)


def _number(indicator: Indicator, text: str) -> int:
    try:
        return scaled(indicator, text)
    except NotInTerms as wrong:
        raise WrongSetting(f"{indicator.id}={text}: {wrong.reason}; {wrong.remedy}") from None


def setting_text(indicator: Indicator, lowest: int, highest: int) -> str:
    """The setting that gives an interval, as a command line takes it."""
    if (lowest, highest) == (indicator.lowest, indicator.highest):
        return f"{indicator.id}={UNKNOWN}"
    low = "" if lowest == indicator.lowest else indicator.number(lowest)
    if lowest == highest:
        return f"{indicator.id}={indicator.number(lowest)}"
    high = "" if highest == indicator.highest else indicator.number(highest)
    return f"{indicator.id}={low}..{high}"
