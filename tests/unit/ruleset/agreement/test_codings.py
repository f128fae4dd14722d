"""Two codings compared: over which country-years, cell by cell, and by the ratings that follow."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from assets.toy import JUDGED

from ratingengine.files.shipped import shipped
from ratingengine.ruleset.agreement.codings import compare_codings


@pytest.fixture
def codings(tmp_path: Path) -> tuple[Path, Path]:
    """Two copies of what is on record about Kazakhstan."""
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second):
        shutil.copytree(shipped("indicators") / "KAZ", folder / "KAZ")
    return first, second


def test_a_coding_compared_with_its_copy_differs_in_nothing(codings: tuple[Path, Path]) -> None:
    compared = compare_codings(*codings)
    assert compared.differing == ()
    assert compared.found.coded == compared.found.counts == 1
    assert compared.found.equal == compared.found.both > 0
    assert compared.country_years == len(range(2011, 2023))


def test_what_only_one_coding_has_moves_cells_and_ratings(codings: tuple[Path, Path]) -> None:
    first, second = codings
    (second / "KAZ" / "2022.yaml").unlink()
    compared = compare_codings(first, second)
    assert compared.found.only_first > 0
    assert compared.found.only_second == 0
    assert (2022, "repressed") in {(differing.year, differing.first) for differing in compared.differing}
    assert all(differing.first != differing.second for differing in compared.differing)
    assert compared.country_years == len(range(2011, 2023)), "the years of either coding count"


def test_the_comparison_turned_round_is_the_same_turned_round(codings: tuple[Path, Path]) -> None:
    first, second = codings
    (second / "KAZ" / "2022.yaml").unlink()
    one, other = compare_codings(first, second), compare_codings(second, first)
    assert (one.found.only_first, one.found.only_second) == (other.found.only_second, other.found.only_first)
    assert (one.found.coded, one.found.counts, one.found.words) == (other.found.coded, other.found.counts, other.found.words)
    assert [(d.year, d.first, d.second) for d in one.differing] == [(d.year, d.second, d.first) for d in other.differing]


def test_a_country_in_one_coding_alone_counts_with_its_years(codings: tuple[Path, Path]) -> None:
    first, second = codings
    shutil.copytree(shipped("indicators") / "GIN", second / "GIN")
    assert compare_codings(first, second).country_years == compare_codings(first, first).country_years + 1


def test_folders_without_countries_have_nothing_to_compare(tmp_path: Path) -> None:
    compared = compare_codings(tmp_path, tmp_path)
    assert (compared.country_years, compared.found.cells, compared.found.coded, compared.differing) == (0, 0, None, ())


def test_a_folder_of_a_code_that_is_no_country_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "XYZ").mkdir()
    assert compare_codings(tmp_path, tmp_path).country_years == 0


def test_a_judgement_beside_one_coding_makes_no_difference_between_codings(codings: tuple[Path, Path]) -> None:
    text = (JUDGED / "overrides.yaml").read_text("utf-8").split("    sources:")[0]
    for old, new in (("BVT", "KAZ"), ("2003-", "2022-"), ("2004-", "2023-")):
        text = text.replace(old, new)
    (codings[0] / "overrides.yaml").write_text(text, "utf-8")
    assert compare_codings(*codings).differing == ()
