"""How much of the difference between two ratings each changed input makes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations, islice

from attrs import frozen

from ratingengine.engine.assess import Method, measured, vector
from ratingengine.explain.diff.mixture import EVIDENCE, RULES, Input, Mixture
from ratingengine.explain.diff.shapley import MOST_EXACT, Shares, Weight, Worth, orders, shares, weights
from ratingengine.explain.dualize import TooMany, bits, dualize
from ratingengine.model.indicator import PER_MILLION, base_of

MOST_SETS = 500
"""Where an indicator's part in the rating would take a longer search to exclude, it is weighed like those that have one."""
MOST_MIXTURES = 100_000
"""So many sets of other inputs are tried for the smallest one, then a larger one is given."""
MOST_FREE = 6
"""So many inputs may point in either direction before the search for idle ones is given up."""


@frozen
class Term:
    """The share of one input, in bands (worse is positive); `error` is the standard error of a drawn share, None when exact."""

    input: Input
    share: Fraction
    error: float | None


@frozen
class Corner:
    """A whole re-run: evidence of one side under the rules of one side (0 or 1 each), and the severity published."""

    evidence: int
    rules: int
    severity: int


@frozen
class Attribution:
    """All terms, largest first; they add up to `after` − `before`.

    `idle` are inputs that differ and change the rating in no mixture. `orders` were drawn where not all could be weighed.
    """

    before: int
    after: int
    terms: tuple[Term, ...]
    idle: tuple[Input, ...]
    orders: int | None
    corners: tuple[Corner, ...]


@frozen
class Derivation:
    """How the exact share of one input comes about, and the smallest mixture in which it moves the rating.

    `others` were taken from the other side before; `without` and `within` are the severities before and after the input.
    They are the fewest that will do where `smallest`; else the search was cut, and no part of them will do one by one.
    """

    term: Term
    weights: tuple[Weight, ...] | None
    others: tuple[Input, ...]
    without: int
    within: int
    smallest: bool = True


def attribute(mixture: Mixture) -> Attribution:
    """The attribution of the whole difference."""
    acting = _acting(mixture)

    def worth(members: int) -> int:
        return mixture.worth(_mask(acting, members))

    found = shares(len(acting), worth)
    errors: Sequence[float | None] = found.errors or [None] * len(acting)
    idle = {acting[place] for place in _weighed_idle(worth, found)} | {*range(len(mixture.inputs))} - {*acting}
    terms = [
        Term(mixture.inputs[number], share, error)
        for number, share, error in zip(acting, found.values, errors, strict=True)
        if number not in idle
    ]
    terms.sort(key=lambda term: (-abs(term.share), term.input.kind, term.input.name))
    everything = (1 << len(mixture.inputs)) - 1
    return Attribution(
        before=mixture.worth(0),
        after=mixture.worth(everything),
        terms=tuple(terms),
        idle=tuple(mixture.inputs[number] for number in sorted(idle)),
        orders=found.orders,
        corners=_corners(mixture, everything),
    )


def _weighed_idle(worth: Worth, found: Shares) -> Iterator[int]:
    """Where all sets were weighed: the inputs of which that has shown that they move the rating in none."""
    count = len(found.values)
    for place, share in enumerate(found.values):
        own = 1 << place
        if found.orders is None and not share and all(worth(m) == worth(m | own) for m in range(1 << count) if not m & own):
            yield place


def _mask(acting: Sequence[int], members: int) -> int:
    return sum(1 << acting[number] for number in bits(members))


def _corners(mixture: Mixture, everything: int) -> tuple[Corner, ...]:
    rules = sum(1 << number for number, found in enumerate(mixture.inputs) if found.kind == RULES)
    evidence = everything & ~rules
    sides = ((0, 0), (1, 1)) if not rules else ((0, 0), (0, 1), (1, 0), (1, 1))
    return tuple(Corner(e, r, mixture.worth((evidence if e else 0) | (rules if r else 0))) for e, r in sides)


def derive(mixture: Mixture, asked: Input) -> Derivation:
    """How the share of one input comes about. Raises KeyError for an input that does not differ."""
    acting = _acting(mixture)
    if asked not in mixture.inputs:
        raise KeyError(asked.name)
    whole = attribute(mixture)
    term = next((term for term in whole.terms if term.input == asked), Term(asked, Fraction(0), None))
    number = mixture.inputs.index(asked)
    if number not in acting:
        return Derivation(term, None, (), whole.before, whole.before)
    place = acting.index(number)

    def worth(members: int) -> int:
        return mixture.worth(_mask(acting, members))

    found = weights(len(acting), place, worth) if len(acting) <= MOST_EXACT else None
    others, smallest = _smallest(worth, len(acting), place)
    named = tuple(mixture.inputs[acting[other]] for other in bits(others))
    return Derivation(term, found, named, worth(others), worth(others | 1 << place), smallest)


