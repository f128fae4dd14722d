"""What would reconcile our rating with the published one: as JSON, and as points below a mismatch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ratingengine.backtest.suggest import Effect, EvidenceEdit, RuleEdit, Suggestion, Suggestions
from ratingengine.backtest.thresholds import atom_after
from ratingengine.explain.moves import move_json, move_words
from ratingengine.interface.page import Block, Grid, Heading, Item, Lines

MOST_EDITS = 10
"""Moved thresholds that are listed over all pairs."""

UNTRIED = (
    "Thresholds of conditions and counts that point in the worse direction were tried, within n_of too. Left alone: thresholds "
    "on the year before, how many conditions an n_of asks for, how other measures rescale and weigh, and moves by which a rule "
    "would have too many alternatives (R219)."
)

MOST_NAMED = 6
"""Country-years that an edit breaks or mends and that a page names; JSON names all."""


def with_suggestions(content: dict[str, Any], suggestions: Suggestions) -> dict[str, Any]:
    """The content with a suggestion in each mismatch, and the thresholds that would make most pairs agree."""
    told = [
        {**mismatch, "suggestion": _suggestion(one)}
        for mismatch, one in zip(content["mismatches"], suggestions.of_pairs, strict=True)
    ]
    edits = [_rule_edit(edit) for edit in suggestions.edits[:MOST_EDITS]]
    return {**content, "mismatches": told, "suggestions": {"thresholds": edits, "gaining": len(suggestions.edits)}}


def _suggestion(suggestion: Suggestion) -> dict[str, Any]:
    return {
        "assessment_agrees": suggestion.agreed,
        "evidence": None if suggestion.evidence is None else _evidence_edit(suggestion.evidence, suggestion),
        "rule": None if suggestion.rule is None else _rule_edit(suggestion.rule),
        "rule_edits": suggestion.edits,
        "rule_edits_that_break_none": suggestion.harmless,
    }


def _evidence_edit(edit: EvidenceEdit, suggestion: Suggestion) -> dict[str, Any]:
    changes = [move_json(move, suggestion.facts) for move in edit.moves]
    return {"gives": "assessed" if edit.held else "rating", "changes": changes, **_effect(edit.effect)}


def _rule_edit(edit: RuleEdit) -> dict[str, Any]:
    return {
        "rule": edit.threshold.rule.id,
        "title": edit.threshold.rule.title,
        "from": str(edit.threshold.atom),
        "to": str(atom_after(edit.threshold, edit.edit)),
        "steps": edit.edit.steps,
        **_effect(edit.effect),
    }


def _effect(effect: Effect) -> dict[str, Any]:
    return {
        "breaks": len(effect.breaks),
        "broken": [f"{iso3} {year}" for iso3, year in effect.breaks],
        "mends": len(effect.mends),
        "mended": [f"{iso3} {year}" for iso3, year in effect.mends],
    }


def reconciling(mismatch: dict[str, Any]) -> Iterator[Item]:
    """The points on what would reconcile a mismatch; none where nobody asked."""
    found = mismatch.get("suggestion")
    if found is None:
        return
    if found["assessment_agrees"]:
        yield Item("the assessment agrees; the transition from the year before holds ours back")
    evidence, rule = found["evidence"], found["rule"]
    if evidence is None:
        yield Item("no change of this year's evidence gives the published rating")
    else:
        changes = tuple(Item(move_words(move)) for move in evidence["changes"])
        what = (
            "would give it"
            if evidence["gives"] == "rating"
            else "would give it as assessed, though the transition holds ours back"
        )
        yield Item(f"evidence that {what} ({_effect_words(evidence)})", changes)
    if rule is None:
        yield Item("no single threshold gives it")
    else:
        count = (
            f"one of {found['rule_edits']} such thresholds, of which {found['rule_edits_that_break_none']} break no other pair"
        )
        moved = f"{rule['rule']} {rule['title']}: {rule['from']} → {rule['to']}, {_steps(rule)}"
        yield Item(f"threshold that would give it ({_effect_words(rule)}; {count})", (Item(moved),))


def _steps(edit: dict[str, Any]) -> str:
    return f"{edit['steps']} step{'' if edit['steps'] == 1 else 's'}"


def _effect_words(edit: dict[str, Any]) -> str:
    return f"breaks {edit['breaks']} other pairs{_named(edit['broken'])}; mends {edit['mends']} others{_named(edit['mended'])}"


def _named(pairs: Sequence[str]) -> str:
    more = f" and {len(pairs) - MOST_NAMED} more" if len(pairs) > MOST_NAMED else ""
    return f": {', '.join(pairs[:MOST_NAMED])}{more}" if pairs else ""


def summed(content: dict[str, Any]) -> Iterator[Block]:
    """The thresholds that would make most pairs agree, with what they break."""
    yield Heading(f"Single thresholds by which more pairs would agree ({content['gaining']})")
    warning = "Chosen on the same pairs they are judged on: try them on other countries."
    edits: Sequence[dict[str, Any]] = content["thresholds"]
    if not edits:
        yield Lines(("None of those tried.", UNTRIED))
        return
    rows = (
        (edit["rule"], edit["from"], edit["to"], str(edit["steps"]), str(edit["mends"]), str(edit["breaks"])) for edit in edits
    )
    yield Grid(("rule", "from", "to", "steps", "mends", "breaks"), tuple(rows))
    yield Lines((warning, UNTRIED))
