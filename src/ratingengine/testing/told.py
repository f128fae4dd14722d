"""An answer cut down to what must not depend on the order of anything, on the engine, or on how often it is asked."""

from __future__ import annotations

from typing import Any

from ratingengine.engine.assess import Method
from ratingengine.engine.canonical_trace import trace_sha256
from ratingengine.engine.chain import Link
from ratingengine.model.assessment import ProfileAssessment


def told(link: Link) -> dict[str, Any]:
    """An answer without places and digests."""
    assessment = link.assessment
    return {
        "as_of": link.as_of,
        "published": link.published,
        "status": (assessment.status, assessment.assessed, assessment.ceiling, assessment.possible, assessment.missing),
        "facets": assessment.facets,
        "trace": trace_sha256(assessment.steps),
        "not excluded": trace_sha256(assessment.not_excluded),
        "counts": (assessment.coverage, assessment.standing_only, assessment.gate, assessment.watchlist),
        "evidence": {name: [entry.id for entry in value.observations] for name, value in assessment.values.items()},
    }


def severity(method: Method, profile_assessment: ProfileAssessment) -> tuple[int, int]:
    """The ceiling that the evidence establishes, and the worst rating that it does not exclude."""
    scale = method.scale
    return scale.severity(profile_assessment.ceiling), scale.severity(profile_assessment.possible[-1])


def in_words(link: Link, method: Method) -> str:
    """One line: what is published, and what it rests on."""
    assessment = link.assessment
    published = "no rating" if link.published.rating is None else method.scale.word(link.published.rating)
    beyond = "" if len(assessment.possible) == 1 else f", {assessment.possible[-1]} not excluded"
    rules = ", ".join(step.rule for step in assessment.steps) or "none"
    reached = f"ceiling {assessment.ceiling}{beyond}; rules that fire: {rules}"
    return f"{link.as_of.year}, profile {assessment.profile}: {published} ({reached})"
