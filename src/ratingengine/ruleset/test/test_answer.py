"""`rate test` as plain values: what JSON shows, and what the page is made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from ratingengine.ruleset.test.coverage import Coverage
from ratingengine.ruleset.test.load import UnderTest
from ratingengine.ruleset.test.mutants import KINDS
from ratingengine.ruleset.test.mutation import CASES, CHECKS, Judged
from ratingengine.ruleset.test.on_record import OnRecord
from ratingengine.ruleset.test.run import Standing, Tried, fact_words, standing
from ratingengine.ruleset.test.telling import telling

Tree = dict[str, Any]
SCHEMA = "ratingengine/test/1"


def cases_json(under: UnderTest, tried: Sequence[Tried]) -> Tree:
    """The cases: how many, and each that came out otherwise."""
    rule_set = under.bench.rule_set
    failed = [one for one in tried if not one.passed]
    with_cases = {case.rule for case in under.suite.cases}
    return {
        "schema": SCHEMA,
        "rules": {"name": rule_set.name, "version": rule_set.version, "title": rule_set.title},
        "case_folder": under.case_folder,
        "cases": {"run": len(tried), "passed": len(tried) - len(failed), "failed": len(failed)},
        "failures": [_failure(one, under) for one in failed],
        "rules_without_cases": sorted(rule.id for rule in (*under.rules, *under.measures) if rule.id not in with_cases),
    }


def _failure(tried: Tried, under: UnderTest) -> Tree:
    case, rule = tried.case, tried.rule
    why = None if rule.when is None else standing(rule.when, case.given, rule.profile, under.bench)
    return {
        "rule": case.rule,
        "name": case.name,
        "place": str(case.place),
        "given": {name: fact_words(fact) for name, fact in case.given.items()},
        "expected": _outcome(tried.expected, case.concludes),
        "came_out": _outcome(tried.came_out, tried.concluded if case.concludes else ""),
        "why": None if why is None else _standing(why),
    }


def _outcome(verdict: str, concluded: str) -> str:
    return f"{verdict}, {concluded}" if concluded else verdict


def _standing(found: Standing) -> Tree:
    content: Tree = {"condition": found.text, "verdict": found.verdict}
    if found.given:
        content["given"] = found.given
    if found.parts:
        content["parts"] = [_standing(part) for part in found.parts]
    return content


def coverage_json(coverage: Coverage) -> Tree:
    """What the cases show, by kind, and what they do not."""
    return {
        "complete": not coverage.gaps,
        "shown": {kind: {"shown": shown, "of": wanted} for kind, (shown, wanted) in coverage.shown.items()},
        "gaps": [{"kind": gap.kind, "rule": gap.rule, "condition": gap.atom or None, "what": gap.what} for gap in coverage.gaps],
    }


def on_record_json(on_record: OnRecord) -> Tree:
    """What the records ever use of the rules."""
    never: dict[str, list[str]] = {}
    for rule, atom in on_record.never:
        never.setdefault(rule, []).append(atom)
    return {
        "country_years": on_record.country_years,
        "rules_fired": sum(times > 0 for times in on_record.fired.values()),
        "rules": [
            {"rule": rule, "fires": times, "not_excluded": on_record.not_excluded[rule], "never_met": never.get(rule, [])}
            for rule, times in on_record.fired.items()
        ],
    }


def mutation_json(judgeds: Sequence[Judged], least: int, under: UnderTest) -> Tree:
    """How many mutants were killed, survived, or are the same rule; by kind, and those that were not killed."""
    killed = sum(bool(judged.killed_by) for judged in judgeds)
    survivors = [judged for judged in judgeds if judged.survived]
    equivalents = [judged for judged in judgeds if judged.equivalent]
    share = share_of(judgeds)
    return {
        "killed": killed,
        "survived": len(survivors),
        "equivalent": len(equivalents),
        "killed_by": {by: sum(judged.killed_by == by for judged in judgeds) for by in (CASES, CHECKS)},
        "share": share,
        "least": least,
        "enough": share >= least,
        "kinds": [_kind(kind, judgeds) for kind in KINDS if any(judged.mutant.kind == kind for judged in judgeds)],
        "survivors": [_survivor(survivor, under) for survivor in survivors],
        "equivalents": [
            {**_mutant(equivalent), "by": equivalent.compared.by if equivalent.compared is not None else None}
            for equivalent in equivalents
        ],
    }


def share_of(judgeds: Sequence[Judged]) -> float:
    """The per cent of killed mutants among those not proved equal, rounded down to a tenth; 100 where there are none."""
    judged = [one for one in judgeds if not one.equivalent]
    return 1000 * sum(bool(one.killed_by) for one in judged) // len(judged) / 10 if judged else 100.0


def _kind(kind: str, judgeds: Sequence[Judged]) -> Tree:
    of_kind = [judged for judged in judgeds if judged.mutant.kind == kind]
    by = Counter(one.killed_by for one in of_kind)
    return {
        "kind": kind,
        "made": len(of_kind),
        "cases": by[CASES],
        "checks": by[CHECKS],
        "survived": sum(one.survived for one in of_kind),
        "equivalent": sum(one.equivalent for one in of_kind),
    }


def _mutant(judged: Judged) -> Tree:
    mutant = judged.mutant
    return {
        "rule": mutant.rule.id,
        "place": str(mutant.place),
        "kind": mutant.kind,
        "before": mutant.before,
        "after": mutant.after,
    }


def _survivor(judged: Judged, under: UnderTest) -> Tree:
    told = telling(judged, under.bench.rule_set.rules[judged.mutant.rule.id], under.bench)
    content = _mutant(judged)
    content["telling_case"] = None
    if told is not None:
        content["telling_case"] = {"given": dict(told.given), "expect": told.expect}
        if told.concludes:
            content["telling_case"] = {"expect": told.expect, "concludes": told.concludes}
    return content
