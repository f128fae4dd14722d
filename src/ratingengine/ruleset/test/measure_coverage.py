"""What the cases of a measure show: its number, too little known, both sides of thresholds, and each input moving the number."""

from __future__ import annotations

from collections.abc import Iterator

from ratingengine.model.condition import Atom
from ratingengine.model.rule import MeasureInput, Rule
from ratingengine.model.terms import MOST
from ratingengine.ruleset.cases import Bench, Case
from ratingengine.ruleset.cases.judge import MISSING
from ratingengine.ruleset.test.load import UnderTest
from ratingengine.ruleset.test.needs import Need, need


def needs_of_measure(rule: Rule, under: UnderTest) -> Iterator[Need]:
    """What has to be shown of a measure."""
    if rule.measure is None:
        return
    cases = under.suite.of(rule.id)
    known = [case for case in cases if case.expect != MISSING]
    yield need("rules", rule, "", "no case says what it comes to", bool(known))
    yield need("rules", rule, "", f"no case in which fewer than {rule.measure.needs} inputs are known", len(known) < len(cases))
    for entry in rule.measure.inputs:
        yield from _of_input(rule, entry, cases, under.bench)


def _of_input(rule: Rule, entry: MeasureInput, cases: tuple[Case, ...], bench: Bench) -> Iterator[Need]:
    name = entry.indicator
    if isinstance(entry.atom, Atom):
        yield from _sides(rule, entry.atom, cases, bench)
    for step in entry.steps[1:]:
        test = "at_least" if bench.codebook[name].worse == "higher" else "less_than"
        yield from _sides(rule, Atom("indicator", name, test, (step.start,), entry.place, entry.place), cases, bench)
    left_out = any(case.given.get(name, ("", MISSING))[1] == MISSING for case in cases)
    yield need("missing", rule, name, f"no case leaves {name} out", left_out)
    moves = any(_moves(rule, name, case, bench) for case in cases)
    yield need("decisive", rule, name, "no case in which another value of it would move the number", moves)


def _sides(rule: Rule, atom: Atom, cases: tuple[Case, ...], bench: Bench) -> Iterator[Need]:
    normal, subject = bench.meaning(atom, rule.profile)
    ends: set[int] = set()
    for case in cases:
        ends.update(bench.severities(atom, case.given, rule.profile) or ())
    for severity, where in ((normal.threshold, "at the threshold"), (normal.threshold - 1, "one step short of it")):
        what = f"no case gives {atom.name}: {subject.words_of(severity)} ({where})"
        yield need("thresholds", rule, str(atom), what, severity in ends)


def _moves(rule: Rule, name: str, case: Case, bench: Bench) -> bool:
    """Whether the number would be another one at the best or the worst value of an input that the case gives."""
    if case.given.get(name, ("", MISSING))[1] == MISSING or case.expect == MISSING:
        return False
    indicator = bench.codebook[name]
    ends = [indicator.number(end) for end in (indicator.lowest, min(indicator.highest, MOST))]
    now = bench.outcome(rule, case.given)
    return any(bench.outcome(rule, {**case.given, name: ("value", end)}) != now for end in ends)
