"""What methods of others need: a codebook beside the rules, and records that say that there is no value."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from assets.toy import RECORDS
from support.published_rows import Row, write_records

from ratingengine.engine.assess import assess
from ratingengine.engine.opening import Loaded, codebook_folder, load, load_evidence
from ratingengine.engine.rating import rate
from ratingengine.errors import NotFound
from ratingengine.explain.facts import facts_of
from ratingengine.explain.why.why import why
from ratingengine.explain.why_not.why_not import why_not
from ratingengine.files.shipped import rule_files, shipped
from ratingengine.model.assessment import BOUNDED, DETERMINED, ProfileAssessment
from ratingengine.model.evidence import Observation
from ratingengine.ruleset.check.checking import check
from ratingengine.world.countries import Country, by_iso3

TERROR = shipped("rules") / "political-terror"
AMNESTY, WATCH, STATE = "pts.amnesty", "pts.human_rights_watch", "pts.state_department"


def bouvet() -> Country:
    found = by_iso3("BVT")
    assert found is not None
    return found


def told(tmp_path: Path, *rows: dict[str, str]) -> Loaded:
    """The method with what is published of 2020, 2021 and so on."""
    given = [Row("a", 2020 + number, said) for number, said in enumerate(rows)]
    write_records(tmp_path / "records", given, {"a": bouvet()})
    return load("political-terror", [tmp_path / "records"], "reference")


def assessed(loaded: Loaded, year: int = 2020) -> ProfileAssessment:
    return assess(loaded.method, "scores", load_evidence(loaded, "BVT"), date(year, 12, 31), None, None)


def test_the_codebook_of_the_rules_goes_before_that_of_the_records() -> None:
    assert codebook_folder([RECORDS], TERROR) == TERROR / "codebook"
    assert codebook_folder([RECORDS], shipped("rules") / "civic-space") == RECORDS / "codebook"
    assert codebook_folder([], shipped("rules") / "civic-space") == shipped("indicators") / "codebook"
    assert not any("codebook" in path.parts for path in rule_files(TERROR))


def test_rules_with_a_codebook_have_no_shipped_records() -> None:
    with pytest.raises(NotFound, match=r"political-terror.*--records"):
        load("political-terror")


def test_each_rule_set_is_checked_by_its_own_codebook(tmp_path: Path) -> None:
    # The shipped codebook has the same indicator, but none as a value only where the method asks for it.
    write_records(tmp_path / "records", [Row("a", 2020, {STATE: "none"})], {"a": bouvet()})
    assert check((TERROR, tmp_path / "records"), None).problems == ()
    assert check((TERROR, shipped("rules") / "civic-space"), None).problems == ()
    # With two methods under check nobody can tell by which of them the records are coded.
    assert [one.code for one in check((shipped("rules"), tmp_path / "records"), None).problems] == ["I303"]


@pytest.mark.parametrize(
    ("said", "rating", "status"),
    [
        ({AMNESTY: "none", WATCH: "none", STATE: "3"}, "level_3", DETERMINED),
        ({AMNESTY: "2", WATCH: "none", STATE: "3"}, "level_3", DETERMINED),
        ({AMNESTY: "2", WATCH: "2", STATE: "3"}, "level_2", DETERMINED),
        ({WATCH: "none", STATE: "3"}, "level_2", BOUNDED),
        ({STATE: "3"}, "level_2", BOUNDED),
        ({AMNESTY: "none", WATCH: "none", STATE: "none"}, None, "insufficient"),
        ({AMNESTY: "none"}, None, "insufficient"),
    ],
)
def test_what_has_no_value_is_left_out_and_what_is_missing_is_not(
    said: dict[str, str], rating: str | None, status: str, tmp_path: Path
) -> None:
    found = assessed(told(tmp_path, said))
    assert (found.assessed, found.status) == (rating, status)
    assert found.known == len(said)


def test_of_several_years_the_last_says_whether_there_is_a_value(tmp_path: Path) -> None:
    loaded = told(tmp_path, {AMNESTY: "5", WATCH: "5", STATE: "5"}, {AMNESTY: "none", WATCH: "none", STATE: "1"})
    assert [assessed(loaded, year).assessed for year in (2020, 2021)] == ["level_5", "level_1"]
    assert rate(loaded, bouvet(), date(2021, 12, 31)).change == "upgrade"
    # In the middle of the year both scores overlap the twelve months; the later one counts.
    halfway = assess(loaded.method, "scores", load_evidence(loaded, "BVT"), date(2021, 6, 30), None, None)
    assert (halfway.assessed, halfway.values[AMNESTY].absent) == ("level_1", True)


def test_a_value_and_none_for_one_day_leave_it_open(tmp_path: Path) -> None:
    loaded = told(tmp_path, {AMNESTY: "none", WATCH: "none", STATE: "3"})
    file = tmp_path / "records/BVT/published.yaml"
    first, entry, *rest = file.read_text("utf-8").partition("  - id: BVT-0001")
    again = (entry + "".join(rest)).split("  - id: BVT-0002")[0].replace("0001", "0009").replace("value: none", "value: 2")
    file.write_text(first + entry + "".join(rest) + again, "utf-8")
    found = assessed(load("political-terror", loaded.records, "reference"))
    assert (found.values[AMNESTY].absent, found.values[AMNESTY].known, found.status) == (False, False, BOUNDED)
    said = [one for one in found.values[AMNESTY].entries if isinstance(one, Observation)]
    assert sorted(one.claim.no_value for one in said) == [False, True]


def test_that_there_is_no_value_is_part_of_why(tmp_path: Path) -> None:
    loaded = told(tmp_path, {AMNESTY: "none", WATCH: "3", STATE: "3"})
    found = assessed(loaded)
    facts = facts_of(loaded.method, "scores", found.values, None, None)
    because = why(facts)
    assert because.severity == loaded.method.scale.severity(found.assessed or "")
    assert because.sufficient == ((AMNESTY, WATCH, STATE),)
    better = why_not(facts, 1)
    assert {move.indicator: move.excluded for change in better.changes for move in change.moves}[AMNESTY] is True
