"""Which values of which indicators decide about a rule: at every threshold, and one step to either side of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from attrs import frozen

from ratingengine.engine.opening import codebook_folder
from ratingengine.model.condition import Atom, Condition, atoms
from ratingengine.model.indicator import PER_MILLION_DECIMALS, Codebook, Indicator, base_of, is_derived
from ratingengine.model.normal import normalise, subject_of
from ratingengine.model.rule import Measure, MeasureInput, Rule, RuleSet
from ratingengine.model.scale import Scale
from ratingengine.model.terms import scaled
from ratingengine.testing.rules import Rules

Aim = Mapping[str, tuple[int, ...]]
"""Coded indicators, and the scaled values of each that are worth stating."""
Measures = Mapping[tuple[str, str], Measure]
"""Measures by profile and name."""


@frozen
class Aims:
    """What records should speak of: the codebook, what decides about each rule, and the groups that must be known."""

    codebook: Codebook
    rules: tuple[Aim, ...] = ()
    required: tuple[tuple[str, ...], ...] = ()


def aims_of(reads: RuleSet | Codebook, population: int) -> Aims:
    """What decides about the latest rules of a rule set; of a codebook alone, its indicators without any values.

    A rule set that does not bring its codebook (`Rules` does) is taken to read the shipped one. `population` (persons) turns
    thresholds per million people into counts.
    """
    if isinstance(reads, Codebook):
        return Aims(reads)
    codebook = reads.codebook if isinstance(reads, Rules) else _shipped_codebook()
    latest = [reads.rules[name] for name in sorted(reads.rules) if reads.rules[name].until is None]
    measures = {(rule.profile, rule.then.name): rule.measure for rule in latest if rule.measure is not None}
    found = [_aim(rule, codebook, reads.scale, measures, population) for rule in latest]
    required = tuple(group.any_of for group in reads.scale.required)
    return Aims(codebook, tuple(dict(sorted(aim.items())) for aim in found if aim), required)


def _shipped_codebook() -> Codebook:
    from ratingengine.method.codebook import read_codebook

    return read_codebook(codebook_folder(()))[0]


def _aim(rule: Rule, codebook: Codebook, scale: Scale, measures: Measures, population: int) -> Aim:
    found: dict[str, set[int]] = {}
    for name, value in _thresholds(rule, codebook, scale, measures):
        base = codebook[base_of(name)]
        people = -(-value * population // 10 ** (6 + PER_MILLION_DECIMALS)) if is_derived(codebook[name]) else value
        found.setdefault(base.id, set()).update(_near(base, people))
    return {name: tuple(sorted(values)) for name, values in found.items()}


def _thresholds(rule: Rule, codebook: Codebook, scale: Scale, measures: Measures) -> Iterator[tuple[str, int]]:
    if rule.when is not None:
        yield from _in_condition(rule.when, codebook, scale)
        for atom in atoms(rule.when):
            if atom.subject == "measure":
                measure = measures[rule.profile, atom.name]
                for entry in measure.inputs:
                    yield from _in_measure(entry, codebook, scale)
                    yield from _reaching(measure, entry, atom, codebook)
    for entry in () if rule.measure is None else rule.measure.inputs:
        yield from _in_measure(entry, codebook, scale)


def _in_condition(condition: Condition, codebook: Codebook, scale: Scale) -> Iterator[tuple[str, int]]:
    for atom in atoms(condition):
        if isinstance(atom, Atom) and atom.subject == "indicator":
            normal = normalise(atom, subject_of(atom, codebook, scale, {}))
            yield atom.name, codebook[atom.name].severity(normal.threshold)


def _in_measure(entry: MeasureInput, codebook: Codebook, scale: Scale) -> Iterator[tuple[str, int]]:
    if entry.atom is not None:
        yield from _in_condition(entry.atom, codebook, scale)
    indicator = codebook[entry.indicator]
    for step in entry.steps[1:]:
        yield entry.indicator, scaled(indicator, step.start)
    for end in entry.source_range or ():
        yield entry.indicator, int(end) if indicator.words else scaled(indicator, end)


def _reaching(measure: Measure, entry: MeasureInput, atom: Atom, codebook: Codebook) -> Iterator[tuple[str, int]]:
    """Values of an input at which a measure comes to a threshold, and to where it is rounded up to it, if the others agree."""
    if entry.source_range is None or entry.target_range is None or not Fraction(entry.weight):
        return
    indicator, weight = codebook[entry.indicator], Fraction(entry.weight if measure.of == "sum" else 1)
    (low, high), (first, last) = (tuple(map(Fraction, ends)) for ends in (entry.source_range, entry.target_range))
    for threshold in map(Fraction, atom.operands if first != last else ()):
        for short in (Fraction(0), Fraction(1, 2 * 10**measure.decimals)):
            value = low + ((threshold - short) / weight - first) * (high - low) / (last - first)
            yield entry.indicator, round(value * 10**indicator.decimals)


def _near(indicator: Indicator, value: int) -> set[int]:
    return {near for near in (value - 1, value, value + 1) if indicator.lowest <= near <= indicator.highest}
