"""`rate why` as text, JSON and Markdown, all from one tree."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ratingengine.engine.canonical_trace import canonical_steps
from ratingengine.engine.verdicts import Verdict
from ratingengine.explain.facts import PRIOR
from ratingengine.explain.why.why import Why
from ratingengine.interface.page import fenced
from ratingengine.interface.words import (
    TESTS,
    measure_words,
    needs_words,
    override_told,
    override_words,
    told_words,
    value_words,
)
from ratingengine.model.assessment import Assessment
from ratingengine.model.program import Step, Support
from ratingengine.model.rule import Rule
from ratingengine.world.countries import Country

Tree = dict[str, Any]
SCHEMA = "ratingengine/why/1"


def why_json(assessment: Assessment, country: Country, why: Why, verdict: tuple[Rule, Verdict] | None, full: bool) -> Tree:
    """The explanation as plain values: the path as a tree, the sets of facts, a rule's verdict, the whole trace."""
    content: Tree = {
        "schema": SCHEMA,
        "country": {"iso3": country.iso3, "name": country.name_en},
        "as_of": str(assessment.as_of),
        "rules_on": None if assessment.versions.rules_on is None else str(assessment.versions.rules_on),
        "rating": assessment.rating,
        "assessed": assessment.chosen.assessed,
        "ceiling": assessment.chosen.ceiling,
        "previous": assessment.previous,
        "change": assessment.change,
        "by_rules": assessment.by_rules,
        "override": override_told(assessment.override),
        "earlier_overrides": [override_told(entry) for entry in assessment.earlier_overrides],
        "path": [_rule_node(step, why.path, assessment) for step in why.path if step.target.kind == "rating"],
        "sufficient": [list(names) for names in why.sufficient],
        "necessary": [list(names) for names in why.necessary],
    }
    if verdict is not None:
        rule, judged = verdict
        content["rule"] = {"id": rule.id, "title": rule.title, "then": str(rule.then), **_verdict(judged, assessment)}
    if full:
        content["trace"] = canonical_steps(assessment.chosen.steps)
    return content


def _rule_node(step: Step, path: tuple[Step, ...], assessment: Assessment) -> Tree:
    children = [_support_node(support, path, assessment) for support in step.supports]
    return {"rule": step.rule, "title": assessment.titles[step.rule], "concludes": step.conclusion, "because": children}


def _support_node(support: Support, path: tuple[Step, ...], assessment: Assessment) -> Tree:
    if support.subject in ("finding", "level"):
        makers = [step for step in path if (step.target.kind, step.target.name) == (support.subject, support.name)]
        return {support.subject: support.name, "by": [_rule_node(step, path, assessment) for step in makers]}
    test = {support.test: support.operand}
    if support.subject == "measure":
        computed = assessment.chosen.measures[support.name]
        inputs = dict.fromkeys(computed.inputs)
        told = {"measure": support.name, "title": assessment.titles[support.name], **test, "value": measure_words(computed)}
        bands: dict[str, Tree] = {}
        for name, words in computed.bands:
            bands.setdefault(name, {"counts_as": []})["counts_as"].append(words)
        return {**told, "inputs": [_indicator_node(name, bands.get(name, {}), assessment) for name in inputs]}
    if support.subject != "indicator":
        return {support.subject: support.name, **test}
    return _indicator_node(support.name, test, assessment)


def _indicator_node(name: str, test: Tree, assessment: Assessment) -> Tree:
    """An indicator with what stands behind it; an input of a measure has no test of its own."""
    value = assessment.chosen.values[name]
    return {
        "indicator": name,
        "title": value.indicator.title,
        **test,
        "value": told_words(value),
        "observations": [
            {
                "id": entry.id,
                "claim": f"{entry.claim.form.replace('_', ' ')} {entry.claim.text}",
                "places": [str(c) for c in entry.sources],
            }
            for entry in value.observations
        ],
    }


def _verdict(judged: Verdict, assessment: Assessment) -> Tree:
    content: Tree = {"condition": judged.text, "verdict": judged.verdict}
    if judged.value:
        content["value"] = judged.value
    name = judged.text.split(" ")[0]
    if name in assessment.chosen.values:
        content["value"] = value_words(assessment.chosen.values[name])
    if name in assessment.chosen.measures:
        content["value"] = measure_words(assessment.chosen.measures[name])
    if judged.lacking:
        content["lacking"] = judged.lacking
    if judged.parts:
        content["parts"] = [_verdict(part, assessment) for part in judged.parts]
    return content


