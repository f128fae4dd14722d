"""The cases of the default rules cover all of them, and notice nearly every change that could be made to a rule."""

from __future__ import annotations

import pytest

from ratingengine.engine.opening import DEFAULT_RULES
from ratingengine.files.shipped import shipped
from ratingengine.ruleset.test.coverage import cover
from ratingengine.ruleset.test.load import UnderTest, load_under_test
from ratingengine.ruleset.test.mutants import KINDS
from ratingengine.ruleset.test.mutation import CASES, mutate
from ratingengine.ruleset.test.test_answer import share_of

pytestmark = pytest.mark.deep

LEAST = 95


@pytest.fixture(scope="module")
def under() -> UnderTest:
    return load_under_test(shipped("rules") / DEFAULT_RULES, shipped("indicators") / "codebook")


def test_no_rule_condition_threshold_or_missing_value_is_left_untried(under: UnderTest) -> None:
    found = cover(under)
    assert found.gaps == ()
    assert found.shown["rules"][1] == 2 * (len(under.rules) + len(under.measures)) > 150


def test_the_cases_notice_nearly_every_change_of_a_rule(under: UnderTest) -> None:
    found = mutate(under)
    survivors = [f"{one.mutant.rule.id}: {one.mutant.before} → {one.mutant.after}" for one in found if one.survived]
    assert share_of(found) >= LEAST, survivors
    assert {one.mutant.kind for one in found} == set(KINDS)
    assert len(found) > 1000
    # The cases alone do so, without the rule checks.
    judged = [one for one in found if not one.equivalent]
    assert sum(one.killed_by == CASES for one in judged) >= LEAST / 100 * len(judged)


def test_some_cases_go_from_evidence_up_to_the_rating(under: UnderTest) -> None:
    rules = under.bench.rule_set.rules
    joined = [case for case in under.suite.cases if not under.bench.reads(rules[case.rule])[0].issuperset(case.given)]
    assert {rules[case.rule].kind for case in joined} >= {"rating"}
    assert len(joined) >= 10
