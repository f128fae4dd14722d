"""How firm a rating is: which ratings the evidence leaves possible, and how few claims carry it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import combinations
from math import comb

from attrs import evolve, frozen

from ratingengine.engine.chain import publish
from ratingengine.evidence.values import indicator_values
from ratingengine.explain.climbing import Positions, climbed, nearest
from ratingengine.explain.course import Course
from ratingengine.explain.dualize import TooMany, bits, dualize, grow, shrink, smallest
from ratingengine.explain.facts import Facts, Move
from ratingengine.model.evidence import Evidence, Observation
from ratingengine.model.indicator import PER_MILLION
from ratingengine.model.program import Outcome
from ratingengine.model.value import IndicatorValue

FIRM, FRAGILE, UNDETERMINED = "firm", "fragile", "undetermined"
UNRATED = -1
"""Stands for a severity where no standing fact of some facet is left: no rating is given, which is no better one."""
MOST_CANDIDATES = 2_000
MOST_TRIED = 5_000
"""So many sets of claims below the smallest flip are tried one by one, whether the search has excluded them or not."""


@frozen
class Attainable:
    """The assessed severities that some values within the intervals give.

    Not `exact` where a search had to be cut, or where rules read a rating of the year before that is not known: then no severity
    between is left out.
    """

    severities: tuple[int, ...]
    exact: bool


@frozen
class Flip:
    """The smallest sets of claims (ids) without which another rating or none is assessed, their size, and the severities then.

    Without sets no set flips it; but where the search was `cut`, only none of fewer than `size` claims. `proved` tells whether
    every smaller set is known not to.
    """

    sets: tuple[tuple[str, ...], ...]
    size: int
    reached: tuple[int, ...]
    proved: bool
    cut: bool = False


@frozen
class Robust:
    """How firm a rating is.

    `possible`: assessed severities that missing and uncertain values leave; `published` what would be published for them.
    `flip`: the claims that carry it. `sources`: those without whose claims another rating would be published.
    `worse_by`: the smallest sets of open values that would worsen it.
    """

    verdict: str
    possible: Attainable
    published: tuple[int, ...]
    flip: Flip
    sources: tuple[str, ...]
    worse_by: tuple[tuple[Move, ...], ...]


def robust(facts: Facts, evidence: Evidence, as_of: date, *, rated: bool, judged: int | None = None) -> Robust:
    """How firm the rating is; `evidence` is already cut to what was known, `rated` whether a rating was given at all.

    A severity `judged` by an override is published whatever the evidence.
    """
    outcome = facts.outcome(facts.names)
    possible = attainable(facts)
    found = {publish(severity, facts.prior, outcome.gate, facts.method.scale.free).rating for severity in possible.severities}
    published = tuple(sorted(severity for severity in found if severity is not None)) if judged is None else (judged,)
    withdrawal = Withdrawal(facts, evidence, as_of)
    flipped = flip(withdrawal)
    sources = carrying_sources(withdrawal)
    hangs = judged is None and (bool(sources) or _hangs(withdrawal))
    verdict = FRAGILE if hangs else FIRM
    if not rated or len(published) != 1:
        verdict = UNDETERMINED
    return Robust(verdict, possible, published, flipped, sources, worse_by(facts, outcome.rating))


def attainable(facts: Facts) -> Attainable:
    """Each severity from the established one to the worst that is not excluded, if some values in the intervals give it."""
    best = facts.outcome(facts.names).rating
    worst = _worst_given(facts, best, max(best, facts.engine.explain(facts.not_excluded)[1].rating))
    course = Course(facts, best, worse=True, within=True)
    unknown = facts.prior is None and any(variable.subject == "prior" for variable in course.slice.program.variables)
    verdicts = {severity: None if unknown else _attained(facts, severity) for severity in range(best + 1, worst)}
    kept = [best, *(severity for severity, attained in verdicts.items() if attained is not False), worst]
    return Attainable(tuple(sorted(set(kept))), exact=not unknown and None not in verdicts.values())


def _worst_given(facts: Facts, best: int, worst: int) -> int:
    """The worst severity that the worst values give: what is known of a measure may exclude more than its bounds say."""
    for severity in range(worst, best, -1):
        course = Course(facts, severity - 1, worse=True, within=True)
        if course.slice.mirrored or course.beyond_at_top((1 << len(course.ladders)) - 1):
            return severity
    return best


def _attained(facts: Facts, severity: int) -> bool | None:
    """Whether some values give exactly this severity; None where the search would be too long.

    If any do, then also some that are the least of those that give it or a worse one, and some that are the greatest of those
    that give it or a better one; the first of each that is met decides nearly always.
    """
    course = Course(facts, severity - 1, worse=True, within=True)
    beyond = Course(facts, severity, worse=True, within=True)
    rungs = {ladder.name: number for number, ladder in enumerate(beyond.ladders)}
    if any(not ladder.counted for ladder in (*course.ladders, *beyond.ladders)):
        return None
    steps = [(number, step) for number, top in course.top.items() for step in range(1, top + 1)]

    def positions_of(members: int) -> Positions:
        return climbed({}, (steps[member] for member in bits(members)))

    def worse(members: int) -> bool:
        """Whether the values are worse than the severity asked for, found on the other course by their own thresholds."""
        positions = {}
        for number, position in positions_of(members).items():
            ladder = course.ladders[number]
            if ladder.name in rungs:
                other = beyond.ladders[rungs[ladder.name]]
                reached = sum(rung <= ladder.rungs[position - 1] for rung in other.rungs)
                positions[rungs[ladder.name]] = reached
        return beyond.beyond(positions)

    def reaches(members: int) -> bool:
        return course.beyond(positions_of(members))

    everything = (1 << len(steps)) - 1
    if not worse(shrink(everything, reaches)) or reaches(grow(0, everything, worse)):
        return True
    try:
        return any(not worse(support) for support in dualize(len(steps), reaches, MOST_CANDIDATES).supports)
    except TooMany:
        return None


def worse_by(facts: Facts, severity: int) -> tuple[tuple[Move, ...], ...]:
    """The smallest sets of values, not excluded by the evidence, that would give a worse rating."""
    course = Course(facts, severity, worse=True, within=True)
    sets, _ = smallest(len(course.ladders), course.beyond_at_top, MOST_CANDIDATES)
    ways = [course.moves(positions) for found in sets for positions in nearest(course, found).positions]
    ways.sort(key=lambda moves: (sum(move.crossed for move in moves), [move.indicator for move in moves]))
    return tuple(ways)


class Withdrawal:
    """The severity that is established without some of the claims that count on the day.

    Where a rating is given with all of them, that none is given without some is another outcome.
    """

    def __init__(self, facts: Facts, evidence: Evidence, as_of: date) -> None:
        self.facts = facts
        self.evidence = evidence
        self.as_of = as_of
        self.severity = facts.outcome(facts.names).rating
        self._known: dict[tuple[str, frozenset[str]], Mapping[str, IndicatorValue]] = {}
        self.standing = tuple(group.any_of for group in facts.method.scale.required if group.profile == facts.profile)
        self.rated = not self._lacks(facts.values)
        read = {*facts.method.compiled.reads[facts.profile], *(name for group in self.standing for name in group)}
        claims = {entry.id: entry for name in read for entry in facts.values[name].observations}
        self.claims: tuple[Observation, ...] = tuple(claims[key] for key in sorted(claims))

    def without(self, members: int) -> int:
        """The severity without these claims (a bit mask); UNRATED where their loss leaves no rating."""
        return UNRATED if self._loses(members) else self.outcome(members).rating

    def published(self, members: int) -> int | None:
        """The severity that would be published without these claims, from what the year before handed on; None where none is."""
        if self._loses(members):
            return None
        outcome = self.outcome(members)
        return publish(outcome.rating, self.facts.prior, outcome.gate, self.facts.method.scale.free).rating

    def outcome(self, members: int) -> Outcome:
        """What is established without these claims."""
        facts = self.facts
        return facts.engine.explain(evolve(facts, values=self._left(members)).established)[1]

    def _loses(self, members: int) -> bool:
        """Whether a rating is given, and is not without these claims."""
        return self.rated and self._lacks(self._left(members))

    def _lacks(self, values: Mapping[str, IndicatorValue]) -> bool:
        """Whether nothing standing is known of some facet."""
        return any(not any(values[name].known for name in group) for group in self.standing)

    def _left(self, members: int) -> Mapping[str, IndicatorValue]:
        """The values without these claims."""
        lost: dict[str, set[str]] = {}
        for number in bits(members):
            lost.setdefault(self.claims[number].indicator, set()).add(self.claims[number].id)
        values = dict(self.facts.values)
        for name, ids in lost.items():
            values |= self._values(name, frozenset(ids))
        return values

    def _values(self, name: str, ids: frozenset[str]) -> Mapping[str, IndicatorValue]:
        """The indicator and its companion, from what is left of its observations."""
        if (name, ids) not in self._known:
            left = tuple(entry for entry in self.evidence.observations if entry.indicator == name and entry.id not in ids)
            searches = tuple(search for search in self.evidence.searches if name in search.indicators)
            rest = evolve(self.evidence, observations=left, searches=searches)
            found = indicator_values(rest, self.facts.method.codebook, self.as_of, self.facts.population)
            self._known[name, ids] = {key: value for key, value in found.items() if key in (name, f"{name}{PER_MILLION}")}
        return self._known[name, ids]


def flip(withdrawal: Withdrawal) -> Flip:
    """The smallest sets of claims whose withdrawal gives another assessed rating, or none.

    Withdrawing is monotone as long as all that speaks of one state goes together (docs/method.md); every smaller set is tried
    besides where there are few.
    """
    count, severity = len(withdrawal.claims), withdrawal.severity

    def named(members: int) -> tuple[str, ...]:
        return tuple(withdrawal.claims[number].id for number in bits(members))

    sets, size = smallest(count, lambda members: withdrawal.without(members) < severity, MOST_CANDIDATES)
    cut = not sets and withdrawal.without((1 << count) - 1) < severity
    for tried in range(1, size if sets else count + 1):
        if comb(count, tried) > MOST_TRIED:
            return Flip(tuple(map(named, sets)), size, _reached(withdrawal, sets), proved=False, cut=cut)
        others = [members for members in _subsets(count, tried) if withdrawal.without(members) != severity]
        if others:
            return Flip(tuple(map(named, others)), tried, tuple(map(withdrawal.without, others)), proved=True)
    return Flip(tuple(map(named, sets)), size, _reached(withdrawal, sets), proved=True, cut=cut)


def carrying_sources(withdrawal: Withdrawal) -> tuple[str, ...]:
    """The sources without whose claims of the day another rating, or none, would be published; what others report too stays."""
    cited = [frozenset(citation.source for citation in entry.sources) for entry in withdrawal.claims]

    def alone(source: str) -> int:
        return sum(1 << number for number, sources in enumerate(cited) if sources == {source})

    now = withdrawal.published(0)
    names = sorted(frozenset().union(*cited))
    return tuple(name for name in names if withdrawal.published(alone(name)) != now)


def _hangs(withdrawal: Withdrawal) -> bool:
    """Whether another rating, or none, would be published without some single claim."""
    now = withdrawal.published(0)
    return any(withdrawal.published(1 << number) != now for number in range(len(withdrawal.claims)))


def _reached(withdrawal: Withdrawal, sets: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(map(withdrawal.without, sets))


def _subsets(count: int, size: int) -> Iterator[int]:
    return (sum(1 << number for number in chosen) for chosen in combinations(range(count), size))
