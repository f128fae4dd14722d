"""A direction in which evidence could differ: per fact the values worth trying, nearest first, and the rating at any of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from math import ceil, floor

from attrs import evolve, frozen

from ratingengine.engine.assess import measured, vector
from ratingengine.engine.measures import stairs
from ratingengine.engine.reference import ReferenceEngine
from ratingengine.explain.dualize import bits
from ratingengine.explain.facts import PRIOR, Facts, Move, distance
from ratingengine.explain.slicing import Slice, sliced
from ratingengine.model.condition import Atom
from ratingengine.model.indicator import PER_MILLION_DECIMALS, Indicator, base_of, is_derived
from ratingengine.model.normal import normalise, subject_of
from ratingengine.model.rule import MeasureInput
from ratingengine.model.value import IndicatorValue


@frozen
class Ladder:
    """The severities one fact may be moved to, nearest first: the thresholds on it (`counted`), or all where measures read it."""

    name: str
    present: int
    rungs: Sequence[int]
    counted: bool


class Course:
    """All ladders in one direction, and whether the rating stays worse than the severity `above`.

    A position is the number of rungs a ladder is climbed; ladders that are not named stay where the evidence puts them.
    """

    def __init__(self, facts: Facts, above: int, *, worse: bool, within: bool = False) -> None:
        """`within`: no value beyond the worst end that the evidence leaves open."""
        self.facts = facts
        self.worse = worse
        self.runs = 0
        far = facts.not_excluded if within else facts.gravest if worse else facts.silent
        self.slice: Slice = sliced(facts.program, facts.established, far, above)
        self.ladders = _ladders(facts, self.slice, worse, within)
        self._above = above
        self._explain = ReferenceEngine(self.slice.program).explain
        self._base = [facts.established[number] for number in self.slice.numbers]
        self._slow = any(variable.subject == "measure" for variable in self.slice.program.variables)
        self._moves: dict[tuple[int, int], Move] = {}
        self._changes: dict[tuple[int, int], Mapping[str, IndicatorValue]] = {}
        self._settings: dict[tuple[int, int], tuple[tuple[int, int], ...]] = {}
        self._tops = [] if self._slow else [self._setting(number, top) for number, top in self.top.items()]

    @property
    def top(self) -> Mapping[int, int]:
        """Every ladder climbed to its end."""
        return {number: len(ladder.rungs) for number, ladder in enumerate(self.ladders)}

    @property
    def from_none(self) -> bool:
        """Whether a ladder starts from no value on record: its first rungs may be worse than none."""
        return any(ladder.name != PRIOR and self.facts.values[ladder.name].absent for ladder in self.ladders)

    def beyond(self, positions: Mapping[int, int]) -> bool:
        """Whether the rating is worse than `above` at these positions."""
        self.runs += 1
        if self._slow:
            return self._beyond(self._slowly(positions))
        return self._run(self._setting(number, position) for number, position in positions.items())

    def beyond_at_top(self, members: int) -> bool:
        """The same with these ladders (a bit mask) climbed to their ends."""
        if self._slow:
            return self.beyond({number: len(self.ladders[number].rungs) for number in bits(members)})
        self.runs += 1
        return self._run(self._tops[number] for number in bits(members))

    def _run(self, settings: Iterable[tuple[tuple[int, int], ...]]) -> bool:
        values = self._base.copy()
        for setting in settings:
            for place, value in setting:
                values[place] = value
        return self._beyond(values)

    def _beyond(self, values: Sequence[int]) -> bool:
        return self._explain(values)[1].rating > self._above

    def _slowly(self, positions: Mapping[int, int]) -> Sequence[int]:
        changed: dict[str, IndicatorValue] = {}
        prior = self.facts.prior
        for number, position in positions.items():
            if position and self.ladders[number].name == PRIOR:
                prior = None
            else:
                changed |= self._change(number, position)
        facts = self.facts
        values = {**facts.values, **changed}
        return vector(self.slice.program, values, measured(facts.method, facts.profile, values), prior, worst=False)

    def _change(self, number: int, position: int) -> Mapping[str, IndicatorValue]:
        """The values that a position of a ladder changes; none for the prior, which is left out."""
        key = number, position
        if key not in self._changes:
            ladder = self.ladders[number]
            stays = not position or ladder.name == PRIOR
            self._changes[key] = {} if stays else _changed(self.facts, ladder.name, ladder.rungs[position - 1])
        return self._changes[key]

    def _setting(self, number: int, position: int) -> tuple[tuple[int, int], ...]:
        """The variables of the slice that a position of a ladder sets, with their values."""
        key = number, position
        if key not in self._settings:
            facts = self.facts
            prior = None if position and self.ladders[number].name == PRIOR else facts.prior
            values = {**facts.values, **self._change(number, position)}
            moved = vector(self.slice.program, values, {}, prior, worst=False)
            self._settings[key] = tuple((place, value) for place, value in enumerate(moved) if value != self._base[place])
        return self._settings[key]

    def moves(self, positions: Mapping[int, int]) -> tuple[Move, ...]:
        """The positions as moves, by indicator."""
        found = [self._made(number, position) for number, position in positions.items() if position]
        return tuple(sorted(found, key=lambda move: move.indicator))

    def _made(self, number: int, position: int) -> Move:
        """The move of a ladder, made once: hundreds of sets share it."""
        key = number, position
        if key not in self._moves:
            self._moves[key] = self._move(number, position)
        return self._moves[key]

    def _move(self, number: int, position: int) -> Move:
        ladder = self.ladders[number]
        severity = ladder.rungs[position - 1]
        far = self._distance(number, severity)
        if ladder.name == PRIOR:
            return Move(PRIOR, 0, 0, 1, far)
        value = self.facts.values[ladder.name]
        turn = value.indicator.severity
        crossed = position if ladder.counted else 1
        excluded = value.absent or severity > value.worst
        return Move(ladder.name, turn(ladder.present), turn(severity), crossed, far, excluded)

    def within(self, number: int, most: Fraction) -> int:
        """How many rungs of a ladder lie no further than `most` from where the evidence puts the fact."""
        return bisect_right(self.ladders[number].rungs, most, key=lambda severity: self._distance(number, severity))

    def _distance(self, number: int, severity: int) -> Fraction:
        ladder = self.ladders[number]
        if ladder.name == PRIOR or self.facts.values[ladder.name].absent:
            return Fraction(1)
        indicator = self.facts.values[ladder.name].indicator
        return distance(indicator, indicator.severity(ladder.present), indicator.severity(severity))


def _changed(facts: Facts, name: str, severity: int) -> Mapping[str, IndicatorValue]:
    """The values that differ when one indicator has another severity: its own, and its companion's."""
    moved = facts.after(Move(name, 0, facts.values[name].indicator.severity(severity), 1))
    return {name: value for name, value in moved.values.items() if value is not facts.values[name]}


