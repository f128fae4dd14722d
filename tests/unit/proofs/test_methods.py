"""The theorems on the shipped methods: every one is proved, but that two measures of Freedom in the World are for the reader."""

from __future__ import annotations

import pytest
from support.proofs_method import ground

from ratingengine.engine.loading import compile_rules, load_rule_set
from ratingengine.files.shipped import shipped
from ratingengine.proofs.prove import verdict
from ratingengine.proofs.subject import profiles
from ratingengine.proofs.theorems import THEOREMS
from ratingengine.proofs.verdicts import PROVED

METHODS = sorted(folder.name for folder in shipped("rules").iterdir() if (folder / "codebook").is_dir())
FOR_THE_READER = {
    ("freedom-house", "scores", "T2"): {"unreachable rules": ("FIW-001", "FIW-002")},
    ("freedom-house", "scores", "T3"): {"redundant rules": ("FIW-001", "FIW-002")},
}


@pytest.mark.parametrize("method", METHODS)
def test_every_theorem_is_proved_of_a_shipped_method(method: str) -> None:
    folder = shipped("rules") / method
    rule_set, codebook = load_rule_set(folder, folder / "codebook")
    for profile in profiles(rule_set, compile_rules(rule_set, codebook)):
        asked = [theorem for theorem in THEOREMS if theorem.on(profile.scale)]
        assert {theorem.number for theorem in THEOREMS} - {theorem.number for theorem in asked} == {"T13"}
        for theorem in asked:
            found = verdict(ground(profile), theorem)
            expected = FOR_THE_READER.get((method, profile.name, theorem.number))
            assert (found.status == PROVED) == (expected is None), (profile.name, theorem, found)
            listed = {heading: names for heading, names in found.listed.items() if names}
            assert expected is None or expected.items() <= listed.items()
