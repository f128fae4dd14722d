"""`rate why`: what a rating rests on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, TypeVar

from ratingengine.engine.loading import load_rule_set
from ratingengine.engine.rating import codebook_folder, rate, rules_folder
from ratingengine.engine.verdicts import Known, judge
from ratingengine.explain.dualize import TooMany
from ratingengine.explain.facts import facts_from
from ratingengine.explain.why.why import MOST_SETS, why
from ratingengine.explain.why.why_page import as_of_words, why_json, why_markdown, why_text
from ratingengine.interface.asked import (
    FORMATS,
    Usage,
    asked_country_day,
    asked_known,
    asked_load,
    asked_rule,
    asked_rules,
    choice,
    write,
)
from ratingengine.interface.exit_codes import DONE
from ratingengine.interface.json import dump
from ratingengine.interface.options import CountryWords, Format, KnownAt, On, Option, Records, Rules, Year

T = TypeVar("T")


def _all(explain: Callable[[], T]) -> T:
    """The explanation, or the plain word that it has too many sets to be whole."""
    try:
        return explain()
    except TooMany:
        raise Usage(f"there are more than {MOST_SETS:,} minimal sets, too many to list; ask for a nearer rating") from None


def why_command(
    country: CountryWords,
    year: Year = None,
    on: On = None,
    known_at: KnownAt = None,
    rule: Annotated[str | None, Option("--rule", metavar="ID", help="Also show whether this rule holds, and why.")] = None,
    full: Annotated[bool, Option("--full", help="Also show the whole trace.")] = False,
    rules: Rules = None,
    records: Records = None,
    format_: Format = "text",
) -> int:
    """Explain a rating: the rules and the evidence that decide it.

    Shows the deciding rules down to the paragraph of each source, and every smallest set of facts that gives the rating.

    rate why kazakhstan 2022
    rate why kazakhstan 2022 --rule ASC-030
    """
    choice(format_, FORMATS, "--format")
    place = asked_country_day(country, year, on)
    named = place.country
    loaded = asked_load(rules, records or (), "reference")
    as_of = place.day_in(loaded)
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