def _ladders(facts: Facts, part: Slice, worse: bool, within: bool) -> tuple[Ladder, ...]:
    variables = part.program.variables
    thresholds, spans = _thresholds(facts, part, worse), _spans(facts, part)
    counted = _counted(facts, part, worse)
    names = {base_of(variable.name) for variable in variables if variable.subject == "indicator"} | {*spans, *counted}
    found = [
        _ladder(
            facts.values[name],
            thresholds.get(name, set()) | counted.get(name, set()),
            spans.get(name),
            _Way(worse, within, name in spans or name in counted),
        )
        for name in sorted(names)
    ]
    if any(variable.subject == "prior" for variable in variables) and not worse and facts.prior is not None:
        found.append(Ladder(PRIOR, 0, (0,), counted=True))
    return tuple(sorted((ladder for ladder in found if ladder.rungs), key=lambda ladder: ladder.name))


@frozen
class _Way:
    """Which way a ladder leads, whether only to what the evidence leaves open, and whether a measure reads the indicator."""

    worse: bool
    within: bool
    measured: bool


def _ladder(value: IndicatorValue, short: Iterable[int], span: tuple[int, int] | None, way: _Way) -> Ladder:
    """The ladder of an indicator from its best end.

    `short` are the severities that just reach, or just miss, its thresholds; between the two of `span` each one counts.
    """
    indicator, present = value.indicator, value.best
    lowest, gravest = sorted((indicator.severity(indicator.lowest), indicator.severity(indicator.highest)))
    if way.within:
        # What is on record as having no value is not open.
        gravest = present if value.absent else value.worst
    # Told no worse than the best, an indicator that was not known is one more input that a measure needs.
    from_here = way.worse and way.measured and not value.told
    first, last = (present if from_here else present + 1, gravest) if way.worse else (lowest, present - 1)
    if value.absent and not way.worse:
        last = gravest  # a value in place of none may be better than none, whichever it is
    if span is None:
        reachable = {severity for severity in (*short, *([present] if from_here else [])) if first <= severity <= last}
        return Ladder(indicator.id, present, tuple(sorted(reachable, reverse=not way.worse)), counted=True)
    first, last = max(first, min((span[0], *short))), min(last, max((span[1], *short)))
    if from_here and first > present:
        first = present
    return Ladder(indicator.id, present, range(first, last + 1)[:: 1 if way.worse else -1], counted=False)


