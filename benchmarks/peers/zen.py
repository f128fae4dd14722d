"""zen-engine: the program as a JSON decision model.

A stratum is one decision table with hit policy `collect`, a row for each alternative; an expression node behind it turns the
rows hit into findings, levels and rating for the strata above. Of the forms tried this is the fastest: one column of whole
conditions beats a column for each variable, expression nodes beat function nodes, and a decision kept by the engine's static
loader beats one made by `create_decision`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from peers import NotInstalled, Reached, alternatives, findings, levels
from ratingengine.model.program import Outcome, Program, Target, Test

KEY = "program"
FLAGS = ("rating", "upgrade_gate", "watchlist")
Node = dict[str, Any]


class Zen:
    """Executes a program with zen-engine."""

    def __init__(self, program: Program) -> None:
        library = _library()
        self._facets = levels(program)
        zeros = [*(f"l{number}" for number in self._facets.values()), *FLAGS]
        self._start = {**dict.fromkeys(zeros, 0), **{f"f{number}": False for number in findings(program).values()}}
        self._names = [f"v{number}" for number in range(len(program.variables))]
        self._engine = library.ZenEngine({"loader": {"type": "static", "content": {KEY: decision(program)}}})

    def rate(self, values: Sequence[int]) -> Reached:
        """One evaluation of the decision."""
        found = self._engine.evaluate(KEY, {**self._start, **dict(zip(self._names, values, strict=True))})["result"]
        reached = {facet: found[f"l{number}"] for facet, number in self._facets.items()}
        outcome = Outcome(found["rating"], reached, found["upgrade_gate"] > 0, found["watchlist"] > 0)
        return Reached(outcome, found["fired"])


def library_version() -> str:
    """The installed version; raises NotInstalled."""
    from importlib.metadata import version

    _library()
    return version("zen-engine")


def _library() -> Any:
    try:
        import zen
    except ImportError as absent:
        raise NotInstalled("pip install zen-engine") from absent
    return zen


def decision(program: Program) -> Node:
    """The decision graph: input, a table and an expression node a stratum, the answer, output."""
    tables = [_stratum(program, stratum) for stratum in sorted({rule.stratum for rule in program.rules})]
    chain = [_node("in", "inputNode", {}), *(node for pair in tables for node in pair)]
    chain += [_answer(program, [pair[0]["id"] for pair in tables]), _node("out", "outputNode", {})]
    edges = [
        {"id": f"e{n}", "type": "edge", "sourceId": before["id"], "targetId": after["id"]}
        for n, (before, after) in enumerate(pairwise(chain))
    ]
    return {"nodes": chain, "edges": edges}


def _node(name: str, kind: str, content: Node) -> Node:
    return {"id": name, "name": name, "type": kind, "content": content}


def _expressions(name: str, values: dict[str, str], *, keep: bool) -> Node:
    rows = [{"id": f"{name}-{key}", "key": key, "value": value} for key, value in values.items()]
    return _node(name, "expressionNode", {"expressions": rows, "passThrough": keep, "executionMode": "single"})


def _stratum(program: Program, stratum: int) -> tuple[Node, Node]:
    known, facets = findings(program), levels(program)
    rows: list[dict[str, str]] = []
    marks: set[str] = set()
    for position, (number, alternative) in enumerate(alternatives(program)):
        rule = program.rules[number]
        if rule.stratum != stratum:
            continue
        mark = _mark(rule.target, known, facets)
        marks.add(mark)
        condition = " and ".join(_test(test, known, facets) for test in rule.alternatives[alternative])
        rows.append({"_id": f"a{position}", "when": condition, "n": str(position), "mark": json.dumps(mark)})
    table = {
        "hitPolicy": "collect",
        "inputs": [{"id": "when", "name": "when"}],
        "outputs": [{"id": name, "name": name, "field": name} for name in ("n", "mark")],
        "rules": rows,
        "passThrough": True,
        "outputPath": f"hit{stratum}",
        "executionMode": "single",
    }
    return _node(f"hit{stratum}", "decisionTableNode", table), _expressions(
        f"so{stratum}", _conclusions(f"hit{stratum}", marks), keep=True
    )


def _mark(target: Target, known: dict[str, int], facets: dict[str, int]) -> str:
    """What a row concludes, as one short word; empty where nothing reads it."""
    if target.kind == "finding":
        return f"f{known[target.name]}" if target.name in known else ""
    if target.kind == "level":
        return f"l{facets[target.name]}={target.severity}"
    return f"{target.kind}={target.severity if target.kind == 'rating' else 1}"


def _conclusions(hits: str, marks: Iterable[str]) -> dict[str, str]:
    """Findings as true or false, and the highest severity of everything else, this stratum's hits included."""
    found = {"marks": f"map({hits}, #.mark)"}
    for mark in sorted(mark for mark in marks if mark):
        name, _, severity = mark.partition("=")
        held = f'"{mark}" in $.marks'
        if not severity:
            found[name] = held
        else:
            found[name] = f"({held} ? max([{found.get(name, name)}, {severity}]) : {found.get(name, name)})"
    return found


def _answer(program: Program, tables: list[str]) -> Node:
    lists = ", ".join(f"map({table}, #.n)" for table in tables)
    values = {name: name for name in (*(f"l{number}" for number in levels(program).values()), *FLAGS)}
    return _expressions("answer", {**values, "fired": f"flatMap([{lists}], #)"}, keep=False)


def _test(test: Test, known: dict[str, int], facets: dict[str, int]) -> str:
    if test.kind == "finding":
        return f"f{known[test.name]}"
    subject = f"v{test.variable}" if test.kind == "variable" else f"l{facets[test.name]}"
    return f"{subject} >= {test.threshold}"
