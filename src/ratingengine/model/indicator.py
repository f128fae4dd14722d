"""The codebook: what each indicator asks, its type, and in which direction it is worse."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import field, frozen

from ratingengine.errors import Place

PER_MILLION = "_per_million"
PER_MILLION_DECIMALS = 3
UNBOUNDED = 10**15
"""Severity that stands for `no limit known`; beyond every value that a reader accepts (15 digits with decimals, see I311)."""


@frozen
class CategoryValue:
    """A value of a category indicator and the anchor by which it is coded."""

    id: str
    anchor: str


def digits(scaled: int, decimals: int) -> str:
    """A whole number of units of the last decimal place, as a number is written."""
    if not decimals:
        return str(scaled)
    text = f"{abs(scaled):0{decimals + 1}d}"
    return ("-" if scaled < 0 else "") + f"{text[:-decimals]}.{text[-decimals:]}"


@frozen(cache_hash=True)
class Indicator:
    """One entry of the codebook.

    Values become integers: counts, yes=1/no=0, the position of a category, shares and indices times 10**decimals.
    `worse` tells whether a higher or a lower value is worse; time, basis and aggregation are those of docs/method.md.
    `may_be_none`: its source may give no value at all, and a record can say so.
    """

    id: str
    title: str
    question: str
    facet: str
    type: str
    unit: str
    values: tuple[CategoryValue, ...]
    lowest: int
    highest: int
    decimals: int
    worse: str
    time: str
    basis: str
    aggregation: str
    window_months: int
    per_million: bool
    tags: tuple[str, ...]
    standard: tuple[str, ...]
    place: Place = field(eq=False)
    may_be_none: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """The category words, or no and yes; empty for numbers."""
        if self.type == "yes_no":
            return ("no", "yes")
        return tuple(value.id for value in self.values)

    def number(self, scaled: int) -> str:
        """A scaled value as it is written: a word, or digits."""
        return self.words[scaled] if self.words else digits(scaled, self.decimals)

    def severity(self, scaled: int) -> int:
        """The value turned so that higher is worse."""
        return scaled if self.worse == "higher" else -scaled


@frozen
class Codebook:
    """All indicators by id, with their per-million companions.

    `unread`: ids of entries with an error of their own; `whole`: whether every entry's id could be read.
    """

    indicators: Mapping[str, Indicator]
    unread: tuple[str, ...] = ()
    whole: bool = True

    def __contains__(self, key: object) -> bool:
        return key in self.indicators

    def __getitem__(self, key: str) -> Indicator:
        return self.indicators[key]

    def __iter__(self) -> Iterator[Indicator]:
        return iter(self.indicators.values())

    def lacks(self, key: str) -> bool:
        """Whether an indicator is surely not defined: not where only the reading of its entry failed."""
        return self.whole and key not in self.indicators and base_of(key) not in self.unread

    @property
    def coded(self) -> tuple[Indicator, ...]:
        """The indicators that are coded, without the derived companions, by id."""
        return tuple(entry for entry in self.indicators.values() if not is_derived(entry))


def is_derived(indicator: Indicator) -> bool:
    """Whether the indicator is computed from a count and the population."""
    return indicator.id.endswith(PER_MILLION)


def has_totals(indicator: Indicator) -> bool:
    """Whether what is observed are parts of a whole, so that a statement may be about all of it."""
    return indicator.aggregation == "sum" or (indicator.time != "condition" and indicator.aggregation in ("any", "max"))


def base_of(indicator_id: str) -> str:
    """The count behind a per-million companion."""
    return indicator_id.removesuffix(PER_MILLION)
