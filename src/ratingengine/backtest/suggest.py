"""For each pair in which we differ: the smallest change of evidence, and the one threshold, that would reconcile it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from attrs import evolve, frozen

from ratingengine.backtest.given import Course, Key, Progress, quiet
from ratingengine.backtest.pairs import ASSESSED, Pair
from ratingengine.backtest.replay import Replay, Said
from ratingengine.backtest.thresholds import Edit, Threshold, edited, nearest, recounted, thresholds
from ratingengine.engine.assess import Method, measured, vector
from ratingengine.engine.chain import NONE
from ratingengine.evidence.values import indicator_values
from ratingengine.explain.course import with_moves
from ratingengine.explain.facts import PRIOR, Facts, Move, facts_of
from ratingengine.explain.why_not.why_not import Change, why_not
from ratingengine.model.assessment import Prior
from ratingengine.model.evidence import Evidence
from ratingengine.model.rule import RuleSet
from ratingengine.model.window import last_day
from ratingengine.world.countries import Country, by_iso3

MOST_CHANGES = 20
"""So many of the smallest changes of evidence are tried for one that breaks no other year."""


@frozen
class Effect:
    """The judged country-years that agree only before an edit, and those that agree only after it."""

    breaks: tuple[Key, ...]
    mends: tuple[Key, ...]

    @property
    def net(self) -> int:
        """How many more agree."""
        return len(self.mends) - len(self.breaks)


@frozen
class EvidenceEdit:
    """Values of one year's indicators that would have to differ.

    `held`: they only give the assessment; the transition from the year before would still keep ours from the published rating.
    """

    moves: tuple[Move, ...]
    effect: Effect
    held: bool


@frozen
class RuleEdit:
    """A threshold that would have to stand elsewhere."""

    threshold: Threshold
    edit: Edit
    effect: Effect


@frozen
class Suggestion:
    """What would reconcile a pair; None where nothing of the kind does.

    `facts` are those of the pair; `edits` counts the thresholds that would, each at its nearest value; `harmless` those of them
    that break no other pair. `agreed`: the assessment is the published rating already, and the transition from the year before
    keeps ours from it.
    """

    pair: Pair
    facts: Facts
    evidence: EvidenceEdit | None
    rule: RuleEdit | None
    edits: int
    harmless: int
    agreed: bool


@frozen
class Ground:
    """What suggestions are made on: the method with its rules, the courses of all countries, evidence, and the judged pairs."""

    method: Method
    rule_set: RuleSet
    courses: Mapping[str, Mapping[str, Course]]
    starts: Mapping[str, tuple[int, int]]
    evidence: Callable[[str], Evidence]
    pairs: tuple[Pair, ...]
    side: str

    def start(self, iso3: str) -> Prior | None:
        """The prior that a country's chain starts from."""
        found = self.starts.get(iso3)
        return None if found is None else Prior(found[1], found[1], NONE)

    def said(self, said: Said) -> int | None:
        """The severity that is compared."""
        return said.assessed if self.side == ASSESSED else said.published.rating


