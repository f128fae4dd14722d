from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from assets.toy import source
from support.bad_files import FRAME

from ratingengine.errors import Problem
from ratingengine.evidence.records.collecting import collect_evidence
from ratingengine.evidence.records.reader import RecordFile, read_record_file
from ratingengine.method.codebook import read_codebook
from ratingengine.model.evidence import Claim, Observation
from ratingengine.model.indicator import UNBOUNDED, Codebook

HEAD = "schema: ratingengine/record/1\ncountry: BVT\n"
BASE = {
    "id": "BVT-1",
    "indicator": "assembly.banners_taken",
    "form": "value: 7",
    "from": "2003-05-01",
    "to": "2003-05-02",
    "reported": "2003-05-03",
    "sources": "[{source: gazette, locator: para 4}]",
    "coder": "A",
    "confidence": "high",
}


@pytest.fixture(scope="module")
def codebook() -> Codebook:
    found, _, problems = read_codebook(FRAME / "records/codebook")
    assert problems == ()
    return found


def observation(**changes: str) -> str:
    fields = BASE | {key.rstrip("_"): text for key, text in changes.items()}
    lines = [fields["form"] if key == "form" else f"{key}: {text}" for key, text in fields.items() if text]
    joined = "\n".join(lines).replace("\n", "\n    ")
    return f"  - {joined}\n"


def read(folder: Path, codebook: Codebook, text: str) -> tuple[RecordFile | None, tuple[Problem, ...]]:
    path = folder / "r.yaml"
    path.write_text(text, encoding="utf-8")
    return read_record_file(path, codebook)


def one(folder: Path, codebook: Codebook, **changes: str) -> Observation:
    found, problems = read(folder, codebook, HEAD + "observations:\n" + observation(**changes))
    assert problems == ()
    assert found is not None
    (only,) = found.observations
    return only


def codes(folder: Path, codebook: Codebook, **changes: str) -> list[str]:
    _, problems = read(folder, codebook, HEAD + "observations:\n" + observation(**changes))
    return [problem.code for problem in problems]


INDEX = {"indicator": "expression.press_index", "to": "open"}


@pytest.mark.parametrize(
    ("form", "bounds"),
    [
        ("value: 7", (7, 7)),
        ("at_least: 7", (7, None)),
        ("at_most: 7", (None, 7)),
        ("between: [7, 9]", (7, 9)),
        ("between: [7, 7]", (7, 7)),
        ("about: 7\ntolerance: 2", (5, 9)),
        ("about: 1\ntolerance: 2", (0, 3)),
        ("about: 7\ntolerance: 0", (7, 7)),
    ],
)
def test_each_form_of_a_claim_states_its_bounds(
    tmp_path: Path, codebook: Codebook, form: str, bounds: tuple[int | None, int | None]
) -> None:
    claim = one(tmp_path, codebook, form=form).claim
    assert (claim.lowest, claim.highest) == bounds
    assert claim.form == form.split(":", maxsplit=1)[0]


def test_a_tolerance_is_a_distance_and_not_bound_by_the_range(tmp_path: Path, codebook: Codebook) -> None:
    # The range of the index is 1 to 100; a tolerance of half a point lies outside it.
    claim = one(tmp_path, codebook, form="about: 50\ntolerance: 0.5", **INDEX).claim
    assert (claim.lowest, claim.highest) == (495, 505)
    assert one(tmp_path, codebook, form="about: 99.9\ntolerance: 5", **INDEX).claim == Claim("about", 949, 1000, "99.9 ± 5")


@pytest.mark.parametrize("tolerance", ["-1", "some", "0.55", "1e400"])
def test_a_tolerance_is_a_number_that_the_indicator_can_keep(tmp_path: Path, codebook: Codebook, tolerance: str) -> None:
    assert codes(tmp_path, codebook, form=f"about: 50\ntolerance: {tolerance}", **INDEX) == ["I303"]


def test_a_word_is_never_about(tmp_path: Path, codebook: Codebook) -> None:
    assert codes(tmp_path, codebook, indicator="expression.insult_law", form="about: yes\ntolerance: x", to="open") == ["I303"]


def test_no_is_a_value_and_norway_a_country(tmp_path: Path, codebook: Codebook) -> None:
    assert one(tmp_path, codebook, indicator="expression.insult_law", form="value: no", to="open").claim.highest == 0
    found, problems = read(tmp_path, codebook, HEAD.replace("BVT", "NOR") + "observations:\n" + observation())
    assert problems == ()
    assert found is not None
    assert found.country == "NOR"


@pytest.mark.parametrize("value", ["-7", "7.5", "yes", "1e400", ".nan", ".inf", "1000000000001", "07", "+7"])
def test_what_is_no_count_is_refused(tmp_path: Path, codebook: Codebook, value: str) -> None:
    assert codes(tmp_path, codebook, form=f"value: {value}") == ["I303"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"from": "2003-05-03"}, "I304"),
        ({"reported": "[2003-05-04, 2003-05-03]"}, "I304"),
        ({"reported": "2003-04-30"}, "I312"),
        ({"from": "by 2003-05-01"}, "I318"),
        ({"form": "between: [9, 7]"}, "I317"),
        ({"form": "value: 7\nat_most: 9"}, "F120"),
        ({"form": "value: 7\ntolerance: 1"}, "F120"),
        ({"indicator": "assembly.unknown"}, "I302"),
        ({"indicator": "assembly.banners_taken_per_million"}, "I302"),
        ({"sources": "[{source: gazette}]"}, "I306"),
        ({"sources": ""}, "F114"),
        ({"coder": "~"}, "F118"),
    ],
)
def test_one_defect_is_one_problem(tmp_path: Path, codebook: Codebook, changes: dict[str, str], code: str) -> None:
    assert codes(tmp_path, codebook, **changes) == [code]


