from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ratingengine.errors import Problem
from ratingengine.files.shipped import shipped
from ratingengine.method.codebook import MOST_DECIMALS, read_codebook
from ratingengine.method.rulefile.reader import read_rules
from ratingengine.model.indicator import UNBOUNDED, Codebook, is_derived

HEAD = "schema: ratingengine/codebook/1\nfacet: expression\nindicators:\n"
KEYS = ("id", "title", "question", "type", "unit", "values", "range", "decimals", "worse", "time", "basis", "aggregation")
COUNT = {
    "id": "expression.papers_closed",
    "title": "Papers closed",
    "question": "How many papers were closed?",
    "type": "count",
    "unit": "papers",
    "worse": "higher",
    "time": "event",
    "aggregation": "sum",
}
INDEX = COUNT | {"type": "index", "range": "[1, 100]", "decimals": "1", "aggregation": "latest"}
SHARE = {key: text for key, text in COUNT.items() if key != "unit"} | {"type": "share", "decimals": "2", "aggregation": "latest"}
VALUES = "[{id: none, anchor: No one.}, {id: all, anchor: Everyone.}]"
CATEGORY = {key: text for key, text in COUNT.items() if key != "unit"} | {
    "type": "category",
    "values": VALUES,
    "aggregation": "max",
}


def entry(fields: dict[str, str]) -> str:
    keys = [*(key for key in KEYS if key in fields), *(key for key in fields if key not in KEYS)]
    lines = [f"{'- ' if number == 0 else '  '}{key}: {fields[key]}" for number, key in enumerate(keys)]
    return "\n".join(f"  {line}" for line in lines) + "\n"


def read(folder: Path, *entries: dict[str, str]) -> tuple[Codebook, tuple[Problem, ...]]:
    (folder / "expression.yaml").write_text(HEAD + "".join(map(entry, entries)), encoding="utf-8")
    codebook, _, problems = read_codebook(folder)
    return codebook, problems


def test_a_count_has_no_upper_limit_and_keeps_its_facet(tmp_path: Path) -> None:
    codebook, problems = read(tmp_path, COUNT)
    assert problems == ()
    found = codebook["expression.papers_closed"]
    assert (found.facet, found.lowest, found.highest, found.decimals, found.window_months) == ("expression", 0, UNBOUNDED, 0, 12)


@pytest.mark.parametrize(
    ("fields", "ends"),
    [
        (INDEX, (10, 1000)),
        (INDEX | {"range": "[-1.5, 2]"}, (-15, 20)),
        (SHARE, (0, 100)),
        (SHARE | {"decimals": str(MOST_DECIMALS)}, (0, 10**9)),
        (CATEGORY, (0, 1)),
    ],
)
def test_ranges_become_whole_numbers(tmp_path: Path, fields: dict[str, str], ends: tuple[int, int]) -> None:
    codebook, problems = read(tmp_path, fields)
    assert problems == ()
    found = codebook["expression.papers_closed"]
    assert (found.lowest, found.highest) == ends


def test_a_count_that_grows_with_population_has_a_companion(tmp_path: Path) -> None:
    codebook, _ = read(tmp_path, COUNT | {"per_million": "yes"})
    companion = codebook["expression.papers_closed_per_million"]
    assert is_derived(companion)
    assert (companion.decimals, companion.unit, companion.worse) == (3, "papers per million", "higher")
    assert [found.id for found in codebook.coded] == ["expression.papers_closed"]
    alone, _ = read(tmp_path, COUNT | {"per_million": "no"})
    assert len(list(alone)) == 1


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({**COUNT, "type": "share"}, "I310"),
        ({**COUNT, "range": "[0, 1]"}, "I310"),
        ({**COUNT, "decimals": "1"}, "I310"),
        ({**COUNT, "values": VALUES}, "I310"),
        ({**COUNT, "basis": "law"}, "I310"),
        ({**COUNT, "time": "condition"}, "I310"),
        ({**COUNT, "aggregation": "any"}, "I310"),
        ({**INDEX, "aggregation": "mean"}, "I310"),
        ({**INDEX, "window": "36"}, "I310"),
        ({**INDEX, "range": "[1, 1]"}, "I310"),
        ({**INDEX, "range": "[0.05, 1]"}, "I310"),
        ({**INDEX, "range": "[0, 100000000000000]"}, "I311"),
        ({**INDEX, "range": "[-100000000000000, 0]"}, "I311"),
        ({**CATEGORY, "worse": "lower"}, "I310"),
        ({**SHARE, "decimals": "10"}, "F116"),
        ({**COUNT, "window": "0"}, "F116"),
        ({**COUNT, "window": "601"}, "F116"),
    ],
)
def test_a_contradiction_in_an_entry_is_a_problem(tmp_path: Path, fields: dict[str, str], code: str) -> None:
    _, problems = read(tmp_path, fields)
    assert code in {problem.code for problem in problems}
    assert all(problem.place is not None and problem.hint for problem in problems)


