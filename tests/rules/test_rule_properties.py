"""Every method in `rules/` has every property, and a threshold turned round in any of them is found."""

from __future__ import annotations

import pytest
from attrs import evolve
from hypothesis import Phase, settings

from ratingengine.files.shipped import shipped
from ratingengine.model.condition import Atom, atoms
from ratingengine.model.rule import Rule
from ratingengine.testing import PROPERTIES, Contradiction, Rules, folder_under_test, hold, under_test

METHODS = sorted(folder.name for folder in shipped("rules").iterdir() if folder.is_dir())
FEW = settings(max_examples=8, derandomize=True, database=None)
MANY = settings(max_examples=1000, phases=(Phase.generate,), derandomize=True, database=None)
SEEDED = {
    "civic-space": "ASM-001",
    "civicus-banding": "CIV-014",
    "freedom-house": "FIW-112",
    "political-terror": "PTS-014",
    "rsf-situations": "RSF-014",
}
"""A rule of each method whose threshold is turned round."""
TURNED = {"at_least": "less_than", "more_than": "at_most", "at_most": "more_than", "less_than": "at_least"}


def turned(rules: Rules, name: str) -> Rules:
    """The rules with one more: the worst rating where the first threshold of a rule is not reached."""
    atom = threshold(rules.rules[name])
    model = next(rule for rule in rules.of_profile(rules.rules[name].profile) if rule.kind == "rating" and rule.until is None)
    then = evolve(model.then, word=rules.scale.words[-1])
    when = evolve(atom, test=TURNED[atom.test])
    seeded = evolve(model, id="BAD-001", when=when, then=then, non_monotone="seeded on purpose")
    return evolve(rules, rules={**rules.rules, seeded.id: seeded})


def threshold(rule: Rule) -> Atom:
    """The first comparison of an indicator or a measure in a rule."""
    assert rule.when is not None
    return next(atom for atom in atoms(rule.when) if atom.subject in ("indicator", "measure") and atom.test in TURNED)


@pytest.mark.slow
@pytest.mark.parametrize("name", PROPERTIES)
@pytest.mark.parametrize("method", METHODS)
def test_every_shipped_method_has_every_property(method: str, name: str) -> None:
    hold(name, folder_under_test(method), profile=FEW)


@pytest.mark.slow
@pytest.mark.parametrize("method", SEEDED)
def test_a_threshold_turned_round_is_found_in_every_method(method: str) -> None:
    subject = folder_under_test(method)
    with pytest.raises(Contradiction) as caught:
        hold(
            "monotonicity", under_test(turned(subject.rules, SEEDED[method]), subject.options, subject.country.iso3), profile=MANY
        )
    said = str(caught.value)
    assert said.count("schema: ratingengine/record/1") == 2
