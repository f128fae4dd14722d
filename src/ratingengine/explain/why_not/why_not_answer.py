"""What would have to differ for another rating, as an answer."""

from __future__ import annotations

from datetime import date

from ratingengine.engine.rating import Loaded, rate
from ratingengine.explain.facts import facts_from
from ratingengine.explain.why_not.mixed import mixed
from ratingengine.explain.why_not.why_not import why_not
from ratingengine.explain.why_not.why_not_page import why_not_json, why_not_page
from ratingengine.interface.asked import Usage, choice
from ratingengine.interface.page import Answer, answer_of
from ratingengine.model.assessment import Assessment
from ratingengine.world.countries import Country


def why_not_answer(
    loaded: Loaded,
    country: Country,
    rating: str,
    as_of: date,
    known_at: date | None = None,
    *,
    exactly: bool = False,
    most: int = 10,
    brief: bool = False,
) -> Answer:
    """Every minimal set of changes that gives `rating` or, unless `exactly`, one beyond it; raises Usage where it is given."""
    scale = loaded.method.scale
    wanted = scale.severity(choice(rating, scale.words, "--rating"))
    assessment = rate(loaded, country, as_of, known_at)
    chosen = assessment.chosen
    if wanted == scale.severity(chosen.ceiling):
        raise Usage(_already(assessment))
    facts = facts_from(loaded.method, chosen, country.population)
    found = why_not(facts, wanted, exactly=exactly)
    content = why_not_json(assessment, country, facts, found, mixed(facts, found))
    rows = [
        {"set": number, **change, "assessed": entry["assessed"], "published": entry["published"]}
        for number, entry in enumerate(content["sets"], 1)
        for change in entry["changes"]
    ]
    return answer_of(why_not_page(content, assessment, max(1, most), brief), content, rows)


def _already(assessment: Assessment) -> str:
    """Why a rating cannot be asked for: the evidence gives it, as an assessment or ceiling, or the years before hold it back."""
    chosen = assessment.chosen
    if chosen.assessed is None:
        return f"no rating is given, and {chosen.ceiling} is the ceiling on what is known; ask for another one, or see rate why"
    if assessment.rating != chosen.assessed:
        cause = "an override gives it" if assessment.override is not None else "a rating moves one band a year"
        if assessment.change == "hold":
            cause = "an upgrade needs an open gate: see rate rules list --kind upgrade_gate, and rate why --rule ID"
        return f"the evidence gives {chosen.assessed} already, but {assessment.rating} is published: {cause}"
    return f"the evidence gives {chosen.assessed}; ask for another rating, or see rate why"
