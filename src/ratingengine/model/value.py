"""What the evidence says about one indicator on one day: an interval, and the records it rests on."""

from __future__ import annotations

from attrs import frozen

from ratingengine.model.evidence import Entry, Observation, Search
from ratingengine.model.indicator import Indicator


@frozen
class IndicatorValue:
    """The interval of one indicator on the as-of day and the records it rests on, by id.

    `absent`: the record says that there is no value. The interval is then the full range, and a measure leaves the input out.
    """

    indicator: Indicator
    lowest: int
    highest: int
    observations: tuple[Observation, ...]
    searches: tuple[Search, ...]
    absent: bool = False

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Observations, then searches."""
        return (*self.observations, *self.searches)

    @property
    def known(self) -> bool:
        """Whether the evidence narrows the range at all."""
        return (self.lowest, self.highest) != (self.indicator.lowest, self.indicator.highest)

    @property
    def told(self) -> bool:
        """Whether the record says anything: some of the value, or that there is none."""
        return self.known or self.absent

    @property
    def best(self) -> int:
        """The severity at the best end: what the evidence establishes."""
        return min(self.indicator.severity(self.lowest), self.indicator.severity(self.highest))

    @property
    def worst(self) -> int:
        """The severity at the worst end: what the evidence does not exclude."""
        return max(self.indicator.severity(self.lowest), self.indicator.severity(self.highest))


@frozen
class MeasureValue:
    """A measure at its best and worst end, scaled by its decimals; known only when enough inputs are."""

    best: int
    worst: int
    known: bool


@frozen
class Computed:
    """A measure in an answer: its value with the decimals that it is scaled by, and the indicators that it is computed from."""

    value: MeasureValue
    decimals: int
    inputs: tuple[str, ...]
    bands: tuple[tuple[str, str], ...] = ()
    """Inputs that have a step table, and what they count as by it."""
