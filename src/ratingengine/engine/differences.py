"""What differs between two answers: ratings, levels, what the rules conclude, and the values they read."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from ratingengine.model.assessment import Assessment
from ratingengine.model.indicator import base_of
from ratingengine.model.program import Step
from ratingengine.model.value import IndicatorValue

ASPECTS = (
    "rating",
    "assessed",
    "ceiling",
    "previous",
    "change",
    "status",
    "possible",
    "watchlist",
    "by_rules",
    "override",
    "profile",
)


@frozen
class Pair:
    """One thing, before and after."""

    name: str
    before: object
    after: object


@frozen
class ValuePair:
    """What is known of one indicator, before and after."""

    before: IndicatorValue
    after: IndicatorValue


@frozen
class Differences:
    """All that differs; empty for equal answers. `gained` and `lost` are steps by rule id, `values` by indicator."""

    aspects: tuple[Pair, ...]
    levels: tuple[Pair, ...]
    gained: tuple[Step, ...]
    lost: tuple[Step, ...]
    values: Mapping[str, ValuePair]

    @property
    def none(self) -> bool:
        """Whether the answers are the same."""
        return not (self.aspects or self.levels or self.gained or self.lost or self.values)


def differences(before: Assessment, after: Assessment) -> Differences:
    """What differs between two answers, whatever their countries, days, rules and records."""
    one, other = before.chosen, after.chosen
    told = _pairs(_aspects(before), _aspects(after))
    levels = {facet.facet: facet.level for facet in one.facets}
    others = {facet.facet: facet.level for facet in other.facets}
    first, second = ({step.rule: step for step in found.steps} for found in (one, other))
    # A companion follows from its count, and is told only where the count is the same: then the populations differ.
    read = [name for name in other.values if name in one.values]
    same = {name for name in read if _ends(one.values[name]) == _ends(other.values[name])}
    return Differences(
        aspects=tuple(pair for pair in told if _tells(pair, before, after)),
        levels=_pairs(levels, others),
        gained=tuple(step for rule, step in second.items() if _conclusion(first.get(rule)) != _conclusion(step)),
        lost=tuple(step for rule, step in first.items() if _conclusion(second.get(rule)) != _conclusion(step)),
        values={
            name: ValuePair(one.values[name], other.values[name])
            for name in read
            if name not in same and (base_of(name) == name or base_of(name) in same)
        },
    )


def _aspects(assessment: Assessment) -> Mapping[str, object]:
    chosen = assessment.chosen
    told = {name: getattr(assessment, name) for name in ("rating", "previous", "change", "watchlist", "by_rules", "profile")}
    told |= {name: getattr(chosen, name) for name in ("assessed", "ceiling", "status", "possible")}
    told["override"] = None if assessment.override is None else assessment.override.id
    return {name: told[name] for name in ASPECTS}


def _tells(pair: Pair, before: Assessment, after: Assessment) -> bool:
    """The ceiling tells nothing beside an assessed rating, nor what the rules publish where nobody departs from them."""
    if pair.name == "ceiling":
        return before.chosen.assessed is None or after.chosen.assessed is None
    return pair.name != "by_rules" or before.override is not None or after.override is not None


def _pairs(before: Mapping[str, object], after: Mapping[str, object]) -> tuple[Pair, ...]:
    names = dict.fromkeys([*before, *after])
    pairs = (Pair(name, before.get(name), after.get(name)) for name in names)
    return tuple(pair for pair in pairs if pair.before != pair.after)


def _conclusion(step: Step | None) -> object:
    return None if step is None else step.target


def _ends(value: IndicatorValue) -> tuple[int, int]:
    return value.lowest, value.highest
