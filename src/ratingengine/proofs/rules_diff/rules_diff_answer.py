"""The comparison of two rule sets as plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import frozen

from ratingengine.interface.differences import differences_json
from ratingengine.interface.words import facet_words, value_words
from ratingengine.model.assessment import Prior
from ratingengine.model.condition import describe
from ratingengine.model.normal import PRESSURE
from ratingengine.model.rule import Rule
from ratingengine.proofs.rules_diff.impact import Impact
from ratingengine.proofs.rules_diff.parts import Changes, Part, measure_words
from ratingengine.proofs.rules_diff.region import Meaning, Region, Witness
from ratingengine.proofs.rules_diff.side import Side
from ratingengine.proofs.rules_diff.space import GIVEN, LEVEL, RATING, Aspect, answers, values_of

SCHEMA = "ratingengine/rules-diff/1"
SWITCHED = {"gate": ("shut", "open"), "watchlist": ("off", "on"), GIVEN: ("given", "not given")}
TITLES = {RATING: "rating", "gate": "upgrade gate", "watchlist": "watchlist", GIVEN: "whether a rating is given"}


@frozen
class Told:
    """All that is told: both sides, what was changed, what it means, which ratings move; commands by number of witness."""

    old: Side
    new: Side
    changes: Changes
    meanings: Sequence[Meaning]
    impact: Impact | None
    commands: Mapping[int, tuple[str, ...]]


def rules_diff_json(told: Told) -> dict[str, Any]:
    """The whole report."""
    return {
        "schema": SCHEMA,
        "old": _side(told.old),
        "new": _side(told.new),
        "rules": _changes(told.changes),
        "meaning": _meanings(told),
        "impact": None if told.impact is None else _impact(told.impact),
    }


def _side(side: Side) -> dict[str, Any]:
    rule_set = side.rule_set
    return {
        "named": side.named or rule_set.name,
        "rules": f"{rule_set.name} {rule_set.version}",
        "rules_on": None if side.day is None else str(side.day),
        "count": len(rule_set.rules),
    }


def _changes(changes: Changes) -> dict[str, Any]:
    return {
        "head": [_part(part) for part in changes.head],
        "added": [_rule(rule) for rule in changes.added],
        "gone": [{**_rule(gone.rule), "how": gone.how} for gone in changes.gone],
        "changed": [
            {
                "rule": changed.rule.id,
                "title": changed.rule.title,
                "parts": [_part(part) for part in changed.parts],
            }
            for changed in changes.changed
        ],
    }


def _part(part: Part) -> dict[str, Any]:
    return {"part": part.name, "before": part.before, "after": part.after}


def _rule(rule: Rule) -> dict[str, Any]:
    words = describe(rule.when) if rule.when is not None else measure_words(rule.measure) if rule.measure is not None else ""
    return {"rule": rule.id, "title": rule.title, "condition": words, "concludes": str(rule.then)}


def _meanings(told: Told) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    number = 0
    for meaning in told.meanings:
        regions = []
        for region in meaning.regions:
            witnesses = []
            for witness in region.witnesses:
                number += 1
                witnesses.append(_witness(number, witness, region, meaning.profile, told))
            regions.append({**_region(region, told.new), "witnesses": witnesses})
        named = meaning.profile or None
        head = {"profile": named, "answer": meaning.answer, "by": meaning.by or None, "why": meaning.why or None}
        found.append({**head, "regions": regions})
    return found


def _region(region: Region, side: Side) -> dict[str, Any]:
    aspect = region.aspect
    return {
        "of": f"level of {facet_words(aspect.facet)}" if aspect.kind == LEVEL else TITLES[aspect.kind],
        "end": aspect.end,
        "old": _word(aspect, region.old, side),
        "new": _word(aspect, region.new, side),
        "whole": region.whole,
    }


def _word(aspect: Aspect, severity: int, side: Side) -> str:
    return SWITCHED[aspect.kind][severity] if aspect.kind in SWITCHED else side.method.scale.word(severity)


def _witness(number: int, witness: Witness, region: Region, profile: str, told: Told) -> dict[str, Any]:
    point = witness.point
    values = values_of(told.new.method.codebook, point)
    old_only, new_only = _only(witness, region, profile, told)
    return {
        "number": number,
        "known": [{"indicator": name, "value": value_words(values[name])} for name in sorted(point.told)],
        "prior": None if point.prior is None else _prior(point.prior, told.new),
        "country": {"iso3": point.country.iso3, "population": point.country.population},
        "one_record": witness.stated,
        "rules_of_old_only": old_only,
        "rules_of_new_only": new_only,
        "commands": list(told.commands.get(number, ())),
    }


def _only(witness: Witness, region: Region, profile: str, told: Told) -> tuple[list[str], list[str]]:
    """The rules that hold there in one of the two only, or conclude otherwise."""
    if region.aspect.kind == GIVEN:
        return [], []
    end = region.aspect.end
    found = []
    for side in (told.old, told.new):
        steps = answers(side, profile, witness.point, (end,))[end].steps
        found.append({(step.rule, step.conclusion) for step in steps})
    return sorted({rule for rule, _ in found[0] - found[1]}), sorted({rule for rule, _ in found[1] - found[0]})


def _prior(prior: Prior, side: Side) -> dict[str, str]:
    scale = side.method.scale
    return {
        "rating": scale.word(prior.rating),
        "assessed": scale.word(prior.assessed),
        "pressure": PRESSURE[prior.pressure],
    }


def _impact(impact: Impact) -> dict[str, Any]:
    return {
        "country_years": impact.country_years,
        "rules_alone": impact.rules_alone,
        "changed": [
            {
                "iso3": moved.country.iso3,
                "name": moved.country.name_en,
                "year": moved.as_of.year,
                **differences_json(moved.differing, {**moved.before.titles, **moved.after.titles}),
            }
            for moved in impact.moved
        ],
    }
