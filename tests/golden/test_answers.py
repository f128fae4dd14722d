"""Whole answers, kept as files. Versions and digests are replaced, as they change with every word of rules and records."""

from __future__ import annotations

import pytest
from e2e.command import rate
from support.golden_fixture import Golden
from support.kept_answers import ANSWERS, CODES, EXPECTED, FORMATS, KINDS, normalised


@pytest.mark.parametrize("name", ANSWERS)
def test_the_answer_is_the_kept_one(name: str, golden: Golden, pytestconfig: pytest.Config) -> None:
    """As a process of its own; all forms are compared from inside one process in tests/unit/cli/test_answers_in_process.py."""
    for form in FORMATS if pytestconfig.getoption("--golden-update") else ("text",):
        ran = rate(*ANSWERS[name], "--format", form)
        assert (ran.code, ran.err) == (CODES.get(name, 0), "")
        golden(normalised(ran.out), EXPECTED / f"{name}.{KINDS[form]}")


def test_every_kept_file_is_compared() -> None:
    assert {path.name for path in EXPECTED.iterdir()} == {f"{name}.{kind}" for name in ANSWERS for kind in KINDS.values()}


def test_digests_and_versions_are_replaced() -> None:
    text = f"Versions software 0.1.0, rules civic-space 2026.1 (0123456789ab), records 0123456789ab\n{'0' * 64}\n"
    assert normalised(text) == ("Versions software <version>, rules civic-space 2026.1 (<digest>), records <digest>\n<digest>\n")
