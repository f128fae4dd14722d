"""Observations to intervals, at both sides of every edge."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from assets.toy import indicator, observation
from support.entries import Entry, codebook_of, evidence_of

from ratingengine.evidence.values import indicator_value, indicator_values, with_intervals
from ratingengine.interface.words import undivided_words
from ratingengine.model.evidence import Claim
from ratingengine.model.indicator import UNBOUNDED, Codebook
from ratingengine.model.window import Window

COUNT = {"type": "count", "unit": "people", "worse": "higher"}
WORD = {"type": "category", "values": [{"id": word, "anchor": word} for word in ("none", "some", "many")], "worse": "higher"}
STATE = {"time": "condition", "aggregation": "max"}
ENTRIES: dict[str, Entry] = {
    "killed": {**COUNT, "time": "event", "aggregation": "sum", "per_million": "yes"},
    "largest": {**COUNT, "time": "event", "aggregation": "max"},
    "jailed": {**COUNT, "time": "spell", "aggregation": "sum"},
    "banned": {**COUNT, "time": "condition", "basis": "law", "aggregation": "sum"},
    "raided": {"type": "yes_no", "worse": "higher", "time": "event", "aggregation": "any"},
    "protected": {"type": "yes_no", "worse": "lower", "time": "condition", "basis": "law", "aggregation": "any"},
    "torture": {**WORD, "time": "event", "aggregation": "max"},
    "regime": {**WORD, "time": "condition", "basis": "law", "aggregation": "max"},
    "blocking": {**WORD, "time": "condition", "basis": "practice", "aggregation": "max"},
    "score": {
        "type": "index",
        "unit": "points",
        "range": ["0", "100"],
        "decimals": "1",
        "worse": "lower",
        "time": "event",
        "aggregation": "latest",
    },
    "mean": {
        "type": "index",
        "unit": "points",
        "range": ["0", "100"],
        "decimals": "1",
        "worse": "lower",
        "time": "event",
        "aggregation": "mean",
        "window": "36",
    },
}
ORDER = (
    "id",
    "title",
    "question",
    "type",
    "unit",
    "values",
    "range",
    "decimals",
    "worse",
    "time",
    "basis",
    "aggregation",
    "window",
)


@pytest.fixture(scope="module")
def codebook() -> Codebook:
    found = []
    for name, entry in ENTRIES.items():
        full = {"id": f"assoc.{name}", "title": name, "question": "How?", **entry}
        found.append({key: full[key] for key in (*ORDER, "per_million") if key in full})
    return codebook_of(found)


def seen(name: str, begun: str, ended: str, **claim: Any) -> Entry:
    """An observation; `reported` and `event` as in a record."""
    reported = claim.pop("reported", "2021-06-30" if ended == "open" else ended)
    event: Entry = {key: claim.pop(key) for key in ("event", "total") if key in claim}
    entry = {"id": "", "indicator": f"assoc.{name}", **claim, "from": begun, "to": ended, **event, "reported": reported}
    return {**entry, "sources": [{"source": "A", "locator": "p. 1"}], "coder": "A", "confidence": "high"}


def total(name: str, begun: str = "2021-01-01", ended: str = "2021-12-31", **claim: Any) -> Entry:
    """A statement about all that there was in a period, by default the year."""
    return seen(name, begun, ended, **claim, total="yes")


def none_found(name: str, begun: str = "2021-01-01", ended: str = "2021-12-31") -> Entry:
    """A search without result."""
    found = {"id": "", "source": "A", "locator": "p. 2", "facet": "association", "from": begun, "to": ended}
    return {**found, "indicators": [f"assoc.{name}"], "reported": ended, "coder": "A"}


def ends(
    codebook: Codebook, name: str, *entries: Entry, on: str = "2021-12-31", population: int | None = None
) -> tuple[str, str]:
    """The interval as written; `..` for no limit."""
    numbered = [{**entry, "id": f"KAZ-{n}"} for n, entry in enumerate(entries)]
    observations = [entry for entry in numbered if "indicator" in entry]
    searches = [entry for entry in numbered if "indicators" in entry]
    evidence = evidence_of(observations, searches, codebook)
    value = indicator_values(evidence, codebook, date.fromisoformat(on), population)[f"assoc.{name}"]
    number = value.indicator.number
    return number(value.lowest), ".." if value.highest == UNBOUNDED else number(value.highest)


def test_a_missing_indicator_is_its_full_range(codebook: Codebook) -> None:
    assert ends(codebook, "killed") == ("0", "..")
    assert ends(codebook, "regime") == ("none", "many")
    assert ends(codebook, "raided") == ("no", "yes")
    assert ends(codebook, "score") == ("0.0", "100.0")


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ({"value": "7"}, ("7", "7")),
        ({"at_least": "201"}, ("201", "..")),
        ({"at_most": "3999"}, ("0", "3999")),
        ({"between": ["5", "9"]}, ("5", "9")),
        ({"about": "500", "tolerance": "50"}, ("450", "550")),
        ({"about": "3", "tolerance": "5"}, ("0", "8")),
    ],
)
def test_a_total_of_the_year_bounds_it_as_stated(codebook: Codebook, claim: Entry, expected: tuple[str, str]) -> None:
    assert ends(codebook, "killed", total("killed", **claim)) == expected


@pytest.mark.parametrize(
    ("claim", "lowest"),
    [
        ({"value": "7"}, "7"),
        ({"at_most": "7"}, "0"),
        ({"between": ["5", "9"]}, "5"),
        ({"about": "500", "tolerance": "50"}, "450"),
    ],
)
def test_a_total_of_part_of_the_year_and_what_is_no_total_bound_it_from_below_only(
    codebook: Codebook, claim: Entry, lowest: str
) -> None:
    assert ends(codebook, "killed", total("killed", "2021-01-02", **claim)) == (lowest, "..")
    assert ends(codebook, "killed", seen("killed", "2021-01-01", "2021-12-31", **claim)) == (lowest, "..")


@pytest.mark.parametrize(("day", "counted"), [("2020-12-31", "0"), ("2021-01-01", "3"), ("2021-12-31", "3"), ("2022-01-01", "0")])
def test_an_event_counts_in_the_year_of_its_day(codebook: Codebook, day: str, counted: str) -> None:
    assert ends(codebook, "killed", seen("killed", day, day, value="3", event="E"))[0] == counted


def test_events_are_summed_and_the_largest_taken(codebook: Codebook) -> None:
    march, may = (seen("killed", day, day, value=value) for day, value in (("2021-03-01", "3"), ("2021-05-01", "4")))
    assert ends(codebook, "killed", march, may) == ("7", "..")
    largest = [{**entry, "indicator": "assoc.largest"} for entry in (march, may)]
    assert ends(codebook, "largest", *largest) == ("4", "..")


def test_claims_about_one_event_are_spanned_so_that_no_source_alone_raises_a_harm(codebook: Codebook) -> None:
    many = seen("killed", "2021-03-01", "2021-03-01", at_least="50", event="E")
    few = seen("killed", "2021-03-01", "2021-03-02", value="20", event="E")
    assert ends(codebook, "killed", many) == ("50", "..")
    assert ends(codebook, "killed", many, few) == ("20", "..")
    below = seen("killed", "2021-03-01", "2021-03-02", at_most="60", event="E")
    assert ends(codebook, "killed", many, below) == ("50", "..")


def test_two_totals_of_the_same_year_are_claims_about_it(codebook: Codebook) -> None:
    one, other = (total("killed", value=value) for value in ("10", "14"))
    assert ends(codebook, "killed", one, other) == ("10", "14")


def test_counts_of_the_same_year_are_parts_that_add_unless_one_says_that_it_is_the_total(codebook: Codebook) -> None:
    five, three = (seen("killed", "2021-01-01", "2021-12-31", value=value) for value in ("5", "3"))
    assert ends(codebook, "killed", five, three) == ("8", "..")
    many, few = (seen("killed", "2021-01-01", "2021-12-31", at_least=number) for number in ("200", "3"))
    assert ends(codebook, "killed", many, few) == ("203", "..")
    assert ends(codebook, "killed", five, three, total("killed", value="9")) == ("9", "9")
    assert ends(codebook, "killed", five, three, total("killed", at_least="9")) == ("9", "..")


def test_the_gravest_of_a_year_is_known_only_where_all_of_it_is_meant(codebook: Codebook) -> None:
    year = ("2021-01-01", "2021-12-31")
    assert ends(codebook, "torture", seen("torture", *year, value="some")) == ("some", "many")
    assert ends(codebook, "torture", total("torture", value="some")) == ("some", "some")
    assert ends(codebook, "torture", seen("torture", *year, value="none")) == ("none", "none")


def test_parts_that_exceed_the_stated_total_are_believed_and_it_bounds_nothing_from_above(codebook: Codebook) -> None:
    most = total("killed", at_most="5")
    assert ends(codebook, "killed", most, seen("killed", "2021-02-01", "2021-02-01", value="3")) == ("3", "5")
    assert ends(codebook, "killed", most, seen("killed", "2021-02-01", "2021-02-01", value="5")) == ("5", "5")
    assert ends(codebook, "killed", most, seen("killed", "2021-02-01", "2021-02-01", value="8")) == ("8", "..")
    assert ends(codebook, "killed", most, total("killed", "2021-02-01", "2021-02-28", value="8")) == ("8", "..")


def test_a_total_of_several_years_bounds_each_of_them_from_above_only(codebook: Codebook) -> None:
    three = total("killed", "2019-01-01", value="9")
    for year in ("2019", "2020", "2021"):
        assert ends(codebook, "killed", three, on=f"{year}-12-31") == ("0", "9")
    assert ends(codebook, "killed", three, on="2022-12-31") == ("0", "..")
    assert ends(codebook, "killed", three, on="2021-06-30") == ("0", "9")
    # What exceeds it in another of its years shows that it bounds none of them.
    beyond = seen("killed", "2019-03-01", "2019-03-01", value="10")
    assert ends(codebook, "killed", three, beyond) == ("0", "..")
    assert ends(codebook, "killed", three, seen("killed", "2018-03-01", "2018-03-01", value="10")) == ("0", "9")


def test_totals_of_parts_of_the_year_add_where_their_days_are_apart_and_hold_what_happened_in_them(codebook: Codebook) -> None:
    spring, summer = (
        total("killed", "2021-01-01", "2021-06-30", value="5"),
        total("killed", "2021-07-01", "2021-09-30", value="4"),
    )
    assert ends(codebook, "killed", spring, summer) == ("9", "..")
    assert ends(codebook, "killed", spring, total("killed", "2021-04-01", "2021-09-30", value="4")) == ("5", "..")
    within = seen("killed", "2021-03-01", "2021-03-01", value="3")
    assert ends(codebook, "killed", spring, within) == ("5", "..")
    assert ends(codebook, "killed", spring, within, seen("killed", "2021-10-01", "2021-10-02", value="2")) == ("7", "..")
    astride = seen("killed", "2021-06-30", "2021-07-01", value="3")
    assert ends(codebook, "killed", spring, astride) == ("5", "..")
    assert ends(codebook, "killed", spring, summer, astride) == ("9", "..")


def test_totals_of_spells_may_count_the_same_people(codebook: Codebook) -> None:
    spring, summer = (total("jailed", *days, value="5") for days in (("2021-01-01", "2021-06-30"), ("2021-07-01", "2021-09-30")))
    assert ends(codebook, "jailed", spring, summer) == ("5", "..")
    assert ends(codebook, "jailed", spring, seen("jailed", "2021-05-01", "2021-08-01", value="2")) == ("5", "..")
    assert ends(codebook, "jailed", spring, seen("jailed", "2021-07-01", "2021-08-01", value="2")) == ("7", "..")


@pytest.mark.parametrize(("on", "lowest"), [("2020-12-31", "0"), ("2021-12-31", "0"), ("2021-02-28", "49"), ("2021-02-27", "0")])
def test_an_event_over_new_year_is_established_in_no_window_that_holds_only_some_of_its_days(
    codebook: Codebook, on: str, lowest: str
) -> None:
    winter = seen("killed", "2020-12-01", "2021-02-28", value="49")
    assert ends(codebook, "killed", winter, on=on) == (lowest, "..")


def test_an_event_over_new_year_is_among_what_either_year_rests_on(codebook: Codebook) -> None:
    winter = {**seen("killed", "2020-12-01", "2021-02-28", value="49"), "id": "KAZ-1"}
    evidence = evidence_of([winter], [], codebook)
    for year, counting in ((2019, 0), (2020, 1), (2021, 1), (2022, 0)):
        values = indicator_values(evidence, codebook, date(year, 12, 31), None)
        assert len(values["assoc.killed"].observations) == counting


def test_the_answer_says_of_an_event_over_new_year_that_it_is_not_divided(codebook: Codebook) -> None:
    winter = {**seen("killed", "2020-12-01", "2021-02-28", value="49"), "id": "KAZ-1"}
    inside = {**seen("killed", "2020-11-01", "2020-11-01", value="2"), "id": "KAZ-2"}
    whole = {**total("killed", "2019-01-01", value="90"), "id": "KAZ-3"}
    evidence = evidence_of([winter, inside, whole], [], codebook)
    for day, expected in (
        (date(2020, 12, 31), ["killed: value 49 between 2020-12-01 and 2021-02-28 (KAZ-1)"]),
        (date(2021, 12, 31), ["killed: value 49 between 2020-12-01 and 2021-02-28 (KAZ-1)"]),
        (date(2021, 2, 28), []),
        (date(2019, 12, 31), []),
    ):
        values = indicator_values(evidence, codebook, day, None)
        assert list(undivided_words(values.values(), day)) == expected


def test_a_claim_that_dates_an_event_within_one_year_counts_it_there(codebook: Codebook) -> None:
    winter = seen("killed", "2020-12-01", "2021-02-28", value="49", event="E")
    december = seen("killed", "2020-12-20", "2020-12-20", value="40", event="E")
    assert ends(codebook, "killed", winter, december, on="2020-12-31") == ("40", "..")
    assert ends(codebook, "killed", winter, december, on="2021-12-31") == ("0", "..")


def test_standing_counts_are_added_and_a_total_of_them_says_so(codebook: Codebook) -> None:
    bans = [seen("banned", "2020-01-01", "open", value=value) for value in ("1", "2")]
    assert ends(codebook, "banned", *bans) == ("3", "..")
    stock = seen("banned", "2020-01-01", "open", value="3", total="yes")
    assert ends(codebook, "banned", *bans, stock) == ("3", "3")
    assert ends(codebook, "banned", *bans, bans[0], stock) == ("4", "..")
    assert ends(codebook, "banned", seen("banned", "2020-01-01", "open", value="0")) == ("0", "0")


def test_a_search_of_the_whole_window_bounds_the_total_at_none(codebook: Codebook) -> None:
    assert ends(codebook, "killed", none_found("killed")) == ("0", "0")
    assert ends(codebook, "killed", none_found("killed", "2021-01-02")) == ("0", "..")
    assert ends(codebook, "killed", none_found("killed", ended="2021-12-30")) == ("0", "..")
    assert ends(codebook, "killed", none_found("largest")) == ("0", "..")
    assert ends(codebook, "raided", none_found("raided")) == ("no", "no")


def test_a_find_is_believed_over_a_search_that_found_none(codebook: Codebook) -> None:
    assert ends(codebook, "killed", none_found("killed"), seen("killed", "2021-02-01", "2021-02-01", value="3")) == ("3", "..")


def test_a_search_for_a_standing_fact_needs_only_the_day(codebook: Codebook) -> None:
    assert ends(codebook, "regime", none_found("regime", "2021-12-31")) == ("none", "none")
    assert ends(codebook, "regime", none_found("regime", ended="2021-12-30")) == ("none", "many")


@pytest.mark.parametrize(
    ("begun", "ended", "counted"),
    [
        ("2019-05-01", "2020-12-31", "0"),
        ("2019-05-01", "2021-01-01", "2"),
        ("2021-12-31", "2022-03-01", "2"),
        ("2022-01-01", "2022-03-01", "0"),
    ],
)
def test_a_spell_counts_in_every_year_it_overlaps(codebook: Codebook, begun: str, ended: str, counted: str) -> None:
    assert ends(codebook, "jailed", seen("jailed", begun, ended, value="2"))[0] == counted


def test_an_open_spell_lasts_to_the_day_it_was_reported(codebook: Codebook) -> None:
    for reported, counted in (("2020-12-31", "0"), ("2021-01-01", "2")):
        assert ends(codebook, "jailed", seen("jailed", "2020-01-01", "open", value="2", reported=reported))[0] == counted


def test_a_spell_of_the_whole_year_is_one_among_others_unless_it_says_none(codebook: Codebook) -> None:
    assert ends(codebook, "jailed", seen("jailed", "2021-01-01", "2021-12-31", value="2")) == ("2", "..")
    assert ends(codebook, "jailed", seen("jailed", "2021-01-01", "2021-12-31", value="0")) == ("0", "0")
    assert ends(codebook, "jailed", total("jailed", value="2")) == ("2", "2")


def test_an_open_law_stays_in_force_and_a_closed_one_to_its_last_day(codebook: Codebook) -> None:
    opened = seen("regime", "2005-03-01", "open", value="many", reported="2010-01-01")
    assert ends(codebook, "regime", opened, on="2031-12-31") == ("many", "many")
    assert ends(codebook, "regime", opened, on="2005-02-28") == ("none", "many")
    closed = seen("regime", "2005-03-01", "2021-12-30", value="many")
    assert ends(codebook, "regime", closed, on="2021-12-30") == ("many", "many")
    assert ends(codebook, "regime", closed, on="2021-12-31") == ("none", "many")


@pytest.mark.parametrize(
    ("reported", "last"),
    [("2019-06-30", "2021-06-30"), ("2020-02-29", "2022-02-28"), (["2019-06-30", "2021-01-01"], "2021-06-30")],
)
def test_a_practice_lapses_twenty_four_months_after_it_was_last_seen(codebook: Codebook, reported: Any, last: str) -> None:
    practice = seen("blocking", "2019-01-01", "open", value="some", reported=reported)
    day = date.fromisoformat(last)
    assert ends(codebook, "blocking", practice, on=last) == ("some", "some")
    assert ends(codebook, "blocking", practice, on=str(date.fromordinal(day.toordinal() + 1))) == ("none", "many")


def test_a_practice_seen_again_goes_on(codebook: Codebook) -> None:
    first = seen("blocking", "2019-01-01", "open", value="some", reported="2019-01-01")
    again = seen("blocking", "2019-01-01", "open", value="some", reported="2020-12-31", event="E")
    assert ends(codebook, "blocking", first, on="2022-12-31") == ("none", "many")
    assert ends(codebook, "blocking", first, again, on="2022-12-31") == ("some", "some")


def test_a_condition_begun_by_a_day_is_known_from_that_day(codebook: Codebook) -> None:
    law = seen("regime", "by 2021-06-01", "open", value="some")
    assert ends(codebook, "regime", law, on="2021-05-31") == ("none", "many")
    assert ends(codebook, "regime", law, on="2021-06-01") == ("some", "some")


def test_the_heaviest_of_several_states_counts_and_bans_are_added(codebook: Codebook) -> None:
    states = [seen("regime", "2020-01-01", "open", value=value) for value in ("some", "many", "none")]
    assert ends(codebook, "regime", *states) == ("many", "many")
    bans = [seen("banned", "2020-01-01", "open", value="1", event=event) for event in ("E1", "E1", "E2")]
    assert ends(codebook, "banned", *bans) == ("2", "..")


def test_the_latest_reading_of_an_index_counts(codebook: Codebook) -> None:
    march, may = (seen("score", day, day, value=value) for day, value in (("2021-03-01", "33.1"), ("2021-05-01", "30.0")))
    assert ends(codebook, "score", march, may) == ("30.0", "30.0")
    assert ends(codebook, "score", march, may, on="2022-03-31") == ("30.0", "30.0")
    assert ends(codebook, "score", march, may, on="2022-04-30") == ("30.0", "30.0")
    assert ends(codebook, "score", march, may, on="2022-05-01") == ("0.0", "100.0")
    rival = seen("score", "2021-05-01", "2021-05-01", at_least="31")
    assert ends(codebook, "score", march, may, rival) == ("30.0", "100.0")


def test_a_mean_over_three_years_is_rounded_outwards(codebook: Codebook) -> None:
    readings = [seen("mean", f"{year}-12-31", f"{year}-12-31", value=value) for year, value in ((2019, "10.0"), (2020, "10.1"))]
    assert ends(codebook, "mean", *readings) == ("10.0", "10.1")
    third = seen("mean", "2021-12-31", "2021-12-31", between=["10.1", "10.4"])
    assert ends(codebook, "mean", *readings, third) == ("10.0", "10.2")
    assert ends(codebook, "mean", *readings, third, on="2022-12-31") == ("10.1", "10.3")


def test_a_protective_law_is_judged_by_its_worst_end(codebook: Codebook) -> None:
    evidence = evidence_of([{**seen("protected", "2020-01-01", "open", value="yes"), "id": "KAZ-1"}], [], codebook)
    values = indicator_values(evidence, codebook, date(2021, 12, 31), None)
    assert (values["assoc.protected"].best, values["assoc.protected"].worst, values["assoc.protected"].known) == (-1, -1, True)
    missing = values["assoc.score"]
    assert (missing.best, missing.worst, missing.known) == (-1000, 0, False)


@pytest.mark.parametrize(
    ("population", "expected"),
    [(1_000_000, ("7.000", "8.000")), (3_000_000, ("2.333", "2.667")), (2_000_000, ("3.500", "4.000")), (None, ("0.000", ".."))],
)
def test_per_million_is_rounded_down_at_the_low_end_and_up_at_the_high_end(
    codebook: Codebook, population: int | None, expected: tuple[str, str]
) -> None:
    whole = total("killed", between=["7", "8"])
    assert ends(codebook, "killed_per_million", whole, population=population) == expected


def test_per_million_of_a_count_without_upper_bound_has_none(codebook: Codebook) -> None:
    part = seen("killed", "2021-02-01", "2021-02-01", at_least="7")
    assert ends(codebook, "killed_per_million", part, population=1_000_000) == ("7.000", "..")


def test_a_search_stands_beside_a_part_that_found_none_either(codebook: Codebook) -> None:
    assert ends(codebook, "killed", none_found("killed"), seen("killed", "2021-02-01", "2021-02-01", value="0")) == ("0", "0")


def test_per_million_of_a_tiny_population_stays_within_exact_numbers(codebook: Codebook) -> None:
    whole = total("killed", value="900000000000")
    evidence = evidence_of([{**whole, "id": "KAZ-1"}], [], codebook)
    value = indicator_values(evidence, codebook, date(2021, 12, 31), 1000)["assoc.killed_per_million"]
    assert value.lowest <= value.highest <= UNBOUNDED


def test_an_event_that_two_sources_date_across_new_year_falls_on_the_earlier_day_only(codebook: Codebook) -> None:
    claims = (
        seen("killed", "2020-12-31", "2020-12-31", at_least="10", event="KAZ-E"),
        seen("killed", "2021-01-01", "2021-01-01", at_least="200", event="KAZ-E"),
    )
    assert ends(codebook, "killed", *claims) == ("0", "..")


def test_a_standing_count_of_none_is_known(codebook: Codebook) -> None:
    assert ends(codebook, "banned", seen("banned", "2020-01-01", "open", value="0")) == ("0", "0")
    assert ends(codebook, "banned", seen("banned", "2021-06-01", "open", value="0")) == ("0", "0")


@pytest.mark.parametrize(("reported", "highest"), [("2021-12-31", "4"), ("2021-12-30", "..")])
def test_a_total_that_is_still_open_covers_the_window_up_to_its_report(codebook: Codebook, reported: str, highest: str) -> None:
    whole = total("killed", ended="open", value="4", reported=reported)
    assert ends(codebook, "killed", whole) == ("4", highest)


def test_an_open_spell_reported_over_an_interval_lasts_at_least_its_first_day(codebook: Codebook) -> None:
    spell = seen("jailed", "2021-01-10", "open", value="3", reported=["2020-12-01", "2021-02-01"])
    assert ends(codebook, "jailed", spell) == ("3", "..")


GIVEN, NOT_GIVEN = Claim("value", 40, 40, "40"), Claim("value", None, None, "none")
INDEX = indicator(kind="index", aggregation="latest", may_be_none=True)


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ((GIVEN,), (40, 40, False)),
        ((), (0, 100, False)),
        ((NOT_GIVEN,), (0, 100, True)),
        ((GIVEN, NOT_GIVEN), (0, 100, False)),
    ],
)
def test_where_one_source_gives_a_value_and_another_none_either_may_hold(
    claims: tuple[Claim, ...], expected: tuple[int, int, bool]
) -> None:
    entries = [observation(f"X-{n}", claim=claim) for n, claim in enumerate(claims)]
    value = indicator_value(INDEX, entries, (), Window.ending(date(2003, 12, 31)))
    assert (value.lowest, value.highest, value.absent) == expected


def test_a_supposed_interval_takes_the_place_of_no_value() -> None:
    absent = indicator_value(INDEX, [observation(claim=NOT_GIVEN)], (), Window.ending(date(2003, 12, 31)))
    supposed = with_intervals({INDEX.id: absent}, {INDEX.id: (10, 20)}, None)[INDEX.id]
    assert (supposed.lowest, supposed.highest, supposed.absent, absent.absent) == (10, 20, False, True)
