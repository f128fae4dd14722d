"""The whole comparison on the invented islands, figure by figure."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from assets.toy import loaded

from ratingengine.backtest.backtest import Asked, Index, backtest, judged
from ratingengine.backtest.baselines import FIRST_YEAR, LAST_YEAR, first_years
from ratingengine.backtest.given import Given, Wanted, rated
from ratingengine.backtest.pairs import ASSESSED
from ratingengine.backtest.published import Published, read_published
from ratingengine.model.assessment import BOUNDED, DETERMINED, INSUFFICIENT

METHOD = loaded()
WORDS = METHOD.method.scale.words
ROWS = read_published(Path(__file__).parents[2] / "assets/published.csv", WORDS)
YEARS = {"BVT": tuple(range(2001, 2007)), "HMD": (2003, 2004, 2005)}
ANSWERS = rated(METHOD, Wanted(YEARS)).entries
FOUND = backtest(ROWS, ANSWERS, WORDS, Asked(draws=20))
"""Ours: BVT narrowed, narrowed, obstructed, obstructed, narrowed, narrowed; HMD none, obstructed, none."""


def test_no_pair_is_dropped() -> None:
    assert len(FOUND.pairs) == 9
    assert [pair.key for pair in FOUND.unanswered] == [("HMD", 2003), ("HMD", 2005)]
    assert [pair.key for pair in FOUND.mismatches] == [("BVT", 2003), ("BVT", 2005)]
    assert sum(map(sum, FOUND.confusion)) == FOUND.sides["rating"].tally.n == 7


def test_agreement_of_both_sides() -> None:
    rating, assessed = FOUND.sides["rating"].tally, FOUND.sides["assessed"].tally
    assert (rating.exact, rating.within) == (5, 7)
    assert (assessed.exact, assessed.within) == (5, 7), "repressed in 2003 agrees, narrowed in 2004 does not"
    other = backtest(ROWS, ANSWERS, WORDS, Asked(side=ASSESSED, draws=20))
    assert other.sides == FOUND.sides
    assert [pair.key for pair in other.mismatches] == [("BVT", 2004), ("BVT", 2005)]


def test_each_status_is_reported_apart() -> None:
    found = {
        one.group.name: (one.group.pairs, one.group.tally.n, one.group.tally.exact, one.covered) for one in FOUND.calibration
    }
    assert found == {
        DETERMINED: (4, 4, 2, 2),  # 2003 repressed is the assessment, 2004 and 2005 are not, HMD 2004 is
        BOUNDED: (3, 3, 3, 3),
        INSUFFICIENT: (2, 0, 0, 2),
    }


def test_groups_hold_all_pairs() -> None:
    for groups in FOUND.groups.values():
        assert sum(group.pairs for group in groups) == 9
    assert {group.name: group.pairs for group in FOUND.groups["published_status"]} == {"seen": 5, "derived": 4}
    assert {group.name for group in FOUND.groups["regions"]} == {"Americas", "Oceania"}
    assert [group.name for group in FOUND.groups["years"]] == ["2001", "2002", "2003", "2004", "2005", "2006"]
    assert {group.name: group.unanswered for group in FOUND.groups["profiles"]}["none"] == 1


def test_changes_of_the_islands() -> None:
    down, up = FOUND.changes.of["downgrades"], FOUND.changes.of["upgrades"]
    assert (FOUND.changes.pairs, FOUND.changes.rated, FOUND.changes.stable) == (7, 5, 2)
    assert (down.exact.published, down.exact.ours, down.exact.met, down.unrated) == (2, 1, 1, 1)
    assert (up.exact.published, up.exact.ours, up.exact.met, up.near.met) == (2, 1, 0, 1)
    assert FOUND.changes.false == {"downgrades": 0, "upgrades": 1}
    assert FOUND.changes.excused == {"downgrades": 0, "upgrades": 1}


def test_baselines_are_judged_on_the_pairs_that_we_answer() -> None:
    found = {one.name: (one.tally.n, one.tally.exact, one.ours.exact) for one in FOUND.baselines}
    assert found == {LAST_YEAR: (6, 2, 4), FIRST_YEAR: (6, 2, 4)}


def test_cut_points_stand_beside_them() -> None:
    values = {(row.iso3, row.year): Fraction(row.severity) for row in ROWS}
    examples = {(row.iso3, row.year): row.severity for row in ROWS}
    found = backtest(ROWS, ANSWERS, WORDS, Asked(draws=20), [Index("cut points on truth", values, examples)])
    cuts = found.baselines[-1]
    # Fitted to the other island alone, which was open or obstructed: nothing is ever narrowed or repressed.
    assert (cuts.name, cuts.tally.n) == ("cut points on truth", 7)
    assert cuts.tally.exact < 7


def test_a_chain_is_not_judged_on_its_first_year() -> None:
    rows = judged(ROWS, chained=True)
    assert {row.year for row in rows if row.iso3 == "BVT"} == set(range(2002, 2007))
    answers = rated(METHOD, Wanted(YEARS, first_years(ROWS))).entries
    found = backtest(ROWS, answers, WORDS, Asked(chained=True, draws=20))
    assert len(found.pairs) == len(ROWS) - 2
    # The first change is counted from the true rating on.
    assert found.changes.rated == 5 + 1
    assert found.changes.of["downgrades"].unrated == 0


def test_an_answer_that_nobody_asked_for_changes_nothing() -> None:
    more = {**ANSWERS, ("FIN", 2020): Given(0, 0, DETERMINED, 0, 0)}
    assert backtest(ROWS, more, WORDS, Asked(draws=20)) == FOUND


def test_published_ratings_alone() -> None:
    found = backtest((Published("KAZ", 2020, 2, "seen"),), {}, WORDS, Asked())
    assert (found.sides["rating"].tally.n, len(found.unanswered), found.mismatches) == (0, 1, ())
    assert found.calibration[0].covered == 1
