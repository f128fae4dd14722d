"""Questions that need several answers agree with those answers, asked for one by one."""

from __future__ import annotations

from entries import method_of
from hypothesis import given
from hypothesis import strategies as st
from strategies import codebooks, evidence, rule_sets
from unit.inquiry.test_revisions import agree

from ratingengine.countries import by_iso3
from ratingengine.inquiry.revisions import revisions
from ratingengine.rating import Loaded

COUNTRY = by_iso3("KAZ")
assert COUNTRY is not None


@given(st.data())
def test_each_revision_is_what_was_to_be_known_on_its_day(data: st.DataObject) -> None:
    codebook = data.draw(codebooks())
    loaded = Loaded(method_of(data.draw(rule_sets(codebook)), codebook), (), "")
    drawn = data.draw(evidence(codebook))
    agree(revisions(loaded, COUNTRY, drawn, range(2017, 2024)), loaded, drawn)
