"""`rate why` and `rate why-not`: explain an answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from ratingengine.engine.loading import load_rule_set
from ratingengine.engine.rating import codebook_folder, rate, rules_folder
from ratingengine.engine.verdicts import Known, judge
from ratingengine.explain.dualize import TooMany
from ratingengine.explain.facts import facts_from
from ratingengine.explain.why.why import MOST_SETS, why
from ratingengine.explain.why.why_page import as_of_words, why_json, why_markdown, why_text
from ratingengine.explain.why_not.mixed import mixed
from ratingengine.explain.why_not.why_not import why_not
from ratingengine.explain.why_not.why_not_page import why_not_json, why_not_page
from ratingengine.interface.asked import (
    FORMATS,
    Usage,
    as_of_day,
    asked_country,
    asked_known,
    asked_load,
    asked_rule,
    asked_rules,
    choice,
    write,
)
from ratingengine.interface.exit_codes import DONE
from ratingengine.interface.json import dump
from ratingengine.interface.page import written
from ratingengine.model.assessment import Assessment

T = TypeVar("T")


def show_why(
    country: Sequence[str],
    year: int | None,
    on: str | None,
    known_at: str | None,
    rule: str | None,
    full: bool,
    rules: str | None,
    records: Sequence[str],
    format_: str,
) -> int:
    """The deciding path, every minimal support, and on request one rule's verdict and the whole trace."""
    choice(format_, FORMATS, "--format")
    named = asked_country(country)
    as_of = as_of_day(year, on)
    loaded = asked_load(rules, records, "reference")
    found = rate(loaded, named, as_of, asked_known(known_at))
    method, chosen = loaded.method, found.chosen
    verdict = None
    if rule is not None:
        name, day = asked_rules(rules)
        folder = rules_folder(name)
        rule_set, codebook = load_rule_set(folder, codebook_folder(loaded.records, folder))
        asked = asked_rule(rule, rule_set, day)
        if asked.when is None:
            raise Usage(f"{asked.id} computes a measure and has no condition; ask for a rule that reads it")
        definitions = dict(method.compiled.measures[found.profile])
        judged = judge(asked, Known(chosen, codebook, method.scale, chosen.prior, definitions))
        verdict = None if judged is None else (asked, judged)
    explained = _all(lambda: why(facts_from(method, chosen, named.population)))
    content = why_json(found, named, explained, verdict, full)
    on_day = as_of_words(found)
    write(
        {"json": lambda: dump(content), "md": lambda: why_markdown(content, on_day), "text": lambda: why_text(content, on_day)}[
            format_
        ]()
    )
    return DONE


def show_why_not(
    country: Sequence[str],
    year: int | None,
    on: str | None,
    known_at: str | None,
    rating: str,
    exactly: bool,
    most: int,
    brief: bool,
    rules: str | None,
    records: Sequence[str],
    format_: str,
) -> int:
    """Every minimal set of changes of evidence that would give another assessed rating."""
    choice(format_, FORMATS, "--format")
    named = asked_country(country)
    as_of = as_of_day(year, on)
    loaded = asked_load(rules, records, "reference")
    scale = loaded.method.scale
    wanted = scale.severity(choice(rating, scale.words, "--rating"))
    found = rate(loaded, named, as_of, asked_known(known_at))
    chosen = found.chosen
    if wanted == scale.severity(chosen.ceiling):
        raise Usage(_already(found))
    facts = facts_from(loaded.method, chosen, named.population)
    answer = why_not(facts, wanted, exactly=exactly)
    content = why_not_json(found, named, facts, answer, mixed(facts, answer))
    write(written(why_not_page(content, found, max(1, most), brief), content, format_))
    return DONE


def _already(found: Assessment) -> str:
    """Why a rating cannot be asked for: the evidence gives it, as an assessment or ceiling, or the years before hold it back."""
    chosen = found.chosen
    if chosen.assessed is None:
        return f"no rating is given, and {chosen.ceiling} is the ceiling on what is known; ask for another one, or see rate why"
    if found.rating != chosen.assessed:
        cause = "an override gives it" if found.override is not None else "a rating moves one band a year"
        if found.change == "hold":
            cause = "an upgrade needs an open gate: see rate rules list --kind upgrade_gate, and rate why --rule ID"
        return f"the evidence gives {chosen.assessed} already, but {found.rating} is published: {cause}"
    return f"the evidence gives {chosen.assessed}; ask for another rating, or see rate why"


def _all(explain: Callable[[], T]) -> T:
    """The explanation, or the plain word that it has too many sets to be whole."""
    try:
        return explain()
    except TooMany:
        raise Usage(f"there are more than {MOST_SETS:,} minimal sets, too many to list; ask for a nearer rating") from None