def test_reported_on_the_first_day_is_early_enough(tmp_path: Path, codebook: Codebook) -> None:
    assert one(tmp_path, codebook, reported="2003-05-01").reported == (date(2003, 5, 1), date(2003, 5, 1))


def test_begun_by_and_open_are_kept(tmp_path: Path, codebook: Codebook) -> None:
    found = one(tmp_path, codebook, indicator="expression.insult_law", form="value: yes", from_="by 1990-01-01", to="open")
    assert (found.begun, found.begun_by, found.ended) == (date(1990, 1, 1), True, None)


def test_a_file_of_no_readable_country_is_no_evidence(tmp_path: Path, codebook: Codebook) -> None:
    found, problems = read(tmp_path, codebook, HEAD.replace("BVT", "NO") + "observations:\n" + observation())
    assert found is None
    assert [problem.code for problem in problems] == ["F118"]


def test_one_bad_observation_leaves_the_others_readable(tmp_path: Path, codebook: Codebook) -> None:
    text = HEAD + "observations:\n" + observation(form="value: -1") + observation(id="BVT-2")
    found, problems = read(tmp_path, codebook, text)
    assert found is not None
    assert [entry.id for entry in found.observations] == ["BVT-2"]
    assert len(problems) == 1


SEARCH = (
    "searches:\n  - id: BVT-S1\n    source: gazette\n    locator: para 5\n    facet: expression\n    from: 2003-01-01\n"
    "    to: 2003-12-31\n    indicators: [expression.boat_held]\n    reported: 2004-01-02\n    coder: A\n"
)


def test_a_search_says_where_it_looked_and_for_what(tmp_path: Path, codebook: Codebook) -> None:
    found, problems = read(tmp_path, codebook, HEAD + SEARCH)
    assert problems == ()
    assert found is not None
    (search,) = found.searches
    assert search.indicators == ("expression.boat_held",)
    assert str(search.source) == "gazette para 5"
    assert (search.begun, search.ended) == (date(2003, 1, 1), date(2003, 12, 31))


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("facet: expression", "facet: expresion", "I319"),
        ("    locator: para 5\n", "", "I306"),
        ("expression.boat_held", "expression.boat_helt", "I302"),
        ("to: 2003-12-31", "to: 2002-12-31", "I304"),
        ("reported: 2004-01-02", "reported: [2004-01-03, 2004-01-02]", "I304"),
        ("to: 2003-12-31", "to: open", "F115"),
    ],
)
def test_one_defect_of_a_search_is_one_problem(tmp_path: Path, codebook: Codebook, old: str, new: str, code: str) -> None:
    _, problems = read(tmp_path, codebook, HEAD + SEARCH.replace(old, new))
    assert [problem.code for problem in problems] == [code]


def test_evidence_is_one_body_in_order_of_ids_whatever_the_order_of_files(tmp_path: Path, codebook: Codebook) -> None:
    files = []
    for name in ("BVT-2", "BVT-1"):
        (tmp_path / name).mkdir()
        found, _ = read(tmp_path / name, codebook, HEAD + "observations:\n" + observation(id=name))
        assert found is not None
        files.append(found)
    forward, problems = collect_evidence("BVT", tuple(files), {})
    backward, _ = collect_evidence("BVT", tuple(reversed(files)), {})
    assert problems == ()
    assert forward == backward
    assert [entry.id for entry in forward.entries] == ["BVT-1", "BVT-2"]


def test_an_id_stands_once_also_across_observations_and_searches(tmp_path: Path, codebook: Codebook) -> None:
    text = HEAD + "observations:\n" + observation(id="BVT-S1") + SEARCH
    found, _ = read(tmp_path, codebook, text)
    assert found is not None
    _, (problem,) = collect_evidence("BVT", (found,), {})
    assert problem.code == "I301"


def test_the_highest_number_of_people_that_can_be_claimed_is_below_no_limit(tmp_path: Path, codebook: Codebook) -> None:
    claim = one(tmp_path, codebook, form="about: 1000000000000\ntolerance: 1000000000000").claim
    assert claim.highest is not None
    assert claim.highest < UNBOUNDED


LAW = {"indicator": "assembly.permit", "form": "value: ban", "from_": "by", "to": "open", "reported": "2004-04-12"}


def test_what_an_annual_report_says_is_in_force_began_by_the_end_of_the_year_that_it_covers(
    tmp_path: Path, codebook: Codebook
) -> None:
    found, problems = read(tmp_path, codebook, HEAD + "observations:\n" + observation(**LAW))
    assert found is not None
    assert problems == ()
    report = source("gazette", covers=(date(2003, 1, 1), date(2003, 12, 31)))
    evidence, problems = collect_evidence("BVT", (found,), {"gazette": report})
    assert problems == ()
    assert [(entry.begun, entry.begun_by) for entry in evidence.observations] == [(date(2003, 12, 31), True)]


@pytest.mark.parametrize("covers", [None, (date(2004, 1, 1), date(2004, 12, 31))])
def test_a_source_that_covers_nothing_or_what_was_still_to_come_dates_nothing(
    tmp_path: Path, codebook: Codebook, covers: tuple[date, date] | None
) -> None:
    found, _ = read(tmp_path, codebook, HEAD + "observations:\n" + observation(**LAW))
    assert found is not None
    evidence, (problem,) = collect_evidence("BVT", (found,), {"gazette": source("gazette", covers=covers)})
    assert (problem.code, evidence.observations) == ("I328", ())