def _smallest(worth: Worth, count: int, place: int) -> tuple[int, bool]:
    """The smallest set of others with which the input moves the rating, the first by number among equals.

    Where too many would have to be tried: one that the drawn orders meet, made smaller while it can be. The second value tells
    which of the two it is. None at all is the empty set.
    """
    own = 1 << place

    def moves(members: int) -> bool:
        return worth(members) != worth(members | own)

    candidates = _by_size(count, place)
    found = next((members for members in islice(candidates, MOST_MIXTURES) if moves(members)), None)
    if found is not None:
        return found, True
    if next(candidates, None) is None:
        return 0, True
    met = (members for order in orders(count) for members in _before(order, place))
    found = next((members for members in met if moves(members)), 0)
    for number in bits(found):
        if moves(found & ~(1 << number)):
            found &= ~(1 << number)
    return found, False


def _by_size(count: int, place: int) -> Iterator[int]:
    """All sets without the input, the smaller first, by number among equals."""
    others = [number for number in range(count) if number != place]
    for size in range(count):
        yield from sorted(sum(1 << number for number in found) for found in combinations(others, size))


def _before(order: Sequence[int], place: int) -> Iterator[int]:
    """What stands before the input in an order, read forwards and backwards."""
    for sequence in (order, order[::-1]):
        yield sum(1 << number for number in sequence[: sequence.index(place)])


def _acting(mixture: Mixture) -> tuple[int, ...]:
    """The inputs that move the rating in some mixture; one of which this cannot be excluded in short time is among them."""
    evidence = [number for number, found in enumerate(mixture.inputs) if found.kind == EVIDENCE]
    others = [number for number in range(len(mixture.inputs)) if number not in evidence]
    signs = {number: _sign(mixture, number) for number in evidence}
    kept = {number for number, sign in signs.items() if sign is None}
    moving = [number for number in evidence if signs[number]]
    if not _one_way(mixture):
        return tuple(sorted({*moving, *kept, *others}))
    free = sorted({*kept, *others})
    if len(free) > MOST_FREE:
        return tuple(sorted({*moving, *kept, *others}))
    used: set[int] = set()
    for members in range(1 << len(free)):
        fixed = _mask(free, members)
        used |= _used(mixture, moving, signs, fixed)
    return tuple(sorted({*used, *kept, *others}))


def _used(mixture: Mixture, moving: Sequence[int], signs: dict[int, int | None], fixed: int) -> set[int]:
    """The evidence that is in some minimal set that gives some severity, when the other inputs are fixed.

    A member of such a set is an input on its worse side, so that more members never give a better rating.
    """
    better = sum(1 << number for number in moving if (signs[number] or 0) < 0)

    def worth(members: int) -> int:
        return mixture.worth(fixed | (_mask(moving, members) ^ better))

    def needed(least: int) -> set[int]:
        supports = dualize(len(moving), lambda members: worth(members) >= least, MOST_SETS).supports
        return {moving[number] for support in supports for number in bits(support)}

    lowest, highest = worth(0), worth((1 << len(moving)) - 1)
    try:
        return set().union(*(needed(severity) for severity in range(lowest + 1, highest + 1)))
    except TooMany:
        return set(moving)


def _sign(mixture: Mixture, number: int) -> int | None:
    """1 where the other side is worse, -1 where it is better, 0 where no test tells the sides apart, None where both occur."""
    name = mixture.inputs[number].name
    signs: set[int] = set()
    for rules in (0, 1):
        program = mixture.engine(rules).program
        method = mixture.method(rules)
        for records in (0, 1):
            one, other = mixture.values(0, records), mixture.values(1, records)
            changed = {**one, **{key: other[key] for key in other if key in (name, f"{name}{PER_MILLION}")}}
            vectors = [
                vector(program, values, measured(method, mixture.profile, values), None, worst=False) for values in (one, changed)
            ]
            tests = {test for rule in program.rules for found in rule.alternatives for test in found if test.kind == "variable"}
            for test in tests:
                if program.variables[test.variable].subject == "measure":
                    continue
                low, high = (found[test.variable] >= test.threshold for found in vectors)
                # A condition in the better direction opens a gate, so what makes it hold is an improvement.
                turn = -1 if program.variables[test.variable].mirrored else 1
                signs.add(turn * (int(high) - int(low)))
            if name in _measured_by(method, mixture.profile):
                # A measure moves with several inputs together, so that crossing none of its thresholds alone proves nothing.
                signs |= {_compared(one[name].best, other[name].best), _compared(one[name].worst, other[name].worst)}
    signs.discard(0)
    return 0 if not signs else signs.pop() if len(signs) == 1 else None


def _measured_by(method: Method, profile: str) -> frozenset[str]:
    """The coded indicators that measures rest on, by themselves or by their companions."""
    return frozenset(base_of(entry.indicator) for found in method.compiled.measures[profile].values() for entry in found.inputs)


def _compared(one: int, other: int) -> int:
    return (other > one) - (other < one)


def _one_way(mixture: Mixture) -> bool:
    """Whether conditions in the better direction serve gates alone, so that worse evidence never gives a better rating."""
    for rules in (0, 1):
        program = mixture.engine(rules).program
        for rule in program.rules:
            tests = {test for alternative in rule.alternatives for test in alternative if test.kind == "variable"}
            mirrored = any(program.variables[test.variable].mirrored for test in tests)
            if mirrored and rule.target.kind not in ("upgrade_gate", "watchlist"):
                return False
    return True
