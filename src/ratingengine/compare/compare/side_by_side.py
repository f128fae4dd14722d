"""Countries side by side on one day: what differs between them, the rules and the values behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from attrs import frozen

from ratingengine.compare.standing import Standing
from ratingengine.engine.leaves import indicators
from ratingengine.model.assessment import NOT_RATED, Assessment
from ratingengine.model.value import IndicatorValue

ASPECTS: Mapping[str, Callable[[Standing], object]] = {
    "rating": lambda one: one.rating,
    "assessed": lambda one: one.assessed,
    "previous": lambda one: one.previous,
    "change": lambda one: None if one.answer is None else one.answer.change,
    "watchlist": lambda one: one.watchlist,
    "status": lambda one: one.status,
    "possible": lambda one: None if one.answer is None else one.answer.chosen.possible,
    "ceiling": lambda one: None if one.answer is None else one.answer.chosen.ceiling,
    "override": lambda one: None if one.answer is None or one.answer.override is None else one.answer.override.id,
    "profile": lambda one: None if one.answer is None else one.answer.profile,
}
ANSWERED = frozenset({"change", "possible", "ceiling", "override", "profile"})
"""Aspects that only a whole answer has."""


@frozen
class AtMost:
    """What a level is at most, where there is not enough evidence to give it."""

    word: str


@frozen
class Aspect:
    """One thing said of every country, in the order of the countries."""

    name: str
    said: tuple[object, ...]

    @property
    def differs(self) -> bool:
        """Whether the countries are told apart by it."""
        return any(one != self.said[0] for one in self.said)


@frozen
class Holding:
    """A rule that holds in some of the countries or in all; `holds_in` are their codes."""

    rule: str
    title: str
    conclusion: str
    holds_in: tuple[str, ...]


@frozen
class Reading:
    """What is known of an indicator in each country, in their order."""

    indicator: str
    values: tuple[IndicatorValue, ...]


@frozen
class SideBySide:
    """`aspects` and `levels` (by facet) of each country, rules that hold in any, and the values that decide somewhere."""

    standings: tuple[Standing, ...]
    aspects: tuple[Aspect, ...]
    levels: tuple[Aspect, ...]
    rules: tuple[Holding, ...]
    readings: tuple[Reading, ...]


def side_by_side(found: Sequence[Standing], titles: Mapping[str, str]) -> SideBySide:
    """Compare countries; rules are told where every standing has its grounds, values where each has a whole answer.

    `titles` are those of the rules.
    """
    answers = [one.answer for one in found if one.answer is not None]
    whole = len(answers) == len(found)
    aspects = (Aspect(name, tuple(map(read, found))) for name, read in ASPECTS.items() if whole or name not in ANSWERED)
    facets = dict.fromkeys(facet for one in found for facet in one.levels)
    return SideBySide(
        standings=tuple(found),
        aspects=tuple(aspect for aspect in aspects if any(said not in (None, ()) for said in aspect.said)),
        levels=tuple(Aspect(facet, tuple(_level(one, facet) for one in found)) for facet in facets),
        rules=_rules(found, titles),
        readings=_readings(answers) if whole else (),
    )


def _level(standing: Standing, facet: str) -> object:
    told = standing.levels.get(facet)
    if told is not None or standing.answer is None:
        return told
    rated = (found for found in standing.answer.chosen.facets if found.facet == facet and found.status != NOT_RATED)
    return next((AtMost(found.ceiling) for found in rated), None)


def _rules(standings: Sequence[Standing], titles: Mapping[str, str]) -> tuple[Holding, ...]:
    held: dict[str, list[str]] = {}
    said: dict[str, str] = {}
    for standing in standings:
        if standing.grounds is None:
            return ()
        said |= standing.grounds.rules
        for rule in standing.grounds.rules:
            held.setdefault(rule, []).append(standing.country.iso3)
    return tuple(Holding(rule, titles[rule], said[rule], tuple(held[rule])) for rule in sorted(held))


def _readings(answers: Sequence[Assessment]) -> tuple[Reading, ...]:
    """The indicators that the rating or a level rests on in one of the countries, where what is known of them differs."""
    names: dict[str, None] = {}
    for answer in answers:
        chosen = answer.chosen
        rules = (*chosen.deciding, *(rule for facet in chosen.facets for rule in facet.deciding))
        names |= dict.fromkeys(indicators(chosen, rules))
    found = []
    for name in sorted(names):
        values = tuple(answer.chosen.values.get(name) for answer in answers)
        known = tuple(value for value in values if value is not None)
        ends = {(value.lowest, value.highest) for value in known}
        if len(known) == len(answers) and len(ends) > 1:
            found.append(Reading(name, known))
    return tuple(found)