class Suggester:
    """Suggestions of one profile; what an edit does is found out once, however many pairs it would reconcile."""

    def __init__(self, ground: Ground, profile: str) -> None:
        self.ground = ground
        self.profile = profile
        self.replay = Replay(ground.method.programs[profile], ground.method.scale)
        self.pairs = {pair.key: pair for pair in ground.pairs if pair.given.profile == profile and pair.ours is not None}
        self.courses = {iso3: ground.courses[profile][iso3] for iso3, _ in self.pairs}
        self.chains = {iso3: self._chain(self.replay, course, iso3) for iso3, course in self.courses.items()}
        self.thresholds = thresholds(ground.rule_set, ground.method, profile)
        self.effects: dict[Edit, tuple[Threshold, Effect]] = {}

    def _chain(self, replay: Replay, course: Course, iso3: str) -> Mapping[int, Said]:
        return dict(replay.chain(course, self.ground.start(iso3)))

    def suggestion(self, pair: Pair) -> Suggestion:
        """What would reconcile one pair."""
        iso3, year = pair.key
        country = by_iso3(iso3)
        assert country is not None  # noqa: S101  # published codes are checked when they are read
        said = self.chains[iso3][year]
        facts = self._facts(country, year, said.prior)
        found = sorted(self._rule_edits(pair, said), key=lambda one: (len(one.effect.breaks), -one.effect.net, one.edit.steps))
        return Suggestion(
            pair=pair,
            facts=facts,
            evidence=self._evidence(pair, facts),
            rule=found[0] if found else None,
            edits=len(found),
            harmless=sum(not one.effect.breaks for one in found),
            agreed=said.assessed == pair.published.severity,
        )

    def _facts(self, country: Country, year: int, prior: Prior | None) -> Facts:
        method = self.ground.method
        values = indicator_values(self.ground.evidence(country.iso3), method.codebook, last_day(year), country.population)
        return facts_of(method, self.profile, values, prior, country.population)

    def _evidence(self, pair: Pair, facts: Facts) -> EvidenceEdit | None:
        """The smallest change that gives the published rating and breaks no other year; else the smallest that gives it.

        Where no evidence of the year gives it, the smallest that gives the assessment.
        """
        wanted = pair.published.severity
        # Without the rating of the year before is no evidence, and would not be this chain.
        changes = [one for one in why_not(facts, wanted).changes if all(move.indicator != PRIOR for move in one.moves)]
        giving = [change for change in changes if self._reached(change) == wanted]
        held = not giving
        found = giving or [change for change in changes if change.reached == wanted]
        tried = (
            EvidenceEdit(change.moves, self._moved(pair, with_moves(facts, change.moves)), held)
            for change in found[:MOST_CHANGES]
        )
        smallest = next(tried, None)
        if smallest is None or not smallest.effect.breaks:
            return smallest
        return next((edit for edit in tried if not edit.effect.breaks), smallest)

    def _reached(self, change: Change) -> int | None:
        return change.reached if self.ground.side == ASSESSED else change.published

    def _moved(self, pair: Pair, facts: Facts) -> Effect:
        """What other evidence of one year does to the years of its country."""
        iso3, year = pair.key
        measures = measured(facts.method, self.profile, facts.values)
        best, worst = (vector(facts.program, facts.values, measures, None, worst=end) for end in (False, True))
        course = tuple(evolve(moment, best=best, worst=worst) if moment.year == year else moment for moment in self.courses[iso3])
        return self._effect({iso3: self._chain(self.replay, course, iso3)}, pair)

    def _effect(self, chains: Mapping[str, Mapping[int, Said]], pair: Pair | None = None) -> Effect:
        """What new chains of some countries do to the judged pairs, but for the one that is to be reconciled."""
        breaks: list[Key] = []
        mends: list[Key] = []
        for key, other in self.pairs.items():
            if key[0] in chains and other is not pair:
                after = self.ground.said(chains[key[0]][key[1]]) == other.published.severity
                if after != other.exact:
                    (mends if after else breaks).append(key)
        return Effect(tuple(breaks), tuple(mends))

    def _rule_edits(self, pair: Pair, said: Said) -> Iterator[RuleEdit]:
        moment = next(one for one in self.courses[pair.key[0]] if one.year == pair.key[1])
        found = self.replay.found(moment.best, said.prior, worst=False)
        assert pair.ours is not None  # noqa: S101  # only answered pairs differ
        worse = pair.published.severity > pair.ours
        for threshold in self.thresholds:
            edit = nearest(threshold, threshold.value(moment, found.levels), worse=worse)
            if edit is None:
                continue
            if edit not in self.effects:
                self.effects[edit] = threshold, self._edited(threshold, edit)
            effect = self.effects[edit][1]
            if pair.key in effect.mends:
                others = tuple(key for key in effect.mends if key != pair.key)
                yield RuleEdit(threshold, edit, Effect(effect.breaks, others))

    def _edited(self, threshold: Threshold, edit: Edit) -> Effect:
        """What a moved threshold does: only countries of which some year lies between its two places can change."""
        touched = [iso3 for iso3 in self.courses if self._touched(iso3, threshold, edit)]
        if threshold.counted:
            where = (self.ground.method, self.profile, threshold, edit)
            courses = {iso3: recounted(*where, self.courses[iso3]) for iso3 in touched}
            return self._effect({iso3: self._chain(self.replay, course, iso3) for iso3, course in courses.items()})
        program = edited(self.ground.method, self.profile, self.ground.rule_set, threshold, edit)
        if program is None:
            return Effect((), ())
        replay = Replay(program, self.ground.method.scale)
        return self._effect({iso3: self._chain(replay, self.courses[iso3], iso3) for iso3 in touched})

    def _touched(self, iso3: str, threshold: Threshold, edit: Edit) -> bool:
        low, high = sorted((threshold.threshold, edit.to))
        read = [threshold.ends(moment) for moment in self.courses[iso3]]
        return any(ends is None or any(low <= end < high for end in ends) for ends in read)


@frozen
class Suggestions:
    """One suggestion a difference, and the single thresholds that would make most pairs agree, the best first."""

    of_pairs: tuple[Suggestion, ...]
    edits: tuple[RuleEdit, ...]


def suggestions(ground: Ground, mismatches: Sequence[Pair], progress: Progress = quiet) -> Suggestions:
    """Suggestions for all these pairs, in their order."""
    makers: dict[str, Suggester] = {}
    found = []
    for number, pair in enumerate(mismatches):
        progress(number, len(mismatches))
        profile = pair.given.profile
        if profile not in makers:
            makers[profile] = Suggester(ground, profile)
        found.append(makers[profile].suggestion(pair))
    progress(len(mismatches), len(mismatches))
    tried = (RuleEdit(told, edit, effect) for maker in makers.values() for edit, (told, effect) in maker.effects.items())
    gaining = sorted((one for one in tried if one.effect.net > 0), key=lambda one: (-one.effect.net, one.edit))
    return Suggestions(tuple(found), tuple(gaining))
