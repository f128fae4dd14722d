"""Every theorem's check finds a fault seeded for it, and the evidence that it prints shows the fault outside the solver too."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from support.entries import COUNTRY, evidence_in
from support.proofs_method import RULES, failing, method, number_of, rule_of, verdicts

from ratingengine.engine import chain
from ratingengine.engine.chain import BETTER, NONE, Published, handed_on
from ratingengine.engine.reference import ReferenceEngine
from ratingengine.errors import EngineFailure
from ratingengine.model.assessment import Prior
from ratingengine.model.program import Program, ProgramRule, Support, Target, Test, Variable, conclude
from ratingengine.model.window import last_day
from ratingengine.proofs.exhibits import LAST_YEAR, record_text
from ratingengine.proofs.subject import ProfileProved
from ratingengine.proofs.verdicts import REFUTED, Counterexample
from ratingengine.world.countries import by_iso3

pytestmark = pytest.mark.deep

SOUND = method()
DEATHS, REFORM = Variable("indicator", "peace.deaths"), Variable("indicator", "expre.reform", mirrored=True)
PLAIN_PRIOR = Variable("prior", "rating")


def with_rule(rule: ProgramRule, *variables: Variable, place: int | None = None) -> ProfileProved:
    """The sound method with one more rule, last in the program unless a place is given; tests name variables from 100 on."""
    program = SOUND.program
    numbers = {}
    for named, variable in enumerate(variables, start=100):
        numbers[named], found = number_of(program, variable)
        program = evolve(program, variables=found)
    alternatives = tuple(
        tuple(evolve(test, variable=numbers.get(test.variable, test.variable)) for test in tests) for tests in rule.alternatives
    )
    rules = list(program.rules)
    rules.insert(len(rules) if place is None else place, evolve(rule, alternatives=alternatives))
    return SOUND.with_program(supported(evolve(program, rules=tuple(rules))))


def supported(program: Program) -> Program:
    """The program with words for every test."""
    tests = {test for rule in program.rules for alternative in rule.alternatives for test in alternative}
    words = {test: program.supports.get(test, Support(test.kind, str(test.variable), "at_least", "0")) for test in tests}
    return evolve(program, supports={test: words[test] for test in sorted(words)})


def rule(number: int, target: Target, *alternatives: tuple[Test, ...], stratum: int = 9) -> ProgramRule:
    return ProgramRule(f"RUL-{number:03}", stratum, target, target.kind, alternatives)


def at(variable: int, threshold: int) -> Test:
    return Test("variable", variable, threshold)


def edited(number: int, **changes: Any) -> ProfileProved:
    """The sound method with one rule changed."""
    program = SOUND.program
    changed = evolve(rule_of(program, number), **changes)
    return SOUND.with_program(evolve(program, rules=tuple(changed if r.id == changed.id else r for r in program.rules)))


def read_too_early() -> ProfileProved:
    """A rating rule that stands before the finding it reads, and fires for another reason too."""
    deadly = Test("finding", name="found.deadly")
    return with_rule(rule(60, Target("rating", "", 1), (deadly,), (at(100, 1),)), PLAIN_PRIOR, place=0)


def off_the_scale() -> ProfileProved:
    return edited(24, target=Target("rating", "", 5))


def rating_left_out() -> ProfileProved:
    """No rule gives `narrowed`: what gave it gives the next one."""
    program = SOUND.program
    kept = tuple(r for r in program.rules if r.id != "RUL-022")
    found = SOUND.with_program(evolve(program, rules=kept))
    narrowed = evolve(rule_of(program, 21), target=Target("rating", "", 2))
    return found.with_program(evolve(program, rules=tuple(narrowed if r.id == "RUL-021" else r for r in kept)))


def twice() -> ProfileProved:
    program = SOUND.program
    return with_rule(evolve(rule_of(program, 30), id="RUL-031"))


def asks_for_good_news() -> ProfileProved:
    """A ceiling that falls away as deaths are known not to be few."""
    return with_rule(rule(61, Target("rating", "", 1), (at(100, -5),)), evolve(DEATHS, mirrored=True))


def negative_weight() -> ProfileProved:
    """A measure that falls as shutdowns grow: no rule file can say it, as weights are 0 or more."""
    (name,) = SOUND.measures
    measure = SOUND.measures[name]
    press, shutdown = measure.inputs
    # The other way up, so that the same values of the press still reach the threshold.
    shutdown = evolve(shutdown, target_range=("20", "0"))
    measures = {SOUND.name: {name: evolve(measure, inputs=(press, shutdown))}}
    return evolve(SOUND, method=evolve(SOUND.method, measures=measures))


def feeds_a_rating() -> ProfileProved:
    return edited(51, target=Target("rating", "", 1))


def always() -> ProfileProved:
    return edited(51, alternatives=((),))


FAULTS: dict[str, tuple[Callable[[], ProfileProved], set[str]]] = {
    "a rule reads what is concluded after it": (read_too_early, {"T1"}),
    "a rating off the scale": (off_the_scale, {"T1", "T2", "T4", "T9"}),
    "a rating that nothing gives": (rating_left_out, {"T2"}),
    "a rule that stands twice": (twice, {"T3"}),
    "a condition in the better direction": (asks_for_good_news, {"T4", "T9"}),
    "a measure that falls as things get worse": (negative_weight, {"T4", "T5", "T9", "T10"}),
    "a watchlist rule that feeds a rating": (feeds_a_rating, {"T7"}),
    "a rule without a condition": (always, {"T11"}),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_rules_fails_the_theorem_that_it_breaks_and_no_other(fault: str, tmp_path: Path) -> None:
    broken, expected = FAULTS[fault]
    profile = broken()
    found = verdicts(profile)
    assert {number for number, verdict in found.items() if verdict.finding.status == REFUTED} == expected
    for number in expected:
        finding = found[number].finding
        if number in ("T2", "T3"):
            assert finding.listed
        else:
            assert finding.counterexample is not None
            if fault != "a rating off the scale":
                reproduced(finding.counterexample, profile, tmp_path)


def reproduced(shown: Counterexample, profile: ProfileProved, folder: Path) -> None:
    """The files, read as records and rated by the chain, give what was printed."""
    scale = profile.scale
    for exhibit, answers in zip(shown.exhibits, shown.answers, strict=True):
        text = record_text(exhibit, profile, ["shown"]).replace(f"country: {exhibit.country.iso3}", f"country: {COUNTRY}")
        evidence = evidence_in({"one.yaml": text}, profile.method.codebook)
        links = chain.chain(profile.runnable, profile.name, evidence, answers_day(), exhibit.country.population)
        for link, answer in zip(links, answers, strict=True):
            assert link.as_of.year == answer.year
            assert link.published == answer.published
            assert link.assessment.ceiling == scale.word(answer.outcome.rating)
            assert link.assessment.assessed == (None if answer.assessed is None else scale.word(answer.assessed))
            assert link.assessment.steps == answer.best
            assert (link.assessment.gate, link.assessment.watchlist) == (answer.outcome.gate, answer.outcome.watchlist)


def answers_day() -> date:
    return last_day(LAST_YEAR)


def published(by: Callable[[int, Prior, bool], int]) -> Callable[[int | None, Prior | None, bool], Published]:
    """A way of publishing that differs from the real one in the rating after a year before."""

    def publish(assessed: int | None, prior: Prior | None, gate: bool, free: bool = False) -> Published:
        if assessed is None or prior is None:
            return Published(assessed, None if prior is None else prior.rating, None, NONE)
        rating = by(assessed, prior, gate)
        moved = rating - prior.rating
        change = "downgrade" if moved > 0 else "upgrade" if moved < 0 else "hold" if assessed != rating else "unchanged"
        pressure = NONE if assessed == rating else BETTER if assessed < rating else chain.WORSE
        return Published(rating, prior.rating, change, pressure)

    return publish


def band(assessed: int, prior: Prior, gate: bool) -> int:
    """The real rule."""
    return prior.rating + (1 if assessed > prior.rating else -1 if assessed < prior.rating and gate else 0)


def two_bands(assessed: int, prior: Prior, gate: bool) -> int:
    return min(assessed, prior.rating + 2) if assessed > prior.rating else band(assessed, prior, gate)


def one_short(assessed: int, prior: Prior, gate: bool) -> int:
    """Never up to the assessed rating itself."""
    return prior.rating if assessed == prior.rating - 1 else band(assessed, prior, gate)


def ungated(assessed: int, prior: Prior, gate: bool) -> int:
    return band(assessed, prior, gate=True)


def shown_always(found: Published, assessed: int | None, worst: int) -> Prior | None:
    """Silence taken for good news."""
    return None if found.rating is None or assessed is None else Prior(found.rating, assessed, found.pressure)


def shown_where_small(found: Published, assessed: int | None, worst: int) -> Prior | None:
    """Only an improvement of one band counts as one."""
    handed = handed_on(found, assessed, worst)
    if handed is None or found.rating == handed.assessed + 1:
        return handed
    return evolve(handed, pressure=max(NONE, handed.pressure))


CHANGES: dict[str, tuple[str, Callable[..., object], set[str]]] = {
    "two bands at once": ("publish", published(two_bands), {"T6"}),
    "never quite to the assessed rating": ("publish", published(one_short), {"T8"}),
    "upwards without a gate": ("publish", published(ungated), {"T12", "T13"}),
    "silence is good news": ("handed_on", shown_always, {"T13"}),
    "a great improvement counts for less than a small one": ("handed_on", shown_where_small, {"T9"}),
    "as it is": ("publish", published(band), set()),
}


@pytest.mark.parametrize("fault", CHANGES)
def test_a_fault_of_the_chain_fails_the_theorem_that_it_breaks_and_no_other(
    fault: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    name, function, expected = CHANGES[fault]
    monkeypatch.setattr(chain, name, function)
    found = verdicts(SOUND)
    assert {number for number, verdict in found.items() if verdict.finding.status == REFUTED} == expected
    assert failing(SOUND) == expected
    for number in expected:
        shown = found[number].finding.counterexample
        assert shown is not None
        reproduced(shown, SOUND, tmp_path)


FREE = method([rule for rule in RULES if rule["kind"] != "upgrade_gate"], free=True)


def test_on_a_scale_without_transition_the_published_rating_is_the_assessed_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    found = verdicts(FREE)
    assert failing(FREE) == set()
    assert "T13" not in found
    said = found["T6"].theorem.on(FREE.scale)
    assert said == "the published rating is the assessed one, in every year"
    monkeypatch.setattr(chain, "publish", published(band))
    assert failing(FREE) >= {"T6"}
    shown = verdicts(FREE)["T6"].finding.counterexample
    assert shown is not None
    assert shown.answers[0][-1].published.rating != shown.answers[0][-1].assessed
    reproduced(shown, FREE, tmp_path)


def test_the_pair_of_a_failed_monotone_theorem_is_worse_and_comes_out_better() -> None:
    shown = verdicts(asks_for_good_news())["T4"].finding.counterexample
    assert shown is not None
    first, second = (answers[-1] for answers in shown.answers)
    assert second.outcome.rating < first.outcome.rating
    assert sum(map(len, shown.exhibits[0].years)) + sum(map(len, shown.exhibits[1].years)) <= 4


def test_a_rule_that_reads_too_early_gives_another_answer_when_the_rules_run_once_more() -> None:
    broken = read_too_early()
    shown = verdicts(broken)["T1"].finding.counterexample
    assert shown is not None
    numbers = shown.answers[0][-1].numbers
    twice_over = evolve(broken.program, rules=(*broken.program.rules, *broken.program.rules))
    once, again = (ReferenceEngine(program).run(numbers) for program in (broken.program, twice_over))
    assert {step.rule for step in once} < {step.rule for step in again}


def test_a_redundant_rule_is_named() -> None:
    assert verdicts(twice())["T3"].finding.listed == {"redundant rules": ("RUL-030", "RUL-031")}


def test_what_nothing_reaches_is_named() -> None:
    assert verdicts(rating_left_out())["T2"].finding.listed == {"unreachable ratings": ("narrowed",)}


def test_a_rule_declared_not_monotone_is_exempt_and_named() -> None:
    broken = asks_for_good_news()
    exempt = evolve(broken, exempt={"RUL-061": "a reason"})
    found = verdicts(exempt)
    assert not failing(exempt)
    assert found["T4"].finding.listed == {"exempt": ("RUL-061: a reason",)}
    assert found["T9"].finding.listed == {"exempt": ("RUL-061: a reason",)}


def test_invented_evidence_is_put_on_nobody_where_any_country_will_do() -> None:
    shown = verdicts(asks_for_good_news())["T4"].finding.counterexample
    assert shown is not None
    assert {exhibit.country for exhibit in shown.exhibits} == {by_iso3("BVT")}


def test_the_outcome_of_an_answer_is_what_its_steps_conclude() -> None:
    broken = feeds_a_rating()
    shown = verdicts(broken)["T7"].finding.counterexample
    assert shown is not None
    answer = shown.answers[0][-1]
    assert conclude(broken.program, answer.best) == answer.outcome


def test_a_chain_that_hands_on_what_proofs_leave_out_stops_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    def hands_on_nonsense(found: Published, assessed: int | None, worst: int) -> Prior | None:
        return None if found.rating is None or assessed is None else Prior(found.rating, assessed, BETTER)

    monkeypatch.setattr(chain, "handed_on", hands_on_nonsense)
    with pytest.raises(EngineFailure, match="proofs leave out of account"):
        verdicts(SOUND)
