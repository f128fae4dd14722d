"""What the records ever use of the rules."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from assets.toy import RECORDS, RULES, island, loaded

from ratingengine.engine.rating import load, rate
from ratingengine.ruleset.test.load import UnderTest, load_under_test
from ratingengine.ruleset.test.on_record import on_record

CASE = "schema: ratingengine/cases/1\ncases:\n  - {rule: INV-001, name: nothing, given: {}, expect: possible}\n"


def invented(folder: Path) -> UnderTest:
    (folder / "cases").mkdir()
    (folder / "cases" / "one.yaml").write_text(CASE, "utf-8")
    return load_under_test(RULES, RECORDS / "codebook", folder / "cases")


def test_each_year_from_the_first_evidence_to_the_last_is_rated(tmp_path: Path) -> None:
    found = on_record(invented(tmp_path), loaded())
    assert found.country_years == 6  # Bouvet Island from 2001 to 2005, Heard Island and McDonald Islands in 2004
    years = [("BVT", year) for year in range(2001, 2006)] + [("HMD", 2004)]
    for rule in ("INV-001", "INV-031", "INV-050"):
        answers = [rate(loaded(), island(iso3), date(year, 12, 31)) for iso3, year in years]
        fires = sum(any(step.rule == rule for step in answer.profiles["coded"].steps) for answer in answers)
        assert found.fired[rule] == fires > 0
    assert found.fired.keys() == found.not_excluded.keys()
    assert "INV-060" not in found.fired, "a measure does not fire"


def test_conditions_that_no_year_meets_are_named(tmp_path: Path) -> None:
    never = on_record(invented(tmp_path), loaded()).never
    assert ("INV-032", "expression.silence at least 2") in never
    assert ("INV-001", "assembly.banners_taken at least 3") not in never


def test_without_records_nothing_fires(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "codebook").symlink_to(RECORDS / "codebook")
    found = on_record(invented(tmp_path), load(str(RULES), [tmp_path / "empty"], "reference"))
    assert found.country_years == 0
    assert set(found.fired.values()) == {0}