def _inputs(facts: Facts, part: Slice) -> tuple[MeasureInput, ...]:
    """The inputs of the measures that are left in the slice."""
    measures = facts.method.compiled.measures[facts.profile]
    read = sorted({variable.name for variable in part.program.variables if variable.subject == "measure"})
    return tuple(entry for name in read for entry in measures[name].inputs)


def _counted(facts: Facts, part: Slice, worse: bool) -> Mapping[str, set[int]]:
    """Per coded indicator the severities that just reach, or just miss, what a count or a step asks of it or its companion."""
    found: dict[str, set[int]] = {}
    for entry in _inputs(facts, part):
        indicator = facts.values[entry.indicator].indicator
        thresholds = [threshold for threshold, _ in stairs(entry, indicator)[1:]] if entry.steps else []
        if isinstance(entry.atom, Atom):
            subject = subject_of(entry.atom, facts.method.codebook, facts.method.scale, {})
            thresholds = [normalise(entry.atom, subject).threshold]
        for threshold in thresholds:
            severity = _threshold(threshold, indicator, facts.population, worse)
            found.setdefault(base_of(entry.indicator), set()).add(severity)
    return found


def _spans(facts: Facts, part: Slice) -> Mapping[str, tuple[int, int]]:
    """Per coded indicator the severities between which a measure rescales it or its companion; beyond them nothing changes."""
    found: dict[str, tuple[int, int]] = {}
    for entry in _inputs(facts, part):
        if isinstance(entry.atom, Atom) or entry.source_range is None:
            continue
        indicator, name = facts.values[entry.indicator].indicator, base_of(entry.indicator)
        low, high = sorted(Fraction(end) * 10**indicator.decimals * indicator.severity(1) for end in entry.source_range)
        ends = floor(low), ceil(high)
        if is_derived(indicator):
            ends = (
                _threshold(ends[0] + 1, indicator, facts.population, worse=False),
                _threshold(ends[1], indicator, facts.population, worse=True),
            )
        before = found.get(name, ends)
        found[name] = min(before[0], ends[0]), max(before[1], ends[1])
    return found


def _thresholds(facts: Facts, part: Slice, worse: bool) -> Mapping[str, set[int]]:
    """Per coded indicator the severities that just reach the thresholds on it or its companion, or just stay below."""
    found: dict[str, set[int]] = {}
    for test in part.program.tests:
        if test.kind != "variable":
            continue
        variable = part.program.variables[test.variable]
        if variable.subject == "indicator" and not variable.mirrored:
            severity = _threshold(test.threshold, facts.values[variable.name].indicator, facts.population, worse)
            found.setdefault(base_of(variable.name), set()).add(severity)
    return found


def _threshold(threshold: int, indicator: Indicator, population: int | None, worse: bool) -> int:
    """The severity of the coded indicator that just reaches a threshold on it or its companion, or just stays below."""
    if not is_derived(indicator):
        return threshold if worse else threshold - 1
    unit: int = 10 ** (6 + PER_MILLION_DECIMALS)
    persons = threshold * (population or 1)
    return -(-persons // unit) if worse else (persons - 1) // unit


def with_moves(facts: Facts, moves: Iterable[Move]) -> Facts:
    """The facts after these moves; a move of the prior leaves it out."""
    for move in moves:
        facts = evolve(facts, prior=None) if move.indicator == PRIOR else facts.after(move)
    return facts
