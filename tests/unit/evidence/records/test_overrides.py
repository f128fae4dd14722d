"""Overrides are read with every problem at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from assets.toy import JUDGED, source

from ratingengine.errors import Problem
from ratingengine.evidence.records.documents import text_of
from ratingengine.evidence.records.overrides import collect_overrides, read_override_file
from ratingengine.model.evidence import Source
from ratingengine.model.override import Override

RATINGS = ("open", "narrowed", "obstructed", "repressed", "closed")
ONE = """\
  - id: {id}
    country: {country}
    rating: {rating}
    who: A. Warden
    role: chair of the panel
    when: {when}
    reason: {reason}
    from: {first}
    until: {last}
"""
GOOD = {
    "id": "OVR-001",
    "country": "BVT",
    "rating": "closed",
    "when": "2004-02-01",
    "reason": "Invented.",
    "first": "2003-01-01",
    "last": "2003-12-31",
}


def read(
    folder: Path,
    *entries: Mapping[str, str],
    tail: str = "",
    sources: tuple[Source, ...] = (),
    documents: Mapping[str, str] | None = None,
) -> tuple[tuple[Override, ...], list[Problem]]:
    path = folder / "overrides.yaml"
    text = "".join(ONE.format(**{**GOOD, **entry}) for entry in entries) + tail
    path.write_text("schema: ratingengine/overrides/1\noverrides:\n" + text, "utf-8")
    file, problems = read_override_file(path, RATINGS)
    assert file is not None
    texts = {name: text_of(content) for name, content in (documents or {}).items()}
    found, wrong = collect_overrides([file], {entry.id: entry for entry in sources}, texts)
    return found, [*problems, *wrong]


def test_every_key_is_kept() -> None:
    file, problems = read_override_file(JUDGED / "overrides.yaml", RATINGS)
    assert file is not None
    assert problems == ()
    first = file.overrides[0]
    assert (first.id, first.country, first.rating, first.who, first.role) == (
        *("OVR-001", "BVT", "closed", "A. Warden", "chair of the panel"),
    )
    assert (first.when, first.first, first.last) == (date(2004, 2, 1), date(2003, 1, 1), date(2003, 12, 31))
    assert first.reason.startswith("Invented. The banners")
    assert [str(cited) for cited in first.sources] == ["island-gazette p. 4"]


def test_an_empty_list_is_no_override(tmp_path: Path) -> None:
    path = tmp_path / "overrides.yaml"
    path.write_text("schema: ratingengine/overrides/1\noverrides: []\n", "utf-8")
    file, problems = read_override_file(path, RATINGS)
    assert (file.overrides if file else None, problems) == ((), ())


def test_all_defects_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    entries = (
        {"country": "BTV", "rating": "shut"},
        {"first": "2004-01-01"},
        {"id": "OVR-003", "last": "2009-12-31"},
        {"id": "OVR-004", "first": "2003-12-31"},
    )
    _, problems = read(tmp_path, *entries)
    assert sorted(problem.code for problem in problems) == ["I301", "I304", "I313", "I320", "I321", "I322"]
    assert all(problem.hint and problem.place for problem in problems)


@pytest.mark.parametrize(
    ("last", "codes"), [("2006-02-01", []), ("2006-02-02", ["I322"]), ("2002-12-31", ["I304"]), ("2003-01-01", [])]
)
def test_a_judgement_lasts_no_longer_than_two_years_after_it_was_made(last: str, codes: list[str], tmp_path: Path) -> None:
    assert [problem.code for problem in read(tmp_path, {"last": last})[1]] == codes


def test_the_period_may_lie_before_the_judgement_however_long(tmp_path: Path) -> None:
    assert read(tmp_path, {"first": "1990-01-01"})[1] == []


@pytest.mark.parametrize(
    ("first", "last", "shared"),
    [
        ("2002-01-01", "2002-12-31", None),
        ("2004-01-01", "2004-12-31", None),
        ("2003-12-31", "2004-12-31", "2003-12-31 to 2003-12-31"),
        ("2002-01-01", "2003-01-01", "2003-01-01 to 2003-01-01"),
        ("2003-05-01", "2003-05-02", "2003-05-01 to 2003-05-02"),
    ],
)
def test_two_of_a_country_share_no_day(first: str, last: str, shared: str | None, tmp_path: Path) -> None:
    other = {"id": "OVR-002", "first": first, "last": last}
    _, problems = read(tmp_path, {}, other)
    assert [problem.code for problem in problems] == (["I320"] if shared else [])
    assert shared is None or f"both govern BVT from {shared}" in problems[0].message
    assert read(tmp_path, {}, {**other, "country": "HMD"})[1] == []


def test_one_inside_a_long_one_does_not_hide_the_next_overlap(tmp_path: Path) -> None:
    inside = {"id": "OVR-002", "first": "2003-02-01", "last": "2003-02-02"}
    after = {"id": "OVR-003", "first": "2003-06-01", "last": "2003-06-02"}
    _, problems = read(tmp_path, {}, inside, after)
    assert [problem.message.split(" both")[0] for problem in problems] == ["OVR-002 and OVR-001", "OVR-003 and OVR-001"]


def test_without_a_scale_no_rating_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "overrides.yaml"
    path.write_text("schema: ratingengine/overrides/1\noverrides:\n" + ONE.format(**{**GOOD, "rating": "shut"}), "utf-8")
    assert read_override_file(path, ())[1] == ()
    assert [problem.code for problem in read_override_file(path, RATINGS)[1]] == ["I321"]


CITED = "    sources:\n      - source: {}\n        locator: {}\n"


@pytest.mark.parametrize(
    ("name", "locator", "codes"),
    [("gazette", "para 4", []), ("gazete", "para 4", ["I305"]), ("gazette", "para 11", ["I307"]), ("gazette", "p. 4", ["I307"])],
)
def test_what_it_cites_is_looked_up_like_that_of_an_observation(
    name: str, locator: str, codes: list[str], tmp_path: Path
) -> None:
    _, problems = read(tmp_path, {}, tail=CITED.format(name, locator), sources=(source(),))
    assert [problem.code for problem in problems] == codes


def test_a_reason_is_told_in_own_words(tmp_path: Path) -> None:
    copied = "the wardens took every banner from the people on the beach"
    found = read(
        tmp_path,
        {"reason": copied},
        tail=CITED.format("gazette", "para 2"),
        sources=(source(),),
        documents={"d" * 64: f"x\n\n{copied}"},
    )
    assert [problem.code for problem in found[1]] == ["I308"]
