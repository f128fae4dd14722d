"""Country-years to rate: the vectors of the records on file, and random ones drawn around the thresholds of the rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from attrs import evolve, frozen

from ratingengine.engine.chain import chain
from ratingengine.engine.rating import Loaded, countries_on_record, latest_year, load_evidence
from ratingengine.engine.reference import ReferenceEngine
from ratingengine.model.program import Program, Step
from ratingengine.model.window import last_day
from ratingengine.world.countries import resolve

SEED = 20221231
MOST_RAISED = 0.5
"""In the heaviest random country-year this share of the variables lies at or beyond a threshold; in the lightest, none."""
GOLDEN = 0.6180339887498949
OPEN = 0.3
"""Share of the variables of a random country-year whose worst end is beyond every threshold, as for what nobody recorded."""


@frozen
class CountryYear:
    """The integers a program reads: at the best ends of the evidence, and at the worst."""

    name: str
    best: tuple[int, ...]
    worst: tuple[int, ...]


def country_years(loaded: Loaded, profile: str, count: int) -> tuple[tuple[CountryYear, ...], int]:
    """`count` country-years in an order of which every beginning is a fair sample, and how many of them are on record."""
    recorded = list(_recorded(loaded, profile))[:count]
    drawn = list(_drawn(loaded.method.programs[profile], count - len(recorded)))
    Random(SEED).shuffle(recorded)
    for n, row in enumerate(recorded):
        drawn.insert(n * count // len(recorded), row)
    return tuple(drawn), len(recorded)


class _Listening(ReferenceEngine):
    """The reference engine, keeping every vector that it is given."""

    def __init__(self, program: Program) -> None:
        super().__init__(program)
        self.heard: list[tuple[int, ...]] = []

    def run(self, values: Sequence[int]) -> tuple[Step, ...]:
        self.heard.append(tuple(values))
        return super().run(values)


def _recorded(loaded: Loaded, profile: str) -> Iterator[CountryYear]:
    """Every year of the chain of every country on record, as the project itself puts it before its engines."""
    engine = _Listening(loaded.method.programs[profile])
    method = evolve(loaded.method, engines={profile: (engine,)})
    for iso3 in countries_on_record(loaded.records):
        evidence = load_evidence(loaded, iso3)
        year = latest_year(evidence)
        if year is None:
            continue
        for link in chain(method, profile, evidence, last_day(year), resolve(iso3).population):
            best, worst = engine.heard[-2:]
            yield CountryYear(f"{iso3} {link.as_of.year}", best, worst)


def thresholds(program: Program) -> list[list[int]]:
    """The thresholds on each variable, lowest first."""
    found: list[set[int]] = [set() for _ in program.variables]
    for rule in program.rules:
        for test in (test for alternative in rule.alternatives for test in alternative if test.kind == "variable"):
            found[test.variable].add(test.threshold)
    return [sorted(known) for known in found]


def _drawn(program: Program, count: int) -> Iterator[CountryYear]:
    random = Random(SEED)
    known = thresholds(program)
    for n in range(count):
        # Multiples of the golden ratio spread light and heavy years evenly, so that a beginning is like the whole.
        raised = n * GOLDEN % 1 * MOST_RAISED
        best = [_value(random, steps) if random.random() < raised else steps[0] - 1 for steps in known]
        worst = [max(low, steps[-1] + 1 if random.random() < OPEN else low) for low, steps in zip(best, known, strict=True)]
        yield CountryYear(f"drawn {n}", tuple(best), tuple(worst))


def _value(random: Random, steps: list[int]) -> int:
    """At a threshold, one beside it, or beyond them all."""
    return random.choice(steps) + random.choice((-1, 0, 0, 1))
