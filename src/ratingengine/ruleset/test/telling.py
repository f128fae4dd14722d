"""The case that would tell a surviving mutant from its rule, in the words of a case file."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from ratingengine.model.condition import Atom, atoms
from ratingengine.model.rule import Rule
from ratingengine.ruleset.cases import EXCLUDED, FIRES, Bench
from ratingengine.ruleset.cases.judge import TO, key_of
from ratingengine.ruleset.test.formula import evaluate, formula
from ratingengine.ruleset.test.mutation import Judged


@frozen
class Telling:
    """What to give, what the rule is expected to make of it, and, where that is what was changed, what it concludes."""

    given: Mapping[str, str]
    expect: str
    concludes: str


def telling(judged: Judged, rule: Rule, bench: Bench) -> Telling | None:
    """The missing case; None where it is not known whether there is one."""
    if judged.mutant.concludes_otherwise:
        return Telling({}, FIRES, str(rule.then))
    if judged.given:
        given = {name: text for name, (_, text) in judged.given.items()}
        return Telling(given, _numbers(bench.outcome(rule, judged.given)), "")
    point = judged.compared.point if judged.compared is not None else None
    if point is None or rule.when is None or judged.mutant.rule.when is None:
        return None
    read = {key_of(atom): atom for atom in (*atoms(judged.mutant.rule.when), *atoms(rule.when))}
    holds = evaluate(formula(rule.when, rule.profile, bench), lambda leaf: leaf.holds(point[leaf.name]))
    given = {name: _words(read[name], severity, rule.profile, bench) for name, severity in sorted(point.items())}
    return Telling(given, FIRES if holds else EXCLUDED, "")


def _numbers(outcome: str) -> str:
    """Both ends of a number as a case file has them."""
    return f"[{', '.join(outcome.split(TO))}]" if TO in outcome else outcome


def _words(atom: Atom, severity: int, profile: str, bench: Bench) -> str:
    if atom.subject == "finding":
        return "yes" if severity else "no"
    return bench.meaning(atom, profile)[1].words_of(severity)
