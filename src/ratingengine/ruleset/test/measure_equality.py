"""Whether two measures come to the same: exactly for counts and step tables, by trying telling values for the others."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import islice, product
from math import prod

from ratingengine.engine.measures import stairs
from ratingengine.model.condition import Atom
from ratingengine.model.rule import Measure, Rule
from ratingengine.ruleset.cases import Bench
from ratingengine.ruleset.cases.judge import Facts
from ratingengine.ruleset.test.equality import ENUMERATION, MOST_POINTS, OTHER, SAME, UNKNOWN, Compared

PARTS = 8
"""Into how many parts the range of an input is cut to look for a difference."""


def compare_measures(rule: Rule, mutant: Rule, bench: Bench) -> tuple[Compared, Facts]:
    """The answer, and what to give where they differ. Sums and means that were never seen to differ are not known to be equal."""
    names = sorted(rule.indicators | mutant.indicators)
    values = [tuple(_values(name, (rule.measure, mutant.measure), bench)) for name in names]
    for texts in islice(product(*values), MOST_POINTS):
        given = {name: ("value", text) for name, text in zip(names, texts, strict=True) if text}
        if bench.outcome(rule, given) != bench.outcome(mutant, given):
            return Compared(OTHER, ENUMERATION, None), given
    inputs = [entry for measure in (rule.measure, mutant.measure) if measure is not None for entry in measure.inputs]
    whole = all(entry.source_range is None for entry in inputs) and prod(map(len, values)) <= MOST_POINTS
    return Compared(SAME if whole else UNKNOWN, ENUMERATION if whole else "", None), {}


def _values(name: str, measures: tuple[Measure | None, ...], bench: Bench) -> Iterator[str]:
    """Values of an input between which a measure can change, and none at all (empty)."""
    indicator = bench.codebook[name]
    found: set[int] = set()
    for entry in (entry for measure in measures if measure is not None for entry in measure.inputs if entry.indicator == name):
        if isinstance(entry.atom, Atom):
            threshold = bench.meaning(entry.atom, "")[0].threshold
            found |= {indicator.severity(threshold), indicator.severity(threshold - 1)}
        elif entry.steps:
            ends = {threshold for threshold, _ in stairs(entry, indicator)[1:]}
            found |= {indicator.severity(end) for threshold in ends for end in (threshold, threshold - 1)}
        elif entry.source_range is not None:
            low, high = (int(Decimal(end).scaleb(indicator.decimals)) for end in entry.source_range)
            found |= {low + (high - low) * part // PARTS for part in range(PARTS + 1)} | {low + 1, high - 1}
    yield from (indicator.number(value) for value in sorted(found) if indicator.lowest <= value <= indicator.highest)
    yield ""
