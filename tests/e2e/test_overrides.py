"""A judgement that departs from the rules, as a researcher writes one down, meets it again, and lets go of it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from assets.toy import RECORDS, RULES
from e2e.command import rate

YEAR = ("bvt", "--year", "2003", "--engine", "reference")
JUDGEMENT = """\
schema: ratingengine/overrides/1
overrides:
  - id: OVR-001
    country: BVT
    rating: {rating}
    who: A. Warden
    role: chair of the panel
    when: 2004-02-01
    reason: Invented.
    from: 2003-01-01
    until: {until}
"""


@pytest.fixture
def records(tmp_path: Path) -> Path:
    return Path(shutil.copytree(RECORDS, tmp_path / "records"))


def options(records: Path) -> tuple[str, ...]:
    return ("--rules", str(RULES), "--records", str(records))


def judge(records: Path, rating: str, until: str = "2003-12-31") -> tuple[str, ...]:
    (records / "overrides.yaml").write_text(JUDGEMENT.format(rating=rating, until=until), "utf-8")
    return options(records)


def test_a_judgement_is_met_wherever_its_rating_is(records: Path) -> None:
    asked = judge(records, "closed")
    rate(*YEAR, *asked).answered(
        "CLOSED by override (evidence points to repressed)", "OVR-001", "A. Warden", "Invented.", "rules: obstructed"
    )
    for words in (("history", "bvt"), ("changes", "--from", "2003", "--to", "2003"), ("watchlist", "--year", "2003")):
        rate(*words, *asked).answered("OVR-001", "closed", "obstructed", "by the")
    rate("why", "bvt", "--year", "2003", *asked).answered("Override OVR-001", "The rules publish obstructed")
    rate("bvt", "--year", "2004", *asked).answered("Earlier override", "OVR-001")


def test_a_judgement_taken_out_again_leaves_no_trace_in_kept_results(records: Path) -> None:
    plain = rate(*YEAR, *options(records)).out
    after = rate("bvt", "--year", "2004", *options(records)).out
    judge(records, "closed")
    assert "CLOSED" in rate("bvt", "--year", "2004", *options(records)).out
    (records / "overrides.yaml").unlink()
    assert rate(*YEAR, *options(records)).out == plain
    assert rate("bvt", "--year", "2004", *options(records)).out == after


def test_the_exit_code_of_stale_tells_whether_one_was_found(records: Path) -> None:
    needed = rate("overrides", "stale", *judge(records, "closed"))
    needed.answered("needed", "0 stale")
    stale = rate("overrides", "stale", *judge(records, "obstructed"))
    assert (stale.code, stale.err) == (1, "")
    assert "the rules give the same without it" in stale.out
    rate("overrides", "list", *options(records)).answered("OVR-001", "Invented.", "0 bands")


def test_a_judgement_that_cannot_be_read_stops_every_command(records: Path) -> None:
    asked = judge(records, "shut", "2007-01-01")
    for words in (YEAR, ("history", "bvt"), ("overrides", "list"), ("overrides", "stale")):
        rate(*words, *asked).refused(4, "I321", "I322", "overrides.yaml:5:13", "nothing was rated")
    checked = rate("check", str(RULES), str(records))
    assert checked.code == 1
    assert "I321" in checked.out


def test_a_departure_of_two_bands_is_a_remark_of_the_check(records: Path) -> None:
    judge(records, "closed")
    checked = rate("check", str(RULES), str(records))
    checked.answered("overrides: 1", "OVR-001: closed on 2003-12-31 is 2 bands from the obstructed", "no problem found")
    assert rate("check", str(RULES), str(records), "--format", "json").json["remarks"] != []


def test_a_folder_with_a_judgement_alone_adds_to_the_records(records: Path, tmp_path: Path) -> None:
    (tmp_path / "apart").mkdir()
    judge(tmp_path / "apart", "closed")
    rate(*YEAR, *options(records), "--records", str(tmp_path / "apart")).answered("CLOSED by override")


def test_the_shipped_records_have_no_override() -> None:
    rate("overrides", "list").answered("0 overrides")
    rate("overrides", "stale").answered("0 overrides, 0 stale")


def test_without_a_subcommand_or_with_another_the_use_is_told() -> None:
    assert rate("overrides", "add").code == 2
    assert "rate overrides" in rate("overrides", "--help").out
