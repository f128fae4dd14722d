"""Questions that need several answers agree with those answers, asked for one by one."""

from __future__ import annotations

from assets.toy import island
from entries import evidence_of, method_of
from hypothesis import given
from hypothesis import strategies as st
from strategies import AS_OF, codebooks, evidence, records, rule_sets
from unit.inquiry.test_revisions import agree

from ratingengine.inquiry.revisions import revisions
from ratingengine.inquiry.sources import leave_one_out, without_coder, without_sources
from ratingengine.rating import Loaded, rate

COUNTRY = island("KAZ")


@given(st.data())
def test_each_revision_is_what_was_to_be_known_on_its_day(data: st.DataObject) -> None:
    codebook = data.draw(codebooks())
    loaded = Loaded(method_of(data.draw(rule_sets(codebook)), codebook), (), "")
    drawn = data.draw(evidence(codebook))
    agree(revisions(loaded, COUNTRY, drawn, range(2017, 2024)), loaded, drawn)


@given(st.data())
def test_leaving_out_a_source_is_striking_it_out_of_the_records(data: st.DataObject) -> None:
    codebook = data.draw(codebooks())
    loaded = Loaded(method_of(data.draw(rule_sets(codebook)), codebook), (), "")
    observations, searches = data.draw(records(codebook))
    # Some are reported by both, so that leaving one out leaves a citation.
    more = [{"source": name, "locator": "p. 3"} for name in data.draw(st.sets(st.sampled_from("AB")))]
    observations = tuple({**entry, "sources": [*entry["sources"], *more]} for entry in observations)
    full = evidence_of(observations, searches, codebook)
    rows = leave_one_out(loaded, COUNTRY, rate(loaded, COUNTRY, AS_OF, evidence=full), full)
    assert {row.name for row in rows if row.kind == "source"} <= {"A", "B"}
    for row in (row for row in rows if row.kind == "source"):
        left = [{**entry, "sources": [one for one in entry["sources"] if one["source"] != row.name]} for entry in observations]
        struck = evidence_of(
            [entry for entry in left if entry["sources"]], [one for one in searches if one["source"] != row.name], codebook
        )
        expected = rate(loaded, COUNTRY, AS_OF, evidence=struck)
        assert (row.rating, row.assessed, row.status) == (expected.rating, expected.chosen.assessed, expected.chosen.status)
        assert row.observations == len(full.observations) - len(struck.observations)
        assert row.searches == len(full.searches) - len(struck.searches)


@given(st.data())
def test_leaving_out_what_nothing_cites_changes_nothing_and_leaving_out_all_leaves_nothing(data: st.DataObject) -> None:
    full = data.draw(evidence(data.draw(codebooks())))
    assert without_sources(full, frozenset({"C"})) == full
    assert without_coder(full, "C") == full
    assert without_sources(full, frozenset("AB")).entries == ()
    assert without_coder(full, "A").entries == ()
