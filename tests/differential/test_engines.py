"""One meaning, three executions: the naive interpreter of the rule language, the reference engine and durable-rules."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from ratingengine.engine.assess import Method, assess_values
from ratingengine.engine.canonical_trace import trace_sha256
from ratingengine.engine.chain import chain
from ratingengine.engine.durable import DurableEngine
from ratingengine.engine.execution import Engine
from ratingengine.engine.reference import ReferenceEngine, generate
from ratingengine.evidence.records.collecting import collect_evidence
from ratingengine.evidence.records.reader import read_record_file
from ratingengine.method.codebook import read_codebook
from ratingengine.method.compiler import compile_profile
from ratingengine.method.rulefile.reader import read_rules
from ratingengine.model.assessment import ProfileAssessment
from ratingengine.model.evidence import Evidence
from ratingengine.model.program import Program, conclude
from ratingengine.model.rule import RuleSet
from ratingengine.model.window import last_day
from ratingengine.testing.drawn_codebooks import codebooks
from ratingengine.testing.drawn_facts import priors, values, vectors
from ratingengine.testing.drawn_records import AS_OF
from ratingengine.testing.drawn_rules import rule_sets
from ratingengine.testing.files import method_of
from ratingengine.testing.interpreter import Answer, World, answer
from ratingengine.testing.replay import world_of
from ratingengine.world.countries import by_iso3

pytest.importorskip("durable.engine", reason="durable-rules does not run on this Python", exc_type=ImportError)
ROOT = Path(__file__).resolve().parents[2]
RULES, INDICATORS = ROOT / "rules" / "civic-space", ROOT / "indicators"


def interpreted(rule_set: RuleSet, profile: str, given_facts: World) -> tuple[Answer, Answer]:
    """What is established, and what is not excluded."""
    established = answer(rule_set, profile, given_facts, every=True)
    return established, answer(rule_set, profile, given_facts, every=False)


def same(method: Method, assessment: ProfileAssessment, established: Answer, possible: Answer) -> None:
    """The assessment says what the naive interpreter says."""
    outcome = conclude(method.programs[assessment.profile], assessment.steps)
    assert {step.rule for step in assessment.steps} == established.fired
    assert (outcome.rating, outcome.gate, outcome.watchlist) == (established.rating, established.gate, established.watchlist)
    assert outcome.levels == established.levels
    assert {step.rule for step in assessment.not_excluded} == possible.fired - established.fired
    worst = method.scale.words.index(assessment.possible[-1])
    assert worst == max(established.rating, possible.rating)


@given(st.data())
def test_both_engines_do_what_the_rule_language_says(data: st.DataObject) -> None:
    codebook = data.draw(codebooks())
    rule_set = data.draw(rule_sets(codebook))
    method = method_of(rule_set, codebook, (ReferenceEngine, DurableEngine))
    for _ in range(3):
        found, prior = data.draw(values(codebook)), data.draw(priors())
        assessment = assess_values(method, "coded", found, AS_OF, prior)
        same(method, assessment, *interpreted(rule_set, "coded", world_of(method, found, prior)))


@given(st.data())
def test_both_engines_agree_beside_every_threshold(data: st.DataObject) -> None:
    codebook = data.draw(codebooks())
    program = compile_profile(data.draw(rule_sets(codebook)), codebook, "coded")
    reference, durable = ReferenceEngine(program), DurableEngine(program)
    for _ in range(3):
        given_values = data.draw(vectors(program))
        first, second = reference.run(given_values), durable.run(given_values)
        assert first == second
        assert trace_sha256(first) == trace_sha256(second)


@given(st.data())
def test_compiling_twice_gives_the_same_program(data: st.DataObject) -> None:
    codebook = data.draw(codebooks())
    rule_set = data.draw(rule_sets(codebook))
    backwards = evolve(rule_set, rules=dict(reversed(list(rule_set.rules.items()))))
    program = compile_profile(rule_set, codebook, "coded")
    again = compile_profile(backwards, codebook, "coded")
    assert program == again
    assert list(program.supports) == list(again.supports)
    assert generate(program) == generate(again)


@pytest.fixture(scope="module")
def rules() -> RuleSet:
    """The default rules."""
    if not (RULES / "scale.yaml").exists():
        pytest.skip("the default rules are not there")
    read, problems = read_rules(RULES)
    if problems:
        pytest.skip("the default rules cannot be read")
    return read.rule_set


@pytest.fixture(scope="module")
def default(rules: RuleSet) -> Method:
    """The default rules on both engines."""
    codebook, _, problems = read_codebook(INDICATORS / "codebook")
    assert not problems
    return method_of(rules, codebook, (ReferenceEngine, DurableEngine))


def thresholds(program: Program) -> list[list[int]]:
    """The values worth trying for each variable: at, below and above each threshold."""
    near: list[set[int]] = [set() for _ in program.variables]
    for test in (test for rule in program.rules for alternative in rule.alternatives for test in alternative):
        if test.kind == "variable":
            near[test.variable] |= {test.threshold - 1, test.threshold, test.threshold + 1}
    return [sorted(found) for found in near]


@pytest.mark.parametrize("heavy", [0.05, 0.3, 0.9])
def test_engines_agree_on_the_default_rules_beside_every_threshold(default: Method, heavy: float) -> None:
    chance = random.Random(int(heavy * 100))  # noqa: S311 - a fixed sequence is wanted
    for profile, program in default.programs.items():
        near = thresholds(program)
        engines: tuple[Engine, ...] = default.engines[profile]
        for _ in range(100):
            vector = [chance.choice(found) if chance.random() < heavy else found[0] for found in near]
            first, *others = [engine.run(vector) for engine in engines]
            assert others == [first] * len(others)


def test_engines_agree_on_each_threshold_of_the_default_rules_alone(default: Method) -> None:
    for profile, program in default.programs.items():
        near = thresholds(program)
        lowest = [found[0] for found in near]
        for variable, found in enumerate(near):
            for value in found:
                vector = [*lowest[:variable], value, *lowest[variable + 1 :]]
                first, *others = [engine.run(vector) for engine in default.engines[profile]]
                assert others == [first] * len(others), (program.variables[variable], value)


def coded_countries() -> list[str]:
    """The countries with records."""
    return sorted(path.name for path in INDICATORS.iterdir() if path.is_dir() and path.name.isupper() and len(path.name) == 3)


def records_of(iso3: str, method: Method) -> Evidence:
    """All that is on record about a country."""
    files = [read_record_file(path, method.codebook) for path in sorted((INDICATORS / iso3).glob("*.yaml"))]
    if any(wrong for _, wrong in files):
        pytest.skip(f"the records of {iso3} cannot be read")
    return collect_evidence(iso3, tuple(file for file, _ in files if file is not None), {})[0]


@pytest.mark.parametrize("iso3", coded_countries())
def test_engines_and_rule_language_agree_on_every_coded_year(rules: RuleSet, default: Method, iso3: str) -> None:
    country = by_iso3(iso3)
    assert country is not None
    evidence = records_of(iso3, default)
    for profile in default.programs:
        for link in chain(default, profile, evidence, last_day(2025), country.population):
            facts = world_of(default, link.assessment.values, link.assessment.prior)
            same(default, link.assessment, *interpreted(rules, profile, facts))
