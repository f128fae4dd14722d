"""A measure that rescales a per-million companion: proofs leave the companion loose, witnesses tie it to its count."""

from __future__ import annotations

from attrs import evolve
from support.entries import Entry
from support.proofs_method import RULES, entry, failing, method, on, verdicts

from ratingengine.proofs.verdicts import REFUTED

TOLL: Entry = {
    "of": "sum",
    "inputs": [
        {"indicator": "peace.deaths_per_million", "weight": "1", "from": ["0", "100"], "to": ["0", "10"]},
        {"indicator": "expre.shutdown", "weight": "1", "from": ["0", "20"], "to": ["0", "10"]},
    ],
    "needs": "1",
    "decimals": "0",
}
WITH_TOLL = [
    *RULES,
    entry(3, "measure", {"measure": TOLL}, {"measure": "measured.toll", "facet": "expression"}),
    entry(31, "rating", {"when": on("measure", "measured.toll", at_least="13")}, {"rating_at_most": "repressed"}),
]


def test_a_sound_method_stays_sound() -> None:
    assert not failing(method(WITH_TOLL))


def test_the_evidence_against_a_theorem_has_the_companion_that_follows_from_its_count() -> None:
    sound = method(WITH_TOLL)
    measure = sound.measures["measured.toll"]
    deaths, shutdown = measure.inputs
    falling = evolve(measure, inputs=(evolve(deaths, target_range=("10", "0")), shutdown))
    measures = {sound.name: {**sound.measures, "measured.toll": falling}}
    found = verdicts(evolve(sound, method=evolve(sound.method, measures=measures)))
    assert {"T4", "T5", "T9", "T10"} <= {number for number, verdict in found.items() if verdict.finding.status == REFUTED}
    shown = found["T4"].finding.counterexample
    assert shown is not None
    assert shown.exhibits[0].country == shown.exhibits[1].country
