"""A naive interpreter of the rule language, to hold the compiled engines to. It knows nothing of programs or normal forms.

A fact is an interval in the indicator's own numbers. A condition is *established* when it holds for every value the facts
allow, and *not excluded* when it holds for some; each atom is a closed set that reaches to one end, so both ends decide.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from statistics import median

from attrs import evolve, field, frozen

from ratingengine.model.condition import All, AnyOf, Atom, Condition, NOf
from ratingengine.model.indicator import Codebook
from ratingengine.model.rule import Measure, MeasureInput, Rule, RuleSet
from ratingengine.model.scale import Scale

PRESSURE = ("better", "none", "worse")
Ends = tuple[int, int]
Compare = Callable[[Fraction, Fraction], bool]
COMPARE: Mapping[str, Compare] = {
    "at_least": lambda value, operand: value >= operand,
    "more_than": lambda value, operand: value > operand,
    "at_most": lambda value, operand: value <= operand,
    "less_than": lambda value, operand: value < operand,
}


@frozen
class World:
    """What is given: intervals of indicators and of last year's values (absent: nothing is known), measures, findings, levels.

    Indicators stand in their own scaled numbers, measures scaled by `decimals`, ratings and pressure as positions, best first.
    """

    codebook: Codebook
    scale: Scale
    indicators: Mapping[str, Ends]
    prior: Mapping[str, Ends] = field(factory=dict)
    measures: Mapping[str, Ends] = field(factory=dict)
    decimals: Mapping[str, int] = field(factory=dict)
    findings: frozenset[str] = frozenset()
    levels: Mapping[str, int] = field(factory=dict)
    without: frozenset[str] = frozenset()
    """Indicators that are on record as having no value."""


@frozen
class Answer:
    """The rules that fire and what follows."""

    fired: frozenset[str]
    rating: int
    levels: Mapping[str, int]
    gate: bool
    watchlist: bool


def answer(rule_set: RuleSet, profile: str, world: World, *, every: bool) -> Answer:
    """Fire every rule of the latest method that holds (`every`: for all values), again and again until nothing is new.

    Measures that the world does not give are computed from its indicators.
    """
    rules = [rule for rule in rule_set.of_profile(profile) if rule.until is None]
    measures = {rule.then.name: rule.measure for rule in rules if rule.measure is not None}
    computed = {name: measure_ends(measure, world) for name, measure in measures.items() if name not in world.measures}
    computed |= world.measures
    decimals = {name: measure.decimals for name, measure in measures.items()}
    findings: set[str] = set()
    levels = dict.fromkeys((facet.id for facet in world.scale.facets), 0)
    fired: set[str] = set()
    while True:
        now = evolve(world, measures=computed, decimals=decimals, findings=frozenset(findings), levels=dict(levels))
        new = [rule for rule in rules if rule.when is not None and rule.id not in fired and holds(rule.when, now, every=every)]
        if not new:
            return _concluded([rule for rule in rules if rule.id in fired], levels, world.scale)
        for rule in new:
            fired.add(rule.id)
            if rule.kind == "finding":
                findings.add(rule.then.name)
            elif rule.kind == "level":
                levels[rule.then.facet] = max(levels[rule.then.facet], _position(world.scale, rule.then.word))


def _concluded(fired: list[Rule], levels: dict[str, int], scale: Scale) -> Answer:
    ceilings = [_position(scale, rule.then.word) for rule in fired if rule.kind == "rating"]
    kinds = {rule.kind for rule in fired}
    ids = frozenset(rule.id for rule in fired)
    return Answer(ids, max([0, *ceilings]), levels, "upgrade_gate" in kinds, "watchlist" in kinds)


def _position(scale: Scale, word: str) -> int:
    return [rating.id for rating in scale.ratings].index(word)


def holds(condition: Condition, world: World, *, every: bool) -> bool:
    """Whether a condition holds for every value, or for some."""
    if isinstance(condition, All):
        return all(holds(part, world, every=every) for part in condition.parts)
    if isinstance(condition, AnyOf):
        return any(holds(part, world, every=every) for part in condition.parts)
    if isinstance(condition, NOf):
        return sum(holds(part, world, every=every) for part in condition.parts) >= condition.count
    return atom_holds(condition, world, every=every)


def atom_holds(atom: Atom, world: World, *, every: bool) -> bool:
    """Whether one test holds; a value of last year that is missing establishes nothing and excludes nothing."""
    if atom.subject == "finding":
        return atom.name in world.findings
    if atom.subject == "level":
        return _on_scale(atom, world.levels[atom.name], tuple(rating.id for rating in world.scale.ratings))
    if atom.subject == "prior":
        if atom.name not in world.prior:
            return not every
        words = PRESSURE if atom.name == "pressure" else tuple(rating.id for rating in world.scale.ratings)
        found = [_on_scale(atom, position, words) for position in world.prior[atom.name]]
        return all(found) if every else any(found)
    if atom.subject == "measure":
        low, high = world.measures[atom.name]
        scale = 10 ** world.decimals[atom.name]
        found = [_compared(atom.test, Fraction(end, scale), atom.operands) for end in (low, high)]
        return all(found) if every else any(found)
    return _indicator_holds(atom, world, every=every)


def _indicator_holds(atom: Atom, world: World, *, every: bool) -> bool:
    entry = world.codebook[atom.name]
    ends = world.indicators.get(atom.name, (entry.lowest, entry.highest))
    if entry.words:
        found = [_in_words(atom, value, entry.words) for value in range(ends[0], ends[1] + 1)]
    else:
        found = [_compared(atom.test, Fraction(end, 10**entry.decimals), atom.operands) for end in ends]
    return all(found) if every else any(found)


def _compared(test: str, value: Fraction, operands: tuple[str, ...]) -> bool:
    if test in ("is", "one_of"):
        return value in [Fraction(text) for text in operands]
    return COMPARE[test](value, Fraction(operands[0]))


def _in_words(atom: Atom, value: int, words: tuple[str, ...]) -> bool:
    if atom.test in ("is", "one_of"):
        return words[value] in atom.operands
    return COMPARE[atom.test](Fraction(value), Fraction(words.index(atom.operands[0])))


def _on_scale(atom: Atom, position: int, words: tuple[str, ...]) -> bool:
    """Ratings stand best first, and `at most obstructed` means no better than obstructed: the comparison turns round."""
    if atom.test in ("is", "one_of"):
        return words[position] in atom.operands
    return COMPARE[atom.test](Fraction(-position), Fraction(-words.index(atom.operands[0])))


def measure_ends(measure: Measure, world: World) -> Ends:
    """The lowest and highest value that a measure can have, scaled by its decimals. Inputs without a value are left out."""
    known = 0
    there: list[tuple[MeasureInput, Fraction, Fraction]] = []
    for entry in measure.inputs:
        indicator = world.codebook[entry.indicator]
        ends = world.indicators.get(entry.indicator, (indicator.lowest, indicator.highest))
        known += ends != (indicator.lowest, indicator.highest)
        if entry.indicator not in world.without:
            low, high = sorted(_part(measure, entry, end, world) for end in ends)
            there.append((entry, low, high))
    weighed = measure.of != "mean" or any(_weight(measure, entry) for entry, _, _ in there)
    used = there if known >= measure.needs and weighed else [(entry, *_reach(measure, entry)) for entry in measure.inputs]
    weight = sum((_weight(measure, entry) for entry, _, _ in used), Fraction(0))
    return _total(measure, [low for _, low, _ in used], weight), _total(measure, [high for _, _, high in used], weight)


def _part(measure: Measure, entry: MeasureInput, value: int, world: World) -> Fraction:
    indicator = world.codebook[entry.indicator]
    if isinstance(entry.atom, Atom):
        one = World(world.codebook, world.scale, {entry.indicator: (value, value)})
        return Fraction(int(atom_holds(entry.atom, one, every=True)))
    number = Fraction(value, 10**indicator.decimals)
    if entry.steps:
        words = indicator.words
        starts = [Fraction(words.index(step.start) if words else step.start) for step in entry.steps]
        place = max(n for n, start in enumerate(starts) if start <= number)
        return Fraction(entry.steps[place].counts) * _weight(measure, entry)
    if entry.source_range is None or entry.target_range is None:
        return number * _weight(measure, entry)
    low, high = map(Fraction, entry.source_range)
    start, end = map(Fraction, entry.target_range)
    held = min(max(number, low), high)
    return (start + (held - low) * (end - start) / (high - low)) * _weight(measure, entry)


def _reach(measure: Measure, entry: MeasureInput) -> tuple[Fraction, Fraction]:
    if entry.ends is None:
        return Fraction(0), Fraction(1)
    ends = sorted(Fraction(end) * _weight(measure, entry) for end in entry.ends)
    return ends[0], ends[1]


def _weight(measure: Measure, entry: MeasureInput) -> Fraction:
    return Fraction(entry.weight) if measure.of in ("sum", "mean") else Fraction(1)


def _total(measure: Measure, parts: list[Fraction], weight: Fraction) -> int:
    ways: Mapping[str, Callable[[], Fraction]] = {
        "min": lambda: min(parts),
        "max": lambda: max(parts),
        "median": lambda: median(parts),
        "mean": lambda: sum(parts, Fraction(0)) / weight,
    }
    found = ways.get(measure.of, lambda: sum(parts, Fraction(0)))()
    scaled = found * 10**measure.decimals
    below: int = scaled.numerator // scaled.denominator
    rest = scaled - below
    up = {"half_up": rest >= Fraction(1, 2), "half_down": rest > Fraction(1, 2), "down": False, "up": rest > 0}
    return below + int(up[measure.rounding])
