"""What differs between two answers, as blocks of a page and as plain values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ratingengine.engine.differences import Differences, Pair
from ratingengine.interface.page import Block, Grid, Heading, Item, Lines, Points
from ratingengine.interface.tables import cell, span
from ratingengine.interface.words import facet_words, value_words
from ratingengine.model.assessment import Assessment
from ratingengine.model.program import Step


def summary_json(assessment: Assessment) -> dict[str, Any]:
    """The head of an answer."""
    chosen = assessment.chosen
    return {
        "rating": assessment.rating,
        "assessed": chosen.assessed,
        "ceiling": chosen.ceiling,
        "previous": assessment.previous,
        "change": assessment.change,
        "status": chosen.status,
        "possible": list(chosen.possible),
        "watchlist": assessment.watchlist,
        "deciding": list(chosen.deciding),
    }


def differences_json(differences: Differences, titles: Mapping[str, str]) -> dict[str, Any]:
    """Each thing that differs, before and after; rules that conclude something only before (lost) or only after (gained)."""
    return {
        "aspects": [_pair(pair) for pair in differences.aspects],
        "levels": [_pair(pair) for pair in differences.levels],
        "gained": [_step(step, titles) for step in differences.gained],
        "lost": [_step(step, titles) for step in differences.lost],
        "values": [
            {
                "indicator": name,
                "title": pair.after.indicator.title,
                "before": value_words(pair.before),
                "after": value_words(pair.after),
            }
            for name, pair in sorted(differences.values.items())
        ],
    }


def _pair(pair: Pair) -> dict[str, Any]:
    return {"name": pair.name, "before": _plain(pair.before), "after": _plain(pair.after)}


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _step(step: Step, titles: Mapping[str, str]) -> dict[str, str]:
    return {"rule": step.rule, "title": titles.get(step.rule, ""), "concludes": step.conclusion}


def difference_blocks(content: dict[str, Any], before: str, after: str) -> tuple[Block, ...]:
    """The same content as blocks; `before` and `after` head the columns."""
    if not any(content.values()):
        return (Lines(("Nothing differs.",)),)
    blocks: list[Block] = []
    rows = [(aspect_words(pair["name"]), pair, shown_by(pair["name"])) for pair in content["aspects"]]
    rows += [(f"level of {facet_words(pair['name'])}", pair, cell) for pair in content["levels"]]
    if rows:
        cells = tuple((name, shown(pair["before"]), shown(pair["after"])) for name, pair, shown in rows)
        blocks += [Heading("What differs"), Grid(("", before, after), cells)]
    for key, title in (("gained", f"Rules that hold {after} only"), ("lost", f"Rules that hold {before} only")):
        if content[key]:
            blocks += [Heading(title), Points(tuple(_items(content[key])))]
    if content["values"]:
        values = tuple((v["title"], v["before"], v["after"], v["indicator"]) for v in content["values"])
        blocks += [Heading("Values that differ"), Grid(("", before, after, "indicator"), values)]
    return tuple(blocks)


def aspect_words(name: str) -> str:
    """What an aspect of answers is called."""
    return "range" if name == "possible" else name.replace("_", " ")


def shown_by(name: str) -> Callable[[Any], str]:
    """How the values of an aspect are shown."""
    return span if name == "possible" else cell


def _items(steps: Iterable[dict[str, str]]) -> Iterable[Item]:
    return (Item(f"{step['rule']} {step['title']} → {step['concludes']}") for step in steps)
