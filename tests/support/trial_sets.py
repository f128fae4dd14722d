"""Small rule sets with cases, written to a folder: what `rate test` is tried on. The codebook is the invented one."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from assets.toy import RECORDS, RULES

from ratingengine.ruleset.test.load import UnderTest, load_under_test

NARROWED, CLOSED = "peaceful_assembly at most narrowed", "peaceful_assembly at most closed"
MARCH = "{indicator: assembly.march_stopped, is: yes}"
BANNERS = "{indicator: assembly.banners_taken, at_least: 3}"
HEAD = "schema: ratingengine/rules/1\nprofile: coded\nrules:\n"
CASES = "schema: ratingengine/cases/1\ncases:\n"


def rule(rule_id: str, kind: str, when: str, then: str) -> str:
    """One rule of a rule file."""
    return (
        f"  - id: {rule_id}\n    title: Invented\n    kind: {kind}\n    when: {when}\n    then: {then}\n"
        "    rationale: Invented.\n    legal_basis: [INVENTED-LAW art. 1]\n    since: 2000-01-01\n"
    )


def level(rule_id: str, when: str, word: str = "narrowed") -> str:
    """A rule that sets a ceiling on assembly."""
    return rule(rule_id, "level", when, f"{{facet: peaceful_assembly, level_at_most: {word}}}")


def case(rule_id: str, given: str, expect: str, concludes: str = "", name: str = "invented") -> str:
    """One case of a case file."""
    said = f"    concludes: {concludes}\n" if concludes else ""
    return f"  - rule: {rule_id}\n    name: {name}\n    given: {{{given}}}\n    expect: {expect}\n{said}"


def folder_with(folder: Path, rules: Sequence[str], cases: Sequence[str]) -> Path:
    """A rule set in `folder` with these rules, and these cases beside them; without cases there is no folder for them."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("scale.yaml", "sources.yaml"):
        shutil.copy(RULES / name, folder / name)
    (folder / "coded.yaml").write_text(HEAD + "".join(rules), "utf-8")
    if cases:
        (folder / "cases").mkdir(exist_ok=True)
        (folder / "cases" / "coded.yaml").write_text(CASES + "".join(cases), "utf-8")
    return folder


def under_test(folder: Path, rules: Sequence[str], cases: Sequence[str]) -> UnderTest:
    """The same, loaded."""
    return load_under_test(folder_with(folder / "mine", rules, cases), RECORDS / "codebook")


WHOLE = (
    case("TRY-001", "assembly.banners_taken: 3", "fires", NARROWED, "three banners"),
    case("TRY-001", "assembly.banners_taken: 2", "does_not_fire", name="two banners"),
    case("TRY-001", "", "possible", name="nothing known"),
)
"""Cases that cover `level("TRY-001", BANNERS)` and notice every change of it."""


PAIR = level("TRY-001", f"{{all: [{BANNERS}, {{any: [{MARCH}, {{indicator: assembly.permit, at_least: notice}}]}}]}}")
IDLE = level("TRY-002", f"{{any: [{MARCH}, {{all: [{MARCH}, {BANNERS}]}}]}}", "closed")
"""A rule of two conditions, and one whose second part adds nothing to the first."""
FAILING = (
    case("TRY-001", "assembly.banners_taken: 2, assembly.march_stopped: yes", "fires", name="two banners"),
    case("TRY-001", "assembly.banners_taken: {at_least: 5}, assembly.march_stopped: yes", "fires", CLOSED, "five banners"),
    case("TRY-001", "", "possible", name="nothing known"),
)
"""Of these the first expects another verdict and the second another conclusion."""
GAPS = (
    case("TRY-001", "assembly.banners_taken: 5, assembly.march_stopped: yes", "fires", NARROWED, "five banners"),
    case("TRY-002", "assembly.march_stopped: yes", "fires", CLOSED, "a march stopped"),
    case("TRY-002", "assembly.march_stopped: no", "does_not_fire", name="no march stopped"),
)
"""These hold, and leave much untried."""
