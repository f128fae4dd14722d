"""Whole answers, kept as files. Versions and digests are replaced, as they change with every word of rules and records."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from e2e.command import rate
from golden_fixture import Golden

EXPECTED = Path(__file__).parent / "expected"
FORMATS = ("text", "json", "md")
KINDS = {"text": "txt", "json": "json", "md": "md"}
REFERENCE = ("--engine", "reference")  # there on every Python version
ANSWERS = {
    "kazakhstan_2022": ("kazakhstan", "--year", "2022", *REFERENCE),
    "kazakhstan_2019": ("kazakhstan", "--year", "2019", *REFERENCE),
    "kazakhstan_2011": ("kazakhstan", "--year", "2011", *REFERENCE),
    "guinea_2019": ("guinea", "--year", "2019", *REFERENCE),
    "why_kazakhstan_2022": ("why", "kazakhstan", "--year", "2022", "--rule", "ASC-030"),
    "why_not_kazakhstan_2022": ("why-not", "kazakhstan", "--year", "2022", "--rating", "obstructed"),
    "history_kazakhstan": ("history", "kazakhstan", *REFERENCE),
    "changes": ("changes", "--from", "2011", "--to", "2022", *REFERENCE),
    "watchlist_2022": ("watchlist", "--year", "2022", *REFERENCE),
    "rules_list": ("rules", "list"),
    "rules_show": ("rules", "show", "RAT-005"),
    "codebook": ("codebook", "assembly.protesters_killed"),
    "prove": ("prove", "--theorem", "monotone", "--theorem", "one-band"),
}
VERSIONS = (
    (r"(proved, )[0-9]+[.][0-9]{2} s", r"\1<time> s"),
    (r'("seconds": )[0-9.]+', r"\1<time>"),
    (r"z3 [0-9]+(?:[.][0-9]+)+", "z3 <version>"),
    (r"\b[0-9a-f]{64}\b", "<digest>"),
    (r"(?<=\()[0-9a-f]{12}(?=\))|(?<=records )[0-9a-f]{12}\b", "<digest>"),
    (r'(software"?:? "?)[0-9]+\.[0-9]+\.[0-9]+[^",; ]*', r"\1<version>"),
    (r"[^\s\"]*(rules/civic-space/\w+\.yaml):[0-9]+:[0-9]+", r"\1:<place>"),
)


def normalised(text: str) -> str:
    for pattern, kept in VERSIONS:
        text = re.sub(pattern, kept, text, flags=re.IGNORECASE)
    return text


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", ANSWERS)
def test_the_answer_is_the_kept_one(name: str, form: str, golden: Golden) -> None:
    ran = rate(*ANSWERS[name], "--format", form)
    assert (ran.code, ran.err) == (0, "")
    golden(normalised(ran.out), EXPECTED / f"{name}.{KINDS[form]}")


def test_every_kept_file_is_compared() -> None:
    assert {path.name for path in EXPECTED.iterdir()} == {f"{name}.{kind}" for name in ANSWERS for kind in KINDS.values()}


def test_digests_and_versions_are_replaced() -> None:
    text = f"Versions software 0.1.0, rules civic-space 2026.1 (0123456789ab), records 0123456789ab\n{'0' * 64}\n"
    assert normalised(text) == ("Versions software <version>, rules civic-space 2026.1 (<digest>), records <digest>\n<digest>\n")
