"""Rules and indicators as text and JSON."""

from __future__ import annotations

from typing import Any

from ratingengine.interface.terminal import width
from ratingengine.interface.words import hanging
from ratingengine.model.condition import All, AnyOf, Atom, Condition, describe
from ratingengine.model.evidence import Citation, Source
from ratingengine.model.indicator import Indicator
from ratingengine.model.rule import Measure, MeasureInput, Rule, RuleSet

MARGIN = 14


def rule_json(rule: Rule) -> dict[str, Any]:
    """A rule as plain values."""
    return {
        "id": rule.id,
        "title": rule.title,
        "kind": rule.kind,
        "profile": rule.profile,
        "when": None if rule.when is None else describe(rule.when),
        "measure": None if rule.measure is None else _measure_json(rule.measure),
        "then": str(rule.then),
        "facet": rule.then.facet or None,
        "rationale": rule.rationale,
        "legal_basis": [str(citation) for citation in rule.legal_basis],
        "sources": [str(citation) for citation in rule.sources],
        "non_monotone": rule.non_monotone or None,
        "since": str(rule.since),
        "until": None if rule.until is None else str(rule.until),
        "place": str(rule.place),
    }


def _measure_json(measure: Measure) -> dict[str, Any]:
    return {
        "of": measure.of,
        "needs": measure.needs,
        "decimals": measure.decimals,
        "rounding": measure.rounding,
        "inputs": [
            {
                "indicator": entry.indicator,
                "weight": entry.weight if measure.of in ("sum", "mean") else None,
                "from": None if entry.source_range is None else list(entry.source_range),
                "to": None if entry.target_range is None else list(entry.target_range),
                "steps": [{"from": step.start, "counts": step.counts} for step in entry.steps] or None,
                "when": None if entry.atom is None else describe(entry.atom),
            }
            for entry in measure.inputs
        ],
    }


def measure_lines(measure: Measure) -> list[str]:
    """How a measure is computed, then one input a line."""
    decimals = f"{measure.decimals} decimal{'' if measure.decimals == 1 else 's'}"
    head = f"{measure.of}, {decimals}, rounded {measure.rounding.replace('_', ' ')}, needs {measure.needs} of"
    return [head, *(f"  {_input(measure, entry)}" for entry in measure.inputs)]


def _input(measure: Measure, entry: MeasureInput) -> str:
    weight = f", weight {entry.weight}" if measure.of in ("sum", "mean") else ""
    if entry.steps:
        return f"{entry.indicator}{weight}, {entry.table}"
    if entry.source_range is None or entry.target_range is None:
        return describe(entry.atom) if entry.atom is not None else entry.indicator
    return f"{entry.indicator}{weight}, {' to '.join(entry.source_range)} becomes {' to '.join(entry.target_range)}"


def rule_text(rule: Rule, rule_set: RuleSet) -> str:
    """One rule in full."""
    lines = [f"{rule.id}  {rule.title}", ""]
    lines += hanging("kind", rule.kind.replace("_", " "), width(), MARGIN)
    if rule.when is not None:
        lines += [f"{'when' if n == 0 else '':<{MARGIN}}{line}" for n, line in enumerate(_tree(rule.when, 0))]
    if rule.measure is not None:
        for number, line in enumerate(measure_lines(rule.measure)):
            lines += hanging("measure" if number == 0 else "", line, width(), MARGIN)
    lines += hanging("then", str(rule.then), width(), MARGIN)
    lines += ["", *hanging("rationale", rule.rationale, width(), MARGIN), ""]
    for label, cited in (("legal basis", rule.legal_basis), ("sources", rule.sources)):
        for number, citation in enumerate(cited):
            lines += hanging(label if number == 0 else "", _cited(citation, rule_set), width(), MARGIN)
    if rule.non_monotone:
        lines += hanging("not monotone", rule.non_monotone, width(), MARGIN)
    ended = f" until {rule.until}" if rule.until else ""
    lines += [
        "",
        *hanging("in force", f"since {rule.since}{ended}", width(), MARGIN),
        *hanging("stands at", str(rule.place), width(), MARGIN),
    ]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _cited(citation: Citation, rule_set: RuleSet) -> str:
    source: Source | None = rule_set.sources.get(citation.source)
    title = f", {source.title}" if source else ""
    return f"{citation}{title}"


def _tree(condition: Condition, depth: int) -> list[str]:
    """The condition, one atom a line."""
    lead = "  " * depth
    if isinstance(condition, Atom):
        return [lead + str(condition)]
    if isinstance(condition, All):
        head = "all of"
    else:
        head = "any of" if isinstance(condition, AnyOf) else f"at least {condition.count} of"
    return [lead + head, *(line for part in condition.parts for line in _tree(part, depth + 1))]


def indicator_json(indicator: Indicator) -> dict[str, Any]:
    """A codebook entry as plain values."""
    return {
        "id": indicator.id,
        "title": indicator.title,
        "question": indicator.question,
        "facet": indicator.facet,
        "type": indicator.type,
        "unit": indicator.unit or None,
        "values": [{"id": value.id, "anchor": value.anchor} for value in indicator.values],
        "worse": indicator.worse,
        "time": indicator.time,
        "basis": indicator.basis or None,
        "aggregation": indicator.aggregation,
        "window_months": indicator.window_months,
        "per_million": indicator.per_million,
        "tags": list(indicator.tags),
        "standard": list(indicator.standard),
    }


def indicator_text(indicator: Indicator, readers: tuple[str, ...]) -> str:
    """One codebook entry in full, with the rules that read it."""
    lines = [f"{indicator.id}  {indicator.title}", ""]
    lines += hanging("question", indicator.question, width(), MARGIN)
    for number, value in enumerate(indicator.values):
        lines += hanging("values" if number == 0 else "", f"{value.id}: {value.anchor}", width(), MARGIN)
    kind = indicator.type.replace("_", " ") + (f", {indicator.unit}" if indicator.unit else "")
    lines += ["", *hanging("type", f"{kind}; {indicator.worse} is worse", width(), MARGIN)]
    basis = f" ({indicator.basis})" if indicator.basis else ""
    over = "" if indicator.time == "condition" else f" over {indicator.window_months} months"
    lines += hanging("time", f"{indicator.time}{basis}; combined by {indicator.aggregation}{over}", width(), MARGIN)
    for label, words in (("tags", indicator.tags), ("standard", indicator.standard), ("read by", readers)):
        lines += hanging(label, ", ".join(words) or "–", width(), MARGIN)
    return "\n".join(line.rstrip() for line in lines) + "\n"
