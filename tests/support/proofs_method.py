"""A small method of which every theorem holds, to seed faults into."""

from __future__ import annotations

from collections.abc import Mapping

from support.entries import RATINGS, Entry, codebook_of, rules_of
from support.strategies import DEGREES

from ratingengine.engine.loading import compile_rules
from ratingengine.model.program import Program, ProgramRule, Test, Variable
from ratingengine.proofs.change import Change
from ratingengine.proofs.ground import Ground
from ratingengine.proofs.histories import candidates
from ratingengine.proofs.prove import prove
from ratingengine.proofs.subject import ProfileProved, profiles
from ratingengine.proofs.verdicts import PROVED, Verdict

WORDS = [{"id": word, "anchor": "as the word says"} for word in DEGREES]
CODEBOOK: list[Entry] = [
    {"id": "peace.force", "title": "Force", "question": "What?", "type": "category", "values": WORDS, "worse": "higher"}
    | {"time": "condition", "basis": "practice", "aggregation": "max"},
    {"id": "peace.deaths", "title": "Deaths", "question": "What?", "type": "count", "unit": "people", "worse": "higher"}
    | {"time": "event", "aggregation": "sum", "per_million": "yes"},
    {"id": "expre.reform", "title": "Reform", "question": "What?", "type": "yes_no", "worse": "lower"}
    | {"time": "event", "aggregation": "any"},
    {"id": "expre.press", "title": "Press", "question": "What?", "type": "index", "unit": "points", "range": ["0", "100"]}
    | {"decimals": "1", "worse": "lower", "time": "event", "aggregation": "latest"},
    {"id": "expre.shutdown", "title": "Days of shutdown", "question": "What?", "type": "count", "unit": "days", "worse": "higher"}
    | {"time": "spell", "aggregation": "sum"},
]
LEVEL = "peaceful_assembly"


def entry(number: int, kind: str, when: Entry, then: Entry) -> Entry:
    """A rule."""
    lead = {"id": f"RUL-{number:03}", "title": f"Rule {number}", "kind": kind, **when, "then": then}
    return {**lead, "rationale": "invented", "sources": ["A p. 1"], "since": "2026-01-01"}


def ceiling(severity: int) -> Entry:
    """A ceiling on the level of assembly."""
    return {"facet": LEVEL, "level_at_most": RATINGS[severity]}


def on(subject: str, name: str, **test: str) -> Entry:
    """A condition."""
    return {subject: name, **test}


DEADLY = {"finding": "found.deadly"}
SILENCED = {
    "of": "sum",
    "inputs": [
        {"indicator": "expre.press", "weight": "1", "from": ["0", "100"], "to": ["10", "0"]},
        {"indicator": "expre.shutdown", "weight": "0.5", "from": ["0", "20"], "to": ["0", "10"]},
    ],
    "needs": "2",
    "decimals": "0",
}
RULES: list[Entry] = [
    entry(1, "finding", {"when": on("indicator", "peace.deaths", at_least="3")}, {**DEADLY, "facet": LEVEL}),
    entry(2, "measure", {"measure": SILENCED}, {"measure": "measured.silenced", "facet": "expression"}),
    entry(11, "level", {"when": on("indicator", "peace.force", at_least="occasional")}, ceiling(1)),
    entry(12, "level", {"when": on("indicator", "peace.force", at_least="frequent")}, ceiling(2)),
    entry(13, "level", {"when": {"any": [on("indicator", "peace.force", at_least="routine"), DEADLY]}}, ceiling(3)),
    entry(14, "level", {"when": {"all": [DEADLY, on("indicator", "peace.deaths_per_million", at_least="10")]}}, ceiling(4)),
    *(
        entry(20 + n, "rating", {"when": on("level", LEVEL, at_most=RATINGS[n])}, {"rating_at_most": RATINGS[n]})
        for n in range(1, 5)
    ),
    entry(30, "rating", {"when": on("measure", "measured.silenced", at_least="12")}, {"rating_at_most": "obstructed"}),
    entry(41, "upgrade_gate", {"when": on("indicator", "expre.reform", **{"is": "yes"})}, {"gate": "open"}),
    entry(42, "upgrade_gate", {"when": on("prior", "pressure", **{"is": "better"})}, {"gate": "open"}),
    entry(51, "watchlist", {"when": on("indicator", "peace.deaths", at_least="1")}, {"watchlist": "on"}),
]
REQUIRED = ({"profile": "coded", "facet": LEVEL, "any_of": ["peace.force"], "rationale": "invented"},)


def method(rules: list[Entry] | None = None, *, free: bool = False) -> ProfileProved:
    """The one profile of the small method, or of other rules beside its codebook; `free`: on a scale without transition."""
    codebook = codebook_of(CODEBOOK)
    rule_set = rules_of(rules or RULES, codebook, REQUIRED, free=free)
    (profile,) = profiles(rule_set, compile_rules(rule_set, codebook))
    return profile


def verdicts(profile: ProfileProved) -> Mapping[str, Verdict]:
    """Every theorem's verdict, by number."""
    return {found.theorem.number: found for found in prove([profile], candidates(()))}


def failing(profile: ProfileProved) -> set[str]:
    """The theorems that are not proved."""
    return {number for number, found in verdicts(profile).items() if found.finding.status != PROVED}


def ground(profile: ProfileProved) -> Ground:
    """What a check starts from."""
    return Ground(profile, Change.of(profile.scale), candidates(()))


def number_of(program: Program, variable: Variable) -> tuple[int, tuple[Variable, ...]]:
    """The number of a variable, with the variables among which it stands."""
    if variable in program.variables:
        return program.variables.index(variable), program.variables
    return len(program.variables), (*program.variables, variable)


def rule_of(program: Program, number: int) -> ProgramRule:
    """A rule by its number."""
    return next(rule for rule in program.rules if rule.id == f"RUL-{number:03}")


__all__ = ["Test", "ground", "method", "rule_of", "verdicts"]
