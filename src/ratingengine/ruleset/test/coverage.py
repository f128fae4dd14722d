"""What the cases of a rule show of it: both outcomes, each condition both ways, both sides of thresholds, missing, and MC/DC.

A case fixes a rule at two points, the best and the worst end of what it gives. A condition *decides* at a point where the rule
would come out otherwise if it alone were turned round (masking MC/DC: the other conditions may differ between points as long as
they do not decide).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import frozen

from ratingengine.model.condition import Atom, atoms
from ratingengine.model.rule import Rule
from ratingengine.ruleset.cases import EXCLUDED, FIRES, OPEN, Case
from ratingengine.ruleset.cases.judge import key_of
from ratingengine.ruleset.test.formula import Formula, Reach, evaluate, formula, reach
from ratingengine.ruleset.test.load import UnderTest
from ratingengine.ruleset.test.measure_coverage import needs_of_measure
from ratingengine.ruleset.test.needs import KINDS, Gap, Need, need


@frozen
class Coverage:
    """How much of what there is to show is shown, by kind (shown, of), and every gap."""

    shown: Mapping[str, tuple[int, int]]
    gaps: tuple[Gap, ...]


@frozen
class Seen:
    """A case with what it fixes: how each atom stands, and at both ends which atoms hold and whether the rule does."""

    case: Case
    standing: Mapping[Reach, str]
    points: tuple[tuple[Mapping[Reach, bool], bool], ...]


def cover(under: UnderTest) -> Coverage:
    """The coverage of every rule of today's method by the cases."""
    wanted = [one for rule in under.rules for one in _of_rule(rule, under)]
    wanted += [one for rule in under.measures for one in needs_of_measure(rule, under)]
    shown = {
        kind: (sum(not gap for known, gap in wanted if known == kind), sum(known == kind for known, _ in wanted))
        for kind in KINDS
    }
    return Coverage(shown, tuple(gap for _, gap in wanted if gap is not None))


def _of_rule(rule: Rule, under: UnderTest) -> Iterator[Need]:
    if rule.when is None:
        return
    condition = formula(rule.when, rule.profile, under.bench)
    seen = [_see(case, rule, condition, under) for case in under.suite.of(rule.id)]
    expected = {entry.case.expect for entry in seen}
    for outcome, words in ((FIRES, "no case in which it fires"), (EXCLUDED, "no case in which it does not fire")):
        yield need("rules", rule, "", words, outcome in expected)
    for atom in dict.fromkeys(atoms(rule.when)):
        yield from _of_atom(rule, atom, condition, seen, under)


def _see(case: Case, rule: Rule, condition: Formula, under: UnderTest) -> Seen:
    bench = under.bench
    found = {reach(atom, rule.profile, bench): atom for atom in atoms(rule.when)} if rule.when is not None else {}
    points = []
    for worst in (False, True):
        held = {leaf: bench.holds(atom, case.given, rule.profile, worst=worst) for leaf, atom in found.items()}
        points.append((held, evaluate(condition, held.__getitem__)))
    stands = {leaf: bench.standing(atom, case.given, rule.profile) for leaf, atom in found.items()}
    return Seen(case, stands, tuple(points))


def _of_atom(rule: Rule, atom: Atom, condition: Formula, seen: list[Seen], under: UnderTest) -> Iterator[Need]:
    leaf, name, text = reach(atom, rule.profile, under.bench), key_of(atom), str(atom)
    verdicts = {entry.standing[leaf] for entry in seen}
    yield need("conditions", rule, text, "never seen to hold", FIRES in verdicts)
    yield need("conditions", rule, text, "never seen to fail", EXCLUDED in verdicts)
    if atom.subject != "finding":
        yield from _sides(rule, atom, seen, under)
    left_out = any(entry.standing[leaf] == OPEN and entry.case.given.get(name, ("", "missing"))[1] == "missing" for entry in seen)
    yield need("missing", rule, text, f"no case leaves {name} out", left_out)
    decides = {(held[leaf], rule_holds) for entry in seen for held, rule_holds in _decided(entry, leaf, condition)}
    yield need("decisive", rule, text, "no case in which the rule holds because of it alone", (True, True) in decides)
    yield need("decisive", rule, text, "no case in which the rule fails because of it alone", (False, False) in decides)


def _sides(rule: Rule, atom: Atom, seen: list[Seen], under: UnderTest) -> Iterator[Need]:
    """Exactly at the threshold, and one step short of it, in the indicator's own steps."""
    normal, subject = under.bench.meaning(atom, rule.profile)
    ends: set[int] = set()
    for entry in seen:
        ends.update(under.bench.severities(atom, entry.case.given, rule.profile) or ())
    step = 1 if normal.better else -1
    for severity, where in ((normal.threshold, "at the threshold"), (normal.threshold + step, "one step short of it")):
        what = f"no case gives {key_of(atom)}: {subject.words_of(severity)} ({where})"
        yield need("thresholds", rule, str(atom), what, severity in ends)


def _decided(entry: Seen, leaf: Reach, condition: Formula) -> Iterator[tuple[Mapping[Reach, bool], bool]]:
    """The ends of a case at which the rule would come out otherwise if this atom alone were turned round."""
    if entry.standing[leaf] == OPEN:
        return
    for held, rule_holds in entry.points:
        turned = {**held, leaf: not held[leaf]}
        if evaluate(condition, turned.__getitem__) != rule_holds:
            yield held, rule_holds
