"""Mutation of rules: which changed rules the cases notice, which the rule checks refuse, and which are the same rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from attrs import evolve, field, frozen

from ratingengine.interface.progress import through
from ratingengine.method.rulefile.checks import check_rules, node_of, reads
from ratingengine.model.condition import Condition, atoms
from ratingengine.model.rule import Rule, RuleSet
from ratingengine.ruleset.cases import FIRES, Bench, Case
from ratingengine.ruleset.cases.judge import Facts
from ratingengine.ruleset.test.equality import OTHER, SAME, Compared, compare
from ratingengine.ruleset.test.formula import formula, ranges
from ratingengine.ruleset.test.load import UnderTest
from ratingengine.ruleset.test.measure_equality import compare_measures
from ratingengine.ruleset.test.mutants import Mutant, mutants
from ratingengine.ruleset.test.run import try_case

CASES, CHECKS = "cases", "checks"


@frozen
class Judged:
    """A mutant with what killed it (cases, checks, or nothing), by which case or code, and for the rest whether it is equal."""

    mutant: Mutant
    killed_by: str
    witness: str
    compared: Compared | None
    given: Facts = field(factory=dict)
    """What to give a measure, so that it comes to something else."""

    @property
    def equivalent(self) -> bool:
        """Whether it is proved to be the same rule."""
        return self.compared is not None and self.compared.answer == SAME

    @property
    def survived(self) -> bool:
        """Whether it was noticed by nothing, and is not proved to be the same."""
        return not self.killed_by and not self.equivalent


def mutate(under: UnderTest, use_z3: bool | None = None) -> tuple[Judged, ...]:
    """Every mutant of every rule of today's method, judged; expects that the cases pass."""
    chained = _chained(under)
    found: list[Judged] = []
    for rule in through("changing rules", (*under.rules, *under.measures)):
        own = under.suite.of(rule.id)
        above = chained.get(rule.id, ())
        for mutant in mutants(rule, under.bench):
            found.append(_judge(mutant, rule, own, above, under, use_z3))  # noqa: PERF401
    return tuple(found)


def _judge(
    mutant: Mutant,
    rule: Rule,
    cases: tuple[Case, ...],
    above: tuple[Case, ...],
    under: UnderTest,
    use_z3: bool | None,
) -> Judged:
    case = next(_noticing(mutant, cases, above, under), None)
    if case is not None:
        return Judged(mutant, CASES, f"{case.rule}: {case.name}", None)
    code = _refused(mutant, under)
    if code:
        return Judged(mutant, CHECKS, code, None)
    if rule.measure is not None:
        return Judged(mutant, "", "", *compare_measures(rule, mutant.rule, under.bench))
    return Judged(mutant, "", "", _compared(mutant, rule, under.bench, use_z3))


def _noticing(mutant: Mutant, cases: tuple[Case, ...], above: tuple[Case, ...], under: UnderTest) -> Iterator[Case]:
    """The cases that come out otherwise: those of the rule, then those of rules that rest on it."""
    bench = under.bench
    if mutant.concludes_otherwise:
        yield from (case for case in cases if case.expect == FIRES and case.concludes not in ("", str(mutant.rule.then)))
    else:
        yield from (case for case in cases if not try_case(case, mutant.rule, bench).passed)
    if above and not _in_circle(mutant, bench):
        rules = {**bench.rule_set.rules, mutant.rule.id: mutant.rule}
        changed = Bench.of(evolve(bench.rule_set, rules=rules), bench.codebook)
        yield from (case for case in above if not try_case(case, rules[case.rule], changed).passed)


def _in_circle(mutant: Mutant, bench: Bench) -> bool:
    """Whether the swapped name lets a rule rest on itself, which the rule checks refuse (R204) and no case can try."""
    if mutant.kind not in ("swapped", "conclusion"):
        return False
    return _circle({**bench.rule_set.rules, mutant.rule.id: mutant.rule})


def _circle(rules: Mapping[str, Rule]) -> bool:
    graph: dict[str, set[str]] = {}
    for rule in rules.values():
        if rule.kind in ("finding", "level"):
            graph.setdefault(f"{rule.profile} {node_of(rule)}", set()).update(f"{rule.profile} {node}" for node in reads(rule))
    try:
        TopologicalSorter(graph).prepare()
    except CycleError:
        return True
    return False


def _refused(mutant: Mutant, under: UnderTest) -> str:
    """The code of the rule check that refuses the mutant: a direction that is not monotone, a finding that nothing reads."""
    rule_set: RuleSet = under.read.rule_set
    changed = evolve(under.read, rule_set=evolve(rule_set, rules={**rule_set.rules, mutant.rule.id: mutant.rule}))
    return min((problem.code for problem in check_rules(changed, under.bench.codebook)), default="")


def _compared(mutant: Mutant, rule: Rule, bench: Bench, use_z3: bool | None) -> Compared:
    before, after = rule.when, mutant.rule.when
    if mutant.concludes_otherwise or before is None or after is None:
        return Compared(OTHER, "", None)
    known = {**_ranges(before, rule, bench), **_ranges(after, rule, bench)}
    return compare(formula(before, rule.profile, bench), formula(after, rule.profile, bench), known, use_z3)


def _ranges(condition: Condition, rule: Rule, bench: Bench) -> Mapping[str, tuple[int, int]]:
    return ranges(condition, rule.profile, bench)


def _chained(under: UnderTest) -> Mapping[str, tuple[Case, ...]]:
    """By rule, the cases of other rules that rest on it: those that give what lies beneath a finding or level."""
    bench = under.bench
    found: dict[str, list[Case]] = {}
    for case in under.suite.cases:
        rule = bench.rule_set.rules[case.rule]
        own, _ = bench.reads(rule)
        if own.issuperset(case.given):
            continue
        for below in _below(rule, bench):
            found.setdefault(below, []).append(case)
    return {rule_id: tuple(cases) for rule_id, cases in found.items()}


def _below(rule: Rule, bench: Bench) -> frozenset[str]:
    """The rules that a rule rests on through findings and levels."""
    known: set[str] = set()
    waiting = [rule]
    while waiting:
        reader = waiting.pop()
        for atom in atoms(reader.when) if reader.when is not None else ():
            for maker in bench.makers.get((reader.profile, f"{atom.subject} {atom.name}"), ()):
                if maker.id not in known:
                    known.add(maker.id)
                    waiting.append(maker)
    return frozenset(known)
