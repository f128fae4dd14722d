"""What `ratingengine.testing` offers, and how a country is chosen that no record file speaks of."""

from __future__ import annotations

from pathlib import Path

import pytest
from assets.toy import RULES
from support.faults import small_rules

import ratingengine.testing
from ratingengine.errors import NotFound
from ratingengine.testing import folder_under_test, read_rules_on_codebook, under_test


def test_every_public_name_is_there_under_its_own_name() -> None:
    for name in ratingengine.testing.__all__:
        found = getattr(ratingengine.testing, name)
        assert getattr(found, "__name__", name) == name
    assert not hasattr(ratingengine.testing, "no_such_name")


def test_drawn_records_are_about_a_country_that_has_none(tmp_path: Path) -> None:
    assert folder_under_test("civic-space").country.iso3 == "KAZ"
    (tmp_path / "KAZ").mkdir()
    assert folder_under_test("civic-space", [tmp_path]).country.iso3 == "FIN"


def test_what_is_not_there_is_said() -> None:
    with pytest.raises(NotFound, match="no such file or folder of records: 'nowhere'"):
        read_rules_on_codebook(RULES, ["nowhere"])
    with pytest.raises(NotFound, match="no country has the code 'XXX'"):
        under_test(small_rules(), country="XXX")
