"""Why a rating is what it is, as an answer."""

from __future__ import annotations

from datetime import date
from typing import Any

from ratingengine.engine.loading import load_rule_set
from ratingengine.engine.rating import Loaded, codebook_folder, rate, rules_folder
from ratingengine.engine.verdicts import Known, judge
from ratingengine.explain.dualize import TooMany
from ratingengine.explain.facts import facts_from
from ratingengine.explain.why.why import MOST_SETS, why
from ratingengine.explain.why.why_page import why_json, why_markdown, why_text
from ratingengine.interface.asked import Usage, asked_rule, asked_rules
from ratingengine.interface.json import dump
from ratingengine.interface.page import Answer
from ratingengine.interface.words import as_of_words
from ratingengine.model.assessment import Assessment
from ratingengine.world.countries import Country


def why_answer(
    loaded: Loaded,
    country: Country,
    as_of: date,
    known_at: date | None = None,
    *,
    rules: str | None = None,
    rule: str | None = None,
    full: bool = False,
) -> Answer:
    """The deciding path and every minimal set of facts; with `rule`, also how this rule of `rules` (as asked for) stands.

    Raises Usage where there are too many sets to list, and NotFound where there is no such rule.
    """
    assessment = rate(loaded, country, as_of, known_at)
    verdict = None if rule is None else _verdict(loaded, assessment, rules, rule)
    try:
        explained = why(facts_from(loaded.method, assessment.chosen, country.population))
    except TooMany:
        raise Usage(f"there are more than {MOST_SETS:,} minimal sets, too many to list; ask for a nearer rating") from None
    content = why_json(assessment, country, explained, verdict, full)
    day = as_of_words(assessment)
    forms = {"json": lambda: dump(content), "md": lambda: why_markdown(content, day), "text": lambda: why_text(content, day)}
    return Answer(content, lambda form: forms[form]())


def _verdict(loaded: Loaded, assessment: Assessment, rules: str | None, rule: str) -> Any:
    """The rule and whether it holds; None where nothing can be said."""
    name, day = asked_rules(rules)
    folder = rules_folder(name)
    rule_set, codebook = load_rule_set(folder, codebook_folder(loaded.records, folder))
    asked = asked_rule(rule, rule_set, day)
    if asked.when is None:
        raise Usage(f"{asked.id} computes a measure and has no condition; ask for a rule that reads it")
    chosen = assessment.chosen
    definitions = dict(loaded.method.compiled.measures[assessment.profile])
    judged = judge(asked, Known(chosen, codebook, loaded.method.scale, chosen.prior, definitions))
    return None if judged is None else (asked, judged)
