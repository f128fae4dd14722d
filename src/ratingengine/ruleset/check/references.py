"""Findings between files: indicators that no rule reads, standards without a source, sources that nothing cites."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ratingengine.errors import Problem
from ratingengine.files.nodes import near
from ratingengine.model.evidence import Source
from ratingengine.model.indicator import Codebook, base_of
from ratingengine.model.rule import RuleSet
from ratingengine.ruleset.check.finding import Files
from ratingengine.ruleset.check.rules import UnderLint

Found = Iterator[Problem]


def unread_indicators(
    codebook: Codebook, files: Files, rule_sets: Sequence[RuleSet], coded: Iterable[str], imported: frozenset[str] = frozenset()
) -> Found:
    """Indicators that no rule in force of any of the sets reads; `coded` are those that records speak of.

    Those `imported` are filled from data sets, so that they cost no coding and stand ready for a rule.
    """
    rules = [rule for rule_set in rule_sets for rule in rule_set.rules.values() if rule.in_force(None)]
    read = {base_of(name) for rule in rules for name in rule.indicators}
    required = {name for rule_set in rule_sets for group in rule_set.scale.required for name in group.any_of}
    recorded = set(coded)
    for entry in codebook.coded:
        if entry.id in read:
            continue
        if entry.id in imported and entry.id not in required:
            continue
        told = [", though records code it"] if entry.id in recorded else []
        told += [", though a rating needs it or another known"] if entry.id in required else []
        hint = "let a rule read it, or take it out of the codebook"
        yield files.finding("L505", f"no rule reads {entry.id}{''.join(told)}", entry.place, hint, len(entry.id))


def unsourced_standards(codebook: Codebook, files: Files, sources: Mapping[str, Source]) -> Found:
    """Standards of indicators that no bibliography of the rule sets has."""
    for entry in codebook.coded:
        for text in entry.standard:
            name = text.partition(" ")[0]
            if name not in sources:
                hint = near(name, list(sources)) or "add it to sources.yaml of the rule set, or name one that is there"
                message = f"{entry.id}: no source has the standard '{text}'"
                yield files.finding("L507", message, entry.place, hint, len(entry.id))


def cited_by_rules(under: UnderLint) -> set[str]:
    """The sources that a rule of the set, in force or ended, or a standard of the codebook cites."""
    rules = under.rule_set.rules.values()
    cited = {citation.source for rule in rules for citation in (*rule.legal_basis, *rule.sources)}
    return cited | {text.partition(" ")[0] for entry in under.codebook.coded for text in entry.standard}


def uncited(sources: Mapping[str, Source], cited: set[str], own: Files, everywhere: Files, by: str) -> Found:
    """Sources that nothing cites and no note names. Only those of the `own` files are told: others belong to somebody else."""
    for source in sources.values():
        if source.id not in cited and source.place.file in own.documents and not _named(source, everywhere):
            message = f"no {by} cites the source '{source.id}', and no note names it"
            hint = "cite it where it is used, or take it out"
            yield own.finding("L508", message, source.place, hint, len(source.id))


def _named(source: Source, files: Files) -> bool:
    """Whether another line than the one that defines it has its id as a word of its own: it may date another source."""
    word = re.compile(rf"(?<![\w-]){re.escape(source.id)}(?![\w-])")
    return any(
        word.search(line)
        for path, document in files.documents.items()
        for number, line in enumerate(document.lines, start=1)
        if source.id in line and (path, number) != (source.place.file, source.place.line)
    )
