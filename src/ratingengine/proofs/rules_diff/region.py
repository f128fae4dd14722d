"""What a comparison of meanings comes to: the answer, and the regions of inputs on which two rule sets disagree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from attrs import frozen

from ratingengine.proofs.rules_diff.side import Side
from ratingengine.proofs.rules_diff.space import Aspect, Interval, Point, companions_read, cuts, intervals
from ratingengine.world.countries import Country, by_iso3

SAME, DIFFERENT, UNKNOWN, INCOMPARABLE = "same", "different", "not known", "not comparable"
IDENTITY, Z3, ENUMERATION = "the same tests and conclusions", "z3", "enumeration"
DESERTED = "BVT"
PEOPLED = ("IND", "BRA", "BEL", "ISL", "GRL", "PCN")
"""Where rates per million are read: countries from many people to few, since a witness should rest on rates only where counts
do not tell. What is told of them is invented."""


@frozen
class Witness:
    """An input, and whether one record and `--prior` can state it."""

    point: Point
    stated: bool


@frozen
class Region:
    """The inputs on which an aspect comes to `old` in the one and `new` in the other rule set.

    `whole` tells that each of them has all the indicators known that one of the witnesses has.
    """

    aspect: Aspect
    old: int
    new: int
    witnesses: tuple[Witness, ...]
    whole: bool


@frozen
class Meaning:
    """One profile: the answer, how it was found (empty where it is not known), why it has none, and the regions."""

    profile: str
    answer: str
    by: str = ""
    why: str = ""
    regions: tuple[Region, ...] = ()


def countries(sides: Sequence[Side], profile: str) -> tuple[Country, ...]:
    """Which countries witnesses are told of: a deserted island, and where rates are read those of all sizes."""
    names = PEOPLED if companions_read(sides, profile) else (DESERTED,)
    return tuple(country for country in map(by_iso3, names) if country is not None)


def choices_of(name: str, sides: tuple[Side, Side], profile: str, country: Country) -> tuple[Interval, ...]:
    """What a record can say of an indicator that may tell the sides apart, best first."""
    found = cuts(name, sides, profile, country.population)
    return intervals(sides[0].method.codebook[name], found)


def by_mildness(choices: Mapping[str, Sequence[Interval]]) -> Iterator[dict[str, Interval]]:
    """Every choice of one interval for each indicator, those with the fewest steps from the best first."""
    names = list(choices)
    steps = product(*(range(len(choices[name])) for name in names))
    for found in sorted(steps, key=lambda found: (sum(found), found)):
        yield {name: choices[name][step] for name, step in zip(names, found, strict=True)}
