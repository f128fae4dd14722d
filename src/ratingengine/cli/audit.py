"""`rate why`: explain an answer."""

from __future__ import annotations

from collections.abc import Sequence

from ratingengine.audit.facts import facts_of
from ratingengine.audit.verdicts import Known, judge
from ratingengine.audit.why import why
from ratingengine.cli import DONE
from ratingengine.cli.asked import FORMATS, as_of_day, asked_country, asked_day, asked_load, asked_rule, choice, write
from ratingengine.loading import load_rule_set
from ratingengine.rating import codebook_folder, rate, rules_folder
from ratingengine.reports.json import dump
from ratingengine.reports.why import as_of_words, why_json, why_markdown, why_text


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
    found = rate(loaded, named, as_of, None if known_at is None else asked_day(known_at, "--known-at"))
    method, chosen = loaded.method, found.chosen
    verdict = None
    if rule is not None:
        rule_set, codebook = load_rule_set(rules_folder(rules), codebook_folder(loaded.records))
        asked = asked_rule(rule, rule_set)
        judged = judge(asked, Known(chosen, codebook, method.scale, chosen.prior))
        verdict = None if judged is None else (asked, judged)
    explained = why(facts_of(method, found.profile, chosen.values, chosen.prior, named.population))
    content = why_json(found, named, explained, verdict, full)
    day = as_of_words(found)
    write(
        {"json": lambda: dump(content), "md": lambda: why_markdown(content, day), "text": lambda: why_text(content, day)}[
            format_
        ]()
    )
    return DONE
