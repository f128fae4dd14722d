"""The page on fuzzing names every bound that is provoked, and only tests that exist."""

from __future__ import annotations

import re
from pathlib import Path

from unit.engine.bare import BEYOND, SHAPES

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "fuzzing.md").read_text("utf-8")
ENGINES = "".join(path.read_text("utf-8") for path in sorted((ROOT / "tests" / "unit" / "engine").glob("test_*.py")))


def test_every_bound_that_is_provoked_stands_in_the_table() -> None:
    for code, make, size in BEYOND:
        assert f"[{code}-{make}-{size}]`" in PAGE
    for shape in SHAPES:
        assert f"`{shape}`" in PAGE


def test_every_code_of_a_bound_stands_in_the_table() -> None:
    for number in range(401, 408):
        assert f"| C{number}" in PAGE


def test_the_tests_that_the_table_names_exist() -> None:
    named = re.findall(r"`(test_[a-z0-9_]+)(…|\[|`)", PAGE)
    assert len(named) >= 10
    for name, end in named:
        assert re.search(rf"def {name}{'' if end == '…' else chr(92) + '('}", ENGINES) or (ROOT / f"{name}.py").exists(), name


def test_the_page_is_finished() -> None:
    assert "@@" not in PAGE
