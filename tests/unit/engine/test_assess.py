"""One profile on one day: what is established, what is possible, what is missing, and how much reporting stands behind it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from assets.toy import HERE, evidence, indicator, loaded, observation, search, source
from attrs import evolve
from support.entries import SOURCES, codebook_of, method_of, rule_file, rules_in, scale_text

from ratingengine.engine.assess import EnginesDisagree, Established, Method, assess, assess_values, establish, reporting
from ratingengine.engine.reference import ReferenceEngine
from ratingengine.evidence.values import indicator_values, with_intervals
from ratingengine.model.assessment import BOUNDED, DETERMINED, INSUFFICIENT, FacetLevel, Prior, ProfileAssessment
from ratingengine.model.evidence import Citation, Claim, Observation, Search
from ratingengine.model.indicator import UNBOUNDED, Indicator
from ratingengine.model.program import Step
from ratingengine.model.value import IndicatorValue

METHOD = loaded().method
DAY = date(2003, 12, 31)
YES, NO = Claim("value", 1, 1, "yes"), Claim("value", 0, 0, "no")
PERMISSION = observation("P", indicator="assembly.permit", claim=Claim("value", 2, 2, "permission"), ended=None)
NO_PERMIT = observation("P", indicator="assembly.permit", claim=Claim("value", 0, 0, "none"), ended=None)
INSULT = observation("I", indicator="expression.insult_law", claim=YES, ended=None)
NO_INSULT = observation("I", indicator="expression.insult_law", claim=NO, ended=None)
BANNERS = observation("B", claim=Claim("at_least", 3, None, "3"))
MARCH = observation("M", indicator="assembly.march_stopped", claim=YES)
YEAR: dict[str, Any] = {"begun": date(2003, 1, 1), "ended": DAY}
NO_BANNERS = observation("N", claim=Claim("value", 0, 0, "0"), **YEAR)
NO_PAPERS = observation("Z", indicator="expression.papers_closed", claim=Claim("value", 0, 0, "0"), **YEAR)
PAPERS = observation("Z", indicator="expression.papers_closed", claim=Claim("value", 2, 2, "2"), **YEAR, total=True)
NO_MARCH = observation("M", indicator="assembly.march_stopped", claim=NO, **YEAR)


def assessed(*entries: Observation | Search, profile: str = "coded", prior: Prior | None = None) -> ProfileAssessment:
    return assess(METHOD, profile, evidence(entries), DAY, 1_000_000, prior)


def facet(found: ProfileAssessment, name: str) -> FacetLevel:
    return next(each for each in found.facets if each.facet == name)


def rules(steps: Sequence[Step]) -> list[str]:
    return [step.rule for step in steps]


def test_without_evidence_nothing_is_rated_and_everything_is_possible() -> None:
    found = assessed()
    assert (found.status, found.assessed, found.ceiling) == (INSUFFICIENT, None, "open")
    assert found.possible == ("open", "narrowed", "obstructed", "repressed", "closed")
    assert found.missing == ("peaceful_assembly", "expression")
    assert (found.known, found.read, found.coverage) == (0, 5, 0.0)
    assert found.steps == ()
    assert set(rules(found.not_excluded)) == {rule.id for rule in METHOD.programs["coded"].rules}


def test_events_alone_lower_the_ceiling_but_give_no_rating() -> None:
    found = assessed(BANNERS, PAPERS)
    assert (found.status, found.assessed, found.ceiling) == (INSUFFICIENT, None, "repressed")
    assert found.possible == ("repressed", "closed")


def test_one_standing_fact_of_each_required_group_is_needed() -> None:
    assert assessed(PERMISSION).missing == ("expression",)
    assert assessed(INSULT).missing == ("peaceful_assembly",)
    assert assessed(PERMISSION, INSULT).missing == ()


def test_any_member_of_a_required_group_is_enough() -> None:
    tents = observation("T", indicator="assembly.tent_ban", claim=NO, ended=None)
    assert assessed(tents, INSULT).missing == ()
    assert assessed(tents, PERMISSION).missing == ("expression",)


def test_what_is_not_known_is_not_excluded() -> None:
    found = assessed(NO_PERMIT, NO_INSULT)
    assert (found.status, found.assessed) == (BOUNDED, "open")
    assert found.possible == ("open", "narrowed", "obstructed", "repressed", "closed")


def test_what_is_known_to_be_none_is_excluded() -> None:
    found = assessed(NO_PERMIT, NO_INSULT, NO_BANNERS, NO_PAPERS, NO_MARCH)
    assert (found.status, found.assessed, found.possible) == (DETERMINED, "open", ("open",))
    assert (found.known, found.read, found.coverage) == (5, 5, 1.0)
    assert found.not_excluded == ()


def test_the_assessed_rating_is_the_lowest_ceiling_that_is_established() -> None:
    found = assessed(PERMISSION, INSULT, BANNERS, PAPERS)
    assert (found.assessed, found.possible) == ("repressed", ("repressed",))
    assert rules(found.steps) == ["INV-001", "INV-010", "INV-020", "INV-021", "INV-011", "INV-030", "INV-031"]
    assert found.deciding == ("INV-031",)


def test_the_steps_beyond_hold_no_step_that_is_established() -> None:
    found = assessed(PERMISSION, INSULT, BANNERS)
    assert set(rules(found.steps)).isdisjoint(rules(found.not_excluded))
    assert "INV-021" in rules(found.not_excluded)
    assert "INV-031" in rules(found.not_excluded)


@pytest.mark.parametrize(
    ("entries", "standing"),
    [
        ((PERMISSION, INSULT), True),
        ((PERMISSION, INSULT, NO_PAPERS), False),
        ((PERMISSION, INSULT, MARCH), False),
        ((PERMISSION, INSULT, observation("T", indicator="assembly.tents_kept")), True),
        ((PERMISSION, INSULT, observation("B", claim=Claim("at_least", 0, None, "0"))), True),
    ],
    ids=["laws", "a count", "an event", "an event that no rule reads", "an event that says nothing"],
)
def test_a_rating_rests_on_standing_facts_alone_when_no_event_that_rules_read_is_known(
    entries: tuple[Observation, ...], standing: bool
) -> None:
    assert assessed(*entries).standing_only is standing


def test_a_facet_is_silent_without_its_standing_fact_but_has_a_ceiling() -> None:
    found = facet(assessed(BANNERS, INSULT), "peaceful_assembly")
    assert (found.level, found.ceiling, found.status, found.deciding) == (None, "repressed", INSUFFICIENT, ("INV-011",))


def test_a_facet_is_bounded_where_worse_is_possible_and_determined_where_not() -> None:
    found = assessed(PERMISSION, INSULT, PAPERS)
    assembly, expression = facet(found, "peaceful_assembly"), facet(found, "expression")
    assert (assembly.level, assembly.worst, assembly.status, assembly.deciding) == (
        "narrowed",
        "repressed",
        BOUNDED,
        ("INV-010",),
    )
    assert (expression.level, expression.worst, expression.status) == ("repressed", "repressed", DETERMINED)


def test_a_facet_counts_the_reporting_on_its_own_indicators() -> None:
    sources = tuple(Citation(name, "para 1", HERE) for name in ("post", "herald"))
    found = assessed(PERMISSION, evolve(INSULT, sources=sources))
    assert [(each.facet, each.sources, each.source_months) for each in found.facets] == [
        ("peaceful_assembly", 1, 1),
        ("expression", 2, 2),
    ]


def test_of_several_rules_those_that_set_the_level_decide() -> None:
    assert facet(assessed(PERMISSION, INSULT, BANNERS), "peaceful_assembly").deciding == ("INV-011",)
    assert facet(assessed(NO_PERMIT, INSULT), "peaceful_assembly").deciding == ()


@pytest.mark.parametrize(("entry", "opened"), [(NO_INSULT, True), (INSULT, False), (PERMISSION, False)])
def test_a_gate_opens_only_on_what_is_established(entry: Observation, opened: bool) -> None:
    assert assessed(entry).gate is opened


def test_a_watchlist_entry_is_apart_from_the_rating() -> None:
    on, off = assessed(PERMISSION, INSULT, MARCH), assessed(PERMISSION, INSULT)
    assert (on.watchlist, off.watchlist) == (True, False)
    assert on.assessed == off.assessed


def test_a_profile_reads_its_own_indicators() -> None:
    index = observation("X", indicator="expression.press_index", claim=Claim("value", 400, 400, "40.0"))
    found = assessed(index, profile="indices")
    assert (found.assessed, found.possible, found.known, found.read) == ("obstructed", ("obstructed",), 1, 1)
    better = observation("X", indicator="expression.press_index", claim=Claim("value", 401, 401, "40.1"))
    assert assessed(better, profile="indices").assessed == "open"
    assert assessed(index).assessed is None


REPRESSED_FOR_SURE = (PERMISSION, INSULT, BANNERS, PAPERS)


@pytest.mark.parametrize(
    ("entries", "before", "judged", "expected"),
    [
        ((), None, None, Established(None, gate=False, worst=4)),
        ((), 4, 4, Established(None, gate=False, worst=4)),
        (REPRESSED_FOR_SURE, None, None, Established(3, gate=False, worst=4)),
        (REPRESSED_FOR_SURE, 3, None, Established(3, gate=False, worst=4)),
        (REPRESSED_FOR_SURE, 3, 3, Established(3, gate=False, worst=4)),
        (REPRESSED_FOR_SURE, 4, None, Established(3, gate=False, worst=3)),
        (REPRESSED_FOR_SURE, None, 4, Established(3, gate=False, worst=3)),
        (REPRESSED_FOR_SURE, 0, 4, Established(3, gate=False, worst=3)),
        ((NO_PERMIT, NO_INSULT), 1, None, Established(0, gate=True, worst=4)),
        ((NO_PERMIT, NO_INSULT, NO_BANNERS, NO_PAPERS, NO_MARCH), 1, None, Established(0, gate=True, worst=0)),
        ((NO_PERMIT, NO_INSULT, NO_BANNERS, NO_PAPERS, NO_MARCH), None, None, Established(0, gate=True, worst=4)),
    ],
)
def test_what_is_established_asks_what_is_excluded_only_after_a_worse_year(
    entries: tuple[Observation, ...], before: int | None, judged: int | None, expected: Established
) -> None:
    prior = None if before is None else Prior(before, before, 1)
    values = indicator_values(evidence(entries), METHOD.codebook, DAY, 1_000_000)
    assert establish(METHOD, "coded", values, prior, judged=judged) == expected


def test_an_assessment_tells_what_each_measure_of_its_profile_is_made_of() -> None:
    (found,) = assessed().measures.items()
    assert (found[0], found[1].inputs) == ("expression.silence", ("expression.papers_closed", "expression.insult_law"))
    assert assessed(profile="indices").measures == {}


class Silent(ReferenceEngine):
    """An engine with a bug: it finds nothing."""

    name = "silent"

    def run(self, values: Sequence[int]) -> tuple[Step, ...]:
        return super().run(values)[:0]


def test_engines_that_disagree_are_caught_with_values_and_steps() -> None:
    program = METHOD.programs["coded"]
    method: Method = evolve(METHOD, engines={"coded": (ReferenceEngine(program), Silent(program))})
    with pytest.raises(EnginesDisagree) as caught:
        assess(method, "coded", evidence([PERMISSION, INSULT]), DAY, None, None)
    assert str(caught.value) == "the engines reference and silent disagree: this is a bug in one of them"
    assert caught.value.program is program
    assert len(caught.value.values) == len(program.variables)
    assert rules(caught.value.steps["reference"]) == ["INV-010", "INV-020", "INV-030"]
    assert caught.value.steps["silent"] == ()


EVENT = indicator()
SPELL = indicator(time="spell")
STATE = indicator("assembly.permit", "category", time="condition", basis="law")


def known(entry: Indicator, *entries: Observation | Search) -> IndicatorValue:
    observed = tuple(each for each in entries if isinstance(each, Observation))
    return IndicatorValue(entry, 1, UNBOUNDED, observed, tuple(each for each in entries if isinstance(each, Search)))


def reported(begun: date, ended: date | None, told: date, *sources: str) -> Observation:
    cited = tuple(Citation(source, "para 1", HERE) for source in sources)
    return observation(begun=begun, ended=ended, reported=(told, told), sources=cited)


MAY = reported(date(2003, 5, 1), date(2003, 5, 31), date(2003, 6, 2), "gazette")
BOTH = reported(date(2003, 5, 9), date(2003, 6, 1), date(2003, 6, 2), "gazette", "post")


@pytest.mark.parametrize(
    ("values", "counts"),
    [
        ((), (0, 0)),
        ((known(EVENT, MAY),), (1, 1)),
        ((known(EVENT, MAY), known(EVENT, MAY)), (1, 1)),
        ((known(EVENT, BOTH),), (2, 4)),
        ((known(EVENT, MAY, BOTH),), (2, 4)),
        ((known(EVENT, MAY), known(EVENT, reported(date(2003, 7, 1), None, date(2003, 7, 2), "post"))), (2, 2)),
        ((known(EVENT, reported(date(2003, 1, 1), DAY, DAY, "a")),), (1, 12)),
        ((known(SPELL, reported(date(2001, 3, 1), date(2003, 2, 1), DAY, "a")),), (1, 2)),
        ((known(SPELL, reported(date(2003, 11, 30), date(2004, 2, 1), DAY, "a")),), (1, 2)),
        ((known(SPELL, reported(date(2003, 11, 30), None, date(2003, 12, 5), "a")),), (1, 2)),
        ((known(STATE, reported(date(1990, 1, 1), None, date(2003, 6, 5), "a")),), (1, 1)),
        ((known(STATE, reported(date(1990, 1, 1), None, date(1991, 6, 5), "a")),), (1, 0)),
        ((known(STATE, reported(date(1990, 1, 1), None, date(2004, 1, 1), "a")),), (1, 0)),
        ((known(EVENT, search()),), (1, 12)),
        ((known(EVENT, search(), MAY),), (1, 12)),
        ((known(EVENT, evolve(search(), ended=date(2003, 2, 3)), MAY),), (1, 3)),
    ],
)  # fmt: skip
def test_sources_and_the_months_of_the_window_that_they_report_on_are_counted(
    values: tuple[IndicatorValue, ...], counts: tuple[int, int]
) -> None:
    assert reporting(values, DAY) == counts


@pytest.mark.parametrize(
    ("covers", "months"),
    [
        ((date(2003, 1, 1), DAY), 12),
        ((date(2002, 7, 1), date(2003, 6, 30)), 6),
        ((date(2002, 1, 1), date(2002, 12, 31)), 0),
        (None, 1),
    ],
)
def test_a_standing_fact_counts_in_the_period_that_its_source_covers(covers: tuple[date, date] | None, months: int) -> None:
    law = known(STATE, reported(date(1990, 1, 1), None, date(2003, 12, 31), "a"))
    assert reporting([law], DAY, {"a": source("a", covers=covers)}) == (1, months)


def test_the_months_are_those_of_the_window_that_ends_on_the_day() -> None:
    year = known(EVENT, reported(date(2003, 1, 1), DAY, DAY, "a"))
    assert reporting([year], date(2004, 6, 30)) == (1, 6)


def test_a_standing_fact_counts_in_the_month_in_which_it_was_reported_at_the_earliest() -> None:
    uncertain = evolve(reported(date(1990, 1, 1), None, date(2003, 6, 5), "a"), reported=(date(2003, 6, 5), date(2003, 9, 1)))
    june = reported(date(2003, 6, 1), date(2003, 6, 1), DAY, "a")
    assert reporting([known(STATE, uncertain), known(EVENT, june)], DAY) == (1, 1)


def test_a_companion_that_only_another_profile_reads_does_not_speak_for_a_facet() -> None:
    count = {
        "title": "t",
        "question": "q",
        "type": "count",
        "unit": "u",
        "worse": "higher",
        "time": "event",
        "aggregation": "sum",
    }
    codebook = codebook_of([{"id": "assoc.one", **count, "per_million": "yes"}, {"id": "assoc.two", **count}])
    closes = {
        "then": {"facet": "association", "level_at_most": "closed"},
        "rationale": "r",
        "sources": ["A p. 1"],
        "since": "2026-01-01",
    }
    rules = {
        profile: rule_file([{"id": f"RUL-00{n}", "title": "t", "kind": "level", "when": when, **closes}], profile)
        for n, profile, when in (
            (1, "coded", {"indicator": "assoc.two", "at_least": "3"}),
            (2, "other", {"indicator": "assoc.one_per_million", "at_least": "0.5"}),
        )
    }
    files = {"scale.yaml": scale_text((), tuple(rules)), "sources.yaml": SOURCES}
    method = method_of(rules_in({**files, **{f"{name}.yaml": text for name, text in rules.items()}}, codebook), codebook)
    values = indicator_values(evidence([]), codebook, DAY, 1_000_000)
    values = with_intervals(values, {"assoc.one": (30, 30)}, 1_000_000)
    known = {
        name: [f.status for f in assess_values(method, name, values, DAY, None).facets if f.facet == "association"]
        for name in rules
    }
    assert known == {"coded": [INSUFFICIENT], "other": [DETERMINED]}
