"""Each property finds the fault that is put in for it, tells it with the smallest records, and holds where there is none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pytest
from assets.toy import RECORDS, RULES
from attrs import evolve
from hypothesis import Phase, settings
from support.faults import (
    alone,
    beside,
    forgets_ratings,
    invents_a_support,
    lets_the_watchlist_weigh,
    loses_findings,
    rule,
    small_codebook,
    small_rules,
    stumbles,
    takes_missing_for_the_worst,
    tires,
)

from ratingengine.engine.chain import Published, publish
from ratingengine.engine.loading import compile_rules
from ratingengine.evidence.records.collecting import collect_evidence
from ratingengine.evidence.records.reader import RecordFile
from ratingengine.model.assessment import Prior
from ratingengine.model.compiled import Compiled
from ratingengine.model.evidence import Evidence, Source
from ratingengine.model.indicator import Codebook
from ratingengine.model.rule import RuleSet
from ratingengine.testing import PROPERTIES, Contradiction, RulesUnderTest, folder_under_test, hold, under_test, with_codebook
from ratingengine.testing.files import rules_of

# Whatever profile the suite runs with, what is found here is made small, the same on every run.
PROFILE = settings(max_examples=100, phases=tuple(Phase), derandomize=True, database=None)
PERMITTED = rule(
    "RUL-007",
    "rating",
    {"indicator": "peace.permission", "is": "no"},
    {"rating_at_most": "closed"},
    "on purpose, to break monotonicity",
)
AFTER_OPEN = rule("RUL-008", "rating", {"prior": "rating", "at_least": "narrowed"}, {"rating_at_most": "closed"}, "on purpose")
FAULTY = {
    "engine_agreement": under_test(small_rules(), opened=beside(forgets_ratings)),
    "totality": under_test(small_rules(), opened=alone(stumbles)),
    "idempotence": under_test(small_rules(), opened=alone(tires())),
    "monotonicity": under_test(small_rules(PERMITTED)),
    "prior_monotonicity": under_test(small_rules(AFTER_OPEN)),
    "missing": under_test(small_rules(), opened=alone(takes_missing_for_the_worst)),
    "trace_soundness": under_test(small_rules(), opened=alone(invents_a_support)),
    "trace_completeness": under_test(small_rules(), opened=alone(loses_findings)),
    "watchlist": under_test(small_rules(), opened=alone(lets_the_watchlist_weigh)),
}

pytestmark = pytest.mark.slow


def contradiction(name: str, subject: RulesUnderTest) -> str:
    with pytest.raises(Contradiction) as caught:
        hold(name, subject, profile=PROFILE)
    return str(caught.value)


@pytest.mark.parametrize("name", FAULTY)
def test_a_property_finds_its_fault_and_tells_it_as_records(name: str) -> None:
    said = contradiction(name, FAULTY[name])
    assert said.startswith(f"{name}: {PROPERTIES[name].statement}\n\n")
    assert "\n$ rate KAZ --year 20" in said
    assert said.count("schema: ratingengine/record/1") <= 2
    # What does not matter is left out: an observation a question, or two that make up a sum.
    assert said.count("  - id: ") <= 2 * said.count("schema: ")


def test_the_order_of_rules_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def loses_the_last(rule_set: RuleSet, codebook: Codebook) -> Compiled:
        kept = dict(list(rule_set.rules.items())[:-1])
        return compile_rules(evolve(rule_set, rules=kept), codebook)

    monkeypatch.setattr("ratingengine.testing.subject.compile_rules", loses_the_last)
    said = contradiction("order_of_rules", under_test(small_rules()))
    assert "\nThe rules in this order: RUL-0" in said


def test_the_order_of_records_is_told_with_both_orders(monkeypatch: pytest.MonkeyPatch) -> None:
    def loses_the_last(country: str, files: tuple[RecordFile, ...], sources: Mapping[str, Source]) -> tuple[Evidence, Any]:
        found, problems = collect_evidence(country, files, sources)
        written = [entry.id for file in files for entry in file.observations]
        return evolve(found, observations=tuple(entry for entry in found.observations if entry.id != written[-1])), problems

    monkeypatch.setattr("ratingengine.testing.files.collect_evidence", loses_the_last)
    said = contradiction("order_of_records", under_test(small_rules()))
    assert said.count("\n$ rate KAZ") == 2


def test_a_jump_of_two_bands_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def jumps(assessed: int | None, prior: Prior | None, gate: bool, free: bool) -> Published:
        found = publish(assessed, prior, gate, free)
        return found if assessed is None else evolve(found, rating=assessed)

    monkeypatch.setattr("ratingengine.engine.chain.publish", jumps)
    said = contradiction("one_band", under_test(small_rules()))
    assert "more than one band" in said or "no gate is open" in said


def test_a_rating_that_lags_behind_on_a_scale_without_transition_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ratingengine.engine.chain.publish", lambda assessed, prior, gate, _: publish(assessed, prior, gate))
    codebook = small_codebook()
    permission = {"indicator": "peace.permission", "is": "yes"}
    free = rules_of([rule("RUL-001", "rating", permission, {"rating_at_most": "closed"})], codebook, free=True)
    assert "it is not the assessed rating" in contradiction("one_band", under_test(with_codebook(free, codebook)))


def test_every_property_is_shown_a_fault() -> None:
    assert {*FAULTY, "order_of_rules", "order_of_records", "one_band"} == set(PROPERTIES)


@pytest.mark.parametrize("name", PROPERTIES)
def test_the_invented_method_has_every_property(name: str) -> None:
    hold(name, folder_under_test(RULES, [RECORDS]), 20)


@pytest.mark.parametrize("name", PROPERTIES)
def test_small_sound_rules_have_every_property(name: str) -> None:
    hold(name, under_test(small_rules()), 20)


def engines_that_ran(subject: RulesUnderTest) -> Iterable[Sequence[str]]:
    return [[engine.name for engine in engines] for engines in subject.engines.values()]


def test_the_reference_engine_answers_and_every_engine_here_is_held_to_it() -> None:
    subject = under_test(small_rules())
    assert [engine.name for engine in subject.method.engines["coded"]] == ["reference"]
    assert all(names[0] == "reference" for names in engines_that_ran(subject))
