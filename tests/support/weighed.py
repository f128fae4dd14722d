"""A method of a weighed mean with a veto, invented, and records of Bouvet Island for it: what measures are tried on."""

from __future__ import annotations

from pathlib import Path

SCALE = """\
schema: ratingengine/scale/1
name: weighed
version: 2026.1
title: A weighed mean with a veto
ratings:
  - {id: good, meaning: Little is short of 100.}
  - {id: poor, meaning: Much is short of 100.}
facets:
  - {id: answers, title: Answers}
  - {id: offices, title: Offices}
profiles: [coded]
transition: none
"""
BIBLIOGRAPHY = """\
schema: ratingengine/sources/1
references:
  - {id: bank, type: report, title: An invented bank, issued: 2020-01-01}
"""


def indicator(name: str) -> str:
    """An index from 0 to 100 that is worse when lower."""
    return (
        f"  - {{id: bank.{name}, title: {name.title()}, question: How free?, type: index, unit: points, range: [0, 100], "
        "decimals: 0, worse: lower, time: spell, aggregation: latest}\n"
    )


def rule(rule_id: str, kind: str, body: str, then: str) -> str:
    """One rule; `body` is its condition or measure with the key."""
    return (
        f"  - id: {rule_id}\n    title: Invented\n    kind: {kind}\n    {body}\n    then: {then}\n"
        "    rationale: Invented.\n    sources: [bank p. 1]\n    since: 2020-01-01\n"
    )


def mean(rule_id: str = "WGH-001", name: str = "bank.short", weights: tuple[str, str, str] = ("0.5", "0.3", "0.2")) -> str:
    """How much the three indices together are short of 100."""
    inputs = ", ".join(
        f"{{indicator: bank.{of}, weight: {weight}, from: [0, 100], to: [100, 0]}}"
        for of, weight in zip(("press", "courts", "polls"), weights, strict=True)
    )
    body = f"measure: {{of: mean, inputs: [{inputs}], needs: 3, decimals: 1, rounding: half_down}}"
    return rule(rule_id, "measure", body, f"{{measure: {name}, facet: answers}}")


def bands(*inputs: str, of: str = "mean") -> str:
    """A measure of these inputs, each with its step table."""
    body = f"measure: {{of: {of}, inputs: [{', '.join(inputs)}], needs: {len(inputs)}, decimals: 1}}"
    return rule("WGH-001", "measure", body, "{measure: bank.short, facet: answers}")


def stepped(name: str, *rows: tuple[int, int]) -> str:
    """An input with a step table: from this value on, it counts as that number."""
    steps = ", ".join(f"{{from: {start}, counts: {counts}}}" for start, counts in rows)
    return f"{{indicator: bank.{name}, steps: [{steps}]}}"


POOR = "{facet: answers, level_at_most: poor}"
RULES = (
    mean(),
    rule("WGH-002", "level", "when: {measure: bank.short, more_than: 20}", POOR),
    rule("WGH-003", "level", "when: {indicator: bank.press, less_than: 60}", POOR),
    rule("WGH-004", "rating", "when: {level: answers, at_most: poor}", "{rating_at_most: poor}"),
)


def method(folder: Path, rules: tuple[str, ...] = RULES) -> Path:
    """The method, written to a folder."""
    (folder / "codebook").mkdir(parents=True)
    (folder / "scale.yaml").write_text(SCALE, "utf-8")
    (folder / "sources.yaml").write_text(BIBLIOGRAPHY, "utf-8")
    (folder / "rules.yaml").write_text("schema: ratingengine/rules/1\nprofile: coded\nrules:\n" + "".join(rules), "utf-8")
    indicators = "".join(indicator(name) for name in ("press", "courts", "polls"))
    head = "schema: ratingengine/codebook/1\nfacet: answers\nindicators:\n"
    (folder / "codebook" / "bank.yaml").write_text(head + indicators, "utf-8")
    return folder


def records(folder: Path, **values: int) -> Path:
    """The indices of one year of Bouvet Island (2021)."""
    (folder / "BVT").mkdir(parents=True)
    (folder / "sources.yaml").write_text(BIBLIOGRAPHY, "utf-8")
    lines = "".join(
        f"  - id: BVT-2021-{number:03}\n    indicator: bank.{name}\n    value: {value}\n    from: 2021-01-01\n"
        "    to: 2021-12-31\n    reported: 2022-02-01\n    sources: [{source: bank, locator: p. 4}]\n    coder: A\n"
        "    confidence: high\n"
        for number, (name, value) in enumerate(values.items(), start=1)
    )
    (folder / "BVT" / "2021.yaml").write_text(f"schema: ratingengine/record/1\ncountry: BVT\nobservations:\n{lines}", "utf-8")
    return folder