@pytest.mark.parametrize("span", ["[0, 99999999999999.9]", "[-99999999999999.9, 0]"])
def test_the_widest_range_still_lies_below_no_limit(tmp_path: Path, span: str) -> None:
    codebook, problems = read(tmp_path, INDEX | {"range": span})
    assert problems == ()
    found = codebook["expression.papers_closed"]
    assert max(abs(found.lowest), abs(found.highest)) == UNBOUNDED - 1


def test_the_mean_over_its_window_is_read(tmp_path: Path) -> None:
    codebook, problems = read(tmp_path, INDEX | {"aggregation": "mean", "window": "36"})
    assert problems == ()
    assert codebook["expression.papers_closed"].window_months == 36


def test_an_id_stands_once_in_all_files(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(HEAD + entry(COUNT), encoding="utf-8")
    _, problems = read(tmp_path, COUNT)
    assert [problem.code for problem in problems] == ["I309"]
    assert "a.yaml:4:9" in problems[0].hint


def test_indicators_come_in_order_of_their_ids_whatever_the_file(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(HEAD + entry(COUNT | {"id": "expression.z"}), encoding="utf-8")
    codebook, _ = read(tmp_path, COUNT)
    assert [found.id for found in codebook] == ["expression.papers_closed", "expression.z"]


def test_what_is_right_is_read_beside_what_is_wrong(tmp_path: Path) -> None:
    codebook, problems = read(tmp_path, COUNT | {"id": "expression.bad", "type": "counts"}, COUNT)
    assert [found.id for found in codebook] == ["expression.papers_closed"]
    assert [problem.code for problem in problems] == ["F117"]


def test_a_missing_folder_is_a_problem(tmp_path: Path) -> None:
    _, _, problems = read_codebook(tmp_path / "none")
    assert [problem.code for problem in problems] == ["F101"]


PUBLISHERS = {"vdem", "fiw", "rsf", "pts", "stop", "cpj", "acled", "ucdp"}
"""Indices of others bear the name of who publishes them."""


@pytest.fixture(scope="module")
def ours() -> Codebook:
    codebook, _, problems = read_codebook(shipped("indicators") / "codebook")
    assert problems == ()
    return codebook


def test_each_of_our_indicators_bears_the_prefix_of_its_facet(ours: Codebook) -> None:
    prefixes = {"peaceful_assembly": "assembly"}
    coded = [found for found in ours if found.id.split(".")[0] not in PUBLISHERS]
    assert {found.id for found in coded if found.id.split(".")[0] != prefixes.get(found.facet, found.facet)} == set()
    assert {found.id.split(".")[0] for found in ours} >= PUBLISHERS


def test_our_deaths_are_never_divided_by_population(ours: Codebook) -> None:
    deadly: list[Any] = [found.id for found in ours if "killing" in found.tags and is_derived(found)]
    assert deadly == []


def test_the_standards_of_our_indicators_are_in_the_bibliography_of_our_rules(ours: Codebook) -> None:
    read, _ = read_rules(shipped("rules") / "civic-space")
    known = read.rule_set.sources
    assert {cited for found in ours for cited in found.standard if cited.split(" ", 1)[0] not in known} == set()


def test_the_facets_of_our_indicators_are_those_of_our_scale(ours: Codebook) -> None:
    read, _ = read_rules(shipped("rules") / "civic-space")
    assert {found.facet for found in ours} == set(read.rule_set.scale.facet_ids)
