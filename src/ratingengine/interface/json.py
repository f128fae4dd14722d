"""The answer as JSON, schema `ratingengine/assessment/1` (docs/schemas/assessment.json)."""

from __future__ import annotations

import json
from typing import Any

from ratingengine.engine.canonical_trace import trace_sha256
from ratingengine.interface.words import measure_words, override_told, value_words
from ratingengine.model.assessment import NOT_RATED, Assessment, FacetLevel, ProfileAssessment
from ratingengine.model.evidence import Observation
from ratingengine.model.indicator import UNBOUNDED, digits
from ratingengine.model.program import Step, Support
from ratingengine.model.value import Computed, IndicatorValue
from ratingengine.world.countries import Country

SCHEMA = "ratingengine/assessment/1"


def dump(content: Any) -> str:
    """Indented JSON, keys in written order, one newline at the end."""
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def assessment_json(assessment: Assessment, country: Country) -> dict[str, Any]:
    """The whole answer; `rating` is the published one and null when there is not enough evidence."""
    chosen = assessment.chosen
    return {
        "schema": SCHEMA,
        "country": {"iso3": country.iso3, "name": country.name_en},
        "year": assessment.as_of.year,
        "as_of": str(assessment.as_of),
        "known_at": None if assessment.known_at is None else str(assessment.known_at),
        "rating": assessment.rating,
        "assessed": chosen.assessed,
        "ceiling": chosen.ceiling,
        "previous": assessment.previous,
        "change": assessment.change,
        "pressure": assessment.pressure,
        "by_rules": assessment.by_rules,
        "override": override_told(assessment.override),
        "earlier_overrides": [override_told(entry) for entry in assessment.earlier_overrides],
        "gate_open": chosen.gate,
        "watchlist": assessment.watchlist,
        "profile": assessment.profile,
        "profiles": {name: _profile(found, *assessment.published[name]) for name, found in assessment.profiles.items()},
        "status": chosen.status,
        "possible": list(chosen.possible),
        "missing": list(chosen.missing),
        "standing_facts_only": chosen.standing_only,
        "coverage": chosen.coverage,
        "deciding": list(chosen.deciding),
        "freedoms": {facet.facet: _facet(facet) for facet in chosen.facets},
        "trace": [*(_step(step, assessment) for step in chosen.steps), *_change_step(assessment), *_override_step(assessment)],
        "not_excluded": [step.rule for step in chosen.not_excluded],
        "measures": {name: _measure(name, found, assessment) for name, found in chosen.measures.items()},
        "evidence": [_value(value) for _, value in sorted(chosen.values.items()) if value.observations or value.searches],
        "engines": list(assessment.engines),
        "remarks": list(assessment.remarks),
        "versions": versions_json(assessment),
        "trace_sha256": trace_sha256(chosen.steps),
    }


def versions_json(assessment: Assessment) -> dict[str, str | None]:
    """Software, rules, records and overrides that gave the answer."""
    versions = assessment.versions
    return {
        "software": versions.software,
        "rules": f"{versions.rules} sha256:{versions.rules_digest}",
        "rules_on": None if versions.rules_on is None else str(versions.rules_on),
        "records": f"sha256:{versions.records_digest}",
        "overrides": f"sha256:{versions.overrides_digest}" if versions.overrides_digest else None,
    }


def _profile(profile_assessment: ProfileAssessment, rating: str | None, change: str | None) -> dict[str, Any]:
    return {
        "rating": rating,
        "change": change,
        "status": profile_assessment.status,
        "assessed": profile_assessment.assessed,
        "ceiling": profile_assessment.ceiling,
        "possible": list(profile_assessment.possible),
        "missing": list(profile_assessment.missing),
        "deciding": list(profile_assessment.deciding),
        "levels": {facet.facet: facet.level for facet in profile_assessment.facets},
        "coverage": profile_assessment.coverage,
    }


