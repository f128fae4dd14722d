"""How a rating was known over time: every view is the answer that was to be had on that day, and none is left out."""

from __future__ import annotations

from datetime import date

import pytest
from assets.toy import OPTIONS, island, loaded
from attrs import evolve
from support.leaves import unsaid
from support.revised import agree

from ratingengine.cli import run
from ratingengine.engine.rating import load, load_evidence
from ratingengine.explain.history.revisions import Revisions, report_days, revisions

LOADED = loaded()
EVIDENCE = load_evidence(LOADED, "BVT")
YEARS = range(2000, 2007)


def test_each_view_is_the_answer_of_its_day_and_no_change_is_left_out() -> None:
    agree(revisions(LOADED, island(), EVIDENCE, YEARS), LOADED, EVIDENCE)


def test_a_late_report_revises_a_year_that_was_already_rated() -> None:
    late = date(2006, 1, 1)
    entries = [evolve(e, reported=(late, late)) if e.id == "BVT-2003-001" else e for e in EVIDENCE.observations]
    evidence = evolve(EVIDENCE, observations=tuple(entries))
    found = revisions(LOADED, island(), evidence, YEARS)
    agree(found, LOADED, evidence)
    year = next(year for year in found.years if year.as_of.year == 2003)
    assert year.views[-1].known_at == late
    assert year.views[-1].changed


def test_years_asked_alone_are_the_same_as_among_others() -> None:
    found = revisions(LOADED, island(), EVIDENCE, YEARS)
    for year in found.years:
        assert revisions(LOADED, island(), EVIDENCE, [year.as_of.year]) == Revisions((year,), found.reported)


def test_every_record_became_known_on_one_day() -> None:
    found = revisions(LOADED, island(), EVIDENCE, YEARS)
    told = sorted(name for one in found.reported for name in (*one.observations, *one.searches))
    assert told == sorted(entry.id for entry in EVIDENCE.entries)
    assert [one.day for one in found.reported] == sorted({entry.reported[1] for entry in EVIDENCE.entries})
    assert found.years[-1].views[-1].known == len(told)


def test_a_report_of_an_uncertain_day_becomes_known_on_the_later_one() -> None:
    entry = evolve(EVIDENCE.observations[0], reported=(date(2001, 3, 1), date(2001, 9, 9)))
    assert report_days(evolve(EVIDENCE, observations=(entry,), searches=())) == (date(2001, 9, 9),)


def test_kazakhstan_2022_is_known_as_it_was_on_each_day() -> None:
    method = load(engine="reference")
    evidence = load_evidence(method, "KAZ")
    agree(revisions(method, island("KAZ"), evidence, range(2016, 2023)), method, evidence)


def test_text_and_markdown_say_all_that_json_says(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["history", "BVT", "--revisions", "--engine", "reference", *OPTIONS]
    left_out = {"schema", "rules_on", "years.views.changed"}  # names of aspects, one of which is shown as the range
    assert unsaid(asked, left_out, capsys) == []
    assert unsaid(["history", "kazakhstan", "--revisions", "--engine", "reference"], left_out, capsys) == []


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("--revisions", "--year", "2003"), 0, "2003-12-31"),
        (("--revisions", "--to", "2002"), 0, "2002-12-31"),
        (("--revisions", "--rules", "RULES@2003-01-01"), 0, "by the rules of 1 January 2003"),
        (("--revisions", "--known-at", "2003-12-31"), 2, "leave --known-at out"),
        (("--revisions", "--year", "2003", "--to", "2004"), 2, "one of them"),
        (("--year", "2003"), 2, "--year goes with --revisions"),
        (("--revisions", "--year", "20030"), 2, "--year 20030 is outside"),
    ],
)
def test_the_command(words: tuple[str, ...], code: int, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    asked = [word.replace("RULES", OPTIONS[1]) for word in words]
    options = OPTIONS[2:] if "--rules" in words else OPTIONS
    assert run(["history", "BVT", "--engine", "reference", *asked, *options]) == code
    printed = capsys.readouterr()
    assert told in " ".join((printed.err if code else printed.out).split())
    if "--year" in words and code == 0:
        assert "2002-12-31" not in printed.out


def test_a_country_without_records_is_answered(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["history", "france", "--revisions"]) == 0
    assert "Nothing was ever reported of this country." in capsys.readouterr().out
