"""Witnesses with an index read as a mean over years: what each year states gives the means, and what needs a change is found."""

from __future__ import annotations

from typing import Any

import pytest
from support.entries import RATINGS, codebook_of, rules_of
from support.proofs_method import entry, on

from ratingengine.engine.loading import compile_rules
from ratingengine.proofs.change import Change
from ratingengine.proofs.exhibits import Exhibit, Shown
from ratingengine.proofs.ground import Ground
from ratingengine.proofs.histories import candidates
from ratingengine.proofs.reaching import reachable
from ratingengine.proofs.subject import ProfileProved, profiles
from ratingengine.proofs.verdicts import PROVED, UNDECIDED

SHORT = {"of": "mean", "inputs": [{"indicator": "expre.index", "weight": "1", "from": ["0", "100"], "to": ["100", "0"]}]}
RULES = [
    entry(
        1, "measure", {"measure": {**SHORT, "needs": "1", "decimals": "0"}}, {"measure": "measured.short", "facet": "expression"}
    ),
    *(
        entry(10 + n, "rating", {"when": on("measure", "measured.short", at_least=str(20 * n))}, {"rating_at_most": RATINGS[n]})
        for n in range(1, 5)
    ),
    entry(20, "upgrade_gate", {"when": on("prior", "pressure", **{"is": "better"})}, {"gate": "open"}),
]
REQUIRED = ({"profile": "coded", "facet": "expression", "any_of": ["expre.index"], "rationale": "invented"},)


def method(window: int, time: str = "spell") -> ProfileProved:
    """A method that rests on one index, read as a mean over so many months."""
    index: dict[str, Any] = {"id": "expre.index", "title": "Index", "question": "What?", "type": "index", "unit": "points"}
    index |= {
        "range": ["0", "100"],
        "decimals": "1",
        "worse": "lower",
        "time": time,
        "aggregation": "mean",
        "window": str(window),
    }
    codebook = codebook_of([index])
    rule_set = rules_of(RULES, codebook, REQUIRED)
    (found,) = profiles(rule_set, compile_rules(rule_set, codebook))
    return found


def stated(found: Exhibit) -> list[int]:
    """What the index states in each year."""
    return [interval[0] for year in found.years if (interval := year["expre.index"]) is not None]


@pytest.mark.parametrize("window", [24, 36, 48, 30])
def test_an_upgrade_that_waits_for_two_better_years_is_witnessed(window: int) -> None:
    profile = method(window)
    found = reachable(Ground(profile, Change.of(profile.scale), candidates(()), keep=True))
    assert found.status == PROVED
    witness = found.witnesses["RUL-020"]
    (exhibit,), (answers,) = witness.exhibits, witness.answers
    numbers = stated(exhibit)
    assert len(set(numbers)) > 1
    years = -(-window // 12)
    windows = [numbers[max(0, year + 1 - years) : year + 1] for year in range(len(numbers))]
    means = [sum(inside) / len(inside) for inside in windows]
    assert [1000 - 10 * measured(profile, answer) for answer in answers] == pytest.approx(means, abs=5)
    assert answers[-1].outcome.gate
    assert not answers[0].outcome.gate


def measured(profile: ProfileProved, answer: Shown) -> int:
    """The measure at its best end, in points short of 100."""
    return answer.numbers[[variable.subject for variable in profile.program.variables].index("measure")]


def test_an_index_that_only_the_day_itself_states_is_not_moved() -> None:
    """What a mean over events reads depends on days, so there the witness keeps one value, and the gate stays undecided."""
    profile = method(36, time="event")
    found = reachable(Ground(profile, Change.of(profile.scale), candidates(())))
    assert found.status == UNDECIDED
    assert found.listed["neither reached nor shown to be out of reach"] == ("RUL-020",)
