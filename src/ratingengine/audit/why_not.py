"""Why not a better rating: every minimal set of facts that would have to differ, and how little each would have to.

The sets are the minimal blocks of *worse than asked*, so there is no smaller one and no other; within a set the values nearest to
the evidence are found by trying the thresholds between.
"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from ratingengine.audit.dualize import dualize
from ratingengine.audit.facts import PRIOR, Facts, Move
from ratingengine.model.indicator import PER_MILLION_DECIMALS, Indicator, base_of, is_derived

MOST_SETS = 20_000
MOST_TRIALS = 400


@frozen
class WhyNot:
    """The minimal sets of moves that give the rating asked for or a better one.

    Ranked by the number of indicators, then by thresholds crossed. `alone` are the facts that suffice by themselves, `never`
    those that no minimal set contains: changing them does not help, alone or with others.
    """

    severity: int
    wanted: int
    sets: tuple[tuple[Move, ...], ...]
    alone: tuple[str, ...]
    never: tuple[str, ...]


def why_not(facts: Facts, wanted: int) -> WhyNot:
    """What would give the severity `wanted` or better. Raises TooMany beyond MOST_SETS."""
    names = facts.names
    severity = facts.outcome(names).rating

    def too_bad(numbers: frozenset[int]) -> bool:
        return facts.outcome(names[number] for number in numbers).rating > wanted

    blocks = dualize(range(len(names)), too_bad, MOST_SETS).blocks if severity > wanted else ()
    named = [tuple(names[number] for number in sorted(block)) for block in blocks]
    sets = [moves for block in named for moves in nearest(facts, block, wanted)]
    sets.sort(key=lambda moves: (len(moves), sum(move.crossed for move in moves), [move.indicator for move in moves]))
    used = {name for block in named for name in block}
    return WhyNot(
        severity=severity,
        wanted=wanted,
        sets=tuple(sets),
        alone=tuple(block[0] for block in named if len(block) == 1),
        never=tuple(name for name in names if name not in used),
    )


def nearest(facts: Facts, block: tuple[str, ...], wanted: int) -> Iterator[tuple[Move, ...]]:
    """The ways to move exactly these facts that suffice, none of which moves every fact at least as far as another.

    Tried outwards from the nearest threshold of each. After MOST_TRIALS trials only the way that leaves each fact out is given.
    """
    options = [candidates(facts, name) for name in block]
    enough: list[tuple[int, ...]] = []
    level = {(0,) * len(block)}
    trials = 0
    while level:
        following: set[tuple[int, ...]] = set()
        for steps in sorted(level):
            if any(all(a <= b for a, b in zip(kept, steps, strict=True)) for kept in enough):
                continue
            trials += 1
            moves = tuple(found[step] for found, step in zip(options, steps, strict=True))
            if facts.outcome_after(moves).rating <= wanted:
                enough.append(steps)
                yield moves
                continue
            following |= {_farther(steps, n) for n, found in enumerate(options) if steps[n] + 1 < len(found)}
        level = following
        if trials > MOST_TRIALS:
            if not enough:
                yield tuple(found[-1] for found in options)
            return


def _farther(steps: tuple[int, ...], number: int) -> tuple[int, ...]:
    return (*steps[:number], steps[number] + 1, *steps[number + 1 :])


def candidates(facts: Facts, name: str) -> tuple[Move, ...]:
    """The values just short of each threshold below the established one, nearest first."""
    if name == PRIOR:
        return (Move(PRIOR, 0, 0, 1),)
    value = facts.values[name]
    indicator = value.indicator
    short: set[int] = set()
    for test in {test for rule in facts.program.rules for found in rule.alternatives for test in found}:
        if test.kind != "variable":
            continue
        variable = facts.program.variables[test.variable]
        if variable.subject == "indicator" and base_of(variable.name) == name and not variable.mirrored:
            short.add(_short_of(test.threshold, facts.values[variable.name].indicator, facts.population))
    lowest = indicator.severity(indicator.lowest if indicator.worse == "higher" else indicator.highest)
    reachable = sorted((severity for severity in short if lowest <= severity < value.best), reverse=True)
    present = indicator.severity(value.best)
    if not reachable:
        # Read through a measure only: the nearest change that is known to matter is to leave it out.
        reachable = [lowest]
    return tuple(Move(name, present, indicator.severity(s), crossed) for crossed, s in enumerate(reachable, start=1))


def _short_of(threshold: int, indicator: Indicator, population: int | None) -> int:
    """The gravest severity of the coded indicator that stays below a threshold on it or on its companion."""
    if not is_derived(indicator):
        return threshold - 1
    unit = 10**6 * 10**PER_MILLION_DECIMALS
    return int((threshold * (population or 1) - 1) // unit)
