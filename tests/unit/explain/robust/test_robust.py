"""How firm Bouvet Island's rating of 2003 is, by hand: either facet's claim carries it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from assets.toy import OPTIONS, island, loaded
from support.weighed import method, records

from ratingengine.cli import run
from ratingengine.engine.rating import load, load_evidence, rate
from ratingengine.explain.facts import Facts, facts_from
from ratingengine.explain.robust import robust as robust_module
from ratingengine.explain.robust.robust import (
    FRAGILE,
    UNDETERMINED,
    UNRATED,
    Attainable,
    Withdrawal,
    attainable,
    flip,
    robust,
    worse_by,
)
from ratingengine.model.evidence import Evidence

LOADED = loaded()


def asked(year: int) -> tuple[Facts, Evidence, date]:
    day = date(year, 12, 31)
    chosen = rate(LOADED, island(), day).chosen
    facts = facts_from(LOADED.method, chosen, island().population)
    return facts, load_evidence(LOADED, "BVT"), day


def test_one_claim_about_the_papers_carries_the_rating_and_so_does_each_standing_fact_without_which_none_is_given() -> None:
    # Both claims about banners are of one event; leaving out either leaves the other, which is at least 3 too.
    found = flip(Withdrawal(*asked(2003)))
    assert found.sets == (("BVT-2001-001",), ("BVT-2003-001",), ("BVT-2003-004",))
    assert found.reached == (UNRATED, UNRATED, 1)
    assert (found.size, found.proved, found.cut) == (1, True, False)


def test_a_source_without_which_no_rating_is_given_carries_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["robust", "BVT", "--year", "2003", *OPTIONS]) == 0
    said = capsys.readouterr().out
    assert "Without 1 claim another rating or none would be assessed; no smaller set does" in said
    assert "1. no rating: BVT-2001-001" in said
    assert "Sources that carry it, each by itself: none" not in said


def test_the_verdict_follows_what_is_possible_and_whether_there_is_a_rating() -> None:
    facts, evidence, day = asked(2003)
    assert attainable(facts).severities == (3,)
    assert robust(facts, evidence, day, rated=True).verdict == FRAGILE
    assert robust(facts, evidence, day, rated=False).verdict == UNDETERMINED


def test_what_no_value_of_a_measure_gives_is_not_possible(tmp_path: Path) -> None:
    """Polls weigh a fifth: whatever they are, the mean is not more than 20 points short."""
    asking, known = method(tmp_path / "mine"), records(tmp_path / "records", press=100, courts=100)
    weighed = load(str(asking), [known], "reference")
    chosen = rate(weighed, island(), date(2021, 12, 31)).chosen
    assert chosen.possible == ("good", "poor")
    assert attainable(facts_from(weighed.method, chosen, None)) == Attainable((0,), exact=True)


def test_no_open_value_worsens_what_is_determined() -> None:
    assert worse_by(asked(2003)[0], 3) == ()


def test_a_search_that_was_cut_is_not_told_as_firmness(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(robust_module, "smallest", lambda *_: ((), 1))
    monkeypatch.setattr(robust_module, "MOST_TRIED", 0)
    facts, evidence, day = asked(2003)
    found = flip(Withdrawal(facts, evidence, day))
    assert (found.sets, found.cut) == ((), True)
    assert run(["robust", "BVT", "--year", "2003", *OPTIONS]) == 0
    said = capsys.readouterr().out
    assert "No claim carries it" not in said
    assert "too many to search" in said
