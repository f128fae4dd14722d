"""`rate test` as a page: the same values as its JSON, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ratingengine.interface.page import Block, Grid, Heading, Item, Lines, Page, Points

Tree = dict[str, Any]
COVERED = {
    "rules": "rules that fire in a case, and do not in another",
    "conditions": "conditions that hold in a case, and fail in another",
    "thresholds": "thresholds tried exactly, and one step short",
    "missing": "conditions tried with nothing known",
    "decisive": "conditions that decide by themselves, both ways (MC/DC)",
}
BY = {"enumeration": "shown by trying all values", "z3": "proved by z3"}


def trials_page(content: Tree) -> Page:
    """The page of what `rate test` found."""
    rules, cases = content["rules"], content["cases"]
    title = f"Cases of {rules['title']} ({rules['name']} {rules['version']})"
    counted = f"{cases['run']} cases from {content['case_folder']}: {cases['passed']} passed, {cases['failed']} failed"
    return Page(title, (Lines((counted,)), *_cases(content), *_coverage(content), *_on_record(content), *_mutation(content)))


def _cases(content: Tree) -> Iterator[Block]:
    if content["failures"]:
        yield Heading("Failed")
        yield Points(tuple(map(_failure, content["failures"])))
    if content["rules_without_cases"]:
        yield Heading("Rules without a case")
        yield Lines((", ".join(content["rules_without_cases"]),))


def _failure(failure: Tree) -> Item:
    given = "; ".join(f"{name}: {text}" for name, text in failure["given"].items()) or "nothing"
    parts = [Item(f"given: {given}"), Item(f"expected: {failure['expected']}"), Item(f"came out: {failure['came_out']}")]
    if failure["why"] is not None:
        parts.append(_standing(failure["why"]))
    return Item(f"{failure['place']}: {failure['rule']} {failure['name']}", tuple(parts))


def _standing(node: Tree) -> Item:
    given = f" ({node['given']})" if "given" in node else ""
    return Item(f"{node['condition']}{given} → {node['verdict']}", tuple(map(_standing, node.get("parts", ()))))


def _coverage(content: Tree) -> Iterator[Block]:
    found = content.get("coverage")
    if found is None:
        return
    yield Heading("Coverage by cases")
    rows = tuple((COVERED[kind], str(row["shown"]), str(row["of"])) for kind, row in found["shown"].items())
    yield Grid(("what", "shown", "of"), rows)
    by_rule: dict[str, list[Item]] = {}
    for gap in found["gaps"]:
        condition = "" if gap["condition"] is None else f"{gap['condition']}: "
        by_rule.setdefault(gap["rule"], []).append(Item(f"{gap['kind']}: {condition}{gap['what']}"))
    if by_rule:
        yield Heading("Not covered")
        yield Points(tuple(Item(rule, tuple(items)) for rule, items in by_rule.items()))


def _on_record(content: Tree) -> Iterator[Block]:
    found = content.get("on_record")
    if found is None:
        return
    rules = found["rules"]
    yield Heading(
        f"On record: {found['country_years']} country-years, in which {found['rules_fired']} of {len(rules)} rules fire"
    )
    yield Points(tuple(_rule_on_record(row) for row in rules))


def _rule_on_record(row: Tree) -> Item:
    text = f"{row['rule']} fires in {row['fires']}, not excluded in {row['not_excluded']} more"
    return Item(text, tuple(Item(f"never met: {atom}") for atom in row["never_met"]))


def _mutation(content: Tree) -> Iterator[Block]:
    if "mutation" not in content:
        return
    yield Heading("Mutation")
    found = content["mutation"]
    if found is None:
        yield Lines(("not tried: all cases must pass first",))
        return
    by = found["killed_by"]
    verdict = "enough" if found["enough"] else "too few"
    noticed = f"{found['killed']} changed rules noticed ({by['cases']} by cases, {by['checks']} by the rule checks)"
    share = f"{found['share']} % of those that are not equal are noticed"
    yield Lines(
        (
            f"{noticed}, {found['survived']} survived, {found['equivalent']} equal to the rule",
            f"{share}: {verdict}, {found['least']} % are asked for",
        )
    )
    keys = ("made", "cases", "checks", "survived", "equivalent")
    rows = tuple((row["kind"], *(str(row[key]) for key in keys)) for row in found["kinds"])
    yield Grid(("change", "made", "by cases", "by checks", "survived", "equal"), rows)
    if found["survivors"]:
        yield Heading("Survived")
        yield Points(tuple(Item(_mutant(row), (Item(_telling(row["telling_case"])),)) for row in found["survivors"]))
    if found["equivalents"]:
        yield Heading("Equal to the rule")
        yield Points(tuple(Item(_mutant(row), (Item(BY[row["by"]]),)) for row in found["equivalents"]))


def _mutant(row: Tree) -> str:
    return f"{row['place']}: {row['rule']} {row['kind']}: {row['before']} → {row['after']}"


def _telling(case: Tree | None) -> str:
    if case is None:
        return "not known whether any case could notice it: install the extra `prove`"
    if "concludes" in case:
        return f"a case that would notice it: expect: {case['expect']}, concludes: {case['concludes']}"
    given = ", ".join(f"{name}: {text}" for name, text in case["given"].items())
    return f"a case that would notice it: given: {{{given}}}, expect: {case['expect']}"
