"""`rate COUNTRY`: the answer for one country on one day."""

from __future__ import annotations

from collections.abc import Sequence

from ratingengine.engine.rating import rate
from ratingengine.interface.asked import (
    FORMATS,
    Usage,
    asked_country_day,
    asked_known,
    asked_load,
    asked_prior,
    asked_years,
    choice,
    write,
)
from ratingengine.interface.exit_codes import DONE, UNDETERMINED
from ratingengine.model.assessment import DETERMINED, Assessment
from ratingengine.world.countries import Country


def answer(
    country: Sequence[str],
    year: int | None = None,
    on: str | None = None,
    known_at: str | None = None,
    rules: str | None = None,
    records: Sequence[str] = (),
    engine: str = "both",
    format_: str = "text",
    prior: str | None = None,
    strict: bool = False,
    log: str | None = None,
    verbose: bool = False,
) -> int:
    """Print the answer; returns the exit code."""
    span = asked_years(country)[1]
    if span is not None and span[0] != span[1]:
        if (year, on, prior, strict) != (None, None, None, False):
            raise Usage("several years are a history, which has no --year, --on, --prior and --strict")
        from ratingengine.explain.history.history_command import show_history

        return show_history(country, None, None, known_at, rules, records, engine, format_, log)
    place = asked_country_day(country, year, on)
    named = place.country
    known = asked_known(known_at)
    choice(format_, FORMATS, "--format")
    loaded = asked_load(rules, records, engine)
    as_of = place.day_in(loaded)
    asked_prior(prior, loaded)
    assessment = rate(loaded, named, as_of, known, prior)
    if log is not None:
        from ratingengine.interface.logged import log as log_to

        log_to(log, [assessment])
    write(_shown(assessment, named, format_, verbose=verbose))
    return UNDETERMINED if strict and assessment.chosen.status != DETERMINED else DONE


def _shown(assessment: Assessment, country: Country, format_: str, *, verbose: bool) -> str:
    """The answer in its form; the other forms are not loaded."""
    if format_ == "json":
        from ratingengine.interface.json import assessment_json, dump

        return dump(assessment_json(assessment, country))
    if format_ == "md":
        from ratingengine.interface.markdown import assessment_markdown

        return assessment_markdown(assessment, country)
    from ratingengine.interface.text import assessment_text

    return assessment_text(assessment, country, verbose=verbose)
