"""Every property holds of every rule set that the language lets one write; what is drawn is valid and can be read again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ratingengine.model.evidence import Evidence
from ratingengine.model.indicator import Codebook
from ratingengine.model.rule import RuleSet
from ratingengine.testing import PROPERTIES, country_years, evidence, records, rule_sets, under_test
from ratingengine.testing.holding import try_case
from ratingengine.testing.types_of_hypothesis import register


@pytest.mark.parametrize("name", PROPERTIES)
@given(data=st.data())
def test_drawn_rules_have_every_property(name: str, data: st.DataObject) -> None:
    subject = under_test(data.draw(rule_sets()))
    try_case(PROPERTIES[name], subject, data.draw(PROPERTIES[name].cases(subject)))


@given(st.data())
def test_drawn_records_are_read_without_a_problem(data: st.DataObject) -> None:
    rules = data.draw(rule_sets())
    drawn = data.draw(records(rules))
    found = drawn.evidence(rules.codebook)
    assert [entry.id for entry in found.observations] == [entry["id"] for entry in drawn.observations]
    asked = data.draw(country_years(rules, years=(2020,)))
    assert asked.evidence(rules.codebook).country == asked.country
    assert str(asked.as_of) == "2020-12-31"
    assert {entry.indicator for entry in data.draw(evidence(rules)).observations} <= {entry.id for entry in rules.codebook}


@given(st.data())
def test_hypothesis_draws_the_types_by_themselves(data: st.DataObject) -> None:
    register()
    assert data.draw(st.from_type(Codebook)).coded
    assert data.draw(st.from_type(RuleSet)).rules
    assert data.draw(st.from_type(Evidence)).country == "KAZ"