def _facet(facet: FacetLevel) -> dict[str, Any]:
    return {
        "level": facet.level,
        "ceiling": None if facet.status == NOT_RATED else facet.ceiling,
        "worst_possible": None if facet.status == NOT_RATED else facet.worst,
        "status": facet.status,
        "deciding": list(facet.deciding),
        "sources": facet.sources,
        "source_months": facet.source_months,
    }


def _step(step: Step, assessment: Assessment) -> dict[str, Any]:
    return {
        "rule": step.rule,
        "title": assessment.titles[step.rule],
        "kind": step.target.kind,
        "stratum": step.stratum,
        "conclusion": step.conclusion,
        "supports": [_support(support, assessment.chosen) for support in step.supports],
    }


def _support(support: Support, assessment: ProfileAssessment) -> dict[str, Any]:
    found: dict[str, Any] = {support.subject: support.name}
    if support.test != "holds":
        found[support.test] = support.operand
    if support.subject == "indicator":
        found["value"] = value_words(assessment.values[support.name])
    if support.subject == "measure":
        found["value"] = measure_words(assessment.measures[support.name])
    return found


def _change_step(assessment: Assessment) -> list[dict[str, Any]]:
    """The published rating is a step of its own, after the rules: one band at most, upward only through a gate."""
    if assessment.change_by_rules is None:
        return []
    supports = [{"prior": assessment.previous}, {"assessed": assessment.chosen.assessed}, {"gate_open": assessment.chosen.gate}]
    conclusion = f"published {assessment.by_rules} ({assessment.change_by_rules})"
    return [{"rule": "published-rating", "kind": "change", "conclusion": conclusion, "supports": supports}]


def _override_step(assessment: Assessment) -> list[dict[str, Any]]:
    """A judgement is the last step: it takes the place of what the rules publish."""
    override = assessment.override
    if override is None:
        return []
    change = f" ({assessment.change})" if assessment.change else ""
    supports = [{"override": override.id}, {"by_rules": assessment.by_rules}, {"who": override.who}, {"reason": override.reason}]
    conclusion = f"published {assessment.rating}{change} in place of {assessment.by_rules or 'no rating'}"
    return [{"rule": "override", "kind": "override", "conclusion": conclusion, "supports": supports}]


def _measure(name: str, computed: Computed, assessment: Assessment) -> dict[str, Any]:
    return {
        "title": assessment.titles[name],
        "value": measure_words(computed),
        "best": digits(computed.value.best, computed.decimals),
        "worst": digits(computed.value.worst, computed.decimals),
        "known": computed.value.known,
        "inputs": list(computed.inputs),
        **({"counts_as": [{"indicator": name, "number": words} for name, words in computed.bands]} if computed.bands else {}),
    }


def _value(value: IndicatorValue) -> dict[str, Any]:
    return {
        "indicator": value.indicator.id,
        "title": value.indicator.title,
        "value": value_words(value),
        "lowest": value.indicator.number(value.lowest),
        "highest": None if value.highest >= UNBOUNDED else value.indicator.number(value.highest),
        "observations": [_observation(entry) for entry in value.observations],
        "searches": [
            {"id": s.id, "source": s.source.source, "locator": s.source.locator, "from": str(s.begun), "to": str(s.ended)}
            for s in value.searches
        ],
    }


def _observation(entry: Observation) -> dict[str, Any]:
    first, *others = entry.sources
    found: dict[str, Any] = {"id": entry.id, "source": first.source, "locator": first.locator}
    if others:
        found["further_sources"] = [{"source": c.source, "locator": c.locator} for c in others]
    found |= {
        "claim": f"{entry.claim.form} {entry.claim.text}",
        "from": ("by " if entry.begun_by else "") + str(entry.begun),
        "to": "open" if entry.ended is None else str(entry.ended),
        "event": entry.event or None,
        "reported": [str(end) for end in entry.reported],
        "coder": entry.coder,
        "confidence": entry.confidence,
    }
    return found