def why_text(content: Tree, as_of: str) -> str:
    """The same content for a terminal."""
    name = content["country"]["name"]
    if content["rating"] is None:
        head = f"Why {name} is at most {content['ceiling']} on {as_of} (no rating: laws or conditions in force are missing)"
    else:
        assessed = content["assessed"] or f"at most {content['ceiling']}, as laws or conditions in force are missing"
        moved = f"; {content['change']} from {content['previous']}" if content["change"] else ""
        head = f"Why {name} is {content['rating']} on {as_of} (assessed: {assessed}{moved})"
    lines = [head, ""]
    if content["override"] is not None:
        lines += [f"Override {override_words(content['override'])}"]
        lines += [f"The rules publish {content['by_rules'] or 'no rating'}; what follows explains what they assess.", ""]
    lines += [f"Earlier override {override_words(entry)}\n" for entry in content["earlier_overrides"]]
    shown: set[str] = set()
    for node in content["path"]:
        lines += _path_lines(node, 0, shown)
    if not content["path"]:
        lines.append("no rating rule holds")
    lines += ["", *_sets("Enough for this rating, with the laws and conditions that are required", content["sufficient"], "and")]
    lines += ["", *_sets("Without these the rating would be better", content["necessary"], "and")]
    if "rule" in content:
        rule = content["rule"]
        lines += ["", f"Rule {rule['id']} {rule['title']} ({rule['then']})", *_verdict_lines(rule, 1)]
    if "trace" in content:
        lines += ["", "Trace"]
        for step in content["trace"]:
            rests = "; ".join(" ".join(part for part in support if part) for support in step["supports"])
            lines.append(f"  {step['stratum']} {step['rule']} {step['conclusion']} ← {rests}")
    return "\n".join(lines) + "\n"


def _path_lines(node: Tree, depth: int, shown: set[str]) -> Iterator[str]:
    """A rule and what it rests on; what was shown before is only named."""
    again = node["rule"] in shown
    shown.add(node["rule"])
    yield f"{'  ' * depth}{node['concludes']} ← {node['rule']} {node['title']}{' (as above)' if again else ''}"
    if not again:
        for child in node["because"]:
            yield from _because(child, depth + 1, shown)


def _because(child: Tree, depth: int, shown: set[str]) -> Iterator[str]:
    lead = "  " * depth
    if "by" in child:
        for maker in child["by"]:
            yield from _path_lines(maker, depth, shown)
        return
    if "title" not in child:
        yield lead + " ".join(f"{key} {value}" for key, value in child.items())
        return
    needs = [needs_words(test, child[test]) for test in TESTS if test in child]
    bands = f", counts as {' and '.join(child['counts_as'])}" if "counts_as" in child else ""
    yield f"{lead}{child['title']}: {child['value']}{''.join(needs)}{bands}"
    for entry in child.get("inputs", ()):
        yield from _because(entry, depth + 1, shown)
    for entry in child.get("observations", ()):
        yield f"{lead}  {entry['id']}: {entry['claim']} [{'; '.join(entry['places'])}]"


def _sets(title: str, sets: list[list[str]], joiner: str, most: int = 10) -> Iterator[str]:
    yield f"{title} ({len(sets)} minimal set{'s' if len(sets) != 1 else ''})"
    for names in sets[:most]:
        words = ["the rating of the year before" if name == PRIOR else name for name in names]
        yield "  " + (f" {joiner} ".join(words) or "nothing")
    if len(sets) > most:
        yield f"  and {len(sets) - most} more (--format json lists them)"


def _verdict_lines(node: Tree, depth: int) -> Iterator[str]:
    lacking = f", lacks {node['lacking']}" if node.get("lacking") and "parts" not in node else ""
    value = f": {node['value']}" if "value" in node else ""
    yield f"{'  ' * depth}{node['condition']}{value} → {node['verdict']}{lacking}"
    for part in node.get("parts", ()):
        yield from _verdict_lines(part, depth + 1)


def why_markdown(content: Tree, as_of: str) -> str:
    """The same content as Markdown."""
    head, *rest = why_text(content, as_of).split("\n")
    return f"# {head}\n\n" + fenced("\n".join(rest).strip("\n")) + "\n"
