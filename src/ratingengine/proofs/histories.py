"""Several years of one country as formulas: each year's day reads what `chain` hands on from the year before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from attrs import frozen

from ratingengine.evidence.values import YEAR
from ratingengine.model.indicator import Indicator
from ratingengine.proofs.change import Change
from ratingengine.proofs.days import Assessed, Day
from ratingengine.proofs.extents import Extent
from ratingengine.proofs.figures import People
from ratingengine.proofs.priors import PriorState
from ratingengine.proofs.solver import Formula, every, integer, negation, some
from ratingengine.proofs.subject import ProfileProved
from ratingengine.world.countries import Country, all_countries

MOST_YEARS = 4
"""How long histories are tried to show a fault that a single day with any prior has."""

PREFERRED = ("BVT", "HMD", "ATA", "PCN")
"""Invented evidence is put on nobody where the population does not matter."""


Choice = tuple[Sequence[Country], Formula]
"""Countries, and what holds where the evidence is of one of them."""


@frozen(eq=False)
class History:
    """Consecutive years, the first without any before it."""

    years: tuple[Assessed, ...]

    @classmethod
    def of(cls, profile: ProfileProved, label: str, people: People, change: Change, count: int) -> History:
        """So many years of which anything may be known."""
        years: list[Assessed] = []
        for number in range(count):
            prior = change.handed_on(years[-1]) if years else PriorState.none(change.worst)
            years.append(Assessed.of(Day.of(profile, f"{label}{number}", people, prior)))
        return cls(tuple(years))

    @property
    def last(self) -> Assessed:
        """The last year."""
        return self.years[-1]

    @property
    def days(self) -> tuple[Day, ...]:
        """The days, first to last."""
        return tuple(year.day for year in self.years)

    def axioms(self) -> list[Formula]:
        """What holds of every history."""
        return [*(axiom for day in self.days for axiom in day.axioms()), *carried(self.days)]

    def known(self) -> list[Formula]:
        """What is told of in each year."""
        return [extent.told for day in self.days for extent in day.extents.values()]


def carried(days: Sequence[Day]) -> Iterator[Formula]:
    """What a year's mean over several years says of the years before: nothing has changed, or each year stated one number.

    Records can say more than that; it is enough for a witness.
    """
    for extents in zip(*(day.extents.values() for day in days), strict=True):
        first, *others = extents
        if others and first.indicator.window_months != YEAR:
            lasting = every(first.equal(other) for other in others)
            changing = first.numeric and first.indicator.time == "spell"
            yield some((lasting, _stated(extents))) if changing else lasting


def _stated(extents: Sequence[Extent]) -> Formula:
    """Each year's value is the mean, without a remainder, of what the years in its window state."""
    numbers = [integer(f"{extent.label} stated") for extent in extents]
    found: list[Formula] = []
    for place, extent in enumerate(extents):
        inside = numbers[max(0, place + 1 - years_read(extent.indicator)) : place + 1]
        mean = every((extent.best == extent.worst, len(inside) * extent.best == sum(inside)))
        found += [mean, numbers[place] >= extent.lowest, numbers[place] <= extent.highest]
    return every(found)


def years_read(indicator: Indicator) -> int:
    """In how many years running a year's statement is read."""
    return -(-indicator.window_months // YEAR)


def choices(histories: Sequence[History], people: People, countries: Sequence[Country]) -> Iterator[Choice]:
    """Countries to look for a witness in, with what then holds: the first, then all.

    Free companions can be tied to their counts only where the population is a number: then a few countries are tried in turn.
    """
    days = [day for history in histories for day in history.days]
    if any(day.free for day in days):
        each: list[Sequence[Country]] = [(country,) for country in dict.fromkeys((*countries[:2], middling(countries)))]
    else:
        each = [countries[:1], countries]
    for some_of_them in each:
        tied = (formula for day in days for formula in day.tied(some_of_them[0].population))
        yield some_of_them, every((peopled(people, some_of_them), *tied))


def middling(countries: Sequence[Country]) -> Country:
    """A country of middling population."""
    return sorted(countries, key=lambda country: country.population or 0)[len(countries) // 2]


def peopled(people: People, countries: Sequence[Country]) -> Formula:
    """The population is that of one of these countries, or unknown where one has none."""
    sizes = {country.population for country in countries}
    known = some(people.number == size for size in sorted(size for size in sizes if size))
    return some((every((people.known, known)), negation(people.known) if sizes - {None} != sizes else False))


def candidates(avoided: Iterable[str]) -> tuple[Country, ...]:
    """The countries to put invented evidence on, the preferred first, without those that have records."""
    left = [country for country in all_countries() if country.iso3 not in set(avoided)]
    places = {iso3: place for place, iso3 in enumerate(PREFERRED)}
    return tuple(sorted(left, key=lambda country: (places.get(country.iso3, len(places)), country.iso3)))
