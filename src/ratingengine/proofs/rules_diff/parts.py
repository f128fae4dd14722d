"""What was changed between two rule sets, rule by rule and in the rules' own words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import frozen

from ratingengine.model.condition import All, AnyOf, Atom, Condition, describe
from ratingengine.model.rule import Measure, MeasureInput, Rule
from ratingengine.model.scale import Scale
from ratingengine.proofs.rules_diff.side import Side

REMOVED, ENDED = "removed", "ended"


@frozen
class Part:
    """A part of a rule or scale, before and after; None where there was or is none."""

    name: str
    before: str | None
    after: str | None


@frozen
class Gone:
    """A rule that is not in force any more: still in its file with `until`, or taken out."""

    rule: Rule
    how: str


@frozen
class Changed:
    """A rule of both sides with what differs in it."""

    rule: Rule
    parts: tuple[Part, ...]


@frozen
class Changes:
    """Rules added, gone and changed by id, and what differs in name, scale and required facts."""

    added: tuple[Rule, ...]
    gone: tuple[Gone, ...]
    changed: tuple[Changed, ...]
    head: tuple[Part, ...]

    @property
    def none(self) -> bool:
        """Whether both say the same in the same words."""
        return not (self.added or self.gone or self.changed or self.head)


def changes(old: Side, new: Side) -> Changes:
    """Every change from the old rule set to the new one."""
    before, after = old.rule_set.rules, new.rule_set.rules
    both = [(before[name], after[name]) for name in sorted(before) if name in after]
    changed = (Changed(rule, tuple(_between(was, rule))) for was, rule in both)
    return Changes(
        added=tuple(after[name] for name in sorted(after) if name not in before),
        gone=tuple(
            Gone(before[name], ENDED if name in new.whole.rules else REMOVED) for name in sorted(before) if name not in after
        ),
        changed=tuple(found for found in changed if found.parts),
        head=_differing(_head(old), _head(new)),
    )


def _differing(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Part, ...]:
    names = dict.fromkeys([*before, *after])
    return tuple(Part(name, before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name))


def _between(before: Rule, after: Rule) -> Iterator[Part]:
    """What differs; where conditions differ in thresholds alone, these in place of the condition."""
    moved = thresholds(before.when, after.when)
    for part in _differing(_parts(before), _parts(after)):
        yield from moved if part.name == "condition" and moved else (part,)


def _parts(rule: Rule) -> dict[str, str]:
    """A rule in named parts; what is empty is left out."""
    parts = {
        "title": rule.title,
        "kind": rule.kind,
        "profile": rule.profile,
        "condition": "" if rule.when is None else describe(rule.when),
        "measure": "" if rule.measure is None else measure_words(rule.measure),
        "conclusion": str(rule.then) + (f", of {rule.then.facet}" if rule.then.name else ""),
        "not monotone": rule.non_monotone,
        "rationale": rule.rationale,
        "legal basis": "; ".join(map(str, rule.legal_basis)),
        "sources": "; ".join(map(str, rule.sources)),
        "since": str(rule.since),
        "until": "" if rule.until is None else str(rule.until),
    }
    return {name: text for name, text in parts.items() if text}


def measure_words(measure: Measure) -> str:
    """A measure in one line of words."""
    inputs = "; ".join(_input(entry) for entry in measure.inputs)
    rounding = measure.rounding.replace("_", " ")
    return f"{measure.of} of {inputs}; needs {measure.needs}, {measure.decimals} decimals, rounded {rounding}"


def _input(entry: MeasureInput) -> str:
    if entry.atom is not None:
        return describe(entry.atom)
    if entry.steps:
        return f"{entry.indicator} (weight {entry.weight}, {entry.table})"
    ranges = [f"{low} to {high}" for low, high in filter(None, (entry.source_range, entry.target_range))]
    return f"{entry.indicator} (weight {entry.weight}{', ' if ranges else ''}{' becomes '.join(ranges)})"


def _head(side: Side) -> dict[str, str]:
    scale = side.rule_set.scale
    head = {
        "name": side.rule_set.name,
        "version": side.rule_set.version,
        "title": side.rule_set.title,
        "ratings": ", ".join(scale.words),
        "facets": ", ".join(scale.facet_ids),
        "profiles": ", ".join(scale.profiles),
    }
    return head | dict(_required(scale))


def _required(scale: Scale) -> Iterator[tuple[str, str]]:
    for group in scale.required:
        yield f"one known of {group.facet} ({group.profile})", ", ".join(sorted(group.any_of))


def thresholds(before: Condition | None, after: Condition | None) -> tuple[Part, ...]:
    """Where two conditions differ in thresholds alone, each of these; nothing where they differ in more."""
    pairs = None if before is None or after is None else _paired(before, after)
    moved = [(one, other) for one, other in pairs or () if one.operands != other.operands or one.test != other.test]
    return tuple(Part("threshold", str(one), str(other)) for one, other in moved)


def _paired(before: Condition, after: Condition) -> Sequence[tuple[Atom, Atom]] | None:
    """The atoms of two conditions of one shape, side by side; None where the shapes differ."""
    if isinstance(before, Atom) or isinstance(after, Atom):
        if not (isinstance(before, Atom) and isinstance(after, Atom)):
            return None
        return [(before, after)] if (before.subject, before.name) == (after.subject, after.name) else None
    if _count(before) != _count(after) or len(before.parts) != len(after.parts):
        return None
    pairs = [_paired(one, other) for one, other in zip(before.parts, after.parts, strict=True)]
    return None if None in pairs else [pair for found in pairs for pair in found or ()]


def _count(condition: Condition) -> tuple[str, int]:
    if isinstance(condition, (All, AnyOf, Atom)):
        return type(condition).__name__, 0
    return "NOf", condition.count
